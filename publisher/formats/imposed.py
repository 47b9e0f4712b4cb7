"""Imposed PDF: the pages of a PDF on sheets to print, cut and fold.

It promises every page once, as vectors and in its own fonts (a form XObject for each, ISO 32000-1,
8.10), where `imposition` says to 0.1 pt, and equal bytes for equal input. Links, outline, tags and
page labels are left out: on sheets their pages are no longer what they speak of. It refuses pages
of different sizes, unless they may be made smaller.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.formats.drawing import drawn_dummy, drawn_marks, figures, joined
from publisher.formats.given import Given, GivenPage, given
from publisher.formats.orders import Order
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.imposition.fitting import largest_share
from publisher.imposition.imposing import Imposition, impose
from publisher.imposition.sheets import MAKER, Position, Sheet, Side
from publisher.imposition.wishes import Extent, Turn
from publisher.typography.pagesize import MM_PER_PT

# A reader sees no difference in size below this, in mm; and no bleed above this is of use.
_SAME, _MOST_BLEED = 0.5, 5.0
_MOST_FAULTS = 5
# What a file says about colours and layers holds for its pages wherever they stand.
_KEPT = ("/OCProperties", "/OutputIntents")


@dataclass(frozen=True)
class Imposed:
    """A PDF of sheets, front before back, with what it holds and what was noticed."""

    content: bytes
    imposition: Imposition
    notices: tuple[Notice, ...]


def imposed(content: bytes, order: Order, at: Place) -> Imposed:
    """The sheets of a PDF; `at` is its file.

    Raises PublisherError where the PDF cannot be read, or its pages not be put on the paper.
    """
    with given(content, at) as file:
        page, share, bleed = _measured(file, order, at)
        wish = replace(order.wish, binding=order.bind or file.binding)
        imposition = impose(len(file.pages), page, wish, bleed)
        content = _SheetWriter(file, order, imposition, share).content()
        return Imposed(content, imposition, file.notices)


def _measured(file: Given, order: Order, at: Place) -> tuple[Extent, float, float]:
    """The page that the sheets are made for, in mm, its share of the original, and its bleed."""
    page = _usual(one.extent for one in file.pages)
    share = min(1.0, largest_share(page, order.wish)) if order.is_fitted else 1.0
    if not order.is_fitted:
        _require_one_size(file.pages, page, at)
    bleed = min(_MOST_BLEED, *(one.bleed for one in file.pages))
    return Extent(page.width * share, page.height * share), share, bleed * share


def _usual(extents: Iterable[Extent]) -> Extent:
    """The size that most pages have."""
    sizes = list(extents)
    counts = Counter(map(str, sizes))
    usual = counts.most_common(1)[0][0]
    return next(size for size in sizes if str(size) == usual)


def _require_one_size(pages: tuple[GivenPage, ...], page: Extent, at: Place) -> None:
    faults = [
        Fault(
            say("page {n} is {size}; most are {usual}", n=number, size=one.extent, usual=page),
            Remedy.CALLER,
            at,
            say("give it the size of the others, or have larger pages made smaller to fit"),
        )
        for number, one in enumerate(pages, start=1)
        if one.extent.width > page.width + _SAME or one.extent.height > page.height + _SAME
    ]
    if faults:
        raise PublisherError(*faults[:_MOST_FAULTS])


@dataclass(frozen=True)
class _SheetWriter:
    """Writes the sheets of one PDF."""

    file: Given
    order: Order
    imposition: Imposition
    share: float

    def content(self) -> bytes:
        """The whole PDF."""
        with pikepdf.new() as pdf:
            forms = {} if self.order.is_dummy else self._forms(pdf)
            for number, sheet in enumerate(self.imposition.sheets, start=1):
                for letter, side in (("a", sheet.front), ("b", sheet.back)):
                    self._add(pdf, sheet, side, forms, f"{number}{letter}")
            self._describe(pdf)
            buffer = io.BytesIO()
            pdf.save(
                buffer,
                min_version=max("1.7", self.file.file.pdf_version),
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
        return buffer.getvalue()

    def _forms(self, pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
        """Every page as a form by its number; what pages share stays shared."""
        forms = {}
        for number, page in enumerate(self.file.file.pages, start=1):
            form = page.as_form_xobject(handle_transformations=False)
            form.BBox = Array([round(edge, 4) for edge in self.file.pages[number - 1].seen])
            forms[number] = pdf.copy_foreign(form)
        return forms

    def _add(
        self,
        pdf: pikepdf.Pdf,
        sheet: Sheet,
        side: Side,
        forms: dict[int, pikepdf.Object],
        name: str,
    ) -> None:
        page = pdf.add_blank_page(page_size=(_pt(sheet.extent.width), _pt(sheet.extent.height)))
        shown = [place for place in side.places if place.page is not None]
        if self.order.is_dummy:
            drawn, resources = drawn_dummy(side, name), figures(pdf)
        else:
            drawn = joined(self._placed(place) for place in shown)
            own = {f"/P{place.page}": forms[place.page] for place in shown if place.page}
            resources = Dictionary(XObject=Dictionary(own))
        if self.order.has_marks:
            drawn += drawn_marks(side.marks)
        page.obj.Resources = resources
        page.obj.Contents = pdf.make_stream(drawn)

    def _placed(self, place: Position) -> Iterator[str]:
        """A page in its place, with nothing printed beyond what may be seen of it."""
        page = self.file.pages[(place.page or 1) - 1]
        room, seen = place.room, place.seen
        x = _pt(room.left + room.width / 2 + place.shift)
        y = _pt(room.bottom + room.height / 2)
        matrix = page.matrix(x, y, self._scale(page), is_turned=place.is_turned)
        window = map(_pt, (seen.left, seen.bottom, seen.width, seen.height))
        yield f"q {' '.join(f'{edge:.4f}' for edge in window)} re W n"
        yield f"{' '.join(f'{row:.6f}' for row in matrix)} cm /P{place.page} Do Q"

    def _scale(self, page: GivenPage) -> float:
        """What a page is multiplied by: all alike, one larger than its place more."""
        if not self.order.is_fitted:
            return 1.0
        place = self.imposition.page
        return min(self.share, place.width / page.extent.width, place.height / page.extent.height)

    def _describe(self, pdf: pikepdf.Pdf) -> None:
        """Title and author as they were, and how the sheets are to be printed."""
        source = self.file.file
        for key in ("/Title", "/Author"):
            if key in source.docinfo:
                pdf.docinfo[key] = str(source.docinfo[key])
        pdf.docinfo["/Creator"] = MAKER
        for key in _KEPT:
            if key in source.Root:
                pdf.Root[key] = pdf.copy_foreign(source.make_indirect(source.Root[key]))
        is_long = self.order.wish.turn is Turn.LONG
        pdf.Root.ViewerPreferences = Dictionary(
            PrintScaling=Name("/None"),
            Duplex=Name("/DuplexFlipLongEdge" if is_long else "/DuplexFlipShortEdge"),
        )


def _pt(length: float) -> float:
    return round(length / MM_PER_PT, 4)
