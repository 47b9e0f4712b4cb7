"""Changes: what a rule did to a text, kept so that it can be done again and accounted for.

It promises that the log of a cleaning replays from the original exactly, and that every character
of the cleaned text knows where it came from. Offsets count characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

# The origin of a character that no source character stands behind.
INSERTED = -1


@dataclass(frozen=True)
class Change:
    """Characters `start` to `stop - 1` become `after`."""

    start: int
    stop: int
    after: str


Changes = tuple[Change, ...]
# Gives changes that do not overlap, in the order of the text.
Find = Callable[[str], Iterator[Change]]


@dataclass(frozen=True)
class Rule:
    """A rule of cleaning by its name, under which it is documented, logged and switched off."""

    name: str
    find: Find


@dataclass(frozen=True)
class Pass:
    """One rule's changes to a whole text, in the offsets of the text before them."""

    rule: str
    changes: Changes


Log = tuple[Pass, ...]


@dataclass(frozen=True)
class Cleaning:
    """A cleaned text; `origins` has the offset in the original of each character, or INSERTED."""

    text: str
    origins: tuple[int, ...]
    log: Log


@dataclass(frozen=True)
class Tally:
    """Where the characters of an original went: kept, or touched first by a rule, by its name.

    The numbers add up to the length of the original.
    """

    kept: int
    touched: tuple[tuple[str, int], ...]


def uncleaned(text: str) -> Cleaning:
    """A text before any rule."""
    return Cleaning(text, tuple(range(len(text))), ())


def with_pass(cleaning: Cleaning, rule: str, changes: Changes) -> Cleaning:
    """A cleaning after one more rule; the same cleaning where the rule changes nothing."""
    if not changes:
        return cleaning
    return Cleaning(
        changed(cleaning.text, changes),
        _carried(cleaning.origins, changes),
        (*cleaning.log, Pass(rule, changes)),
    )


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text after changes to it."""
    pieces: list[str] = []
    done = 0
    for change in changes:
        pieces += (text[done : change.start], change.after)
        done = change.stop
    return "".join((*pieces, text[done:]))


def replay(text: str, log: Log) -> str:
    """The text that a log makes of its original."""
    for step in log:
        text = changed(text, step.changes)
    return text


def moved(offsets: Iterable[int], changes: Changes) -> Iterator[int]:
    """Where characters, in the order of the text, stand after changes that touch none of them."""
    waiting = iter(changes)
    change = next(waiting, None)
    shift = 0
    for offset in offsets:
        while change and change.stop <= offset:
            shift += len(change.after) - (change.stop - change.start)
            change = next(waiting, None)
        yield offset + shift


def tally(text: str, log: Log) -> Tally:
    """The account of an original: each character is counted once, at the first rule that met it.

    A character that a change leaves as it is, among others, is kept.
    """
    origins: Sequence[int] = range(len(text))
    untouched = bytearray(b"\1" * len(text))
    counts: dict[str, int] = {}
    current = text
    for step in log:
        for offset in _touched(current, step.changes):
            origin = origins[offset]
            if origin != INSERTED and untouched[origin]:
                untouched[origin] = 0
                counts[step.rule] = counts.get(step.rule, 0) + 1
        origins = _carried(origins, step.changes)
        current = changed(current, step.changes)
    return Tally(sum(untouched), tuple(counts.items()))


def _carried(origins: Sequence[int], changes: Changes) -> tuple[int, ...]:
    """The origins of the characters after changes: one for one as far as both sides reach."""
    carried: list[int] = []
    done = 0
    for change in changes:
        carried += origins[done : change.start]
        common = min(change.stop - change.start, len(change.after))
        carried += origins[change.start : change.start + common]
        carried += (INSERTED,) * (len(change.after) - common)
        done = change.stop
    carried += origins[done:]
    return tuple(carried)


def _touched(text: str, changes: Changes) -> Iterator[int]:
    for change in changes:
        for index in range(change.start, change.stop):
            after = change.after[index - change.start : index - change.start + 1]
            if after != text[index]:
                yield index
