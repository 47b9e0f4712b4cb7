"""Columns: glyphs of a page with vertical lines, as they stand when the page lies on its left side.

It promises that everything which measures lines from left to right can measure columns: their
first line is then the uppermost, and what ran down runs to the right. Sources: PDF 32000-1, 9.7.4.3
for cells; the middle of an ideograph lies 0.38 em above the line of letters.
"""

from __future__ import annotations

import ctypes
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

import pypdfium2.raw as pdfium

from publisher.ground.han import is_wide
from publisher.proofing.glyphs import Glyph, Shape

# em: how far letters that lie in a column stand below its middle.
LETTERS = 0.38
# em: how far the line of letters side by side lies below the head of their square.
_SQUARE = 0.865
# em: letters whose ink is not in the middle of their width are as far from their line at most.
_NEAR = 0.08
# How many steps are looked at, and in em what a step from one character to the next may be.
_LOOKED_AT = 400
_STEP = (0.4, 2.2)
_ASIDE = 0.05


@dataclass(frozen=True)
class Cell:
    """A shape with how far the head of its cell lies above its origin, and the middle beside it.

    `lies`: whether the character lies on its right side, as Western words do.
    """

    shape: Shape
    rise: float
    across: float
    lies: bool = False

    @property
    def is_side_by_side(self) -> bool:
        """Whether it is an upright letter or figure of the West: a part of a square."""
        return not self.lies and is_letter(self.shape.character)

    def laid(self, x: float, y: float, height: float) -> Glyph:
        """The glyph of an origin on a page of some height, on the page that lies."""
        line = x + self.across - LETTERS * self.shape.size
        return Glyph(self.shape, height - y - self.rise, line)


def is_letter(character: str) -> bool:
    """Whether a character is a letter or figure of the West."""
    return character.isalnum() and not is_wide(character)


def runs_down(glyphs: Iterable[Glyph]) -> bool:
    """Whether upright characters follow one another downwards more often than to the right."""
    down = along = 0
    for one, other in islice(pairwise(glyphs), _LOOKED_AT):
        size = one.shape.size
        right, fall = (other.x - one.x) / size, (one.y - other.y) / size
        down += abs(right) < _ASIDE and _STEP[0] < fall < _STEP[1]
        along += abs(fall) < _ASIDE and _STEP[0] < right < _STEP[1]
    return down > along


def side_by_side(letters: list[Glyph], height: float, lines: list[float]) -> Iterator[Glyph]:
    """Upright letters of one square, given where they stand, as they share it on the lying page.

    They stand on the line that is nearest to their middle; `lines` are sorted.
    """
    first, last = letters[0], letters[-1]
    size = first.shape.size
    middle = (first.x + first.shape.ink_left + last.x + last.shape.ink_right) / 2
    line = _nearest(middle - LETTERS * size, lines, _NEAR * size)
    share, head = size / len(letters), height - first.y - _SQUARE * size
    for place, (shape, _, _) in enumerate(letters):
        own = replace(shape, advance=share, ink_left=0, ink_right=share)
        yield Glyph(own, head + place * share, line)


def _nearest(place: float, lines: list[float], reach: float) -> float:
    """The nearest of sorted places within reach; the place itself where there is none."""
    index = bisect(lines, place)
    near = (line for line in lines[max(0, index - 1) : index + 1] if abs(line - place) < reach)
    return min(near, key=lambda line: abs(line - place), default=place)


def cell_of(
    text: Any, number: int, origin: tuple[float, float], scale: tuple[float, float]
) -> tuple[float, float, float]:
    """Of an upright character: its rise, its length downwards, and its middle aside, in pt.

    pdfium measures the cells of vertical fonts before they are scaled; `scale` is across, down.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, number, ctypes.byref(box))
    low, high = sorted((box.bottom, box.top))
    x, y = origin
    across, down = scale
    return (high - y) * down, (high - low) * down, ((box.left + box.right) / 2 - x) * across
