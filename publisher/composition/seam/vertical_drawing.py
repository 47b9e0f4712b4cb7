"""Vertical drawing: words written as columns, on a page that lies on its left side.

It promises that upright glyphs are shown in a font of vertical writing mode, one after another
with the lengths that were composed; that short words stand side by side in the square of one Han;
and that all else lies on its right side. The page is laid out lying, with lines from left to
right, and stood up afterwards (`turning`): what is called down here is to the right there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from publisher.composition.seam.fount import Cut, Part
from publisher.composition.seam.lines import Run
from publisher.composition.seam.properties import VERTICAL
from publisher.composition.seam.register import MIDDLE
from publisher.composition.seam.vertical_fount import EM, Square, Upright, VerticalFount
from publisher.composition.seam.vertical_type import type_for
from publisher.composition.seam.voice import voice_of
from publisher.typography.orientation import Posture, posture_of
from publisher.typography.tokens import Token


class _Shown(NamedTuple):
    """Upright glyphs of one font as a PDF shows them: its name and size, and their codes."""

    name: str
    size: float
    codes: str


class _Columns:
    """What the drawing of one PDF knows of a fount.

    `simple` has the codes of pieces that are shown in `main`, the font of most, without more ado.
    """

    def __init__(self, stream: Any, fount: VerticalFount) -> None:
        self.owner = stream._fonts  # noqa: SLF001
        self.fount = fount
        self.main: tuple[str, float] | None = None
        self.simple: dict[str, str] = {}
        self._upright: dict[str, list[_Shown]] = {}
        self._flat: dict[int, tuple[Any, float]] = {}

    def upright(self, stream: Any, text: str, cut: Upright) -> list[_Shown]:
        """An upright cut as it is shown, told to the PDF when it is met for the first time."""
        if text not in self._upright:
            rows = self._upright[text] = list(self._told(stream, cut))
            self.main = self.main or rows[0][:2]
            if {row[:2] for row in rows} == {self.main} and not isinstance(cut, Square):
                codes = "".join(row.codes for row in rows)
                self.simple[text] = f">{cut.lead}<{codes}>{cut.lead}<" if cut.lead else codes
        return self._upright[text]

    def _told(self, stream: Any, cut: Upright) -> Iterator[_Shown]:
        fount = self.fount
        for glyph in cut.standing:
            known, size = type_for(
                stream, fount.fonts[cut.font], glyph, is_squared=isinstance(cut, Square)
            )
            known.tell(glyph, fount.width(cut.font, glyph.code))
            yield _Shown(known.font.hash, size, f"{glyph.code:04x}")

    def flat(self, stream: Any, cut: Cut, part: Part) -> tuple[str, float]:
        """The name and size of the font of letters that lie, with the glyphs of a cut told."""
        if part.font not in self._flat:
            self._flat[part.font] = stream.add_font(self.fount.fonts[part.font])
        font, size = self._flat[part.font]
        for number, code, width, said in cut.glyphs:
            if number == part.font:
                font.widths.setdefault(code, width)
                font.to_unicode.setdefault(code, said)
        return font.hash, size


def _columns(stream: Any, fount: VerticalFount) -> _Columns:
    columns: _Columns | None = fount.drawn
    if columns is None or columns.owner is not stream._fonts:  # noqa: SLF001
        columns = fount.drawn = _Columns(stream, fount)
    return columns


def standing(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's drawing of a line of its own, with upright characters stood up."""

    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
    ) -> Any:
        whole = text_overflow == "clip" and block_ellipsis == "none"
        vertical = textbox.style["writing_mode"] == VERTICAL
        if not (vertical and whole and _holds_upright(textbox.text)):
            return original(stream, textbox, text_overflow, block_ellipsis, matrix)
        *_, left, baseline = matrix.values
        _stand_loose(stream, textbox, left, baseline)
        return []

    return draw_first_line


def _holds_upright(text: str) -> bool:
    return any(posture_of(character) == Posture.UPRIGHT for character in text if character.strip())


def _stand_loose(stream: Any, textbox: Any, left: float, baseline: float) -> None:
    """Show the characters of a line that the engine set, each in the room it has there."""
    fount = voice_of(textbox.style).fount
    if not isinstance(fount, VerticalFount):
        raise TypeError("words of a vertical style have a vertical fount")
    pen = _Pen(stream, fount, baseline)
    for text, place, width in fount.set_apart(textbox.pango_layout):
        cut = fount.cut(text)
        if cut is not None:
            slack = (width - cut.advance) / 2 if isinstance(cut, Upright) else 0
            pen.show(text, cut, left + (place + slack) * fount.size / EM)
    pen.lift()


