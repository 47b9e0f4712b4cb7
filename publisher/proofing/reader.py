"""Reader: PDF pages as glyphs, and small pictures of them. Nothing else in this room opens PDFs.

It promises the characters that the file draws upright, with their origins, and none that pdfium
adds of its own. It refuses a file that is damaged, locked or no PDF.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.han import is_wide
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.proofing.glyphs import Glyph, Page, Shape

if TYPE_CHECKING:
    from PIL.Image import Image

_INCH = 72
# What pdfium may put between words and lines of its own accord.
_MAY_BE_MADE_UP = frozenset((0x20, 0x0D, 0x0A, 0x02))
# What it calls a hyphen that divides a word.
_LINE_END_HYPHEN, _HYPHEN = 0x02, 0x2D
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
_UNKNOWN = 0xFFFD
_FIRST_PLANE = 0x10000
# pdfium widens boxes by up to 1/64 of their height; sides are exact to a rounding.
_SIDE_SLACK, _HEIGHT_SLACK = 0.003, 0.02
_LEVEL = 1e-3
_real = ctypes.c_double


class Pdf:
    """A PDF file opened for measuring."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._faces: dict[int, _Face] = {}

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

    def pages(self) -> Iterator[Page]:
        """Every page in order, one at a time."""
        for index in range(len(self)):
            yield self._page(index)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in pt."""
        width, height = self._document.get_page_size(number - 1)
        return float(width), float(height)

    def picture(self, number: int, bottom: float, top: float, dpi: int) -> Image:
        """A page between two heights (pt), over its whole width, in greys."""
        page = self._document[number - 1]
        try:
            crop = (0, bottom, 0, max(page.get_height() - top, 0))
            picture: Image = page.render(scale=dpi / _INCH, crop=crop).to_pil().convert("L")
        finally:
            page.close()
        return picture

    def _page(self, index: int) -> Page:
        page = self._document[index]
        text = page.get_textpage()
        try:
            glyphs = _Reading(text.raw, self._faces).glyphs()
            width, height = page.get_size()
        finally:
            text.close()
            page.close()
        label = self._document.get_page_label(index)
        return Page(index + 1, label, width, height, glyphs)


@contextmanager
def opened(file: Path) -> Iterator[Pdf]:
    """A PDF file for as long as it is measured. Raises PublisherError when it cannot be read."""
    content = read_file(file)
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
        name = _name(font)
        known = self._faces.get(address)
        # An address may serve another font after its own was let go.
        if known is None or known.name != name:
            known = self._faces[address] = _Face(font, name)
        return known

    def _unjoined(self, glyphs: list[Glyph], numbers: list[int]) -> list[Glyph]:
        """Glyphs with the characters of one ligature beside each other instead of in one place."""
        for start, end in list(_ligatures(glyphs)):
            each = self._width(numbers[start], glyphs[start].x) / (end - start)
            for place in range(start, end):
                shape, x, y = glyphs[place]
                x += each * (place - start)
                glyphs[place] = Glyph(replace(shape, advance=each), x, y)
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
        self.missing = _outline_box(font, 0)
        self.shapes: dict[tuple[float, float], dict[int, Shape]] = {}


class _Run:
    """A text object: one font at one size."""

    def __init__(self, text: Any, number: int, face: _Face) -> None:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, number, matrix)
        scale = pdfium.FPDFText_GetFontSize(text, number)
        self.is_upright = min(matrix.a, matrix.d) > 0 and abs(matrix.b) < _LEVEL * matrix.a
        self.size = round(scale * matrix.d, 3)
        self.width = round(scale * matrix.a, 3)
        self.face = face
        self.shapes = face.shapes.setdefault((self.size, self.width), {})

    def shape(self, text: Any, number: int, code: int, origin: tuple[float, float]) -> Shape:
        """The shape of a character that is met for the first time at this size."""
        box = _ink(text, number, origin, self.size)
        character = chr(code or _UNKNOWN)
        made = Shape(
            character,
            self.face.name,
            self.size,
            _advance(self.face.font, code) * self.width,
            box[0] * self.size,
            box[2] * self.size,
            _is_drawn(character, box, self.face.missing),
        )
        if not _shares_origin(text, number, origin):
            self.shapes[code] = made
        return made


def _shares_origin(text: Any, number: int, origin: tuple[float, float]) -> bool:
    """Whether a character is one of several that a single glyph stands for."""
    x, y = _real(), _real()
    for other in (number - 1, number + 1):
        if pdfium.FPDFText_GetCharOrigin(text, other, x, y) and (x.value, y.value) == origin:
            return True
    return False


_Box = tuple[float, float, float, float]


def _name(font: Any) -> str:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _advance(font: Any, code: int) -> float:
    """A character's width in em; pdfium cannot look up those beyond the first plane."""
    if code >= _FIRST_PLANE:
        return 1.0 if is_wide(chr(code)) else 0.5
    width = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(font, code, 1.0, width)
    return float(width.value)


def _ink(text: Any, number: int, origin: tuple[float, float], size: float) -> _Box:
    """What a glyph covers in em from its origin: left, bottom, right, top."""
    left, right, bottom, top = (_real() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top)
    x, y = origin
    return (
        (left.value - x) / size,
        (bottom.value - y) / size,
        (right.value - x) / size,
        (top.value - y) / size,
    )


def _outline_box(font: Any, code: int) -> _Box | None:
    """The box in em around a character's outline; code 0 asks for the mark of missing ones."""
    path = pdfium.FPDFFont_GetGlyphPath(font, code, 1000.0)
    count = pdfium.FPDFGlyphPath_CountGlyphSegments(path) if path else 0
    if count <= 0:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for index in range(count):
        segment = pdfium.FPDFGlyphPath_GetGlyphPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return min(xs), min(ys), max(xs), max(ys)


def _is_drawn(character: str, box: _Box, missing: _Box | None) -> bool:
    """Whether a character has a drawing of its own."""
    category = unicodedata.category(character)[0]
    if category in "ZC" and character != chr(_UNKNOWN):
        return True
    if missing is not None:
        slacks = (_SIDE_SLACK, _HEIGHT_SLACK, _SIDE_SLACK, _HEIGHT_SLACK)
        same = zip(box, missing, slacks, strict=True)
        return not all(abs(own - other) < slack for own, other, slack in same)
    # Some fonts draw nothing where a character is missing.
    return not (category == "L" and box[3] - box[1] < _HEIGHT_SLACK)
