"""Manuscripts: a cleaned essay with its marks, written as an editor would write it."""

from __future__ import annotations

import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.intake.essay import Essay, Head
from publisher.intake.manuscript import written
from publisher.intake.marking import literal, marked
from publisher.intake.reading import Note, Role, Span, figure_value
from publisher.model import matter as m


def essay(text: str, *spans: Span, notes: tuple[Note, ...] = ()) -> Essay:
    return Essay(Head("题"), text, spans, notes, "pictures/a/")


def body(text: str, *spans: Span, notes: tuple[Note, ...] = ()) -> str:
    """What stands below the front matter."""
    return written(essay(text, *spans, notes=notes), "a.md").decode().split("---\n\n", 1)[1]


def rows(text: str, role: Role, *values: str) -> list[Span]:
    """A span over each line that is not blank."""
    found, offset, given = [], 0, iter(values)
    for line in text.split("\n"):
        if line:
            found.append(Span(offset, offset + len(line), role, next(given, "")))
        offset += len(line) + 1
    return found


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
    content = written(essay(f"{line}\n文"), "a.md")
    manuscript = read_manuscript(content, "a.md", "a.md")
    assert all(isinstance(block, m.Paragraph) for block in manuscript.blocks)
    assert [m.plain(c) for c, _ in m.passages(manuscript.blocks)] == [line, "文"]


@pytest.mark.parametrize(
    "title", ['他说："走"', "a: b", "# 一", "- 雪", "2020", "雪\\", "~", "null"]
)
def test_any_words_can_be_a_title(title: str) -> None:
    content = written(Essay(Head(title), "雪。"), "a.md")
    assert read_manuscript(content, "a.md", "a.md").title == title


def test_front_matter_holds_what_is_known_and_nothing_else() -> None:
    full = Essay(Head("雪", "记", ("陈默", "许静"), "2020年", "《砻渡》", "五年级"), "雪。")
    assert written(full, "a.md").decode() == (
        '---\ntitle: "雪"\nsubtitle: "记"\nauthor: ["陈默", "许静"]\ndate: "2020年"\n'
        'source: "《砻渡》"\nnote: "五年级"\n---\n\n雪。\n'
    )
    assert written(essay("雪。"), "a.md").decode() == '---\ntitle: "题"\n---\n\n雪。\n'


# Marks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "line"),
    [
        ([Span(1, 3, Role.STRONG)], "雪**夜桥**封"),
        ([Span(1, 2, Role.STRONG), Span(2, 3, Role.STRONG)], "雪**夜桥**封"),
        ([Span(0, 4, Role.STRONG), Span(1, 3, Role.EMPHASIS)], "**雪*夜桥*封**"),
        ([Span(0, 3, Role.STRONG), Span(1, 4, Role.EMPHASIS)], "**雪*夜桥***封"),
        ([Span(1, 3, Role.RUBY, "yè qiáo")], "雪{夜桥|yè qiáo}封"),
        ([Span(1, 3, Role.RUBY, "a|b")], "雪夜桥封"),
        ([Span(0, 2, Role.STRONG), Span(1, 3, Role.RUBY, "yè")], "**雪{夜桥|yè}**封"),
        ([Span(1, 3, Role.LINK, "https://a.b/c_d")], "雪[夜桥](<https://a.b/c_d>)封"),
        ([Span(1, 3, Role.LINK, "#top")], "雪夜桥封"),
        ([Span(2, 2, Role.NOTE, "x")], "雪夜[^1]桥封"),
        ([Span(2, 2, Role.NOTE, "unknown")], "雪夜桥封"),
    ],
)
def test_marks_lie_where_their_spans_do(spans: list[Span], line: str) -> None:
    assert marked("雪夜桥封", spans, {"x": "1"}) == line


def test_marks_beside_marks_of_markdown_stay_apart() -> None:
    assert marked("好!雪", [Span(2, 3, Role.LINK, "https://a.b")], {}) == "好\\![雪](<https://a.b>)"
    assert marked("好(雪)", [Span(1, 1, Role.NOTE, "x")], {"x": "1"}) == "好[^1]\\(雪)"
    assert marked("a_b", [Span(0, 3, Role.STRONG)], {}) == "**a\\_b**"
    assert literal("# a") == "\\# a"


def test_stress_that_cannot_be_written_is_left_out_on_its_own_line_alone() -> None:
    # Stress over a mark within a Western word has no way to stand in Markdown.
    text = "a,b\n雪夜"
    content = body(text, Span(1, 2, Role.STRONG), Span(4, 6, Role.STRONG))
    assert content == "a,b\n\n**雪夜**\n"


