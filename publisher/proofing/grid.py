"""Grid: whether the lines of the body stand at the same heights on all pages.

The grid is taken from the file: the heights, counted in leadings from the top of the page, that
most lines of the body keep. A file in which fewer than half keep any has no grid. Vertical lines
are counted from the binding, so that those on the two sides of a leaf lie on each other: on a page
that lies on its left side that is the top of a recto, and the foot of a verso.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from publisher.proofing.columns import LETTERS
from publisher.proofing.findings import Register
from publisher.proofing.lines import Line
from publisher.proofing.texts import LinedPage, Text, fullest

# How far (pt) a line may stand off the grid before it shows on facing pages.
_TOLERANCE = 0.25
_KEPT = 0.5
# Pages with fewer lines (covers, imprint pages) are no running text.
_FEW = 5


@dataclass(frozen=True)
class Displaced:
    """Lines of a page one after another that are off the grid alike; `offset` pt, up is more."""

    page: LinedPage
    lines: tuple[Line, ...]
    offset: float


def displaced(text: Text) -> Iterator[Displaced]:
    """The runs of lines off the grid, where there is a grid."""
    offsets = _offsets(text)
    on_grid = sum(offset == 0 for _, _, offset in offsets)
    if on_grid < _KEPT * len(offsets):
        return
    keyed = groupby(offsets, key=lambda row: (row[0].number, round(row[2] / _TOLERANCE)))
    for _, rows in keyed:
        run = list(rows)
        page, _, offset = run[0]
        if offset:
            yield Displaced(page, tuple(line for _, line, _ in run), offset)


def register(text: Text) -> Register:
    """How many lines there are, and how many stand on the grid that most keep."""
    offsets = _offsets(text)
    return Register(len(offsets), sum(offset == 0 for _, _, offset in offsets))


def _offsets(text: Text) -> list[tuple[LinedPage, Line, float]]:
    """Every line with its distance (pt) from the nearest line of the grid."""
    lines = Counter(block.page.number for block in text.blocks for _ in block.lines)
    rows = [
        (block.page, line, _depth(block.page, line.baseline + LETTERS * text.size) % text.leading)
        for block in text.blocks
        if lines[block.page.number] >= _FEW
        for line in block.lines
    ]
    if not rows:
        return []
    phases = [phase for _, _, phase in rows]
    start = fullest([*phases, *(phase + text.leading for phase in phases)], _TOLERANCE)
    return [
        (page, line, _sign(page) * _offset(start - phase, text.leading))
        for page, line, phase in rows
    ]


def _depth(page: LinedPage, middle: float) -> float:
    """How far (pt) the middle of a line is from the edge that lines are counted from."""
    return middle if _sign(page) < 0 else page.height - middle


def _sign(page: LinedPage) -> int:
    """1 where lines are counted from the head of a page, -1 where from its foot."""
    return -1 if page.lies and page.number % 2 == 0 else 1


def _offset(distance: float, leading: float) -> float:
    nearest = (distance + leading / 2) % leading - leading / 2
    return 0.0 if abs(nearest) <= _TOLERANCE else nearest
