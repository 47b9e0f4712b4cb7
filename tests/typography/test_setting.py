"""The moves of one line: what is squeezed first, what is stretched first, and by how much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.typography.characters import Kind
from publisher.typography.setting import Fill
from publisher.typography.tokens import MAINLAND, TAIWAN, Token
from tests.typography.typecase import EM, cast, compose, one_line, token, tokens

# One line with a place of every kind, the boundary of each, and what it may give.
DOT = Token("·", Kind.MIDDLE_DOT, 1000, 250, 250)
EVERY = [*tokens("甲"), DOT, *tokens("乙（丙）丁，戊ab cd己。庚")]
ORDER = [
    ("word space", {11: 50}),
    ("middle dot", {1: 250, 2: 250}),
    ("brackets", {3: 500, 6: 500}),
    ("comma", {8: 500}),
    ("Han and Latin", {9: 125, 12: 125}),
    ("stop", {14: 500}),
]


def moved(measure: int) -> dict[int, int]:
    """What a line takes away or adds at each boundary, against its natural width."""
    natural = one_line(EVERY, 10**6, Fill.NATURAL).line.moves
    line = one_line(EVERY, measure).line
    return {
        boundary: now - before
        for boundary, (before, now) in enumerate(zip(natural, line.moves, strict=True), start=1)
        if now != before
    }


NATURAL = one_line(EVERY, 10**6, Fill.NATURAL).right


def test_the_example_holds_what_its_table_says() -> None:
    said = "甲·乙（丙）丁，戊ab cd己。庚"
    assert "".join(t.text for t in EVERY) == said
    assert NATURAL == 12 * 1000 + 2 * 1000 + 300 + 2 * 250


@pytest.mark.parametrize("number", range(len(ORDER)))
def test_squeezing_goes_kind_by_kind(number: int) -> None:
    before = {place: most for _, places in ORDER[:number] for place, most in places.items()}
    places = ORDER[number][1]
    wanted = sum(before.values()) + sum(places.values()) // 2
    found = moved(NATURAL - wanted)
    assert {place: -found[place] for place in before} == before
    assert found.keys() - before.keys() <= places.keys()
    # Places of one kind give at the same time and alike.
    assert all(abs(-found[place] - most / 2) < 1 for place, most in places.items())


def test_a_line_squeezed_to_the_last_gives_what_its_table_says() -> None:
    most = {place: -most for _, places in ORDER for place, most in places.items()}
    assert moved(NATURAL + sum(most.values())) == most


def test_no_line_is_squeezed_further_than_its_blanks() -> None:
    least = NATURAL - sum(most for _, places in ORDER for most in places.values())
    strip = one_line(EVERY, least - 400)
    assert strip.right == strip.line.width == least


def test_the_mark_at_the_end_is_trimmed_before_anything_is_squeezed() -> None:
    strip = one_line("甲，乙丙。", 4500)
    assert strip.line.over == 500
    assert strip.line.moves == [0, 0, 0, 0]
    assert strip.right == 4500


def test_the_mark_at_the_end_is_trimmed_whole_and_the_line_takes_up_the_rest() -> None:
    strip = one_line("甲，乙丙。", 4900)
    assert strip.line.over == 500
    assert strip.line.moves == [100, 100, 100, 100]
    assert strip.right == 4900


def test_a_mark_at_the_end_of_a_line_that_fits_stays_whole() -> None:
    assert one_line("甲，乙丙。", 5000).line.over == 0
    assert one_line("甲，乙丙。", 5200).line.over == 0


# Two word spaces of 0.3 em that grow to 0.5, two gaps of 0.25 that grow to 0.5.
MIXED = "甲ab cd ef乙丙"
SPACES, GAPS, OTHERS = (3, 5), (1, 6), (7,)


@pytest.mark.parametrize(
    ("slack", "space", "gap", "other"),
    [
        (0, 300, 250, 0),
        (200, 400, 250, 0),
        (400, 500, 250, 0),
        (600, 500, 350, 0),
        (900, 500, 500, 0),
        (1200, 560, 560, 60),
    ],
)
def test_word_spaces_stretch_first_then_gaps_then_all(
    slack: int, space: int, gap: int, other: int
) -> None:
    natural = one_line(MIXED, 10**6, Fill.NATURAL).right
    strip = one_line(MIXED, natural + slack)
    move = dict(enumerate(strip.line.moves, start=1))
    assert [300 + move[place] for place in SPACES] == [space, space]
    assert [move[place] for place in GAPS] == [gap, gap]
    assert [move[place] for place in OTHERS] == [other]
    assert strip.right == natural + slack


def test_a_dash_and_an_ellipsis_are_one_piece_beside_which_a_line_opens() -> None:
    strip = one_line("甲——乙……丙", 7400)
    assert [token.text for token in strip.tokens] == ["甲", "——", "乙", "……", "丙"]
    assert strip.line.moves == [100, 100, 100, 100]


def test_all_places_open_alike_to_the_unit() -> None:
    strip = one_line("甲乙丙丁戊己", 6013)
    assert strip.right == 6013
    assert set(strip.line.moves) == {2, 3}


def test_words_alone_stretch_at_their_spaces() -> None:
    strip = one_line("ab cd ef", 4600)
    assert strip.right == 4600
    assert strip.steps == [1000, 800, 1000, 800]


def test_a_line_that_only_holes_would_fill_stays_short() -> None:
    assert one_line("ab cd ef", 6000).right < 6000
    assert one_line("甲乙", 2500).right == 2500
    assert one_line("甲乙", 2501).right == 2000


@pytest.mark.parametrize("text", ["word", "甲", "——", "第\u2060一"])
def test_a_line_without_a_place_to_stretch_stays_short(text: str) -> None:
    strip = one_line(text, 9000)
    assert strip.right == strip.line.width < 9000


@pytest.mark.parametrize("width", [4000, 9000])
def test_a_line_that_is_not_justified_keeps_its_width(width: int) -> None:
    strip = one_line("甲，乙ab丙", width, Fill.NATURAL)
    assert strip.line.moves == [0, 0, 250, 250]
    assert strip.right == 5500


def test_a_ragged_line_still_trims_its_last_mark() -> None:
    strip = one_line("甲乙丙。", 3500, Fill.NATURAL)
    assert (strip.right, strip.line.over) == (3500, 500)


def test_a_last_line_is_squeezed_but_never_stretched() -> None:
    assert one_line("甲，乙丙", 3700, Fill.SQUEEZED).right == 3700
    assert one_line("甲，乙丙", 9000, Fill.SQUEEZED).right == 4000


def test_an_opening_mark_at_the_start_loses_its_half() -> None:
    strip = one_line("（甲乙）丙", 4500)
    assert strip.lefts[0] == -500
    assert strip.line.moves == [0, 0, 0, 0]
    assert strip.right == 4500


def test_a_hyphen_stands_within_the_measure() -> None:
    setting = compose("甲乙program\u00adming丙", 7)
    strip = next(setting.strips)
    assert strip.text == "甲乙program\u00ad"[:-1]
    assert strip.right == 7000


def test_a_hanging_comma_stands_outside_the_measure() -> None:
    row = cast("甲乙丙丁，戊", replace(MAINLAND, hang=True))
    assert row.tails[5] == EM


@pytest.mark.parametrize("text", ["甲乙，丙", "甲乙。丙", "甲乙：丙"])
def test_centred_marks_never_hang(text: str) -> None:
    assert set(cast(text, replace(TAIWAN, hang=True)).tails) == {0}


def test_moves_are_told_for_what_is_drawn() -> None:
    strip = one_line([token("甲"), token("乙"), token(" "), token("\n")], 2000, Fill.SQUEEZED)
    assert (strip.text, strip.line.seen, strip.line.moves) == ("甲乙", 2, [0])
