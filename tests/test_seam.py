"""The seam to the setting engine: what is replaced does what it replaces, under known versions."""

from __future__ import annotations

import pydyf
import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.layout import page

from publisher.composition.seam import guard
from publisher.ground.errors import PublisherError, Remedy


def test_the_pinned_versions_are_the_known_ones() -> None:
    guard.install()


@pytest.mark.parametrize("name", sorted(guard.KNOWN))
def test_another_version_of_the_engine_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(guard.KNOWN, name, "1.0")
    with pytest.raises(PublisherError, match=r"1\.0 is needed") as caught:
        guard.install()
    (fault,) = caught.value.faults
    assert fault.remedy is Remedy.MACHINE
    assert "install publisher again" in str(fault.hint)


def test_installing_again_wraps_nothing_twice() -> None:
    guard.install()
    once = (page.resolve_percentages, pydyf.Stream.data)
    guard.install()
    assert (page.resolve_percentages, pydyf.Stream.data) == once


def test_the_references_of_pages_are_those_of_the_objects() -> None:
    guard.install()
    pdf = pydyf.PDF()
    for count in range(1, 4):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        numbers = [o.number for o in pdf.objects if isinstance(o, dict) and o["Type"] == "/Page"]
        assert pdf.page_references == tuple(f"{number} 0 R".encode() for number in numbers)
        assert len(pdf.page_references) == count


def test_margin_boxes_with_words_are_where_the_style_puts_them() -> None:
    guard.install()
    style = "@page { size: 100pt; margin: 20pt; @top-right { content: 'x'; padding-right: 10% } }"
    document = HTML(string=f"<style>{style}</style><p>").render()
    boxes = (b for b in document.pages[0]._page_box.children if isinstance(b, MarginBox))
    (box,) = (box for box in boxes if box.at_keyword == "@top-right")
    assert box.padding_right > 0
    assert box.width > 0
