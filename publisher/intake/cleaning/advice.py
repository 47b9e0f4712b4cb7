"""Advice: a doubtful place in a cleaned text, with what could be put there, for an editor to say.

It promises that nothing is changed before the editor accepts it; what is accepted becomes a pass of
the same log, so that it replays and is accounted for like a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from publisher.ground.messages import Message
from publisher.intake.cleaning.changes import Change, Changes, Cleaning, Log, moved, with_pass

# Characters of context on either side.
CONTEXT = 8


@dataclass(frozen=True)
class Advice:
    """A proposal: the characters `before` at `start` could become `after`, for a reason.

    Where nothing can be proposed, `after` is `before`, and the place is shown to be looked at.
    `left` and `right` are the characters around it. `start` counts in the cleaned text.
    """

    rule: str
    start: int
    before: str
    after: str
    left: str
    right: str
    reason: Message

    @property
    def stop(self) -> int:
        """The offset behind the last character of `before`."""
        return self.start + len(self.before)


@dataclass(frozen=True)
class Doubt:
    """What an advisory finds: a change it would make, and the reason."""

    change: Change
    reason: Message


@dataclass(frozen=True)
class Advisory:
    """A row of the advisories: its name and the function that finds its doubts, in order."""

    name: str
    find: Callable[[str], Iterator[Doubt]]


@dataclass(frozen=True)
class LogAdvisory:
    """A row for what only a source and the log that cleaned it can tell; offsets as above."""

    name: str
    find: Callable[[str, Log], Iterator[Doubt]]


def advice(text: str, rule: str, doubt: Doubt) -> Advice:
    """A doubt with its context in the text."""
    start, stop = doubt.change.start, doubt.change.stop
    return Advice(
        rule,
        start,
        text[start:stop],
        doubt.change.after,
        text[max(0, start - CONTEXT) : start],
        text[stop : stop + CONTEXT],
        doubt.reason,
    )


def accept(cleaning: Cleaning, accepted: Iterable[Advice]) -> Cleaning:
    """The cleaning with accepted advice carried out: one more pass for each advisory.

    Raises ValueError where the text is no longer what the advice speaks of, or two overlap.
    """
    chosen = _standing(sorted(accepted, key=lambda row: (row.start, row.stop)))
    _require_fitting(cleaning.text, chosen)
    done: Changes = ()
    for rule in dict.fromkeys(row.rule for row in chosen):
        own = tuple(Change(row.start, row.stop, row.after) for row in chosen if row.rule == rule)
        starts = moved((change.start for change in own), done)
        here = (
            Change(start, start + change.stop - change.start, change.after)
            for start, change in zip(starts, own, strict=True)
        )
        cleaning = with_pass(cleaning, rule, tuple(here))
        done = tuple(sorted((*done, *own), key=lambda change: (change.start, change.stop)))
    return cleaning


def _standing(chosen: list[Advice]) -> list[Advice]:
    """The advice without marks to insert at the edges of what is taken away whole."""
    taken = [row for row in chosen if row.before and not row.after]
    return [
        row
        for row in chosen
        if row.before or not any(gone.start <= row.start <= gone.stop for gone in taken)
    ]


def _require_fitting(text: str, chosen: list[Advice]) -> None:
    for row in chosen:
        if text[row.start : row.stop] != row.before:
            raise ValueError(f"{row.rule} at {row.start} speaks of another text")
    for first, second in pairwise(chosen):
        if second.start < first.stop or second.start == first.start:
            raise ValueError(f"{first.rule} and {second.rule} at {second.start} overlap")
