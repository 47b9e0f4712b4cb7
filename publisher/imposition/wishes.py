"""Wish: what somebody wants folded, and how: paper, scheme, binding, the way it is printed.

All lengths are mm. A wish names no page and no file; with pages it becomes sheets (`imposing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from publisher.imposition.schemes import Scheme


class Binding(Enum):
    """The side on which a closed book is bound, seen from its front cover (GB/T 788 knows both)."""

    LEFT = "left"
    RIGHT = "right"


class Turn(Enum):
    """The edge about which the printer turns a sheet before it prints the back."""

    LONG = "long"
    SHORT = "short"


class Blanks(Enum):
    """Where blank pages go: after the last page, or before it, where the last is a back cover."""

    END = "end"
    INSIDE = "inside"


@dataclass(frozen=True)
class Extent:
    """Width and height of a page or a sheet in mm, upright as it is read."""

    width: float
    height: float

    @property
    def lying(self) -> Extent:
        """The same, turned by a quarter."""
        return Extent(self.height, self.width)

    def __str__(self) -> str:
        return f"{round(self.width, 1):g} × {round(self.height, 1):g} mm"


@dataclass(frozen=True)
class Wish:
    """A sheet of paper, a scheme, and what goes with them.

    `signature` is the most sheets that are laid into each other, 0 for the scheme's own number;
    `up` the pieces that one sheet is cut into, 0 likewise. `caliper` is the thickness of the paper
    in mm, and creep is made up for by it.
    """

    sheet: Extent
    scheme: Scheme
    binding: Binding = Binding.LEFT
    turn: Turn = Turn.LONG
    signature: int = 0
    up: int = 0
    caliper: float = 0.0
    blanks: Blanks = Blanks.END

    @property
    def pieces(self) -> int:
        """How many pieces one sheet is cut into."""
        return self.up or self.scheme.up
