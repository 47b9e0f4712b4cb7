"""Words: what of a manuscript's file is prose, and where in the file each character stands.

It promises one text for all passages of a file, in which every character knows its offset in the
file and whether it may be changed. Code, links, ruby and kept runs are there for the sake of what
stands beside them, and are fixed; marks of Markdown, addresses and readings are not there at all.
What cannot be followed character by character is left out: a passage is looked at whole or never.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.token import Token

from publisher.editorial.frontmatter import body_of
from publisher.editorial.markdown import LINED, parser
from publisher.ground.han import is_chinese

# Between two paragraphs in a row, and between whatever else: no rule reads over the second.
_NEXT, _APART = "\n\n", "\n\n\n"
_MARGIN = " \t\u3000"
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_HARD_BREAK = re.compile(r"\\?[ \t]*\n[ \t]*")
_CALL = re.compile(r"\[\^[^\]\n]+\]")
_RUBY = re.compile(r"\{([^{}|\n]+)\|[^{}\n]+\}")
_ATTRIBUTES = re.compile(r"\]\{[^{}\n]*\}")
_BLANKS = re.compile(r"[ \t\n]*")
# Within these every line stands by itself.
_LINED = tuple(f"container_{name}" for name in LINED)
# Said of a passage whose source and whose words do not agree.
_ASTRAY = "the source says something else"
# Emphasis leaves words free; what stands in these does not.
_FIXING = {"link_open": 1, "span_open": 1, "link_close": -1, "span_close": -1}


@dataclass(frozen=True)
class Words:
    """The prose of a file.

    `places` are the offsets of its characters in the file's text, `starts` those of the file's
    lines. `held` are the offsets in the prose of the characters that nobody may change.
    """

    text: str
    places: tuple[int, ...]
    held: tuple[int, ...]
    starts: tuple[int, ...]

    @cached_property
    def fixed(self) -> frozenset[int]:
        """The characters that nobody may change, for questions."""
        return frozenset(self.held)

    def line(self, offset: int) -> int:
        """The line of the file, from 1, in which a character of this text stands."""
        if not self.places:
            return 1
        return bisect_right(self.starts, self.places[min(offset, len(self.places) - 1)])


def words_of(text: str) -> Words:
    """The words of a manuscript's text, which reads without fault; its front matter left out."""
    body, first_line = body_of(text)
    collector = _Collector(text, first_line)
    collector.take_all(parser().parse(body, {}))
    return collector.words()


@dataclass(frozen=True)
class _Run:
    """Characters in a row: their words, the offset of the first in a passage, and whether fixed.

    All characters of a run with `still` stand at that one offset.
    """

    words: str
    start: int
    fixed: bool
    still: bool = False


