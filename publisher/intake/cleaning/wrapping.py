"""Wrapping: lines that were cut at a constant width, and the paragraphs they were cut from.

It promises to join lines only where the whole text shows that it was wrapped. Where a line is as
long as a full one and ends a sentence nobody can tell whether its paragraph ends too: such places
are joined or left as is likelier, and each is known, so that an editor is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from publisher.ground.han import SHARED_MARKS, WIDE, is_chinese
from publisher.intake.cleaning.changes import Change, Log, moved, replay

_WIDE = re.compile(f"[{WIDE}{SHARED_MARKS}]")
_ENDING = '。！？…”’」』）》】.!?":：;；'
# What begins a paragraph of its own behind a line that ends one.
_BEGINNING = re.compile(
    r"[-—*•·●○◆■□★※＊#>|]|[（(]?[0-9]{1,3}[.、)）．]|[（(]?[一二三四五六七八九十]{1,3}[、.)）．]"
    r"|[“‘「『\"]"
)
_SPOKEN_TO_ITS_END = '”’」』"'

# Widths count a Han as 2. Lines of fewer than 20 Han may be verse, of more than 60 are no lines.
_NARROWEST = 30
_WIDEST = 130
# A line is full that ends so much early, for a mark or a word that did not fit, or so much late,
# for marks that no line begins with.
_EARLY = 4
_EARLY_AMONG_MARKED = 12
_LATE = 4
_FEWEST_LINES = 6
_FEWEST_JOINS = 3
# Shares: lines that are full; lines joined that end amid a sentence; other lines that end one;
# paragraphs that show their beginning; lines that are longer than a full one.
_FULL = 0.5
_AMID = 0.6
_ENDED = 0.75
_MARKED = 0.9
_OVERLONG = 0.05
# What a line brings at least that was cut from the next: a word or a character, and the marks that
# no line begins with. Few cut lines would have had room for it.
_BROUGHT = re.compile(r"(?:[0-9A-Za-z]+|.)[，。、；：？！）》〉」』】〕〗”’…—·%,.;:?!)\]]*")
_ROOMY = 0.02


@dataclass(frozen=True)
class _Line:
    """A line of the text without the blanks around it.

    `widths` are in half characters with the indent, first as the line is set, then as if all its
    characters were Han: programs cut by either. `is_first` says that an indent or a blank line
    before it shows a paragraph's beginning.
    """

    start: int
    stop: int
    widths: tuple[int, int]
    is_first: bool
    text: str

    @property
    def is_ended(self) -> bool:
        """Whether it ends with a mark that ends sentences."""
        return self.text[-1] in _ENDING


@dataclass(frozen=True)
class _Measure:
    """The width at which lines were cut, and which of their two widths it is.

    `is_marked` says that paragraphs show where they begin. A line with room for what the next one
    brings, so that both are less than `roomy`, was not cut.
    """

    width: int
    which: int
    is_marked: bool
    roomy: int = 0

    def is_full(self, line: _Line) -> bool:
        """Whether a line ends where the width ended."""
        early = _EARLY_AMONG_MARKED if self.is_marked else _EARLY
        return self.width - early <= line.widths[self.which] <= self.width + _LATE

    def reach(self, line: _Line, following: _Line) -> int:
        """How wide a line would have been with the least that the next could leave to it."""
        brought = _BROUGHT.match(following.text)
        words = brought[0] if brought else ""
        return line.widths[self.which] + (2 * len(words) if self.which else _width(words))


@dataclass(frozen=True)
class LineEnd:
    """The end of a wrapped line: nothing but blanks stands between `stop` and `start`.

    `after` stands there where the next line goes on with the paragraph. `is_doubtful`: whether
    nobody can tell if it does.
    """

    stop: int
    start: int
    after: str
    goes_on: bool
    is_doubtful: bool


def unwrap(text: str) -> Iterator[Change]:
    """Lines that were cut at a constant width are joined, where all the text shows it."""
    return (Change(end.stop, end.start, end.after) for end in _line_ends(text) if end.goes_on)


def doubtful_ends(text: str, log: Log) -> Iterator[Change]:
    """For each line end of which nobody can tell, the change of a cleaned text to the other side.

    `log` is what cleaned the text.
    """
    for at, step in enumerate(log):
        if step.rule == "unwrap":
            ends = [end for end in _line_ends(replay(text, log[:at])) if end.is_doubtful]
            stops = _through([end.stop - 1 for end in ends], log[at:])
            starts = _through([end.start for end in ends], log[at:])
            for end, stop, start in zip(ends, stops, starts, strict=True):
                yield Change(stop + 1, start, "\n" if end.goes_on else end.after)


def _through(offsets: list[int], log: Log) -> list[int]:
    for step in log:
        offsets = list(moved(offsets, step.changes))
    return offsets


def _line_ends(text: str) -> tuple[LineEnd, ...]:
    """The line ends within the paragraphs of a wrapped text, or between them; none of another."""
    if text.count("\n") + 1 < _FEWEST_LINES:
        return ()
    lines = list(_lines(text))
    measure = _measure(lines)
    if measure is None:
        return ()
    pairs = [pair for pair in pairwise(lines) if _can_go_on(*pair, measure)]
    joins = [pair for pair in pairs if _goes_on(*pair, measure)]
    if not _is_wrapped(lines, joins):
        return ()
    joined = {line.start for line, _ in joins}
    return tuple(_line_end(*pair, measure, pair[0].start in joined) for pair in pairs)


def _line_end(line: _Line, following: _Line, measure: _Measure, goes_on: bool) -> LineEnd:
    has_room = measure.reach(line, following) < measure.roomy
    is_doubtful = not measure.is_marked and (
        line.is_ended != has_room if goes_on else line.is_ended and not has_room
    )
    return LineEnd(line.stop, following.start, _gap(line, following), goes_on, is_doubtful)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold words."""
    start = 0
    after_blank = True
    for raw in text.split("\n"):
        words = raw.strip(" \u3000")
        own = start + len(raw) - len(raw.lstrip(" \u3000"))
        if words:
            indented = raw.rstrip(" \u3000")
            widths = _width(indented), 2 * len(indented)
            yield _Line(own, own + len(words), widths, after_blank or own > start, words)
        after_blank = not words
        start += len(raw) + 1


