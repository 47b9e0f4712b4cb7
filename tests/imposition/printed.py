"""Printed: PDFs of numbered pages made by hand, and sheets read back with pdfium. Lengths in mm."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Sequence

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from tests.imposition.folding import Paper, Printed

PT = 72 / 25.4
# Where the number of a page begins, from its lower left corner.
AT = (30.0, 45.0)


def numbered(count: int, width: float, height: float, at: tuple[float, float] = AT) -> bytes:
    """A PDF of so many pages of one size, each with its number as a word: n12."""
    with pikepdf.new() as pdf:
        for number in range(1, count + 1):
            add_page(pdf, f"n{number}.", (0, 0, width * PT, height * PT), at)
        return saved(pdf)


def add_page(
    pdf: pikepdf.Pdf,
    word: str,
    media: Sequence[float],
    at: tuple[float, float],
    **more: object,
) -> pikepdf.Page:
    """A page with a word whose origin is `at` (mm, from the corner of its own coordinates)."""
    page = pdf.add_blank_page()
    page.obj.MediaBox = pikepdf.Array([round(edge, 4) for edge in media])
    for key, value in more.items():
        page.obj[f"/{key}"] = value
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    font.BaseFont = pikepdf.Name.Helvetica
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    x, y = (length * PT for length in at)
    page.obj.Contents = pdf.make_stream(f"BT /F 9 Tf {x:.4f} {y:.4f} Td ({word}) Tj ET".encode())
    return page


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, static_id=True)
    return buffer.getvalue()


def papers(content: bytes) -> list[Paper]:
    """The sheets of a PDF: two pages of it are one of paper."""
    document = pypdfium2.PdfDocument(content)
    try:
        assert len(document) % 2 == 0
        sides = [(*page.get_size(), tuple(_numbers(page))) for page in document]
    finally:
        document.close()
    found = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert front[:2] == back[:2]
        found.append(Paper(front[0] / PT, front[1] / PT, front[2], back[2]))
    return found


def _numbers(page: pypdfium2.PdfPage) -> Iterator[Printed]:
    """Every number on a page, with the origin of its word."""
    text = page.get_textpage()
    try:
        whole = text.get_text_range()
        for match in re.finditer(r"n?(\d+)", whole):
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text.raw, match.start(), x, y)
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text.raw, match.start(), matrix)
            assert abs(matrix.b) < 1e-6 * abs(matrix.a), "no number lies on its side"
            size = pdfium.FPDFText_GetFontSize(text.raw, match.start())
            upright = matrix.a > 0 and matrix.d > 0
            yield Printed(int(match[1]), x.value / PT, y.value / PT, upright, size)
    finally:
        text.close()
