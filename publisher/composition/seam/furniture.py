"""Furniture: running heads and folios, apart from the pages they stand on.

It promises for a page, whichever number it will bear and on whichever side it will lie, what the
engine would have drawn in its margins. A forme with furniture of its own can then be placed
anywhere in a book without being set again. It refuses what it cannot foresee, and the page has then
to be set for its place: sides that differ in more than their margins, pages with a ground of their
own, numbers that are not rows of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from publisher.composition.formes import Furniture, Hint
from publisher.composition.seam.folios import Unforeseen, figures_in, opened, require_alike
from publisher.composition.seam.foreseen import are_alike, has_ground, require_foreseen
from publisher.composition.seam.pace import met_rules

_PLACES = ("left-corner", "left", "center", "right", "right-corner")
_KEYWORDS = (
    *(f"@{edge}-{place}" for edge in ("top", "bottom") for place in _PLACES),
    *(f"@{edge}-{place}" for edge in ("left", "right") for place in ("top", "middle", "bottom")),
)
# What margins may hold so that they can be foreseen.
_FORESEEN = {"string", "string()", "counter()"}
# Numbers by their count of figures, which show whether a number is its figures in a row: in long
# ones every figure stands before and behind every other.
_SAMPLES = {
    2: (10, 11, 20, 21, 99),
    3: (100, 101, 110, 111),
    4: (1000, 1010, 1111),
    5: (10_000, 11_111),
    12: tuple(
        int(f"1{''.join(f'{one}{other}' for other in row)}{one}")
        for one in range(10)
        for row in (range(5), range(5, 10))
    ),
}
_ALL_FIGURES = 1_234_567_890
# Margins hold on to the styles of the document they were made for.
_MOST_KEPT = 64


@dataclass(frozen=True)
class Figures:
    """How a kind of page shows numbers: two figures that are most unlike, the rest see `folios`."""

    unlike: tuple[int, int]
    codes: tuple[bytes, ...]
    moves: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Margins:
    """Margin boxes of a page with two numbers of so many figures, and with one of all ten."""

    page: Any
    length: int
    pair: tuple[tuple[Any, ...], tuple[Any, ...]]
    all_ten: tuple[Any, ...]
    figures: Figures


@dataclass(frozen=True)
class Furnished:
    """The margins of a page on either side, by their count of figures; `shift` see Forme, in px."""

    here: dict[int, Margins]
    there: dict[int, Margins]
    shift: tuple[float, float]

    def boxes(self) -> Iterator[Any]:
        """All margin boxes that may come to be drawn."""
        for margins in (*self.here.values(), *self.there.values()):
            for boxes in margins.pair:
                yield from boxes


Painter = Callable[[Any, Sequence[Any]], bytes]


class Furnisher:
    """Makes the furniture of an engine's pages; what is alike is laid out once.

    `html` is the document that is laid out, `hint` says which numbers its pages may come to bear.
    """

    def __init__(self, paint: Painter) -> None:
        self.html: Any = None
        self.paint = paint
        self.hint = Hint(1, 1)
        self._alike: dict[object, bool] = {}
        self._figures: dict[object, Figures] = {}
        self._margins: dict[object, Any] = {}

    def begin(self, hint: Hint) -> None:
        """Begin with another document. Margins of earlier ones are let go now and then."""
        self.hint = hint
        if len(self._margins) > _MOST_KEPT:
            self._margins.clear()

    def furnish(
        self, make: Callable[..., Iterator[Any]], context: Any, page: Any, state: Any
    ) -> None:
        """Lay out the margins of a page for both sides. Raises Unforeseen."""
        side = page.page_type.side
        here, there = (
            self._empty(context, page, it) for it in (side, {"left": "right"}.get(side, "left"))
        )
        require_foreseen(context, page, here, there, state)
        setters = [_Setter(self, make, context, empty, state) for empty in (here, there)]
        self._require_alike(context, setters)
        lengths = self.hint.lengths(page.page_type.index)
        mine, other = ({it: setter.margins(it) for it in lengths} for setter in setters)
        move = (
            there.content_box_x() - here.content_box_x(),
            there.content_box_y() - here.content_box_y(),
        )
        page.publisher_furnished = Furnished(mine, other, move)

    def _require_alike(self, context: Any, setters: Sequence[_Setter]) -> None:
        """Raise Unforeseen where the sides are declared otherwise; asked once for a kind."""
        kinds = tuple(setter.kind for setter in setters)
        if kinds not in self._alike:
            self._alike[kinds] = are_alike(context, *(setter.page for setter in setters))
        if not self._alike[kinds]:
            raise Unforeseen

    def figures_of(self, kind: object, make: Callable[[], Figures]) -> Figures:
        """How a kind of page shows numbers, found out when it is asked for first."""
        if kind not in self._figures:
            self._figures[kind] = make()
        return self._figures[kind]

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """Margins that belong to a key, made when they are asked for first."""
        if key not in self._margins:
            self._margins[key] = make()
        return self._margins[key]

    def _empty(self, context: Any, page: Any, side: str) -> Any:
        """A page of the same kind on a side, without words."""
        from weasyprint.formatting_structure.boxes import PageBox
        from weasyprint.layout import page as layout

        kind = page.page_type._replace(side=side)
        layout.set_page_type_computed_styles(kind, self.html, context.style_for)
        empty = PageBox(kind, context.style_for(kind))
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


class _Setter:
    """Lays out the margins of an empty page for one number after another."""

    def __init__(
        self,
        furnisher: Furnisher,
        make: Callable[..., Iterator[Any]],
        context: Any,
        page: Any,
        state: Any,
    ) -> None:
        self._furnisher = furnisher
        self._make = make
        self._context = context
        self.page = page
        self._state = state
        self.kind = (page.page_type.side, *met_rules(page.page_type, context.style_for))
        self._key = self.kind, tuple(self._words())

    def margins(self, length: int) -> Margins:
        """The margins for numbers of so many figures. Raises Unforeseen."""
        known = self._furnisher.once
        all_ten = known(self._key, lambda: self._boxes(_ALL_FIGURES))
        found: Margins = known((*self._key, length), lambda: self._open(length, all_ten))
        return found

    def _open(self, length: int, all_ten: tuple[Any, ...]) -> Margins:
        figures = self._furnisher.figures_of(self.kind, self._figures)
        return self._opened(length, all_ten, figures)

    def _opened(self, length: int, all_ten: tuple[Any, ...], figures: Figures) -> Margins:
        one, other = (self._boxes(int(str(figure) * length)) for figure in figures.unlike)
        return Margins(self.page, length, (one, other), all_ten, figures)

    def _words(self) -> Iterator[tuple[str, ...]]:
        """The running heads that stand in the margins."""
        for keyword in _KEYWORDS:
            style = self._context.style_for(self.page.page_type, keyword)
            content = style["content"] if style is not None else "none"
            if isinstance(content, str):
                continue
            if has_ground(style):
                raise Unforeseen
            for kind, value in content:
                if kind not in _FORESEEN or (kind == "counter()" and value[0] != "page"):
                    raise Unforeseen
                if kind == "string()":
                    yield self._context.get_string_set_for(self.page, *value)

    def _figures(self) -> Figures:
        """How numbers are shown here. Raises Unforeseen."""
        drawn = [self._draw(self._boxes(number)) for number in range(10)]
        codes, moves = figures_in(drawn)
        figures = Figures(_unlike(moves), codes, moves)
        for length, numbers in _SAMPLES.items() if codes else ():
            margins = self._opened(length, (), figures)
            found = furniture(margins, lambda page, boxes: self._draw(boxes))
            for number in numbers:
                require_alike(found.drawn(number), self._draw(self._boxes(number)))
        return figures

    def _draw(self, boxes: Sequence[Any]) -> bytes:
        return self._furnisher.paint(self.page, boxes)

    def _boxes(self, number: int) -> tuple[Any, ...]:
        from weasyprint.layout import background

        depth, counters, *rest = deepcopy(self._state)
        counters["page"] = [number]
        boxes = tuple(self._make(self._context, self.page, (depth, counters, *rest)))
        for box in boxes:
            background.layout_box_backgrounds(self.page, box, self._context.get_image_from_uri)
        return boxes


def _unlike(moves: tuple[tuple[float, ...], ...]) -> tuple[int, int]:
    """Two figures whose widths differ most, so that all that depends on widths is seen to."""
    pairs = combinations(range(1, 10), 2)
    return max(pairs, key=lambda pair: sum(abs(row[pair[0]] - row[pair[1]]) for row in moves))


def furniture(margins: Margins, paint: Painter) -> Furniture:
    """Margins as they are drawn, open for any number. Raises Unforeseen."""
    figures = margins.figures
    paint(margins.page, margins.all_ten)
    drawn = [paint(margins.page, boxes) for boxes in margins.pair]
    return opened(drawn, margins.length, figures.unlike[0], figures.codes, figures.moves)
