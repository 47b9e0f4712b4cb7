"""Page sizes: trim sizes by name or in millimetres, and Chinese type sizes by 号.

Names follow GB/T 788 and the trade; sources disagree on some, so millimetres always stand beside
the name where people see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MM_PER_PT = 25.4 / 72
_SMALLEST, _LARGEST = 50, 600
_CUSTOM = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?\s*")


@dataclass(frozen=True)
class PageSize:
    """A trim size in mm."""

    width: float
    height: float
    name: str = ""

    def __str__(self) -> str:
        size = f"{self.width:g} × {self.height:g} mm"
        return f"{self.name} ({size})" if self.name else size


SIZES = {
    size.name: size
    for size in (
        PageSize(210, 297, "A4"),
        PageSize(148, 210, "A5"),
        PageSize(105, 148, "A6"),
        PageSize(176, 250, "B5"),
        PageSize(125, 176, "B6"),
        PageSize(130, 184, "小32开"),
        PageSize(140, 203, "大32开"),
        PageSize(185, 260, "正16开"),
        PageSize(210, 285, "大16开"),
        PageSize(95, 127, "64开"),
    )
}


def page_size(wish: str) -> PageSize | None:
    """The size named or measured by a wish; None for an unknown name or an impossible measure."""
    named = SIZES.get(wish.strip().upper()) or SIZES.get(wish.strip())
    if named:
        return named
    match = _CUSTOM.fullmatch(wish)
    if not match:
        return None
    size = PageSize(float(match[1]), float(match[2]))
    within = all(_SMALLEST <= side <= _LARGEST for side in (size.width, size.height))
    return size if within else None
