"""Paragraphs of anything: what every setting of them promises, whatever it looks like.

The widths, the prohibitions and the cost of a line are worked out here from the rules' own words
(CLREQ 3.1.5, 3.1.6, 3.3; the costs of `breaking`), from pairs of neighbours alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from publisher.typography.characters import Kind
from publisher.typography.galley import Galley
from publisher.typography.joints import Joint, Joints
from publisher.typography.tokens import HONG_KONG, MAINLAND, TAIWAN, Rules, Token
from tests.typography.typecase import (
    EM,
    INVISIBLE,
    SPACES,
    Setting,
    Strip,
    compose,
    token,
)

OPENING = "“‘（《「"
CLOSING = "”’）》」"
POINTS = "，、；：。！？"
FULL_MARKS = OPENING + CLOSING + POINTS
NO_START = CLOSING + POINTS + "·～–／"
HAN = "春眠不𠮷"
WORDS = ("a", "word", "Python", "7", "3.14", "50%")
STROKES = ("——", "……", "·", "～", "–", "／", "\ufffc")
BLANK = (" ", "\u00a0", "\u2060", "\u200b", "\u00ad", "\n")

han = st.sampled_from(HAN)
marks = st.sampled_from(FULL_MARKS)
anything = st.one_of(han, han, marks, st.sampled_from((*WORDS, *STROKES)), st.sampled_from(BLANK))
# As an engine hands it over: one space is as good as two, none stands where a line must begin.
paragraphs = (
    st.lists(anything, min_size=1, max_size=40)
    .map(lambda parts: re.sub("(^|\n) +| +(?= )", r"\1", "".join(parts)))
    .filter(bool)
)
# Text as people write it: mostly Han, a mark here and there.
plain = st.lists(st.sampled_from(HAN * 3 + "，。“”（）"), min_size=2, max_size=90).map("".join)
long = st.lists(st.sampled_from(HAN * 3 + "，。“”（）a"), min_size=40, max_size=110).map("".join)
measures = st.one_of(st.integers(2, 16), st.integers(2, 120)).map(lambda halves: halves / 2)
regions = st.sampled_from(
    [MAINLAND, TAIWAN, HONG_KONG, replace(MAINLAND, strictness=1), replace(MAINLAND, strictness=-1)]
)


justified = st.builds(compose, paragraphs, measures, st.none() | measures, regions)
ragged = st.builds(
    compose, paragraphs, measures, st.none() | measures, regions, justified=st.just(False)
)
settings = justified | ragged


def _units(row: Galley) -> list[tuple[int, int]]:
    """The stretches of tokens that no line may part."""
    stops = [stop for stop in range(len(row.tokens)) if row.opens[stop]]
    return list(pairwise([*stops, len(row.tokens)]))


# Nothing is lost ----------------------------------------------------------------------------------


@given(settings)
def test_every_token_is_on_one_line_in_order(setting: Setting) -> None:
    edges = [0, *(line.stop for line in setting.lines)]
    assert [line.start for line in setting.lines] == edges[:-1]
    assert edges[-1] == len(setting.row.tokens)
    assert all(one < other for one, other in pairwise(edges))


@given(settings)
def test_a_line_ends_at_every_forced_break(setting: Setting) -> None:
    stops = {line.stop for line in setting.lines}
    breaks = {n for n, t in enumerate(setting.row.tokens, start=1) if t.text == "\n"}
    assert breaks <= stops


@given(settings)
def test_what_is_not_drawn_is_not_seen(setting: Setting) -> None:
    for line in setting.lines:
        hidden = setting.row.tokens[line.seen : line.stop]
        assert all(t.text in INVISIBLE or not t.text.strip(" ") for t in hidden)
        assert line.seen == line.start or setting.row.tokens[line.seen - 1].text != " "


@given(settings)
def test_a_setting_is_the_same_every_time(setting: Setting) -> None:
    again = compose(
        [replace(t) for t in setting.row.tokens],
        setting.measure.rest / EM,
        setting.measure.first / EM,
        setting.row.rules,
        justified=setting.measure.justified,
    )
    assert again.lines == setting.lines


@given(settings)
def test_totals_are_the_sums_of_pairs(setting: Setting) -> None:
    row = setting.row
    for boundary, pair in enumerate(pairwise(row.tokens), start=1):
        joint = Joints(row.rules).between(*pair)
        found = [
            total[boundary + 1] - total[boundary] for total in (row.squeeze, row.soft, row.taps)
        ]
        assert found == [sum(most for _, most in joint.gives), joint.soft, joint.taps]


# Edges --------------------------------------------------------------------------------------------


@given(settings)
def test_no_line_begins_with_what_may_not_begin_one(setting: Setting) -> None:
    forbidden = set("" if setting.row.rules.strictness < 0 else "·～–／") | set(CLOSING + POINTS)
    if setting.row.rules.strictness > 0:
        forbidden |= {"——", "……"}
    for line in setting.lines[1:]:
        before = setting.row.tokens[line.start - 1]
        # Who writes a zero-width space wants a line to end there.
        if before.text not in "\n\u200b\u00ad":
            assert setting.row.tokens[line.start].text not in forbidden
            assert setting.row.tokens[line.start].text[0] not in " \u00a0\u2060"


@given(settings)
def test_no_line_ends_with_an_opening_mark(setting: Setting) -> None:
    for line in setting.lines:
        stop = line.stop
        while setting.row.tokens[stop - 1].text == " ":
            stop -= 1
        last = setting.row.tokens[stop - 1].text
        assert setting.is_last(line) or last not in (*OPENING, "\u00a0", "\u2060")


@given(settings)
def test_an_opening_mark_at_a_lines_start_loses_its_half_on_the_mainland(setting: Setting) -> None:
    for strip in setting.strips:
        first = strip.tokens[0].text if strip.tokens else ""
        trimmed = first in OPENING and first != "" and setting.row.rules.trim_start
        assert strip.line.trim == (500 if trimmed else 0)


@given(settings)
def test_a_mark_at_a_lines_end_is_trimmed_whole_or_not_at_all(setting: Setting) -> None:
    for strip in setting.strips:
        seen = strip.tokens[-1] if strip.tokens else token("春")
        may = setting.row.rules.trim_end and seen.text in CLOSING + POINTS
        assert strip.line.over in ((0, 500) if may else (0,))


# Widths -------------------------------------------------------------------------------------------


@given(settings)
def test_a_line_is_as_wide_as_it_says(setting: Setting) -> None:
    for strip in setting.strips:
        assert strip.right == strip.line.width


@given(settings)
def test_no_line_is_wider_than_its_measure_but_for_one_that_cannot_be_parted(
    setting: Setting,
) -> None:
    units = _units(setting.row)
    for strip in setting.strips:
        if strip.right > setting.width(strip.line):
            inside = [unit for unit in units if strip.line.start <= unit[0] < strip.line.stop]
            assert len(inside) == 1


@given(justified)
def test_a_justified_line_fills_its_measure_unless_only_holes_would(setting: Setting) -> None:
    for strip in setting.strips:
        missing = setting.width(strip.line) - strip.right
        if missing > 0 and not setting.is_last(strip.line):
            places = sum(_may_open(one, other) for one, other in pairwise(strip.tokens))
            assert missing > 500 * places


def _may_open(one: Token, other: Token) -> bool:
    if one.text in SPACES:
        return True
    wide = {Kind.HAN, Kind.OPENING, Kind.CLOSING, Kind.COMMA, Kind.STOP, Kind.DASH, Kind.ELLIPSIS}
    return one.kind in wide and other.kind in wide


@given(ragged)
def test_a_ragged_line_is_set_solid(setting: Setting) -> None:
    joints = Joints(setting.row.rules)
    for strip in setting.strips:
        solid = [joints.between(one, other).gap for one, other in pairwise(strip.tokens)]
        assert strip.line.moves == solid


@given(settings)
def test_no_ink_lies_on_other_ink(setting: Setting) -> None:
    for strip in setting.strips:
        for left, right, room in strip.gaps:
            assert room >= 0, (left.text, right.text)


@given(settings)
def test_only_the_blanks_of_marks_and_the_gaps_give_way(setting: Setting) -> None:
    rules = setting.row.rules
    for strip in setting.strips:
        for (left, right), step in zip(pairwise(strip.tokens), strip.steps, strict=True):
            full = bool(rules.give)
            blank = (left.after + right.before) * full if right.text != "·" else left.after * full
            space = 50 if left.text in SPACES else 0
            assert step >= left.advance - blank - space


def _apart(strip: Strip) -> list[tuple[Token, Token, int]]:
    steps = zip(pairwise(strip.tokens), strip.steps, strict=True)
    return [(left, right, step - left.advance) for (left, right), step in steps]


def _is_word(piece: Token) -> bool:
    return piece.kind == Kind.WESTERN


@given(settings)
def test_han_and_western_stand_an_eighth_of_an_em_apart_at_least(setting: Setting) -> None:
    for strip in setting.strips:
        for left, right, apart in _apart(strip):
            pair = (left.text in HAN and _is_word(right)) or (_is_word(left) and right.text in HAN)
            if pair:
                assert apart >= EM / 8
            elif strip.right < setting.width(strip.line):
                assert apart <= 0 or left.text in SPACES


@given(justified)
def test_nothing_else_opens_before_spaces_and_gaps_are_full(setting: Setting) -> None:
    for strip in setting.strips:
        apart = _apart(strip)
        others = [a for one, two, a in apart if one.text in HAN and two.text in HAN]
        if others and max(others) > 0:
            spaces = [one.advance + a for one, _, a in apart if one.text in SPACES]
            gaps = [
                a
                for one, two, a in apart
                if {one.text in HAN, two.text in HAN} == {True, False}
                and (_is_word(one) or _is_word(two))
            ]
            assert min([*spaces, *gaps, EM]) >= EM / 2
            assert max(others) - min(others) <= 1


@given(settings)
def test_two_adjacent_marks_never_take_two_em_on_the_mainland_unless_stretched(
    setting: Setting,
) -> None:
    assume(setting.row.rules.pair > 0)
    for strip in setting.strips:
        apart = _apart(strip)
        opened = max(
            [a for one, two, a in apart if one.kind == Kind.HAN and two.kind == Kind.HAN],
            default=EM,
        )
        for left, right, gap in apart:
            # “” has no blank between its halves.
            marks = left.text in FULL_MARKS and right.text in FULL_MARKS
            if marks and left.after + right.before:
                assert gap <= -500 + max(0, opened) + 1


# The cheapest lines -------------------------------------------------------------------------------


class _Reckoning:
    """The cost of lines by the words of `breaking`, without its search and its running totals."""

    def __init__(self, setting: Setting) -> None:
        self.row = setting.row
        self.tokens = setting.row.tokens
        self.measure = setting.measure
        self.joints = [
            Joints(setting.row.rules).between(one, two) for one, two in pairwise(self.tokens)
        ]

    def cost(self, start: int, stop: int, reach: float) -> float | None:
        """What a line costs; None where it cannot be, or opens a place by more than `reach` em."""
        width = self.measure.rest if start else self.measure.first
        inner = self.joints[start : stop - 1]
        rules = self.row.rules
        first, last = self.tokens[start], self.tokens[stop - 1]
        natural = sum(t.advance for t in self.tokens[start:stop]) + sum(j.gap for j in inner)
        if rules.trim_start and first.text in OPENING:
            natural -= first.before
        trim = last.after if rules.trim_end and last.text in CLOSING + POINTS else 0
        over = natural - width
        is_last = stop == len(self.tokens)
        lone = 1e5 if is_last and start and self._is_lone(start) else 0.0
        if over <= 0 and is_last:
            return lone
        if over > 0:
            trimmed, over = over > 0 and trim > 0, over - trim
            spare = sum(most for j in inner for _, most in j.gives) if self.measure.justified else 0
            if over > 0:
                return None if over > spare else lone + 0.05 + 9 * (over / spare) ** 2
            assert trimmed
            stretched = 0.0 if is_last else self._stretched(inner, -over, reach)
            return None if stretched is None else lone + 0.05 + stretched
        return self._stretched(inner, -over, reach)

    def _stretched(self, inner: list[Joint], slack: int, reach: float) -> float | None:
        if not self.measure.justified:
            return (slack / EM) ** 2
        soft = sum(j.soft for j in inner)
        places = sum(j.taps for j in inner) or 1
        if slack <= soft:
            return (slack / soft) ** 2 if slack else 0.0
        each = (slack - soft) / places / EM
        return None if each > reach else (1.0 if soft else 0.0) + (100 * each) ** 2

    def _is_lone(self, start: int) -> bool:
        rest = self.tokens[start:]
        return not any(_is_word(t) for t in rest) and sum(t.text in HAN for t in rest) < 2

    def cheapest(self, reach: float) -> float | None:
        """The least that a sequence of lines costs whose places open by `reach` em at most."""
        count = len(self.tokens)
        best: list[float | None] = [0.0, *[None] * count]
        for stop in range(1, count + 1):
            if stop < count and not self.joints[stop - 1].opens:
                continue
            for start in range(max(0, stop - 3 * self.measure.rest // EM), stop):
                before = best[start]
                cost = None if before is None else self.cost(start, stop, reach)
                if before is not None and cost is not None:
                    so_far = best[stop]
                    total = before + cost
                    best[stop] = total if so_far is None else min(so_far, total)
        return best[count]

    def chosen(self, setting: Setting) -> float:
        """What the lines of a setting cost."""
        costs = [self.cost(line.start, line.stop, 1e9) for line in setting.lines]
        return sum(1e9 if cost is None else cost for cost in costs)


@given(st.builds(compose, long, st.integers(8, 30), rules=regions, justified=st.booleans()))
def test_no_other_lines_are_cheaper(setting: Setting) -> None:
    reckoning = _Reckoning(setting)
    cheapest = reckoning.cheapest(reach=0.045)
    assume(cheapest is not None)
    assert cheapest is not None
    assert reckoning.chosen(setting) <= cheapest + 1e-6


@given(plain, st.integers(4, 30), regions)
def test_a_lone_han_ends_a_paragraph_only_where_no_step_of_115_hundredths_avoids_it(
    paragraph: str, measure: int, rules: Rules
) -> None:
    setting = compose(paragraph, measure, rules=rules)
    reckoning = _Reckoning(setting)
    last = setting.lines[-1].start
    if last and reckoning._is_lone(last):
        cheapest = reckoning.cheapest(reach=0.15)
        assert cheapest is None or cheapest >= 1e5
