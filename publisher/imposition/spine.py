"""Spine: how thick a book is, and what its cover measures when it lies open.

The thickness is pages ÷ 2 × caliper. Where nobody measured the paper, the caliper is taken from its
weight and its kind. All lengths are mm, weights g/m².
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.imposition.sheets import Ink, Line, Room
from publisher.imposition.wishes import Binding, Extent

# Volume in cm³/g: 胶版纸, 铜版纸, 轻型纸, as paper merchants give them; a micrometer knows better.
BULK: Mapping[str, float] = {"offset": 1.25, "coated": 0.82, "light": 1.75}
# A thinner book cannot be glued; on a thinner spine no words can be cut and folded straight.
LEAST, LEAST_FOR_WORDS = 2.0, 5.0
# How long a mark is that shows a fold.
_MARK = 5.0


def caliper(weight: float, paper: str) -> float:
    """The thickness of a leaf in mm by its weight in g/m² and its kind (a key of BULK)."""
    return weight * BULK[paper] / 1000


def thickness(pages: int, leaf: float) -> float:
    """The thickness of so many pages in mm, of leaves of the given thickness."""
    return -(-pages // 2) * leaf


@dataclass(frozen=True)
class Wrap:
    """A cover lying open, seen from outside: its parts from its lower left corner.

    Flaps and spine are as wide as 0 where there are none.
    """

    extent: Extent
    back: Room
    spine: Room
    front: Room
    front_flap: Room
    back_flap: Room

    def folds(self, bleed: float) -> tuple[Line, ...]:
        """Marks above and below the lines in which it is folded, outside the bleed."""
        parts = (self.spine, self.front, self.back)
        edges = {round(x, 3) for part in parts for x in (part.left, part.right)}
        inner = sorted(x for x in edges if 0 < x < round(self.extent.width, 3))
        top = self.extent.height + bleed
        ends = ((top, top + _MARK), (-bleed, -bleed - _MARK))
        return tuple(Line(Ink.FOLD, x, near, x, far) for x in inner for near, far in ends)

    @property
    def has_words(self) -> bool:
        """Whether words may stand on the spine."""
        return self.spine.width >= LEAST_FOR_WORDS


def wrap(page: Extent, spine: float, flap: float, binding: Binding) -> Wrap:
    """The cover around pages of a size: the front on the right where the binding is on the left.

    Raises PublisherError for a spine too thin to be glued; 0 is a cover that is stapled.
    """
    if 0 < spine < LEAST:
        raise _too_thin(spine)
    widths = (flap, page.width, spine, page.width, flap)
    lefts = [sum(widths[:number]) for number in range(5)]
    rooms = [Room(left, 0.0, width, page.height) for left, width in zip(lefts, widths, strict=True)]
    if binding is Binding.RIGHT:
        rooms.reverse()
    back_flap, back, own, front, front_flap = rooms
    return Wrap(Extent(sum(widths), page.height), back, own, front, front_flap, back_flap)


def _too_thin(spine: float) -> PublisherError:
    return PublisherError.of(
        say(
            "the book is {n} mm thick, and a spine under {least} mm cannot be glued",
            n=f"{spine:.1f}",
            least=f"{LEAST:g}",
        ),
        Remedy.EDITOR,
        hint=say("staple it: write spine = false; or take thicker paper"),
    )
