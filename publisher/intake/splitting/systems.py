"""Systems: ways in which a whole source divides its texts, from the surest to the weakest.

It promises the openings of the first way that a source follows, with those of the parts, the
foreword and the afterword around them. To add a way: write its function, its row, and its evidence.
A function gives the openings it finds, or none where the source does not follow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from publisher.intake.splitting import looks, numbered
from publisher.intake.splitting.columns import is_signed, with_columns
from publisher.intake.splitting.contents import contents
from publisher.intake.splitting.letters import letters
from publisher.intake.splitting.lines import Lines
from publisher.intake.splitting.mails import mails
from publisher.intake.splitting.names import NAME, names_in
from publisher.intake.splitting.numberedpeople import numbered_people
from publisher.intake.splitting.numbers import COUNTER, are_counted, number_of
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.parts import with_matter, with_parts
from publisher.intake.splitting.poems import poems
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed
from publisher.intake.splitting.variants import plain

# One essay that begins with a name says nothing of how a source names its authors.
_FEWEST = 2
_NAMED = re.compile(f"(?P<name>{NAME})(?:[:：](?P<title>.+)|[ \u3000]*(?P<marked>《[^《》]+》))")

_COUNTER = re.compile(f"[（(【\\[]?(?P<n>{COUNTER})[）)】\\]]?[、．.]?")
_MARKED = re.compile("《(?P<title>[^《》]+)》")

System = Callable[[Survey], tuple[Opening, ...]]


def openings(source: Survey) -> tuple[Opening, ...]:
    """Where the essays of a source begin, in order; nothing where no line says so."""
    found = next(filter(None, (system(source) for system in SYSTEMS)), ())
    found = with_columns(source.lines, with_parts(source.lines, found))
    found = _without_marks(_without_names(_without_counters(found)), source.lines)
    found = _with_counters(source.lines, found)
    found = _announced(found, source.announced)
    return with_matter(source.lines, found)


def _announced(found: tuple[Opening, ...], announced: tuple[int, ...]) -> tuple[Opening, ...]:
    """The same; where as many were announced each has that to speak for it."""
    count = sum(not opening.is_part for opening in found)
    if count < _FEWEST or count not in announced or "counted-openings" in found[0].evidence:
        return found
    return tuple(replace(row, evidence=(*row.evidence, "announced")) for row in found)


def _with_counters(lines: Lines, found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The same; numbers from 1 on that stand alone above the titles belong to their headings."""
    above = {row.at: number_of(_counter(lines, row.at)) for row in found if not row.is_part}
    numbers = [number for number in above.values() if number]
    if not are_counted(numbers) or numbers[0] != 1:
        return found
    more = ("numbered-piece",)
    return tuple(
        replace(row, at=row.at - 1, heading=row.heading + 1, evidence=row.evidence + more)
        if above.get(row.at)
        else row
        for row in found
    )


def _counter(lines: Lines, at: int) -> str:
    """The number alone on the line above, or nothing."""
    match = _COUNTER.fullmatch(lines[at - 1].words) if at and not lines[at - 1].mark else None
    return match["n"] if match else ""


def _without_counters(found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The same; where all titles are numbered from 1 the numbers are no part of them."""
    essays = [opening for opening in found if not opening.is_part]
    matches = {row.at: numbered.POINT.fullmatch(row.title) for row in essays}
    numbers = [
        number_of(match["n"] or match["m"] or match["o"]) for match in matches.values() if match
    ]
    if len(numbers) < len(essays) or not are_counted(numbers) or numbers[0] != 1:
        return found
    more = ("numbered-piece",)
    bare = {at: unbracketed(match["title"].strip()) for at, match in matches.items() if match}
    return tuple(
        replace(row, title=bare[row.at], evidence=row.evidence + more) if row.at in bare else row
        for row in found
    )


def _without_names(found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The same; where all titles begin with a name and a colon these are the authors."""
    essays = [opening for opening in found if not opening.is_part]
    matches = {row.at: _NAMED.fullmatch(plain(row.title)) for row in essays}
    if len(essays) < _FEWEST or not all(matches.values()):
        return found
    return tuple(
        replace(
            opening,
            title=unbracketed(opening.title[match.start(match.lastgroup) :].strip()),
            authors=names_in(opening.title[: match.end("name")]),
        )
        if (match := matches.get(opening.at)) and match.lastgroup
        else opening
        for opening in found
    )


def _without_marks(found: tuple[Opening, ...], lines: Lines) -> tuple[Opening, ...]:
    """The same, without 《》 around titles; around the only one it stays, if nobody signed it.

    Such a text may speak of a book, and be called after it.
    """
    essays = [opening for opening in found if not opening.is_part]
    marked = {row.at: match for row in essays if (match := _MARKED.fullmatch(row.title))}
    if len(marked) == 1 and not any(
        is_signed(row, lines, len(lines)) for row in essays if row.at in marked
    ):
        return found
    return tuple(
        replace(row, title=marked[row.at]["title"].strip()) if row.at in marked else row
        for row in found
    )


SYSTEMS: tuple[System, ...] = (
    looks.headings,
    contents,
    looks.labelled,
    numbered.pieces,
    numbered.worded,
    mails,
    numbered_people,
    letters,
    numbered.points,
    looks.counted_openings,
    numbered.chapters,
    looks.signed,
    poems,
    looks.local,
    looks.opening_style,
)
