"""The CSS of Chinese setting: each property changes what it should, inherits, and is checked."""

from __future__ import annotations

from itertools import groupby

import pytest

from tests.glyphs import Glyph, read_glyphs
from tests.seam import stone


def _glyphs(body: str, style: str) -> tuple[Glyph, ...]:
    return read_glyphs(stone.pdf(f"<div><p>{body}</p></div>", "p { text-indent: 0 }" + style))


def _lines(body: str, style: str) -> list[str]:
    """What each line says."""
    by_line = groupby(_glyphs(body, style), key=lambda glyph: (glyph.page, glyph.y))
    return ["".join(glyph.text for glyph in line) for _, line in by_line]


def _lefts(body: str, style: str) -> dict[str, float]:
    """How far behind the measure's start each character begins, in em, to the hundredth."""
    glyphs = _glyphs(body, style)
    return {glyph.text: round((glyph.x - stone.LEFT) / stone.EM, 2) for glyph in glyphs}


# Every property is declared on a box around the paragraph: all of them inherit.
def _div(declaration: str) -> str:
    return f"div {{ {declaration} }}"


# What they change ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "pair", "start"),
    [
        ("auto", 1.5, -0.5),
        ("trim-start", 1.5, -0.5),
        ("trim-both", 1.5, -0.5),
        ("normal", 1.5, 0),
        ("space-first", 1.5, 0),
        ("space-all", 2, 0),
    ],
)
def test_text_spacing_trim(value: str, pair: float, start: float) -> None:
    lefts = _lefts("“春眠。”晓", _div(f"text-spacing-trim: {value}"))
    assert lefts["“"] == start
    assert lefts["晓"] - lefts["。"] == pair


@pytest.mark.parametrize(("value", "gap"), [("normal", 0.25), ("no-autospace", 0)])
def test_text_autospace(value: str, gap: float) -> None:
    style = _div(f"text-align: left; text-autospace: {value}")
    (word,) = (g for g in _glyphs("春W", style) if g.text == "W")
    assert (word.x - stone.LEFT) / stone.EM - 1 == pytest.approx(gap, abs=0.01)


@pytest.mark.parametrize(("value", "outside"), [("allow-end", True), ("none", False)])
def test_hanging_punctuation(value: str, outside: bool) -> None:
    lefts = _lefts("春" * 30 + "，" + "眠" * 20, _div(f"hanging-punctuation: {value}"))
    assert (lefts["，"] == 30) == outside
    assert (lefts["，"] <= 29.5) != outside


def test_hanging_punctuation_is_nothing_for_centred_marks() -> None:
    words = "春" * 30 + "，" + "眠" * 20
    style = "html { font-family: 'Publisher Serif TC' } div { hanging-punctuation: allow-end }"
    body = f"<div><p lang='zh-Hant-TW'>{words}</p></div>"
    pdf = stone.pdf(body, style + "p { text-indent: 0 }", lang="zh-Hant-TW")
    assert all(glyph.end <= stone.RIGHT + 0.1 for glyph in read_glyphs(pdf))


@pytest.mark.parametrize(
    ("value", "words", "second"),
    [
        ("auto", "……", "……"),
        ("normal", "……", "……"),
        ("strict", "……", "春……"),
        ("loose", "……", "……"),
        ("auto", "～", "春～"),
        ("normal", "～", "春～"),
        ("strict", "～", "春～"),
        ("loose", "～", "～"),
    ],
)
def test_line_break(value: str, words: str, second: str) -> None:
    style = _div(f"text-align: left; line-break: {value}")
    _, then = _lines("春" * 30 + words + "眠" * 10, style)
    assert then == second + "眠" * 10


@pytest.mark.parametrize(
    ("value", "flush"), [("auto", True), ("inter-character", True), ("none", False)]
)
def test_text_justify(value: str, flush: bool) -> None:
    lefts = _lefts("春" * 28 + "晓Springtime" + "眠" * 20, _div(f"text-justify: {value}"))
    assert lefts["晓"] == (29 if flush else 28)


def test_block_step_size_fills_whole_lines_half_above_and_half_below() -> None:
    def lefts(step: str) -> list[float]:
        style = f"h1 {{ padding: 2pt 0 1pt; block-step-size: {step} }}"
        glyphs = read_glyphs(stone.pdf("<h1>题</h1><p>春</p>", style))
        return [stone.HEAD - glyph.y for glyph in glyphs]

    title, words = lefts("none")
    stepped, after = lefts("15pt")
    assert after - words == pytest.approx(12, abs=0.1)
    assert stepped - title == pytest.approx(6, abs=0.1)
    assert lefts("9pt") == lefts("none")


def test_block_step_size_does_not_inherit() -> None:
    body = "<div><h1>题</h1><p>春</p></div>"
    glyphs = read_glyphs(stone.pdf(body, "div { block-step-size: 40pt } h1 { font-size: 1em }"))
    assert glyphs[0].y - glyphs[1].y == pytest.approx(15, abs=0.1)


# What is said wrongly -----------------------------------------------------------------------------

_WRONG = (
    "text-spacing-trim: never", "text-spacing-trim: 1em", "text-autospace: sideways",
    "text-autospace: 2", "hanging-punctuation: maybe", "line-break: softly",
    "text-justify: 3pt", "text-emphasis-style: cross", "text-emphasis-style: dot dot",
    "text-emphasis-style: open filled", "text-emphasis-color: reddish",
    "text-emphasis-position: beneath", "text-emphasis: dot 2px", "text-emphasis: red blue",
    "ruby-position: inside", "block-step-size: -3pt", "block-step-size: 3",
    "block-step-size: 1em 2em",
)  # fmt: skip


@pytest.mark.parametrize("declaration", _WRONG)
def test_what_is_wrong_is_remarked_on_and_changes_nothing(declaration: str) -> None:
    body = "<div><p>“春眠”，Spring<em>不觉</em>……<ruby>晓<rt>xiǎo</rt></ruby></p></div>"
    right = _div("text-emphasis: dot; text-spacing-trim: space-all; block-step-size: 40pt")
    assert stone.pdf(body, right + _div(declaration)) == stone.pdf(body, right)
    new = _remarks(body, right + _div(declaration))
    name, value = declaration.split(": ")
    assert len(new) == 1
    assert name in new[0]
    assert value in new[0]


def test_what_is_right_is_not_remarked_on() -> None:
    right = (
        "text-spacing-trim: space-all", "text-autospace: no-autospace", "line-break: strict",
        "hanging-punctuation: allow-end", "text-justify: inter-character", "ruby-position: over",
        "text-emphasis: filled dot red", "text-emphasis: open circle", "text-emphasis: none",
        "text-emphasis: red", "text-emphasis: inherit", "text-emphasis-style: open",
        "text-emphasis-color: currentcolor", "text-emphasis-position: under right",
        "text-emphasis: var(--dots)", "line-break: inherit", "block-step-size: 2em",
        "block-step-size: none",
    )  # fmt: skip
    style = "html { --dots: open dot }" + "".join(map(_div, right))
    assert _remarks("<div><p>春</p></div>", style) == ()


def _remarks(body: str, style: str) -> tuple[str, ...]:
    """What the engine remarks on while it sets a body."""
    return stone.engine().set(stone.document(body, style), "remarked").remarks
