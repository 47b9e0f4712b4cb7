"""Text: the lines of one size that make up the running words of a book, and where they stand.

A book has up to two: the body, in the size that most Han have, and the notes at the foot of its
pages: small lines below the body that begin near its left edge. It promises their leading, the
edges of the measure on left and right pages, and the indent of a paragraph, all taken from the
pages. Headings, captions, tables, contents, running heads and folios are no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from publisher.proofing.lines import Line
from publisher.proofing.marks import OPENING, WITH_BLANK

# Two lengths (pt) are the same within this: the tolerance of the whole proof.
SAME = 0.1
# Steps between lines of one block, in leadings.
_ADJACENT = (0.6, 1.3)
# How far (in leadings) from the usual first line a page's first line may stand.
_NEAR_TOP = 1.5
# Sizes of notes, in parts of the body's.
_NOTE_SIZES = (0.6, 0.97)
# Pages with fewer lines of the body (imprint pages, colophons) have no notes, and notes begin so
# near (em) to its left edge; what stands further right is a date or a name.
_FEW = 3
_BESIDE = 4.0
# A first or last line so far (em) from the next may be a running head, when it stands at one height
# on so many pages.
_APART = 2.2
_OFTEN = 3
_SIZE_STEP = 0.05
_ENOUGH = 0.1
# An indent, in em.
_INDENTS = (0.9, 5.0)
_LEADERS = re.compile(r"([·․.…‥・])\1{5}")

Side = tuple[int, float, float]


@dataclass(frozen=True)
class LinedPage:
    """A page with its lines instead of its glyphs; `lies` see `Page`."""

    number: int
    label: str
    width: float
    height: float
    lines: tuple[Line, ...]
    lies: bool = False

    @property
    def side(self) -> Side:
        """What pages share that have the same edges: left or right, and the size."""
        return self.number % 2, round(self.width, 1), round(self.height, 1)


@dataclass(frozen=True)
class Frame:
    """Where the lines of a text begin and end on pages of one side, in pt."""

    left: float
    right: float


@dataclass(frozen=True)
class Text:
    """A text: its size and leading in pt, the indent of a paragraph in pt, its frames, its blocks.

    A block is a run of lines on one page, each one leading below the one before. `is_top` says that
    it begins where a page of running text begins, `is_foot` that nothing but notes follow on its
    page: a paragraph may run on from the one to the other.
    """

    name: str
    size: float
    leading: float
    indent: float
    frames: Mapping[Side, Frame]
    blocks: tuple[Block, ...]

    def frame(self, page: LinedPage) -> Frame:
        """The edges on a page."""
        return self.frames[page.side]


@dataclass(frozen=True)
class Block:
    """Lines that follow each other on a page without a gap."""

    page: LinedPage
    lines: tuple[Line, ...]
    is_top: bool
    is_foot: bool


def texts_of(pages: tuple[LinedPage, ...]) -> tuple[Text, ...]:
    """The texts of a book: the body, then the notes where there are any; none without Han."""
    sizes = _han_by_size(line for page in pages for line in page.lines)
    if not sizes:
        return ()
    size = sizes.most_common(1)[0][0]
    furniture = _furniture(pages, size)
    inside = [
        [line for line in page.lines if id(line) not in furniture and not line.is_reading]
        for page in pages
    ]
    body = [[line for line in lines if _is_of(line, size)] for lines in inside]
    main = _text("body", size, pages, inside, body)
    if main is None:
        return ()
    small = [
        _below(page, lines, own, main) for page, lines, own in zip(pages, inside, body, strict=True)
    ]
    note_sizes = _han_by_size(line for lines in small for line in lines)
    if not note_sizes:
        return (main,)
    note_size = note_sizes.most_common(1)[0][0]
    notes = [[line for line in lines if _is_of(line, note_size)] for lines in small]
    other = _text("notes", note_size, pages, small, notes)
    return (main,) if other is None else (main, replace(other, frames=_wider(other, main)))


def _wider(notes: Text, body: Text) -> dict[Side, Frame]:
    """The notes' edges: the body's where they begin with it, since few lines tell little."""
    return {
        side: body.frames[side]
        if side in body.frames and abs(body.frames[side].left - frame.left) <= SAME
        else frame
        for side, frame in notes.frames.items()
    }


def fullest(values: Iterable[float], width: float = SAME) -> float:
    """The middle of the window of a width that holds most values; the first of equals."""
    ordered = sorted(values)
    best, start = (0, 0), 0
    for end, value in enumerate(ordered):
        while value - ordered[start] > width:
            start += 1
        best = max(best, (end - start + 1, -start))
    count, first = best[0], -best[1]
    return ordered[first + count // 2]


def _han_by_size(lines: Iterable[Line]) -> Counter[float]:
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.han:
            sizes[max(1, round(line.size / _SIZE_STEP)) * _SIZE_STEP] += line.han
    return sizes


def _is_of(line: Line, size: float) -> bool:
    return abs(line.size - size) <= _SIZE_STEP


def _furniture(pages: tuple[LinedPage, ...], size: float) -> frozenset[int]:
    """The identities of running heads and folios.

    They are the first or last lines of their pages, and two of these hold: they stand apart from
    the rest, they hold no Han, they stand at the same height on several pages.
    """
    found = [row for page in pages for row in _extremes(page, size)]
    apart = Counter(round(line.baseline) for line, is_apart in found if is_apart)
    bare = Counter(round(line.baseline) for line, _ in found if not line.han)
    return frozenset(
        id(line)
        for line, is_apart in found
        if (is_apart and (not line.han or apart[round(line.baseline)] >= _OFTEN))
        or (not line.han and bare[round(line.baseline)] >= _OFTEN)
    )


def _extremes(page: LinedPage, size: float) -> Iterator[tuple[Line, bool]]:
    """The lines of a page's first and last baseline, and whether they stand apart from the next."""
    rows = [list(row) for _, row in groupby(page.lines, key=lambda line: line.number)]
    for row, neighbour in ((rows[:1], rows[1:2]), (rows[-1:], rows[-2:-1])):
        baselines = [lines[0].baseline for lines in (*row, *neighbour)]
        is_apart = not neighbour or abs(baselines[0] - baselines[1]) > _APART * size
        yield from ((line, is_apart) for lines in row for line in lines)


