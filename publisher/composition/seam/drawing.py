"""Drawing: composed runs written into a page's content, each as one row of glyphs.

It promises that what is drawn has the widths that were composed, and that every glyph leads back
to its characters, in order: nothing is typed into a line to make it longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from publisher.composition.seam.fount import Cut, Fount
from publisher.composition.seam.lines import Run


def showing(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's drawing of a line, with that of composed runs before it."""

    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
    ) -> Any:
        run = textbox.pango_layout
        if not isinstance(run, Run):
            return original(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        _show(stream, run)
        return []

    return draw_first_line


def _show(stream: Any, run: Run) -> None:
    """Show the glyphs of a run; a change of font or height begins another string."""
    fonts = _fonts(stream, run)
    face, rise = -1, 0.0
    shown: list[str] = []
    for move, cut in _moved(run):
        number = move
        for part in cut.parts:
            if part.font != face or part.rise != rise:
                _flush(stream, shown)
                shown.clear()
                face = part.font
                stream.set_font_size(*fonts.named[face])
                if part.rise != rise:
                    rise = part.rise
                    stream.set_text_rise(-rise)
            if number:
                shown.append(f">{number}<")
                number = 0
            shown.append(part.shown)
    _flush(stream, shown)
    if rise:
        stream.set_text_rise(0)


def _flush(stream: Any, shown: list[str]) -> None:
    if shown:
        stream.show_text(f"<{''.join(shown)}>".replace("<>", " "))


def _moved(run: Run) -> Iterator[tuple[int, Cut]]:
    """Every cut with what a PDF's TJ takes away before it: less than 0 moves to the right."""
    cuts = run.fount.cuts
    numbers = [-run.lead, *(-move for move in run.moves)]
    if run.scale != 1:
        numbers = [round(number / run.scale) for number in numbers]
    for number, token in zip(numbers, run.tokens, strict=False):
        yield number, cuts[token.text]  # type: ignore[misc] # a token's piece has a cut
    if run.hyphenated:
        yield 0, run.fount.cuts[run.fount.style["hyphenate_character"]]  # type: ignore[misc]


class _Fonts:
    """A fount's fonts as one PDF knows them: names and sizes by number, glyphs told so far."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner
        self.named: list[tuple[str, float]] = []
        self.told: set[str] = set()
        self.fonts: list[Any] = []


def _fonts(stream: Any, run: Run) -> _Fonts:
    """The fonts of a run in a stream's PDF, with widths and characters of the run's glyphs told."""
    fount = run.fount
    fonts: _Fonts | None = fount.drawn
    if fonts is None or fonts.owner is not stream._fonts:  # noqa: SLF001
        fonts = fount.drawn = _Fonts(stream._fonts)  # noqa: SLF001
    new = [token.text for token in run.tokens if token.text not in fonts.told]
    for text in dict.fromkeys(new):
        fonts.told.add(text)
        _tell(stream, fount, fonts, text)
    return fonts


def _tell(stream: Any, fount: Fount, fonts: _Fonts, text: str) -> None:
    cut = fount.cuts[text]
    for number, glyph, width, said in cut.glyphs if cut else ():
        while len(fonts.fonts) <= number:
            font, size = stream.add_font(fount.fonts[len(fonts.fonts)])
            fonts.fonts.append(font)
            fonts.named.append((font.hash, size))
        fonts.fonts[number].widths.setdefault(glyph, width)
        fonts.fonts[number].to_unicode.setdefault(glyph, said)
