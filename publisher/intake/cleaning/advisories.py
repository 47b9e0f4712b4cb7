"""Advisories: the table of what is shown to an editor, in the order of precedence.

Where two speak of the same characters, the row that stands first here is heard. To add one: its
function in `doubts`, its row here, its page in docs/cleaning.md.
"""

from __future__ import annotations

from publisher.intake.cleaning import doubts, quotations
from publisher.intake.cleaning.advice import Advice, Advisory, advice

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


def advise(text: str, off: frozenset[str] = frozenset()) -> tuple[Advice, ...]:
    """The advice on a cleaned text in its order, without the advisories named in `off`.

    No two speak of the same characters or begin at the same place.
    """
    rows = [
        (doubt.change.start, rank, advice(text, advisory.name, doubt))
        for rank, advisory in enumerate(ADVISORIES)
        if advisory.name not in off
        for doubt in advisory.find(text)
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
