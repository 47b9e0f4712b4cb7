"""Paragraph: the lines of a text that belong together, over page turns, and the edge they share.

How they are told apart: a paragraph begins with its indent, or after a gap, or, where paragraphs
have no indent, after a line that ends early. Lines that are set to stay short (verse, addresses)
make paragraphs that are not judged: `is_justified` says which are.

Where a line begins is a span, not a point: an opening mark may have lost any part of its blank
half. Each line of a paragraph narrows the span of its left margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from publisher.proofing.lines import Line
from publisher.proofing.marks import ENDING, OPENING, WITH_BLANK
from publisher.proofing.texts import SAME, Block, Frame, LinedPage, Text, fullest

# How far (em) a justified line may fall short by accident; below that it was meant to be short.
_BY_ACCIDENT = 4.0
_HANGING = 4.0
# The part of the lines of one left margin that shows where they should end.
_KEPT = 0.25
_NEAR = 0.1
_MARKER = re.compile(
    r"[\[［(（〔]?\d{1,3}[\]］)）〕.、．]|[①-⑳•·○●*†‡–—-]|[一二三四五六七八九十]{1,3}、"
)
_NOTE = re.compile(r"[\[［(（〔]?\d{1,3}(?!\d)|[①-⑳*†‡]")

Span = tuple[float, float]


@dataclass(frozen=True)
class Placed:
    """A line on its page; `lefts` is the span (pt from the frame) in which it may be said to begin.

    A span of no width but for an opening mark, whose blank half may have been cut off.
    """

    page: LinedPage
    line: Line
    frame: Frame
    lefts: Span

    def begins_at(self, left: float) -> bool:
        """Whether it may be said to begin there, in pt from the frame."""
        return _shared(self.lefts, (left, left), self.line.size) is not None

    def short_of(self, edge: float) -> float:
        """How far (pt) it ends before an edge, 0 where flush; less than 0 where it sticks out.

        A mark at the end may keep its blank half, lose it, or hang outside altogether.
        """
        shorts = [edge - right for right in self.ends]
        return next((0.0 for short in shorts if abs(short) <= SAME), min(shorts, key=abs))

    @property
    def ends(self) -> tuple[float, ...]:
        """Where it may be said to end: at the full width of its last character, or before."""
        last, x = self.line.shapes[-1], self.line.xs[-1]
        full = x + last.advance
        if last.character in WITH_BLANK and last.is_blank_after:
            return full, full - last.size / 2, x
        return (full,)


@dataclass(frozen=True)
class Paragraph:
    """Lines with the edge (pt) that each should reach; the last line is not held to it."""

    lines: tuple[Placed, ...]
    edges: tuple[float, ...]
    is_justified: bool

    @property
    def full(self) -> Iterator[tuple[Placed, float]]:
        """The lines that should reach their edge, with it."""
        rows = zip(self.lines, self.lines[1:], self.edges, strict=False)
        return (
            (placed, edge)
            for placed, below, edge in rows
            if self.is_justified and not _is_broken_off(placed, below, edge)
        )

    @property
    def ends_on_single_han(self) -> bool:
        """Whether its last line holds one Han and nothing else but marks."""
        words = [sign for sign in self.lines[-1].line.text if sign.isalnum()]
        return self.is_justified and len(words) == 1 and self.lines[-1].line.han == 1


def paragraphs_of(text: Text) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in order."""
    groups = _groups(text)
    blocks = _full_lines(groups)
    return tuple(_paragraph(group, blocks[round(group.left)]) for group in groups)


class _Group:
    """A paragraph in the making: its lines, and the span where all but the first begin.

    `base` (pt from the frame) is None while there is one line.
    """

    def __init__(self, first: Placed) -> None:
        self.lines = [first]
        self.base: Span | None = None

    @property
    def left(self) -> float:
        """The left margin in pt; the least where its lines leave it open."""
        return (self.base or self.lines[0].lefts)[0]


def _groups(text: Text) -> list[_Group]:
    groups: list[_Group] = []
    # The page on which a paragraph that was broken by the page's end would go on.
    next_page = 0
    for block in text.blocks:
        lines = tuple(_placed(text, block))
        is_set_off = not any(placed.begins_at(0) for placed in lines)
        for number, placed in enumerate(lines):
            may_run_on = number > 0 or (block.is_top and block.page.number == next_page)
            base = _continued(groups[-1], placed, text, is_set_off) if may_run_on else None
            if base is None:
                groups.append(_Group(placed))
            else:
                groups[-1].base = base
                groups[-1].lines.append(placed)
        next_page = block.page.number + 1 if block.is_foot else 0
    return groups


def _placed(text: Text, block: Block) -> Iterator[Placed]:
    frame = text.frame(block.page)
    for line in block.lines:
        left = line.left - frame.left
        first = line.shapes[0]
        may_be_cut = first.character in OPENING and first.is_blank_before
        lefts = (left, left + first.size / 2 if may_be_cut else left)
        yield Placed(block.page, line, frame, lefts)


