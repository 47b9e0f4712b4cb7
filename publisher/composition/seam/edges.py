"""Edges: what stands along one edge of a page, for any number the page may bear.

It promises, of the boxes that share an edge, a drawing that is open for numbers of so many figures,
and that one which shows no number is drawn once for all. Boxes of other edges take no part: nothing
in them moves these. It refuses what a number could change in more than its figures, and whatever is
drawn with more than type and plain colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, TypeVar

from publisher.composition.formes import Furniture
from publisher.composition.seam.folios import Unforeseen, figures_in, opened, require_alike
from publisher.composition.seam.foreseen import has_ground
from publisher.composition.seam.paper import words_off

T = TypeVar("T")
_CORNERS = ("left-corner", "right-corner")
_ACROSS, _DOWN = ("left", "center", "right"), ("top", "middle", "bottom")
# The boxes that take room from one another; a corner stands by itself.
EDGES = (
    *(tuple(f"@{edge}-{place}" for place in _ACROSS) for edge in ("top", "bottom")),
    *(tuple(f"@{edge}-{place}" for place in _DOWN) for edge in ("left", "right")),
    *((f"@{edge}-{corner}",) for edge in ("top", "bottom") for corner in _CORNERS),
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


@dataclass(frozen=True)
class Painted:
    """A drawing as content of a PDF page, with the type and the named states it is drawn with."""

    content: bytes
    types: Any
    states: Any


# Draws margin boxes of a page. Raises Unforeseen.
Painter = Callable[[Any, Sequence[Any]], Painted]


@dataclass(frozen=True, eq=False)
class Piece:
    """What stands along an edge: the drawing, what it is drawn with, and words off the paper."""

    furniture: Furniture
    painted: tuple[Painted, ...]
    lost: str


@dataclass(frozen=True)
class _Figures:
    """How an edge shows numbers: two figures that are most unlike, the rest see `folios`."""

    unlike: tuple[int, int]
    codes: tuple[bytes, ...]
    moves: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Ground:
    """What margin boxes are made from: the engine's way, its layout, an empty page, counters."""

    make: Callable[..., Iterator[Any]]
    context: Any
    page: Any
    state: Any

    def style(self, keyword: str) -> Any:
        """The style of one margin box; None where nothing is declared for it."""
        return self.context.style_for(self.page.page_type, keyword)

    def boxes(self, keywords: tuple[str, ...], number: int) -> tuple[Any, ...]:
        """Some margin boxes of the page if it bore a number."""
        from weasyprint.layout import background

        depth, counters, *rest = deepcopy(self.state)
        counters["page"] = [number]
        alone = _Alone(self.context, keywords)
        boxes = tuple(self.make(alone, self.page, (depth, counters, *rest)))
        for box in boxes:
            background.layout_box_backgrounds(self.page, box, self.context.get_image_from_uri)
        return boxes


# What engines of one look have learnt, the newest looks last.
_LEARNT: dict[str, dict[object, _Figures]] = {}
_MOST_LOOKS = 32


