"""Where lines end: paragraphs whose lines were written down by hand, and the promises of a search.

Lengths are in em. Each case says why its lines end where they do.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.typography.breaking import Measure, break_lines, is_lone
from publisher.typography.galley import Galley
from publisher.typography.tokens import MAINLAND, TAIWAN
from tests.typography.typecase import EM, Counted, cast, compose, token, tokens

STRICT = replace(MAINLAND, strictness=1)


def lines(text: str, measure: float, first: float | None = None) -> str:
    """The lines of a paragraph, with a bar between them."""
    return "|".join(compose(text, measure, first).texts)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        # Nothing but Han: full lines.
        (5, "春眠不觉晓|处处闻啼鸟"),
        # Lines with their comma and their stop fit to the unit.
        (6, "春眠不觉晓，|处处闻啼鸟。"),
        # The comma is half an em too much even when trimmed: it takes 晓 with it.
        (5, "春眠不觉|晓，处处闻|啼鸟。"),
        # The comma's right half goes at the line's end.
        (5.5, "春眠不觉晓，|处处闻啼鸟。"),
        # 说 2 + ：“ 1.5 + 好 1 + 。” 1.5 = 6.
        (6, "他说：“好。”|就走了"),
        # An opening bracket goes to the next line, and loses its left half there.
        (5, "我们读过|（论语）了"),
        # Squeezed by the comma within and the one at the end, rather than stretched a lot.
        (6, "好，我们走吧，|大家一起来"),
        # A dash is never parted.
        (4, "这件事|——说来|话长"),
        # Nor an ellipsis.
        (5, "我想了想|……算了吧"),
        # A word goes whole to the next line.
        (6, "我用Python|写书"),
        # A middle dot begins no line.
        (2.5, "约翰·|列侬|来了"),
        # A solidus ends a line but begins none.
        (4, "甲乙丙／|丁戊"),
        # A connector begins no line.
        (4.5, "自北京到–|上海去"),
        # Figures stay with the sign before them.
        (5, "零下或|-5℃吧"),
        # A comma follows its word; trimmed, it leaves a quarter of an em to stretch.
        (5, "学会了Go，|然后呢"),
        # Words are parted at their space, which is not seen.
        (4, "读read |it吧好"),
        # A no-break space and a word joiner hold together what stands beside them.
        (4, "甲乙丙|第\u00a0一\u00a0回"),
        (4, "甲乙丙|丁\u2060戊己"),
        # A zero-width space lets a word break without a hyphen.
        (4, "甲http\u200b|://丙"),
        # A soft hyphen shows a hyphen where the line ends.
        (6, "甲乙inter\u00ad|net丙"),
        # What was typed as an indent within a line ends it unseen.
        (4, "甲乙丙丁\u3000|戊己"),
        # Forced breaks.
        (8, "床前明月光，\n|疑是地上霜。\n|举头望明月"),
        # Three marks in a row stay together: 。”） 2 em, and half an em less at the end.
        (5, "（说“好|的。”）吧"),
    ],
)
def test_lines_written_by_hand(measure: float, expected: str) -> None:
    assert lines(expected.replace("|", ""), measure) == expected


@pytest.mark.parametrize(
    ("first", "measure", "expected"),
    [
        # An indent of two em.
        (5, 7, "春眠不觉晓|处处闻啼鸟花落|知多少"),
        # An opening mark after the indent is trimmed as well.
        (4, 6, "“春眠不”|处处闻啼鸟。"),
    ],
)
def test_a_first_line_may_be_shorter(first: float, measure: float, expected: str) -> None:
    assert lines(expected.replace("|", ""), measure, first) == expected


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("一二三四五六七八九十", 9),
        ("一二三四五六七八九十。", 9),
        ("一二三四五六七八九十……", 9),
        ("一二三四五六七八九十。”", 9),
        ("一二三四五六七八九十" * 9 + "完", 30),
        ("一二三四五六七八九十" * 9 + "完", 15),
    ],
)
def test_no_last_line_holds_a_single_han(text: str, measure: float) -> None:
    last = compose(text, measure).texts[-1]
    assert len([c for c in last if c not in "。”……"]) >= 2


def test_a_last_line_of_marks_alone_is_no_better() -> None:
    text = "一二三四五六七八九十" * 2 + "……"
    assert compose(text, 20).texts == [text[:18], "九十……"]


def test_a_single_han_is_squeezed_in_rather_than_pulled_out() -> None:
    assert lines("好，我们走吧，来", 7) == "好，我们走吧，来"


def test_a_paragraph_of_a_single_han_is_what_it_is() -> None:
    assert lines("好。", 9) == "好。"


def test_earlier_lines_are_broken_anew_for_the_last() -> None:
    # Greedy lines of nine would leave 完 alone; each of three lines gives a little.
    text = "一二三四五六七，九一二三四五六，九一二三四五六，九完"
    assert len(compose(text, 9).texts[-1]) >= 2


def test_squeezing_comes_before_stretching() -> None:
    # Both are possible: ，gives half an em, or seven places open by a fourteenth.
    assert lines("一二，四五六七八九十一二", 8) == "一二，四五六七八|九十一二"
    assert lines("一二，四五六七八。九十一", 8) == "一二，四五六七八。|九十一"


def test_strict_setting_takes_a_han_to_the_dash() -> None:
    text = "这件事——说来话长了"
    assert compose(text, 4).texts == ["这件事", "——说来", "话长了"]
    assert compose(text, 4, rules=STRICT).texts == ["这件", "事——说", "来话长了"]


def test_taiwan_keeps_full_marks() -> None:
    setting = compose("他說：「好。」就走了", 7, rules=TAIWAN)
    assert setting.texts == ["他說：「好。」", "就走了"]
    assert [strip.right for strip in setting.strips] == [7000, 3000]


def test_ragged_lines_are_as_full_as_they_can_be() -> None:
    setting = compose("春眠不觉晓，处处闻啼鸟。", 5, justified=False)
    assert setting.texts == ["春眠不觉", "晓，处处闻", "啼鸟。"]
    assert [strip.right for strip in setting.strips] == [4000, 5000, 3000]


def test_ragged_lines_are_not_squeezed() -> None:
    setting = compose("好，我们走吧你", 5.5, justified=False)
    assert setting.texts == ["好，我们走", "吧你"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲incomprehensible乙", "甲|incomprehensible|乙"),
        ("甲。”）》！乙", "甲。”）》！|乙"),
        ("甲乙丙，", "甲乙|丙，"),
    ],
)
def test_what_is_wider_than_the_measure_stands_on_a_line_of_its_own(
    text: str, expected: str
) -> None:
    assert lines(text, 2) == expected


@pytest.mark.parametrize(
    ("text", "lone"),
    [
        ("好", True),
        ("好。", True),
        ("“好。”", True),
        ("好……", True),
        ("……", True),
        ("好的", False),
        ("word", False),
        ("好a", False),
        ("\ufffc", False),
        ("佐々", False),
    ],
)
def test_which_last_lines_are_lone(text: str, lone: bool) -> None:
    row = cast(text)
    assert is_lone(row, 0, len(row.tokens)) is lone


def test_lines_go_on_from_any_token() -> None:
    row = cast("春眠不觉晓，处处闻啼鸟。夜来风雨声")
    measure = Measure(6000, 6000, justified=True)
    whole = break_lines(row, measure)
    assert break_lines(row, measure, whole[0]) == whole[1:]


def test_the_first_width_is_that_of_the_line_it_starts_with() -> None:
    row = cast("春眠不觉晓处处闻啼鸟")
    assert break_lines(row, Measure(3000, 5000, justified=True), 2) == [5, 10]
    assert break_lines(row, Measure(4000, 4000, justified=True), 2) == [6, 10]


def test_han_of_another_size_takes_its_own_room() -> None:
    small = [replace(token(c), advance=500) for c in "小字在此"]
    assert compose([*tokens("甲乙"), *small, *tokens("丙丁")], 4).texts == ["甲乙小字在此", "丙丁"]


# Time ---------------------------------------------------------------------------------------------


def _asked(row: Galley, measure: Measure) -> int:
    """How many ends of lines a search looks at."""
    opens = Counted(row.opens)
    break_lines(row._replace(opens=opens), measure)
    return opens.asked


@pytest.mark.parametrize("justified", [True, False])
@pytest.mark.parametrize("measure", [3, 12, 30])
@pytest.mark.parametrize(
    "text",
    [
        "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少？",
        "他说：“用Python 3.11写（不是2.7）——好……”就走了，",
        "incomprehensible甲",
        "！",
        "word ",
        "春眠不觉晓，处处闻啼鸟。夜来风雨声\n",
    ],
)
def test_breaking_takes_time_by_length_alone(text: str, measure: int, justified: bool) -> None:
    # Each third adds as much; a search that grew with the square would add 5/3 of it. It takes
    # some lines until a search has reached its full breadth.
    widths = Measure(measure * EM, measure * EM, justified)
    times = 250 * widths.rest // cast(text * 9).ends[-1] * 9
    asked = [_asked(cast(text * (times * part)), widths) for part in (1, 2, 3)]
    assert asked[2] - asked[1] <= 1.45 * (asked[1] - asked[0])


def test_the_same_paragraph_has_the_same_lines() -> None:
    text = "他说：“用Python 3.11写（不是2.7）——好……”就走了，" * 20

    fresh = [replace(one) for one in tokens(text)]
    assert compose(fresh, 17).lines == compose(text, 17).lines
