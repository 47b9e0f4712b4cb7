"""Folding: printed sheets turned, cut, folded and gathered by hand, as a reader of numbers sees it.

Nothing here knows how sheets are made. Lengths in mm; what is printed on a back is brought to where
it lies under the front, as when the sheet is held against the light.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

FOLDED = {"saddle": True, "sewn": True, "side": True, "perfect-2up": False, "perfect-4up": False}


@dataclass(frozen=True)
class Printed:
    """A page number on a side of a sheet: where, whether it stands on its feet, its size in pt."""

    number: int
    x: float
    y: float
    upright: bool = True
    size: float = 0.0


@dataclass(frozen=True)
class Paper:
    """One sheet of paper out of the printer: what is on its front and on its back."""

    width: float
    height: float
    front: tuple[Printed, ...]
    back: tuple[Printed, ...]


@dataclass(frozen=True)
class Cuts:
    """How a sheet is cut: columns and rows of pieces of one size, in its middle."""

    columns: int
    rows: int
    width: float
    height: float


def turned(paper: Paper, turn: str) -> tuple[Printed, ...]:
    """What is on the back, where it lies under the front, the sheet turned about an edge."""
    lies = paper.width > paper.height
    about_level = lies == (turn == "long")
    found = []
    for one in paper.back:
        if about_level:
            found.append(replace(one, y=paper.height - one.y, upright=not one.upright))
        else:
            found.append(replace(one, x=paper.width - one.x))
    return tuple(found)


@dataclass(frozen=True)
class Piece:
    """A piece of paper: the numbers on its left and right half, in front and under them."""

    front: tuple[int, int]
    under: tuple[int, int]


def cut(papers: Sequence[Paper], cuts: Cuts, turn: str) -> list[Piece]:
    """All pieces: one pile for each place on the sheet, put on each other row by row."""
    piles: dict[tuple[int, int], list[Piece]] = {}
    for paper in papers:
        here = {}
        for side, printed in enumerate((paper.front, turned(paper, turn))):
            for one in printed:
                assert one.upright, f"{one.number} stands on its head"
                place, half = _place(paper, cuts, one)
                key = (place, side, half)
                assert key not in here, f"{one.number} lies on {here[key]}"
                here[key] = one.number
        for row in range(cuts.rows):
            for column in range(cuts.columns):
                sides = [
                    tuple(here.get(((row, column), side, half), 0) for half in (0, 1))
                    for side in (0, 1)
                ]
                piles.setdefault((row, column), []).append(Piece(*sides))
    return [piece for place in sorted(piles) for piece in piles[place]]


def _place(paper: Paper, cuts: Cuts, one: Printed) -> tuple[tuple[int, int], int]:
    """The row and column of the piece that a number is on, and the half of the piece."""
    left = (paper.width - cuts.columns * cuts.width) / 2
    top = (paper.height + cuts.rows * cuts.height) / 2
    across, down = (one.x - left) / cuts.width, (top - one.y) / cuts.height
    assert 0 <= across < cuts.columns, f"{one.number} is beside the pieces"
    assert 0 <= down < cuts.rows, f"{one.number} is above or below the pieces"
    return (int(down), int(across)), int(across % 1 >= 0.5)


def read(pieces: Sequence[Piece], signatures: Sequence[int], bind: str, scheme: str) -> list[int]:
    """The numbers in the order in which a reader turns the pages; 0 for a blank page."""
    if not FOLDED[scheme]:
        return [max(side) for piece in pieces for side in (piece.front, piece.under)]
    rest, numbers = list(pieces), []
    for sheets in signatures:
        own, rest = rest[:sheets], rest[sheets:]
        numbers += _turned_over(own, bind)
    assert not any(any(piece.front + piece.under) for piece in rest)
    return numbers


def _turned_over(own: Sequence[Piece], bind: str) -> list[int]:
    """A signature: sheets in each other, front outside; the open side is the reader's first."""
    first, last = (1, 0) if bind == "left" else (0, 1)
    numbers = [side[first] for piece in own for side in (piece.front, piece.under)]
    numbers += [side[last] for piece in reversed(own) for side in (piece.under, piece.front)]
    return numbers