def _width(line: str) -> int:
    # Beyond the widest line nothing is counted: such a line is a whole paragraph.
    if len(line) > _WIDEST or line.isascii():
        return len(line)
    return len(line) + len(_WIDE.findall(line))


def _measure(lines: list[_Line]) -> _Measure | None:
    """What the lines were cut to; None where they show nothing of it."""
    if len(lines) < _FEWEST_LINES:
        return None
    plain = max((_plain(lines, which) for which in (0, 1)), key=lambda m: _count_full(lines, m))
    if not _NARROWEST <= plain.width <= _WIDEST:
        return None
    behind_short = [second for first, second in pairwise(lines) if not plain.is_full(first)]
    first = sum(line.is_first for line in behind_short)
    if behind_short and first >= _MARKED * len(behind_short):
        return replace(plain, is_marked=True)
    if _count_full(lines, plain) < _FULL * len(lines):
        return None
    return replace(plain, roomy=_roomy(lines, plain))


def _plain(lines: list[_Line], which: int) -> _Measure:
    widths = sorted(line.widths[which] for line in lines)
    return _Measure(widths[-1 - int(_OVERLONG * len(widths))], which, is_marked=False)


def _count_full(lines: list[_Line], measure: _Measure) -> int:
    return sum(map(measure.is_full, lines))


def _can_go_on(line: _Line, following: _Line, measure: _Measure) -> bool:
    """Whether nothing shows that a paragraph ends with the first line."""
    return not following.is_first and measure.is_full(line)


def _goes_on(line: _Line, following: _Line, measure: _Measure) -> bool:
    """Whether the second line goes on with the paragraph of the first, as far as one can tell."""
    if line.is_ended and _BEGINNING.match(following.text):
        return measure.is_marked and following.text[0] in '“‘「『"'
    if measure.is_marked:
        return True
    has_room = measure.reach(line, following) < measure.roomy
    return line.text[-1] not in _SPOKEN_TO_ITS_END and not (line.is_ended and has_room)


def _roomy(lines: list[_Line], measure: _Measure) -> int:
    """The reach that nearly all lines have that end amid a sentence: those were cut."""
    reaches = sorted(
        measure.reach(*pair)
        for pair in pairwise(lines)
        if not pair[0].is_ended and _can_go_on(*pair, measure)
    )
    return reaches[int(_ROOMY * len(reaches))] if reaches else 0


def _is_wrapped(lines: list[_Line], joins: list[tuple[_Line, _Line]]) -> bool:
    joined = {line.start for line, _ in joins}
    amid = sum(not line.is_ended for line, _ in joins)
    rest = [line for line in lines if line.start not in joined]
    ended = sum(line.is_ended for line in rest)
    return (
        len(joins) >= _FEWEST_JOINS and amid >= _AMID * len(joins) and ended >= _ENDED * len(rest)
    )


def _gap(line: _Line, following: _Line) -> str:
    """A space between Western words; none beside Chinese and behind a hyphen."""
    sides = line.text[-1], following.text[0]
    return "" if "-" in sides or any(map(is_chinese, sides)) else " "
