"""Locking: pages that the engine has laid out, painted and locked up as a forme.

It promises that the forme holds all that the engine would have written of these pages: content,
pictures, links, anchors, bookmarks and tags; and of fonts which glyphs are shown. It walks the way
of `weasyprint.pdf.generate_pdf`, and leaves to `joining` what concerns a whole file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from publisher.composition.formes import (
    BREAK,
    COLOURS,
    PAGES,
    REFERENCE,
    STRUCTURE,
    Anchor,
    Bookmark,
    Forme,
    Furniture,
    Room,
    Spot,
    TypeUse,
)
from publisher.composition.seam.furniture import Furnished, Margins, furniture
from publisher.composition.seam.starts import page_texts
from publisher.composition.seam.turning import is_stood_up

if TYPE_CHECKING:
    from weasyprint import Document

_PT = 0.75  # pt in a pixel of CSS
_FIRST_WORDS = 12  # tell a page from another place of the same division
# Strings are passed over: what looks like a reference in them is words.
_REFERENCES = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b|\x01(\d+)|\x03(\d+)", re.DOTALL)
# The engine's way to write margins around the paper that is cut off, in pt.
_MOST_BLEED = 10


class Types(dict[Any, Any]):
    """The fonts of one forme, with glyphs told apart from those of others.

    What a font file says of itself is read once for all formes of an engine, into `models`.
    """

    def __init__(self, models: dict[Any, Any]) -> None:
        super().__init__()
        self._models = models

    def __contains__(self, key: object) -> bool:
        if not super().__contains__(key) and key in self._models:
            super().__setitem__(key, _blank(self._models[key]))
        return super().__contains__(key)

    def __setitem__(self, key: Any, font: Any) -> None:
        self._models[key] = font
        super().__setitem__(key, _blank(font))


def _blank(model: Any) -> Any:
    """A font of which no glyph was shown yet."""
    font = copy(model)
    font.publisher_model = model
    font.widths, font.to_unicode, font.missing = {}, {}, {}
    if "publisher_places" in vars(font):
        font.publisher_places = {}
    return font


class _Bed:
    """What lies on the bed of the press while pages are locked up."""

    def __init__(self, document: Any, pdf: Any, resources: Any, structure: Any) -> None:
        self.document = document
        self.pdf = pdf
        self.resources = resources
        self.structure = structure
        self.images: dict[str, Any] = {}
        self.leaves: list[Any] = []
        self.annotations: list[tuple[bytes, Any]] = []
        self.rows: list[tuple[int, list[bytes]]] = []
        self.spots: list[Spot] = []
        self.rooms: list[Room] = []
        self.furniture: dict[int, Furniture] = {}


def locked(document: Document, models: dict[Any, Any], name: str) -> Forme:
    """The pages of a document as a forme; `name` sets its tables' cells apart from all others'.

    Raises Unforeseen where furniture of its own turns out to be none.
    """
    bed = _bed(document)
    document.fonts = Types(models)
    for number, page in enumerate(document.pages):
        tags: dict[Any, Any] = {}
        bed.leaves.append(_leaf(bed, page, number, tags))
        _tag(bed, page, number, tags)
        _furnish(bed, page, bed.leaves[-1])
    types = tuple(_types(document.fonts, bed))
    _refer(bed, types)
    _number_parents(bed, name)
    return _forme(bed, types)


def _bed(document: Document) -> _Bed:
    import pydyf

    pdf = pydyf.PDF()
    colours, structure = (
        pydyf.Dictionary(),
        pydyf.Dictionary({"S": "/Document", "K": pydyf.Array()}),
    )
    # The first objects behind those of every PDF get the codes COLOURS and STRUCTURE.
    pdf.add_object(colours)
    pdf.add_object(structure)
    resources = _resources()
    pdf.add_object(resources)
    return _Bed(document, pdf, resources, structure)


def _leaf(bed: _Bed, page: Any, number: int, tags: dict[Any, Any]) -> Any:
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
    matrix = Matrix(_PT, 0, 0, -_PT, 0, page.height * _PT)
    add_links((page.links, ()), matrix, bed.pdf, leaf, [], tags)
    for *_, box in page.links:
        _frame(bed, box.link_annotation, number)
    page.paint(stream, _PT)
    leaf["TrimBox"], leaf["BleedBox"] = map(pydyf.Array, _inside(page, outside))
    return leaf


def _frame(bed: _Bed, annotation: Any, number: int) -> None:
    """Let a link's frame move with its page."""
    import pydyf

    first = len(bed.spots)
    for place, value in enumerate(annotation["Rect"]):
        bed.spots.append(Spot(number, place % 2, value))
    annotation["Rect"] = pydyf.Array([b"\x03%d" % (first + place) for place in range(4)])


def _furnish(bed: _Bed, page: Any, leaf: Any) -> None:
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
    here, there = (_drawn(bed, own, vertical=vertical) for own in (found.here, found.there))
    shift = x * _PT, -y * _PT
    bed.rooms.append(Room(here, there, shift, content.number, margins.number))


