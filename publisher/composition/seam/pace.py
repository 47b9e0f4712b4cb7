"""Pace: parts of the engine that ask for the same thing again and again, made to ask once.

It promises the engine's own pages and bytes, sooner.

What is replaced, with what it saves on a book of 1,341 pages:
- `pydyf.PDF.page_references` builds the list of all pages each time it is asked for one of them,
  and tagging asks once for every box (10 s of 37);
- a page has sixteen margin boxes, of which a book fills two: the engine resolves the lengths of
  the empty ones before it throws them away (1 s);
- lengths of every paragraph are resolved again, though few kinds of paragraphs differ;
- backgrounds are looked for, and layers of painting, under every line and every run of words,
  which have none: they are anonymous (2 s);
- the styles of a page and its sixteen margin boxes are computed for every page again, though few
  kinds of pages differ (1 s).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from weakref import proxy


def quicken() -> None:
    """Put the replacements in place."""
    import pydyf
    from weasyprint import anchors, document, draw, stacking
    from weasyprint.css import StyleFor
    from weasyprint.draw import border
    from weasyprint.layout import background, block, page

    pydyf.PDF.page_references = property(_page_references)
    block.resolve_percentages = _resolved_once(block.resolve_percentages)
    page.resolve_percentages = _only_filled(page.resolve_percentages)
    StyleFor.set_computed_styles = _alike(StyleFor.set_computed_styles)
    page.set_page_type_computed_styles = _by_kind(page.set_page_type_computed_styles)
    background.layout_box_backgrounds = _below_lines(background.layout_box_backgrounds)
    stacking._dispatch = _but_words(stacking._dispatch)  # noqa: SLF001
    draw.draw_outline = border.draw_outline = _outside_words(border.draw_outline)
    document.gather_anchors = anchors.gather_anchors = _outside_words(anchors.gather_anchors, 0)
    document.layout_document = _let_go(document.layout_document)


def _let_go(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """A layout that goes when its pages are made: nothing in it points in a circle any more.

    A drawing among the pages still holds it, for words and pictures of its own.
    """

    def layout_document(html: Any, root_box: Any, context: Any, **options: Any) -> Iterator[Any]:
        yield from original(html, root_box, context, **options)
        found = context.get_image_from_uri
        context.get_image_from_uri = partial(
            found.func, *found.args, **{**found.keywords, "context": proxy(context)}
        )

    return layout_document


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """The references of a PDF's pages, built again only when pages were added."""
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = vars(pdf).get("known_page_references", ())
    if len(known) * 3 != len(kids):
        known = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
        pdf.known_page_references = known
    return known


def _only_filled(original: Callable[..., None]) -> Callable[..., None]:
    """Lengths resolved for boxes with something in them."""
    from weasyprint.formatting_structure.boxes import MarginBox

    def resolve(box: Any, containing_block: Any) -> None:
        if not (isinstance(box, MarginBox) and not box.is_generated):
            original(box, containing_block)

    return resolve


def _resolved_once(original: Callable[..., None]) -> Callable[..., None]:
    """Lengths of paragraphs resolved once for all that share a style and stand in like blocks."""
    from weasyprint.formatting_structure.boxes import BlockBox, Box

    def resolve(box: Any, containing_block: Any) -> None:
        if type(box) is not BlockBox or box.element_tag != "p":
            original(box, containing_block)
            return
        given = isinstance(containing_block, Box)
        room = (containing_block.width, containing_block.height) if given else containing_block
        known = vars(box.style).setdefault("publisher_lengths", {})
        if room not in known:
            original(box, containing_block)
            known[room] = {name: getattr(box, name) for name in _LENGTHS}
        vars(box).update(known[room])

    return resolve


_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{end}{axis}" for end in ("", "min_", "max_") for axis in ("width", "height")),
)


