"""Drawing: composed runs written into a page's content, each as one row of glyphs.

It promises that what is drawn has the widths that were composed, and that every glyph leads back
to its characters, in order: nothing is typed into a line to make it longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from publisher.composition.seam.fount import Cut, Fount
from publisher.composition.seam.lines import Run
from publisher.composition.seam.vertical_drawing import stand


def showing(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's drawing of a line, with that of composed runs before it."""

    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
    ) -> Any:
        run = textbox.pango_layout
        if not isinstance(run, Run):
            return original(stream, textbox, text_overflow, block_ellipsis, matrix)
        if run.fount.vertical:
            *_, left, baseline = matrix.values
            stand(stream, run, left, baseline)
            return []
        stream.set_text_matrix(*matrix.values)
        _show(stream, run)
        return []

    return draw_first_line


def painting(original: Callable[..., None]) -> Callable[..., None]:
    """The engine's drawing of blocks; a paragraph of plain lines is drawn in one go.

    Its lines are one piece of marked content, so that a reader hears the paragraph whole.
    """

    def draw_block_level(page: Any, stream: Any, blocks: dict[Any, Any]) -> None:
        for block, inner in blocks.items():
            lines = _plain_lines(block)
            if lines:
                _paint(stream, lines)
            else:
                original(page, stream, {block: inner})

    return draw_block_level


def tagging(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The engine's tree of tags; a paragraph drawn in one go is one piece of content."""

    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        lines = box.children
        if _is_one_piece(lines):
            box.children = lines[:1]
        try:
            yield from original(box, *rest)
        finally:
            box.children = lines

    return build_box_tree


def _is_one_piece(lines: Any) -> bool:
    """Whether lines were drawn in one go: the words of the first are marked for all."""
    from weasyprint.formatting_structure.boxes import LineBox

    return (
        bool(lines)
        and isinstance(lines[0], LineBox)
        and any(vars(child).get("publisher_speaks_for_all") for child in lines[0].children)
    )


def _plain_lines(block: Any) -> list[Any]:
    """The text boxes of a block's lines, where each line is one run of the same plain voice."""
    from weasyprint.formatting_structure.boxes import LineBox

    found: list[Any] = []
    voice = None
    for line in getattr(block, "children", ()):
        if not isinstance(line, LineBox) or len(line.children) != 1:
            return []
        run = getattr(line.children[0], "pango_layout", None)
        if not isinstance(run, Run) or not run.voice.plain or (voice or run.voice) is not run.voice:
            return []
        voice = run.voice
        found.append(line.children[0])
    return found if found and found[0].style["visibility"] == "visible" else []


def _paint(stream: Any, lines: list[Any]) -> None:
    lines[0].publisher_speaks_for_all = True
    with stream.marked(lines[0], "Span"):
        stream.set_color(lines[0].style["color"])
        stream.begin_text()
        if lines[0].pango_layout.fount.vertical:
            for box in lines:
                stand(stream, box.pango_layout, box.position_x, box.position_y + box.baseline)
            lines = []
        for box in lines:
            left, top = _number(box.position_x), _number(box.position_y + box.baseline)
            # What `set_text_matrix` writes, without looking at each of its six numbers.
            stream.stream.append(f"1 0 0 -1 {left} {top} Tm".encode("ascii"))
            _show(stream, box.pango_layout)
        stream.end_text()


def _number(value: float) -> str:
    """A number as PDF has it: no exponent, six decimals at most."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _show(stream: Any, run: Run) -> None:
    """Show the glyphs of a run; most are of one font, and stand on the line."""
    fonts = _fonts(stream, run)
    codes = fonts.simple
    shown = [codes.get(token.text, "") for token in run.tokens]
    if run.rises or not all(shown):
        _show_parts(stream, run, fonts)
        return
    if run.lead or run.hyphenated or any(run.moves):
        shown = [
            f">{number}<{code}" if number else code
            for number, code in zip(_numbers(run), shown, strict=False)
        ]
    if run.hyphenated:
        shown.append(codes[run.fount.hyphen])
    stream.set_font_size(*fonts.named[0])
    _flush(stream, shown)


def _show_parts(stream: Any, run: Run, fonts: _Fonts) -> None:
    """Show glyphs part by part; a change of font or height begins another string."""
    face, rise = -1, 0.0
    shown: list[str] = []
    for index, (move, cut) in enumerate(_moved(run)):
        number = move
        sink = run.rises[index] if run.rises else 0.0
        for part in cut.parts:
            if part.font != face or part.rise + sink != rise:
                _flush(stream, shown)
                shown.clear()
                face = part.font
                stream.set_font_size(*fonts.named[face])
                if part.rise + sink != rise:
                    rise = part.rise + sink
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


def _numbers(run: Run) -> list[int]:
    """What a PDF's TJ takes away before each token: less than 0 moves to the right."""
    numbers = [-run.lead, *[-move for move in run.moves]]
    if run.scale != 1:
        return [round(number / run.scale) for number in numbers]
    return numbers


def _moved(run: Run) -> Iterator[tuple[int, Cut]]:
    """Every cut with the number before it."""
    cuts = run.fount.cuts
    for number, token in zip(_numbers(run), run.tokens, strict=False):
        yield number, cuts[token.text]  # type: ignore[misc] # a token's piece has a cut
    if run.hyphenated:
        yield 0, cuts[run.fount.hyphen]  # type: ignore[misc]


class _Fonts:
    """A fount's fonts as one PDF knows them: names and sizes by number, glyphs told so far.

    `simple` has the codes of pieces that stand on the line in the first font.
    """

    def __init__(self, owner: Any) -> None:
        self.owner = owner
        self.named: list[tuple[str, float]] = []
        self.told: set[str] = set()
        self.simple: dict[str, str] = {}
        self.fonts: list[Any] = []


def _fonts(stream: Any, run: Run) -> _Fonts:
    """The fonts of a run in a stream's PDF, with widths and characters of the run's glyphs told."""
    fount = run.fount
    fonts: _Fonts | None = fount.drawn
    if fonts is None or fonts.owner is not stream._fonts:  # noqa: SLF001
        fonts = fount.drawn = _Fonts(stream._fonts)  # noqa: SLF001
    told = fonts.told
    for token in run.tokens:
        if token.text not in told:
            _tell(stream, fount, fonts, token.text)
    if run.hyphenated and fount.hyphen not in told:
        _tell(stream, fount, fonts, fount.hyphen)
    return fonts


def _tell(stream: Any, fount: Fount, fonts: _Fonts, text: str) -> None:
    fonts.told.add(text)
    cut = fount.cut(text)
    if cut and all(part.font == 0 and not part.rise for part in cut.parts):
        fonts.simple[text] = "".join(part.shown for part in cut.parts)
    for number, glyph, width, said in cut.glyphs if cut else ():
        while len(fonts.fonts) <= number:
            font, size = stream.add_font(fount.fonts[len(fonts.fonts)])
            fonts.fonts.append(font)
            fonts.named.append((font.hash, size))
        fonts.fonts[number].widths.setdefault(glyph, width)
        fonts.fonts[number].to_unicode.setdefault(glyph, said)
