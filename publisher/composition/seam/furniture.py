"""Furniture: running heads and folios, apart from the pages they stand on.

It promises for a page, whichever number it will bear and on whichever side it will lie, what the
engine would have drawn in its margins. A forme with furniture of its own can then be placed
anywhere in a book without being set again. It refuses what it cannot foresee, and the page has then
to be set for its place: sides that differ in more than their margins, pages with a ground of their
own, numbers that are not rows of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from publisher.composition.formes import Hint
from publisher.composition.seam.edges import EDGES, Edge, Ground, Known, Painter, Piece
from publisher.composition.seam.folios import Unforeseen
from publisher.composition.seam.foreseen import are_alike, require_foreseen
from publisher.composition.seam.pace import met_rules

# The pieces of one book with its running heads; more are let go now and then.
_MOST_KEPT = 4096


@dataclass(frozen=True)
class Furnished:
    """What stands on a page on either side, by the count of figures; `shift` see Forme, in px."""

    here: dict[int, tuple[Piece, ...]]
    there: dict[int, tuple[Piece, ...]]
    shift: tuple[float, float]

    @property
    def lost(self) -> str:
        """The first words that would lie outside the paper, or nothing."""
        rows = (*self.here.values(), *self.there.values())
        return next((piece.lost for row in rows for piece in row if piece.lost), "")


@dataclass(frozen=True)
class _Side:
    """A page without words, as it is on one side: its kind is the rules that it meets."""

    page: Any
    kind: tuple[object, ...]


class Furnisher:
    """Makes the furniture of an engine's pages; what is alike is laid out and drawn once.

    `html` is the document that is laid out, `hint` says which numbers its pages may come to bear.
    """

    def __init__(self, paint: Painter, look: str = "") -> None:
        self.html: Any = None
        self.hint = Hint(1, 1)
        self._alike: dict[object, bool] = {}
        self._known = Known(paint, look)

    def begin(self, hint: Hint) -> None:
        """Begin with another document. Pieces of earlier ones are let go now and then."""
        self.hint = hint
        self._known.sweep(_MOST_KEPT)

    def furnish(
        self, make: Callable[..., Iterator[Any]], context: Any, page: Any, state: Any
    ) -> None:
        """Lay out and draw the margins of a page for both sides. Raises Unforeseen."""
        side = page.page_type.side
        sides = [
            self._side(context, page, it) for it in (side, {"left": "right"}.get(side, "left"))
        ]
        here, there = (it.page for it in sides)
        require_foreseen(context, page, here, there, state)
        self._require_alike(context, *sides)
        edges = [self._edges(it.kind, Ground(make, context, it.page, state)) for it in sides]
        lengths = self.hint.lengths(page.page_type.index)
        mine, other = (
            {length: tuple(edge.piece(length) for edge in row) for length in lengths}
            for row in edges
        )
        move = (
            there.content_box_x() - here.content_box_x(),
            there.content_box_y() - here.content_box_y(),
        )
        page.publisher_furnished = Furnished(mine, other, move)

    def _edges(self, kind: tuple[object, ...], ground: Ground) -> list[Edge]:
        """The edges of a page along which something stands."""
        edges = (Edge(keywords, kind, ground, self._known) for keywords in EDGES)
        return [edge for edge in edges if edge.is_filled]

    def _require_alike(self, context: Any, here: _Side, there: _Side) -> None:
        """Raise Unforeseen where the sides are declared otherwise; asked once for a kind."""
        kinds = here.kind, there.kind
        if kinds not in self._alike:
            self._alike[kinds] = are_alike(context, here.page, there.page)
        if not self._alike[kinds]:
            raise Unforeseen

    def _side(self, context: Any, page: Any, side: str) -> _Side:
        """A page of the same kind on a side, without words; one for all of a document."""
        page_type = page.page_type._replace(side=side)
        kind = (side, *met_rules(page_type, context.style_for))
        known: dict[object, _Side] = vars(context).setdefault("publisher_sides", {})
        if kind not in known:
            known[kind] = _Side(self._empty(context, page_type), kind)
        return known[kind]

    def _empty(self, context: Any, page_type: Any) -> Any:
        from weasyprint.formatting_structure.boxes import PageBox
        from weasyprint.layout import page as layout

        layout.set_page_type_computed_styles(page_type, self.html, context.style_for)
        empty = PageBox(page_type, context.style_for(page_type))
        width, height = empty.style["size"]
        layout.resolve_percentages(empty, (width, height))
        empty.position_x = empty.position_y = 0
        layout.page_width(empty, context, width)
        layout.page_height(empty, context, height)
        return empty


FURNISHER: ContextVar[Furnisher | None] = ContextVar("FURNISHER", default=None)


def furnishing(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The engine's margin boxes; none while a furnisher takes care of them."""

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
        furnisher = FURNISHER.get()
        if furnisher is None:
            yield from original(context, page, state)
        else:
            furnisher.furnish(original, context, page, state)

    return make_margin_boxes
