"""Placed: the pictures on the pages of a PDF, as large as they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

_INCH = 72
_THIN = 0.01


@dataclass(frozen=True)
class Placed:
    """A picture on a page (from 1): its pixels, and its printed width and height in pt."""

    page: int
    pixels: tuple[int, int]
    size: tuple[float, float]

    @property
    def resolution(self) -> int:
        """Pixels to the inch in the direction that has fewer of them."""
        pairs = zip(self.pixels, self.size, strict=True)
        return round(min(count / max(length, _THIN) for count, length in pairs) * _INCH)


def placed_pictures(content: bytes) -> Iterator[Placed]:
    """Every picture made of pixels, also within drawings."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = item.get_bounds()
                yield Placed(number + 1, item.get_px_size(), (right - left, top - bottom))
            page.close()
    finally:
        document.close()
