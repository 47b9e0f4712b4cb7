"""Notes under the composer: on the page of their call, and no room is kept where none are."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest

from tests.glyphs import Glyph, read_glyphs
from tests.seam import stone
from tests.seam.test_marks_beside import WORDS

# A note begins with its number, so that it can be told from the others.
NOTE = "<span class='note'>{}注释</span>"
_BODY, _NOTE, _CALL = 10, 8, 6
_NOTE_LEADING = 12


def _size(glyph: Glyph) -> int:
    return round(glyph.size)


def _pages(glyphs: tuple[Glyph, ...]) -> list[list[Glyph]]:
    return [list(own) for _, own in groupby(glyphs, key=lambda glyph: glyph.page)]


def _numbers(page: list[Glyph], size: int) -> list[str]:
    """The numbers that stand on a page in a size: calls, or beginnings of notes."""
    digits = [glyph for glyph in page if _size(glyph) == size and glyph.text.isdigit()]
    rows: list[list[Glyph]] = []
    for glyph in digits:
        last = rows[-1][-1] if rows else None
        if last is None or last.y != glyph.y or abs(last.end - glyph.x) > 1:
            rows.append([])
        rows[-1].append(glyph)
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


@pytest.fixture(scope="module", params=[(25, 5), (50, 12), (95, 5), (95, 40), (140, 9)])
def pages(request: pytest.FixtureRequest) -> list[list[Glyph]]:
    """The pages of paragraphs of a length that call a note every so many characters."""
    return _pages(read_glyphs(stone.pdf(_with_notes(12, *request.param))))


def test_every_note_stands_on_the_page_of_its_call(pages: list[list[Glyph]]) -> None:
    assert len(pages) > 2
    for page in pages:
        assert _numbers(page, _CALL) == _numbers(page, _NOTE)


def test_pages_are_full(pages: list[list[Glyph]]) -> None:
    for page, following in pairwise(pages):
        # What comes first on the next page did not fit here: up to three lines that stay together.
        lines = _heights(following, _BODY)[:3]
        calls = _numbers([glyph for glyph in following if glyph.y >= lines[-1]], _CALL)
        rule = 0 if _numbers(page, _NOTE) else stone.LEADING
        assert _room(page) < len(lines) * stone.LEADING + len(calls) * _NOTE_LEADING + rule


def _heights(page: list[Glyph], size: int) -> list[float]:
    return sorted({glyph.y for glyph in page if _size(glyph) == size}, reverse=True)


def _room(page: list[Glyph]) -> float:
    """What is free between the last line of a page and its notes, or the foot of its type area."""
    notes = len(_heights(page, _NOTE))
    foot = stone.FOOT + (notes * _NOTE_LEADING + stone.LEADING if notes else 0)
    return _heights(page, _BODY)[-1] + 0.38 * stone.EM - stone.LEADING / 2 - foot


@pytest.mark.parametrize("before", range(9, 17))
def test_a_paragraph_that_takes_its_note_along_leaves_no_room_behind(before: int) -> None:
    line, called = f"<p>{'春' * 28}</p>", f"<p>{'夜' * 45}{NOTE.format(1)}{'来' * 40}</p>"
    first, *rest = _pages(read_glyphs(stone.pdf(line * before + called + line * 20)))
    for page in (first, *rest):
        assert _numbers(page, _CALL) == _numbers(page, _NOTE)
    # Without its note the page has 16 lines, with it 14; a paragraph's single lines move along.
    lines = len(_heights(first, _BODY))
    assert lines == (14 if _numbers(first, _NOTE) else min(before, 16))


def test_a_note_that_cannot_be_divided_is_refused_as_the_engine_would() -> None:
    rows = "<b style='display: block'>注释</b>" * 60
    note = f"<span class='note'>{rows}</span>"
    ours, theirs = stone.both(stone.document(f"<p>{WORDS}{note}{WORDS}</p>"), "bare")
    assert "words leave the page" in ours.refused
    assert ours.refused == theirs.refused