class _Collector:
    """Gathers the words of one file, passage by passage."""

    def __init__(self, text: str, first_line: int) -> None:
        self._lines = text.split("\n")
        self._first = first_line - 1
        self._text: list[str] = []
        self._places: list[int] = []
        self._fixed: set[int] = set()
        self._cells: dict[int, int] = {}

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts = [0]
        for line in self._lines:
            starts.append(starts[-1] + len(line) + 1)
        return tuple(starts)

    def words(self) -> Words:
        """All that was taken."""
        return Words(
            "".join(self._text), tuple(self._places), tuple(sorted(self._fixed)), self._starts[:-1]
        )

    def take_all(self, tokens: Sequence[Token]) -> None:
        """Take every passage of a parsed text."""
        lined = 0
        for index, token in enumerate(tokens):
            if token.type.startswith(_LINED):
                lined += token.nesting
            if token.type == "inline" and token.map:
                kinds = [other.type for other in tokens[max(0, index - 2) : index]]
                is_next = kinds == ["paragraph_close", "paragraph_open"] and not lined
                is_cell = kinds[-1] in ("th_open", "td_open")
                column = self._column_of_cell if is_cell else self._column
                with suppress(ValueError):
                    places = self._located(token.content, token.map[0] + self._first, column)
                    runs = list(_Tracer(token.content, bool(lined)).runs(token.children or []))
                    self._take(runs, places, _NEXT if is_next else _APART)

    def _take(self, runs: list[_Run], places: _Located, gap: str) -> None:
        if not any(run.words.strip() for run in runs):
            return
        if self._places:
            self._add(gap, self._places[-1:] * len(gap), is_fixed=True)
        for run in runs:
            place = places(run.start)
            stop = place + (1 if run.still else len(run.words))
            own = list(range(place, stop))
            self._add(run.words, own * len(run.words) if run.still else own, is_fixed=run.fixed)

    def _add(self, words: str, places: list[int], *, is_fixed: bool) -> None:
        if is_fixed:
            self._fixed.update(range(len(self._places), len(self._places) + len(words)))
        self._text.append(words)
        self._places += places

    def _located(self, content: str, line: int, column: Callable[[str, int], int]) -> _Located:
        """Where the lines of a passage stand in the file, markers before them left out."""
        begins, bases, begin = [], [], 0
        for number, row in enumerate(content.split("\n"), start=line):
            lead = len(row) - len(row.lstrip(" \t"))
            begins.append(begin)
            bases.append(self._starts[number] + column(row.strip(" \t"), number) - lead)
            begin += len(row) + 1
        return _Located(tuple(begins), tuple(bases))

    def _column(self, words: str, number: int) -> int:
        """Where the words of a line begin: nothing but marks of Markdown follows them."""
        return self._lines[number].rindex(words)

    def _column_of_cell(self, words: str, number: int) -> int:
        """Where a cell begins, behind the cells before it; one with a bar in it is not followed."""
        written = words.replace("|", "\\|")
        column = self._lines[number].index(written, self._cells.get(number, 0))
        self._cells[number] = column + len(written)
        if written != words:
            raise ValueError(_ASTRAY)
        return column


@dataclass(frozen=True)
class _Located:
    """The way from offsets in a passage to offsets in the file, line by line."""

    begins: tuple[int, ...]
    bases: tuple[int, ...]

    def __call__(self, offset: int) -> int:
        line = bisect_right(self.begins, offset) - 1
        return self.bases[line] + offset - self.begins[line]


