"""Paper: whether words lie on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def words_off(boxes: Iterable[Any], width: float, height: float) -> str:
    """The first words in boxes that lie outside a paper of so many px, or nothing."""
    from weasyprint.formatting_structure.boxes import TextBox

    waiting = list(boxes)[::-1]
    while waiting:
        box = waiting.pop()
        if isinstance(box, TextBox) and _is_off(box, width, height):
            return str(box.text)[:40]
        waiting.extend(reversed(box.children))
    return ""


def _is_off(box: Any, width: float, height: float) -> bool:
    """Whether a box of words reaches outside the paper by more than a pixel."""
    left, top = box.position_x, box.position_y
    inside = left >= -1 and top >= -1 and left + box.width <= width + 1
    return bool(box.text.strip()) and not (inside and top + box.height <= height + 1)
