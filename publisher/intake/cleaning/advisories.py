"""Advisories: the tables of what is shown to an editor, in the order of precedence.

Where two speak of the same characters, the row that stands first here is heard. To add one: its
function in `doubts`, its row here, its page in docs/cleaning.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from publisher.intake.cleaning import doubts, quotations
from publisher.intake.cleaning.advice import Advice, Advisory, Doubt, LogAdvisory, advice
from publisher.intake.cleaning.changes import Cleaning

ADVISORIES = (
    Advisory("repeated-paragraph", doubts.repeated_paragraphs),
    Advisory("broken-paragraph", doubts.broken_paragraphs),
    Advisory("lost-comma", doubts.lost_commas),
    Advisory("stray-space", doubts.stray_spaces),
    Advisory("quotes", quotations.quotes),
    Advisory("straight-quote", doubts.straight_quotes),
    Advisory("bracket", doubts.brackets),
    Advisory("single-dash", doubts.single_dashes),
    Advisory("point", doubts.points),
    Advisory("doubled-stop", doubts.doubled_stops),
)


# What can be seen in the log of a cleaning alone; heard after the others.
LOG_ADVISORIES = (LogAdvisory("paragraph-end", doubts.paragraph_ends),)
NAMES = tuple(row.name for row in (*ADVISORIES, *LOG_ADVISORIES))


def advise(text: str, off: frozenset[str] = frozenset()) -> tuple[Advice, ...]:
    """The advice on a cleaned text in its order, without the advisories named in `off`.

    No two speak of the same characters or begin at the same place.
    """
    found = ((row.name, doubt) for row in ADVISORIES for doubt in row.find(text))
    return _ordered(text, found, off)


def advise_cleaned(
    source: str, cleaning: Cleaning, off: frozenset[str] = frozenset()
) -> tuple[Advice, ...]:
    """The advice on what a cleaning made of a source: as `advise`, and what its log tells."""
    found = chain(
        ((row.name, doubt) for row in ADVISORIES for doubt in row.find(cleaning.text)),
        ((row.name, doubt) for row in LOG_ADVISORIES for doubt in row.find(source, cleaning.log)),
    )
    return _ordered(cleaning.text, found, off)


def _ordered(
    text: str, found: Iterable[tuple[str, Doubt]], off: frozenset[str]
) -> tuple[Advice, ...]:
    rows = [
        (doubt.change.start, NAMES.index(name), advice(text, name, doubt))
        for name, doubt in found
        if name not in off
    ]
    return tuple(_without_overlaps(rows))


def _without_overlaps(rows: list[tuple[int, int, Advice]]) -> list[Advice]:
    taken: list[tuple[int, int, Advice]] = []
    for row in sorted(rows, key=lambda row: row[:2]):
        while taken and _meet(taken[-1][2], row[2]) and taken[-1][1] > row[1]:
            taken.pop()
        if not taken or not _meet(taken[-1][2], row[2]):
            taken.append(row)
    return [kept for _, _, kept in taken]


def _meet(first: Advice, second: Advice) -> bool:
    return second.start < first.stop or second.start == first.start
