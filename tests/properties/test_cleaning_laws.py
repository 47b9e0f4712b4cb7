"""Any text at all: rules are idempotent, logs replay, every character is accounted for."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publisher.intake.cleaning.advice import accept
from publisher.intake.cleaning.advisories import ADVISORIES, advise
from publisher.intake.cleaning.changes import (
    INSERTED,
    Change,
    Cleaning,
    Rule,
    changed,
    moved,
    replay,
    tally,
)
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.cleaning.registry import RULES

# What rules look for, in any heap: marks, blanks, entities, presentation forms, Han, Latin.
_PIECES = (
    list("雪夜的们么这什自己一二，。、；：？！（）《》“”‘’「」…—―─·～－–")
    + list(",;:!?().\"'-_*#&/\\@`0359aZéﬁ")
    + [" ", "  ", "\u3000", "\t", "\n", "\n\n", "\n\n\n", "\u00a0", "\u200b", "\u200d", "\ufeff"]
    + ["\u00ad", "\u202e", "👩", "⚕", "\u3164", "⼈", "⻓", "︐", "︵", "﹐", "｡", "︱", "︙", "＂"]
    + ["Ａ", "１", "．", "...", "。。。", "……", "--", "——", "－－", "https://a.b/c", "a@b.c"]
    + ["&nbsp;", "&amp;", "amp;", "&ldquo;", "&#20013;", "&#38;", "lt;", "&lt", "nbsp;", "C:\\"]
    + ["他说雪夜", "雪 夜 的 人 来 了", "雪夜里的人都来了没有，他们在门外站着不说话"]
)
_text = st.lists(st.sampled_from(_PIECES) | st.characters(codec="utf-8"), max_size=25).map("".join)
# Lines of one width, as they come out of a mail or a PDF, some of them indented or ended.
_line = st.builds(
    lambda indent, length, end: indent + "雪" * length + end,
    st.sampled_from(("", "", "", "　　")),
    st.sampled_from((24, 24, 24, 23, 25, 8, 12)),
    st.sampled_from(("", "", "。", "，", "”", ",", " ")),
)
_wrapped = st.lists(_line | st.just(""), min_size=6, max_size=20).map("\n".join)
_texts = _text | _wrapped


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(text=_texts)
def test_a_rule_finds_ordered_changes_that_change_and_nothing_after_them(
    rule: Rule, text: str
) -> None:
    changes = tuple(rule.find(text))
    assert all(text[change.start : change.stop] != change.after for change in changes)
    assert all(first.stop <= second.start for first, second in pairwise(changes))
    assert all(0 <= change.start <= change.stop <= len(text) for change in changes)
    assert tuple(rule.find(changed(text, changes))) == ()


@given(_texts)
@example("&am&amp;p;lt;")
@example("…\u200b...")
@example('“雪\n"夜”')
def test_a_cleaned_text_is_left_as_it_is_by_all_rules_together(text: str) -> None:
    assert clean(clean(text).text).log == ()


@given(_texts)
def test_a_log_replays_from_the_original_exactly(text: str) -> None:
    cleaning = clean(text)
    assert replay(text, cleaning.log) == cleaning.text


def _require_sound_origins(text: str, cleaning: Cleaning) -> None:
    assert len(cleaning.origins) == len(cleaning.text)
    known = [origin for origin in cleaning.origins if origin != INSERTED]
    assert all(first < second for first, second in pairwise(known))
    assert all(0 <= origin < len(text) for origin in known)


@given(_texts)
def test_origins_rise_and_the_account_of_the_source_adds_up(text: str) -> None:
    cleaning = clean(text)
    _require_sound_origins(text, cleaning)
    account = tally(text, cleaning.log)
    assert account.kept + sum(count for _, count in account.touched) == len(text)
    same = sum(
        origin != INSERTED and text[origin] == character
        for origin, character in zip(cleaning.origins, cleaning.text, strict=True)
    )
    # A character can be touched twice and come out as it was; one that is kept is there.
    assert account.kept <= same


@given(_texts, st.data())
def test_rules_that_are_off_do_nothing(text: str, data: st.DataObject) -> None:
    names = [rule.name for rule in RULES]
    off = frozenset(data.draw(st.lists(st.sampled_from(names))))
    assert not off & {step.rule for step in clean(text, off).log}
    assert clean(text, frozenset(names)).text == text


_OTHER_FORMS = re.compile("[&\u2e80-\u2fdf\ufb00-\ufb06０-９Ａ-Ｚａ-ｚ]")


@given(_texts)
def test_no_word_is_lost_typed_or_moved(text: str) -> None:
    def words(some: str) -> str:
        return "".join(character for character in some if character.isalnum())

    plain = _OTHER_FORMS.sub("", text)
    assert words(clean(plain).text) == words(plain)


@given(_texts, st.data())
def test_any_choice_of_advice_is_carried_out_replays_and_is_accounted_for(
    text: str, data: st.DataObject
) -> None:
    cleaning = clean(text)
    rows = advise(cleaning.text)
    assert [row.start for row in rows] == sorted({row.start for row in rows})
    assert {row.rule for row in rows} <= {advisory.name for advisory in ADVISORIES}
    for row in rows:
        assert cleaning.text[row.start : row.stop] == row.before
        around = cleaning.text[max(0, row.start - 8) : row.stop + 8]
        assert around == row.left + row.before + row.right
    chosen = [row for row in rows if data.draw(st.booleans())]
    accepted = accept(cleaning, chosen)
    assert accepted.text == changed(
        cleaning.text, [Change(row.start, row.stop, row.after) for row in chosen]
    )
    assert replay(text, accepted.log) == accepted.text
    _require_sound_origins(text, accepted)
    account = tally(text, accepted.log)
    assert account.kept + sum(count for _, count in account.touched) == len(text)


@given(_text, st.lists(st.integers(0, 60), max_size=6), st.data())
def test_an_offset_that_no_change_touches_moves_with_its_character(
    text: str, cuts: list[int], data: st.DataObject
) -> None:
    ends = sorted({cut for cut in cuts if cut <= len(text)})
    changes = tuple(
        Change(a, b, data.draw(_text)) for a, b in zip(ends[::2], ends[1::2], strict=False)
    )
    after = changed(text, changes)
    free = [
        offset
        for offset in range(len(text))
        if not any(change.start <= offset < change.stop for change in changes)
    ]
    for offset, place in zip(free, moved(free, changes), strict=True):
        assert after[place] == text[offset]