class _Tracer:
    """Follows the parser's pieces of one passage through its source."""

    def __init__(self, source: str, is_lined: bool) -> None:
        self._source = source
        self._is_lined = is_lined
        self._is_plain = "\\" not in source and "&" not in source
        self._position = 0
        self._fixing = 0
        self._begins = True

    def runs(self, pieces: Sequence[Token]) -> Iterator[_Run]:
        """The words of the pieces. Raises ValueError where the source says something else."""
        for number, piece in enumerate(pieces):
            self._fixing += min(0, _FIXING.get(piece.type, 0))
            step = self._STEPS.get(piece.type)
            if step is None:
                raise ValueError(_ASTRAY)
            after = _opening(pieces, number + 1) if piece.type == "softbreak" else ""
            yield from step(self, piece, after)
            self._fixing += max(0, _FIXING.get(piece.type, 0))
        if self._source[self._position :].strip():
            raise ValueError(_ASTRAY)

    def _words(self, piece: Token, _: str) -> Iterator[_Run]:
        content = piece.content
        if self._begins and content:
            words = content.lstrip(_MARGIN)
            self._expect(content[: len(content) - len(words)])
            self._begins, content = not words, words
        if self._is_plain:
            start = self._position
            self._expect(content)
            yield _Run(content, start, bool(self._fixing))
        else:
            yield from self._spelt(content)

    def _spelt(self, content: str) -> Iterator[_Run]:
        """Words among which some are escaped: those are fixed."""
        index = 0
        while index < len(content):
            start = self._position
            written, words = self._letter(content[index])
            if content[index : index + len(words)] != words:
                raise ValueError(_ASTRAY)
            self._position += len(written)
            index += len(words)
            yield _Run(words, start, bool(self._fixing) or written != words, still=written != words)

    def _letter(self, wanted: str) -> tuple[str, str]:
        """The next character as it is written, and as it is read."""
        entity = _ENTITY.match(self._source, self._position)
        if entity and html.unescape(entity[0]) != entity[0]:
            return entity[0], html.unescape(entity[0])
        written = self._source[self._position : self._position + 2]
        if written[:1] == "\\" and written[1:] == wanted:
            return written, wanted
        return written[:1], written[:1]

    def _soft_break(self, _: Token, after: str) -> Iterator[_Run]:
        before = self._source[self._position - 1 : self._position]
        start = self._skip(_SOFT_BREAK)
        self._begins = True
        after = after.lstrip(_MARGIN)[:1]
        if self._is_lined:
            yield _Run(_APART, start, fixed=True, still=True)
        elif not is_chinese(before) and not is_chinese(after):
            yield _Run(" ", start, fixed=True, still=True)

    def _hard_break(self, _: Token, __: str) -> Iterator[_Run]:
        yield _Run("\n", self._skip(_HARD_BREAK), fixed=True, still=True)

    def _mark(self, piece: Token, _: str) -> Iterator[_Run]:
        self._expect(piece.markup)
        yield from ()

    def _code(self, piece: Token, _: str) -> Iterator[_Run]:
        start = self._position
        fence = re.escape(piece.markup)
        self._skip(re.compile(rf"{fence}.*?(?<!`){fence}(?!`)", re.DOTALL))
        yield _Run(f"`{piece.content}`", start, fixed=True, still=True)

    def _call(self, _: Token, __: str) -> Iterator[_Run]:
        self._skip(_CALL)
        yield from ()

    def _ruby(self, _: Token, __: str) -> Iterator[_Run]:
        match = _RUBY.match(self._source, self._position)
        start = self._skip(_RUBY)
        yield _Run(match[1] if match else "", start + 1, fixed=True)

    def _bracket(self, piece: Token, _: str) -> Iterator[_Run]:
        self._expect("<" if piece.info == "auto" else "[")
        yield from ()

    def _link_end(self, piece: Token, _: str) -> Iterator[_Run]:
        if piece.info == "auto":
            self._expect(">")
        else:
            self._expect("](")
            self._skip(_BLANKS)
            for part in (parseLinkDestination, parseLinkTitle):
                found = part(self._source, self._position, len(self._source))
                self._position = found.pos if found.ok else self._position
                self._skip(_BLANKS)
            self._expect(")")
        yield from ()

    def _span_end(self, _: Token, __: str) -> Iterator[_Run]:
        self._skip(_ATTRIBUTES)
        yield from ()

    def _expect(self, written: str) -> None:
        if not self._source.startswith(written, self._position):
            raise ValueError(_ASTRAY)
        self._position += len(written)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Pass what a pattern matches, and give the offset where it began."""
        match = pattern.match(self._source, self._position)
        if not match:
            raise ValueError(_ASTRAY)
        start, self._position = self._position, match.end()
        return start

    _STEPS: ClassVar[dict[str, Step]] = {
        "text": _words,
        "softbreak": _soft_break,
        "hardbreak": _hard_break,
        "em_open": _mark,
        "em_close": _mark,
        "strong_open": _mark,
        "strong_close": _mark,
        "code_inline": _code,
        "footnote_ref": _call,
        "ruby": _ruby,
        "link_open": _bracket,
        "link_close": _link_end,
        "span_open": _bracket,
        "span_close": _span_end,
    }


Step = Callable[[_Tracer, Token, str], Iterator[_Run]]


def _opening(pieces: Sequence[Token], start: int) -> str:
    """The words with which the pieces from one on begin."""
    later = (pieces[number].content for number in range(start, len(pieces)))
    return next(filter(None, later), "")
