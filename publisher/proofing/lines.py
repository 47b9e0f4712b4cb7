"""Line: glyphs on one baseline, from left to right, as a reader sees a line.

It promises every glyph of a page in one line or another: raised and lowered small characters stand
in the line they belong to; readings above a line stand in lines of their own, and the characters
below them are known. A wide gap parts two lines on one baseline: cells, columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from publisher.ground.han import count_ideographs
from publisher.proofing.glyphs import Glyph, Page, Shape

# In em of the line: what stands on one baseline, what parts two lines, what counts as small.
_SAME_BASELINE = 0.04
_PARTING = 2.5
_SMALL = 0.95
_READING = 0.7
_RAISED = 0.6
_ABOVE = (0.6, 1.6)
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_BLANK = frozenset(" \u00a0\u2002\u2003\u3000")
_by_x = attrgetter("x")


@dataclass(frozen=True)
class Line:
    """A line of a page: `number` counts from 1 from the top, `size` is that of most characters.

    `shapes` and `xs` go together, blanks at both ends left out. `read` holds the places of
    characters that carry a reading; `is_alone` is false where others share its baseline.
    """

    page: int
    number: int
    baseline: float
    size: float
    shapes: tuple[Shape, ...]
    xs: tuple[float, ...]
    read: tuple[int, ...] = ()
    is_alone: bool = True
    is_first: bool = True
    is_reading: bool = False

    @cached_property
    def text(self) -> str:
        """Its characters, one for each shape."""
        return "".join(shape.character for shape in self.shapes)

    @property
    def left(self) -> float:
        """Where its first character begins."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Where its last character ends, at that one's full width."""
        return self.xs[-1] + self.shapes[-1].advance

    @cached_property
    def han(self) -> int:
        """How many Han it holds."""
        return count_ideographs(self.text)


def lines_of(page: Page) -> tuple[Line, ...]:
    """The lines of a page from the top; readings follow the line they belong to."""
    rows = _with_strays(_rows(page.glyphs))
    hosts, readings = _parted(rows)
    lines: list[Line] = []
    for number, row in enumerate(hosts, start=1):
        own = [reading for reading, host in readings if host is row]
        above = [glyph for reading in own for glyph in reading.glyphs]
        lines += _lines(page.number, number, row, above)
        for reading in own:
            lines += _lines(page.number, number, reading, (), is_reading=True)
    return tuple(lines)


class _Row:
    """Glyphs of one baseline."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        self.glyphs = glyphs
        self.y = glyphs[0].y
        sizes = Counter(glyph.shape.size for glyph in glyphs)
        self.size = sizes.most_common(1)[0][0]

    def covers(self, glyph: Glyph) -> bool:
        """Whether a glyph stands over or under one of this row's."""
        middle = glyph.x + glyph.shape.advance / 2
        return any(own.x <= middle <= own.x + own.shape.advance for own in self.glyphs)


def _rows(glyphs: Iterable[Glyph]) -> list[_Row]:
    """Glyphs by baseline, from the top."""
    exact: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.shape.character not in _INVISIBLE:
            exact.setdefault(glyph.y, []).append(glyph)
    groups: list[list[Glyph]] = []
    for y in sorted(exact, reverse=True):
        if groups and groups[-1][0].y - y <= _SAME_BASELINE * exact[y][0].shape.size:
            groups[-1] += exact[y]
        else:
            groups.append(exact[y])
    return [_Row(group) for group in groups]


def _with_strays(rows: list[_Row]) -> list[_Row]:
    """Rows with the small characters that stand a little above or below put in their places."""
    kept = list(rows)
    for index, row in enumerate(rows):
        near = (other for other in rows[max(index - 3, 0) : index + 4] if _could_hold(other, row))
        host = min(near, key=lambda other: abs(other.y - row.y), default=None)
        if host is not None and not any(host.covers(glyph) for glyph in row.glyphs):
            host.glyphs += row.glyphs
            kept.remove(row)
    return kept


def _could_hold(host: _Row, row: _Row) -> bool:
    is_small = row.size <= _SMALL * host.size
    return host is not row and is_small and abs(host.y - row.y) < _RAISED * host.size


def _parted(rows: list[_Row]) -> tuple[list[_Row], list[tuple[_Row, _Row]]]:
    """Rows that are lines, and readings each with the row below it."""
    pairs = [(row, below) for row, below in pairwise(rows) if _is_reading(row, below)]
    above = [row for row, _ in pairs]
    return [row for row in rows if row not in above], pairs


def _is_reading(row: _Row, below: _Row) -> bool:
    low, high = (part * below.size for part in _ABOVE)
    is_near = low < row.y - below.y < high
    return (
        is_near
        and row.size <= _READING * below.size
        and all(below.covers(glyph) for glyph in row.glyphs)
    )


def _lines(
    page: int, number: int, row: _Row, above: Sequence[Glyph], *, is_reading: bool = False
) -> Iterator[Line]:
    pieces = [piece for piece in map(_trimmed, _pieces(row)) if piece]
    for index, piece in enumerate(pieces):
        sizes = Counter(glyph.shape.size for glyph in piece)
        yield Line(
            page,
            number,
            row.y,
            sizes.most_common(1)[0][0],
            tuple(glyph.shape for glyph in piece),
            tuple(glyph.x for glyph in piece),
            _read(piece, above),
            is_alone=len(pieces) == 1,
            is_first=index == 0,
            is_reading=is_reading,
        )


def _pieces(row: _Row) -> list[list[Glyph]]:
    """A row cut where nothing stands for a while."""
    pieces: list[list[Glyph]] = []
    end = 0.0
    for glyph in sorted(row.glyphs, key=_by_x):
        if not pieces or glyph.x - end > _PARTING * row.size:
            pieces.append([])
        pieces[-1].append(glyph)
        end = glyph.x + glyph.shape.advance
    return pieces


def _trimmed(piece: list[Glyph]) -> list[Glyph]:
    """A piece without the blanks at its ends."""
    start, end = 0, len(piece)
    while start < end and piece[start].shape.character in _BLANK:
        start += 1
    while start < end and piece[end - 1].shape.character in _BLANK:
        end -= 1
    return piece[start:end]


def _read(piece: list[Glyph], above: Sequence[Glyph]) -> tuple[int, ...]:
    """The places in a piece of what has readings above it."""
    if not above:
        return ()
    middles = [glyph.x + glyph.shape.advance / 2 for glyph in above]
    return tuple(
        place
        for place, glyph in enumerate(piece)
        if any(glyph.x <= middle <= glyph.x + glyph.shape.advance for middle in middles)
    )