# Blocks -----------------------------------------------------------------------------------------


def test_verse_keeps_its_stanzas() -> None:
    text = "雪\n夜\n\n桥\n封"
    assert body(text, *rows(text, Role.VERSE)) == "::: verse\n雪\n夜\n\n桥\n封\n:::\n"


def test_a_quotation_of_several_paragraphs_is_one() -> None:
    text = "说：\n雪。\n夜。\n完"
    quoted = rows(text, Role.QUOTE)[1:3]
    assert body(text, *quoted) == "说：\n\n> 雪。\n>\n> 夜。\n\n完\n"


def test_a_list_keeps_its_depths_and_numbers() -> None:
    text = "雪\n夜\n桥\n封"
    spans = rows(text, Role.ITEM, "1 -", "2 1.", "2", "1 -")
    assert body(text, *spans) == "- 雪\n\n    1. 夜\n\n        桥\n\n- 封\n"


def test_rows_are_a_table_and_a_blank_line_parts_two() -> None:
    text = "雪\t夜\n桥\t封\n\n甲\t乙"
    spans = rows(text, Role.ROW, "1", "1", "1")
    manuscript = read_manuscript(written(essay(text, *spans), "a.md"), "a.md", "a.md")
    first, second = manuscript.blocks
    assert isinstance(first, m.Table)
    assert isinstance(second, m.Table)
    assert ([m.plain(cell) for cell in first.head], len(first.rows)) == (["雪", "夜"], 1)
    assert [m.plain(cell) for cell in second.head] == ["甲", "乙"]


def test_headings_begin_below_the_title_whatever_their_level_was() -> None:
    text = "甲\n乙\n丙"
    assert body(text, *rows(text, Role.HEADING, "1", "3", "1")) == "## 甲\n\n### 乙\n\n## 丙\n"


def test_a_change_of_scene_is_kept_and_the_end_of_a_page_is_not() -> None:
    text = "甲\n\n乙\n\n丙\n"
    page, scene, last = (Span(place, place, Role.BREAK, "") for place in (2, 5, 8))
    page = Span(page.start, page.stop, Role.BREAK, "page")
    assert body(text, page, scene, last) == "甲\n\n乙\n\n***\n\n丙\n"


def test_a_picture_takes_its_caption() -> None:
    text = '雪。\n图一 "桥"&夜\n夜。'
    content = body(text, Span(3, 11, Role.FIGURE, "a b.png"))
    manuscript = read_manuscript(
        written(essay(text, Span(3, 11, Role.FIGURE, "a b.png")), ""), "", ""
    )
    (figure,) = manuscript.figures()
    assert (figure.path, m.plain(figure.caption)) == ("pictures/a/a b.png", '图一 "桥"&夜')
    assert figure.alternative == '图一 "桥"&夜'
    assert content.startswith("雪。\n\n![")


@pytest.mark.parametrize("said", ["碗柜", '一只 "碗" [柜] ![](x)', "1. 碗\\", "<b>&amp;"])
def test_what_is_to_be_seen_on_a_picture_is_written_apart_from_its_caption(said: str) -> None:
    figure = Span(0, 2, Role.FIGURE, figure_value("a.png", said))
    (read,) = read_manuscript(written(essay("图一", figure), ""), "", "").figures()
    assert (read.path, read.alternative) == ("pictures/a/a.png", said)
    assert m.plain(read.caption) == "图一"


def test_a_caption_that_calls_a_note_is_a_paragraph_below_its_picture() -> None:
    text = "图一"
    spans = (Span(0, 2, Role.FIGURE, "a.png"), Span(2, 2, Role.NOTE, "x"))
    content = body(text, *spans, notes=(Note("x", "雪"),))
    assert content == "![](<pictures/a/a.png>)\n\n图一[^1]\n\n[^1]: 雪\n"


def test_notes_are_numbered_by_their_calls_and_keep_their_paragraphs() -> None:
    calls = (Span(1, 1, Role.NOTE, "b"), Span(2, 2, Role.NOTE, "a"))
    notes = (Note("a", "甲"), Note("b", "乙\n# 丙", (Span(0, 1, Role.STRONG),)), Note("c", "丁"))
    assert (
        body("雪夜", *calls, notes=notes)
        == "雪[^1]夜[^2]\n\n[^1]: **乙**\n\n    \\# 丙\n\n[^2]: 甲\n"
    )


def test_a_character_that_no_manuscript_may_hold_is_refused() -> None:
    with pytest.raises(PublisherError):
        written(essay("雪\u202e夜"), "a.md")
