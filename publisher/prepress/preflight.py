"""Preflight: what a printing house asks of a PDF, measured in the file itself.

It promises the facts of any PDF (trim size, bleed, pages, sheets, fonts, colours, pictures) and a
finding for each that a press would send it back for. It refuses a file that is no PDF, and one that
is made to fill a machine (`bounds`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pikepdf

from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.prepress.bounds import calls_in, opened
from publisher.prepress.placed import Placed, placed_pictures
from publisher.typography.pagesize import MM_PER_PT, PageSize, named_size

# What a press wants of pictures, and below which it complains, in pixels to the inch.
_FINE, _COARSE = 300, 200
_BLEED = 3.0
_SAME = 0.1  # mm
_LEAST = 1.0  # pt
_COLOURS = re.compile(rb"(?:^|\s)(?:rg|RG|k|K)(?=\s|$)", re.MULTILINE)
_GRAYS = {"/DeviceGray", "/CalGray", "/Indexed"}


@dataclass(frozen=True)
class Preflight:
    """The facts of a file; lengths in mm, `coarsest` in pixels to the inch (0 without pictures).

    `fonts` pairs each font's name with whether it is embedded; `coloured` counts the pages that
    need more than black ink.
    """

    trim: PageSize
    bleed: float
    pages: int
    standard: str
    intent: str
    fonts: tuple[tuple[str, bool], ...]
    coloured: int
    pictures: int
    coarsest: int
    notices: tuple[Notice, ...]

    @property
    def sheets(self) -> float:
        """Printing sheets (印张): pages by the leaves that a full sheet gives on one side."""
        return self.pages / self.trim.leaves


def preflight(content: bytes, file: str) -> Preflight:
    """The facts of a PDF. Raises PublisherError for what cannot be read, or not safely."""
    with opened(content, Place(file)) as pdf:
        _require_pages(pdf)
        return _Reading(pdf, content, Place(file)).facts()


def _require_pages(pdf: pikepdf.Pdf) -> None:
    """Raise PdfError for a file without a page, or with one that is no area."""
    if not len(pdf.pages):
        raise pikepdf.PdfError("it has no pages")
    for number, page in enumerate(pdf.pages, start=1):
        left, bottom, right, top = map(float, page.trimbox)
        if min(right - left, top - bottom) < _LEAST:
            raise pikepdf.PdfError(f"page {number} has no area")


class _Reading:
    """One opened file."""

    def __init__(self, pdf: pikepdf.Pdf, content: bytes, at: Place) -> None:
        self.pdf = pdf
        self.content = content
        self.at = at

    def facts(self) -> Preflight:
        """All that it tells."""
        return Preflight(
            trim=self._trims[0],
            bleed=round(min(self._bleeds), 1),
            pages=len(self.pdf.pages),
            standard=self._standard,
            intent=self._intent,
            fonts=self._fonts,
            coloured=sum(map(_is_coloured, self.pdf.pages)),
            pictures=len(self._pictures),
            coarsest=min((it.resolution for it in self._pictures), default=0),
            notices=tuple(self._findings()),
        )

    @cached_property
    def _trims(self) -> tuple[PageSize, ...]:
        return tuple(_trim(page) for page in self.pdf.pages)

    @cached_property
    def _bleeds(self) -> tuple[float, ...]:
        return tuple(_bleed(page) for page in self.pdf.pages)

    @cached_property
    def _standard(self) -> str:
        if "/Metadata" not in self.pdf.Root:
            return ""
        found = re.search(rb"GTS_PDFXVersion>([^<]+)<", self.pdf.Root.Metadata.read_bytes())
        return found[1].decode() if found else ""

    @cached_property
    def _intent(self) -> str:
        intents = self.pdf.Root.get("/OutputIntents", pikepdf.Array())
        return str(intents[0].get("/OutputConditionIdentifier", "")) if len(intents) else ""

    @cached_property
    def _fonts(self) -> tuple[tuple[str, bool], ...]:
        fonts = (it for it in self.pdf.objects if _is(it, "/Font"))
        return tuple(sorted({_embedded(font) for font in fonts if "/BaseFont" in font}))

    @cached_property
    def _pictures(self) -> tuple[Placed, ...]:
        return tuple(placed_pictures(self.content))

    def _findings(self) -> Iterator[Notice]:
        yield from self._about_sizes()
        yield from self._about_bleed()
        yield from self._about_fonts()
        yield from self._about_intent()
        yield from (self._coarse(it) for it in self._pictures if it.resolution < _FINE)

    def _about_sizes(self) -> Iterator[Notice]:
        first = self._trims[0]
        other = next((it for it in self._trims if not _alike(it, first)), None)
        if other:
            message = say("pages are of different sizes: {one} and {two}", one=first, two=other)
            yield Notice("print-sizes", message, self.at, say("give all pages one size"))

    def _about_bleed(self) -> Iterator[Notice]:
        if min(self._bleeds) < _BLEED - _SAME:
            message = say("bleed: {n} mm", n=round(min(self._bleeds), 1))
            hint = say('build it with format = "print"; presses ask for 3 mm')
            yield Notice("print-bleed", message, self.at, hint)

    def _about_fonts(self) -> Iterator[Notice]:
        for name, is_embedded in self._fonts:
            if not is_embedded:
                message = say('the font "{name}" is not in the file', name=name)
                hint = say("embed it; a press has other fonts")
                yield Notice("print-font", message, self.at, hint)

    def _about_intent(self) -> Iterator[Notice]:
        if not self._intent:
            message = say("the file does not say for which printing its colours are meant")
            hint = say('build it with format = "print"')
            yield Notice("print-intent", message, self.at, hint)

    def _coarse(self, picture: Placed) -> Notice:
        return Notice(
            "print-coarse",
            say(
                "page {n}: a picture has {m} pixels to the inch",
                n=picture.page,
                m=picture.resolution,
            ),
            self.at,
            say("take a larger one: {n} is fine, below {m} it looks coarse", n=_FINE, m=_COARSE),
            Severity.WARNING if picture.resolution < _COARSE else Severity.ADVICE,
        )


def _trim(page: pikepdf.Page) -> PageSize:
    unit = MM_PER_PT * float(page.obj.get("/UserUnit", 1))
    left, bottom, right, top = (float(edge) * unit for edge in page.trimbox)
    return named_size(right - left, top - bottom)


def _bleed(page: pikepdf.Page) -> float:
    """The least bleed of a page's four edges in mm."""
    if "/BleedBox" not in page.obj:
        return 0.0
    edges = zip(page.trimbox, page.obj.BleedBox, strict=True)
    unit = MM_PER_PT * float(page.obj.get("/UserUnit", 1))
    return min(abs(float(trim) - float(bleed)) for trim, bleed in edges) * unit


