"""Lines: the printed lines of a reading, with what a typist said by blanks around them.

It promises every line that is not blank, in order, with its number in the source. Indents and
blank lines are evidence here, so this looks at the text before anything is cleaned.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.ground.han import count_ideographs
from publisher.intake.plan import Kind
from publisher.intake.reading import Reading, Role

# A title seldom has more characters, a line of prose seldom fewer.
LONGEST_TITLE = 30
# A heading with a number and a name has more.
LONGEST_HEAD = 45
SHORTEST_PROSE = 25
_SHORT_SENTENCE = 10
# More columns of blanks are no indent of a paragraph.
_DEEP = 8
_END_MARKS = "。！？!?…”」』.;；"
_GOING_ON = "，,：:、；;—－–"
_INNER_MARKS = re.compile(
    r"[。；;！!？?](?!$)|[。；;，,、：:][”’」』]?$|[。！？!?…，,][”’」』]$"
    # A half-width full stop ends sentences too, but not behind the number of a title.
    "|(?<=[\u4e00-\u9fff])(?<![一二三四五六七八九十])[.]"
)
_WESTERN = re.compile(r"[A-Z][^.;=<>\\]{2,58}[^\s.;,:=<>\\]")
_NUMBER_SIGNS = re.compile(r"(#{1,6})[ \u3000]+(?=\S)")
_SUBTITLE = re.compile(r"[—–―─-]{1,3}[ \u3000]*(?![—–―─=-])(?!.*[-=]$)")
_SETTINGS = (Role.VERSE, Role.ITEM, Role.ROW)
_BLANK = " \t\u3000\xa0\ufeff\u200b"


@dataclass(frozen=True)
class Mark:
    """What one line says by itself that it is, on what evidence and how surely."""

    kind: Kind
    evidence: str
    confidence: float
    authors: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True)
class Line:
    """A printed line: its number from 1, what stands before its words, its words.

    `gap` counts the blank lines before it, `level` is that of a heading of the source, 0 for none;
    `is_bold` says that the source has all its words in bold, `is_set` that it has them as verse, in
    a list or in a table.
    """

    number: int
    indent: str
    words: str
    gap: int
    level: int = 0
    is_bold: bool = False
    is_set: bool = False
    mark: Mark | None = None


Lines = Sequence[Line]


def printed_lines(reading: Reading) -> tuple[Line, ...]:
    """The lines of a reading that are not blank."""
    return tuple(_lines(reading))


def _lines(reading: Reading) -> Iterator[Line]:
    levels = {
        span.start: int(span.value) if span.value.isdecimal() else 1
        for span in reading.spans
        if span.role is Role.HEADING
    }
    bold, own = _stretches(reading, (Role.STRONG,)), _stretches(reading, _SETTINGS)
    offset, before = 0, 0
    for number, row in enumerate(reading.text.split("\n"), start=1):
        line = _line(number, row, number - before - 1)
        if line:
            start = offset + row.index(row.strip(_BLANK))
            level = levels.get(offset) or levels.get(start) or line.level
            ends = start, offset + len(row.rstrip(_BLANK))
            yield replace(
                line, level=level, is_bold=_is_within(bold, *ends), is_set=_is_within(own, *ends)
            )
            before = number
        offset += len(row) + 1


def _line(number: int, row: str, gap: int) -> Line | None:
    """A line as its words show it, with a level where number signs say so; None for a blank one."""
    words = row.strip(_BLANK)
    if not words:
        return None
    indent = row[: row.index(words)]
    signs = _NUMBER_SIGNS.match(words)
    if signs:
        return Line(number, indent + signs[0], words[signs.end() :], gap, len(signs[1]))
    return Line(number, indent, words, gap)


def _stretches(reading: Reading, roles: tuple[Role, ...]) -> list[tuple[int, int]]:
    """The offsets between which all is in such a role, in order; stretches that touch are one."""
    found: list[tuple[int, int]] = []
    for start, stop in sorted((s.start, s.stop) for s in reading.spans if s.role in roles):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


def _is_within(stretches: list[tuple[int, int]], start: int, stop: int) -> bool:
    at = bisect_right(stretches, start, key=lambda stretch: stretch[0])
    return at > 0 and stop <= stretches[at - 1][1]


def usual_gap(lines: Lines) -> int:
    """The commonest number of blank lines between two lines of prose."""
    gaps = Counter(line.gap for line in lines[1:] if is_prose(line))
    return min(gaps, key=lambda gap: (-gaps[gap], gap), default=0)


def is_prose(line: Line) -> bool:
    """Whether a line can be a paragraph or a piece of one, and neither title nor verse."""
    if line.mark:
        return False
    is_sentence = len(line.words) >= _SHORT_SENTENCE and ends_sentence(line)
    if not count_ideographs(line.words) and _WESTERN.fullmatch(line.words):
        return is_sentence
    return len(line.words) >= SHORTEST_PROSE or is_sentence


def ends_sentence(line: Line) -> bool:
    """Whether a line ends with a mark that ends sentences or speeches."""
    return line.words[-1] in _END_MARKS


def is_open(line: Line) -> bool:
    """Whether a line neither ends as a sentence does nor goes on below, as a list's head does."""
    return not ends_sentence(line) and line.words[-1] not in _GOING_ON


def is_left(line: Line) -> bool:
    """Whether a line is not removed."""
    return line.mark is None or line.mark.kind != "removed"


def is_deep(line: Line) -> bool:
    """Whether so many blanks stand before a line that it was moved by hand: centred, or right."""
    return len(line.indent.replace("\u3000", "  ").expandtabs()) >= _DEEP


def is_subtitle(line: Line) -> bool:
    """Whether a line is short and begins with a dash: ——写在封路第十天."""
    return bool(_SUBTITLE.match(line.words)) and _is_short(line)


def is_title_like(line: Line) -> bool:
    """Whether a line is short enough for a title and does not end as a sentence or a speech does.

    Nothing is said here of whether it is one: dialogue, verse and numbers are short as well.
    """
    return _is_short(line) and not _SUBTITLE.match(line.words)


def _is_short(line: Line) -> bool:
    words = line.words
    if not line.mark and _WESTERN.fullmatch(words) and not count_ideographs(words):
        return True
    if line.mark or len(words) > LONGEST_TITLE or not count_ideographs(words):
        return False
    return not _INNER_MARKS.search(words)
