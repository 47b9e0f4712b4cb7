"""Letters: texts that begin with a salutation and end with a bow, a name or a date.

It promises letters only where a source has two or more, each with its ending, and nothing certain:
several letters may also be the sections of one essay.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from publisher.intake.splitting.lines import (
    Line,
    Lines,
    is_deep,
    is_left,
    is_open,
    is_prose,
    is_title_like,
)
from publisher.intake.splitting.numbered import POINT
from publisher.intake.splitting.numbers import are_counted, number_of
from publisher.intake.splitting.openings import Opening, is_ending
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed
from publisher.intake.splitting.verses import is_bow

_FEWEST = 2
_SALUTATION = re.compile("[^。！？；：:、“”]{1,20}[：:]")
# Bow, name, place and date below a letter.
_LONGEST_END = 5
_EVIDENCE = ("salutation",)


def letters(source: Survey) -> tuple[Opening, ...]:
    """The letters of a source, each at its title, or at its salutation where it has none."""
    lines = source.lines
    greetings = [at for at in range(len(lines) - 1) if _greets(lines, at)]
    found = _without_common_title(tuple(_opening(lines, at) for at in greetings))
    spots = [*(opening.at for opening in found), len(lines)]
    is_whole = all(_is_closed(lines[start:stop]) for start, stop in pairwise(spots))
    return _without_counters(found) if len(found) >= _FEWEST and is_whole else ()


def _greets(lines: Lines, at: int) -> bool:
    """Whether a line greets somebody: a text below it, above it a title or the end of another."""
    line, below = lines[at : at + 2]
    if line.mark or not _SALUTATION.fullmatch(line.words) or not _is_text(below):
        return False
    return not at or _is_title(lines[at - 1]) or _is_end(lines[at - 1])


def _is_text(line: Line) -> bool:
    """Whether a letter can begin with a line: 见字如面。 is short."""
    return is_prose(line) or (line.mark is None and not is_open(line))


def _is_title(line: Line) -> bool:
    return is_title_like(line) and not is_bow(line.words)


def _is_end(line: Line) -> bool:
    return is_ending(line) or is_bow(line.words)


def _opening(lines: Lines, at: int) -> Opening:
    start = at - 1 if at and _is_title(lines[at - 1]) else at
    is_top = not any(map(is_left, lines[:start]))
    evidence = (*_EVIDENCE, "at-the-top") if is_top and start < at else _EVIDENCE
    return Opening(
        start, evidence, unbracketed(lines[start].words) if start < at else "", at - start
    )


def _without_common_title(found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The letters; where the first one alone has a title it is that of all."""
    titled = [row for row in found if row.heading]
    if len(found) < _FEWEST or titled != [found[0]]:
        return found
    first = found[0]
    return (Opening(first.at + first.heading, _EVIDENCE), *found[1:])


def _is_closed(lines: Lines) -> bool:
    """Whether a letter has its end, and nothing behind it."""
    left = [line for line in lines if is_left(line)]
    return any(map(_is_end, left[-_LONGEST_END:])) or any(map(is_deep, left[-1:]))


def _without_counters(found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The same; where all titles are numbered from 1 the numbers are no part of them."""
    matches = [POINT.fullmatch(row.title) for row in found]
    numbers = [number_of(match["n"] or match["m"] or match["o"]) for match in matches if match]
    if len(numbers) < len(found) or not are_counted(numbers) or numbers[0] != 1:
        return found
    titles = [match["title"].strip() for match in matches if match]
    return tuple(replace(row, title=own) for row, own in zip(found, titles, strict=True))
