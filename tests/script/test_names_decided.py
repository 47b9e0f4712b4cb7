"""Names that were decided, in both directions and beside decisions about words."""

from __future__ import annotations

from publisher.script.decisions import Decisions, DecisionTable
from tests.script.books import book, converted, essay, words

TRADITIONAL = "下雨的時候，門前的臺階總是濕的，我們把書搬進屋裡，聽見遠處的鐘聲。"


def test_a_decided_name_wins_over_a_decided_surname() -> None:
    decisions = Decisions(
        names={"范小云": "范小雲"}, decision=(DecisionTable("范", "范", script="hant-tw"),)
    )
    made = converted(book(essay("老范说范小云来了。")), decisions=decisions)
    assert words(made) == ["老范說范小雲來了。"]
    assert made.notices == ()


def test_a_word_decided_as_a_name_is_keeps_its_decision() -> None:
    decisions = Decisions(
        names={"范小云": "范小雲"}, decision=(DecisionTable("范小云", "範小雲", script="hant-tw"),)
    )
    made = converted(book(essay("范小云来了。")), decisions=decisions)
    assert words(made) == ["範小雲來了。"]


def test_a_traditional_name_left_as_it_is_is_simplified_in_the_other_edition() -> None:
    decisions = Decisions(names={"陳雨軒": "陳雨軒"})
    collection = book(essay(TRADITIONAL, authors=("陳雨軒",)))
    (made,) = converted(collection, "hans", decisions).collection.essays()
    assert made.authors == ("陈雨轩",)


def test_names_of_simplified_essays_are_not_missed_in_simplified() -> None:
    decisions = Decisions(names={"于小雨": "于小雨"})
    collection = book(
        essay("雨停了，我们把书搬进屋里。", authors=("于小雨",)), essay(TRADITIONAL, path="二.md")
    )
    codes = [notice.code for notice in converted(collection, "hans", decisions).notices]
    assert "decision-unused" not in codes


def test_a_traditional_essay_in_a_simplified_book_is_simplified_as_taiwan_writes() -> None:
    made = converted(book(essay(TRADITIONAL + "他睡不著，戴著眼鏡。")), "hans")
    assert words(made)[0].endswith("他睡不着，戴着眼镜。")
