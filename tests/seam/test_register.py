"""Register: whatever stands in a line, the lines of a page lie at the same heights."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.glyphs import read_glyphs
from tests.seam import stone
from tests.seam.test_marks_beside import WORDS

# The first line's letters: half its height and 0.38 em below the top of the type area.
TOP = stone.HEAD - (stone.LEADING / 2 + 0.38 * stone.EM)
INLINE = {
    "nothing": "处处",
    "Kai": "<span class='kai'>处处闻</span>",
    "Sans": "<span style='font-family: Publisher Sans SC'>处处闻</span>",
    "bold": "<strong>处处闻</strong>",
    "code": "<code>code</code>",
    "traditional": "<span lang='zh-Hant-TW' style='font-family: Publisher Serif TC'>處處聞</span>",
    "dots": "<em style='text-emphasis: dot'>处处闻</em>",
    "underline": "<u>处处闻</u>",
    "note": "处<span class='note'>注释</span>",
    "ruby": "<ruby>处<rt>chù</rt></ruby>",
    "ruby in Kai": "<span class='kai'><ruby>处<rt>chù</rt></ruby></span>",
    "bopomofo": "<ruby style='ruby-position: inter-character'>處<rt>ㄔㄨˋ</rt></ruby>",
    "smaller": "<small style='line-height: 1'>处处闻</small>",
    "Latin": "Springtime",
    "picture": "<img src='dot.png' alt='点' style='height: 0.8em'/>",
}
# Ways to set the paragraph, the last ones by the engine itself.
STYLES = {
    "justified": "",
    "ragged": "p { text-align: left }",
    "spaced": "p { letter-spacing: 0.1em }",
    "with a first line": "p::first-line { color: red }",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("inside", INLINE.values(), ids=INLINE)
def test_lines_stay_on_the_grid(inside: str, style: str) -> None:
    markup = "".join(word + inside for word in WORDS[:40:4])
    glyphs = read_glyphs(stone.pdf(f"<p>{markup}{WORDS}</p><p>{WORDS}</p>", style))
    heights = sorted({glyph.y for glyph in glyphs if glyph.text in WORDS}, reverse=True)
    grid = [TOP - stone.LEADING * n for n in range(len(heights))]
    assert len(heights) >= 4
    assert heights == pytest.approx(grid, abs=0.01)


def test_facing_pages_are_in_register() -> None:
    markup = "".join(f"<p>{word}{INLINE['Kai']}{WORDS}{INLINE['note']}</p>" for word in WORDS)
    glyphs = read_glyphs(stone.pdf(markup, "p { break-inside: auto }"))
    heights = {glyph.y for glyph in glyphs if glyph.text in WORDS and glyph.size > 9}
    assert glyphs[-1].page > 3
    assert all(_off_grid(y) < 0.01 for y in heights)


def _off_grid(height: float) -> float:
    steps = (TOP - height) / stone.LEADING
    return abs(steps - round(steps)) * stone.LEADING


def test_headings_and_pictures_in_whole_steps_keep_the_register() -> None:
    style = "h1, figure { block-step-size: 15pt } h1 { font-size: 1.4em; line-height: 1.3 }"
    body = f"<h1>题</h1><p>{WORDS}</p><figure><img src='dot.png' alt=''/></figure><p>{WORDS}</p>"
    glyphs = read_glyphs(stone.pdf(body, style + "img { width: 50pt; height: 37pt }"))
    heights = sorted({glyph.y for glyph in glyphs if glyph.size < 11}, reverse=True)
    assert all(_off_grid(y) < 0.01 for y in heights)
    assert max(one - other for one, other in pairwise(heights)) == pytest.approx(60, abs=0.01)