def _alike(one: PageSize, other: PageSize) -> bool:
    return abs(one.width - other.width) <= _SAME and abs(one.height - other.height) <= _SAME


def _is(item: pikepdf.Object, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind


def _embedded(font: pikepdf.Object) -> tuple[str, bool]:
    """A font's name without its subset's tag, and whether it is in the file."""
    name = re.sub(r"^/([A-Z]{6}\+)?", "", str(font.BaseFont))
    own = font.get("/DescendantFonts", [font])[0]
    descriptor = own.get("/FontDescriptor", pikepdf.Dictionary())
    drawn = font.get("/Subtype") == "/Type3"
    return name, drawn or any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))


def _is_coloured(page: pikepdf.Page) -> bool:
    if "/Contents" not in page.obj:
        return False
    page.contents_coalesce()
    if _COLOURS.search(page.obj.Contents.read_bytes()):
        return True
    return any(_is_coloured_drawing(item) for item in _shown(page.obj, set()))


def _is_coloured_drawing(item: pikepdf.Object) -> bool:
    if item.get("/Subtype") == "/Image":
        return str(item.get("/ColorSpace", "/DeviceGray")) not in _GRAYS
    return bool(_COLOURS.search(item.read_bytes()))


def _shown(holder: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """The drawings and pictures that a page names in its content, and those within them, once."""
    content = holder.Contents if "/Contents" in holder else holder
    called = set(calls_in(content.read_bytes()))
    drawings = holder.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    for name, item in drawings.items():
        if name in called and item.objgen not in seen:
            seen.add(item.objgen)
            yield item
            if item.get("/Subtype") == "/Form":
                yield from _shown(item, seen)
