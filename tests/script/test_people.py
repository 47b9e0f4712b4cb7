"""People: surnames that are certain, and names in the text that no list has."""

from __future__ import annotations

import pytest
from books import book, converted, doubts, essay, words

from publisher.script.decisions import Decisions
from publisher.script.detection import traditional_region
from publisher.script.doubts import Doubt
from publisher.script.signals import Reason
from publisher.script.supplement import simplifications


def _made(text: str, script: str = "hant-tw", language: str = "zh-Hans") -> str:
    (made,) = words(converted(book(essay(text), language=language), script))
    return made


def _asked(text: str, *authors: str, decisions: Decisions | None = None) -> list[Doubt]:
    """The doubts about the words of one sentence, without those about the heads."""
    collection = book(essay(text, authors=authors))
    found = doubts(converted(collection, decisions=decisions or Decisions()))
    return [it for it in found if it.place.line]


# ---- surnames ----


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("修鞋的姓范，徒弟姓干。", "修鞋的姓范，徒弟姓干。"),
        ("小余老师和老范师傅下棋", "小余老師和老范師傅下棋"),
        ("范师傅把门关上", "范師傅把門關上"),
        ("我去找余医生，请郁大姐看门", "我去找余醫生，請郁大姐看門"),
        ("“朴先生，坐”", "「朴先生，坐」"),
    ],
)
def test_a_certain_surname_is_right_and_nobody_is_asked(text: str, made: str) -> None:
    assert _made(text) == made
    assert [it for it in _asked(text) if Reason.NAME in it.reasons] == []


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("三十余先生到场", "三十餘先生到場"),
        ("30余先生到场", "30餘先生到場"),
        ("他是模范老师", "他是模範老師"),
        ("年纪小于老师", "年紀小於老師"),
        ("百姓于是散去", "百姓於是散去"),
        ("老范围太大", "老範圍太大"),
        ("老干主任的活", "老幹主任的活"),
    ],
)
def test_what_may_be_another_word_is_left_to_opencc(text: str, made: str) -> None:
    assert _made(text) == made


def test_without_the_supplement_and_from_traditional_no_surname_is_claimed() -> None:
    plain = converted(book(essay("范师傅来了")), is_supplemented=False)
    assert words(plain) == ["範師傅來了"]
    assert _made("老餘師傅", "hans", "zh-Hant-TW") == "老余师傅"


# ---- names that no list has ----


@pytest.mark.parametrize(
    ("text", "source", "form"),
    [
        ("她叫周采萍。", "采", "采"),
        ("那人名叫李云后，是木匠", "后", "后"),
        ("信尾署名：林征", "征", "征"),
        ("张家、王家和干家都搬了，干家最晚。", "干家", "干家"),
    ],
)
def test_a_name_behind_a_word_of_naming_is_doubted(text: str, source: str, form: str) -> None:
    found = [it for it in _asked(text) if it.source == source and Reason.NAME in it.reasons]
    assert found
    assert all(form in it.alternatives for it in found)


def test_both_places_of_a_family_are_doubted_and_a_lonely_one_is_not() -> None:
    both = _asked("张家、王家和干家都搬了，干家最晚。")
    assert [it.source for it in both] == ["干家", "干家"]
    assert "干家" not in [it.source for it in _asked("干家里的活")]


def test_a_common_surname_and_a_cry_are_not_doubted() -> None:
    assert _asked("她叫周小山。") == []
    assert _asked("我是周五来的，孩子叫着跑了。") == []


# ---- the people of the book ----


def test_a_given_name_alone_is_doubted_where_it_is_not_what_the_head_has() -> None:
    (found,) = _asked("女儿　小云", "范小云")
    assert (found.source, found.chosen, found.alternatives) == ("小云", "小云", ("小雲",))
    assert _asked("女儿　小云", "李大山") == []


def test_a_name_of_two_is_doubted_and_once_decided_is_the_same_everywhere() -> None:
    text = "见余征的文章"
    first = _asked(text, "余征")[0]
    assert (first.source, first.reasons[0], first.alternatives[0]) == ("余", Reason.NAME, "余")
    decided = Decisions(names={"余征": "余征"})
    assert _asked(text, "余征", decisions=decided) == []
    collection = book(essay(text, authors=("余征",)))
    assert words(converted(collection, decisions=decided)) == ["見余征的文章"]


def test_a_decided_name_gives_its_form_to_the_given_name() -> None:
    decided = Decisions(names={"陈后山": "陳后山"})
    (found,) = _asked("爱你的后山", "陈后山", decisions=decided)
    assert (found.chosen, found.alternatives) == ("後山", ("后山",))


# ---- noodles, and Traditional essays ----


def test_noodles_are_doubted_where_the_word_was_cut_wrongly() -> None:
    found = [it for it in _asked("他家的面分两种，汤的和拌的") if it.source == "面分"]
    assert [it.alternatives for it in found] == [("麵分",)]
    assert [it.source for it in _asked("桌子的面分两块")] == []
    assert "面前" not in [it.source for it in _asked("在他的面前吃饭")]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("外婆坐著剝豆，走著走著睡著了。", "外婆坐着剥豆，走着走着睡着了。"),
        ("他睡着了，醒來寫著名的書，寫在衞生紙上。", "他睡着了，醒来写著名的书，写在卫生纸上。"),
        ("門前的書車開過橋頭。", "门前的书车开过桥头。"),
    ],
)
def test_a_traditional_essay_among_simplified_ones_is_read_in_its_region(
    text: str, made: str
) -> None:
    assert _made(text, "hans") == made


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("睡著了，他是著名的人，門裏的着法。", "zh-Hant-TW"),
        ("睡着了，走着走着，名著在裡面。", "zh-Hant-HK"),
        ("在門裏", "zh-Hant-HK"),
        ("在門裡", "zh-Hant-TW"),
        ("衞生", "zh-Hant-HK"),
        ("車", "zh-Hant-TW"),
    ],
)
def test_a_traditional_text_shows_its_region_by_the_form_that_tells_most(
    text: str, region: str
) -> None:
    assert traditional_region(text) == region


def test_every_simplification_is_needed() -> None:
    for it in simplifications():
        assert it.source in it.example
        text = f"{it.example}，笑著說。"
        assert it.value in _made(text, "hans")
        plain = converted(book(essay(text)), "hans", is_supplemented=False)
        assert it.value not in words(plain)[0]
