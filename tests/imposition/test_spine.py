"""Spines and covers: thickness from pages and paper, parts side by side on an open cover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.imposition.spine import BULK, LEAST, caliper, thickness, wrap
from publisher.imposition.wishes import Binding, Extent

A5 = Extent(148, 210)


@pytest.mark.parametrize(
    ("pages", "leaf", "spine"), [(200, 0.1, 10), (201, 0.1, 10.1), (0, 0.1, 0), (1, 0.2, 0.2)]
)
def test_a_spine_is_as_thick_as_its_leaves(pages: int, leaf: float, spine: float) -> None:
    assert thickness(pages, leaf) == pytest.approx(spine)


def test_light_paper_is_thicker_and_coated_paper_thinner_than_offset() -> None:
    assert caliper(80, "light") > caliper(80, "offset") > caliper(80, "coated")
    assert caliper(80, "offset") == pytest.approx(0.1)
    assert set(BULK) == {"offset", "coated", "light"}


def test_eight_pages_have_no_spine(faults_of) -> None:
    (fault,) = faults_of(lambda: wrap(A5, thickness(8, 0.1), 0, Binding.LEFT))
    assert "0.4 mm thick" in str(fault.message)
    assert "staple" in str(fault.hint)


lengths = st.floats(50, 400)


@given(lengths, lengths, st.floats(LEAST, 60) | st.just(0.0), st.floats(0, 120))
def test_an_open_cover_is_its_parts_in_a_row_and_mirrored_for_the_other_binding(
    width: float, height: float, spine: float, flap: float
) -> None:
    page = Extent(width, height)
    left, right = (wrap(page, spine, flap, side) for side in Binding)
    row = (left.back_flap, left.back, left.spine, left.front, left.front_flap)
    at = 0.0
    for room in row:
        assert room.left == pytest.approx(at)
        at += room.width
    assert left.extent.width == pytest.approx(at)
    assert (left.front.width, left.front.height) == (width, height)
    assert right.front.left == pytest.approx(left.back.left)
    assert right.spine.left == pytest.approx(left.spine.left)


def test_folds_are_marked_at_both_edges_of_the_spine_and_at_the_flaps() -> None:
    plain, flapped = (wrap(A5, 8, flap, Binding.LEFT) for flap in (0, 60))
    assert {line.x1 for line in plain.folds(3)} == {148, 156}
    assert {line.x1 for line in flapped.folds(3)} == {60, 208, 216, 364}
    assert all(line.y1 >= 213 or line.y1 <= -3 for line in flapped.folds(3))
    assert {line.x1 for line in wrap(A5, 0, 0, Binding.LEFT).folds(3)} == {148}


def test_words_stand_on_spines_of_five_millimetres_and_more() -> None:
    assert not wrap(A5, 4.9, 0, Binding.LEFT).has_words
    assert wrap(A5, 5.0, 0, Binding.LEFT).has_words