def _by_kind(original: Callable[..., None]) -> Callable[..., None]:
    """Page styles computed once for all pages that the same rules meet."""

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        kinds: dict[tuple[bool, ...], Any] = vars(style_for).setdefault("publisher_kinds", {})
        kind = tuple(met_rules(page_type, style_for))
        if kind not in kinds:
            original(page_type, html, style_for)
            kinds[kind] = page_type
        elif kinds[kind] != page_type:
            _take_styles(style_for.get_computed_styles(), kinds[kind], page_type)

    return set_page_type_computed_styles


def met_rules(page_type: Any, style_for: Any) -> Iterator[bool]:
    """Which of the sheets' page rules a page meets, rule by rule."""
    for sheet, _, _ in style_for._sheets:  # noqa: SLF001
        for _, selectors, _ in sheet.page_rules:
            for _, _, selector in selectors:
                yield style_for._page_type_match(selector, page_type)  # noqa: SLF001


def _take_styles(styles: dict[Any, Any], model: Any, page_type: Any) -> None:
    for pseudo in _PAGE_PARTS:
        style = styles.get((model, pseudo))
        if style is not None:
            styles[page_type, pseudo] = style


_PAGE_PARTS = (
    None, "@footnote", "@note-area",
    *(f"@{side}-{place}" for side in ("top", "bottom") for place in
      ("left-corner", "left", "center", "right", "right-corner")),
    *(f"@{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")),
)  # fmt: skip


def _alike(original: Callable[..., None]) -> Callable[..., None]:
    """Styles of paragraphs worked out once for all that are declared alike in the same parent.

    Styles of other elements are changed here and there after they are made, so they stay apart.
    """

    def set_computed_styles(
        style_for: Any, element: Any, parent: Any, root: Any = None,
        pseudo_type: Any = None, **rest: Any,
    ) -> None:  # fmt: skip
        key = None
        if pseudo_type is None and getattr(element, "tag", "") == "p":
            key = _declared(style_for, element, parent)
        known = vars(style_for).setdefault("publisher_paragraphs", {})
        styles = style_for.get_computed_styles()
        if key and key in known:
            styles[element, None] = known[key]
            return
        original(style_for, element, parent, root, pseudo_type, **rest)
        if key and not styles[element, None]["anchor"]:
            known[key] = styles[element, None]

    return set_computed_styles


def _declared(style_for: Any, element: Any, parent: Any) -> tuple[object, ...] | None:
    """What decides a paragraph's style, by identity; None where layout may change it later."""
    over = style_for.get_computed_styles().get((parent, None))
    if over is None or over["display"] not in _FLOWS:
        return None
    declared = style_for.get_cascaded_styles().get((element, None), {})
    return id(over), *((name, id(value), weight) for name, (value, weight) in declared.items())


_FLOWS = (("block", "flow"), ("block", "flow-root"))


def _outside_words(original: Callable[..., Any], place: int = 1) -> Callable[..., Any]:
    """A walk over boxes that leaves out lines of words alone; `place` is where the box is given."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    def walk(*given: Any, **options: Any) -> Any:
        box = given[place]
        words = isinstance(box, LineBox) and len(box.children) == 1
        if not (words and isinstance(box.children[0], TextBox)):
            original(*given, **options)

    return walk


def _below_lines(original: Callable[..., None]) -> Callable[..., None]:
    """Backgrounds found for boxes that can have one."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    def layout_box_backgrounds(page: Any, box: Any, *rest: Any, **options: Any) -> None:
        if not isinstance(box, (LineBox, TextBox)):
            original(page, box, *rest, **options)
            return
        box.background = None
        for child in box.children:
            layout_box_backgrounds(page, child, *rest)

    return layout_box_backgrounds


def _but_words(original: Callable[..., Any]) -> Callable[..., Any]:
    """Layers of painting found for boxes that can have one: a line of words alone has none."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    def dispatch(box: Any, *rest: Any) -> Any:
        words = isinstance(box, LineBox) and len(box.children) == 1
        return box if words and isinstance(box.children[0], TextBox) else original(box, *rest)

    return dispatch
