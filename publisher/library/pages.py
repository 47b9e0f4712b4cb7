"""Pages: what stands on the pages of a finished PDF, as text and as picture.

It promises what pdfium reads of each page, in the order of the file; it refuses a file that is no
PDF with pdfium's own error, since only files that passed their gates come here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pikepdf
import pypdfium2

from publisher.ground.fixity import digest

PDF = "application/pdf"
# Enough to see a stroke move, and a hundredth of a second a page.
_DPI = 36
_INCH = 72
# What pdfium says for a hyphen at a line's end: a noncharacter, which no text of ours holds.
_HYPHEN = "\ufffe"


def page_texts(content: bytes) -> tuple[str, ...]:
    """The characters of every page in the order in which they are drawn."""
    with _document(content) as document:
        return tuple(map(_text, document))


def page_pictures(content: bytes, numbers: frozenset[int]) -> Mapping[int, str]:
    """The digest of a small picture of each of the pages, by number from 1."""
    with _document(content) as document:
        return {number: _picture(document[number - 1]) for number in sorted(numbers)}


def first_pages(content: bytes) -> Mapping[str, int]:
    """The index of the page that each name within the file leads to; links to ids are names."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
            return {}
        places = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {str(name): places.get(_target(it).objgen, 0) for name, it in names.items()}


def _target(destination: pikepdf.Object) -> pikepdf.Object:
    """The page of a destination, which is an array or a dictionary that holds one."""
    array = destination.D if isinstance(destination, pikepdf.Dictionary) else destination
    page: pikepdf.Object = array[0]
    return page


@contextmanager
def _document(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        found: str = text.get_text_range()
    finally:
        text.close()
        page.close()
    return found.replace(_HYPHEN, "-")


def _picture(page: pypdfium2.PdfPage) -> str:
    bitmap = page.render(scale=_DPI / _INCH, grayscale=True)
    try:
        return digest(bitmap.to_pil().tobytes())
    finally:
        bitmap.close()
        page.close()
