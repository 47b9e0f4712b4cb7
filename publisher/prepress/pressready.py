"""Press-ready: a PDF of trimmed pages as a PDF/X-4 with bleed and marks (ISO 15930-7).

It promises Media, Bleed and Trim boxes on every page, crop and registration marks outside the
bleed, black text in black ink, an output intent with its profile, metadata in XMP, and equal bytes
for equal input. Links, outline and tags are left out: paper has none, and a press reads none. It
refuses fonts that are not embedded and files with a page larger than a press sheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.imposition.marks import marks
from publisher.imposition.sheets import Room
from publisher.imposition.wishes import Extent
from publisher.prepress.inks import in_inks
from publisher.prepress.metadata import Identity, attach_packet, packet
from publisher.prepress.profiles import coated_paper, srgb_profile
from publisher.prepress.saving import saved
from publisher.typography.pagesize import MM_PER_PT

# The room for marks around the bleed, in mm.
_MARKS = 8.0
_VERSION = "1.6"
_STANDARD = "PDF/X-4"
# What speaks of screens, and of the order of reading.
_SCREEN_ONLY = ("/Outlines", "/Names", "/StructTreeRoot", "/MarkInfo", "/OpenAction", "/AF")
# A registration mark in every ink: circle and cross, in mm.
_RADIUS, _ARM = 1.5, 2.5
_CURVE = 0.5523  # a quarter of a circle as one Bézier curve


@dataclass(frozen=True)
class Press:
    """What a press wants: bleed in mm, and whether marks stand around the page."""

    bleed: float = 3.0
    has_marks: bool = True


def press_ready(content: bytes, press: Press, identity: Identity) -> bytes:
    """The PDF/X-4 of a PDF whose pages have been set with the bleed that is asked for."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _recolour(pdf)
        every_ink = _every_ink(pdf)
        for page in pdf.pages:
            _Page(page, press, every_ink).make_ready()
        _name_colours(pdf, srgb_profile(pdf))
        _declare(pdf, identity)
        return saved(pdf, _VERSION)


def _recolour(pdf: pikepdf.Pdf) -> None:
    """Put black ink for every gray in all pages, pictures of lines and patterns."""
    for stream in _drawings(pdf):
        old = stream.read_bytes()
        new = in_inks(old)
        if new != old:
            stream.write(new)


