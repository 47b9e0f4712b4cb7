"""Mending changes words by the rules, and not one byte besides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.checking.mending import Mending, mend
from publisher.checking.subject import texts_of
from publisher.editorial.assembly import read_collection
from tests.conftest import MakeCollection

Mend = Callable[..., Mending]

HEAD = "---\ntitle: 题,目\n---\n\n"


@pytest.fixture
def mended(make_collection: MakeCollection) -> Mend:
    """`mended(text)` gives what mending does with an essay of this text or these bytes."""

    def made(text: str | bytes) -> Mending:
        folder = make_collection({"a.md": text})
        return mend(texts_of(read_collection(folder), ()))

    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('他说,"走吧。"', "他说，“走吧。”"),
        ("**重点,**后来...没有", "**重点，**后来……没有"),
        ("他走了--没有，  回来", "他走了——没有，回来"),
        ("他…走", "他……走"),
        ("好*,*好", "好*，*好"),
        ("`a,b`,甲", "`a,b`，甲"),
        ("[链,接](http://a.cn/x,y),甲", "[链,接](http://a.cn/x,y)，甲"),
        ("[甲,乙]{lang=ja},丙", "[甲,乙]{lang=ja}，丙"),
        ("{雪|xuě,},夜,雪", "{雪|xuě,}，夜，雪"),
        ("甲\\*,乙&amp;,丙", "甲\\*，乙&amp;，丙"),
        ("水[^1],高\n\n[^1]: 注,文", "水[^1]，高\n\n[^1]: 注，文"),
        ("> 引,文\n> ── 甲,乙", "> 引，文\n> ——甲，乙"),
        ("　　甲,\n　　乙,丙  \n丁", "　　甲，\n　　乙，丙  \n丁"),
        ("# 小,节 #\n\n- 项,目", "# 小，节 #\n\n- 项，目"),
        ("::: verse\n床,前  \n疑,是\n:::", "::: verse\n床，前  \n疑，是\n:::"),
        ("| 甲,乙 | 丙 |\n|-|-|\n| 甲,乙 | 甲,乙 |", "| 甲，乙 | 丙 |\n|-|-|\n| 甲，乙 | 甲，乙 |"),
    ],
)
def test_words_are_mended_and_their_marks_stay(before: str, after: str, mended: Mend) -> None:
    (row,) = mended(HEAD + before).mended
    assert row.content.decode() == HEAD + after


def test_line_ends_and_a_byte_order_mark_stay(mended: Mend) -> None:
    text = "\ufeff---\r\ntitle: 题\r\n---\r\n\r\n甲,乙\r丙,丁\r\n\n戊,己\r\n"
    (row,) = mended(text.encode()).mended
    assert row.content.decode() == text.replace(",", "，")


def test_a_heading_that_stands_for_the_title_is_mended_too(mended: Mend) -> None:
    (row,) = mended("# 题,目\n\n甲。\n").mended
    assert row.content.decode() == "# 题，目\n\n甲。\n"


def test_what_was_mended_has_nothing_left_to_mend(mended: Mend) -> None:
    (row,) = mended(HEAD + '他说,"走吧--好..."\n\n(甲)乙,丙 , 丁\n').mended
    again = mended(row.content)
    assert (again.mended, again.left) == ((), ())


def test_a_file_without_anything_to_mend_is_not_written(mended: Mend) -> None:
    assert mended("---\ntitle: 题\n---\n\n甲，乙。\n") == Mending((), ())


def test_a_file_that_would_read_in_another_way_is_left_and_told(mended: Mend) -> None:
    # With a plain digit the line is an item of a list.
    done = mended(HEAD + "１. 甲,乙\n")
    assert done.mended == ()
    assert [(row.code, row.at.line) for row in done.left] == [("mending-left", 1)]


def test_how_often_each_rule_was_applied_is_told(mended: Mend) -> None:
    (row,) = mended(HEAD + "甲,乙,丙--丁\n").mended
    assert dict(row.rules) == {"half-width-marks": 2, "dashes": 1}


def test_only_listed_files_are_mended(make_collection: MakeCollection) -> None:
    folder: Path = make_collection({"a.md": HEAD + "甲,乙\n"})
    (folder / "b.md").write_text(HEAD + "甲,乙\n", encoding="utf-8")
    done = mend(texts_of(read_collection(folder), ()))
    assert [row.path for row in done.mended] == ["a.md"]
