"""Added font: a small font file such as an editor adds to a collection, drawn in squares."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

_EM = 1000
_SQUARE = ((100, 0), (100, 800), (900, 800), (900, 0))


def added_font(file: Path, characters: str, family: str = "Added Squares") -> Path:
    """Write a TrueType font that has a square for each of the characters."""
    pen = TTGlyphPen(None)
    pen.moveTo(_SQUARE[0])
    for point in _SQUARE[1:]:
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    names = {ord(character): f"u{ord(character):X}" for character in characters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, square))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (_EM, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(file)
    return file
