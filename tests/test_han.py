"""Which characters are Chinese, and how lines of Chinese join."""

from __future__ import annotations

import pytest

from publisher.ground.han import count_ideographs, is_chinese, is_wide, joined


@pytest.mark.parametrize("character", "雪〇々㐀豈𠮷𰻞，。「（ァｱㄅ　Ａ")
def test_a_character_of_full_width_is_wide_and_chinese(character: str) -> None:
    assert is_wide(character)
    assert is_chinese(character)


@pytest.mark.parametrize("character", "“”‘’—…·")
def test_a_mark_shared_with_the_west_is_chinese_but_not_wide(character: str) -> None:
    assert is_chinese(character)
    assert not is_wide(character)


@pytest.mark.parametrize("character", ["a", "é", "3", ",", ".", " ", "(", "-", "й"])
def test_a_western_character_is_neither(character: str) -> None:
    assert not is_wide(character)
    assert not is_chinese(character)


def test_only_han_characters_count() -> None:
    assert count_ideographs("二〇二〇年，COVID-19 来了。𠮷") == 8


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["雪落", "下来"], "雪落下来"),
        (["he went", "home"], "he went home"),
        (["公交车", "3 路"], "公交车3 路"),
        (["用 Word", "打字"], "用 Word打字"),
        (["他说：", "“走”"], "他说：“走”"),
        ([], ""),
        (["", "a"], "a"),
    ],
)
def test_a_space_joins_lines_only_where_both_sides_are_western(lines: list[str], text: str) -> None:
    assert joined(lines) == text
