"""Folding the finished sheets: every scheme, binding and turn gives back the book."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.formats.imposed import imposed
from publisher.formats.orders import order_of
from publisher.ground.places import Place
from publisher.imposition.schemes import SCHEMES
from tests.imposition.folding import FOLDED, Cuts, Paper, Printed, cut, read
from tests.imposition.printed import AT, PT, numbered, papers

# Pieces side by side and above each other, as one lays A5 pages on the smallest sheet they fit on.
SHEETS = {"saddle": "A4", "sewn": "A4", "side": "A4", "perfect-2up": "A4", "perfect-4up": "A3"}
GRIDS = {"perfect-2up": (2, 1), "perfect-4up": (2, 2)}
# Thin enough for every long book.
SIGNATURES = {"saddle": 20, "sewn": 4, "side": 1}
NEAR = 0.1 / PT
SMALL = 60.0
CALIPER = 0.11


def sizes(pages: int, most: int) -> list[int]:
    """The sheets of each signature: no more than `most`, none of two sheets more than another."""
    sheets = (pages + 3) // 4
    count = (sheets + most - 1) // most
    return sorted((sheets // count + (n < sheets % count) for n in range(count)), reverse=True)


def order(**options: object):
    return order_of(options, lambda key: Place(key=key))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("bind", ["left", "right"])
@pytest.mark.parametrize("turn", ["long", "short"])
@pytest.mark.parametrize("pages", [1, 12, 13, 487])
def test_folded_and_gathered_the_sheets_read_from_the_first_page_to_the_last(
    scheme: str, bind: str, turn: str, pages: int
) -> None:
    signature = SIGNATURES.get(scheme, 0)
    wish = order(
        sheet=SHEETS[scheme], scheme=scheme, bind=bind, turn=turn, signature=signature,
        caliper=CALIPER,
    )  # fmt: skip
    made = imposed(numbered(pages, 148, 210), wish, Place("a.pdf"))
    folded = FOLDED[scheme]
    columns, rows = GRIDS.get(scheme, (1, 1))
    cuts = Cuts(columns, rows, 148 * (2 if folded else 1), 210)
    sheets = papers(made.content)
    numbers = read(cut(sheets, cuts, turn), sizes(pages, signature or 1), bind, scheme)
    while numbers and numbers[-1] == 0:
        numbers.pop()
    assert numbers == list(range(1, pages + 1))
    depths = [depth for count in sizes(pages, signature or 1) for depth in range(count)]
    for number, paper in enumerate(sheets):
        _require_in_place(paper, cuts, depths[number] * CALIPER if folded else 0.0, folded)


def _require_in_place(paper: Paper, cuts: Cuts, creep: float, folded: bool) -> None:
    """Every number stands where its page's corner and the creep say, to 0.1 pt."""
    for one in (*paper.front, *paper.back):
        x, y = one.x, one.y
        if not one.upright:
            x, y = paper.width - x, paper.height - y
        left = (paper.width - cuts.columns * cuts.width) / 2
        bottom = (paper.height - cuts.rows * cuts.height) / 2
        page = cuts.width / (2 if folded else 1)
        column = int((x - left) // page)
        towards_fold = (-creep if column % 2 else creep) if folded else 0.0
        row = (y - bottom) // cuts.height
        assert x == pytest.approx(left + column * page + AT[0] + towards_fold, abs=NEAR)
        assert y == pytest.approx(bottom + row * cuts.height + AT[1], abs=NEAR)


@pytest.mark.parametrize(
    ("page", "sheet", "up"),
    [
        ((105, 148), "A4", 1),
        ((105, 148), "A4", 2),
        ((130, 184), "A4", 1),
        ((95, 127), "A3", 4),
        ((133.7, 91.3), "SRA3", 2),
        ((148, 210), "210x297", 1),
    ],
)
@pytest.mark.parametrize("turn", ["long", "short"])
def test_pages_of_any_size_lie_on_any_sheet_in_as_many_pieces_as_wished(
    page: tuple[float, float], sheet: str, up: int, turn: str
) -> None:
    wish = order(sheet=sheet, up=up, scheme="sewn", signature=3, turn=turn)
    sheets = papers(imposed(numbered(50, *page), wish, Place("a.pdf")).content)
    width, height = page[0] * 2, page[1]
    grids = [(c, up // c) for c in range(1, up + 1) if up % c == 0]
    paper = sheets[0]
    # Of the grids that fit the sheet as it was chosen, the pieces stand in one.
    fitting = [
        Cuts(c, r, width, height)
        for c, r in grids
        if c * width <= paper.width + 0.2 and r * height <= paper.height + 0.2
    ]
    books = [_book(sheets, cuts, turn) for cuts in fitting]
    assert list(range(1, 51)) in books


def _book(sheets: list[Paper], cuts: Cuts, turn: str) -> list[int]:
    try:
        pieces = cut(sheets, cuts, turn)
    except AssertionError:
        return []
    return [number for number in read(pieces, sizes(50, 3), "left", "sewn") if number]


def test_blank_pages_stand_before_a_back_cover_where_that_is_wished() -> None:
    made = imposed(numbered(10, 148, 210), order(blanks="inside"), Place("a.pdf"))
    pieces = cut(papers(made.content), Cuts(1, 1, 296, 210), "long")
    assert read(pieces, [3], "left", "saddle") == [*range(1, 10), 0, 0, 10]


def test_sheets_come_from_the_outermost_in_and_front_before_back() -> None:
    made = imposed(numbered(8, 148, 210), order(turn="short"), Place("a.pdf"))
    seen = [
        [one.number for one in sorted(side, key=lambda one: one.x)]
        for paper in papers(made.content)
        for side in (paper.front, paper.back)
    ]
    assert seen == [[8, 1], [2, 7], [6, 3], [4, 5]]


def test_a_back_turned_about_the_long_edge_of_a_lying_sheet_stands_on_its_head() -> None:
    (paper,) = papers(imposed(numbered(4, 148, 210), order(), Place("a.pdf")).content)
    assert all(one.upright for one in paper.front)
    assert not any(one.upright for one in paper.back)


def test_the_test_itself_sees_swapped_pages() -> None:
    paper = Paper(297, 210, (Printed(1, 40, 50), Printed(4, 190, 50)), ())
    pieces = cut([paper], Cuts(1, 1, 296, 210), "short")
    assert read(pieces, [1], "left", "saddle")[0] != 1


@pytest.mark.parametrize(("scheme", "sheet"), SHEETS.items())
def test_a_dummy_folds_to_the_same_book_and_names_every_side(scheme: str, sheet: str) -> None:
    signature = SIGNATURES.get(scheme, 0)
    wish = order(sheet=sheet, scheme=scheme, signature=signature, dummy=True)
    columns, rows = GRIDS.get(scheme, (1, 1))
    cuts = Cuts(columns, rows, 296 if FOLDED[scheme] else 148, 210)
    sheets = papers(imposed(numbered(24, 148, 210), wish, Place("a.pdf")).content)
    middles = [
        replace(paper, front=_middles(paper.front), back=_middles(paper.back)) for paper in sheets
    ]
    numbers = read(cut(middles, cuts, "long"), sizes(24, signature or 1), "left", scheme)
    assert numbers == list(range(1, 25))
    for number, paper in enumerate(sheets, start=1):
        names = {one.number for one in (*paper.front, *paper.back) if one.size < SMALL}
        assert names == {number}


def _middles(side: tuple[Printed, ...]) -> tuple[Printed, ...]:
    """The large figures of a dummy, by a point that is surely inside their page."""
    return tuple(one for one in side if one.size > SMALL)