def _drawn(
    bed: _Bed, margins: dict[int, Margins], *, vertical: bool
) -> tuple[tuple[int, int], ...]:
    """Furniture by its count of figures, as numbers in the row of furniture."""

    def paint(page: Any, boxes: Sequence[Any]) -> bytes:
        return drawn(bed.document.fonts, bed, page, boxes, vertical=vertical)

    row: list[tuple[int, int]] = []
    for length, own in margins.items():
        if id(own) not in bed.furniture:
            bed.furniture[id(own)] = furniture(own, paint)
        row.append((length, [*bed.furniture].index(id(own))))
    return tuple(row)


def painter(models: dict[Any, Any], *, vertical: bool) -> Callable[[Any, Sequence[Any]], bytes]:
    """Draws margins to be looked at: what they show is told to no forme."""

    def paint(page: Any, boxes: Sequence[Any]) -> bytes:
        return drawn(
            Types(models), _Bed(None, None, _resources(), None), page, boxes, vertical=vertical
        )

    return paint


def _resources() -> Any:
    """The resources of pages that show nothing yet."""
    import pydyf

    kinds = ("ExtGState", "XObject", "Pattern", "Shading")
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
    resources["ColorSpace"] = b"%d 0 R" % COLOURS
    return resources


def drawn(fonts: Types, bed: _Bed, page: Any, boxes: Sequence[Any], *, vertical: bool) -> bytes:
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
    stream.transform(d=-1, f=height * _PT)
    if vertical:
        stream.transform(a=0, b=1, c=-1, d=0, e=width * _PT, f=0)
    stream.transform(a=_PT, d=_PT)
    for box in boxes:
        draw_stacking_context(stream, StackingContext.from_box(box, page))
    return b"\n".join(map(_bytes, stream.stream))


def _stream(bed: _Bed, page: Any, outside: list[float], tags: dict[Any, Any]) -> Any:
    from weasyprint.pdf.stream import Stream

    document = bed.document
    left, top, right, bottom = (edge / _PT for edge in outside)
    stream = Stream(
        document.fonts, (left, top, right - left, bottom - top), bed.resources, bed.images, tags,
        document.color_profiles, document.output_intent, compress=False,
    )  # fmt: skip
    stream.transform(d=-1, f=page.height * _PT)
    bed.pdf.add_object(stream)
    return stream


def _outside(page: Any) -> list[float]:
    """The edges of the paper: left, bottom, right, top, in pt."""
    bleed = page.bleed
    width = _PT * (page.width + bleed["left"] + bleed["right"])
    height = _PT * (page.height + bleed["top"] + bleed["bottom"])
    left, top = -_PT * bleed["left"], -_PT * bleed["top"]
    return [left, top, left + width, top + height]


def _inside(page: Any, outside: list[float]) -> Iterator[tuple[float, ...]]:
    """The edges that the page is trimmed to, and those to which colour runs."""
    bleed = [_PT * page.bleed[side] for side in ("left", "top", "right", "bottom")]
    signs = (1, 1, -1, -1)
    rows = tuple(zip(outside, bleed, signs, strict=True))
    yield tuple(edge + sign * width for edge, width, sign in rows)
    yield tuple(edge + sign * (width - min(_MOST_BLEED, width)) for edge, width, sign in rows)


def _tag(bed: _Bed, page: Any, number: int, tags: dict[Any, Any]) -> None:
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


def _types(fonts: Types, bed: _Bed) -> Iterator[TypeUse]:
    """What is used of each font, under a code for it."""
    import pydyf

    by_name: dict[str, list[Any]] = {}
    for font in fonts.values():
        by_name.setdefault(font.hash, []).append(font)
    for name, alike in by_name.items():
        bed.pdf.add_object(pydyf.Dictionary())
        widths: dict[int, float] = {}
        said: dict[int, str] = {}
        missing: dict[int, int] = {}
        for font in reversed(alike):
            widths |= font.widths
            said |= font.to_unicode
            missing |= font.missing
        yield replace(
            _type(alike[0], bed.pdf.objects[-1].number),
            name=name,
            widths=tuple(sorted(widths.items())),
            said=tuple(sorted(said.items())),
            missing=tuple(sorted(missing.values())),
        )


def _type(font: Any, number: int) -> TypeUse:
    digest, content = _file(font)
    known: dict[int, tuple[int, int, int]] | None = vars(font).get("publisher_places")
    places = None
    if known is not None:
        places = tuple((code, *place) for code, place in sorted(known.items()))
    return TypeUse(
        "", number, font.name, font.family, digest, font.index, font.ascent, font.descent,
        font.flags, (), (), content, places,
    )  # fmt: skip