def stand(stream: Any, run: Run, left: float, baseline: float) -> None:
    """Show a composed run from `left` on; `baseline` is that of letters that lie, in px."""
    fount: VerticalFount = run.fount  # type: ignore[assignment] # the seam asks before it calls
    columns = _columns(stream, fount)
    codes = columns.simple
    shown = [codes.get(token.text, "") for token in run.tokens]
    if all(shown) and columns.main:
        _place_upright(stream, left, baseline - MIDDLE * fount.size)
        stream.set_font_size(*columns.main)
        stream.show_text(f"<{''.join(_spaced(run, shown))}>".replace("<>", " "))
        return
    pen = _Pen(stream, fount, baseline)
    for token, place in _places(run):
        cut = fount.cut_of(token)
        if cut is not None:
            pen.show(token.text, cut, left + place * fount.size / (run.scale * EM))
    pen.lift()


def _spaced(run: Run, shown: list[str]) -> list[str]:
    """Codes with what is added between them; here a number moves down."""
    if not run.lead and not any(run.moves):
        return shown
    numbers, scale = [run.lead, *run.moves], run.scale
    return [
        f">{round(number / scale)}<{code}" if number else code
        for number, code in zip(numbers, shown, strict=False)
    ]


def _places(run: Run) -> Iterator[tuple[Token, float]]:
    """Every token with where it begins, in units of the paragraph; a hyphen at a line's end too."""
    place = run.lead
    for token, move in zip(run.tokens, [*run.moves, 0], strict=False):
        yield token, place
        place += token.advance + move
    if run.hyphenated:
        for token in run.fount.tokens([run.fount.hyphen], run.scale, glued=False) or ():
            yield token, place


class _Pen:
    """Shows cuts at given places; upright ones that follow one another go into one row."""

    def __init__(self, stream: Any, fount: VerticalFount, baseline: float) -> None:
        self.stream = stream
        self.columns = _columns(stream, fount)
        self.size = fount.size
        self.baseline = baseline
        self.axis = baseline - MIDDLE * fount.size
        self._font: tuple[str, float] | None = None
        self._row: list[str] = []
        self._end = 0.0

    def show(self, text: str, cut: Cut, left: float) -> None:
        """Show a cut that begins at `left`, in px."""
        if isinstance(cut, Square):
            self.lift()
            self._upright(text, cut, left, cut.scale)
            self.lift()
        elif isinstance(cut, Upright):
            self._upright(text, cut, left + cut.lead * self.size / EM)
        elif cut.parts:
            self.lift()
            self._lying(cut, left)

    def lift(self) -> None:
        """Write down the row that was begun."""
        if self._row and self._font:
            self.stream.set_font_size(*self._font)
            self.stream.show_text(f"<{''.join(self._row)}>".replace("<>", " "))
        self._row = []

    def _upright(self, text: str, cut: Upright, left: float, scale: float = 1) -> None:
        rows = self.columns.upright(self.stream, text, cut)
        for glyph, (name, size, code) in zip(cut.standing, rows, strict=True):
            gap = round((left - self._end) * EM / self.size)
            if not self._row or self._font != (name, size):
                self.lift()
                self._font = name, size
                _place_upright(self.stream, left, self.axis, scale)
            elif gap:
                self._row.append(f">{gap}<")
            self._row.append(code)
            left += glyph.advance * self.size / EM
            self._end = left

    def _lying(self, cut: Cut, left: float) -> None:
        _write_matrix(self.stream, "1 0 0 -1", left, self.baseline)
        self._show_parts(cut)

    def _show_parts(self, cut: Cut) -> None:
        stream = self.stream
        for part in cut.parts:
            stream.set_font_size(*self.columns.flat(stream, cut, part))
            stream.set_text_rise(-part.rise)
            stream.show_text(f"<{part.shown}>".replace("<>", " "))
        stream.set_text_rise(0)


def _place_upright(stream: Any, left: float, axis: float, scale: float = 1) -> None:
    """Begin a row of upright glyphs at `left`, its middle on the axis of the line."""
    _write_matrix(stream, f"0 {-scale:g} -1 0", left, axis)


def _write_matrix(stream: Any, turn: str, left: float, line: float) -> None:
    """Say how what follows is turned, and where it begins; no exponents, six decimals at most."""
    stream.stream.append(f"{turn} {left:.6f} {line:.6f} Tm".encode("ascii"))
