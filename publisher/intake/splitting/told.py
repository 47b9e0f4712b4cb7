"""Told: essays whose beginnings an editor tells.

It promises that title, author, date and verse are read anew from the lines around each beginning,
as in a source that was divided there at first, and that nothing of an essay which begins so is
certain. Where the first line told can be no title, the essay has none and is asked for one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain

from publisher.ground.han import count_ideographs
from publisher.intake.plan import Item
from publisher.intake.reading import Reading
from publisher.intake.splitting.evidence import EVIDENCE
from publisher.intake.splitting.lines import Line, Lines, is_title_like, printed_lines
from publisher.intake.splitting.names import is_name, possible_signers
from publisher.intake.splitting.openings import Opening, opened
from publisher.intake.splitting.proposal import pieces_of, spread
from publisher.intake.splitting.surroundings import surveyed

_EVIDENCE = ("told",)
_LONGEST_MARK = 4


def told(
    reading: Reading,
    whole: Item,
    head: Item | None,
    numbers: Iterable[int],
    bare: Collection[int] = (),
) -> tuple[Item, ...]:
    """The lines of an item as items, with an essay at each of these numbers.

    What stands above the first of them is an essay too, with the title of `whole` and its heading.
    The lines numbered in `bare` are text and no titles.
    """
    lines, spots = _told_lines(reading, whole, numbers)
    found = tuple(
        Opening(at, _EVIDENCE) if lines[at].number in bare else _opening(lines, at) for at in spots
    )
    if spots[0]:
        found = (_standing(lines[: spots[0]], whole, head), *found)
    pieces = list(pieces_of(lines, found))
    rows = spread(pieces, whole.first, whole.last)
    return tuple(chain.from_iterable((piece.item, *piece.inner) for piece in rows))


def _told_lines(
    reading: Reading, whole: Item, numbers: Iterable[int]
) -> tuple[list[Line], list[int]]:
    """The printed lines of an item, and which of them by index are told; these have no mark."""
    source = surveyed(printed_lines(reading), reading.suggestion)
    lines = [line for line in source.lines if whole.first <= line.number <= whole.last]
    spots = {
        next((at for at, line in enumerate(lines) if line.number >= number), 0)
        for number in numbers
    }
    bare = [replace(line, mark=None) if at in spots else line for at, line in enumerate(lines)]
    return bare, sorted(spots)


def _opening(lines: Lines, at: int) -> Opening:
    """The essay at a line: its title, or the name above its title, or its text."""
    line, *below = lines[at : at + 2]
    is_led = is_name(line.words) and bool(below) and is_title_like(below[0])
    if is_led and not possible_signers(below[0].words):
        return replace(opened(lines, at + 1, _EVIDENCE), at=at, lead=1)
    return opened(lines, at, _EVIDENCE) if _can_be_title(line) else Opening(at, _EVIDENCE)


def _can_be_title(line: Line) -> bool:
    """Whether a line can be a title, or is a mark such as 1 or *."""
    is_mark = not count_ideographs(line.words) and len(line.words) <= _LONGEST_MARK
    return is_mark or is_title_like(line)


def _standing(lines: Lines, whole: Item, head: Item | None) -> Opening:
    """The essay of the lines above the first line told, as it stands in the plan."""
    evidence = tuple(filter(EVIDENCE.get, whole.evidence.split(" + "))) or _EVIDENCE
    if head is None or head.first > lines[-1].number:
        return Opening(0, evidence)
    lead = sum(line.number < head.first for line in lines)
    heading = sum(head.first <= line.number <= head.last for line in lines)
    return Opening(0, evidence, whole.title, heading, lead=lead)
