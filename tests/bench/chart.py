"""Chart: figures against sizes as an SVG, both axes in powers of ten.

It can be read on light and on dark ground: the reader's system says which it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 420.0, 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 92.0, 40.0, 44.0
_STYLE = """\
text { font: 12px sans-serif; fill: #333 }
.title { font-weight: bold }
.grid { stroke: #ddd }
.guide { stroke: #999; stroke-dasharray: 3 4 }
.s0 { stroke: #0969a2; fill: #0969a2 } .s1 { stroke: #b3540a; fill: #b3540a }
.s2 { stroke: #2f7a3f; fill: #2f7a3f }
path { fill: none !important; stroke-width: 2 }
text.s0, text.s1, text.s2 { stroke: none }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd }
  .grid { stroke: #444 }
  .guide { stroke: #888 }
  .s0 { stroke: #6cb6ff; fill: #6cb6ff } .s1 { stroke: #f0a860; fill: #f0a860 }
  .s2 { stroke: #7ecf8d; fill: #7ecf8d }
}
"""


@dataclass(frozen=True)
class Panel:
    """One chart: rows of points (size, figure), each under the name of what is measured."""

    title: str
    sizes: str
    rows: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]


def drawn(panels: tuple[Panel, ...]) -> str:
    """The SVG of panels side by side."""
    width = _WIDTH * len(panels)
    parts = (
        f'<g transform="translate({_WIDTH * number:g} 0)">{"".join(_panel(panel))}</g>\n'
        for number, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {_HEIGHT:g}" '
        f'width="{width:g}" height="{_HEIGHT:g}" role="img">\n'
        f"<title>{escape('; '.join(it.title for it in panels))}</title>\n"
        f"<style>\n{_STYLE}</style>\n{''.join(parts)}</svg>\n"
    )


class _Scale:
    """Powers of ten between two ends of an axis, in px."""

    def __init__(self, values: list[float], begin: float, end: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self._begin, self._end = begin, end

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self._begin + share * (self._end - self._begin)

    def powers(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _panel(panel: Panel) -> Iterator[str]:
    points = [point for _, row in panel.rows for point in row]
    across = _Scale([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _Scale([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    yield f'<text class="title" x="{_LEFT:g}" y="18">{escape(panel.title)}</text>'
    yield from _grid(across, up)
    yield from _guide(panel, across, up)
    for number, (name, row) in enumerate(panel.rows):
        yield from _row(name, [(across.at(x), up.at(y)) for x, y in row], number)
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield f'<text x="{middle:g}" y="{_HEIGHT - 6:g}" text-anchor="middle">{panel.sizes}</text>'


def _grid(across: _Scale, up: _Scale) -> Iterator[str]:
    for value in across.powers():
        x, y = across.at(value), _HEIGHT - _BOTTOM
        yield f'<line class="grid" x1="{x:g}" x2="{x:g}" y1="{_TOP:g}" y2="{y:g}"/>'
        yield f'<text x="{x:g}" y="{y + 16:g}" text-anchor="middle">{_short(value)}</text>'
    for value in up.powers():
        y, end = up.at(value), _WIDTH - _RIGHT
        yield f'<line class="grid" x1="{_LEFT:g}" x2="{end:g}" y1="{y:g}" y2="{y:g}"/>'
        yield f'<text x="{_LEFT - 6:g}" y="{y + 4:g}" text-anchor="end">{_short(value)}</text>'


def _guide(panel: Panel, across: _Scale, up: _Scale) -> Iterator[str]:
    """Where the last point of the first row would have come from, were its cost all in its size."""
    x, y = panel.rows[0][1][-1]
    least = max(10.0**across.low, x * 10.0**up.low / y)
    ends = (across.at(least), across.at(x), up.at(y * least / x), up.at(y))
    x1, x2, y1, y2 = (f"{it:.1f}" for it in ends)
    yield f'<line class="guide" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>'


def _row(name: str, points: list[tuple[float, float]], number: int) -> Iterator[str]:
    yield f'<path class="s{number}" d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in points)}"/>'
    for x, y in points:
        yield f'<circle class="s{number}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
    x, y = points[-1]
    yield f'<text class="s{number}" x="{x + 8:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'


def _short(value: float) -> str:
    if value >= 1_000_000:
        return f"{value / 1_000_000:g} M"
    return f"{value / 1_000:g} k" if value >= 1_000 else f"{value:g}"
