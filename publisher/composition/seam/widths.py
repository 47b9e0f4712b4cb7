"""Widths: how wide composed words want to be, where the engine fits a box to its content.

It promises that a box which is fitted to its words holds them on one line (the gaps between Han
and Western are counted, and pairs of marks are as narrow as they are set), and that no column of a
table is narrower than what must stay together in it. A table that its page cannot hold that way is
set again by `pages` with `TIGHT` on: then its words may be broken anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from publisher.composition.seam.paragraph import Paragraph, paragraph_of

# Whether words may be broken anywhere to make a table fit; `pages` turns it on for a division.
TIGHT: ContextVar[bool] = ContextVar("TIGHT", default=False)
# px; what rounding may take.
_HAIR = 0.02


def widest(original: Callable[..., float]) -> Callable[..., float]:
    """The engine's width of inline content on one line, with the composer's before it."""

    def inline_max_content_width(
        context: Any, box: Any, outer: bool = True, is_line_start: bool = False
    ) -> float:
        paragraph = _paragraph(context, box)
        if paragraph:
            return _natural(paragraph, box)
        return original(context, box, outer, is_line_start)

    return inline_max_content_width


def narrowest(original: Callable[..., float]) -> Callable[..., float]:
    """The engine's least width of inline content, with the composer's before it."""

    def inline_min_content_width(  # noqa: PLR0917 (the engine's own parameters)
        context: Any, box: Any, outer: bool = True, skip_stack: Any = None,
        first_line: bool = False, is_line_start: bool = False,
    ) -> float:  # fmt: skip
        paragraph = None if skip_stack or TIGHT.get() else _paragraph(context, box)
        if paragraph and len(paragraph.row.segments) == 1:
            least = paragraph.row.widest * paragraph.size / 1000 + _HAIR
            return min(_natural(paragraph, box), least)
        return original(context, box, outer, skip_stack, first_line, is_line_start)

    return inline_min_content_width


def _paragraph(context: Any, box: Any) -> Paragraph | None:
    """The paragraph of a line box that holds words alone."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    if isinstance(box, LineBox) and all(isinstance(child, TextBox) for child in box.children):
        return paragraph_of(context, box, (0, 0))
    return None


def _natural(paragraph: Paragraph, line: Any) -> float:
    row = paragraph.row
    units = max(row.ends[stop] - row.heads[start] for start, stop in row.segments)
    indent = line.style["text_indent"]
    return units * paragraph.size / 1000 + max(0, getattr(indent, "value", 0)) + _HAIR
