"""Cover: the layout's cover as a picture, for reading systems and shelves."""

from __future__ import annotations

import io

from publisher.composition.book import Book
from publisher.composition.divisions import Division
from publisher.composition.faces import font_files
from publisher.composition.information import Information
from publisher.composition.joining import Placed, joined
from publisher.composition.pages import Engine
from publisher.composition.paging import paged_document, paged_medium, resources
from publisher.ground.places import Place
from publisher.typography.pagesize import MM_PER_PT, PageSize
from publisher.typography.typearea import type_area

# Kindle and Kobo ask for 1600 × 2560; the page has the same proportion.
WIDTH, HEIGHT = 1600, 2560
_PAGE = PageSize(125, 200)
_QUALITY = 88


def cover_picture(book: Book) -> bytes:
    """The cover as an sRGB JPEG of 1600 × 2560 pixels; the same bytes for the same book."""
    sheet = book.sheet(("common.css", "pages.css"), _PAGE, type_area(_PAGE, book.layout.design))
    engine = Engine(sheet, resources(book))
    division = Division("cover", "cover", book.words.get("cover", ""), 0, "front")
    body = book.markup(division, paged_medium(), page=_PAGE)
    at = Place(f"{book.folder}/collection.toml")
    forme = engine.set(paged_document(book, division, body), division.anchor, at)
    return _drawn(joined([Placed(forme)], Information(), font_files(book.faces)))


def cover_alternative(book: Book) -> str:
    """What the cover says, for those who cannot see it."""
    about = book.collection.about
    return book.words.get("cover-of", "") + about.title


def _drawn(pdf: bytes) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=WIDTH / (_PAGE.width / MM_PER_PT))
        image = bitmap.to_pil().convert("RGB").resize((WIDTH, HEIGHT))
    finally:
        document.close()
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return buffer.getvalue()
