"""Widths: how wide composed words want to be, where the engine fits a box to its content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publisher.composition.seam.paragraph import paragraph_of

# px; a box that is fitted to its words must hold them in spite of rounding.
_HAIR = 0.02


def measuring(original: Callable[..., float]) -> Callable[..., float]:
    """The engine's preferred width of inline content, with the composer's before it."""

    def inline_max_content_width(
        context: Any, box: Any, outer: bool = True, is_line_start: bool = False
    ) -> float:
        width = original(context, box, outer, is_line_start)
        return max(width, _composed(context, box)) if _holds_lines(box) else width

    return inline_max_content_width


def _holds_lines(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    return isinstance(box, LineBox) and all(isinstance(child, TextBox) for child in box.children)


def _composed(context: Any, box: Any) -> float:
    paragraph = paragraph_of(context, box, (0, 0))
    if paragraph is None:
        return 0.0
    row = paragraph.row
    widest = max(row.ends[stop] - row.heads[start] for start, stop in row.segments)
    return widest * paragraph.size / 1000 + _HAIR
