"""Page sizes and type areas."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from lxml import etree

from publisher.typography.areadrawing import drawing, page_area
from publisher.typography.pagesize import (
    MM_PER_PT,
    PAPERS,
    SIZES,
    PageSize,
    page_size,
    paper_size,
)
from publisher.typography.typearea import TypeDesign, type_area
from publisher.typography.typesize import TYPE_SIZES, size_name, type_size

DESIGN = TypeDesign(size=10.5, leading=17.0, width=0.75, height=0.75, inner=0.4, top=0.45)
A5 = PageSize(148, 210, "A5")


@pytest.mark.parametrize(
    ("wish", "size"),
    [
        ("A5", A5),
        (" a5 ", A5),
        ("大32开", PageSize(140, 203, "大32开")),
        ("148x210", PageSize(148, 210)),
        ("148.5 × 210 mm", PageSize(148.5, 210)),
        ("50x600", PageSize(50, 600)),
    ],
)
def test_a_size_is_wished_for_by_name_or_in_millimetres(wish: str, size: PageSize) -> None:
    assert page_size(wish) == size


@pytest.mark.parametrize(
    "wish",
    [
        "",
        "A55",
        "210",
        "0x210",
        "49x210",
        "148x601",
        "-148x210",
        "1e2x200",
        "148x210 in",
        "nanxnan",
    ],
)
def test_an_unknown_or_impossible_size_is_none(wish: str) -> None:
    assert page_size(wish) is None


def test_every_named_size_is_taller_than_wide_and_found_by_its_name() -> None:
    for name, size in SIZES.items():
        assert size.height > size.width
        assert page_size(name) == size


def test_a_size_is_shown_with_its_millimetres() -> None:
    assert str(A5) == "A5 (148 × 210 mm)"
    assert str(PageSize(148.5, 210)) == "148.5 × 210 mm"


def test_a_type_area_holds_whole_characters_and_lines() -> None:
    area = type_area(A5, DESIGN)
    assert area.width == pytest.approx(area.characters * 10.5 * MM_PER_PT, abs=1e-3)
    assert area.height == pytest.approx(area.lines * 17 * MM_PER_PT, abs=1e-3)
    assert area.characters == math.floor(148 * 0.75 / (10.5 * MM_PER_PT))


def test_the_leftover_is_shared_out_as_the_designer_wants() -> None:
    area = type_area(A5, DESIGN)
    assert area.inner / (area.inner + area.outer) == pytest.approx(0.4, abs=1e-3)
    assert area.top / (area.top + area.bottom) == pytest.approx(0.45, abs=1e-3)


def test_a_line_and_a_page_hold_no_more_than_the_designer_wants() -> None:
    area = type_area(A5, replace(DESIGN, characters=24, lines=20))
    assert (area.characters, area.lines) == (24, 20)
    assert area.width == pytest.approx(24 * 10.5 * MM_PER_PT, abs=1e-3)
    assert area.inner / (area.inner + area.outer) == pytest.approx(0.4, abs=1e-3)
    assert type_area(A5, replace(DESIGN, characters=200)) == type_area(A5, DESIGN)


def test_the_classical_proportion_makes_margins_of_two_four_and_three_six() -> None:
    design = replace(DESIGN, width=2 / 3, height=2 / 3, inner=1 / 3, top=1 / 3)
    area = type_area(A5, design)
    assert area.outer == pytest.approx(2 * area.inner, abs=1e-3)
    assert area.bottom == pytest.approx(2 * area.top, abs=1e-2)


# ---- paper and type by name ----


@pytest.mark.parametrize(
    ("wish", "size"),
    [("a3", PageSize(297, 420, "A3")), ("A5", A5), ("1000x700", PageSize(1000, 700))],
)
def test_paper_has_names_of_its_own_and_those_of_pages(wish: str, size: PageSize) -> None:
    assert paper_size(wish) == size


def test_paper_may_be_larger_than_any_page() -> None:
    assert page_size("1000x700") is None
    assert page_size("A3") is None
    assert all(paper_size(name) == size for name, size in PAPERS.items())


def test_type_sizes_fall_from_name_to_name_and_are_found_with_and_without_their_last_word() -> None:
    assert list(TYPE_SIZES.values()) == sorted(TYPE_SIZES.values(), reverse=True)
    assert type_size("五号") == type_size(" 五 ") == 10.5
    assert type_size("小四") == type_size("小四号") == 12
    assert type_size("九号") is None
    assert [size_name(size) for size in TYPE_SIZES.values()] == list(TYPE_SIZES)
    assert size_name(11) == ""


# ---- the drawing of a type area ----


@pytest.mark.parametrize("vertical", [False, True])
def test_a_drawn_page_is_made_up_of_type_area_and_margins(vertical: bool) -> None:
    area = page_area(A5, DESIGN, vertical=vertical)
    assert area.inner + area.width + area.outer == pytest.approx(148, abs=0.01)
    assert area.top + area.height + area.bottom == pytest.approx(210, abs=0.01)
    along = area.height if vertical else area.width
    assert along == pytest.approx(area.characters * 10.5 * MM_PER_PT, abs=0.01)


def _rooms(svg: str, kind: str) -> list[tuple[float, ...]]:
    found = etree.fromstring(svg.encode()).iterfind(".//{*}rect")
    keys = ("x", "y", "width", "height")
    return [
        tuple(float(one.get(key, 0)) for key in keys) for one in found if one.get("class") == kind
    ]


@pytest.mark.parametrize("vertical", [False, True])
def test_the_drawing_shows_two_pages_with_mirrored_margins_in_true_millimetres(
    vertical: bool,
) -> None:
    area = page_area(A5, replace(DESIGN, inner=0.3), vertical=vertical)
    svg = drawing(area, ("样 <张>", "二"))
    left, right = _rooms(svg, "page")
    assert (left[2:], right[2:]) == ((148, 210), (148, 210))
    first, second = _rooms(svg, "area")
    fold = left[0] + 148
    assert fold == right[0]
    assert fold - (first[0] + first[2]) == pytest.approx(second[0] - fold, abs=0.02)
    assert second[0] - fold == pytest.approx(area.inner, abs=0.02)
    texts = [
        "".join(one.itertext()) for one in etree.fromstring(svg.encode()).iterfind(".//{*}text")
    ]
    assert {f"{length:.1f}" for length in (area.top, area.bottom, area.inner, area.outer)} <= set(
        texts
    )
    assert texts[-2:] == ["样 <张>", "二"]


def test_the_drawing_counts_out_the_lines_and_the_characters_of_the_first() -> None:
    area = page_area(A5, DESIGN, vertical=False)
    lines = [
        one
        for one in etree.fromstring(drawing(area, ()).encode()).iterfind(".//{*}line")
        if one.get("class") == "line"
    ]
    lying = [one for one in lines if one.get("y1") == one.get("y2")]
    assert len(lying) == 2 * area.lines
    assert len(lines) - len(lying) == area.characters - 1
