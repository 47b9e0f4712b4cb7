"""Hands: who sets formes: this process, or several beside it; and what was set before.

It promises the same formes whoever sets them. A helper that dies is no fault: what it had in hand
is set here. Formes are kept between runs under the digest of all that they rest on; one that is
kept is believed if it is whole, and not set again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from publisher.composition.compositor import Bench, Case, Order
from publisher.composition.formes import (
    Anchor,
    Bookmark,
    Forme,
    Furniture,
    Room,
    Slot,
    Spot,
    TypeUse,
)
from publisher.press.packing import packed, unpacked
from publisher.press.store import Store, key
from publisher.press.tools import shaping


class Hands(Protocol):
    """Sets orders from a case, in their order."""

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order; None for one that can only be set for its place."""
        ...

    def close(self) -> None:
        """Let helpers go."""
        ...


class Here(Bench):
    """Sets all in this process."""

    def close(self) -> None:
        """Nobody has to go."""


class Kept:
    """Hands that look first whether a forme was kept, and keep what they set."""

    def __init__(self, hands: Hands, store: Store) -> None:
        self._hands = hands
        self._store = store

    def set(self, case: Case, orders: Iterable[Order]) -> Iterator[Forme | None]:
        """The forme of each order."""
        row = list(orders)
        names = [_name(case, order) for order in row]
        found = [self._find(name) for name in names]
        missing = [order for order, forme in zip(row, found, strict=True) if forme is None]
        new = self._hands.set(case, missing) if missing else iter(())
        for name, forme in zip(names, found, strict=True):
            yield forme[0] if forme else self._keep(name, next(new))

    def close(self) -> None:
        """Let helpers go."""
        self._hands.close()

    def _find(self, name: str) -> tuple[Forme | None] | None:
        content = self._store.get(name) if name else None
        return None if content is None else forme_in(content)

    def _keep(self, name: str, forme: Forme | None) -> Forme | None:
        if name:
            self._store.put(name, packed(forme))
        return forme


def _name(case: Case, order: Order) -> str:
    """The key of an order; empty where nobody knows which libraries are at work."""
    base = shaping()
    if not base:
        return ""
    parts = (base, case.digest, order.name, repr(order.hint), order.document)
    return key((b"forme", *(part.encode() for part in parts)))


_KINDS = (Anchor, Bookmark, Forme, Furniture, Room, Slot, Spot, TypeUse)


def forme_in(content: bytes) -> tuple[Forme | None] | None:
    """What setting an order gave, in a row of its own; None where bytes hold anything else."""
    found = unpacked(content, _KINDS)
    return found if found and isinstance(found[0], Forme | None) else None
