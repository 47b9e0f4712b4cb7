"""Outlines: what pdfium says of one drawn character: its font's name, its width, its ink.

It promises plain numbers, and tells a drawing from the mark of a missing one.
"""

from __future__ import annotations

import ctypes
import unicodedata
from typing import Any

import pypdfium2.raw as pdfium

from publisher.ground.han import is_wide

# What stands for a character that the file does not name.
UNKNOWN = 0xFFFD
_FIRST_PLANE = 0x10000
# pdfium widens boxes by up to 1/64 of their height; sides are exact to a rounding.
_SIDE_SLACK, _HEIGHT_SLACK = 0.003, 0.02
_real = ctypes.c_double

# Left, bottom, right, top.
Box = tuple[float, float, float, float]


def font_name(font: Any) -> str:
    """A font's name as the file gives it."""
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def advance(font: Any, code: int) -> float:
    """A character's width in em; pdfium cannot look up those beyond the first plane."""
    if code >= _FIRST_PLANE:
        return 1.0 if is_wide(chr(code)) else 0.5
    width = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(font, code, 1.0, width)
    return float(width.value)


def ink(text: Any, number: int, origin: tuple[float, float], size: float) -> Box:
    """What a glyph covers in em from its origin: left, bottom, right, top."""
    left, right, bottom, top = (_real() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top)
    x, y = origin
    return (
        (left.value - x) / size,
        (bottom.value - y) / size,
        (right.value - x) / size,
        (top.value - y) / size,
    )


def outline_box(font: Any, code: int) -> Box | None:
    """The box in em around a character's outline; code 0 asks for the mark of missing ones."""
    path = pdfium.FPDFFont_GetGlyphPath(font, code, 1000.0)
    count = pdfium.FPDFGlyphPath_CountGlyphSegments(path) if path else 0
    if count <= 0:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for index in range(count):
        segment = pdfium.FPDFGlyphPath_GetGlyphPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return min(xs), min(ys), max(xs), max(ys)


def is_drawn(character: str, box: Box, missing: Box | None) -> bool:
    """Whether a character has a drawing of its own."""
    category = unicodedata.category(character)[0]
    if category in "ZC" and character != chr(UNKNOWN):
        return True
    if missing is not None:
        slacks = (_SIDE_SLACK, _HEIGHT_SLACK, _SIDE_SLACK, _HEIGHT_SLACK)
        same = zip(box, missing, slacks, strict=True)
        return not all(abs(own - other) < slack for own, other, slack in same)
    # Some fonts draw nothing where a character is missing.
    return not (category == "L" and box[3] - box[1] < _HEIGHT_SLACK)