def _below(page: LinedPage, lines: list[Line], body: list[Line], text: Text) -> list[Line]:
    """The lines below the body of a page that may be notes."""
    frame = text.frames.get(page.side)
    if frame is None or len(body) < _FEW:
        return []
    foot = min(line.baseline for line in body)
    low = [line for line in lines if line.baseline < foot]
    return [line for line in low if _may_be_note(line, text.size, frame.left)]


def _may_be_note(line: Line, size: float, left: float) -> bool:
    """Whether a line below a body of a size, with a left edge, may belong to a note."""
    least, most = (part * size for part in _NOTE_SIZES)
    return least <= line.size <= most and line.left - left < _BESIDE * size


def _text(
    name: str,
    size: float,
    pages: tuple[LinedPage, ...],
    inside: list[list[Line]],
    own: list[list[Line]],
) -> Text | None:
    steps = [
        above.baseline - below.baseline
        for lines in own
        for above, below in pairwise(lines)
        if above.baseline - below.baseline > size
    ]
    leading = fullest(steps) if steps else size * 1.5
    paired = tuple(zip(pages, inside, own, strict=True))
    tops = [page.height - lines[0].baseline for page, _, lines in paired if lines]
    top = fullest(tops, leading) if tops else 0.0
    blocks = tuple(
        Block(
            page,
            tuple(run),
            is_top=around[0] is run[0]
            and abs(page.height - run[0].baseline - top) < _NEAR_TOP * leading,
            is_foot=lines[-1] is run[-1] and _nothing_but_notes_below(run, around, size),
        )
        for page, around, lines in paired
        for run in _runs(lines, leading)
    )
    if not blocks:
        return None
    frames = _frames(blocks)
    return Text(name, size, leading, _indent(blocks, frames, size), frames, blocks)


def _nothing_but_notes_below(run: list[Line], around: list[Line], size: float) -> bool:
    """Whether of the lines around a run those below it may all be notes."""
    foot, left = run[-1].baseline, min(line.left for line in run)
    return all(_may_be_note(line, size, left) for line in around if line.baseline < foot)


def _runs(lines: list[Line], leading: float) -> Iterator[list[Line]]:
    """Lines without a gap; those with leaders or with neighbours are no running words."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _follows(runs[-1][-1], line, leading):
            runs[-1].append(line)
        else:
            runs.append([line])
    for run in runs:
        if all(line.is_alone and not _LEADERS.search(line.text) for line in run):
            yield run


def _follows(above: Line, below: Line, leading: float) -> bool:
    low, high = (part * leading for part in _ADJACENT)
    step = above.baseline - below.baseline
    return low < step < high or step == 0


def _frames(blocks: tuple[Block, ...]) -> dict[Side, Frame]:
    """The edges by side: those that most lines have, the outer ones where others come close.

    The side with most lines tells the measure of both, since few lines tell little.
    """
    lines: dict[Side, list[Line]] = {}
    for block in blocks:
        lines.setdefault(block.page.side, []).extend(block.lines)
    fuller_last = sorted(lines, key=lambda side: len(lines[side]))
    measures = {side[1:]: _right(lines[side]) - _left(lines[side]) for side in fuller_last}
    return {side: _frame(own, measures[side[1:]]) for side, own in lines.items()}


def _frame(lines: list[Line], measure: float) -> Frame:
    left, right = _left(lines), _right(lines)
    return Frame(left, right if abs(right - left - measure) <= SAME else left + measure)


def _left(lines: list[Line]) -> float:
    """The leftmost edge that a tenth of the lines has."""
    lefts = [line.left for line in lines if line.text[0] not in OPENING]
    return _outermost(lefts or [line.left for line in lines])


def _right(lines: list[Line]) -> float:
    """The rightmost edge that a tenth of the lines has; a mark at the end may be cut or hang."""
    rights = [line.right for line in lines if line.text[-1] not in WITH_BLANK]
    rights = rights or [line.right for line in lines]
    return -_outermost([-right for right in rights])


def _outermost(values: list[float]) -> float:
    """The middle of the lowest window that holds a tenth of the values."""
    ordered = sorted(values)
    start = 0
    for end, value in enumerate(ordered):
        while value - ordered[start] > SAME:
            start += 1
        if end - start + 1 > _ENOUGH * len(values):
            return fullest(own for own in ordered[start:] if own - value <= SAME)
    return ordered[0]


def _indent(blocks: tuple[Block, ...], frames: dict[Side, Frame], size: float) -> float:
    """How far most first lines stand to the right of the line below; 0 where they do not.

    Opening marks tell nothing, since they may have been cut, unless there is nothing else.
    """
    steps = [
        (above.left - below.left, above.text[0] in OPENING)
        for block in blocks
        for above, below in pairwise(block.lines)
        if abs(below.left - frames[block.page.side].left) <= SAME
    ]
    low, high = (part * size for part in _INDENTS)
    indents = [(step, is_unsure) for step, is_unsure in steps if low < step < high]
    sure = [step for step, is_unsure in indents if not is_unsure]
    return fullest(sure or [step for step, _ in indents]) if indents else 0.0
