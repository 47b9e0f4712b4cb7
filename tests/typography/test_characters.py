"""The classes of CLREQ 3.1.1, the pieces that are never cut, what no line begins or ends with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.typography.characters import Kind, is_settable, kind_of, pieces
from publisher.typography.tokens import HONG_KONG, MAINLAND, TAIWAN, rules_for
from tests.typography.typecase import token

BASIC = MAINLAND
STRICT = replace(MAINLAND, strictness=1)
LOOSE = replace(MAINLAND, strictness=-1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("春眠不觉晓，", ["春", "眠", "不", "觉", "晓", "，"]),
        ("事——说……完", ["事", "——", "说", "……", "完"]),
        ("用Python写", ["用", "Python", "写"]),
        ("价3,000.50元", ["价", "3,000.50", "元"]),
        ("增长12.5%了", ["增", "长", "12.5%", "了"]),
        ("零下5℃时", ["零", "下", "5℃", "时"]),
        ("O’Brien说", ["O’Brien", "说"]),
        ("说“好”吧", ["说", "“", "好", "”", "吧"]),
        ("a  b", ["a", "  ", "b"]),
        ("café", ["café"]),
        ("cafe\u0301店", ["cafe\u0301", "店"]),
        ("第\u00a01\u00a0回", ["第", "\u00a0", "1", "\u00a0", "回"]),
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
        ("𠮷野", ["𠮷", "野"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_what_is_never_broken(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_word_too_long_for_a_line_is_cut_behind_what_joins_its_parts() -> None:
    address = "someone.with.a.long.name@mail.example.org"
    found = pieces(address)
    assert "".join(found) == address
    assert found == ["someone.", "with.", "a.", "long.", "name@", "mail.", "example.", "org"]
    assert pieces("example.org") == ["example.org"]


def test_what_is_glued_begins_no_line() -> None:
    assert not BASIC.begins_line(replace(token("春"), glued=True))


@pytest.mark.parametrize("text", ["春，\n（a  b——）…", "\u00a0\u2060\u200b\u00ad·\ufffc", "é̈ 12%"])
def test_pieces_lose_nothing(text: str) -> None:
    assert "".join(pieces(text)) == text


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ("春〇𠮷あア々", None),
        ("“‘（《〈「『【〔", Kind.OPENING),
        ("”’）》〉」』】〕", Kind.CLOSING),
        ("，、；：", Kind.COMMA),
        ("。！？", Kind.STOP),
        ("·・‧", Kind.MIDDLE_DOT),
        (("—", "——"), Kind.DASH),
        (("…", "……", "⋯⋯"), Kind.ELLIPSIS),
        (("word", "é", "2026", "3.14", "ж", "λ"), Kind.WESTERN),
        ("(),.;%&", Kind.OTHER),
        ((" ", "   "), Kind.SPACE),
        ("\u00a0\u202f", Kind.FIXED_SPACE),
        ("\u2060\ufeff", Kind.JOINER),
        ("\u200b\u00ad", Kind.CHANCE),
        ("\n\u2028", Kind.BREAK),
        ("\ufffc", Kind.OBJECT),
    ],
)
def test_each_piece_has_its_class(texts: str | tuple[str, ...], kind: Kind | None) -> None:
    expected = {kind} if kind is not None else {Kind.HAN, Kind.SIGN}
    assert {kind_of(text) for text in texts} <= expected


# CLREQ 3.1.5, basic: pause and stop marks, closing marks, connectors, middle dots, solidi.
NO_START = "，、；：。！？”’）》〉」』】〕·～–／/,.;:!?)]%℃"
NO_END = "“‘（《〈「『【〔￥([$"


@pytest.mark.parametrize("mark", NO_START)
def test_no_line_begins_with(mark: str) -> None:
    assert not BASIC.begins_line(token(mark))
    assert not STRICT.begins_line(token(mark))


@pytest.mark.parametrize("mark", NO_END)
def test_no_line_ends_with(mark: str) -> None:
    assert not BASIC.ends_line(token(mark))
    assert BASIC.begins_line(token(mark))


@pytest.mark.parametrize("piece", ["春", "word", "7", "——", "……", "(", "“", "\ufffc"])
def test_a_line_may_begin_with(piece: str) -> None:
    assert BASIC.begins_line(token(piece))


@pytest.mark.parametrize("piece", ["春", "word", "7", "——", "……", ")", "”", "，", "。", "·"])
def test_a_line_may_end_with(piece: str) -> None:
    assert BASIC.ends_line(token(piece))


@pytest.mark.parametrize("piece", ["——", "……"])
def test_strict_setting_begins_no_line_with_a_dash_or_an_ellipsis(piece: str) -> None:
    assert not STRICT.begins_line(token(piece))
    assert STRICT.ends_line(token(piece))


@pytest.mark.parametrize("piece", ["·", "～", "／"])
def test_loose_setting_allows_middle_dots_connectors_and_solidi(piece: str) -> None:
    assert LOOSE.begins_line(token(piece))


@pytest.mark.parametrize("piece", ["，", "。", "”", "）"])
def test_loose_setting_still_begins_no_line_with_a_point_or_a_closing_mark(piece: str) -> None:
    assert not LOOSE.begins_line(token(piece))


@pytest.mark.parametrize("mark", ["—", "－", "‐", "~", "⁇", "⁈", "⁉", "‼", "％"])
def test_other_shapes_of_the_same_marks_are_bound_as_well(mark: str) -> None:
    # GB/T 15834-2011 4.13: a single dash, a wave and a short stroke are connectors.
    assert not BASIC.begins_line(token(mark))


def test_the_strict_level_ends_no_line_with_a_solidus() -> None:
    # CLREQ 3.1.5: the strict level holds the level of GB/T 15834.
    assert not STRICT.ends_line(token("／"))
    assert BASIC.ends_line(token("／"))


@pytest.mark.parametrize(
    ("language", "rules"),
    [
        ("zh", MAINLAND),
        ("zh-Hans", MAINLAND),
        ("zh-CN", MAINLAND),
        ("zh-Hant-TW", TAIWAN),
        ("zh-TW", TAIWAN),
        ("zh-Hant", TAIWAN),
        ("ZH-HANT-HK", HONG_KONG),
        ("zh-MO", HONG_KONG),
        ("", MAINLAND),
        ("en", MAINLAND),
    ],
)
def test_a_language_tag_names_its_region(language: str, rules: object) -> None:
    assert rules_for(language) == rules


@pytest.mark.parametrize("text", ["春，3.5%——……“”\n", "é λ ж", "\u00a0\u2060\u200b\u00ad\ufffc"])
def test_chinese_with_western_words_is_settable(text: str) -> None:
    assert is_settable(text)


@pytest.mark.parametrize("text", ["春שלום", "مرحبا", "ไทย", "हिन्दी", "👍", "\t"])
def test_scripts_that_join_or_stack_are_left_alone(text: str) -> None:
    assert not is_settable(text)
