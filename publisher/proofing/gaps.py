"""Gaps: how far one Han stands from the next on a line.

A step runs from origin to origin, in em; 1 is what the font itself gives. Only neighbours of one
size count, without a mark, a Western letter or a reading on either. A hole nearly as wide as a
character, on a line that is not spread otherwise, is a blank that the file draws without naming it,
and no step.
"""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from publisher.proofing.lines import Line

# Steps beyond these show on the page.
NARROW, WIDE = 0.95, 1.15
# A step from which on nearly a whole character would have room between.
_ROOMY = 1.7


class Gap(NamedTuple):
    """A step in em, and the place on the line of the Han before it."""

    place: int
    step: float


def gaps(line: Line) -> list[Gap]:
    """The steps of a line from left to right."""
    shapes, xs = line.shapes, line.xs
    found = [
        Gap(place, (end - start) / one.size)
        for place, (one, other, start, end) in enumerate(
            zip(shapes, shapes[1:], xs, xs[1:], strict=False)
        )
        if one.is_han and other.is_han and one.size == other.size
    ]
    if line.read:
        found = [gap for gap in found if not {gap.place, gap.place + 1} & set(line.read)]
    return _without_blanks(found)


def _without_blanks(found: list[Gap]) -> list[Gap]:
    steps = [gap.step for gap in found]
    if max(steps, default=0.0) < _ROOMY or median(steps) > WIDE:
        return found
    return [gap for gap in found if gap.step < _ROOMY]


def beyond(line: Line) -> Gap | None:
    """The worst of a line's steps, if it shows."""
    shown = [gap for gap in gaps(line) if not NARROW <= gap.step <= WIDE]
    return max(shown, key=lambda gap: abs(gap.step - 1), default=None)
