"""Vertical type: fonts of a PDF whose glyphs are shown one below the other.

It promises that every upright glyph is shown in its own place and leads back to its characters: a
font is written once for each writing mode (PDF 32000-1, 9.7.4.3: Identity-V, W2), and once more
where one glyph stands for two characters, such as a corner quote for “ and for 『.
"""

from __future__ import annotations

from hashlib import md5
from itertools import count
from typing import Any

from publisher.composition.seam.vertical_fount import Standing


class VerticalType:
    """A font of a PDF in vertical writing mode; the places of its glyphs stand in the font."""

    def __init__(self, font: Any) -> None:
        self.font = font

    def takes(self, glyph: Standing) -> bool:
        """Whether a glyph is not yet known in another place or for other characters."""
        place = glyph.advance, glyph.x, glyph.y
        places, said = self.font.publisher_places, self.font.to_unicode
        alike = places.get(glyph.code, place) == place
        return alike and bool(said.get(glyph.code, glyph.said) == glyph.said)

    def tell(self, glyph: Standing, width: int) -> None:
        """Note that a glyph is shown."""
        self.font.publisher_places[glyph.code] = glyph.advance, glyph.x, glyph.y
        self.font.to_unicode[glyph.code] = glyph.said
        self.font.widths[glyph.code] = width


def type_for(
    stream: Any, pango_font: Any, glyph: Standing, *, is_squared: bool
) -> tuple[VerticalType, float]:
    """The vertical type of a stream's PDF that can show a glyph, and its size.

    Letters side by side in a square are shown in another font than characters that stand alone: a
    reader of the file tells columns by the places of a font's glyphs.
    """
    from weasyprint.text.fonts import get_pango_font_key

    key, description, size = get_pango_font_key(pango_font)
    fonts = stream._fonts  # noqa: SLF001 (what `Stream.add_font` fills)
    for number in count(1 if is_squared else 0):
        if (key, number) not in fonts:
            fonts[key, number] = _standing(pango_font, description, size, number)
        found = VerticalType(fonts[key, number])
        if found.takes(glyph):
            return found, size
    raise AssertionError("counting has no end")


def _standing(pango_font: Any, description: Any, size: float, number: int) -> Any:
    """A font of the engine's under a name of its own, with room for the places of its glyphs."""
    from weasyprint.pdf.fonts import Font

    font = Font(pango_font, description, size)
    name = md5(f"{font.hash} vertical {number}".encode(), usedforsecurity=False)
    # What `Font` itself does to name its subset.
    font.hash = "".join(chr(65 + letter % 26) for letter in name.digest()[:6])
    font.name = b"/" + font.hash.encode() + b"+" + font.name.partition(b"+")[2]
    font.publisher_places = {}
    return font
