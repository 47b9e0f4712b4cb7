"""Reader: PDF pages as glyphs, and small pictures of them. Nothing else in this room opens PDFs.

It promises the characters that the file draws upright, with their origins, and none that pdfium
adds of its own; a page with vertical lines is given lying on its left side, with the words that
lie in its columns (`columns`). It refuses a file that is damaged, locked or no PDF.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.han import is_wide
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.imposition.sheets import COVER_MAKER, MAKER
from publisher.prepress.bounds import require_bearable
from publisher.proofing.columns import (
    LETTERS,
    Cell,
    cell_of,
    is_letter,
    runs_down,
    side_by_side,
)
from publisher.proofing.glyphs import Glyph, Page, Shape
from publisher.proofing.outlines import UNKNOWN, Box, advance, font_name, ink, is_drawn, outline_box

if TYPE_CHECKING:
    from PIL.Image import Image

_INCH = 72
# What pdfium may put between words and lines of its own accord.
_MAY_BE_MADE_UP = frozenset((0x20, 0x0D, 0x0A, 0x02))
# What it calls a hyphen that divides a word.
_LINE_END_HYPHEN, _HYPHEN = 0x02, 0x2D
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
_FIRST_PLANE = 0x10000
_LEVEL = 1e-3
_real = ctypes.c_double


class Pdf:
    """A PDF file opened for measuring."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._faces: dict[int, _Face] = {}
        self._lying: set[int] = set()

    def __len__(self) -> int:
        return len(self._document)

    @property
    def language(self) -> str:
        """The language that the file gives as its own (BCP 47); empty where it gives none."""
        document = self._document.raw
        size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
        units = (ctypes.c_ushort * (size // 2))()
        pdfium.FPDFCatalog_GetLanguage(document, units, size)
        return bytes(units).decode("utf-16-le", "replace").rstrip("\0")

    @property
    def holds_sheets(self) -> bool:
        """Whether its pages are sheets to fold or a cover lying open, and no pages of a book."""
        return self._document.get_metadata_value("Creator") in (MAKER, COVER_MAKER)

    def pages(self) -> Iterator[Page]:
        """Every page in order, one at a time."""
        for index in range(len(self)):
            yield self._page(index)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in pt, as it was read: with vertical lines it lies."""
        width, height = map(float, self._document.get_page_size(number - 1))
        return (height, width) if number in self._lying else (width, height)

    def picture(self, number: int, bottom: float, top: float, dpi: int) -> Image:
        """A page between two heights (pt), over its whole width, in greys."""
        page = self._document[number - 1]
        lies = number in self._lying
        try:
            above = max(self.size(number)[1] - top, 0)
            crop = (bottom, 0, above, 0) if lies else (0, bottom, 0, above)
            picture: Image = page.render(scale=dpi / _INCH, crop=crop).to_pil().convert("L")
        finally:
            page.close()
        return picture.rotate(90, expand=True) if lies else picture

    def _page(self, index: int) -> Page:
        page = self._document[index]
        text = page.get_textpage()
        try:
            reading = _Reading(text.raw, self._faces)
            glyphs = reading.glyphs()
            width, height = page.get_size()
            if runs_down(glyphs):
                self._lying.add(index + 1)
                glyphs, width, height = reading.columns(height), height, width
        finally:
            text.close()
            page.close()
        label = self._document.get_page_label(index)
        return Page(index + 1, label, width, height, glyphs, index + 1 in self._lying)


@contextmanager
def opened(file: Path) -> Iterator[Pdf]:
    """A PDF file for as long as it is measured.

    Raises PublisherError when it cannot be read, or not safely.
    """
    content = read_file(file)
    require_bearable(content, Place(str(file)))
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            yield Pdf(document)
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        raise PublisherError.of(
            say("this is no PDF that can be read"),
            Remedy.CALLER,
            Place(str(file)),
            say("give a finished PDF without a password"),
        ) from None


class _Reading:
    """The upright glyphs of a text page, in the order of the file."""

    def __init__(self, text: Any, faces: dict[int, _Face]) -> None:
        self._text = text
        self._faces = faces
        self._runs: dict[int | None, _Run] = {}

    def glyphs(self) -> tuple[Glyph, ...]:
        """All of them, each with its origin."""
        text, locate, x, y = self._text, pdfium.FPDFText_GetCharOrigin, _real(), _real()
        origin = (ctypes.byref(x), ctypes.byref(y))
        object_at, runs, glyphs, numbers = _object_at(), self._runs, [], []
        for number, code in self._codes():
            run = runs.get(object_at(text, number)) or self._run(number)
            if run is not None and run.is_upright:
                locate(text, number, *origin)
                place = x.value, y.value
                shape = run.shapes.get(code) or run.shape(text, number, code, place)
                glyphs.append(Glyph(shape, *place))
                numbers.append(number)
        return tuple(self._unjoined(glyphs, numbers))

    def columns(self, height: float) -> tuple[Glyph, ...]:
        """The characters of vertical lines on a page of some height, as if it lay on its side."""
        cells = list(self._cells())
        glyphs = [cell.laid(x, y, height) for cell, x, y in cells if not cell.is_side_by_side]
        lines = sorted({glyph.y for glyph in glyphs if is_wide(glyph.shape.character)})
        for is_square, row in groupby(cells, lambda at: at[0].is_side_by_side):
            letters = [Glyph(cell.shape, x, y) for cell, x, y in row] if is_square else []
            for _, square in groupby(letters, lambda letter: round(letter.y, 1)):
                glyphs += side_by_side(list(square), height, lines)
        for start, end in list(_ligatures(glyphs)):
            _share(glyphs, start, end, glyphs[start].shape.advance)
        return tuple(glyphs)

    def _cells(self) -> Iterator[tuple[Cell, float, float]]:
        """The cell of every character that stands or lies, with its origin."""
        text, x, y = self._text, _real(), _real()
        object_at, runs = _object_at(), self._runs
        for number, code in self._codes():
            run = runs.get(object_at(text, number)) or self._run(number)
            if run is not None and (run.is_upright or run.is_lying):
                pdfium.FPDFText_GetCharOrigin(text, number, x, y)
                place = x.value, y.value
                yield run.cells.get(code) or run.cell(text, number, code, place), *place

    def _codes(self) -> list[tuple[int, int]]:
        """What the file itself writes: (number, code point), surrogates joined."""
        text, code_at = self._text, pdfium.FPDFText_GetUnicode
        codes = [(n, code_at(text, n)) for n in range(pdfium.FPDFText_CountChars(text))]
        if any(_HIGH <= code < _END for _, code in codes):
            codes = list(_joined(codes))
        return [
            (n, _HYPHEN if code == _LINE_END_HYPHEN else code)
            for n, code in codes
            if code not in _MAY_BE_MADE_UP or self._is_own(n)
        ]

    def _is_own(self, number: int) -> bool:
        return not pdfium.FPDFText_IsGenerated(self._text, number)

    def _run(self, number: int) -> _Run | None:
        """The run of a character whose text object is met for the first time; None without one."""
        drawn = pdfium.FPDFText_GetTextObject(self._text, number)
        if not drawn:
            return None
        run = _Run(self._text, number, self._face(drawn))
        self._runs[ctypes.addressof(drawn.contents)] = run
        return run

    def _face(self, drawn: Any) -> _Face:
        font = pdfium.FPDFTextObj_GetFont(drawn)
        address = ctypes.addressof(font.contents)
        name = font_name(font)
        known = self._faces.get(address)
        # An address may serve another font after its own was let go.
        if known is None or known.name != name:
            known = self._faces[address] = _Face(font, name)
        return known

    def _unjoined(self, glyphs: list[Glyph], numbers: list[int]) -> list[Glyph]:
        """Glyphs with the characters of one ligature beside each other instead of in one place."""
        for start, end in list(_ligatures(glyphs)):
            _share(glyphs, start, end, self._width(numbers[start], glyphs[start].x))
        return glyphs

    def _width(self, number: int, x: float) -> float:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text, number, box)
        return float(box.right) - x


def _ligatures(glyphs: list[Glyph]) -> Iterator[tuple[int, int]]:
    """Where glyphs stand in one place: the first of them and the one after the last."""
    start = 0
    for place, (one, other) in enumerate(pairwise(glyphs), start=1):
        if one.x != other.x or one.y != other.y:
            if place - start > 1:
                yield start, place
            start = place
    if len(glyphs) - start > 1:
        yield start, len(glyphs)


def _share(glyphs: list[Glyph], start: int, end: int, width: float) -> None:
    """Set the characters of one drawing beside each other in its width."""
    each = width / (end - start)
    for place in range(start, end):
        shape, x, y = glyphs[place]
        glyphs[place] = Glyph(replace(shape, advance=each), x + each * (place - start), y)


def _joined(codes: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of surrogates as the one character that they mean."""
    high = 0
    for number, code in codes:
        if _HIGH <= code < _LOW:
            high = code
        elif _LOW <= code < _END:
            yield number, _FIRST_PLANE + ((high - _HIGH) << 10) + (code - _LOW)
        else:
            yield number, code


@cache
def _object_at() -> Callable[[Any, int], int | None]:
    """The text object of a character as a bare address, since it is asked a million times."""
    address = ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value
    make = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    return make(address or 0)


class _Face:
    """A font of the file: its name, its mark for missing characters, its shapes by size."""

    def __init__(self, font: Any, name: str) -> None:
        self.name = name
        self.font = font
        self.missing = outline_box(font, 0)
        self.shapes: dict[tuple[float, float], dict[int, Shape]] = {}
        self.cells: dict[tuple[float, float], dict[int, Cell]] = {}


class _Run:
    """A text object: one font at one size."""

    def __init__(self, text: Any, number: int, face: _Face) -> None:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, number, matrix)
        scale = pdfium.FPDFText_GetFontSize(text, number)
        self.is_upright = min(matrix.a, matrix.d) > 0 and abs(matrix.b) < _LEVEL * matrix.a
        self.scale = matrix.a, matrix.d
        self.is_lying = min(-matrix.b, matrix.c) > 0 and abs(matrix.a) < _LEVEL * matrix.c
        self.size = round(scale * (matrix.c if self.is_lying else matrix.d), 3)
        self.width = round(scale * (-matrix.b if self.is_lying else matrix.a), 3)
        self.face = face
        self.shapes = face.shapes.setdefault((self.size, self.width), {})
        self.cells = face.cells.setdefault((self.size, self.width), {})

    def shape(self, text: Any, number: int, code: int, origin: tuple[float, float]) -> Shape:
        """The shape of a character that is met for the first time at this size."""
        box = ink(text, number, origin, self.size)
        character = chr(code or UNKNOWN)
        made = Shape(
            character,
            self.face.name,
            self.size,
            advance(self.face.font, code) * self.width,
            box[0] * self.size,
            box[2] * self.size,
            is_drawn(character, box, self.face.missing),
        )
        if not _shares_origin(text, number, origin):
            self.shapes[code] = made
        return made

    def cell(self, text: Any, number: int, code: int, origin: tuple[float, float]) -> Cell:
        """The cell of a character of a vertical line that is met for the first time."""
        character, box = chr(code or UNKNOWN), ink(text, number, origin, self.size)
        if self.is_lying:
            left, bottom, right, top = box
            return self._cell(character, code, (-top, left, -bottom, right))
        if is_letter(character):
            return self._cell(character, code, box)
        rise, length, across = cell_of(text, number, origin, self.scale)
        head, foot = rise - box[3] * self.size, rise - box[1] * self.size
        drawn = is_drawn(character, box, self.face.missing)
        shape = Shape(character, self.face.name, self.size, length, head, foot, drawn)
        made = Cell(shape, rise, across)
        # Others stand elsewhere in another font of this name, or share one drawing.
        if is_wide(character):
            self.cells[code] = made
        return made

    def _cell(self, character: str, code: int, box: Box) -> Cell:
        """The cell of a letter that lies, or stands in a square, by its ink from left to right."""
        width = advance(self.face.font, code) * self.width if self.is_lying else self.size
        drawn = is_drawn(character, box, self.face.missing)
        left, right = box[0] * self.size, box[2] * self.size
        shape = Shape(character, self.face.name, self.size, width, left, right, drawn)
        return Cell(shape, 0.0, LETTERS * self.size, self.is_lying)


def _shares_origin(text: Any, number: int, origin: tuple[float, float]) -> bool:
    """Whether a character is one of several that a single glyph stands for."""
    x, y = _real(), _real()
    for other in (number - 1, number + 1):
        if pdfium.FPDFText_GetCharOrigin(text, other, x, y) and (x.value, y.value) == origin:
            return True
    return False
