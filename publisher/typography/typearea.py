"""Type area (版心): where text stands on a page, counted in characters and lines.

It promises a measure of a whole number of characters and a height of a whole number of lines,
placed so that the margins keep the designer's proportion. Units: mm for the page, pt for type.
Source: CLREQ 2.4, Dimensions of the type area.
"""

from __future__ import annotations

from dataclasses import dataclass

from publisher.typography.pagesize import MM_PER_PT, PageSize

# A page that is short by a rounding loses its last line: it gets this much more, in mm.
_HAIR = 0.0005


@dataclass(frozen=True)
class TypeDesign:
    """A type designer's wishes: sizes in pt, the rest as shares of 1.

    `width` and `height` are the shares of the page that the type area may fill; `inner` and `top`
    the shares of the leftover that lie at the binding side and above. `characters` and `lines` are
    the most that a line and a page hold; 0 for as many as there is room for.
    """

    size: float
    leading: float
    width: float
    height: float
    inner: float
    top: float
    characters: int = 0
    lines: int = 0


# What a design may ask for: type from 3 to 100 pt, shares of the page.
DESIGN_LIMITS = {
    "size": (3.0, 100.0),
    "leading": (3.0, 200.0),
    "width": (0.1, 1.0),
    "height": (0.1, 1.0),
    "inner": (0.0, 1.0),
    "top": (0.0, 1.0),
}
COUNT_LIMITS = {"characters": (1, 200), "lines": (1, 200)}


@dataclass(frozen=True)
class TypeArea:
    """The finished type area: counts, and lengths in mm."""

    characters: int
    lines: int
    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float


def type_area(page: PageSize, design: TypeDesign) -> TypeArea:
    """The largest type area of whole characters and lines within the designer's share."""
    characters = _whole(page.width * design.width, design.size, design.characters)
    lines = _whole(page.height * design.height, design.leading, design.lines)
    width = characters * design.size * MM_PER_PT
    height = lines * design.leading * MM_PER_PT
    inner = (page.width - width) * design.inner
    top = (page.height - height) * design.top
    return TypeArea(
        characters=characters,
        lines=lines,
        width=round(width, 4),
        height=round(height, 4),
        top=round(top, 4),
        bottom=round(page.height - height - top - _HAIR, 4),
        inner=round(inner, 4),
        outer=round(page.width - width - inner, 4),
    )


def _whole(room: float, each: float, most: int) -> int:
    """How many times a length in pt goes into a room in mm, once at least."""
    count = max(1, int(room / (each * MM_PER_PT)))
    return min(count, most) if most else count