class Known:
    """What was made of edges before, and who paints what is made anew."""

    def __init__(self, paint: Painter, look: str = "") -> None:
        self.paint = paint
        self._found: dict[object, Any] = {}
        self._figures = _LEARNT.pop(look, {})
        if look:
            _LEARNT[look] = self._figures
        while len(_LEARNT) > _MOST_LOOKS:
            del _LEARNT[next(iter(_LEARNT))]

    def figures(self, kind: object, learn: Callable[[], _Figures]) -> _Figures:
        """How numbers are shown on an edge of a kind, learnt when it is asked for first."""
        if kind not in self._figures:
            self._figures[kind] = learn()
        return self._figures[kind]

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What belongs to a key, made when it is asked for first."""
        if key not in self._found:
            self._found[key] = make()
        found: T = self._found[key]
        return found

    def sweep(self, most: int) -> None:
        """Let all of it go where there is more than so much."""
        if len(self._found) > most:
            self._found.clear()


class Edge:
    """The boxes with some names on a page of a kind."""

    def __init__(
        self, keywords: tuple[str, ...], kind: tuple[object, ...], ground: Ground, known: Known
    ) -> None:
        self._keywords = keywords
        self._kind = *kind, keywords
        self._ground = ground
        self._known = known

    @property
    def is_filled(self) -> bool:
        """Whether anything stands along it."""
        return any(self._contents())

    def piece(self, length: int) -> Piece:
        """What stands there with numbers of so many figures. Raises Unforeseen."""
        if not self._counts:
            return self._once("plain", self._words, self._plain)
        return self._once(length, self._words, lambda: self._open(length))

    def _once(self, name: object, words: object, make: Callable[[], T]) -> T:
        return self._known.once((self._kind, name, words), make)

    def _contents(self) -> Iterator[Any]:
        for keyword in self._keywords:
            style = self._ground.style(keyword)
            if style is not None and not isinstance(style["content"], str):
                yield style

    @cached_property
    def _items(self) -> tuple[tuple[str, Any], ...]:
        """What its boxes are told to hold. Raises Unforeseen."""
        styles = tuple(self._contents())
        items = tuple(item for style in styles for item in style["content"])
        if any(map(has_ground, styles)) or any(
            kind not in _FORESEEN or (kind == "counter()" and value[0] != "page")
            for kind, value in items
        ):
            raise Unforeseen
        return items

    @property
    def _counts(self) -> bool:
        return any(kind == "counter()" for kind, _ in self._items)

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], ...]:
        """The running heads that stand there."""
        strings = (value for kind, value in self._items if kind == "string()")
        found = self._ground.context.get_string_set_for
        return tuple(found(self._ground.page, *value) for value in strings)

    def _plain(self) -> Piece:
        boxes = self._boxes(1)
        painted = self._paint(boxes)
        return Piece(Furniture((painted.content,), (), ()), (painted,), self._lost(boxes))

    def _open(self, length: int) -> Piece:
        figures = self._known.figures(self._kind, self._figures)
        every = self._once("all", self._words, lambda: self._draw(_ALL_FIGURES))
        return self._opened(length, figures, every)

    def _opened(self, length: int, figures: _Figures, *others: Painted) -> Piece:
        pair = [self._boxes(int(str(figure) * length)) for figure in figures.unlike]
        painted = [self._paint(boxes) for boxes in pair]
        contents = [it.content for it in painted]
        found = opened(contents, length, figures.unlike[0], figures.codes, figures.moves)
        return Piece(found, (*painted, *others), "".join(map(self._lost, pair)))

    def _figures(self) -> _Figures:
        """How numbers are shown here. Raises Unforeseen."""
        codes, moves = figures_in([self._draw(number).content for number in range(10)])
        figures = _Figures(_unlike(moves), codes, moves)
        for length, numbers in _SAMPLES.items() if codes else ():
            found = self._opened(length, figures).furniture
            for number in numbers:
                require_alike(found.drawn(number), self._draw(number).content)
        return figures

    def _boxes(self, number: int) -> tuple[Any, ...]:
        return self._ground.boxes(self._keywords, number)

    def _paint(self, boxes: Sequence[Any]) -> Painted:
        return self._known.paint(self._ground.page, boxes)

    def _draw(self, number: int) -> Painted:
        return self._paint(self._boxes(number))

    def _lost(self, boxes: Sequence[Any]) -> str:
        page = self._ground.page
        return words_off(boxes, page.margin_width(), page.margin_height())


class _Alone:
    """A layout context that knows styles for some margin boxes of a page alone."""

    def __init__(self, context: Any, keywords: tuple[str, ...]) -> None:
        self._context = context
        self._keywords = keywords

    def style_for(self, element: Any, pseudo_type: Any = None) -> Any:
        if str(pseudo_type).startswith("@") and pseudo_type not in self._keywords:
            return None
        return self._context.style_for(element, pseudo_type)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


def _unlike(moves: tuple[tuple[float, ...], ...]) -> tuple[int, int]:
    """Two figures whose widths differ most, so that all that depends on widths is seen to."""
    pairs = combinations(range(1, 10), 2)
    return max(pairs, key=lambda pair: sum(abs(row[pair[0]] - row[pair[1]]) for row in moves))
