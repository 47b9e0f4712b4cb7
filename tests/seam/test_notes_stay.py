"""Notes under the composer: on the page of their call, and no room is kept where none are."""

from __future__ import annotations

from itertools import groupby

import pytest

from tests.glyphs import Glyph, read_glyphs
from tests.seam import stone
from tests.seam.test_marks_beside import WORDS

# A note begins with its number, so that it can be told from the others.
NOTE = "<span class='note'>{}注释</span>"
_BODY, _NOTE, _CALL = 10, 8, 6
_LINES = 16


def _size(glyph: Glyph) -> int:
    return round(glyph.size)


def _pages(glyphs: tuple[Glyph, ...]) -> list[list[Glyph]]:
    return [list(own) for _, own in groupby(glyphs, key=lambda glyph: glyph.page)]


def _numbers(page: list[Glyph], size: int) -> list[str]:
    """The numbers that stand on a page in a size: calls, or beginnings of notes."""
    digits = [glyph for glyph in page if _size(glyph) == size and glyph.text.isdigit()]
    rows: list[list[Glyph]] = []
    for glyph in digits:
        near = rows and abs(rows[-1][-1].end - glyph.x) < 1 and rows[-1][-1].y == glyph.y
        rows[-1].append(glyph) if near else rows.append([glyph])
    return ["".join(glyph.text for glyph in row) for row in rows]


def _with_notes(paragraphs: int, length: int, every: int) -> str:
    count = iter(range(1, 1000))
    words = "".join(WORDS[n % len(WORDS)] for n in range(length))
    return "".join(
        "<p>" + "".join(
            word + (NOTE.format(next(count)) if n % every == every - 1 else "")
            for n, word in enumerate(words)
        ) + "</p>"
        for _ in range(paragraphs)
    )  # fmt: skip


@pytest.mark.parametrize("length", [25, 50, 95, 140])
@pytest.mark.parametrize("every", [12, 40])
def test_every_note_stands_on_the_page_of_its_call(length: int, every: int) -> None:
    glyphs = read_glyphs(stone.pdf(_with_notes(30, length, every)))
    pages = _pages(glyphs)
    assert len(pages) > 2
    for page in pages:
        assert _numbers(page, _CALL) == _numbers(page, _NOTE)


@pytest.mark.parametrize("length", [25, 50, 95, 140])
@pytest.mark.parametrize("every", [12, 40])
def test_pages_are_full(length: int, every: int) -> None:
    pages = _pages(read_glyphs(stone.pdf(_with_notes(30, length, every))))
    for page, following in zip(pages[:-1], pages[1:], strict=False):
        # The next two lines (a single one may not stand alone) did not fit with their notes.
        lines = _heights(following, _BODY)
        wanted = [glyph for glyph in following if glyph.y > lines[min(3, len(lines) - 1)] - 5]
        needed = 3 * stone.LEADING + 12 * len(_numbers(wanted, _CALL))
        assert _room(page) < needed


def _heights(page: list[Glyph], size: int) -> list[float]:
    return sorted({glyph.y for glyph in page if _size(glyph) == size}, reverse=True)


def _room(page: list[Glyph]) -> float:
    """What is free between the last line of a page and its notes, or the foot of its type area."""
    foot = 30 + 12 * len({glyph.y for glyph in page if _size(glyph) == _NOTE})
    lines = _heights(page, _BODY)
    return (lines[-1] - stone.LEADING / 2 + 3.8 if lines else 270) - foot


@pytest.mark.parametrize("before", range(1, 20))
def test_a_paragraph_that_takes_its_note_along_leaves_no_room_behind(before: int) -> None:
    line = "春" * 28
    rest = f"<p>{'夜' * 45}{NOTE.format(1) * 1}{'来' * 40}</p>"
    glyphs = read_glyphs(stone.pdf(f"<p>{line}</p>" * before + rest + f"<p>{line}</p>" * 30))
    first, *_ = pages = _pages(glyphs)
    for page in pages:
        assert _numbers(page, _CALL) == _numbers(page, _NOTE)
    # A page holds as many lines as have room, but for one of a paragraph, or two if three are left.
    with_note = len(_numbers(first, _NOTE))
    assert len(_heights(first, _BODY)) >= _LINES - with_note - 2


def test_a_note_too_long_for_its_page_loses_nothing() -> None:
    note = f"<span class='note'>{'注释' * 900}</span>"
    glyphs = read_glyphs(stone.pdf(f"<p>{WORDS}{note}{WORDS}</p>"))
    assert sum(glyph.text in "注释" for glyph in glyphs) == 1800
    assert "".join(g.text for g in glyphs if _size(g) == _BODY) == WORDS * 2
    assert all(glyph.y > 0 for glyph in glyphs)
