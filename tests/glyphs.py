"""Glyphs: what a PDF draws, read from its content streams with pikepdf alone.

It promises every character where the PDF places it, in the order of drawing. It reads Type 0 fonts
with two-byte codes (Identity-H) and simple fonts, set horizontally, and refuses other encodings
with a ValueError. Lengths are in pt from the page's lower left corner.
"""

from __future__ import annotations

import copy
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pikepdf

_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character: its page (from 1), origin, advance and size.

    The advance is the font's own width as it is set, without the spacing that follows. A ligature
    gives a glyph for each of its characters, with equal shares of its advance.
    """

    text: str
    page: int
    x: float
    y: float
    advance: float
    size: float

    @property
    def end(self) -> float:
        """Where the glyph's advance ends."""
        return self.x + self.advance


Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_glyphs(content: bytes) -> tuple[Glyph, ...]:
    """Every glyph of a PDF, page by page in the order of drawing."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts: dict[tuple[int, int], _Font] = {}
        return tuple(
            glyph
            for number, page in enumerate(pdf.pages, 1)
            for glyph in _Reader(number, fonts).glyphs(page)
        )


@dataclass(frozen=True)
class _Font:
    """Widths in em and words by character code; `code_size` is the number of bytes of a code."""

    code_size: int
    widths: dict[int, float]
    default: float
    words: dict[int, str]

    def codes(self, string: bytes) -> Iterator[int]:
        size = self.code_size
        return (int.from_bytes(string[at : at + size]) for at in range(0, len(string), size))


@dataclass
class _State:
    """The part of the graphics state that moves text."""

    ctm: Matrix = _IDENTITY
    font: _Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class _Reader:
    """Interprets the content streams of one page (ISO 32000-1, 8.4 and 9)."""

    def __init__(self, page: int, fonts: dict[tuple[int, int], _Font]) -> None:
        self.page = page
        self.found: list[Glyph] = []
        self._fonts = fonts
        self._state = _State()
        self._kept: list[_State] = []
        self._text = self._line = _IDENTITY
        self._marks: list[tuple[str | None, int]] = []
        self._operators: dict[str, Callable[..., None]] = {
            "q": self._keep,
            "Q": self._restore,
            "cm": self._concatenate,
            "BT": lambda: self._place(_IDENTITY),
            "Tm": lambda *numbers: self._place(_matrix(numbers)),
            "Td": self._move,
            "TD": self._move_and_lead,
            "T*": self._next_line,
            "Tc": lambda number: self._set(spacing=float(number)),
            "Tw": lambda number: self._set(word_spacing=float(number)),
            "Tz": lambda number: self._set(scale=float(number) / 100),
            "TL": lambda number: self._set(leading=float(number)),
            "Ts": lambda number: self._set(rise=float(number)),
            "Tj": lambda string: self._show([string]),
            "TJ": self._show,
            "'": self._show_below,
            '"': self._show_spaced,
        }

    def glyphs(self, page: pikepdf.Page) -> list[Glyph]:
        self._run(page.obj, page.resources)
        return self.found

    def _run(self, stream: pikepdf.Object, resources: pikepdf.Object) -> None:
        within: dict[str, Callable[..., None]] = {
            "Tf": lambda name, size: self._set(font=self._font(resources, name), size=float(size)),
            "Do": lambda name: self._draw(resources.XObject[str(name)], resources),
            "BDC": lambda _, properties: self._open(_actual_text(properties, resources)),
            "BMC": lambda _: self._open(None),
            "EMC": self._close,
        }
        for instruction in pikepdf.parse_content_stream(stream):
            name = str(instruction.operator)
            act = self._operators.get(name) or within.get(name)
            if act:
                act(*instruction.operands)

    def _draw(self, drawn: pikepdf.Object, resources: pikepdf.Object) -> None:
        if drawn.Subtype != "/Form":
            return
        self._keep()
        if "/Matrix" in drawn:
            self._concatenate(*drawn.Matrix)
        self._run(drawn, drawn.get("/Resources", resources))
        self._restore()

    def _set(self, **values: Any) -> None:
        vars(self._state).update(values)

    def _keep(self) -> None:
        self._kept.append(copy.copy(self._state))

    def _restore(self) -> None:
        self._state = self._kept.pop()

    def _concatenate(self, *numbers: Any) -> None:
        self._state.ctm = _product(_matrix(numbers), self._state.ctm)

    def _place(self, matrix: Matrix) -> None:
        self._text = self._line = matrix

    def _move(self, x: Any, y: Any) -> None:
        self._place(_product((1, 0, 0, 1, float(x), float(y)), self._line))

    def _move_and_lead(self, x: Any, y: Any) -> None:
        self._set(leading=-float(y))
        self._move(x, y)

    def _next_line(self) -> None:
        self._move(0, -self._state.leading)

    def _show_below(self, string: pikepdf.Object) -> None:
        self._next_line()
        self._show([string])

    def _show_spaced(self, word: Any, character: Any, string: pikepdf.Object) -> None:
        self._set(word_spacing=float(word), spacing=float(character))
        self._show_below(string)

    def _font(self, resources: pikepdf.Object, name: pikepdf.Object) -> _Font:
        table = resources.Font[str(name)]
        if table.objgen not in self._fonts:
            self._fonts[table.objgen] = _read_font(table)
        return self._fonts[table.objgen]

    def _show(self, pieces: Iterable[Any]) -> None:
        """Draw strings with the moves between them; moves are in em/1000 against the writing."""
        state, offset = self._state, 0.0
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                offset = self._draw_string(bytes(piece), offset)
            else:
                offset -= float(piece) / 1000 * state.size * state.scale
        self._text = _product((1, 0, 0, 1, offset, 0), self._text)

    def _draw_string(self, string: bytes, offset: float) -> float:
        """Draw one string from `offset` on, in units of text space; gives where it ends."""
        state, font = self._state, self._state.font
        assert font is not None, "text is shown without a font"
        matrix = _product(self._text, state.ctm)
        for code in font.codes(string):
            width = font.widths.get(code, font.default) * state.size * state.scale
            self._add(matrix, font.words.get(code, _UNKNOWN), offset, width)
            gap = state.spacing
            if code == 32 and font.code_size == 1:
                gap += state.word_spacing
            offset += width + gap * state.scale
        return offset

    def _add(self, matrix: Matrix, words: str, offset: float, width: float) -> None:
        a, b, c, d, e, f = matrix
        rise, size = self._state.rise, abs(self._state.size) * math.hypot(c, d)
        share = width / max(len(words), 1)
        for number, character in enumerate(words):
            x = offset + number * share
            place = (a * x + c * rise + e, b * x + d * rise + f)
            self.found.append(Glyph(character, self.page, *place, a * share, size))

    def _open(self, replacement: str | None) -> None:
        self._marks.append((replacement, len(self.found)))

    def _close(self) -> None:
        """End marked content. With an ActualText, that is what its glyphs say."""
        replacement, start = self._marks.pop()
        if replacement is not None:
            self.found[start:] = _retold(self.found[start:], replacement)


def _actual_text(properties: pikepdf.Object, resources: pikepdf.Object) -> str | None:
    if isinstance(properties, pikepdf.Name):
        properties = resources.Properties[str(properties)]
    return str(properties.ActualText) if "/ActualText" in properties else None


def _retold(glyphs: list[Glyph], words: str) -> Iterator[Glyph]:
    """Glyphs with other words: one each where the numbers agree, else equal shares of the whole."""
    if not glyphs:
        return
    first, last = glyphs[0], glyphs[-1]
    width = (last.end - first.x) / max(len(words), 1)
    for number, character in enumerate(words):
        if len(words) == len(glyphs):
            x, advance = glyphs[number].x, glyphs[number].advance
        else:
            x, advance = first.x + number * width, width
        yield Glyph(character, first.page, x, first.y, advance, first.size)


def _matrix(numbers: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, numbers)
    return a, b, c, d, e, f


def _product(first: Matrix, then: Matrix) -> Matrix:
    """The transformation `first`, and `then` the other (row vectors, ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    corner = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j)
    return *corner, e * g + f * i + k, e * h + f * j + m


