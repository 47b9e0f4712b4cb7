"""Emphasis: the dots beside emphasised characters (着重号, CLREQ 3.4.1; GB/T 15834-2011, 5.2).

It promises one dot for every ideograph, a line under Western words, which no dot fits, and nothing
for marks and spaces. All are shapes: a reader who copies or hears the text meets the words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import category

from publisher.composition.seam.lines import Run
from publisher.composition.seam.properties import Emphasis
from publisher.typography.characters import Kind

# In em of the text: how far the middle of a dot lies from the line, and its radius.
_UNDER, _OVER = 0.25, 1.02
_RADII = {"dot": 0.055, "circle": 0.09}
_PEN = 0.03
# How far the handles of a quarter of a circle lie from its ends, for a radius of 1.
_HANDLE = 0.5523
_DOTTED = frozenset((Kind.HAN, Kind.SIGN))
_BETWEEN = frozenset((Kind.SPACE, Kind.FIXED_SPACE, Kind.OTHER))
# em: how far below the line the line under a Western word lies.
_RULE = 0.2


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
    with stream.stacked():
        stream.set_color(colour)
        stream.set_color(colour, stroke=True)
        stream.set_line_width(_PEN * size)
        for kind, left, width in _letters(run):
            place = textbox.position_x + left
            if kind in _DOTTED:
                _circle(stream, place + width / 2, middle, _RADII[emphasis.shape] * size)
                (stream.fill if emphasis.filled else stream.stroke)()
            else:
                stream.rectangle(place, line + _RULE * size, width, _PEN * size)
                stream.fill()


def _letters(run: Run) -> Iterator[tuple[Kind, float, float]]:
    """The ideographs and Western words of a run, with their left edge and width in px.

    What stands between two Western words belongs to the line under them.
    """
    pixels = run.fount.size / run.scale / 1000
    kinds = [token.kind for token in run.tokens]
    place = run.lead
    for index, (token, move) in enumerate(zip(run.tokens, [*run.moves, 0], strict=False)):
        around = kinds[max(0, index - 1) : index + 2]
        if token.kind in _DOTTED and not category(token.text[0]).startswith("P"):
            yield token.kind, place * pixels, token.advance * pixels
        elif token.kind == Kind.WESTERN:
            joined = move if around[-1] in _BETWEEN and index + 1 < len(kinds) else 0
            yield token.kind, place * pixels, (token.advance + joined) * pixels
        elif token.kind in _BETWEEN and around == [Kind.WESTERN, token.kind, Kind.WESTERN]:
            yield token.kind, place * pixels, (token.advance + move) * pixels
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
