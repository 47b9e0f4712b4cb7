"""Foreseen: whether a page would be the same with another number and on the other side.

It refuses, by `Unforeseen`, whatever of a page's own looks, of its notes' area, or of its words
hangs on where it stands: it has then to be set for its place.
"""

from __future__ import annotations

from typing import Any

from publisher.composition.seam.folios import Unforeseen

# The areas of a page that have styles of their own, beside the page itself.
_AREAS = (None, "@footnote", "@note-area")
# Margins are what may differ; how pages are counted, the engine notes in one of them.
_APART = {f"margin_{side}" for side in ("left", "right", "top", "bottom")} | {"counter_increment"}


def require_foreseen(context: Any, page: Any, here: Any, there: Any, state: Any) -> None:
    """Raise Unforeseen for a page, of which `here` and `there` are empty ones on either side."""
    rooms = {(round(it.width, 4), round(it.height, 4)) for it in (page, here, there)}
    if len(rooms) > 1 or page.page_type.blank or _has_looks(here.style):
        raise Unforeseen
    if any(_counts(context, it.page_type) for it in (here, there)):
        raise Unforeseen
    if _wants_a_side(context, page) or _tells_numbers(context, page, state):
        raise Unforeseen


def shows_squares(sheet: Any) -> bool:
    """Whether a style sheet has words in margins stand side by side: their figures are no row."""
    declared = (row for _, _, declarations in sheet.page_rules for row in declarations)
    return any(name == "text_combine_upright" and value == "all" for name, value, _ in declared)


def are_alike(context: Any, here: Any, there: Any) -> bool:
    """Whether both sides are declared alike but for their margins."""
    for area in _AREAS:
        one, other = (context.style_for(it.page_type, area) for it in (here, there))
        if one is None or other is None:
            if one is not other:
                return False
        elif any(one[name] != other[name] for name in _properties() - _APART):
            return False
    return True


def _properties() -> frozenset[str]:
    from weasyprint.css.properties import INITIAL_VALUES

    return frozenset(INITIAL_VALUES)


def _has_looks(style: Any) -> bool:
    """Whether a page itself shows something: a ground, a border, marks, or words half seen."""
    borders = any(style[f"border_{side}_width"] for side in ("left", "right", "top", "bottom"))
    return has_ground(style) or borders or bool(style["marks"]) or style["opacity"] < 1


def has_ground(style: Any) -> bool:
    """Whether something is painted behind a box."""
    pictures = any(kind != "none" for kind, _ in style["background_image"])
    return pictures or bool(style["background_color"].alpha > 0)


def _wants_a_side(context: Any, page: Any) -> bool:
    """Whether a page within the forme has to be a left or a right one."""
    index = page.page_type.index
    return bool(index) and context.page_maker[index][1]["break"] not in ("any", "page")


def _counts(context: Any, page_type: Any) -> bool:
    """Whether a sheet says how this kind of page is counted."""
    declared = context.style_for.get_cascaded_styles().get((page_type, None), {})
    return "counter_increment" in declared


def _tells_numbers(context: Any, page: Any, state: Any) -> bool:
    """Whether words tell numbers of pages, or pages are counted in another way than one by one."""
    if state[1].get("page") != [page.page_type.index + 1]:
        return True
    items = context.target_collector.counter_lookup_items.values()
    return any(
        item.missing_target_counters or {"page", "pages"} & {*item.missing_counters}
        for item in items
    )
