"""Notes: every note at the foot of the page of its call.

It promises that the engine does not send notes on to the next page to save a single line, and that
a paragraph which takes its notes along to the next page leaves no room for them behind.

`LayoutContext.current_page_footnotes` is asked whether it is empty before notes are sent on. While
`NOTES_STAY` is set it says it is, and the paragraph goes on whole instead. Where a page cannot
hold its notes that makes words leave the page, so `pages` looks, and sets such a division the
engine's way.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

# Whether notes stay on the page of their call; `pages` turns it off for a division at a time.
NOTES_STAY: ContextVar[bool] = ContextVar("NOTES_STAY", default=True)


def keep() -> None:
    """Put the replacements in place."""
    from weasyprint.layout import LayoutContext

    LayoutContext.current_page_footnotes = property(_page_notes, _set_page_notes)
    LayoutContext._update_footnote_area = _closing(  # noqa: SLF001
        LayoutContext._update_footnote_area  # noqa: SLF001
    )


class _PageNotes(list[Any]):
    """The notes of a page; empty to the engine's eyes while they shall stay there."""

    def __bool__(self) -> bool:
        return len(self) > 0 and not NOTES_STAY.get()


def _page_notes(context: Any) -> _PageNotes:
    notes: _PageNotes = vars(context)["page_notes"]
    return notes


def _set_page_notes(context: Any, notes: list[Any]) -> None:
    vars(context)["page_notes"] = _PageNotes(notes)


def _closing(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The engine's reckoning of the room for notes, which must see them.

    Without notes it would still keep the room of the rule above them.
    """

    def update_footnote_area(context: Any) -> bool:
        token = NOTES_STAY.set(False)
        try:
            overflows = original(context)
        finally:
            NOTES_STAY.reset(token)
        area = context.current_footnote_area
        if not len(area.children) and not context.in_column:
            context.page_bottom += area.margin_height()
            area.height = "auto"
        return overflows

    return update_footnote_area
