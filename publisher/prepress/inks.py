"""Inks: the colours of a page as a press prints them.

It promises that every gray, warm and cool ones too, is printed with black ink alone, and what is as
good as black with black in full: text then never depends on four plates meeting. Colours stay what
they are in sRGB, named as such, so that the press can separate them (ISO 15930-7, 6.2.4). It reads
the operators that the setting engine writes, one to a line.
"""

from __future__ import annotations

import re

# A colour whose parts (of 1) differ by less is a gray; one as dark as this is meant to be black. In
# light grounds the eye sees a tint much sooner.
_GRAY, _BLACK = 0.07, 0.3
_LIGHT, _LIGHT_GRAY = 0.7, 0.004
# What each part adds to the lightness of a gray (ITU-R BT.709).
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
_COLOUR = re.compile(rb"^(%b) (%b) (%b) (rg|RG)$" % (_NUMBER, _NUMBER, _NUMBER), re.MULTILINE)


def in_inks(content: bytes) -> bytes:
    """A content stream with its grays in black ink."""
    return _COLOUR.sub(_ink, content)


def _ink(found: re.Match[bytes]) -> bytes:
    red, green, blue = parts = tuple(float(found[number]) for number in (1, 2, 3))
    light = red * _RED + green * _GREEN + blue * _BLUE
    if max(parts) - min(parts) > (_LIGHT_GRAY if light > _LIGHT else _GRAY):
        return found[0]
    shown = 0.0 if light <= _BLACK else light
    return b"%.4g %b" % (shown, b"g" if found[4] == b"rg" else b"G")
