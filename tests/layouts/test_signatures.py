"""Signature blocks (落款): at the right, one em from the edge; at the foot of vertical lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.press.build import build
from tests.layouts.shelf import LAYOUTS
from tests.reading import Glyph, Pdf

# Without marks, so that every full line ends with a whole character.
LINE = "河上起了雾看不见对岸只听见有人在喊船声音从水面上来像隔着一层棉被没有谁答应"
LETTER = f"---\ntitle: 来信\n---\n\n{LINE * 6}\n\n::: signature\n卢有田\n四月六日夜\n:::\n"
OUTPUT = (
    '[[output]]\nname = "x"\nformat = "screen"\nlayout = "{}"\npage = "B5"\n'
    'options = {{ cover = false, writing = "{}" }}\n'
)
SAME = 0.5  # pt


@pytest.fixture
def glyphs(make_collection, tmp_path: Path):
    """The characters of a letter's page in a layout, by the direction of its lines."""

    def made(layout: str, writing: str) -> tuple[Glyph, ...]:
        outputs = OUTPUT.format(layout, writing)
        folder = make_collection({"a.md": LETTER}, writing, outputs=outputs)
        (artefact,) = build(folder, tmp_path / f"dist-{writing}").artefacts
        leaf = next(it for it in Pdf(artefact.content).leaves if "卢有田" in _words(it.glyphs))
        return leaf.glyphs

    return made


def _words(glyphs: tuple[Glyph, ...]) -> str:
    return "".join(one.character for one in glyphs if one.character.strip())


def _ends(glyphs: tuple[Glyph, ...], words: str) -> Glyph:
    """The last character of some words."""
    shown = [one for one in glyphs if one.character.strip()]
    return shown[_words(glyphs).index(words) + len(words) - 1]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_signature_stands_at_the_right_one_em_from_the_edge(layout: str, glyphs) -> None:
    page = glyphs(layout, "horizontal")
    signed, dated = (_ends(page, words) for words in ("卢有田", "四月六日夜"))
    edge = max(one.x + one.size for one in page if one.character in LINE and one.y > signed.y)
    assert edge - (signed.x + signed.size) == pytest.approx(signed.size, abs=SAME)
    assert dated.x == pytest.approx(signed.x, abs=SAME)
    assert dated.y < signed.y


@pytest.mark.parametrize("layout", LAYOUTS)
def test_in_vertical_lines_it_stands_at_the_foot(layout: str, glyphs) -> None:
    page = glyphs(layout, "vertical")
    signed, dated = (_ends(page, words) for words in ("卢有田", "四月六日夜"))
    foot = min(one.y for one in page if one.character in LINE and one.x > signed.x)
    assert signed.y == pytest.approx(foot, abs=SAME)
    assert dated.y == pytest.approx(signed.y, abs=SAME)
    assert dated.x < signed.x


def test_it_is_never_parted_from_the_words_above(make_collection, tmp_path: Path) -> None:
    for count in range(8, 16):
        text = LETTER.replace(LINE * 6, f"{LINE * 3}\n\n" * count)
        folder = make_collection(
            {"a.md": text}, f"book-{count}", outputs=OUTPUT.format("chapbook", "horizontal")
        )
        (artefact,) = build(folder, tmp_path / f"dist-{count}").artefacts
        leaf = next(it for it in Pdf(artefact.content).leaves if "卢有田" in _words(it.glyphs))
        assert "谁答应卢有田四月六日夜" in _words(leaf.glyphs)
