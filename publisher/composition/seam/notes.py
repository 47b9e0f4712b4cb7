"""Notes: every note at the foot of the page of its call.

It promises that the engine does not send notes on to the next page to save a single line, that
a paragraph which takes its notes along to the next page leaves no room for them behind, and that a
note which is too long for its page goes on at the foot of the next (see `continued`).

`LayoutContext.current_page_footnotes` is asked whether it is empty before notes are sent on. While
`NOTES_STAY` is set it says it is, and the paragraph goes on whole instead. Where a page cannot
hold its notes that makes words leave the page, so `pages` looks, and sets such a division the
engine's way.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from publisher.composition.seam import continued, foot

# Whether notes stay on the page of their call; `pages` turns it off for a division at a time.
NOTES_STAY: ContextVar[bool] = ContextVar("NOTES_STAY", default=True)
# px; less than this is rounding.
_HAIR = 0.01


def keep() -> None:
    """Put the replacements in place."""
    from weasyprint.layout import LayoutContext, block, page

    LayoutContext.current_page_footnotes = property(_page_notes, _set_page_notes)
    LayoutContext._update_footnote_area = _reckon  # noqa: SLF001
    LayoutContext.layout_footnote = continued.dividing(LayoutContext.layout_footnote)
    LayoutContext.unlayout_footnote = continued.undoing(LayoutContext.unlayout_footnote)
    LayoutContext.report_footnote = continued.undoing(LayoutContext.report_footnote)
    block.iter_line_boxes = continued.watching(block.iter_line_boxes)
    page.block_level_layout = foot.closing(page.block_level_layout)
    page.remake_page = continued.carrying(page.remake_page, NOTES_STAY.get)


class _PageNotes(list[Any]):
    """The notes of a page; empty to the engine's eyes while they shall stay there."""

    def __bool__(self) -> bool:
        return len(self) > 0 and not NOTES_STAY.get()


def _page_notes(context: Any) -> _PageNotes:
    notes: _PageNotes = vars(context)["page_notes"]
    return notes


def _set_page_notes(context: Any, notes: list[Any]) -> None:
    vars(context)["page_notes"] = _PageNotes(notes)


def _reckon(context: Any) -> bool:
    """Take the room for notes from a page; whether they are higher than their area may be.

    Without notes nothing is taken, not even the room of the rule above them.
    """
    area = context.current_footnote_area
    if area.height != "auto" and not context.in_column:
        context.page_bottom += area.margin_height()
    area.children = context.current_page_footnotes
    if len(area.children) == 0:
        area.height = 0 if context.in_column else "auto"
        return False
    laid = foot.laid_out(context, area)
    area.height = laid.height
    if not context.in_column:
        context.page_bottom -= laid.margin_height()
    last = laid.children[-1]
    room = laid.border_box_y() + laid.border_height() - last.border_box_y()
    return bool(last.border_height() > room + _HAIR)
