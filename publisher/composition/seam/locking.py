"""Locking: pages that the engine has laid out, painted and locked up as a forme.

It promises that the forme holds all that the engine would have written of these pages: content,
pictures, links, anchors, bookmarks and tags; and of fonts which glyphs are shown. It walks the way
of `weasyprint.pdf.generate_pdf`, and leaves to `joining` what concerns a whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from publisher.composition.formes import Forme, Room, Spot, TypeUse
from publisher.composition.seam.bed import (
    PT,
    Bed,
    bed_for,
    content_bytes,
    empty_resources,
    forme_of,
)
from publisher.composition.seam.edges import Painted, Painter, Piece
from publisher.composition.seam.folios import Unforeseen
from publisher.composition.seam.furniture import Furnished
from publisher.composition.seam.sorts import Types, types_of
from publisher.composition.seam.turning import is_stood_up

if TYPE_CHECKING:
    from weasyprint import Document

# The engine's way to write margins around the paper that is cut off, in pt.
_MOST_BLEED = 10
# What the engine calls how much of a colour covers: the same name is the same state in every forme.
_ALPHA = re.compile(r"[Aa][0-9.]+")


def locked(document: Document, models: dict[Any, Any], name: str) -> Forme:
    """The pages of a document as a forme; `name` sets its tables' cells apart from all others'.

    Raises Unforeseen where furniture of its own turns out to be none.
    """
    bed = bed_for(document)
    document.fonts = Types(models)
    for attached in document.metadata.attachments:
        with attached.source:
            pass  # that it was wished is a fault: the fetcher says so
    for number, page in enumerate(document.pages):
        tags: dict[Any, Any] = {}
        bed.leaves.append(_leaf(bed, page, number, tags))
        _tag(bed, page, number, tags)
        _furnish(bed, page, bed.leaves[-1])
    types = tuple(types_of(document.fonts, bed.pdf))
    _refer(bed, types)
    _number_parents(bed, name)
    return forme_of(bed, types)


def _leaf(bed: Bed, page: Any, number: int, tags: dict[Any, Any]) -> Any:
    """A page object, with its content painted and its links."""
    import pydyf
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.anchors import add_links

    outside = _outside(page)
    stream = _stream(bed, page, outside, tags)
    leaf = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": bed.pdf.pages.reference,
            "MediaBox": pydyf.Array(outside),
            "Contents": stream.reference,
            "Resources": bed.resources.reference,
            "Tabs": "/S",
            "StructParents": b"\x01%d" % number,
        }
    )
    bed.pdf.add_page(leaf)
    matrix = Matrix(PT, 0, 0, -PT, 0, page.height * PT)
    add_links((page.links, ()), matrix, bed.pdf, leaf, [], tags)
    for kind, target, _, box in page.links:
        if kind == "attachment":
            _ask_for(bed, target)
        else:
            _frame(bed, box.link_annotation, number)
    page.paint(stream, PT)
    leaf["TrimBox"], leaf["BleedBox"] = map(pydyf.Array, _inside(page, outside))
    return leaf


def _ask_for(bed: Bed, address: str) -> None:
    """Ask the fetcher for what a page would attach to the file: that it was wished is a fault."""
    bed.document.url_fetcher.fetch(address)


def _frame(bed: Bed, annotation: Any, number: int) -> None:
    """Let a link's frame move with its page."""
    import pydyf

    first = len(bed.spots)
    for place, value in enumerate(annotation["Rect"]):
        bed.spots.append(Spot(number, place % 2, value))
    annotation["Rect"] = pydyf.Array([b"\x03%d" % (first + place) for place in range(4)])


def _furnish(bed: Bed, page: Any, leaf: Any) -> None:
    """Leave room on a page for what stands in its margins, where that is known apart from it."""
    import pydyf

    found: Furnished | None = vars(page._page_box).get("publisher_furnished")  # noqa: SLF001
    if found is None:
        return
    vertical = is_stood_up(page)
    content, margins = pydyf.Dictionary(), pydyf.Dictionary()
    bed.pdf.add_object(content)
    bed.pdf.add_object(margins)
    leaf["Contents"] = pydyf.Array([content.reference, leaf["Contents"], margins.reference])
    x, y = found.shift
    x, y = (-y, x) if vertical else (x, y)
    here, there = (_furniture(bed, own) for own in (found.here, found.there))
    shift = x * PT, -y * PT
    bed.rooms.append(Room(here, there, shift, content.number, margins.number))


def _furniture(bed: Bed, sides: dict[int, tuple[Piece, ...]]) -> tuple[tuple[int, int], ...]:
    """Furniture by its count of figures, as numbers in the row of furniture."""
    return tuple((length, bed.number_of(pieces)) for length, pieces in sides.items())


def painter(models: dict[Any, Any], *, vertical: bool) -> Painter:
    """Draws margins by themselves; what they are drawn with is told to no forme yet."""

    def paint(page: Any, boxes: Sequence[Any]) -> Painted:
        bed, fonts = Bed(None, None, empty_resources(), None), Types(models)
        content = _drawn(fonts, bed, page, boxes, vertical=vertical)
        states = bed.resources["ExtGState"]
        if bed.images or bed.resources != empty_resources() | {"ExtGState": states}:
            raise Unforeseen
        if not all(map(_ALPHA.fullmatch, states)):
            raise Unforeseen
        return Painted(content, fonts, states)

    return paint


