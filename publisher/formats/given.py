"""Given PDF: a PDF that somebody hands over to be imposed, and its pages as they are to be cut.

It promises the size that a reader sees: box, rotation and unit of every page honoured (ISO 32000-1,
7.7.3.3 and 14.11.2), and forms and stamps drawn into their pages. It refuses a file that is locked,
damaged beyond mending, without pages, or made to fill a machine. Boxes are in the page's own units,
extents in mm.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.imposition.wishes import Binding, Extent
from publisher.prepress.bounds import bounded
from publisher.typography.pagesize import MM_PER_PT

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
# A page of less is none, in pt.
_LEAST = 1.0
# What a quarter turn clockwise makes of the axes, by degrees.
_AXES = {0: (1, 0, 0, 1), 90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}


@dataclass(frozen=True)
class GivenPage:
    """A page: `trim` is the finished page, `seen` all that may be printed, bleed included.

    `rotation` is clockwise in degrees; `unit` is the length of the page's unit in pt.
    """

    trim: Box
    seen: Box
    rotation: int
    unit: float

    @property
    def extent(self) -> Extent:
        """The finished page as it is read, in mm."""
        across, up = (self._length(self.trim[i + 2] - self.trim[i]) for i in (0, 1))
        size = Extent(across, up)
        return size.lying if self.rotation in (90, 270) else size

    @property
    def bleed(self) -> float:
        """How far the print runs over the finished page on every side at least, in mm."""
        before = (inner - outer for inner, outer in zip(self.trim[:2], self.seen[:2], strict=True))
        beyond = (outer - inner for inner, outer in zip(self.trim[2:], self.seen[2:], strict=True))
        return max(0.0, self._length(min(*before, *beyond)))

    def matrix(self, x: float, y: float, scale: float, *, is_turned: bool) -> Matrix:
        """What brings the middle of the finished page to a point (pt) of another, upright."""
        degrees = (self.rotation + 180 * is_turned) % 360
        a, b, c, d = (axis * scale * self.unit for axis in _AXES[degrees])
        middle_x = (self.trim[0] + self.trim[2]) / 2
        middle_y = (self.trim[1] + self.trim[3]) / 2
        return a, b, c, d, x - a * middle_x - c * middle_y, y - b * middle_x - d * middle_y

    def _length(self, units: float) -> float:
        return units * self.unit * MM_PER_PT


@dataclass(frozen=True)
class Given:
    """An opened PDF with its pages, and what was noticed when it was opened."""

    file: pikepdf.Pdf
    pages: tuple[GivenPage, ...]
    notices: tuple[Notice, ...]

    @property
    def binding(self) -> Binding:
        """The side on which the file says that it is bound (ISO 32000-1, 12.2).

        Ours say it in a word of their own, for what `/Direction` does to PDFs of vertical lines.
        """
        if str(self.file.docinfo.get("/binding", "")) == Binding.RIGHT.value:
            return Binding.RIGHT
        wishes = self.file.Root.get("/ViewerPreferences")
        direction = wishes.get("/Direction") if isinstance(wishes, pikepdf.Dictionary) else None
        return Binding.RIGHT if direction == "/R2L" else Binding.LEFT


@contextmanager
def given(content: bytes, at: Place) -> Iterator[Given]:
    """A PDF for as long as it is looked at. Raises PublisherError where it cannot be used."""
    try:
        with bounded(content, at) as file:
            if file.is_encrypted:
                raise _locked(at)
            _settle_forms(file)
            pages = tuple(_page(page) for page in file.pages)
            if not pages:
                raise _damaged(at)
            yield Given(file, pages, tuple(_mended(file, at)))
    except pikepdf.PasswordError:
        raise _locked(at) from None
    except pikepdf.PdfError:
        raise _damaged(at) from None


def _settle_forms(file: pikepdf.Pdf) -> None:
    """Draw what was filled in or stamped on into the pages, since only these are kept."""
    if any("/AP" in note for page in file.pages for note in page.get("/Annots") or ()):
        file.flatten_annotations("print")


def _page(page: pikepdf.Page) -> GivenPage:
    media = _box(page.mediabox)
    shown = _within(_box(page.cropbox), media)
    seen = _within(_box(page.bleedbox), media) if "/BleedBox" in page else shown
    trim = _within(_box(page.trimbox), shown)
    unit = float(page.get("/UserUnit", 1))
    # A turn that is no quarter is passed over by readers (ISO 32000-1, table 30).
    turn = int(page.rotation) % 360
    if min(trim[2] - trim[0], trim[3] - trim[1]) < _LEAST:
        raise pikepdf.PdfError("a page has no area")
    return GivenPage(trim, _around(seen, trim), turn if turn % 90 == 0 else 0, unit)


def _box(box: pikepdf.Object) -> Box:
    x1, y1, x2, y2 = (float(number) for number in list(box))
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _within(box: Box, outer: Box) -> Box:
    """What two boxes share; the outer one where they share nothing."""
    left, bottom = max(box[0], outer[0]), max(box[1], outer[1])
    right, top = min(box[2], outer[2]), min(box[3], outer[3])
    return (left, bottom, right, top) if left < right and bottom < top else outer


def _around(box: Box, inner: Box) -> Box:
    """A box that holds the inner one."""
    left, bottom = min(box[0], inner[0]), min(box[1], inner[1])
    return left, bottom, max(box[2], inner[2]), max(box[3], inner[3])


def _mended(file: pikepdf.Pdf, at: Place) -> Iterator[Notice]:
    if file.get_warnings():
        yield Notice(
            "pdf-mended",
            say("the file is damaged and was mended; pages: {n}", n=len(file.pages)),
            at,
            say("see whether all its pages are there, or make the PDF again"),
        )


def _locked(at: Place) -> PublisherError:
    return PublisherError.of(
        say("this PDF is locked"),
        Remedy.CALLER,
        at,
        say("ask its maker for a file without a password"),
    )


def _damaged(at: Place) -> PublisherError:
    return PublisherError.of(
        say("this is no PDF that can be read"),
        Remedy.CALLER,
        at,
        say("give a finished PDF without a password"),
    )
