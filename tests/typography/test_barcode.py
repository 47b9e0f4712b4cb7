"""ISBNs as bars: every number is read back, and a mistyped one is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publisher.ground.errors import PublisherError
from publisher.typography.barcode import barcode, check_figure, isbn, modules
from tests.typography.scanner import decoded


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_any_number_is_read_back_from_its_bars(twelve: str) -> None:
    figures = twelve + check_figure(twelve)
    row = modules(figures)
    assert len(row) == 95
    assert decoded(row) == figures


@pytest.mark.parametrize(
    ("identifier", "figures"),
    [
        ("978-7-02-000220-7", "9787020002207"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("isbn:9783161484100", "9783161484100"),
        ("urn:uuid:1234", ""),
        ("", ""),
        ("半石桥-12", ""),
    ],
)
def test_an_isbn_is_known_among_identifiers(identifier: str, figures: str) -> None:
    assert isbn(identifier) == figures


@given(st.from_regex(r"978[0-9]{10}", fullmatch=True))
def test_a_mistyped_figure_is_told_with_what_it_would_be(figures: str) -> None:
    right = check_figure(figures[:12])
    if figures[12] == right:
        assert isbn(figures) == figures
    else:
        with pytest.raises(PublisherError, match=f"would end with {right}"):
            isbn(figures)


def test_the_drawing_has_the_bars_at_their_size_and_the_figures_below() -> None:
    root = etree.fromstring(barcode("9787020002207", "Publisher Sans SC").encode())
    assert root.get("width") == "37.29mm"
    ground, *bars = root.iterfind("{*}rect")
    row = ["0"] * int(ground.get("width"))
    for bar in bars:
        start, width = int(bar.get("x")), int(bar.get("width"))
        row[start : start + width] = "1" * width
    assert decoded("".join(row)[11:-7]) == "9787020002207"
    assert set(row[:11] + row[-7:]) == {"0"}, "the quiet zones"
    texts = sorted(root.iterfind("{*}text"), key=lambda text: float(text.get("x")))
    assert "".join(text.text for text in texts) == "9787020002207"
