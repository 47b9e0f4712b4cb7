"""Glyph: one drawn character with its place; page: all glyphs of one page.

Lengths are in pt from the page's lower left corner, as in the PDF. What all glyphs of one
character in one font at one size share stands once, in their shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from publisher.ground.han import count_ideographs

# A mark whose drawing leaves this part of an em free on one side has a blank half there.
_BLANK = 0.45
_FULL = 0.9


@dataclass(frozen=True)
class Shape:
    """A character in a font at a size (pt).

    `advance` is its width before any squeezing, `ink_left` and `ink_right` where its drawing
    begins and ends after its origin. `is_drawn` is false where the font has no such character.
    """

    character: str
    font: str
    size: float
    advance: float
    ink_left: float
    ink_right: float
    is_drawn: bool = True

    @cached_property
    def is_han(self) -> bool:
        """Whether it is a Han, and drawn."""
        return self.is_drawn and count_ideographs(self.character) > 0

    @property
    def is_blank_before(self) -> bool:
        """Whether the left half of its em is free, as in an opening bracket."""
        return self.advance >= _FULL * self.size and self.ink_left >= _BLANK * self.size

    @property
    def is_blank_after(self) -> bool:
        """Whether the right half of its em is free, as in a Mainland comma."""
        is_full = self.advance >= _FULL * self.size
        return is_full and self.advance - self.ink_right >= _BLANK * self.size


class Glyph(NamedTuple):
    """A shape with its origin on the baseline; a named tuple, since a book has a million."""

    shape: Shape
    x: float
    y: float


class Page(NamedTuple):
    """One page as it is drawn: `number` counts from 1, `label` is what the file calls it.

    `lies`: whether it was laid on its left side, because its lines run down.
    """

    number: int
    label: str
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    lies: bool = False