def _drawings(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        page.contents_coalesce()
        yield page.obj.Contents
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (
            item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1
        ):
            yield item


class _Page:
    """One page, with its trimmed part where the engine left it."""

    def __init__(self, page: pikepdf.Page, press: Press, every_ink: pikepdf.Object) -> None:
        self.page = page
        self.press = press
        self.every_ink = every_ink

    def make_ready(self) -> None:
        """Give it boxes and marks; take away what only a screen shows."""
        for key in ("/Annots", "/Tabs", "/StructParents"):
            if key in self.page.obj:
                del self.page.obj[key]
        trim, slug = self._trim(), self._slug()
        bleed = slug - _pt(self.press.bleed)
        whole = trim.width + 2 * slug, trim.height + 2 * slug
        obj = self.page.obj
        obj.TrimBox = _box(slug, slug, slug + trim.width, slug + trim.height)
        obj.BleedBox = _box(bleed, bleed, whole[0] - bleed, whole[1] - bleed)
        obj.MediaBox = obj.CropBox = _box(0, 0, *whole)
        self.page.contents_add(_moved(slug - trim.left, slug - trim.bottom), prepend=True)
        self.page.contents_add(b"Q\n" + self._marks(trim, slug))
        self.page.contents_coalesce()

    def _trim(self) -> Room:
        """The trimmed page in pt, where the engine has it."""
        left, bottom, right, top = (float(edge) for edge in self.page.trimbox)
        return Room(left, bottom, right - left, top - bottom)

    def _slug(self) -> float:
        """What stands around the trimmed page on each side, in pt."""
        return _pt(self.press.bleed + (_MARKS if self.press.has_marks else 0))

    def _marks(self, trim: Room, slug: float) -> bytes:
        if not self.press.has_marks:
            return b""
        _own(self.page.obj.Resources, "/ColorSpace")[Name("/EveryInk")] = self.every_ink
        return "\n".join(self._operators(trim, slug)).encode("ascii") + b"\n"

    def _operators(self, trim: Room, slug: float) -> Iterator[str]:
        """Crop marks and four registration marks in every ink, drawn in pt."""
        sheet = Extent(_mm(trim.width + 2 * slug), _mm(trim.height + 2 * slug))
        room = Room(_mm(slug), _mm(slug), _mm(trim.width), _mm(trim.height))
        yield "q /EveryInk CS 1 SCN 0.25 w"
        for line in marks((room,), sheet, self.press.bleed, folded=False):
            yield _stroke(line.x1, line.y1, line.x2, line.y2)
        across, upward = sheet.width / 2, sheet.height / 2
        edge = _MARKS / 2
        for x, y in (
            (across, edge),
            (across, sheet.height - edge),
            (edge, upward),
            (sheet.width - edge, upward),
        ):
            yield from _registration(x, y)
        yield "Q"


def _registration(x: float, y: float) -> Iterator[str]:
    """A cross in a circle."""
    yield _stroke(x - _ARM, y, x + _ARM, y)
    yield _stroke(x, y - _ARM, x, y + _ARM)
    near, far = _RADIUS * _CURVE, _RADIUS
    yield f"{_number(_pt(x + far))} {_number(_pt(y))} m"
    for first, second, end in (
        ((far, near), (near, far), (0, far)),
        ((-near, far), (-far, near), (-far, 0)),
        ((-far, -near), (-near, -far), (0, -far)),
        ((near, -far), (far, -near), (far, 0)),
    ):
        spots = (
            f"{_number(_pt(x + dx))} {_number(_pt(y + dy))}" for dx, dy in (first, second, end)
        )
        yield f"{' '.join(spots)} c"
    yield "S"


def _moved(x: float, y: float) -> bytes:
    return f"q 1 0 0 1 {_number(x)} {_number(y)} cm\n".encode("ascii")


def _stroke(*ends: float) -> str:
    """A line between two points in mm."""
    x1, y1, x2, y2 = (_number(_pt(end)) for end in ends)
    return f"{x1} {y1} m {x2} {y2} l S"


def _every_ink(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1
    )
    space = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
    return pdf.make_indirect(space)


def _name_colours(pdf: pikepdf.Pdf, srgb: pikepdf.Object) -> None:
    """Say of everything that is red, green and blue that it is sRGB."""
    default = Array([Name.ICCBased, srgb])
    for item in pdf.objects:
        if isinstance(item, Dictionary | pikepdf.Stream) and "/Resources" in item:
            spaces = _own(item.Resources, "/ColorSpace")
            spaces[Name.DefaultRGB] = default


def _own(resources: pikepdf.Object, key: str) -> pikepdf.Object:
    """A table among the resources, made where it is missing."""
    if key not in resources:
        resources[key] = Dictionary()
    return resources[key]


def _declare(pdf: pikepdf.Pdf, identity: Identity) -> None:
    """Say what the file is, in its catalogue, its information and its metadata."""
    for key in _SCREEN_ONLY:
        if key in pdf.Root:
            del pdf.Root[key]
    pdf.Root.OutputIntents = Array([coated_paper(pdf)])
    own = {"pdfxid:GTS_PDFXVersion": _STANDARD, "pdf:Trapped": "False"}
    attach_packet(pdf, packet(pdf, identity, own))
    pdf.docinfo["/Trapped"] = Name("/False")


def _box(*edges: float) -> Array:
    return Array([round(edge, 4) for edge in edges])


def _pt(length: float) -> float:
    return length / MM_PER_PT


def _mm(length: float) -> float:
    return length * MM_PER_PT


def _number(value: float) -> str:
    return f"{value:.4f}"
