"""A paragraph that is not the composer's: the engine's own, to the last byte.

Beside the engine in a process that has nothing of the seam but the height of words in their line.
"""

from __future__ import annotations

from itertools import groupby

import pytest

from tests.glyphs import read_glyphs
from tests.seam import stone
from tests.seam.contexts import CONTEXTS, Context

_LEFT = [context for context in CONTEXTS if not context.composed]
# What is in a paragraph that sends all of it to the engine.
_INSIDE = {
    "letters kept apart": "<span style='letter-spacing: 1pt'>{}</span>",
    "words kept apart": "<span style='word-spacing: 2pt'>{}</span>",
    "from right to left": "<bdo dir='rtl'>{}</bdo>",
    "other script": "שלום{}",
    "joined script": "{}مرحبا",
    "stacked script": "{}नमस्ते",
    "no face": "{}😀",
    "no glyph": "{}\u2a00",
    "moved": "<span style='position: relative; left: 1pt'>{}</span>",
    "hung": "<span style='position: absolute'>a b</span>{}",
    "floated": "<span style='float: right'>a b</span>{}",
    "kept spaces": "<span style='white-space: pre-wrap'>{}</span>",
    "broken anywhere": "<span style='word-break: break-all'>{}</span>",
    "cloned frame": "<span style='box-decoration-break: clone; padding: 1pt'>{}</span>",
    "Western": "<span lang='en'>Spring sleep, unaware of dawn; everywhere birds call. {}</span>",
}  # fmt: skip


def _same_bytes(document: str) -> None:
    ours, theirs = stone.both(document, "level")
    assert ours.refused == theirs.refused == ""
    assert ours.pdf == theirs.pdf


@pytest.mark.parametrize("context", _LEFT, ids=lambda context: context.name)
def test_a_paragraph_in_a_place_that_is_not_the_composers(context: Context) -> None:
    _same_bytes(context.document("春眠不觉晓，处处闻啼鸟。" * 2))


@pytest.mark.parametrize("inside", _INSIDE.values(), ids=_INSIDE)
def test_a_paragraph_with_something_that_is_not_the_composers(inside: str) -> None:
    western = inside.startswith("<span lang")
    words = "unaware" if western else "春眠不觉晓，<em>处处</em>闻啼鸟。夜来风雨声。" * 3
    _same_bytes(stone.document(f"<p>{inside.replace('{}', words)}</p>"))


def test_a_word_wider_than_its_measure() -> None:
    _same_bytes(stone.document("<p>春眠Donaudampfschiff不觉晓</p>", "p { width: 5em }"))


@pytest.mark.parametrize("context", _LEFT, ids=lambda context: context.name)
def test_the_lines_of_the_bare_engine(context: Context) -> None:
    document = context.document("春眠不觉晓，处处闻啼鸟。" * 2)
    ours, theirs = stone.both(document, "bare")
    assert _lines(ours.pdf) == _lines(theirs.pdf)


def _lines(pdf: bytes) -> list[list[tuple[str, float]]]:
    """The words of each line with their places across the page."""
    return [
        [(glyph.text, round(glyph.x, 3)) for glyph in line]
        for _, line in groupby(read_glyphs(pdf), key=lambda glyph: (glyph.page, glyph.y))
    ]
