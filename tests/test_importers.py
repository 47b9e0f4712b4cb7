"""Sources of other kinds become texts of manuscripts."""

from __future__ import annotations

import pytest
from conftest import FaultsOf

from publisher.editorial.importers.registry import IMPORTERS, importer
from publisher.editorial.importers.text import import_text
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.places import Place
from publisher.model import matter as m


def _lines(source: str) -> list[str]:
    """The title and paragraphs that a text source has become, read back by the reader."""
    manuscript = import_text(source.encode(), "a.txt").text.encode()
    essay = read_manuscript(manuscript, "a.md", "a.md")
    assert all(isinstance(block, m.Paragraph) for block in essay.blocks)
    return [essay.title, *(m.plain(content) for content, _ in m.passages(essay.blocks))]


def test_every_row_of_the_registry_loads() -> None:
    assert all(importer(suffix) for suffix in IMPORTERS)
    assert importer(".TXT") is importer(".txt")
    assert importer(".doc") is None


def test_a_text_gives_a_title_and_a_paragraph_for_each_line() -> None:
    assert _lines("\n 雪夜 \r\n\u3000\u3000桥封了。\n\n灯在。\t\n") == [
        "雪夜",
        "桥封了。",
        "灯在。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "# 不是标题", "> 不是引文", "- 不是列表", "+ 也不是", "* 也不是", "1. 不是", "2) 不是",
        "---", "===", "***", "```", "~~~", ":::", ": 题", "| a | b |", "[^a]: 注", "[a]: b",
        "![a](b.png)",
        "<b>粗</b>", "<!-- 注 -->", "&lt;", "*重*", "__重__", "`码`", "{砻|lóng}", "[a]{lang=en}",
        "a\\", "\\*", "https://example.org/_a_", "1999. 年", "a  b", "a\tb", "@#$%^&()",
    ],
)  # fmt: skip
def test_what_markdown_takes_for_a_mark_stays_a_character(line: str) -> None:
    assert _lines(f"题\n{line}\n文") == ["题", line, "文"]


@pytest.mark.parametrize(
    "title", ['他说："走"', "a: b", "# 一", "- 雪", "2020", "雪\\", "~", "null"]
)
def test_any_line_can_be_a_title(title: str) -> None:
    assert _lines(f"{title}\n雪。") == [title, "雪。"]


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003"], ids=["no-break space", "em space"])
def test_a_first_line_of_any_blanks_is_no_title(blank: str) -> None:
    assert _lines(f"{blank}\n题\n雪。") == ["题", "雪。"]


def test_a_text_without_a_line_has_no_title(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: import_text(b"\n \xe3\x80\x80\n", "a.txt"))
    assert fault.at == Place("a.txt", 1)
    assert "first line" in str(fault.hint)


def test_a_text_of_another_encoding_is_refused_with_its_place(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: import_text("题\n门".encode("gb18030"), "a.txt"))
    assert fault.at.file == "a.txt"
    assert "UTF-8" in str(fault.hint)


def test_a_markdown_source_is_kept_but_for_its_line_ends() -> None:
    read = importer(".md")
    assert read
    imported = read(b"\xef\xbb\xbf# A\r\n\r\n**b** ![c](d.png)\r\n".replace(b"![", b"x"), "a.md")
    assert (imported.text, imported.pictures) == ("# A\n\n**b** xc](d.png)\n", ())


def test_a_markdown_source_names_each_of_its_pictures_once() -> None:
    read = importer(".md")
    assert read
    source = "# 甲\n\n![一](b.png)\n\n![二](图/a.png)\n\n![三](./b.png)\n"
    assert read(source.encode(), "x/a.md").pictures == ("b.png", "图/a.png")


def test_a_markdown_source_with_faults_is_not_taken(faults_of: FaultsOf) -> None:
    read = importer(".md")
    assert read
    (fault,) = faults_of(lambda: read("# 甲\n\n<br>\n".encode(), "x/a.md"))
    assert fault.at == Place("x/a.md", 3)
