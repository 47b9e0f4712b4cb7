"""Wishes that no paper fulfils are refused, each with what would do."""

from __future__ import annotations

import pytest

from publisher.formats.orders import order_of
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.places import Place
from publisher.imposition.imposing import impose
from publisher.imposition.schemes import SCHEMES
from publisher.imposition.wishes import Extent, Wish

A5, A4, A3 = Extent(148, 210), Extent(210, 297), Extent(297, 420)


def test_five_hundred_pages_in_one_stitched_signature_become_several_booklets(faults_of) -> None:
    wish = Wish(A4, SCHEMES["saddle"])
    (fault,) = faults_of(lambda: impose(500, A5, wish))
    assert "125 sheets" in str(fault.message)
    assert "signature 21 it becomes 6 booklets" in str(fault.hint)
    parted = impose(500, A5, Wish(A4, SCHEMES["saddle"], signature=21))
    assert parted.gathering.signatures == (21, 21, 21, 21, 21, 20)


def test_a_page_larger_than_its_sheet_is_told_the_largest_that_fits(faults_of) -> None:
    (fault,) = faults_of(lambda: impose(8, A4, Wish(A4, SCHEMES["saddle"])))
    assert "need a sheet of 420 × 297 mm" in str(fault.message)
    assert "148.4 × 210 mm" in str(fault.hint)
    impose(8, Extent(148.4, 210), Wish(A4, SCHEMES["saddle"]))


@pytest.mark.parametrize("name", ["perfect-2up", "perfect-4up"])
def test_leaves_have_no_signatures(name: str, faults_of) -> None:
    (fault,) = faults_of(lambda: impose(8, A5, Wish(A3, SCHEMES[name], signature=4)))
    assert "sewn" in str(fault.hint)


def test_a_signature_of_more_sheets_than_fold_is_refused(faults_of) -> None:
    (fault,) = faults_of(lambda: impose(200, A5, Wish(A4, SCHEMES["sewn"], signature=25)))
    assert "24" in str(fault.message)


def test_no_pages_are_no_book(faults_of) -> None:
    (fault,) = faults_of(lambda: impose(0, A5, Wish(A4, SCHEMES["sewn"])))
    assert fault.remedy is Remedy.CALLER


def test_all_that_is_wrong_with_an_order_is_told_together() -> None:
    wrong = {"sheet": "A44", "scheme": "sadle", "turn": "up", "signature": -1, "caliper": 7.0}
    with pytest.raises(PublisherError) as caught:
        order_of(wrong, lambda key: Place(key=key))
    assert [fault.at.key for fault in caught.value.faults] == list(wrong)
    assert 'did you mean "saddle"?' in str(caught.value)


@pytest.mark.parametrize(
    ("sheet", "extent"),
    [
        ("A3", A3),
        ("sra3", Extent(320, 450)),
        ("大度全张", Extent(889, 1194)),
        ("900x640", Extent(900, 640)),
    ],
)
def test_paper_is_named_or_measured(sheet: str, extent: Extent) -> None:
    assert order_of({"sheet": sheet}, lambda key: Place(key=key)).wish.sheet == extent
