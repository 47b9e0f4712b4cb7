"""Register: the lines of facing pages at the same heights.

It promises that every face stands at the same height in its line, the middle of its ideographs in
the middle of the line, so that words in another face neither sink nor open the lines; and that a
block which declares `block-step-size` takes a multiple of it, half of the rest above its content
and half below (CSS Rhythmic Sizing 1, 2.1). A block that is broken over pages stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

# em: how far the middle of an ideograph lies above the line on which letters stand.
MIDDLE = 0.38
# px; less than this is rounding.
_HAIR = 0.01


def baseline(style: Any, leading: float) -> float:
    """How far below a line's top its letters stand, in px."""
    return leading / 2 + MIDDLE * float(style["font_size"])


def levelling(original: Callable[..., tuple[float, float]]) -> Callable[..., tuple[float, float]]:
    """The engine's height of an empty line, with one level for all faces."""

    def strut(style: Any) -> tuple[float, float]:
        height, _ = original(style)
        return height, baseline(style, height)

    return strut


def settling(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's own boxes of words, at the same level as the composer's."""

    def split_text_box(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        new, resume_at, preserved = original(context, box, *rest, **options)
        if new is not None:
            drop = baseline(new.style, new.margin_height()) - new.baseline
            new.margin_top += drop
            new.margin_bottom -= drop
            new.baseline += drop
        return new, resume_at, preserved

    return split_text_box


def stepping(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's layout of a block, and what fills its last step."""

    def block_box_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **options: Any
    ) -> Any:
        result = original(context, box, bottom_space, skip_stack, *rest, **options)
        new, resume_at = result[:2]
        step = box.style["block_step_size"].value
        if step and new is not None and skip_stack is None and resume_at is None:
            _fill(new, step)
        return result

    return block_box_layout


def _fill(box: Any, step: float) -> None:
    missing = ceil(box.border_height() / step - _HAIR) * step - box.border_height()
    if missing > _HAIR:
        box.height += missing
        for child in box.children:
            child.translate(0, missing / 2)
