"""Area drawing: the type area of two facing pages as an SVG, with its lengths in mm.

It draws pages, type areas, the lines of one page and the characters of its first line, the binding,
and the four margins, each with its number. It knows no language: captions are handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from publisher.typography.pagesize import MM_PER_PT, PageSize
from publisher.typography.typearea import TypeDesign, type_area
from publisher.typography.verticalarea import lying

_EDGE, _CAPTION, _TEXT = 8.0, 6.5, 3.6
_STYLE = (
    ".page{fill:#fff;stroke:#444;stroke-width:.3}.area{fill:none;stroke:#9c2f22;stroke-width:.3}"
    ".line{stroke:#9c2f22;stroke-width:.1}.binding{stroke:#444;stroke-width:.8}"
    f"text{{font:{_TEXT}px sans-serif;fill:#222}}.number{{text-anchor:middle;fill:#9c2f22}}"
    ".ground{fill:#f2efe9}"
)


@dataclass(frozen=True)
class PageArea:
    """A page as it is read, with its type area; lengths in mm, sizes of type in pt.

    `inner` is the margin at the binding, which is on the right where lines run downwards.
    """

    page: PageSize
    design: TypeDesign
    characters: int
    lines: int
    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float
    is_vertical: bool


def page_area(page: PageSize, design: TypeDesign, *, vertical: bool) -> PageArea:
    """The type area of a page as it is read, whichever way its lines run."""
    if not vertical:
        area = type_area(page, design)
        size = (area.width, area.height)
        margins = (area.top, area.bottom, area.inner, area.outer)
    else:
        # On the lying page the head is before the lines, the binding above them.
        _, area = lying(page, design)
        size = (area.height, area.width)
        margins = (area.inner, area.outer, area.top, area.bottom)
    return PageArea(page, design, area.characters, area.lines, *size, *margins, vertical)


def drawing(area: PageArea, captions: tuple[str, ...]) -> str:
    """An SVG of two facing pages with captions below them; 1 unit is 1 mm."""
    width = 2 * area.page.width + 2 * _EDGE
    height = area.page.height + 2 * _EDGE + _CAPTION * len(captions)
    rows = [
        _opening(width, height),
        f"<title>{escape(captions[0] if captions else '')}</title><style>{_STYLE}</style>",
        f'<rect class="ground" width="{width:g}" height="{height:g}"/>',
        *_page(area, _EDGE, area.outer),
        *_page(area, _EDGE + area.page.width, area.inner),
        *_lines(area),
        *_binding(area),
        *_margins(area),
        *_captions(area, captions),
        "</svg>\n",
    ]
    return "\n".join(rows)


def _opening(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}" role="img">'
    )


def _page(area: PageArea, left: float, margin: float) -> Iterator[str]:
    page = area.page
    yield _box("page", left, _EDGE, page.width, page.height)
    yield _box("area", left + margin, _EDGE + area.top, area.width, area.height)


def _lines(area: PageArea) -> Iterator[str]:
    """Both edges of every line of the right page, and the characters of its first one."""
    size, leading = (length * MM_PER_PT for length in (area.design.size, area.design.leading))
    # Half of what a line has beyond its type stands before it, half behind.
    before = (leading - size) / 2
    for number in range(area.lines):
        for across in (number * leading + before, number * leading + before + size):
            yield _ruled(area, (across, across), (0.0, area.characters * size))
    for number in range(1, area.characters):
        yield _ruled(area, (before, before + size), (number * size, number * size))


def _ruled(area: PageArea, across: tuple[float, float], along: tuple[float, float]) -> str:
    """A rule in the right page: how far from its first line, how far along the lines, in mm."""
    left, top = _EDGE + area.page.width + area.inner, _EDGE + area.top
    if area.is_vertical:
        right = left + area.width
        return _line(right - across[0], top + along[0], right - across[1], top + along[1])
    return _line(left + along[0], top + across[0], left + along[1], top + across[1])


def _binding(area: PageArea) -> Iterator[str]:
    fold = _EDGE + area.page.width
    yield (
        f'<line class="binding" x1="{fold:g}" y1="{_EDGE:g}" '
        f'x2="{fold:g}" y2="{_EDGE + area.page.height:g}"/>'
    )


def _margins(area: PageArea) -> Iterator[str]:
    """The four margins of the left page, and what its type area measures."""
    middle = _EDGE + area.outer + area.width / 2
    height = _EDGE + area.top + area.height / 2
    yield _number(middle, _EDGE + area.top / 2, area.top)
    yield _number(middle, _EDGE + area.page.height - area.bottom / 2, area.bottom)
    yield _number(_EDGE + area.outer / 2, height, area.outer)
    yield _number(_EDGE + area.page.width - area.inner / 2, height, area.inner)
    size = f"{area.width:.1f} × {area.height:.1f} mm"
    yield f'<text class="number" x="{middle:.2f}" y="{height:.2f}">{size}</text>'


def _captions(area: PageArea, captions: tuple[str, ...]) -> Iterator[str]:
    for number, caption in enumerate(captions, start=1):
        y = area.page.height + 1.5 * _EDGE + number * _CAPTION - _CAPTION / 2
        yield f'<text x="{_EDGE:g}" y="{y:.2f}">{escape(caption)}</text>'


def _box(name: str, left: float, top: float, width: float, height: float) -> str:
    return (
        f'<rect class="{name}" x="{left:.2f}" y="{top:.2f}" '
        f'width="{width:.2f}" height="{height:.2f}"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="line" x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"/>'


def _number(x: float, y: float, length: float) -> str:
    return f'<text class="number" x="{x:.2f}" y="{y + _TEXT / 3:.2f}">{length:.1f}</text>'
