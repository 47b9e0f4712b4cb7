"""Compositor: sets formes by order, from a case of type: sheets, pictures and fonts.

It promises that a forme rests on its order and its case alone, so that it can be set in any process
and kept for another day. The fonts of a case must be in sight before (see `press.room`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from publisher.composition.formes import Forme, Hint
from publisher.composition.pages import Engine, Resource, without_collector
from publisher.ground.fixity import digest
from publisher.ground.places import NOWHERE, Place


@dataclass(frozen=True)
class Case:
    """What a book's formes are set from; `fonts` are the digests of the font files in sight."""

    sheet: str
    shown: tuple[tuple[str, Resource], ...]
    fonts: tuple[str, ...]
    vertical: bool = False

    @cached_property
    def digest(self) -> str:
        """A digest of all of it."""
        shown = (f"{name} {it.media_type} {digest(it.content)}" for name, it in self.shown)
        return digest("\n".join((self.look, *shown)).encode())

    @cached_property
    def look(self) -> str:
        """A digest of all but the pictures."""
        parts = (digest(self.sheet.encode()), str(self.vertical), *self.fonts)
        return digest("\n".join(parts).encode())


@dataclass(frozen=True)
class Order:
    """A document to be set: its markup, the forme's name among others, where its words come from.

    With a `hint` at the numbers that its pages may bear, a forme is wanted that can stand anywhere.
    """

    document: str
    name: str
    at: Place = field(default=NOWHERE, compare=False)
    hint: Hint | None = None


# Sets orders from a case, and gives their formes in the same order: None for one that can only be
# set for its place.
Setter = Callable[[Case, Iterable[Order]], Iterator[Forme | None]]


class Compositor:
    """Works at one case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        shown = dict(case.shown)
        self.engine = Engine(case.sheet, shown, vertical=case.vertical, look=case.look)

    def set(self, order: Order) -> Forme | None:
        """The forme of an order. Raises PublisherError where its words leave the page."""
        with without_collector():
            if order.hint is None:
                return self.engine.set(order.document, order.name, order.at)
            return self.engine.set_free(order.document, order.name, order.at, order.hint)


class Bench:
    """A place of work: keeps the compositor of the case that was used last."""

    def __init__(self) -> None:
        self._compositor: Compositor | None = None

    def at(self, case: Case) -> Compositor:
        """The compositor that works at a case."""
        if self._compositor is None or self._compositor.case.digest != case.digest:
            self._compositor = Compositor(case)
        return self._compositor

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """Formes, set here one after the other."""
        return (self.at(case).set(order) for order in orders)
