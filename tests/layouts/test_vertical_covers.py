"""Vertical lines on covers and small pages: every word is there to be read, none on another."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest

from publisher.ground.han import count_ideographs
from publisher.press.build import build
from publisher.typography.pagesize import SIZES
from tests.layouts.shelf import LAYOUTS, little_book
from tests.reading import Glyph, Leaf, Pdf

HEAD = (
    'date = "2020-06-01"\nsubtitle = "一九八四"\neditors = ["祝筱萍", "邵一帆"]\n'
    'imprint = { name = "半石桥印社", place = "砻渡镇" }'
)
IMPRINT = '[imprint]\nname = "半石桥印社"\nplace = "砻渡镇"\n'
OUTPUT = (
    '[[output]]\nname = "v"\nformat = "screen"\nlayout = "{layout}"\npage = "{page}"\n'
    'script = "hans"\noptions = {{ writing = "vertical" }}\n'
)
# Characters of one word may touch; words on each other share more than this part of a square.
TOUCH = 0.15
# What is smaller may be a reading, which stands within the step of its character.
RUBY = 5.5
# What the ink differs from its ground at least, of 255.
SEEN = 40


@pytest.fixture(params=[(layout, page) for layout in LAYOUTS for page in ("A5", "小32开", "B5")])
def cover(request: pytest.FixtureRequest, make_collection, tmp_path: Path) -> bytes:
    """A book with title, subtitle, editors and imprint on its cover, in a layout and a size."""
    layout, page = request.param
    table = OUTPUT.format(layout=layout, page=page)
    folder = make_collection({"a.md": "# 渡口\n\n起雾了。\n"}, head=HEAD, outputs=table)
    (artefact,) = build(folder, tmp_path / "dist").artefacts
    return artefact.content


def test_no_word_stands_on_another(cover: bytes) -> None:
    glyphs = [one for one in Pdf(cover).leaves[0].glyphs if count_ideographs(one.character)]
    assert {"社", "八"} <= {glyph.character for glyph in glyphs}
    assert not [
        (one.character, other.character)
        for one, other in combinations(glyphs, 2)
        if _shared(one, other) > TOUCH
    ]


def test_every_word_is_seen(cover: bytes) -> None:
    leaf = Pdf(cover).leaves[0]
    picture = pypdfium2.PdfDocument(io.BytesIO(cover))[0].render(scale=2).to_pil().convert("L")
    for glyph in leaf.glyphs:
        if glyph.character.isalpha():
            lightest = picture.crop(_box(glyph, leaf)).getextrema()
            assert lightest[1] - lightest[0] > SEEN, glyph.character


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "page", ["64开", *(pytest.param(page, marks=pytest.mark.slow) for page in SIZES)]
)
def test_every_layout_sets_vertical_lines_on_every_size(
    layout: str, page: str, tmp_path: Path
) -> None:
    output = IMPRINT + OUTPUT.format(layout=layout, page=page)
    (artefact,) = build(little_book(tmp_path / "book", output), tmp_path / "dist").artefacts
    assert artefact.notices == ()
    for leaf in Pdf(artefact.content).leaves:
        glyphs = [it for it in leaf.glyphs if count_ideographs(it.character) and it.size > RUBY]
        assert not [
            (one.character, other.character)
            for one, other in combinations(glyphs, 2)
            if _shared(one, other) > TOUCH
        ], f"page {leaf.index + 1}"


def _shared(one: Glyph, other: Glyph) -> float:
    """What two squares share, as a part of the smaller one."""
    ends = [(min(a + one.size, b + other.size) - max(a, b)) for a, b in _corners(one, other)]
    return max(0, ends[0]) * max(0, ends[1]) / min(one.size, other.size) ** 2


def _corners(one: Glyph, other: Glyph) -> tuple[tuple[float, float], tuple[float, float]]:
    return (one.x, other.x), (one.y, other.y)


def _box(glyph: Glyph, leaf: Leaf) -> tuple[int, int, int, int]:
    """Where a character's ink is in a picture of two pixels to the point."""
    top, bottom = leaf.height - glyph.y - glyph.size * 0.8, leaf.height - glyph.y
    return (int(glyph.left * 2), int(top * 2), int(glyph.right * 2), int(bottom * 2))
