"""Pages: what stands on the pages of a finished PDF, as text and as picture.

It promises every character that is shown on each page, in the order of the file. Whoever comes here
with a stranger's file has opened it within bounds (`prepress.bounds`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
import pypdfium2

from publisher.ground.fixity import digest
from publisher.prepress.shown import Reader

PDF = "application/pdf"
# Enough to see a stroke move, and a hundredth of a second a page.
_DPI = 36
_INCH = 72
# In pixels: no paper of a book is wider.
_WIDEST = 2000


@dataclass(frozen=True)
class Pages:
    """`texts` are the characters of every page in the order in which they are drawn.

    `starts` are the indices of the pages to which names within the file lead, as links to ids do.
    """

    texts: tuple[str, ...]
    starts: Mapping[str, int]


def read_pages(pdf: pikepdf.Pdf) -> Pages:
    """The pages of a PDF."""
    reader = Reader()
    return Pages(tuple(reader.text(page.obj) for page in pdf.pages), _starts(pdf))


def page_pictures(content: bytes, numbers: frozenset[int]) -> Mapping[int, str]:
    """The digest of a small picture of each of the pages, by number from 1."""
    with _document(content) as document:
        return {number: _picture(document[number - 1]) for number in sorted(numbers)}


def _starts(pdf: pikepdf.Pdf) -> dict[str, int]:
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


def _picture(page: pypdfium2.PdfPage) -> str:
    scale = min(_DPI / _INCH, _WIDEST / max(page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return digest(bitmap.to_pil().tobytes())
    finally:
        bitmap.close()
        page.close()
