"""Page sizes and type areas."""

from __future__ import annotations

import math

import pytest

from publisher.typography.pagesize import MM_PER_PT, SIZES, PageSize, page_size
from publisher.typography.typearea import TypeDesign, type_area

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
