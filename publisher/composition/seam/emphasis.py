"""Emphasis: the dots beside emphasised characters (着重号, CLREQ 3.4.1; GB/T 15834-2011, 5.2).

It promises one dot for every letter and none for marks and spaces, drawn as a shape: a reader who
copies or hears the text meets the words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from publisher.composition.seam.lines import Run
from publisher.composition.seam.properties import Emphasis
from publisher.typography.characters import Kind

# In em of the text: how far the middle of a dot lies from the line, and its radius.
_UNDER, _OVER = 0.25, 1.02
_RADII = {"dot": 0.055, "circle": 0.09}
_PEN = 0.03
# How far the handles of a quarter of a circle lie from its ends, for a radius of 1.
_HANDLE = 0.5523
_LETTERS = frozenset((Kind.HAN, Kind.SIGN, Kind.WESTERN))


def dotting(original: Callable[..., None]) -> Callable[..., None]:
    """The engine's drawing of words, and the dots beside them."""

    def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
        original(stream, textbox, *rest)
        run = textbox.pango_layout
        emphasis = run.voice.emphasis if isinstance(run, Run) else None
        if emphasis and textbox.style["visibility"] == "visible":
            _draw_dots(stream, textbox, run, emphasis)

    return draw_text


def _draw_dots(stream: Any, textbox: Any, run: Run, emphasis: Emphasis) -> None:
    from weasyprint.draw.color import get_color

    size = run.fount.size
    colour = get_color(textbox.style, "text_emphasis_color")
    line = textbox.position_y + textbox.baseline
    middle = line - _OVER * size if emphasis.over else line + _UNDER * size
    radius = _RADII[emphasis.shape] * size
    with stream.stacked():
        stream.set_color(colour, stroke=not emphasis.filled)
        stream.set_line_width(_PEN * size)
        for place in _middles(run):
            _circle(stream, textbox.position_x + place, middle, radius)
        if emphasis.filled:
            stream.fill()
        else:
            stream.stroke()


def _middles(run: Run) -> Iterator[float]:
    """How far to the right of a run's edge each letter has its middle, in px."""
    pixels = run.fount.size / run.scale / 1000
    place = run.lead
    for token, move in zip(run.tokens, [*run.moves, 0], strict=False):
        if token.kind in _LETTERS:
            letters = len(token.text) if token.kind == Kind.WESTERN else 1
            for number in range(letters):
                yield (place + token.advance * (2 * number + 1) / (2 * letters)) * pixels
        place += token.advance + move


def _circle(stream: Any, x: float, y: float, radius: float) -> None:
    far = radius * _HANDLE
    stream.move_to(x + radius, y)
    for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        # A quarter from (a, b) to (-b, a), both as seen from the middle.
        stream.curve_to(
            x + radius * a - far * b, y + radius * b + far * a,
            x - radius * b + far * a, y + radius * a + far * b,
            x - radius * b, y + radius * a,
        )  # fmt: skip
    stream.close()
