"""Lines: the lines of a finished PDF, aligned with the words that are set in it.

A second opinion beside `publisher proof`, sharing nothing with it. It promises paragraphs that are
known, not guessed: what is drawn is matched character by character with the source. Lengths are in
pt from the page's lower left corner, steps between characters in em.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from tests.glyphs import Glyph, read_glyphs

# What begins or ends no line (CLREQ 3.1.6, 基本处理; GB/T 15834-2011, 5.1). The solidus: neither.
NEVER_FIRST = frozenset("，。、；：？！．,.;:?!」』”’）》〉】〕〗｝］)]}·‧・–－-～〜/／")
NEVER_LAST = frozenset("「『“‘（《〈【〔〖｛［([{/／")
# These go in pairs, and no line ends within a pair.
PAIRED = "—―─…⋯"
# Full-width marks whose blank half lies to the right, or to the left.
CLOSING = frozenset("，。、；：？！．」』”’）》〉】〕〗｝］")
OPENING = frozenset("「『“‘（《〈【〔〖｛［")
TOLERANCE = 0.1
# A pair of marks set to 1.5 em has a step of half an em; a stretched line may widen it.
_SQUEEZED = 0.9

_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W_]")
# Characters that show nothing and may come and go: joiners, soft hyphens, variation selectors.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")


# What it says ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One line of a paragraph: which paragraph of the source, its glyphs, its place within it.

    `attached` are the small glyphs drawn with it that are no words of the source, such as the
    numbers that call notes.
    """

    paragraph: int
    glyphs: tuple[Glyph, ...]
    is_first: bool
    is_last: bool
    attached: tuple[Glyph, ...] = ()

    @property
    def page(self) -> int:
        """The page, from 1."""
        return self.glyphs[0].page

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def origins(self) -> tuple[float, ...]:
        """Where each character begins."""
        return tuple(glyph.x for glyph in self.glyphs)

    @property
    def advances(self) -> tuple[float, ...]:
        """How wide each character is by its font."""
        return tuple(glyph.advance for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The size of the type, by its first character."""
        return self.glyphs[0].size

    @property
    def baseline(self) -> float:
        """How high the line stands on its page."""
        return self.glyphs[0].y

    @property
    def left(self) -> float:
        """Where the first character begins."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """Where the last character that shows ends, by its full advance."""
        shown = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        return max(glyph.end for glyph in (shown[-1], *self.attached))


@dataclass(frozen=True)
class Reading:
    """A PDF read beside its source.

    `missing` are (paragraph, character) pairs of the source that are not drawn, in order;
    `inserted` are glyphs in the midst of paragraphs that are not in the source, spaces among them;
    `others` is what stands outside of the paragraphs: headings, folios, notes, readings.
    """

    lines: tuple[Line, ...]
    missing: tuple[tuple[int, str], ...]
    inserted: tuple[Glyph, ...]
    others: tuple[Glyph, ...]

    @property
    def is_true(self) -> bool:
        """Whether every character is there, in order, and none was put in."""
        return not (self.missing or self.inserted)


def read_lines(content: bytes, paragraphs: Sequence[str]) -> Reading:
    """The lines of a PDF in which these paragraphs are set, in this order.

    Paragraphs are plain words; runs of spaces count as one, and spaces at line ends may vanish.
    Whatever else is drawn between them is left aside.
    """
    return align(read_glyphs(content), paragraphs)


def align(glyphs: Sequence[Glyph], paragraphs: Sequence[str]) -> Reading:
    """The lines that glyphs make of these paragraphs; see `read_lines`."""
    source = _Source.of(paragraphs)
    found = _Alignment(source, glyphs)
    inserted = sorted((*found.inserted, *_wrong_spaces(source, glyphs, found.matched)))
    return Reading(
        tuple(_lines(source, glyphs, found)),
        tuple(_missing(source, glyphs, found.matched)),
        tuple(glyphs[index] for index in inserted),
        tuple(glyphs[index] for index in found.others),
    )


@dataclass(frozen=True)
class _Source:
    """All paragraphs as one string without spaces, and what that leaves out."""

    words: str
    starts: tuple[int, ...]
    # Places after which the source has a space.
    spaced: frozenset[int]

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> _Source:
        words: list[str] = []
        starts: list[int] = []
        spaced: set[int] = set()
        for paragraph in paragraphs:
            starts.append(len(words))
            for character in _INVISIBLE.sub("", paragraph):
                if character.isspace():
                    spaced.add(len(words) - 1)
                else:
                    words.append(character)
        return cls("".join(words), tuple(starts), frozenset(spaced))

    def paragraph(self, place: int) -> int:
        """Which paragraph holds a place; of empty ones before it, none."""
        return bisect_right(self.starts, place) - 1


# A run is matched against this many more characters than it has, for what may be missing.
_SLACK = 8
# Runs shorter than this only count when they agree wholly.
_SHORT = 4
# So many of the next words of the source are looked for in so many of the glyphs to come. While
# they are still to come, what does not agree with them stands outside of the paragraphs.
_AWAITED = 12
_AHEAD = 20_000
# So many that agree are enough to know a place in the source by.
_SURE = 24
# Raised and lowered glyphs stay within this many em of their line's baseline; readings do not.
_BAND = 0.6


class _Alignment:
    """Walks through the runs of a drawing with a place in the source.

    It sorts the glyphs, by their indices: `matched` has (place in the source, glyph) pairs,
    `inserted` those in the midst of paragraphs that the source lacks, `others` the rest.
    """

    def __init__(self, source: _Source, glyphs: Sequence[Glyph]) -> None:
        self.source = source
        self.place = 0
        self.matched: list[tuple[int, int]] = []
        self.inserted: list[int] = []
        self.others: list[int] = []
        visible = [index for index, glyph in enumerate(glyphs) if _shows(glyph)]
        self._drawn = "".join(glyphs[index].text for index in visible)
        start = 0
        for run in _runs(glyphs, visible):
            self._take(run, start)
            start += len(run)

    def _take(self, run: list[int], start: int) -> None:
        """Put a run, the glyphs drawn from `start` on, into one of the three lists."""
        words = self._drawn[start : start + len(run)]
        awaited = self.source.words[self.place : self.place + _AWAITED]
        coming = self._drawn.find(awaited, start, start + _AHEAD)
        if coming < 0 and not self._fits(words):
            self._seek(start)
        if coming >= start + len(run) or not self._fits(words):
            self.others += run
        elif self._agrees(words):
            self.matched += zip(range(self.place, self.place + len(run)), run, strict=True)
            self.place += len(run)
        else:
            self._take_partly(run, words)

    def _agrees(self, words: str) -> bool:
        return self.source.words.startswith(words, self.place)

    def _fits(self, words: str) -> bool:
        """Whether the words are mostly those that the source has next."""
        if self._agrees(words) or len(words) < _SHORT:
            return self._agrees(words)
        return sum(size for _, _, size in self._blocks(words)) * 2 > len(words)

    def _seek(self, start: int) -> None:
        """Move to where the source goes on as is drawn from `start`: what is before is lost."""
        found = self.source.words.find(self._drawn[start : start + _SURE], self.place)
        self.place = max(self.place, found)

    def _blocks(self, words: str) -> list[tuple[int, int, int]]:
        """(Place in the source, place in the words, length) of what they share."""
        end = self.place + len(words) + _SLACK
        awaited = self.source.words[self.place : end]
        shared = SequenceMatcher(None, awaited, words, autojunk=False).get_matching_blocks()
        return [(self.place + block.a, block.b, block.size) for block in shared]

    def _take_partly(self, run: list[int], words: str) -> None:
        kept: set[int] = set()
        for place, at, size in self._blocks(words):
            self.matched += zip(range(place, place + size), run[at : at + size], strict=True)
            kept.update(range(at, at + size))
            self.place = max(self.place, place + size if size else 0)
        self.inserted += [index for at, index in enumerate(run) if at not in kept]


def _shows(glyph: Glyph) -> bool:
    return not (glyph.text.isspace() or _INVISIBLE.match(glyph.text))


def _runs(glyphs: Sequence[Glyph], visible: list[int]) -> Iterator[list[int]]:
    """Stretches drawn one after the other on one baseline in one size."""
    run: list[int] = []
    for index in visible:
        if run and not _goes_on(glyphs[run[-1]], glyphs[index]):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _goes_on(glyph: Glyph, following: Glyph) -> bool:
    return (
        glyph.page == following.page
        and abs(glyph.y - following.y) < 0.01
        and abs(glyph.size - following.size) < 0.01
    )


def _missing(
    source: _Source, glyphs: Sequence[Glyph], matched: list[tuple[int, int]]
) -> Iterator[tuple[int, str]]:
    """The characters that are not drawn, and the spaces not drawn between two words of a line."""
    drawn = dict(matched)
    for place, character in enumerate(source.words):
        if place not in drawn:
            yield source.paragraph(place), character
        elif place in source.spaced and place + 1 in drawn:
            index, later = drawn[place], drawn[place + 1]
            between = range(index + 1, later)
            together = _same_line(glyphs[index], glyphs[later])
            if together and not any(glyphs[n].text.isspace() for n in between):
                yield source.paragraph(place), " "


def _wrong_spaces(
    source: _Source, glyphs: Sequence[Glyph], matched: list[tuple[int, int]]
) -> Iterator[int]:
    """Indices of spaces drawn between two neighbours of the source that have none there."""
    for (place, index), (following, later) in pairwise(matched):
        if following == place + 1 and place not in source.spaced:
            for n in range(index + 1, later):
                beside = _goes_on(glyphs[index], glyphs[n]) or _goes_on(glyphs[n], glyphs[later])
                if glyphs[n].text.isspace() and beside:
                    yield n


def _lines(source: _Source, glyphs: Sequence[Glyph], found: _Alignment) -> Iterator[Line]:
    """Matched glyphs as lines, with the spaces and small glyphs drawn among them."""
    strange = frozenset(found.others)
    rows = list(_rows(source, glyphs, found.matched))
    owners = (None, *(paragraph for paragraph, _ in rows), None)
    ends = (*(row[0] for _, row in rows[1:]), len(glyphs))
    for number, ((paragraph, row), end) in enumerate(zip(rows, ends, strict=True)):
        yield Line(
            paragraph,
            tuple(_spaced(glyphs, row)),
            is_first=owners[number] != paragraph,
            is_last=owners[number + 2] != paragraph,
            attached=tuple(_attached(glyphs, row, strange.intersection(range(row[0], end)))),
        )


def _spaced(glyphs: Sequence[Glyph], row: list[int]) -> Iterator[Glyph]:
    """The glyphs of a row and the spaces between them."""
    for before, index in pairwise((row[0], *row)):
        between = (glyphs[n] for n in range(before + 1, index))
        yield from (glyph for glyph in between if glyph.text.isspace())
        yield glyphs[index]


def _attached(glyphs: Sequence[Glyph], row: list[int], strange: Iterable[int]) -> Iterator[Glyph]:
    """The small ones of strange glyphs that stand in or right after a row: calls of notes."""
    last = glyphs[row[-1]]
    for glyph in (glyphs[index] for index in sorted(strange)):
        beside = glyph.page == last.page and abs(glyph.y - last.y) < _BAND * last.size
        if beside and glyph.size < last.size and glyph.x < last.end + 2 * last.size:
            yield glyph


def _rows(
    source: _Source, glyphs: Sequence[Glyph], matched: list[tuple[int, int]]
) -> Iterator[tuple[int, list[int]]]:
    """(Paragraph, indices of glyphs) of every line."""
    row: list[int] = []
    paragraph = -1
    for place, index in matched:
        own = source.paragraph(place)
        if row and (own != paragraph or not _same_line(glyphs[row[-1]], glyphs[index])):
            yield paragraph, row
            row = []
        paragraph = own
        row.append(index)
    if row:
        yield paragraph, row


def _same_line(glyph: Glyph, following: Glyph) -> bool:
    return (
        glyph.page == following.page
        and abs(glyph.y - following.y) < _BAND * max(glyph.size, following.size)
        and following.x > glyph.x - glyph.size
    )


# What it is worth --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Steps:
    """How distances between the origins of neighbouring Han of one size are spread, in em."""

    count: int
    least: float
    p1: float
    p50: float
    p99: float
    most: float


@dataclass(frozen=True)
class Figures:
    """How well lines are set. Every finding is a line, so that it can be looked up.

    `full` counts the lines of paragraphs except their last ones, `ragged` are those not flush on
    both sides. `split` are lines that end in the midst of —— or ……. `unsqueezed` holds a line for
    each pair of neighbouring full-width marks that fill 2 em. `lone` are last lines, not first
    ones, that hold a single Han and else only marks.
    """

    paragraphs: int
    lines: int
    full: int
    ragged: tuple[Line, ...]
    starts: tuple[Line, ...]
    ends: tuple[Line, ...]
    split: tuple[Line, ...]
    pairs: int
    unsqueezed: tuple[Line, ...]
    lone: tuple[Line, ...]
    steps: Steps

    @property
    def flush(self) -> float:
        """The share of full lines that are flush, from 0 to 1."""
        return 1 - len(self.ragged) / self.full if self.full else 1.0

    def as_values(self) -> dict[str, Any]:
        """The figures for a JSON file: findings as their numbers."""
        counted = {
            name: len(value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
        }
        return counted | {"flush": self.flush, "steps": vars(self.steps)}


def figures(lines: Sequence[Line], width: float, indent: float = 2.0) -> Figures:
    """What lines of running text are worth on a measure of `width` pt, indented by `indent` em.

    Where the measure begins is read off the pages: the left edge that most lines have which are
    not the first of a paragraph, for odd and even pages by themselves.
    """
    edges = {side: _usual_left(lines, side) for side in (0, 1)}
    following = [(a, b) for a, b in pairwise(lines) if a.paragraph == b.paragraph]
    pairs = [pair for line in lines for pair in _mark_pairs(line)]
    full = [line for line in lines if not line.is_last]
    return Figures(
        len({line.paragraph for line in lines}),
        len(lines),
        len(full),
        tuple(line for line in full if not _is_flush(line, edges[line.page % 2], width, indent)),
        tuple(b for _, b in following if b.text[0] in NEVER_FIRST),
        tuple(a for a, _ in following if a.text.rstrip()[-1] in NEVER_LAST),
        tuple(a for a, b in following if _is_split(a, b)),
        len(pairs),
        tuple(line for line, step in pairs if step > _SQUEEZED),
        tuple(line for line in lines if line.is_last and not line.is_first and _is_lone(line)),
        _steps(step for line in lines for step in han_steps(line)),
    )


def _usual_left(lines: Iterable[Line], side: int) -> float:
    lefts: dict[float, int] = {}
    for line in lines:
        if not line.is_first and line.page % 2 == side:
            left = round(line.left, 2)
            lefts[left] = lefts.get(left, 0) + 1
    return max(lefts, key=lambda left: (lefts[left], -left), default=0.0)


def _is_flush(line: Line, edge: float, width: float, indent: float) -> bool:
    """Whether a line fills its measure within 0.1 pt.

    An opening mark that begins it and a closing one that ends it may reach out of the measure by
    their blank halves, wholly or in part.
    """
    start = edge + (indent * line.size if line.is_first else 0)
    out_left = line.size / 2 if line.text[0] in OPENING else 0
    out_right = line.size / 2 if line.text.rstrip()[-1] in CLOSING else 0
    return (
        -TOLERANCE <= start - line.left <= out_left + TOLERANCE
        and -TOLERANCE <= line.right - edge - width <= out_right + TOLERANCE
    )


def _is_split(line: Line, following: Line) -> bool:
    """Whether a line break leaves half of —— or …… behind."""
    mark = line.text[-1]
    behind = len(line.text) - len(line.text.rstrip(mark))
    return mark in PAIRED and following.text[0] == mark and behind % 2 == 1


def _neighbours(line: Line) -> Iterator[tuple[Glyph, Glyph]]:
    """Glyphs next to each other, unless the call of a note stands between them."""
    calls = [glyph.x for glyph in line.attached]
    for glyph, following in pairwise(line.glyphs):
        if not any(glyph.x < x < following.x for x in calls):
            yield glyph, following


def _mark_pairs(line: Line) -> Iterator[tuple[Line, float]]:
    """Neighbouring full-width marks with a blank half between them, and their step in em."""
    for mark, following in _neighbours(line):
        both = mark.text in CLOSING and following.text in CLOSING | OPENING
        if both or (mark.text in OPENING and following.text in OPENING):
            yield line, (following.x - mark.x) / mark.size


def _is_lone(line: Line) -> bool:
    words = _WORD.findall(line.text)
    return len(words) == 1 and _HAN.match(words[0]) is not None


def han_steps(line: Line) -> Iterator[float]:
    """The distances between neighbouring Han of one size, in em."""
    for glyph, following in _neighbours(line):
        both = _HAN.match(glyph.text) and _HAN.match(following.text)
        if both and glyph.size == following.size:
            yield (following.x - glyph.x) / glyph.size


def _steps(found: Iterable[float]) -> Steps:
    """The figures of steps; zeros where there are none."""
    steps = sorted(found)
    if not steps:
        return Steps(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    last = len(steps) - 1
    cuts = (steps[round(share * last)] for share in (0, 0.01, 0.5, 0.99, 1))
    return Steps(len(steps), *cuts)
