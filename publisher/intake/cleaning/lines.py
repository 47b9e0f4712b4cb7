"""Lines: rules for line ends and what stands at them; afterwards a line is a paragraph.

Lines are joined only where the whole text shows that it was wrapped at a constant width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from publisher.ground.han import SHARED_MARKS, WIDE, is_chinese
from publisher.intake.cleaning.changes import Change

_INDENT = re.compile("^[ \u3000]+(?=[^ \u3000\n])", re.MULTILINE)
_TRAILING = re.compile("[ \u3000]+$", re.MULTILINE)
_WIDE = re.compile(f"[{WIDE}{SHARED_MARKS}]")
_BLANK_LINES = re.compile(r"\n\n\n+")

_ENDING = '。！？…”’」』）》】.!?":：;；'
# What begins a paragraph of its own behind a line that ends one.
_BEGINNING = re.compile(
    r"[-—*•·●○◆■□★※＊#>|]|[（(]?[0-9]{1,3}[.、)）．]|[（(]?[一二三四五六七八九十]{1,3}[、.)）．]"
    r"|[“‘「『\"]"
)
_SPOKEN_TO_ITS_END = '”’」』"'

# Widths count a Han as 2. Lines of fewer than 20 Han may be verse, of more than 60 are no lines.
_NARROWEST = 40
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

    `is_marked` says that paragraphs show where they begin.
    """

    width: int
    which: int
    is_marked: bool

    def is_full(self, line: _Line) -> bool:
        """Whether a line ends where the width ended."""
        early = _EARLY_AMONG_MARKED if self.is_marked else _EARLY
        return self.width - early <= line.widths[self.which] <= self.width + _LATE


def indents(text: str) -> Iterator[Change]:
    """Blanks at the beginning of lines go: the first line's indent is the layout's."""
    for match in _INDENT.finditer(text):
        yield Change(match.start(), match.end(), "")


def trailing_blanks(text: str) -> Iterator[Change]:
    """Blanks at the end of lines go."""
    for match in _TRAILING.finditer(text):
        yield Change(match.start(), match.end(), "")


def blank_lines(text: str) -> Iterator[Change]:
    """Several blank lines become one; none stand before the first line and behind the last."""
    first, last = len(text) - len(text.lstrip("\n")), len(text.rstrip("\n"))
    if first:
        yield Change(0, first, "")
    for match in _BLANK_LINES.finditer(text, first, last):
        yield Change(match.start(), match.end(), "\n\n")
    if max(first, last) + 1 < len(text):
        yield Change(max(first, last) + 1, len(text), "")


def unwrap(text: str) -> Iterator[Change]:
    """Lines that were cut at a constant width are joined, where all the text shows it."""
    if text.count("\n") + 1 < _FEWEST_LINES:
        return
    lines = list(_lines(text))
    measure = _measure(lines)
    if measure is None:
        return
    joins = [pair for pair in pairwise(lines) if _goes_on(*pair, measure)]
    if _is_wrapped(lines, joins):
        for line, following in joins:
            yield Change(line.stop, following.start, _gap(line, following))


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
    return plain if _count_full(lines, plain) >= _FULL * len(lines) else None


def _plain(lines: list[_Line], which: int) -> _Measure:
    widths = sorted(line.widths[which] for line in lines)
    return _Measure(widths[-1 - int(_OVERLONG * len(widths))], which, is_marked=False)


def _count_full(lines: list[_Line], measure: _Measure) -> int:
    return sum(map(measure.is_full, lines))


def _goes_on(line: _Line, following: _Line, measure: _Measure) -> bool:
    """Whether the second line goes on with the paragraph of the first."""
    if following.is_first or not measure.is_full(line):
        return False
    if line.is_ended and _BEGINNING.match(following.text):
        return measure.is_marked and following.text[0] in '“‘「『"'
    return measure.is_marked or line.text[-1] not in _SPOKEN_TO_ITS_END


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
