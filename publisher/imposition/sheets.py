"""Sheet: paper with a front and a back, and on each side the places of its pages and its marks.

All lengths are mm from a side's lower left corner, each side seen from its own front.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from publisher.imposition.gathering import Page
from publisher.imposition.wishes import Extent

# A file of sheets says that it was made by this, and so is known again.
MAKER = "publisher impose"
COVER_MAKER = "publisher cover"


class Ink(Enum):
    """What a mark says: cut here, or fold here."""

    CUT = "cut"
    FOLD = "fold"


@dataclass(frozen=True)
class Room:
    """A rectangle: its lower left corner, its width and height."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper side."""
        return self.bottom + self.height

    def turned(self, within: Extent) -> Room:
        """The same room when the side it lies on is turned upside down."""
        return replace(self, left=within.width - self.right, bottom=within.height - self.top)


@dataclass(frozen=True)
class Line:
    """A straight mark between two points."""

    ink: Ink
    x1: float
    y1: float
    x2: float
    y2: float

    def turned(self, within: Extent) -> Line:
        """The same line when the side it lies on is turned upside down."""
        x1, x2 = within.width - self.x1, within.width - self.x2
        return Line(self.ink, x1, within.height - self.y1, x2, within.height - self.y2)


@dataclass(frozen=True)
class Position:
    """Where a page stands: `room` is its trimmed page, `seen` what may be printed of it.

    `shift` moves the page to the right within its room (creep); `is_turned` stands it on its head.
    """

    page: Page
    room: Room
    seen: Room
    shift: float = 0.0
    is_turned: bool = False


@dataclass(frozen=True)
class Side:
    """The front or the back of a sheet; `fold` and `cut` lines run over the whole piece."""

    places: tuple[Position, ...]
    marks: tuple[Line, ...] = ()
    edges: tuple[Line, ...] = ()

    def turned(self, within: Extent) -> Side:
        """The same side upside down."""
        return Side(
            tuple(_overturned(place, within) for place in self.places),
            tuple(line.turned(within) for line in self.marks),
            tuple(line.turned(within) for line in self.edges),
        )


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper; `extent` is that of both sides as they are printed."""

    extent: Extent
    front: Side
    back: Side


def _overturned(place: Position, within: Extent) -> Position:
    return replace(
        place,
        room=place.room.turned(within),
        seen=place.seen.turned(within),
        shift=-place.shift,
        is_turned=not place.is_turned,
    )
