"""A case of invented type, and paragraphs set from it.

A Han takes an em of 1000 units, a Latin letter or digit half an em, a word space 0.3 em, a picture
1.7 em. Marks of the mainland keep their blank half on one side; commas and stops of Taiwan a
quarter on each. What a line looks like is worked out here from its moves alone, as a page would
show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import SupportsIndex, TypeVar, overload

from publisher.typography.breaking import Measure, break_lines
from publisher.typography.characters import Kind, kind_of, pieces
from publisher.typography.galley import Galley, galley
from publisher.typography.joints import Joints
from publisher.typography.setting import Fill, Line, set_line
from publisher.typography.tokens import MAINLAND, Rules, Token

T = TypeVar("T")

EM = 1000
HYPHEN = 400
SPACE = 300
PICTURE = 1700
# What a reader does not see; \u00ad shows a hyphen where a line ends with it.
INVISIBLE = "\u200b\u00ad\u2060\n"
SPACES = " \u00a0"

_OPENING = "“‘（《〈「『【"
_POINTS = "，、；：。！？"


@cache
def token(text: str, centred: bool = False) -> Token:
    """A piece of type; `centred` marks are those of Taiwan and Hong Kong."""
    kind = kind_of(text)
    before, after = _blanks(text, kind, centred)
    hyphen = HYPHEN if text == "\u00ad" else 0
    return Token(text, kind, _advance(text, kind), before, after, hyphen=hyphen)


def _advance(text: str, kind: Kind) -> int:
    if text[0] in INVISIBLE:
        return 0
    if text[0] in SPACES:
        return SPACE
    if kind == Kind.OBJECT:
        return PICTURE
    return EM // 2 * len(text) if kind in _HALF else EM * len(text)


_HALF = (Kind.WESTERN, Kind.OTHER, Kind.MIDDLE_DOT)


def _blanks(text: str, kind: Kind, centred: bool) -> tuple[int, int]:
    if text in _OPENING:
        return 500, 0
    if centred and text in _POINTS:
        return 250, 250
    return (0, 500) if kind in (Kind.CLOSING, Kind.COMMA, Kind.STOP) else (0, 0)


def tokens(text: str, centred: bool = False) -> list[Token]:
    """The type of a text."""
    return [token(piece, centred) for piece in pieces(text)]


class Counted(list[T]):
    """A list that counts how often its entries are asked for by number."""

    asked = 0

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | list[T]:
        self.asked += 1
        return super().__getitem__(index)


@dataclass(frozen=True)
class Strip:
    """A line as the page shows it: each token that is drawn, with its left edge, in units."""

    line: Line
    tokens: tuple[Token, ...]
    lefts: tuple[int, ...]
    hyphen: int

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(token.text for token in self.tokens)

    @property
    def right(self) -> int:
        """Where the line ends: behind the last token, without what hangs over."""
        if not self.tokens:
            return self.hyphen
        return self.lefts[-1] + self.tokens[-1].advance - self.line.over + self.hyphen

    @property
    def gaps(self) -> list[tuple[Token, Token, int]]:
        """Each pair of neighbours with the room between their ink."""
        inked = [(t, left) for t, left in zip(self.tokens, self.lefts, strict=True) if _is_inked(t)]
        return [
            (one, two, right + two.before - left - one.advance + one.after)
            for (one, left), (two, right) in pairwise(inked)
        ]

    @property
    def steps(self) -> list[int]:
        """From each token's left edge to the next one's."""
        return [right - left for left, right in pairwise(self.lefts)]


def _is_inked(token: Token) -> bool:
    return token.text not in INVISIBLE and token.text.strip(SPACES) != ""


@dataclass(frozen=True, repr=False)
class Setting:
    """A paragraph that is set: its tokens, its measure and its lines."""

    row: Galley
    measure: Measure
    lines: tuple[Line, ...]

    def __repr__(self) -> str:
        widths = f"{self.measure.first}, {self.measure.rest}, justified={self.measure.justified}"
        return f"{self.texts} at {widths} by {self.row.rules}"

    @property
    def texts(self) -> list[str]:
        """The lines' words, with everything that is not drawn."""
        return ["".join(t.text for t in self.row.tokens[x.start : x.stop]) for x in self.lines]

    @property
    def strips(self) -> Iterator[Strip]:
        """The lines as the page shows them."""
        return (strip(self.row, line) for line in self.lines)

    def width(self, line: Line) -> int:
        """The measure of a line."""
        return self.measure.first if line is self.lines[0] else self.measure.rest

    def is_last(self, line: Line) -> bool:
        """Whether a forced break or the paragraph's end follows a line."""
        return line.stop == len(self.row.tokens) or self.row.tokens[line.stop - 1].text == "\n"


def strip(row: Galley, line: Line) -> Strip:
    """A line, drawn."""
    drawn = tuple(row.tokens[line.start : line.seen])
    lefts = [-line.trim]
    for one, move in zip(drawn, line.moves, strict=False):
        lefts.append(lefts[-1] + one.advance + move)
    # A soft hyphen at the paragraph's end hyphenates nothing.
    goes_on = line.stop < len(row.tokens)
    hyphen = row.tokens[line.stop - 1].hyphen if goes_on else 0
    return Strip(line, drawn, tuple(lefts[: len(drawn)]), hyphen)


def compose(
    text: str | Sequence[Token],
    measure: float,
    first: float | None = None,
    rules: Rules = MAINLAND,
    *,
    justified: bool = True,
) -> Setting:
    """A paragraph set to a measure in em; its first line may be another."""
    row = cast(text, rules)
    begin = measure if first is None else first
    widths = Measure(round(begin * EM), round(measure * EM), justified)
    lines: list[Line] = []
    start = 0
    for stop in break_lines(row, widths):
        width = widths.rest if start else widths.first
        lines.append(set_line(row, start, stop, width, _fill(row, stop, justified)))
        start = stop
    return Setting(row, widths, tuple(lines))


def cast(text: str | Sequence[Token], rules: Rules = MAINLAND) -> Galley:
    """A galley of a text."""
    type_ = tokens(text, centred=not rules.pair) if isinstance(text, str) else list(text)
    return galley(type_, Joints(rules))


def one_line(text: str | Sequence[Token], measure: int, fill: Fill = Fill.JUSTIFIED) -> Strip:
    """A text on one line of some units."""
    row = cast(text)
    return strip(row, set_line(row, 0, len(row.tokens), measure, fill))


def _fill(row: Galley, stop: int, justified: bool) -> Fill:
    if not justified:
        return Fill.NATURAL
    return Fill.SQUEEZED if any(stop == end for _, end in row.segments) else Fill.JUSTIFIED
