"""Columns: titles with no text of their own before the next title.

It promises that none of them is an essay without words. Signed, it is an essay whose text begins
below the title of its first section; unsigned, it heads a group of essays, and that is asked. What
is numbered from 1 behind a signed title is its sections as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from publisher.intake.splitting.lines import Lines
from publisher.intake.splitting.names import possible_signers, signers
from publisher.intake.splitting.numbered import POINT
from publisher.intake.splitting.numbers import number_of
from publisher.intake.splitting.openings import Opening


def with_columns(lines: Lines, found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """Openings, those without a text as parts, or with what stands below them as their sections."""
    return tuple(_parted(lines, tuple(_without_sections(lines, found))))


def is_signed(opening: Opening, lines: Lines, stop: int) -> bool:
    """Whether a name stands in a title, right above it, or right below it and before `stop`."""
    body = opening.at + opening.lead + opening.heading
    around = (*lines[opening.at : opening.at + opening.lead], *lines[body : min(body + 1, stop)])
    return bool(opening.authors) or any(
        (line.mark and line.mark.kind == "byline") or bool(signers(line.words)) for line in around
    )


def _without_sections(lines: Lines, found: tuple[Opening, ...]) -> Iterator[Opening]:
    """The openings but for unsigned ones that belong to a signed one.

    They follow one without a text, or their numbers run on from 1 behind it.
    """
    stops = [*(opening.at for opening in found), len(lines)][1:]
    is_open, counted = False, -1
    for opening, stop in zip(found, stops, strict=True):
        if opening.is_part or is_signed(opening, lines, stop):
            is_open = not (opening.is_part or _has_text(lines, opening, stop))
            counted = -1 if opening.is_part else 0
        elif counted >= 0 and _number(opening) == counted + 1:
            counted += 1
            continue
        elif is_open:
            continue
        yield opening


def _number(opening: Opening) -> int:
    """The number before a title, else 0."""
    match = POINT.fullmatch(opening.title)
    return number_of(match["n"] or match["m"] or match["o"]) if match else 0


def _parted(lines: Lines, found: tuple[Opening, ...]) -> Iterator[Opening]:
    """The openings, unsigned ones without a text as parts; the only one, at the top, is none."""
    columns = [
        opening.at
        for opening, after in pairwise(found)
        if not (opening.is_part or _has_text(lines, opening, after.at))
        and not is_signed(opening, lines, after.at)
    ]
    is_title = columns == [found[0].at] if found else False
    for opening in found[is_title:]:
        is_column = opening.at in columns
        yield replace(opening, evidence=_GROUP, is_part=True) if is_column else opening


_GROUP = ("group-head",)


def _has_text(lines: Lines, opening: Opening, stop: int) -> bool:
    """Whether more stands below a title than marked lines, numbers and a name right below it."""
    start = opening.at + opening.lead + max(opening.heading, 1)
    own = [line for line in lines[start:stop] if not (line.mark or number_of(line.words))]
    if own and own[0] is lines[start] and _is_name(own[0].words):
        own = own[1:]
    return bool(own) or not opening.heading


def _is_name(words: str) -> bool:
    return bool(signers(words) or possible_signers(words))
