"""Turning: pages with vertical lines, laid out lying on their left side, stood up.

It promises that everything on such a page turns with it (words, links, anchors, bookmarks, bleed),
in the page's own content and not by a /Rotate, which folding and joining tools pass over; and that
pictures, which would turn too, stand upright.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

# Whether the pages that are laid out will be stood up: pictures are laid down before.
LYING: ContextVar[bool] = ContextVar("LYING", default=False)
# Where the sides of a lying page come to stand.
_SIDES = {"left": "top", "top": "right", "right": "bottom", "bottom": "left"}


@contextmanager
def lying(vertical: bool) -> Iterator[None]:
    """Lay out pages that will be stood up, where lines are vertical."""
    token = LYING.set(vertical)
    try:
        yield
    finally:
        LYING.reset(token)


def stand_up(document: Any) -> None:
    """Turn the pages of a document by a quarter, clockwise: lines from the right to the left."""
    for page in document.pages:
        _stand_page_up(page)


def is_stood_up(page: Any) -> bool:
    """Whether a page was stood up."""
    return "publisher_stands" in vars(page)


def _stand_page_up(page: Any) -> None:
    page.publisher_stands = True
    height = page.height
    page.width, page.height = height, page.width
    page.bleed = {_SIDES[side]: bleed for side, bleed in page.bleed.items()}
    page.links = [(kind, target, _turned(box, height), at) for kind, target, box, at in page.links]
    page.anchors = {name: _turned(box, height) for name, box in page.anchors.items()}
    page.bookmarks = [
        # An outline leads to the page's left edge: to the whole page, not a part of it.
        (level, label, (0, x), state)
        for level, label, (x, _), state in page.bookmarks
    ]
    page.paint = _painting(page.paint, height)


def _turned(box: Any, height: float) -> tuple[float, float, float, float]:
    """A box from its left top to its right bottom, on the page that stands."""
    left, top, right, bottom = box
    return height - bottom, left, height - top, right


def _painting(paint: Callable[..., None], height: float) -> Callable[..., None]:
    def painting(stream: Any, scale: float = 1) -> None:
        with stream.stacked():
            stream.transform(a=0, b=1, c=-1, d=0, e=height * scale, f=0)
            paint(stream, scale)

    return painting


class LyingPicture:
    """A picture on its left side, which stands when its page does."""

    def __init__(self, picture: Any) -> None:
        self.picture = picture

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[Any, Any, Any]:
        """Width, height and their ratio as the engine asks for them; unknown ones are None."""
        width, height, ratio = self.picture.get_intrinsic_size(resolution, font_size)
        return height, width, 1 / ratio if ratio else ratio

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw the picture into a box of the lying page."""
        with stream.stacked():
            stream.transform(a=0, b=-1, c=1, d=0, e=0, f=height)
            self.picture.draw(stream, height, width, style)


def pictured(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's way to a picture; one on a page that will be stood up is laid down."""

    def get_image_from_uri(*arguments: Any, **options: Any) -> Any:
        picture = original(*arguments, **options)
        return LyingPicture(picture) if picture is not None and LYING.get() else picture

    return get_image_from_uri
