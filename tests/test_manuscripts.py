"""Markdown files with front matter as manuscripts."""

from __future__ import annotations

import pytest
from conftest import FaultsOf

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript


def _read(text: str) -> Manuscript:
    return read_manuscript(text.encode(), "a.md", "book/a.md")


def test_every_value_of_the_front_matter_has_its_place() -> None:
    essay = _read(
        "---\ntitle: 雪夜\nsubtitle: 记一座桥\nauthor: [卢有田, 叶蓁]\ndate: 2020-02-09\n"
        "source: 《荇河报》\nnote: 有删节\n---\n桥封了。\n"
    )
    assert essay == Manuscript(
        path="a.md",
        title="雪夜",
        subtitle="记一座桥",
        authors=("卢有田", "叶蓁"),
        date="2020-02-09",
        source="《荇河报》",
        note="有删节",
        blocks=(m.Paragraph((m.Text("桥封了。"),), 9),),
        notes=(),
    )


def test_a_heading_on_the_first_line_serves_as_title_and_leaves_the_body() -> None:
    essay = _read("---\nauthor: 叶蓁\n---\n\n# 雪夜 #\n\n桥封了。\n")
    assert essay.title == "雪夜"
    assert essay.blocks == (m.Paragraph((m.Text("桥封了。"),), 7),)


def test_with_a_title_of_its_own_the_first_heading_stays_in_the_body() -> None:
    essay = _read("---\ntitle: 雪夜\n---\n# 一\n")
    assert essay.title == "雪夜"
    assert essay.blocks == (m.Heading(2, (m.Text("一"),), 4),)


@pytest.mark.parametrize(
    ("line", "title"),
    [("# 学C#", "学C#"), (r"# \*星\*", "*星*"), ("# 雪 ##", "雪"), ("# A &amp; B", "A & B")],
)
def test_a_title_line_is_read_as_markdown_reads_it(line: str, title: str) -> None:
    assert _read(f"{line}\n\n文\n").title == title


@pytest.mark.parametrize("text", ["", "桥封了。", "---\ntitle:\n---\n桥", '---\ntitle: " "\n---\n'])
def test_an_essay_without_a_title_is_refused(text: str, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _read(text))
    assert fault.at == Place("book/a.md", 1)
    assert "title: …" in str(fault.hint)


def test_names_of_blanks_are_no_authors() -> None:
    assert _read('---\ntitle: 雪\nauthor: [" 叶蓁 ", " "]\n---\n').authors == ("叶蓁",)


def test_the_faults_of_front_matter_and_body_come_together(faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: _read("---\ntitle: 雪\nkind: x\n---\n夜<br>\n"))
    assert [fault.at.line for fault in faults] == [3, 5]


def test_a_missing_title_and_a_fault_of_the_body_come_together(faults_of: FaultsOf) -> None:
    assert [fault.at.line for fault in faults_of(lambda: _read("夜\n\n<br>\n"))] == [1, 3]