def _read_font(table: pikepdf.Object) -> _Font:
    words = _read_words(table.ToUnicode.read_bytes()) if "/ToUnicode" in table else {}
    if table.Subtype != "/Type0":
        return _simple_font(table, words)
    if table.Encoding != "/Identity-H":
        raise ValueError(f"a font is encoded as {table.Encoding}; only Identity-H is read")
    descendant = table.DescendantFonts[0]
    widths = dict(_read_widths(list(descendant.get("/W", []))))
    return _Font(2, widths, float(descendant.get("/DW", 1000)) / 1000, words)


def _simple_font(table: pikepdf.Object, words: dict[int, str]) -> _Font:
    unit = float(table.FontMatrix[0]) if table.Subtype == "/Type3" else 0.001
    numbers = enumerate(table.get("/Widths", []), int(table.get("/FirstChar", 0)))
    return _Font(1, {code: float(width) * unit for code, width in numbers}, 0.0, words)


def _read_widths(entries: list[Any]) -> Iterator[tuple[int, float]]:
    """The widths of CIDs in em (ISO 32000-1, 9.7.4.3): `c [w …]` or `first last w`."""
    while entries:
        first, second, *entries = entries
        if isinstance(second, pikepdf.Array):
            yield from ((int(first) + n, float(width) / 1000) for n, width in enumerate(second))
        else:
            width, *entries = entries
            yield from ((cid, float(width) / 1000) for cid in range(int(first), int(second) + 1))


_SECTION = re.compile(r"beginbf(char|range)(.*?)endbf", re.S)
_ITEM = re.compile(r"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _read_words(cmap: bytes) -> dict[int, str]:
    """What each code says, by a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    words: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap.decode("latin-1")):
        items = iter(_ITEM.findall(body))
        for code, *_ in items:
            if kind == "char":
                words[int(code, 16)] = _utf16(next(items)[0])
            else:
                words |= _range(int(code, 16), int(next(items)[0], 16), items)
    return words


def _range(first: int, last: int, items: Iterator[tuple[str, str, str]]) -> dict[int, str]:
    target, opens, _ = next(items)
    if opens:
        listed = iter(lambda: next(items), ("", "", "]"))
        return {first + number: _utf16(item[0]) for number, item in enumerate(listed)}
    start = _utf16(target)
    return {first + n: start[:-1] + chr(ord(start[-1]) + n) for n in range(last - first + 1)}


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
