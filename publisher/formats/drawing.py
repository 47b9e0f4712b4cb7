"""Drawing: what is printed around pages or in their place: fold and crop marks, a folding dummy.

PDF operators (ISO 32000-1, 8.5 and 9.4), lengths in pt made of the mm of `imposition`. Figures are
set in Helvetica, which every reader has; they stand on dummies alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Dictionary, Name

from publisher.imposition.sheets import Ink, Line, Position, Side
from publisher.typography.pagesize import MM_PER_PT

# The width of every figure of Helvetica, in em (AFM).
_FIGURE = 0.556
_WEIGHTS = {Ink.CUT: "0.25 w [] 0 d", Ink.FOLD: "0.25 w [3 2] 0 d"}
_BLACK = "0 G 0 g"
_LARGE, _SMALL = 0.25, 0.04


def joined(rows: Iterable[Iterable[str]]) -> bytes:
    """Operators as a content stream."""
    return "".join(f"{line}\n" for row in rows for line in row).encode("ascii")


def drawn_marks(lines: Iterable[Line]) -> bytes:
    """Hairlines in black: solid where to cut, dashed where to fold."""
    return joined([("q", _BLACK), *map(_stroke, lines), ("Q",)])


def drawn_dummy(side: Side, name: str) -> bytes:
    """The lines of a side over their whole length, its page numbers, and the side's own name.

    Page numbers are underlined, so that 6 and 9 tell head from foot.
    """
    return drawn_marks(side.edges) + joined(_numbered(place, name) for place in side.places)


def marked(content: bytes, lines: Iterable[Line]) -> bytes:
    """A PDF of one page with marks drawn over it, beyond its edges too."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"Q\n" + drawn_marks(lines))
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def figures(pdf: pikepdf.Pdf) -> Dictionary:
    """The resources that a dummy's figures need."""
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Name.WinAnsiEncoding,
    )
    return Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))


def _stroke(line: Line) -> Iterator[str]:
    yield _WEIGHTS[line.ink]
    yield f"{_pt(line.x1)} {_pt(line.y1)} m {_pt(line.x2)} {_pt(line.y2)} l S"


def _numbered(place: Position, name: str) -> Iterator[str]:
    """A page's number in the middle of its place, the side's name at its foot."""
    width, height = place.room.width, place.room.height
    size = height * _LARGE
    number = "" if place.page is None else str(place.page)
    half = len(number) * _FIGURE * size / 2
    turn = "-1 0 0 -1" if place.is_turned else "1 0 0 1"
    x, y = place.room.left + width / 2, place.room.bottom + height / 2
    yield f"q {_BLACK} {turn} {_pt(x)} {_pt(y)} cm"
    yield _words(number, -half, -size / 3, size)
    if number:
        yield f"{_pt(-half)} {_pt(-size / 2)} {_pt(2 * half)} {_pt(size / 30)} re f"
    foot = height * _SMALL
    yield _words(name, -len(name) * _FIGURE * foot / 2, foot - height / 2, foot)
    yield "Q"


def _words(text: str, x: float, y: float, size: float) -> str:
    return f"BT /F {_pt(size)} Tf {_pt(x)} {_pt(y)} Td ({text}) Tj ET"


def _pt(length: float) -> str:
    return f"{length / MM_PER_PT:.4f}"
