"""Page sizes: trim sizes by name or in millimetres, and Chinese type sizes by 号.

Names follow GB/T 788 and the trade; sources disagree on some, so millimetres always stand beside
the name where people see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor, log2

MM_PER_PT = 25.4 / 72
_SMALLEST, _LARGEST, _LARGEST_PAPER = 50, 600, 1300
# The larger of the two sheets that books are printed on (大度, GB/T 788), in mm².
_FULL_SHEET = 889 * 1194
_MEASURED = 0.5
_CUSTOM = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?\s*")


@dataclass(frozen=True)
class PageSize:
    """A trim size in mm."""

    width: float
    height: float
    name: str = ""

    @property
    def leaves(self) -> int:
        """Into how many leaves of this size a full sheet of paper is folded (开数), by halving."""
        return max(1, int(2 ** floor(log2(_FULL_SHEET / (self.width * self.height)))))

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


# Paper to print on that is no page: what offices and printing houses have beside it.
PAPERS = {
    size.name: size
    for size in (
        SIZES["A4"],
        PageSize(297, 420, "A3"),
        PageSize(320, 450, "SRA3"),
        PageSize(250, 353, "B4"),
        PageSize(257, 364, "JIS-B4"),
        PageSize(260, 370, "8开"),
        PageSize(216, 279, "Letter"),
        PageSize(787, 1092, "正度全张"),
        PageSize(889, 1194, "大度全张"),
    )
}


def page_size(wish: str) -> PageSize | None:
    """The size named or measured by a wish; None for an unknown name or an impossible measure."""
    return _named(wish, SIZES) or _measured(wish, _LARGEST)


def paper_size(wish: str) -> PageSize | None:
    """The same for paper, which may have any page's size or be larger."""
    return _named(wish, PAPERS | SIZES) or _measured(wish, _LARGEST_PAPER)


def named_size(width: float, height: float) -> PageSize:
    """A measured size, by its name where it has one; the measure may be off by half a mm."""
    for size in SIZES.values():
        if max(abs(size.width - width), abs(size.height - height)) < _MEASURED:
            return size
    return PageSize(round(width, 1), round(height, 1))


def _named(wish: str, sizes: dict[str, PageSize]) -> PageSize | None:
    by_name = {name.casefold(): size for name, size in sizes.items()}
    return by_name.get(wish.strip().casefold())


def _measured(wish: str, largest: float) -> PageSize | None:
    match = _CUSTOM.fullmatch(wish)
    if not match:
        return None
    size = PageSize(float(match[1]), float(match[2]))
    within = all(_SMALLEST <= side <= largest for side in (size.width, size.height))
    return size if within else None
