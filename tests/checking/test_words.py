"""The words of a file: all of its prose, each character at its place, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.checking.words import words_of
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.hygiene import decoded
from publisher.model import matter as m
from tests.reading import ESSAYS

HEAD = "---\ntitle: 题\n---\n\n"


def free(text: str) -> str:
    """The words of a body that may be changed, runs of them set apart by |."""
    words = words_of(HEAD + text)
    marked = ("|" if at in words.fixed else mark for at, mark in enumerate(words.text))
    return re.sub(r"\|+", "|", "".join(marked)).strip("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("雪,夜", "雪,夜"),
        ("**重点,**后", "重点,后"),
        ("*甲*乙_丙_", "甲乙_丙_"),
        ("甲`乙,`丙", "甲|丙"),
        ("甲``乙`,丁``丙", "甲|丙"),
        ("[链接,](http://a.cn/x,y)丙", "丙"),
        ('甲[链接](<http://a.cn/x y> "x")丙', "甲|丙"),
        ("见<http://a.cn/x,y>,好", "见|,好"),
        ("[乙,丙]{lang=ja}甲", "甲"),
        ("{漢字|hàn|zì}好", "好"),
        ("水位[^1],高\n\n[^1]: 注,文", "水位,高|注,文"),
        ("甲\\*,乙&amp;丙", "甲|,乙|丙"),
        ("　　甲\n　　乙", "甲乙"),
        ("one\ntwo", "one|two"),
        ("甲\\\n乙", "甲|乙"),
        ("> 引,文\n> 二\n\n丙", "引,文二|丙"),
        ("- 项\n  - 内\n\n1. 一", "项|内|一"),
        ("## 小节 ##\n\n文", "小节|文"),
        ("| 甲 | 乙 |\n|---|---|\n| 丙 | 甲 |", "甲|乙|丙|甲"),
        ("::: verse\n床,前\n疑,是\n:::", "床,前|疑,是"),
        ("::: signature\n卢,田\n四月\n:::", "卢,田|四月"),
        ("```\n代,码\n```\n\n甲", "甲"),
        ("***\n\n甲", "甲"),
        ("![图,](a.png)\n\n甲", "甲"),
    ],
)
def test_what_is_words_and_what_is_not(text: str, expected: str) -> None:
    assert free(text) == expected


def test_a_passage_that_cannot_be_followed_is_left_out_whole_and_the_others_are_not() -> None:
    table = "前\n\n| 甲\\|乙,丙 | 丙 |\n|---|---|\n| 戊 | 己 |\n\n后"
    assert free(table) == "前|丙|戊|己|后"
    words = words_of(HEAD + table)
    assert words.places[words.text.index("丙")] == (HEAD + table).rindex("丙")


def test_cells_with_the_same_words_stand_each_at_its_own_place() -> None:
    table = HEAD + "雪 | 雪\n---|---\n雪 | 雪\n"
    words = words_of(table)
    found = [words.places[at] for at, mark in enumerate(words.text) if mark == "雪"]
    assert found == [at for at, mark in enumerate(table) if mark == "雪"]


def test_paragraphs_in_a_row_stand_nearer_than_anything_else() -> None:
    text = words_of(HEAD + "甲\n\n乙\n\n> 丙\n\n## 丁\n\n戊").text
    assert re.split("\n{3,}", text) == ["甲\n\n乙", "丙", "丁", "戊"]


def test_a_character_knows_its_line() -> None:
    words = words_of(HEAD + "甲\n乙[^1]\n\n::: verse\n丙\n丁\n:::\n\n[^1]: 戊\n")
    lines = {mark: words.line(at) for at, mark in enumerate(words.text) if mark.strip()}
    assert lines == {"甲": 5, "乙": 6, "丙": 9, "丁": 10, "戊": 13}


def test_a_file_without_words_has_none() -> None:
    words = words_of("---\ntitle: 题\n---\n")
    assert words.text == ""
    assert words.line(0) == 1


def _blocks(file: Path) -> Iterator[m.Blocks]:
    essay = read_manuscript(file.read_bytes(), file.name, str(file))
    yield essay.blocks
    yield from (note.blocks for note in essay.notes)


def _prose(blocks: m.Blocks) -> Iterator[str]:
    """The words of blocks without captions and what is laid out by hand."""
    for block in blocks:
        match block:
            case m.Figure() | m.Preformatted():
                pass
            case m.Table():
                yield from _prose_of_table(block)
            case _:
                yield from (m.plain(content) for content, _ in m.passages((block,)))


def _prose_of_table(table: m.Table) -> Iterator[str]:
    yield from (m.plain(cell) for row in (table.head, *table.rows) for cell in row)
    if table.caption:
        yield f": {m.plain(table.caption)}"


def _dense(text: str) -> str:
    return "".join(text.replace("`", "").split())


@pytest.mark.parametrize("file", sorted(ESSAYS.glob("*.md")), ids=lambda file: file.name)
def test_the_words_of_an_essay_are_those_that_are_set_each_at_its_place(file: Path) -> None:
    text = decoded(file.read_bytes(), file.name)
    words = words_of(text)
    prose = "".join(part for blocks in _blocks(file) for part in _prose(blocks))
    assert _dense(words.text) == _dense(prose)
    free = [at for at in range(len(words.text)) if at not in words.fixed]
    assert "".join(text[words.places[at]] for at in free) == "".join(words.text[at] for at in free)
