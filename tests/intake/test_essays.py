"""Essays: what a plan confirms of a reading, as manuscripts with everything that belongs there."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.intake.desk import plans, take_in
from publisher.intake.essays import Drafts, drafted
from publisher.intake.plan import Item, Plan, line_count, names, sealed
from publisher.intake.reading import Note, Reading, Role, Span
from publisher.intake.splitting.proposal import propose
from publisher.intake.splitting.remains import remains, unlabelled
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript
from tests.intake.office import PNG, docx, note_call, paragraph, picture, table
from tests.intake.test_desk import EMPTY, into, only, source
from tests.properties.test_intake_laws import require_balanced

BODY = "桥封了，没有人走。河水照样流，灯照样亮，谁也没有说话，只有钟还在敲。"


def plan_of(reading: Reading, *items: Item) -> Plan:
    """A plan of these items, all confirmed; the proposal with every item confirmed where none."""
    rows = items or propose(reading)
    confirmed = tuple(
        Item(**{**vars(row), "confirmed": True}) if not items else row for row in rows
    )
    lines = line_count(reading.text)
    return Plan("a.txt", "0", "", lines, len(reading.text), sealed(confirmed), (), confirmed)


def read(drafts: Drafts) -> list[Manuscript]:
    return [read_manuscript(draft.content, "a.md", "a.md") for draft in drafts.drafts]


def essay_of(text: str, *spans: Span, notes: tuple[Note, ...] = ()) -> Manuscript:
    """The one essay of a text that is proposed and confirmed."""
    reading = Reading(text, "", spans, notes)
    drafts = drafted(reading, plan_of(reading), "a")
    require_balanced(drafts.ledger)
    assert drafts.ledger.waiting == 0
    (essay,) = read(drafts)
    return essay


def words(essay: Manuscript) -> list[str]:
    return [m.plain(content) for content, _ in m.passages(essay.blocks)]


# What is set apart ------------------------------------------------------------------------------


def test_a_closing_date_keeps_all_its_words() -> None:
    essay = essay_of(f"雪夜\n\n{BODY}\n\n一九二五年五月十四日，鲁迅上。\n")
    assert essay.date == "一九二五年五月十四日，鲁迅上"
    assert words(essay) == [BODY]


def test_a_date_alone_is_the_date() -> None:
    essay = essay_of(f"雪夜\n\n{BODY}\n\n写于2020年2月3日。\n")
    assert (essay.date, essay.note) == ("2020年2月3日", "")


def test_a_byline_that_says_more_leaves_the_rest_as_a_note() -> None:
    essay = essay_of(f"雪夜\n三年级二班 张三\n\n{BODY}\n")
    assert (essay.authors, essay.note) == (("张三",), "三年级二班")


def test_a_byline_of_names_alone_leaves_nothing() -> None:
    essay = essay_of(f"雪夜\n作者：陈默、许静\n\n{BODY}\n")
    assert (essay.authors, essay.note) == (("陈默", "许静"), "")


def test_where_it_was_printed_is_the_source() -> None:
    essay = essay_of(f"雪夜\n\n{BODY}\n\n（原载《砻渡文艺》2020年第2期）\n")
    assert "《砻渡文艺》2020年第2期" in essay.source


def test_a_second_line_of_the_heading_is_the_subtitle() -> None:
    essay = essay_of(f"雪夜\n——写在封路第十天\n作者：陈默\n\n{BODY}\n")
    assert (essay.title, essay.subtitle) == ("雪夜", "写在封路第十天")


@pytest.mark.parametrize(
    ("line", "said", "rest"),
    [
        ("作者：张三", ("张三",), ""),
        ("文/陈默", ("陈默",), ""),
        ("陈默／文", ("陈默",), ""),
        ("（张 三）", ("张三",), ""),
        ("——张三", ("张三",), ""),
        ("（初三 李四）", ("李四",), "初三"),
        ("作者：张三（教师）", ("张三",), "教师"),
        ("来源：新华网 作者：张三 2020-02-15", ("张三", "2020-02-15"), "来源：新华网"),
        ("写于2020年2月3日", ("2020年2月3日",), ""),
        ("2020年2月3日夜，于砻渡", ("2020年2月3日",), "夜，于砻渡"),
    ],
)
def test_what_remains_of_a_line(line: str, said: tuple[str, ...], rest: str) -> None:
    assert remains(line, said) == rest


def test_a_line_is_told_without_its_label_and_the_marks_around_it() -> None:
    assert unlabelled("（2020年2月3日 夜）。") == "2020年2月3日 夜"
    assert unlabelled("日期：2020年2月3日 晴") == "2020年2月3日 晴"


# Notes ------------------------------------------------------------------------------------------


def test_a_note_is_called_where_the_source_calls_it() -> None:
    text = f"雪夜\n\n{BODY}\n"
    essay = essay_of(text, Span(8, 8, Role.NOTE, "x"), notes=(Note("x", "一座石桥,很老。"),))
    (block,) = essay.blocks
    assert isinstance(block, m.Paragraph)
    before, call, _ = block.content
    assert (before, call) == (m.Text(text[4:8]), m.NoteReference(1))
    assert [m.plain(content) for content, _ in m.passages(essay.notes[0].blocks)] == [
        "一座石桥，很老。"
    ]


def test_a_note_that_a_title_calls_is_the_essays_note() -> None:
    text = f"雪夜\n\n{BODY}\n"
    note = Note("x", "选自《砻渡》。")
    essay = essay_of(text, Span(2, 2, Role.NOTE, "x"), notes=(note,))
    assert (essay.note, essay.notes) == ("选自《砻渡》。", ())


def test_every_note_is_in_the_ledger_once() -> None:
    text = f"雪夜\n\n{BODY}\n"
    calls = (Span(2, 2, Role.NOTE, "x"), Span(8, 8, Role.NOTE, "x"), Span(9, 9, Role.NOTE, "no"))
    notes = (Note("x", "石桥。"), Note("y", "无人。"))
    reading = Reading(text, "", calls, notes)
    ledger = drafted(reading, plan_of(reading), "a").ledger
    require_balanced(ledger)
    assert ledger.characters == len(text) + 6
    assert dict(ledger.removed) == {"uncalled-note": 3}


def test_a_source_with_notes_and_more_than_one_essay_gives_each_its_own() -> None:
    text = f"一\n{BODY}\n二\n{BODY}\n"
    second = text.index(BODY, 10)
    calls = (Span(4, 4, Role.NOTE, "b"), Span(second, second, Role.NOTE, "a"))
    reading = Reading(text, "", calls, (Note("a", "甲"), Note("b", "乙")))
    items = (
        Item(1, 2, "essay", "雪", confirmed=True),
        Item(1, 1, "heading", confirmed=True),
        Item(3, 4, "essay", "夜", confirmed=True),
        Item(3, 3, "heading", confirmed=True),
    )
    drafts = drafted(reading, plan_of(reading, *items), "a")
    notes = [[words_of(note) for note in essay.notes] for essay in read(drafts)]
    assert notes == [["乙"], ["甲"]]


def words_of(note: m.Note) -> str:
    return "".join(m.plain(content) for content, _ in m.passages(note.blocks))


# Names, lines, pictures -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, ["a.md"]), (2, ["a-01.md", "a-02.md"]), (100, ["a-001.md", "a-100.md"])],
)
def test_manuscripts_are_called_after_their_source(count: int, expected: list[str]) -> None:
    items = tuple(Item(n, n, "essay", "题") for n in range(1, count + 1))
    found = names(Plan("a.txt", "0", "", count, count, "", (), items), "a")
    assert (len(found), found[0], found[-1]) == (count, expected[0], expected[-1])


def test_a_title_with_number_signs_is_a_section_without_them() -> None:
    text = f"雪夜\n\n## 桥头\n\n{BODY}\n\n## 渡口\n\n{BODY}\n"
    reading = Reading(text, "")
    items = (
        Item(1, 9, "essay", "雪夜", confirmed=True),
        Item(1, 2, "heading", confirmed=True),
        Item(3, 3, "section", "桥头", confirmed=True),
        Item(7, 7, "section", "渡口", confirmed=True),
    )
    (essay,) = read(drafted(reading, plan_of(reading, *items), "a"))
    titles = [block for block in essay.blocks if isinstance(block, m.Heading)]
    assert [m.plain(title.content) for title in titles] == ["桥头", "渡口"]


def test_a_section_is_a_heading_by_itself_even_among_wrapped_lines() -> None:
    row = "河水照样流灯照样亮谁也没有说话只有钟还在敲船开了人都上去了没有人回头再看一眼了"
    text = "\n".join(("雪夜", *[row] * 8, "渡口", *[row] * 8)) + "\n"
    reading = Reading(text, "")
    items = (
        Item(1, 18, "essay", "雪夜", confirmed=True),
        Item(1, 1, "heading", confirmed=True),
        Item(10, 10, "section", "渡口", confirmed=True),
    )
    (essay,) = read(drafted(reading, plan_of(reading, *items), "a"))
    titles = [m.plain(block.content) for block in essay.blocks if isinstance(block, m.Heading)]
    assert titles == ["渡口"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "collection.toml").write_text(EMPTY, encoding="utf-8")
    return folder


def test_pictures_of_the_same_name_in_two_sources_stay_apart(book: Path, tmp_path: Path) -> None:
    other = PNG + b"\x00"
    for name, image in (("a", PNG), ("b (1)&50%", other)):
        blocks = (paragraph("雪夜", style="1"), paragraph(BODY), paragraph(picture("r1")))
        into(
            book, source(tmp_path, f"{name}.docx", docx(*blocks, media={"r1": image})), accept=True
        )
    found = []
    for name in ("a", "b (1)&50%"):
        essay = read_manuscript((book / f"{name}.md").read_bytes(), f"{name}.md", "a.md")
        (figure,) = essay.figures()
        found.append((book / figure.path).read_bytes())
    assert found == [PNG, other]


def test_a_picture_that_an_editor_mended_stays(book: Path, tmp_path: Path) -> None:
    blocks = (paragraph("雪夜", style="1"), paragraph(BODY), paragraph(picture("r1")))
    file = source(tmp_path, "a.docx", docx(*blocks, media={"r1": PNG}))
    into(book, file, accept=True)
    (image,) = (book / "pictures/a").iterdir()
    image.write_bytes(PNG + b"\x00")
    assert take_in((file,), book).files == ()


def test_a_word_file_keeps_what_it_had(book: Path, tmp_path: Path) -> None:
    word = docx(
        paragraph("雪夜", style="1"),
        paragraph("桥封了,", note_call(2), "没有人走。"),
        table((paragraph("日期"), paragraph("水位")), (paragraph("初一"), paragraph("三尺"))),
        paragraph("有人说：", style="a4"),
        paragraph("等雪停。", style="a4"),
        footnotes={2: paragraph("石桥。")},
    )
    handled = only(into(book, source(tmp_path, "a.docx", word), accept=True))
    essay = read_manuscript((book / "a.md").read_bytes(), "a.md", "a.md")
    kinds = [type(block) for block in essay.blocks]
    assert kinds == [m.Paragraph, m.Table, m.Quotation]
    assert words(essay) == [
        "桥封了，没有人走。", "日期", "水位", "初一", "三尺", "", "有人说：", "等雪停。", ""
    ]  # fmt: skip
    assert [words_of(note) for note in essay.notes] == ["石桥。"]
    assert handled.ledger
    require_balanced(handled.ledger)
    ((_, plan),) = plans(book)
    assert plan.rules_off == ("unwrap",)


def test_who_signs_before_a_date_is_an_author_and_no_part_of_the_date() -> None:
    essay = essay_of(f"雪夜\n\n{BODY}\n\n许静 2020年2月20日于砻渡\n")
    assert (essay.authors, essay.date, essay.note) == (("许静",), "2020年2月20日于砻渡", "")
