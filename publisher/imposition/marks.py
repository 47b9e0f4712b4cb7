"""Marks: short lines around the pieces of a side that say where to cut and where to fold.

It promises that no mark runs into a page or its bleed. Where the pieces fill the sheet to its edge,
a line inside them is shown by a tick at its end, on the line itself. Lengths in mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publisher.imposition.sheets import Ink, Line, Room
from publisher.imposition.wishes import Extent

# A mark keeps this distance from the trimmed page, and is so long; a shorter one is no help.
_AWAY, _LENGTH, _SHORTEST = 2.0, 5.0, 1.5
_TICK = 3.0
_HAIR = 1e-6


def edges(rooms: Iterable[Room], *, folded: bool) -> tuple[Line, ...]:
    """Where the pieces are cut and folded, from end to end."""
    found = [line for room in rooms for line in (*_sides(room), *_folds(room, folded))]
    return tuple(dict.fromkeys(found))


def marks(
    rooms: tuple[Room, ...], sheet: Extent, bleed: float, *, folded: bool
) -> tuple[Line, ...]:
    """The marks of a side: those at the heads and feet of lines, then those at their sides."""
    upright = _marks(rooms, sheet, bleed, folded=folded)
    lying = _marks(tuple(map(_lying, rooms)), sheet.lying, bleed, folded=False)
    return (*upright, *map(_raised, lying))


def _marks(rooms: tuple[Room, ...], sheet: Extent, bleed: float, *, folded: bool) -> list[Line]:
    """The marks of the upright lines."""
    taken = [_grown(room, bleed) for room in rooms]
    inner = _inner(rooms)
    found: dict[Line, None] = {}
    for room in rooms:
        for ink, x in _uprights(room, folded):
            outside = list(_outside(ink, x, room, sheet, bleed))
            free = [line for line in outside if not any(_runs_into(line, one) for one in taken)]
            ticks = _ticks(ink, x, room) if ink is Ink.FOLD or x in inner else ()
            found |= dict.fromkeys(free or ticks)
    return list(found)


def _uprights(room: Room, folded: bool) -> Iterator[tuple[Ink, float]]:
    yield Ink.CUT, room.left
    yield Ink.CUT, room.right
    if folded:
        yield Ink.FOLD, room.left + room.width / 2


def _inner(rooms: tuple[Room, ...]) -> set[float]:
    """The upright lines with pieces on both sides."""
    lefts, rights = {room.left for room in rooms}, {room.right for room in rooms}
    return {x for x in lefts | rights if min(lefts) + _HAIR < x < max(rights) - _HAIR}


def _outside(ink: Ink, x: float, room: Room, sheet: Extent, bleed: float) -> Iterator[Line]:
    """A mark above a piece and one below, as long as the paper lets them be."""
    away = max(_AWAY, bleed)
    if not -_HAIR <= x <= sheet.width + _HAIR:
        return
    above, below = room.top + away, room.bottom - away
    highest, lowest = min(above + _LENGTH, sheet.height), max(below - _LENGTH, 0.0)
    if highest - above >= _SHORTEST:
        yield Line(ink, x, above, x, highest)
    if below - lowest >= _SHORTEST:
        yield Line(ink, x, below, x, lowest)


def _ticks(ink: Ink, x: float, room: Room) -> tuple[Line, Line]:
    return (
        Line(ink, x, room.top, x, room.top - _TICK),
        Line(ink, x, room.bottom, x, room.bottom + _TICK),
    )


def _runs_into(line: Line, room: Room) -> bool:
    low, high = sorted((line.y1, line.y2))
    beside = line.x1 < room.left - _HAIR or line.x1 > room.right + _HAIR
    return not beside and low < room.top - _HAIR and high > room.bottom + _HAIR


def _sides(room: Room) -> Iterator[Line]:
    corners = [
        (room.left, room.bottom),
        (room.right, room.bottom),
        (room.right, room.top),
        (room.left, room.top),
    ]
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        yield Line(Ink.CUT, x1, y1, x2, y2)


def _folds(room: Room, folded: bool) -> Iterator[Line]:
    if folded:
        middle = room.left + room.width / 2
        yield Line(Ink.FOLD, middle, room.bottom, middle, room.top)


def _grown(room: Room, by: float) -> Room:
    return Room(room.left - by, room.bottom - by, room.width + 2 * by, room.height + 2 * by)


def _lying(room: Room) -> Room:
    return Room(room.bottom, room.left, room.height, room.width)


def _raised(line: Line) -> Line:
    return replace(line, x1=line.y1, y1=line.x1, x2=line.y2, y2=line.x2)
