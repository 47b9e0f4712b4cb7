"""A review: what it lists, and what an answer makes of the decisions and of the other doubts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from books import book, converted, essay, words

from publisher.model.collection import Collection, Contributor
from publisher.model.scripts import SCRIPTS
from publisher.script.conversion import DECLARED
from publisher.script.decisions import NONE, Decisions, DecisionTable
from publisher.script.doubts import SCOPES, Doubt, Scope, grouped
from publisher.script.review import Answer, Review, answered, reviewed, script_to_review, settles

ONE = essay("她散着发，我散着发。", "小于不准他，表也不准。", path="一.md")
TWO = essay("谁散着发？《不准》里说：不准。", path="二.md", authors=("范后里", "王小山"))
BOOK = book(ONE, replace(TWO, title="读《不准》"), essay("《不准》。", path="三.md"))


def _review(
    decisions: Decisions = NONE, collection: Collection = BOOK, script: str = "hant-tw"
) -> Review:
    return reviewed(collection, SCRIPTS[script], decisions)


def _found(review: Review, source: str, essay: str = "") -> list[Doubt]:
    return [it for it in review.doubts if it.source == source and essay in ("", it.essay)]


def _after(doubt: Doubt, value: str, scope: Scope = "occurrence") -> Decisions:
    return answered(NONE, Answer(doubt, value, scope), "hant-tw")


# ---- what is listed ----


def test_all_is_open_in_the_beginning_and_names_that_are_sure_are_no_doubts() -> None:
    review = _review()
    assert {it.decided for it in review.doubts} == {""}
    (sure,) = _found(review, "王小山")
    assert sure.alternatives == ()
    assert sure in review.undecided
    assert sure not in review.open
    assert grouped(review.undecided)[-1].doubts == (sure,)


def test_a_title_is_one_doubt_in_each_of_its_places() -> None:
    titles = _found(_review(), "《不准》")
    assert [it.place.key or it.place.line for it in titles] == ["title", 1, 1]
    assert {(it.chosen, it.alternatives, it.key) for it in titles} == {
        ("《不準》", ("《不准》",), "不准")
    }
    assert [it.place.line for it in _found(_review(), "不准", "二.md")] == [1]


def test_one_answer_settles_a_title_everywhere() -> None:
    first = _found(_review(), "《不准》")[0]
    decisions = _after(first, "《不准》")
    assert decisions.decision == (DecisionTable("《不准》", "《不准》", "hant-tw"),)
    assert {it.decided for it in _found(_review(decisions), "《不准》")} == {"《不准》"}
    assert {it.decided for it in _found(_review(_after(first, "《不準》")), "《不准》")} == {
        "《不準》"
    }
    assert {it.decided for it in _found(_review(decisions), "不准")} == {""}


def test_a_decided_word_tells_what_opencc_had_and_why_it_was_doubted() -> None:
    before = _found(_review(), "发")[0]
    after = _found(_review(_after(before, "髮", "collection")), "发")[0]
    assert after == replace(before, decided="髮")


def test_a_word_that_nobody_doubted_is_not_listed_for_being_decided() -> None:
    decisions = Decisions(decision=(DecisionTable("他", "他"), DecisionTable("也不准", "也不准")))
    review = _review(decisions)
    assert _found(review, "他") == []
    assert [it.decided for it in _found(review, "不准", "一.md")] == ["不准"]


# ---- answers ----


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("number", [0, 1])
def test_a_new_review_finds_settled_what_an_answer_was_said_to_settle(
    scope: Scope, number: int
) -> None:
    plain = book(ONE, essay("谁散着发？不准。", path="二.md", authors=("范后里", "王小山")))
    review = _review(NONE, plain)
    for doubt in review.doubts:
        value = (doubt.chosen, *doubt.alternatives)[min(number, len(doubt.alternatives))]
        answer = Answer(doubt, value, scope)
        expected = [value if settles(answer, it) else "" for it in review.doubts]
        new = _review(answered(NONE, answer, "hant-tw"), plain)
        assert [it.decided for it in new.doubts] == expected, doubt


def test_what_is_left_as_it_is_becomes_an_accepted_row() -> None:
    first = _found(_review(), "发")[0]
    decisions = _after(first, first.chosen)
    assert decisions.decision == ()
    (row,) = decisions.accepted
    assert (row.essay, row.occurrence, row.script) == ("一.md", 1, "hant-tw")


def test_a_second_answer_takes_the_place_of_the_first() -> None:
    first = _found(_review(), "发")[0]
    decisions = _after(first, "髮")
    for value in ("發", "髮", "髮"):
        decisions = answered(decisions, Answer(first, value), "hant-tw")
    (row,) = (*decisions.decision, *decisions.accepted)
    assert row.value == "髮"


def test_what_opencc_had_can_be_kept_against_a_wider_decision() -> None:
    first, second, third = _found(_review(), "发")
    decisions = _after(second, "髮", "collection")
    decisions = answered(decisions, Answer(first, "發"), "hant-tw")
    assert [it.decided for it in _found(_review(decisions), "发")] == ["發", "髮", "髮"]
    assert third.essay == "二.md"


def test_an_answer_for_one_region_leaves_the_other_s_alone() -> None:
    first = _found(_review(), "发")[0]
    other = DecisionTable("发", "發", "hant-hk")
    old = Decisions(decision=(other, DecisionTable("发", "發")))
    new = answered(old, Answer(first, "髮", "collection"), "hant-tw-phrases")
    assert new.decision == (other, DecisionTable("发", "髮", "hant-tw"))


def test_a_name_is_kept_simplified_first_in_both_directions() -> None:
    name = _found(_review(), "范后里")[0]
    assert _after(name, "范后里", "essay").names == {"范后里": "范后里"}
    traditional = book(essay("鍾南山說：頭髮。", authors=("鍾南山",)), language="zh-Hant-TW")
    review = _review(NONE, traditional, "hans")
    (found,) = _found(review, "鍾南山")
    listed = Decisions(names={"鍾南山": ""})
    decided = answered(listed, Answer(found, found.chosen), "hans")
    assert decided.names == {"钟南山": "鍾南山"}
    assert _found(_review(decided, traditional, "hans"), "鍾南山")[0].decided == "钟南山"


def test_an_answer_for_a_declared_word_holds_for_that_word_alone() -> None:
    people = (Contributor("王小山", "住在台州"), Contributor("李大山", "又在台北"))
    declared = book(essay("他站在台阶上，在台子上。"), contributors=people)
    word = _found(_review(NONE, declared), "在台", DECLARED)[0]
    assert word.context == "住【在台】州"
    here = _review(_after(word, "在台"), declared)
    done = converted(declared, decisions=_after(word, "在台"))
    assert [it.note for it in done.collection.contributors] == ["住在台州", "又在臺北"]
    assert words(done) == ["他站在臺階上，在臺子上。"]
    assert _found(here, "在台", DECLARED)[0].decided == "在台"
    assert here.notices == ()


def test_a_declared_word_can_be_decided_in_its_file_and_everywhere() -> None:
    people = (Contributor("王小山", "散着发"), Contributor("李大山", "也散着发"))
    declared = book(ONE, contributors=people)
    word = _found(_review(NONE, declared), "发", DECLARED)[0]
    in_file = converted(declared, decisions=_after(word, "髮", "essay"))
    assert [it.note for it in in_file.collection.contributors] == ["散著髮", "也散著髮"]
    assert "髮" not in words(in_file)[0]
    assert in_file.notices == ()
    everywhere = converted(declared, decisions=_after(word, "髮", "collection"))
    assert words(everywhere)[0].count("髮") == 2


def test_the_script_to_review_is_the_first_that_needs_a_conversion() -> None:
    assert script_to_review("zh-Hans", ("hans", "hant-hk", "hant-tw")).name == "hant-hk"
    assert script_to_review("zh-Hans", ("hans",)).name == "hant-tw"
    assert script_to_review("zh-Hant-TW", ()).name == "hans"
