"""Ledger: the account of a source: where every one of its characters went.

It promises numbers that add up: characters of the source = kept + touched by named rules + set
apart (titles, bylines, dates, notes) + removed by the plan. What an extractor had left out before
is told beside them, as words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.intake.cleaning.changes import Tally
from publisher.intake.plan import Item, Plan
from publisher.intake.reading import Dropped, Reading


@dataclass(frozen=True)
class Ledger:
    """Counts of characters; `rules` and `removed` by name, `waiting` for an editor's word."""

    characters: int
    kept: int
    rules: tuple[tuple[str, int], ...]
    apart: int
    removed: tuple[tuple[str, int], ...]
    waiting: int
    dropped: tuple[Dropped, ...]

    @property
    def is_balanced(self) -> bool:
        """Whether every character is accounted for."""
        touched = sum(count for _, count in self.rules)
        removed = sum(count for _, count in self.removed)
        return self.characters == self.kept + touched + self.apart + removed + self.waiting


class Book:
    """A ledger being written: each character is entered once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kept = self._apart = self._waiting = 0
        self._rules: dict[str, int] = {}
        self._removed: dict[str, int] = {}

    def enter_cleaned(self, tally: Tally) -> None:
        """A text that went into a manuscript."""
        self._kept += tally.kept
        for rule, count in tally.touched:
            self._rules[rule] = self._rules.get(rule, 0) + count

    def enter_apart(self, characters: int) -> None:
        """Characters that stand in front matter."""
        self._apart += characters

    def enter_removed(self, evidence: str, characters: int) -> None:
        """Characters that the plan leaves out."""
        self._removed[evidence] = self._removed.get(evidence, 0) + characters

    def enter_waiting(self, characters: int) -> None:
        """Characters of items that nobody confirmed yet."""
        self._waiting += characters

    def closed(self) -> Ledger:
        """The finished ledger."""
        reading = self._reading
        return Ledger(
            len(reading.text) + sum(len(note.text) for note in reading.notes),
            self._kept,
            tuple(self._rules.items()),
            self._apart,
            tuple(self._removed.items()),
            self._waiting,
            reading.dropped,
        )


def measured(item: Item, starts: list[int]) -> int:
    """How many characters the lines of an item have, line ends among them."""
    end = starts[-1] - 1
    return min(starts[item.last], end) - starts[item.first - 1]


def unowned(plan: Plan, kinds: Iterable[str]) -> list[Item]:
    """The items of some kinds that lie in no essay."""
    essays = [item for item in plan.item if item.kind == "essay"]
    return [
        item
        for item in plan.item
        if item.kind in kinds and not any(e.first <= item.first <= e.last for e in essays)
    ]
