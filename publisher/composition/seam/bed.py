"""Bed: what lies on the bed of the press while pages are locked up, and the forme made of it.

It promises that every reference between objects becomes a code, and none in words that look like
one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
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
from publisher.composition.seam.edges import Piece
from publisher.composition.seam.folios import together
from publisher.composition.seam.starts import page_texts

if TYPE_CHECKING:
    from weasyprint import Document

PT = 0.75  # pt in a pixel of CSS
_FIRST_WORDS = 12  # tell a page from another place of the same division
# Strings are passed over: what looks like a reference in them is words.
_REFERENCES = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b|\x01(\d+)|\x03(\d+)", re.DOTALL)


class Bed:
    """What lies there: the engine's document, a PDF's objects, and what is noted of the pages."""

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
        self.furniture: dict[tuple[Piece, ...], Furniture] = {}
        self._pieces: set[Piece] = set()

    def number_of(self, pieces: tuple[Piece, ...]) -> int:
        """The number of what stands along all edges of a page, in the row of furniture."""
        if pieces not in self.furniture:
            self.furniture[pieces] = together(piece.furniture for piece in pieces)
            for piece in pieces:
                self._show(piece)
        return [*self.furniture].index(pieces)

    def _show(self, piece: Piece) -> None:
        """Note what a piece is drawn with, once."""
        if piece not in self._pieces:
            self._pieces.add(piece)
            for painted in piece.painted:
                self.document.fonts.take(painted.types)
                self.resources["ExtGState"].update(painted.states)


def bed_for(document: Document) -> Bed:
    """A bed with nothing on it."""
    import pydyf

    pdf = pydyf.PDF()
    colours, structure = (
        pydyf.Dictionary(),
        pydyf.Dictionary({"S": "/Document", "K": pydyf.Array()}),
    )
    # The first objects behind those of every PDF get the codes COLOURS and STRUCTURE.
    pdf.add_object(colours)
    pdf.add_object(structure)
    resources = empty_resources()
    pdf.add_object(resources)
    return Bed(document, pdf, resources, structure)


def empty_resources() -> Any:
    """The resources of pages that show nothing yet."""
    import pydyf

    kinds = ("ExtGState", "XObject", "Pattern", "Shading")
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
    resources["ColorSpace"] = b"%d 0 R" % COLOURS
    return resources


def forme_of(bed: Bed, types: tuple[TypeUse, ...]) -> Forme:
    """The forme of all that lies on a bed."""
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

    content = b"\n".join(map(content_bytes, stream.stream))
    extra = pydyf.Dictionary(stream.extra)
    if "Filter" not in extra:
        content = zlib.compress(content)
        extra["Filter"] = "/FlateDecode"
    extra["Length"] = len(content)
    return encode(extra.data), content


def content_bytes(written: Any) -> bytes:
    """A piece of content as the engine writes it down."""
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
                yield Anchor(name, number, x * PT, (page.height - y) * PT)


def _bookmarks(document: Document) -> Iterator[Bookmark]:
    for number, page in enumerate(document.pages):
        for level, label, (x, y), state in page.bookmarks:
            place = x * PT, (page.height - y) * PT
            yield Bookmark(number, level, label, *place, is_closed=state == "closed")


def _targets(document: Document) -> Iterator[str]:
    for page in document.pages:
        yield from (target for kind, target, _, _ in page.links if kind == "internal")
