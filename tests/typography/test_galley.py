"""The row of a paragraph: widths as differences, edges, and the stretches between forced breaks."""

from __future__ import annotations

import pytest

from publisher.typography.galley import galley
from publisher.typography.joints import Joints
from publisher.typography.tokens import MAINLAND, TAIWAN
from tests.typography.typecase import HYPHEN, Counted, cast, compose, token, tokens


def natural(text: str, start: int = 0, stop: int | None = None) -> int:
    """How wide a line of some tokens is before it is squeezed or stretched."""
    row = cast(text)
    stop = len(row.tokens) if stop is None else stop
    return row.ends[stop] - row.heads[start]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("春眠不觉晓", 5000),
        ("处处闻啼鸟。", 6000),
        ("他说：“好。”", 6000),  # 2, 1.5 for ：“, 1, 1.5 for 。”
        ("“好”", 2500),  # the first mark stands at the line's start
        ("用Python写", 5500),  # 1, 0.25, 3, 0.25, 1
        ("Python", 3000),
        ("事——说", 4000),
        ("用a b写", 3800),  # 1, 0.25, 0.5, 0.3, 0.5, 0.25, 1
        ("约翰·列侬", 4500),
        ("春眠  ", 2000),  # no one sees a space at a line's end
        ("春眠\n", 2000),
        ("春眠\u200b\u2060 ", 2000),
        ("word\u00ad", 2000),
    ],
)
def test_a_lines_natural_width(text: str, width: int) -> None:
    assert natural(text) == width


def test_a_soft_hyphen_shows_a_hyphen_where_the_line_ends_and_the_word_goes_on() -> None:
    row = cast("甲inter\u00adnet\u00ad")
    assert row.hyphens == {3: HYPHEN}


def test_the_widest_run_is_that_of_what_must_stay_together() -> None:
    assert cast("春眠不觉").widest == 1000
    assert cast("春Python眠").widest == 3000
    assert cast("春Python，眠").widest == 4000
    assert cast("春眠。”）不").widest == 3000  # 1, 1, 0.5, 0.5
    assert cast("春（word，眠不").widest == 4000
    assert cast("第\u00a01\u00a0回").widest == 3100


def test_a_line_from_the_middle_has_no_gap_at_its_edges() -> None:
    text = "用Python写"
    assert natural(text, 1, 2) == 3000
    assert natural(text, 0, 1) == 1000
    assert natural(text, 2, 3) == 1000


def test_a_pair_parted_by_a_line_is_not_cut() -> None:
    assert natural("好”（好", 0, 2) == 2000
    assert natural("好”（好", 2, 4) == 1500  # the bracket is trimmed at the line's start


def test_a_mark_at_a_lines_end_may_be_trimmed_whole() -> None:
    row = cast("春，。”）·——")
    assert row.tails[1:6] == [0, 500, 500, 500, 500]
    assert row.tails[6:] == [0, 0]


@pytest.mark.parametrize("follower", [" ", "\u200b", "\u2060", "\n", " \u200b"])
def test_a_mark_is_trimmed_before_what_is_not_seen(follower: str) -> None:
    assert cast(f"春。{follower}").tails[-1] == 500
    assert cast(f"春{follower}").tails[-1] == 0


def test_taiwan_trims_nothing() -> None:
    row = cast("「春」，眠。", TAIWAN)
    assert set(row.tails) == {0}
    assert row.trim(0) == 0
    assert row.ends[-1] == 6000


def test_only_an_opening_mark_is_trimmed_at_a_lines_start() -> None:
    row = cast("“春——”a")
    assert [row.trim(start) for start in range(5)] == [500, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("春眠", [(0, 2)]),
        ("春\n眠", [(0, 2), (2, 3)]),
        ("春\n", [(0, 2)]),
        ("\n\n春", [(0, 1), (1, 2), (2, 3)]),
        ("春\u2028眠", [(0, 2), (2, 3)]),
    ],
)
def test_segments_end_at_every_forced_break(text: str, segments: list[tuple[int, int]]) -> None:
    assert cast(text).segments == segments


@pytest.mark.parametrize("text", ["春眠 \n \n不", "春。\n\n不", "春\n\u200b\n不"])
def test_a_blank_line_is_as_wide_as_nothing(text: str) -> None:
    setting = compose(text, 5)
    assert [line.width for line in setting.lines][1] == 0
    assert [strip.text for strip in setting.strips][1].strip("\n \u200b") == ""


def test_a_paragraph_may_begin_with_what_is_not_seen() -> None:
    lines = [strip.text.strip("\u200b ") for strip in compose("\u200b \n春", 3).strips]
    assert lines == ["", "春"]


def test_a_paragraph_of_nothing_has_no_lines() -> None:
    assert compose("", 5).lines == ()


@pytest.mark.parametrize(
    "text", ["春眠，不觉。", "\u200b", "\n", "word ", "“”", "\u00ad", " \u200b"]
)
def test_a_galley_is_laid_in_linear_time(text: str) -> None:
    short, long = (Counted(tokens(text) * times) for times in (200, 800))
    for type_ in (short, long):
        galley(type_, Joints(MAINLAND))
    assert long.asked <= 5 * short.asked


def test_a_place_gives_all_that_its_two_sides_give() -> None:
    row = cast("a （春，")
    assert row.squeeze[3] - row.squeeze[2] == 50 + 500


def test_all_han_share_their_joints() -> None:
    row = cast([token("春"), token("眠"), token("不"), token("，"), token("觉")])
    assert row.marked == [3, 4]
