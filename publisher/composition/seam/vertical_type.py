"""Vertical type: fonts of a PDF whose glyphs are shown one below the other.

It promises that every upright glyph is shown in its own place and leads back to its characters: a
font is written once for each writing mode (PDF 32000-1, 9.7.4.3: Identity-V, W2), and once more
where one glyph stands for two characters, such as a corner quote for “ and for 『.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5
from itertools import count
from typing import Any

from publisher.composition.seam.vertical_fount import ASCENT, EM, Standing


class VerticalType:
    """One font of a PDF in vertical writing mode; `places` are those of its glyphs by code."""

    def __init__(self, font: Any, number: int) -> None:
        self.font = font
        self.places: dict[int, tuple[int, int, int]] = {}
        name = md5(f"{font.hash} vertical {number}".encode(), usedforsecurity=False)
        # What `Font` itself does to name its subset.
        font.hash = "".join(chr(65 + letter % 26) for letter in name.digest()[:6])
        font.name = b"/" + font.hash.encode() + b"+" + font.name.partition(b"+")[2]
        font.publisher_vertical = self

    def takes(self, glyph: Standing) -> bool:
        """Whether a glyph is not yet known in another place or for other characters."""
        place = glyph.advance, glyph.x, glyph.y
        known = self.font.to_unicode
        return self.places.get(glyph.code, place) == place and (
            known.get(glyph.code, glyph.said) == glyph.said
        )

    def tell(self, glyph: Standing, width: int) -> None:
        """Note that a glyph is shown."""
        self.places[glyph.code] = glyph.advance, glyph.x, glyph.y
        self.font.to_unicode[glyph.code] = glyph.said
        self.font.widths[glyph.code] = width


def type_for(stream: Any, pango_font: Any, glyph: Standing) -> tuple[VerticalType, float]:
    """The vertical type of a stream's PDF that can show a glyph, and its size."""
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.fonts import get_pango_font_key

    key, description, size = get_pango_font_key(pango_font)
    fonts = stream._fonts  # noqa: SLF001 (what `Stream.add_font` fills)
    for number in count():
        if (key, number) not in fonts:
            fonts[key, number] = VerticalType(Font(pango_font, description, size), number).font
        found: VerticalType = fonts[key, number].publisher_vertical
        if found.takes(glyph):
            return found, size
    raise AssertionError("counting has no end")


def writing(original: Callable[..., None]) -> Callable[..., None]:
    """The engine's dictionary of a font, and what makes it vertical."""

    def build_vector_font_dictionary(font_dictionary: Any, pdf: Any, font: Any, *rest: Any) -> None:
        original(font_dictionary, pdf, font, *rest)
        known: VerticalType | None = vars(font).get("publisher_vertical")
        if known is not None:
            font_dictionary["Encoding"] = "/Identity-V"
            _place(_descendant(font_dictionary, pdf), known)

    return build_vector_font_dictionary


def _descendant(font_dictionary: Any, pdf: Any) -> Any:
    (reference,) = font_dictionary["DescendantFonts"]
    return pdf.objects[int(reference.split()[0])]


def _place(descendant: Any, known: VerticalType) -> None:
    """Write the places of glyphs that do not stand in a cell of one em by their own middle."""
    import pydyf

    descendant["DW2"] = pydyf.Array([ASCENT, -EM])
    places = pydyf.Array()
    for code in sorted(known.places):
        advance, x, y = known.places[code]
        if (advance, y) != (EM, ASCENT) or abs(x - known.font.widths[code] / 2) > 1:
            places.extend([code, pydyf.Array([-advance, x, y])])
    if places:
        descendant["W2"] = places
