"""Grid: pieces of one size in columns and rows, in the middle of a sheet.

It promises the sheet upright or lying, whichever leaves more paper around the pieces. It refuses
pieces that no such sheet holds, and says which sheet or which page would do. Lengths in mm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.imposition.sheets import Room
from publisher.imposition.wishes import Extent, Wish

# Two A5 pages of a PDF that counts in whole points are this much wider than an A4 sheet, at most.
_SLACK = 0.2
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Grid:
    """So many columns and rows of pieces on a sheet; `gap` is the paper between two pieces."""

    sheet: Extent
    piece: Extent
    columns: int
    rows: int
    gap: float

    @property
    def extent(self) -> Extent:
        """What the pieces take together."""
        return Extent(
            self.columns * self.piece.width + (self.columns - 1) * self.gap,
            self.rows * self.piece.height + (self.rows - 1) * self.gap,
        )

    @property
    def spare(self) -> float:
        """The paper that is left in the narrower direction; below 0 where they do not fit."""
        taken = self.extent
        return min(self.sheet.width - taken.width, self.sheet.height - taken.height)

    @property
    def share(self) -> float:
        """How much larger the pieces could be made, below 1 where they do not fit."""
        taken = self.extent
        return min(self.sheet.width / taken.width, self.sheet.height / taken.height)

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The pieces' places on the front, row by row from the upper left."""
        taken = self.extent
        left = (self.sheet.width - taken.width) / 2
        top = (self.sheet.height + taken.height) / 2
        across, down = self.piece.width + self.gap, self.piece.height + self.gap
        return tuple(
            Room(
                left + column * across,
                top - row * down - self.piece.height,
                self.piece.width,
                self.piece.height,
            )
            for row in range(self.rows)
            for column in range(self.columns)
        )


def fitted(page: Extent, wish: Wish, bleed: float = 0.0) -> Grid:
    """The pieces of a sheet, with paper between them for the bleed where there is room for it.

    Raises PublisherError where the sheet is too small.
    """
    for gap in dict.fromkeys((2 * bleed, 0.0)):
        best = max(_grids(page, wish, gap), key=lambda grid: grid.spare)
        if best.spare >= -_SLACK:
            return best
    raise _too_small(page, wish)


def largest_share(page: Extent, wish: Wish) -> float:
    """By what a page may be multiplied to be as large as the sheet allows."""
    return max(grid.share for grid in _grids(page, wish, 0.0))


def _grids(page: Extent, wish: Wish, gap: float) -> Iterator[Grid]:
    """Every way to part the sheet, upright and lying."""
    piece = Extent(page.width * (1 + wish.scheme.is_folded), page.height)
    for sheet in (wish.sheet, wish.sheet.lying):
        for columns in range(1, wish.pieces + 1):
            if wish.pieces % columns == 0:
                yield Grid(sheet, piece, columns, wish.pieces // columns, gap)


def _too_small(page: Extent, wish: Wish) -> PublisherError:
    best = max(_grids(page, wish, 0.0), key=lambda grid: grid.share)
    # Rounded down: what is suggested has to fit.
    width, height = (
        int(side * best.share * 10 + _ROUNDING) / 10 for side in (page.width, page.height)
    )
    return PublisherError.of(
        say(
            "pages of {page} need a sheet of {need}; this one is {sheet}",
            page=page,
            need=best.extent,
            sheet=wish.sheet,
        ),
        Remedy.CALLER,
        hint=say(
            "take a larger sheet, or pages of at most {page}; they can be made smaller to fit",
            page=Extent(width, height),
        ),
    )
