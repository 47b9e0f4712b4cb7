"""Asked: what a plan asks of an editor, with everything that one answer settles as one question.

It promises that every item which is not confirmed lies in one question, and that the questions
stand in the order of the lines. An essay is asked about together with its heading and whatever
else is open in it. Essays of which nothing but their beginnings is asked are one question, and so
are other items that are alike: names, lines to leave out, sections on the same evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from publisher.intake.plan import Item, pieces

# What tells an item from the others of a plan.
Spot = tuple[int, str]


@dataclass(frozen=True)
class Question:
    """The open items that one answer settles; the first of them names the question."""

    items: tuple[Item, ...]

    @property
    def item(self) -> Item:
        """The essay, or the first of the items that are alike."""
        return self.items[0]

    @property
    def essays(self) -> tuple[Item, ...]:
        """The essays that the question is about; it may also be about lines of others alone."""
        return tuple(item for item in self.items if item.kind == "essay")

    @property
    def inner(self) -> tuple[Item, ...]:
        """What is open within the one essay that the question is about."""
        return self.items[1:] if len(self.essays) == 1 else ()

    @property
    def is_one(self) -> bool:
        """Whether there is but one thing to ask: one item, or an essay with its heading."""
        return all(item.kind == "heading" for item in self.items[1:])


def spot(item: Item) -> Spot:
    """What tells an item from the others of its plan."""
    return item.first, item.kind


def questions(items: Iterable[Item], alone: Collection[Spot] = ()) -> tuple[Question, ...]:
    """The questions of a plan; what is named in `alone` is asked about by itself."""
    found: dict[object, list[Item]] = {}
    for key, item in _keyed(items, alone):
        found.setdefault(key, []).append(item)
    rows = (Question(tuple(rows)) for rows in found.values())
    return tuple(sorted(rows, key=lambda row: (row.item.first, row.item.kind != "essay")))


def _keyed(items: Iterable[Item], alone: Collection[Spot]) -> Iterator[tuple[object, Item]]:
    """Every open item with what it has in common with the others of its question."""
    for outer, inner in pieces(items):
        is_asked = outer.kind == "essay" and not outer.confirmed
        for item in (outer, *inner):
            if item.confirmed:
                continue
            if is_asked and (spot(item) not in alone or item.kind in ("essay", "heading")):
                is_alike = _is_plain(outer) and spot(outer) not in alone
                yield "essay" if is_alike else spot(outer), item
            elif spot(item) in alone or item.kind in ("essay", "part"):
                yield spot(item), item
            else:
                yield _likeness(item), item


def _is_plain(essay: Item) -> bool:
    """Whether nothing but its beginning is asked of an essay: its title stands in the source."""
    is_doubted = essay.suggested or essay.unclear or essay.evidence in _DOUBTS
    return bool(essay.title.strip()) and not is_doubted


def _likeness(item: Item) -> tuple[str, str]:
    """What an item has in common with others: names are names, and what goes goes."""
    return item.kind, "" if item.kind in ("byline", "removed") else item.evidence


# Evidence that an essay is asked about for what lies in it.
_DOUBTS = ("", "told", "unexplained", "names-within", "notice-title", "one-essay")