def _continued(group: _Group, line: Placed, text: Text, is_set_off: bool) -> Span | None:
    """Where the lines of a paragraph begin, if a line belongs to it; None if it does not.

    Among lines that begin at the frame's left edge, one with the indent begins a paragraph; in a
    block that is set off as a whole it may go on, as in a quotation.
    """
    first, last = group.lines[0], group.lines[-1]
    if group.base is None:
        base = _base(first, line, text)
    else:
        base = _shared(group.base, line.lefts, text.size)
    if base is None:
        return None
    left = base[0]
    if text.indent and left > SAME and line.begins_at(text.indent) and not is_set_off:
        return None
    if _is_new_item(last, line) or _is_ornament(line.line):
        return None
    if text.indent and first.begins_at(left + text.indent):
        return base
    is_new_note = text.name == "notes" and _is_new_note(last, line)
    return base if _runs_on(last, left) and not is_new_note else None


def _base(first: Placed, line: Placed, text: Text) -> Span | None:
    """Where a paragraph's second line would begin, in pt from the frame, if this is it."""
    low, high = first.lefts
    indented = _shared((low - text.indent, high - text.indent), line.lefts, text.size)
    if text.indent and indented:
        return indented
    is_item = _MARKER.match(first.line.text)
    if not (is_item and _MARKER.match(line.line.text)):
        flush = _shared(first.lefts, line.lefts, text.size)
        if flush:
            return flush
    is_hanging = 0 < line.lefts[0] - low < _HANGING * text.size
    return line.lefts if is_item and is_hanging else None


def _shared(one: Span, other: Span, em: float) -> Span | None:
    """What two spans have in common; None where they are further apart than a slip."""
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (min(low, high), max(low, high)) if low - high <= _NEAR * em else None


def _runs_on(last: Placed, base: float) -> bool:
    """Whether the paragraph of a line seems to go on below it."""
    edge = last.frame.right
    if last.short_of(edge) == 0 or abs(edge - base - last.line.right) <= SAME:
        return True
    em = last.line.size
    limit = _BY_ACCIDENT * em + min(max(base, 0), _BY_ACCIDENT * em)
    return last.short_of(edge) <= limit and last.line.text[-1] not in ENDING


def _is_new_item(last: Placed, line: Placed) -> bool:
    """Whether a line begins an item, after a line that ends far from the edge."""
    is_short = last.short_of(last.frame.right) > _BY_ACCIDENT * last.line.size
    return is_short and bool(_MARKER.match(line.line.text))


def _is_ornament(line: Line) -> bool:
    """Whether a line holds neither words nor marks that belong to them, as the star of a break."""
    return not any(sign.isalnum() or sign in WITH_BLANK for sign in line.text)


def _is_new_note(last: Placed, line: Placed) -> bool:
    return bool(_NOTE.match(line.line.text)) and last.short_of(last.frame.right) != 0


def _is_broken_off(line: Placed, below: Placed, edge: float) -> bool:
    """Whether a line was ended on purpose: far from its edge, though the next word had room."""
    room = edge - line.line.right
    return room > _BY_ACCIDENT * line.line.size and _first_word(below.line) <= room


def _first_word(line: Line) -> float:
    """How wide (pt) a line's beginning is that must stay whole at most: to its first two Han."""
    pairs = enumerate(pairwise(line.shapes), start=1)
    ends = (line.xs[place] for place, (one, other) in pairs if one.is_han and other.is_han)
    return next(ends, line.right) - line.left


def _full_lines(groups: list[_Group]) -> dict[int, list[Placed]]:
    """All lines but last ones, by their left margin in pt."""
    found: dict[int, list[Placed]] = {}
    for group in groups:
        found.setdefault(round(group.left), []).extend(group.lines[:-1])
    return found


def _paragraph(group: _Group, alike: list[Placed]) -> Paragraph:
    margin = _margin(group, alike)
    edges = tuple(placed.frame.right - (margin or 0.0) for placed in group.lines)
    is_justified = margin is not None and _is_justified(group, edges)
    return Paragraph(tuple(group.lines), edges, is_justified)


def _margin(group: _Group, alike: list[Placed]) -> float | None:
    """How far (pt) the paragraph's edge stands before the frame's; None where there is no telling.

    No way for paragraphs at the frame's left edge. Else the widest of three that its longest line
    leaves room for and that enough lines with the same left margin keep: none, the left one, their
    commonest. Items of lists, which hang from their markers, may always reach the frame's edge.
    """
    full = group.lines[:-1]
    if not full or group.left <= SAME:
        return 0.0
    room = min(placed.frame.right - min(placed.ends) for placed in full)
    commonest = fullest(placed.frame.right - placed.line.right for placed in alike)
    wanted = ((0.0, 1), (group.left, 1), (commonest, 2))
    kept = [
        margin
        for margin, least in wanted
        if margin <= room + SAME and _keeping(margin, alike) >= max(_KEPT * len(alike), least)
    ]
    hangs = group.left - group.lines[0].lefts[0] > SAME
    return max(kept, default=0.0 if hangs else None)


def _keeping(margin: float, alike: list[Placed]) -> int:
    """How many lines end at a right margin."""
    return sum(placed.short_of(placed.frame.right - margin) == 0 for placed in alike)


def _is_justified(group: _Group, edges: tuple[float, ...]) -> bool:
    """Whether a paragraph was meant to be flush: at least half its full lines come close."""
    lines = zip(group.lines[:-1], edges, strict=False)
    close = [placed.short_of(edge) <= _BY_ACCIDENT * placed.line.size for placed, edge in lines]
    return bool(close) and 2 * sum(close) >= len(close)