def _drawn(fonts: Types, bed: Bed, page: Any, boxes: Sequence[Any], *, vertical: bool) -> bytes:
    """Margin boxes of a page as content of a PDF page, which stands up where it is `vertical`."""
    from weasyprint.draw import draw_stacking_context
    from weasyprint.pdf.stream import Stream
    from weasyprint.stacking import StackingContext

    if not boxes:
        return b""
    width, height = page.margin_width(), page.margin_height()
    if vertical:
        width, height = height, width
    frame = (0, 0, width, height)
    stream = Stream(fonts, frame, bed.resources, bed.images, None, {}, None, compress=False)
    stream.transform(d=-1, f=height * PT)
    if vertical:
        stream.transform(a=0, b=1, c=-1, d=0, e=width * PT, f=0)
    stream.transform(a=PT, d=PT)
    for box in boxes:
        draw_stacking_context(stream, StackingContext.from_box(box, page))
    return b"\n".join(map(content_bytes, stream.stream))


def _stream(bed: Bed, page: Any, outside: list[float], tags: dict[Any, Any]) -> Any:
    from weasyprint.pdf.stream import Stream

    document = bed.document
    left, top, right, bottom = (edge / PT for edge in outside)
    stream = Stream(
        document.fonts, (left, top, right - left, bottom - top), bed.resources, bed.images, tags,
        document.color_profiles, document.output_intent, compress=False,
    )  # fmt: skip
    stream.transform(d=-1, f=page.height * PT)
    bed.pdf.add_object(stream)
    return stream


def _outside(page: Any) -> list[float]:
    """The edges of the paper: left, bottom, right, top, in pt."""
    bleed = page.bleed
    width = PT * (page.width + bleed["left"] + bleed["right"])
    height = PT * (page.height + bleed["top"] + bleed["bottom"])
    left, top = -PT * bleed["left"], -PT * bleed["top"]
    return [left, top, left + width, top + height]


def _inside(page: Any, outside: list[float]) -> Iterator[tuple[float, ...]]:
    """The edges that the page is trimmed to, and those to which colour runs."""
    bleed = [PT * page.bleed[side] for side in ("left", "top", "right", "bottom")]
    signs = (1, 1, -1, -1)
    rows = tuple(zip(outside, bleed, signs, strict=True))
    yield tuple(edge + sign * width for edge, width, sign in rows)
    yield tuple(edge + sign * (width - min(_MOST_BLEED, width)) for edge, width, sign in rows)


def _tag(bed: Bed, page: Any, number: int, tags: dict[Any, Any]) -> None:
    """Put the elements of a page into the structure."""
    from weasyprint.pdf import tags as engine

    parents: dict[int, bytes] = {}
    elements = engine._build_box_tree(  # noqa: SLF001 (add_tags cannot do pages alone)
        page._page_box,  # noqa: SLF001
        bed.structure,
        bed.pdf,
        number,
        parents,
        bed.annotations,
        tags,
    )
    bed.structure["K"].extend(element.reference for element in elements)
    bed.rows.append((number, [reference for _, reference in sorted(parents.items())]))


def _refer(bed: Bed, types: tuple[TypeUse, ...]) -> None:
    """Let the pages' resources lead to their fonts and pictures."""
    import pydyf
    from weasyprint import pdf as engine

    fonts = pydyf.Dictionary({use.name: f"{use.number} 0 R" for use in types})
    bed.pdf.add_object(fonts)
    bed.resources["Font"] = fonts.reference
    engine._use_references(bed.pdf, bed.resources, bed.images, {})  # noqa: SLF001


def _number_parents(bed: Bed, name: str) -> None:
    """Write the forme's leaf in the tree of parents, and say in annotations where they are in it.

    Names of table cells are made the forme's own, for a file has each name once.
    """
    import pydyf

    rows: list[Any] = []
    for number, references in bed.rows:
        rows.extend([b"\x01%d" % number, pydyf.Array(references)])
    for number, (reference, annotation) in enumerate(bed.annotations, start=len(bed.rows)):
        annotation["StructParent"] = b"\x01%d" % number
        rows.extend([b"\x01%d" % number, reference])
    for element in bed.pdf.objects:
        if isinstance(element, pydyf.Dictionary):
            _rename(element, name)
            _pass_over_ornament(element)
    limits = [b"\x010", b"\x01%d" % max(0, len(rows) // 2 - 1)]
    leaf = {"Limits": pydyf.Array(limits), "Nums": pydyf.Array(rows)}
    bed.pdf.add_object(pydyf.Dictionary(leaf))


def _pass_over_ornament(element: Any) -> None:
    """A picture that says nothing is no figure to who listens."""
    if element.get("S") == "/Figure" and "Alt" not in element:
        element["S"] = "/NonStruct"
        element.pop("A", None)


def _rename(cell: Any, name: str) -> None:
    """Set a name before that of a head; cells that name it hold the same string."""
    if cell.get("S") == "/TH" and "ID" in cell:
        cell["ID"].string = f"{name}-{cell['ID'].string}"
