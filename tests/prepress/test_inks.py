"""Grays are printed with black ink, colours stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.prepress.inks import in_inks

PART = st.floats(0, 1).map(lambda it: round(it, 6))


@pytest.mark.parametrize(
    ("set_as", "printed_as"),
    [
        (b"0 0 0 rg", b"0 g"),
        (b"0.109804 0.101961 0.094118 rg", b"0 g"),
        (b"0 0 0 RG", b"0 G"),
        (b"1 1 1 rg", b"1 g"),
        (b"0.5 0.5 0.5 RG", b"0.5 G"),
        (b"0.611765 0.184314 0.133333 rg", b"0.611765 0.184314 0.133333 rg"),
        (b"0.184314 0.254902 0.278431 rg", b"0.184314 0.254902 0.278431 rg"),
    ],
)
def test_a_colour_becomes_the_ink_that_is_meant(set_as: bytes, printed_as: bytes) -> None:
    assert in_inks(b"q\n" + set_as + b"\nQ") == b"q\n" + printed_as + b"\nQ"


def test_words_are_left_alone() -> None:
    text = b"BT\n(0 0 0 rg) Tj\n[<0000>] TJ\nET"
    assert in_inks(text) == text


@given(PART, PART, PART)
def test_what_was_put_into_inks_stays(red: float, green: float, blue: float) -> None:
    once = in_inks(f"{red:.6f} {green:.6f} {blue:.6f} rg".encode())
    assert in_inks(once) == once


@given(PART)
def test_a_gray_needs_one_ink(value: float) -> None:
    assert in_inks(f"{value:.6f} {value:.6f} {value:.6f} rg".encode()).endswith(b" g")


def test_a_light_tint_is_a_colour() -> None:
    celadon = b"0.87451 0.905882 0.878431 rg"
    assert in_inks(celadon) == celadon