def _file(font: Any) -> tuple[str, bytes]:
    """The digest of a font's file; and the file where it had to be made of the one given."""
    known: tuple[str, bytes] | None = vars(font.publisher_model).get("publisher_file")
    if known is None:
        odd = font.png or font.svg or font.colr or "fvar" in font.tables
        made = copy(font)
        if odd:
            made.clean({}, hinting=False)
        digest = sha256(made.file_content).hexdigest()
        known = font.publisher_model.publisher_file = digest, made.file_content if odd else b""
    return known


def _refer(bed: _Bed, types: tuple[TypeUse, ...]) -> None:
    """Let the pages' resources lead to their fonts and pictures."""
    import pydyf
    from weasyprint import pdf as engine

    fonts = pydyf.Dictionary({use.name: f"{use.number} 0 R" for use in types})
    bed.pdf.add_object(fonts)
    bed.resources["Font"] = fonts.reference
    engine._use_references(bed.pdf, bed.resources, bed.images, {})  # noqa: SLF001


def _number_parents(bed: _Bed, name: str) -> None:
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
        if isinstance(element, pydyf.Dictionary) and element.get("S") in ("/TH", "/TD"):
            _rename(element, name)
    limits = [b"\x010", b"\x01%d" % max(0, len(rows) // 2 - 1)]
    leaf = {"Limits": pydyf.Array(limits), "Nums": pydyf.Array(rows)}
    bed.pdf.add_object(pydyf.Dictionary(leaf))


def _rename(cell: Any, name: str) -> None:
    """Set a name before that of a head; cells that name it hold the same string."""
    if "ID" in cell:
        cell["ID"].string = f"{name}-{cell['ID'].string}"


def _forme(bed: _Bed, types: tuple[TypeUse, ...]) -> Forme:
    import pydyf

    used = {0, PAGES, 2, COLOURS, STRUCTURE, *(use.number for use in types)}
    used |= {number for room in bed.rooms for number in (room.content, room.margins)}
    own = [it for it in bed.pdf.objects if it.number not in used]
    streams = [it for it in own if isinstance(it, pydyf.Stream)]
    others = [it for it in own if not isinstance(it, pydyf.Stream)]
    codes: list[int] = []
    size, parents = len(bed.pdf.objects), len(bed.rows) + len(bed.annotations)
    encode = _encoder(codes, size, size + parents)
    written = tuple(_written(stream, encode) for stream in streams)
    return Forme(
        pages=tuple(leaf.number for leaf in bed.leaves),
        texts=tuple((text[:_FIRST_WORDS], len(text)) for text in page_texts(bed.document)),
        streams=written,
        rows=BREAK.join(encode(it.data) for it in others),
        numbers=tuple(it.number for it in (*streams, *others)),
        codes=tuple(codes),
        size=size,
        parents=parents,
        spots=tuple(bed.spots),
        tops=tuple(int(it.split()[0]) for it in bed.structure["K"]),
        anchors=tuple(_anchors(bed.document)),
        bookmarks=tuple(_bookmarks(bed.document)),
        types=types,
        targets=tuple(dict.fromkeys(_targets(bed.document))),
        remarks=(),
        furniture=tuple(bed.furniture.values()),
        rooms=tuple(bed.rooms),
    )


def _encoder(codes: list[int], *firsts: int) -> Callable[[bytes], bytes]:
    """Puts a sign in the place of each reference, and its code at the end of a list.

    `firsts` are the codes of the first place in the tree of parents, and of the first spot.
    """
    starts = {1: 0, 2: firsts[0], 3: firsts[1]}

    def encode(found: re.Match[bytes]) -> bytes:
        kind = found.lastindex
        if kind is None:
            return found[0]
        codes.append(starts[kind] + int(found[kind]))
        return REFERENCE

    return lambda written: _REFERENCES.sub(encode, written)


def _written(stream: Any, encode: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
    """A stream's head and its content, which is compressed unless it came so."""
    import pydyf

    content = b"\n".join(map(_bytes, stream.stream))
    extra = pydyf.Dictionary(stream.extra)
    if "Filter" not in extra:
        content = zlib.compress(content)
        extra["Filter"] = "/FlateDecode"
    extra["Length"] = len(content)
    return encode(extra.data), content


def _bytes(written: Any) -> bytes:
    from pydyf import _to_bytes

    content: bytes = _to_bytes(written)
    return content


def _anchors(document: Document) -> Iterator[Anchor]:
    """The first place of each name, page by page."""
    seen: set[str] = set()
    for number, page in enumerate(document.pages):
        for name, (x, y, _, _) in page.anchors.items():
            if name not in seen:
                seen.add(name)
                yield Anchor(name, number, x * _PT, (page.height - y) * _PT)


def _bookmarks(document: Document) -> Iterator[Bookmark]:
    for number, page in enumerate(document.pages):
        for level, label, (x, y), state in page.bookmarks:
            place = x * _PT, (page.height - y) * _PT
            yield Bookmark(number, level, label, *place, is_closed=state == "closed")


def _targets(document: Document) -> Iterator[str]:
    for page in document.pages:
        yield from (target for kind, target, _, _ in page.links if kind == "internal")
