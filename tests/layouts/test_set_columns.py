"""The journal's two columns: whole characters, flush, in register, nothing where it must not stand.

A proof takes lines side by side for cells of a table, so what it asks of text is asked here.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from publisher.composition.layout import read_layout
from publisher.ground.places import NOWHERE
from publisher.proofing.marks import NEVER_FIRST, NEVER_LAST, WITH_BLANK
from publisher.typography.pagesize import MM_PER_PT, SIZES
from publisher.typography.typearea import TypeArea, type_area
from tests.layouts.shelf import SHELF, Made, made
from tests.reading import Glyph, Leaf, Pdf

DESIGN = read_layout("quarterly", (SHELF,), NOWHERE).design
ESSAY = "essay-08-goggles"
# pt: what two lengths may differ by.
SAME = 0.1
# Characters: what is no longer may be the name of the part above the title.
SHORT = 5
Row = list[Glyph]


def area_of(page: str) -> TypeArea:
    return type_area(SIZES[page], DESIGN)


def edges_of(page: str, index: int) -> list[tuple[float, float]]:
    """The left and right edges of the columns of a page, in pt."""
    area = area_of(page)
    gap = 2 + area.characters % 2
    width = (area.characters - gap) / 2 * DESIGN.size
    left = (area.outer if index % 2 else area.inner) / MM_PER_PT
    lefts = (left, left + width + gap * DESIGN.size)
    return [(own, own + width) for own in lefts]


def rows_of(leaf: Leaf, left: float, right: float) -> list[Row]:
    """The lines of the text's size between two edges, from the top."""
    rows: dict[int, Row] = {}
    for glyph in leaf.glyphs:
        inside = left - 1 < glyph.x < right
        if inside and abs(glyph.size - DESIGN.size) < SAME and glyph.character.strip():
            rows.setdefault(round(glyph.y), []).append(glyph)
    return [sorted(rows[y], key=lambda glyph: glyph.x) for y in sorted(rows, reverse=True)]


def ends(row: Row) -> set[float]:
    """Where a line may be said to end, in pt: a mark's blank half may be cut away."""
    last = row[-1]
    full = last.x + DESIGN.size
    return {full, full - DESIGN.size / 2} if last.character in WITH_BLANK else {full}


def columns_of(book: Made, page: str) -> list[tuple[float, float, list[Row]]]:
    """The columns of the pages of one essay."""
    pdf = Pdf(book.artefact.content)
    leaves = pdf.span(ESSAY, pdf.destinations)
    return [
        (left, right, rows_of(leaf, left, right))
        for leaf in leaves
        for left, right in edges_of(page, leaf.index)
    ]


@pytest.mark.parametrize("script", ["hans", pytest.param("hant-tw", marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", ["A5", "B5", "A4"])
def test_two_columns_are_flush_and_keep_the_prohibitions(page: str, script: str) -> None:
    columns = columns_of(made("quarterly", script, page), page)
    full = 0
    for left, right, rows in columns:
        for row, below in pairwise(rows):
            assert row[0].character not in NEVER_FIRST
            assert row[-1].character not in NEVER_LAST
            is_followed = abs(below[0].x - left) < SAME and row[0].y - below[0].y < 20
            # A line before a long Western word stays short rather than fall apart.
            if is_followed and min(row[-1].character, below[0].character) >= "⺀":
                full += 1
                assert min(abs(end - right) for end in ends(row)) < SAME, row[-1]
    assert full > 20


@pytest.mark.parametrize("page", ["A5", "A4"])
def test_lines_of_both_columns_stand_at_the_same_heights(page: str) -> None:
    columns = columns_of(made("quarterly", "hans", page), page)
    lines = [row for *_, rows in columns for row in rows if len(row) > SHORT]
    heights = {round(row[0].y % DESIGN.leading, 1) for row in lines}
    assert max(heights) - min(heights) < 0.3


@pytest.mark.parametrize(("page", "columns"), [("A4", 2), ("A5", 2), ("小32开", 1), ("A6", 1)])
def test_a_page_has_two_columns_where_it_is_wide_enough(page: str, columns: int) -> None:
    book = made("quarterly", "hans", page)
    pdf = Pdf(book.artefact.content)
    (first, *_) = pdf.span(ESSAY, pdf.destinations)
    (_, gap_left), (gap_right, _) = edges_of(page, first.index)
    crossing = [it for it in first.glyphs if gap_left + 1 < it.x < gap_right - 1 and it.size == 9.0]
    assert bool(crossing) == (columns == 1)
