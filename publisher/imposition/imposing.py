"""Imposing: a number of pages, their size and a wish become sheets of paper.

It promises sheets in the order they are laid on each other, from the outermost in, every page once;
and that front and back meet when the sheets are printed and turned as wished. Pieces that share a
sheet lie so that, cut, the piles are put on each other from left to right and from above. Lengths
in mm. Creep: each sheet moves towards its fold by the thickness of the sheets around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.imposition.fitting import Grid, fitted
from publisher.imposition.gathering import Gathering, Piece, gather_pages
from publisher.imposition.marks import edges, marks
from publisher.imposition.sheets import Position, Room, Sheet, Side
from publisher.imposition.wishes import Extent, Turn, Wish


@dataclass(frozen=True)
class Imposition:
    """All sheets of a book in the order of printing, and how they are gathered."""

    page: Extent
    sheets: tuple[Sheet, ...]
    gathering: Gathering
    creep: float
    """How far the innermost pages were moved."""


def impose(pages: int, page: Extent, wish: Wish, bleed: float = 0.0) -> Imposition:
    """The sheets of a book of so many pages of one size, with `bleed` around each page.

    Raises PublisherError for a book that cannot be folded, or a page larger than its paper.
    """
    grid = fitted(page, wish, bleed)
    # Without paper between the pieces there is no room for a bleed.
    bleed = bleed if wish.pieces == 1 or grid.gap else 0.0
    gathering = gather_pages(pages, wish)
    maker = _Maker(grid, wish, bleed)
    sheets = tuple(maker.sheet(row) for row in _dealt(gathering.pieces, wish.pieces))
    deepest = max((piece.depth for piece in gathering.pieces), default=0)
    return Imposition(page, sheets, gathering, deepest * wish.caliper)


def _dealt(pieces: tuple[Piece, ...], up: int) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each sheet: a pile for every place on it, one pile after the other."""
    high = -(-len(pieces) // up)
    for sheet in range(high):
        yield pieces[sheet::high]


@dataclass(frozen=True)
class _Maker:
    grid: Grid
    wish: Wish
    bleed: float

    def sheet(self, pieces: tuple[Piece, ...]) -> Sheet:
        """Pieces side by side on paper; the back is seen after the sheet was turned."""
        sheet = self.grid.sheet
        front = self.grid.rooms
        back = tuple(replace(room, left=sheet.width - room.right) for room in front)
        reverse = self._side(back, pieces, [piece.back for piece in pieces])
        if self._is_tumbled(sheet):
            reverse = reverse.turned(sheet)
        return Sheet(sheet, self._side(front, pieces, [piece.front for piece in pieces]), reverse)

    def _is_tumbled(self, sheet: Extent) -> bool:
        """Whether the sheet is turned about a level edge, so that its back comes head down."""
        is_lying = sheet.width > sheet.height
        return is_lying == (self.wish.turn is Turn.LONG)

    def _side(
        self,
        rooms: tuple[Room, ...],
        pieces: tuple[Piece, ...],
        pages: list[tuple[int | None, ...]],
    ) -> Side:
        places = [
            place
            for room, piece, row in zip(rooms, pieces, pages, strict=False)
            for place in self._places(room, piece.depth, row)
        ]
        folded = self.wish.scheme.is_folded
        return Side(
            tuple(places),
            marks(rooms, self.grid.sheet, self.bleed, folded=folded),
            edges(rooms, folded=folded),
        )

    def _places(self, room: Room, depth: int, pages: tuple[int | None, ...]) -> Iterator[Position]:
        """The pages of a piece from left to right; none is seen beyond the fold."""
        bleed, width = self.bleed, room.width / len(pages)
        for number, page in enumerate(pages):
            own = replace(room, left=room.left + number * width, width=width)
            left = 0.0 if number else bleed
            right = bleed if number == len(pages) - 1 else 0.0
            seen = Room(
                own.left - left, own.bottom - bleed, width + left + right, own.height + 2 * bleed
            )
            creep = depth * self.wish.caliper
            shift = 0.0 if len(pages) == 1 else -creep if number else creep
            yield Position(page, own, seen, shift)
