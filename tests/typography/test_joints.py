"""What happens between two neighbours: gaps, cuts, breaks, and what gives way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.typography.characters import Kind
from publisher.typography.joints import Joint, Joints, Level
from publisher.typography.tokens import HONG_KONG, MAINLAND, TAIWAN, Rules, Token
from tests.typography.typecase import EM, compose, token


def joint(left: str, right: str, rules: Rules = MAINLAND) -> Joint:
    centred = not rules.pair
    return Joints(rules).between(token(left, centred), token(right, centred))


# CLREQ 3.1.6: two adjacent marks of 2 em are set to 1.5 em.
PAIRS = ("。”", "”（", "：“", "“‘", "，“", "！？", "？”", "）（", "）。", "》、", "’”", "、《")


@pytest.mark.parametrize("pair", PAIRS)
def test_two_adjacent_marks_take_an_em_and_a_half(pair: str) -> None:
    left, right = map(token, pair)
    assert left.advance + joint(pair[0], pair[1]).gap + right.advance == 1.5 * EM


@pytest.mark.parametrize("pair", ["“（", "（《"])
def test_two_opening_marks_lose_the_blank_between_them(pair: str) -> None:
    assert joint(*pair).gap == -500


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("rules", [TAIWAN, HONG_KONG])
def test_taiwan_and_hong_kong_keep_every_mark_in_its_em(pair: str, rules: Rules) -> None:
    found = joint(pair[0], pair[1], rules)
    assert found.gap == 0
    assert found.gives == ()


def test_no_cut_is_deeper_than_the_blanks() -> None:
    narrow = Token("，", Kind.COMMA, 1000, 0, 200)
    assert Joints(MAINLAND).between(narrow, token("”")).gap == -200


@pytest.mark.parametrize("pair", [("春", "word"), ("word", "春"), ("春", "7"), ("12%", "春")])
@pytest.mark.parametrize("rules", [MAINLAND, TAIWAN, HONG_KONG])
def test_han_and_western_stand_a_quarter_apart(pair: tuple[str, str], rules: Rules) -> None:
    found = joint(pair[0], pair[1], rules)
    assert found.gap == EM / 4
    assert found.gives == ((Level.GAP, EM / 8),)
    assert found.gap + found.soft == EM / 2


@pytest.mark.parametrize(
    "pair",
    [
        ("春", "眠"), ("春", "，"), ("，", "word"), ("word", "。"), ("“", "word"), ("word", "”"),
        ("——", "word"), ("word", "……"), ("春", "("), (")", "春"), ("春", " "), (" ", "word"),
        ("word", "\ufffc"), ("春", "\ufffc"), ("word", "·"),
    ],
)  # fmt: skip
def test_nothing_else_stands_apart(pair: tuple[str, str]) -> None:
    assert joint(*pair).gap == 0


def test_words_that_want_no_gap_get_none() -> None:
    plain = Joints(MAINLAND)
    close = replace(token("word"), spaced=False)
    assert plain.between(token("春"), close).gap == 0
    assert plain.between(replace(token("春"), spaced=False), token("word")).gap == 0
    assert plain.between(token("春"), token("word")).gap == 250


@pytest.mark.parametrize(
    "pair",
    [
        "春眠", "春“", "，春", "”春", "—春", "春a", "a春", "，“", "”（", "a“", "，a", " a",
        " 春", "\n，", "\u200b春", "春\ufffc", "\ufffca", "…春", "·春",
    ],
)  # fmt: skip
def test_a_line_may_end_between(pair: str) -> None:
    assert joint(pair[0], pair[1]).opens


@pytest.mark.parametrize(
    "pair",
    [
        "春，", "春”", "“春", "（“", "。”", "春·", "a，", "春 ", "a ", "，\u00a0", "\u00a0春",
        "a\u00a0", "春\u2060", "\u2060春", "\u2060“", "春\u200b", "a\u00ad", "春\n", "a(", "a)",
        " ，", "ab", "—，", "\u200b\u2060", "￥7",
    ],
)  # fmt: skip
def test_no_line_ends_between(pair: str) -> None:
    assert not joint(pair[0], pair[1]).opens


@pytest.mark.parametrize("pair", ["——", "……"])
def test_dashes_and_ellipses_in_two_pieces_are_not_parted(pair: str) -> None:
    found = joint(pair[0], pair[1])
    assert not found.taps
    assert not found.opens


def test_strict_setting_keeps_a_dash_with_what_stands_before_it() -> None:
    strict = replace(MAINLAND, strictness=1)
    assert not joint("春", "——", strict).opens
    assert joint("——", "春", strict).opens


@pytest.mark.parametrize("left", ["春", "word", "，", "\u200b"])
@pytest.mark.parametrize("right", ["春", "word", "“", "——"])
def test_no_line_ends_before_what_is_glued(left: str, right: str) -> None:
    glued = replace(token(right), glued=True)
    joints = Joints(MAINLAND)
    joints.between(token(left), token(right))
    assert not joints.between(token(left), glued).opens


def test_no_line_ends_before_a_box_that_is_glued() -> None:
    glued = [replace(token(c), glued=True) for c in "眠不"]
    head = Token("", Kind.HEAD, 100)
    assert compose([token("春"), head, *glued, token("觉")], 2).texts == ["春眠不", "觉"]


@pytest.mark.parametrize("pair", ['春"', '"春', "'a", '。"', '"，', 'a"'])
def test_no_line_ends_beside_a_quote_that_opens_and_closes_alike(pair: str) -> None:
    # UAX 14, LB19.
    assert not joint(pair[0], pair[1]).opens
    assert joint(" ", pair[1]).opens is (pair[1] not in "，")


def test_a_long_number_is_never_torn() -> None:
    # UAX 14, LB25: IS × NU.
    for number in ("3.14159265358979", "1,234,567,890.12"):
        row = compose(f"约{number}元", 60).row
        assert not any(row.opens[2 : len(row.tokens) - 1])


def test_an_ideographic_space_begins_no_line_and_is_not_stretched() -> None:
    before, behind = joint("春", "\u3000"), joint("\u3000", "春")
    assert (before.opens, behind.opens) == (False, True)
    assert not before.taps
    assert not behind.taps
    assert behind.soft == 0
    assert behind.gives == ()


def test_a_long_rule_of_dashes_may_be_broken_between_its_pieces() -> None:
    assert joint("——————", "—").opens
    assert not joint("——————", "—").taps


@pytest.mark.parametrize("mark", ["，", "。", "”", "·"])
def test_the_room_of_a_box_hides_no_mark_from_the_prohibition(mark: str) -> None:
    head = Token("", Kind.HEAD, 100)
    setting = compose([token("春"), token("眠"), head, token(mark), token("不")], 2)
    assert not any(text.startswith(mark) for text in setting.texts)


def test_an_opening_mark_ends_no_line_behind_a_space_or_a_box() -> None:
    tail = Token("", Kind.TAIL, 100)
    boxed = compose([token("春"), token("（"), tail, token("眠"), token("不")], 2)
    spaced = compose("春眠不（ word）觉", 4.5)
    assert not any(text.rstrip().endswith("（") for text in boxed.texts + spaced.texts)


@pytest.mark.parametrize(
    ("pair", "gives"),
    [
        ("，春", ((Level.COMMA, 500),)),
        ("、春", ((Level.COMMA, 500),)),
        ("。春", ((Level.STOP, 500),)),
        ("？春", ((Level.STOP, 500),)),
        ("”春", ((Level.BRACKET, 500),)),
        ("春（", ((Level.BRACKET, 500),)),
        (" a", ((Level.SPACE, 50),)),
        (" （", ((Level.SPACE, 50), (Level.BRACKET, 500))),
        ("春眠", ()),
        ("——", ()),
        ("春，", ()),
        ("（春", ()),
        ("ab", ()),
    ],
)
def test_what_a_place_gives(pair: str, gives: tuple[tuple[Level, int], ...]) -> None:
    assert joint(pair[0], pair[1]).gives == gives


def test_a_full_middle_dot_gives_on_both_sides() -> None:
    dot = Token("·", Kind.MIDDLE_DOT, 1000, 250, 250)
    joints = Joints(MAINLAND)
    assert joints.between(token("春"), dot).gives == ((Level.MIDDLE_DOT, 250),)
    assert joints.between(dot, token("眠")).gives == ((Level.MIDDLE_DOT, 250),)


@pytest.mark.parametrize("follower", ["\n", "\u200b", "\u00ad", " "])
def test_a_blank_at_a_lines_end_is_given_once(follower: str) -> None:
    # The line's end trims it; what follows is not seen there.
    setting = compose(f"甲乙丙丁戊，{follower}己庚", 5)
    assert all(strip.right <= 5 * EM for strip in setting.strips)


@pytest.mark.parametrize("pair", ["春眠", "春，", "，春", "春a", "a春", "春—", "—春", "”（", " a"])
def test_a_place_stretches_with_all_others(pair: str) -> None:
    assert joint(pair[0], pair[1]).taps


@pytest.mark.parametrize("pair", ["ab", "a.", "春 ", "a ", "春\u200b", "春\u00a0", "春\n"])
def test_a_place_stays_as_it_is(pair: str) -> None:
    assert not joint(pair[0], pair[1]).taps


@pytest.mark.parametrize("pair", ["春～", "～春", "春–", "–春", "春／", "／春"])
def test_nothing_opens_beside_a_connector_or_a_solidus(pair: str) -> None:
    # CLREQ 3.3.3: no spacing is added to connectors, solidi and their neighbours.
    assert not joint(pair[0], pair[1]).taps


def test_a_word_space_grows_to_half_an_em() -> None:
    found = joint(" ", "a")
    assert token(" ").advance + found.soft == EM / 2


@pytest.mark.parametrize("pair", ["++", "&&", "__", "-5", "–7", "+5", "/2"])
def test_signs_are_not_torn_from_what_they_belong_to(pair: str) -> None:
    # UAX 14, LB25: HY × NU, PR × NU, SY × NU.
    assert not joint(pair[0], pair[1]).opens


@pytest.mark.parametrize("piece", ["-", "–", "/"])
def test_a_long_address_may_be_broken_behind(piece: str) -> None:
    assert joint(piece, "word").opens
