"""Setting: the moves that make a line of tokens exactly as wide as its measure.

It promises whole units that add up: a justified line ends at its measure to the unit, unless only
holes between the characters would fill it. The order of squeezing and stretching is that of CLREQ
3.3: see `joints.Level`; a line is stretched first at
its word spaces and its gaps between Han and Western, then evenly everywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from publisher.typography.galley import Galley
from publisher.typography.joints import Joint, Level

# Units; a place that opens further is a hole in the line.
_HOLE = 500


class Line(NamedTuple):
    """Tokens `start` to `stop - 1` set to `width` units; those from `seen` on are not drawn.

    `moves` has, for every boundary from `start + 1` to `seen - 1`, what is added between its
    tokens (less than 0: taken away). `trim` is what the first token's blank loses on its left,
    `over` how far the line's last glyph, blank and all, reaches beyond `width`.
    """

    start: int
    stop: int
    seen: int
    width: int
    trim: int
    over: int
    moves: list[int]


class Fill(IntEnum):
    """How a line fills its measure: not at all, by squeezing what is too much, by both."""

    NATURAL = 0
    SQUEEZED = 1
    JUSTIFIED = 2


def set_line(row: Galley, start: int, stop: int, measure: int, fill: Fill) -> Line:
    """A line set to `measure` units; a mark at its end is trimmed where the line is too long."""
    seen = max(row.seen(stop), start)
    slack = measure - (row.ends[stop] + row.hyphens.get(stop, 0) - row.heads[start])
    over = row.tails[stop] if slack < 0 else 0
    slack += over
    joints = list(_special(row, start, seen))
    moves = [0] * max(0, seen - start - 1)
    for place, joint in joints:
        moves[place] = joint.gap
    if fill and slack < 0:
        slack += _squeeze(moves, joints, -slack)
    elif fill == Fill.JUSTIFIED and slack > 0:
        slack -= _stretch(moves, joints, slack)
    return Line(start, stop, seen, measure - slack, row.trim(start), over, moves)


def _special(row: Galley, start: int, seen: int) -> Iterator[tuple[int, Joint]]:
    """The joints inside a line that are not plain, by their place in its moves."""
    marked, joints = row.marked, row.joints
    index = bisect_left(marked, start + 1)
    while index < len(marked) and marked[index] < seen:
        yield marked[index] - start - 1, joints[marked[index]]
        index += 1


def _squeeze(moves: list[int], joints: list[tuple[int, Joint]], wanted: int) -> int:
    """Take `wanted` units away, level by level; gives what was found to take."""
    taken = 0
    for level in Level:
        given = [
            (place, most) for place, joint in joints for own, most in joint.gives if own == level
        ]
        taken += _share(moves, given, wanted - taken, -1)
    return taken


def _stretch(moves: list[int], joints: list[tuple[int, Joint]], slack: int) -> int:
    """Add `slack` units, first where the line is soft, then evenly; gives what was added.

    A line that only holes would fill stays short.
    """
    spaces = [(place, joint.soft) for place, joint in joints if joint.soft and joint.gap <= 0]
    gaps = [(place, joint.soft) for place, joint in joints if joint.soft and joint.gap > 0]
    added = _share(moves, spaces, slack, 1)
    added += _share(moves, gaps, slack - added, 1)
    if added == slack:
        return slack
    firm = {place for place, joint in joints if not joint.taps}
    even = [place for place in range(len(moves)) if place not in firm] or [
        place for place, _ in spaces
    ]
    if slack - added > _HOLE * len(even):
        return added
    return added + _spread(moves, even, slack - added)


def _share(moves: list[int], places: list[tuple[int, int]], wanted: int, sign: int) -> int:
    """Move places by what each can bear, in proportion; rounded so that the sum is whole."""
    total = sum(most for _, most in places)
    wanted = min(wanted, total)
    passed = done = 0
    for place, most in places if wanted else ():
        passed += most
        goal = wanted * passed // total
        moves[place] += sign * (goal - done)
        done = goal
    return wanted


def _spread(moves: list[int], places: list[int], slack: int) -> int:
    """Open all places alike; the first ones take the units that are left over."""
    if not places:
        return 0
    each, more = divmod(slack, len(places))
    for place in places:
        moves[place] += each
    for place in places[:more]:
        moves[place] += 1
    return slack
