"""Splitting: dumps of every kind become the essays that a reader sees in them.

Each folder of `dumps/` holds a source as its bytes and what an editor expects of it: the essays
with their lines, titles, authors and dates, the kind of every other line, and what must be asked.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from publisher.intake.essays import drafted
from publisher.intake.plan import Item, Plan, line_count, sealed
from publisher.intake.reading import Reading, Role, Span, Suggestion
from publisher.intake.splitting.dates import dateline_of
from publisher.intake.splitting.evidence import EVIDENCE, meanings, weight
from publisher.intake.splitting.names import are_names, can_be_name, names_in, signers
from publisher.intake.splitting.numbers import number_of
from publisher.intake.splitting.proposal import propose
from publisher.intake.splitting.remains import unsourced
from publisher.intake.splitting.variants import plain
from tests.reading import DATA, ROOT

TraceFunction = Callable[[FrameType, str, Any], Any]
DUMPS = Path(__file__).parent / "dumps"
CASES = sorted(folder.name for folder in DUMPS.iterdir() if folder.is_dir())
WITHIN = ("part", "heading", "section", "verse", "byline", "dateline", "note", "removed")


def _expected(case: str) -> dict[str, Any]:
    return tomllib.loads((DUMPS / case / "expected.toml").read_text(encoding="utf-8"))


def _text(case: str) -> str:
    content = (DUMPS / case / "source.txt").read_bytes()
    return content.decode(_expected(case)["encoding"]).replace("\r\n", "\n")


def _read(text: str, suggestion: Suggestion | None = None) -> tuple[Item, ...]:
    return propose(Reading(text, "", suggestion=suggestion or Suggestion()))


def _essays(items: tuple[Item, ...]) -> list[Item]:
    return [item for item in items if item.kind == "essay"]


def _printed(text: str, item: Item) -> list[int]:
    """The numbers of an item's lines that are not blank."""
    rows = text.split("\n")
    return [line for line in range(item.first, item.last + 1) if rows[line - 1].strip()]


@pytest.mark.parametrize("case", CASES)
def test_a_dump_is_divided_into_the_essays_that_are_expected(case: str) -> None:
    found = [
        (item.first, item.last, item.title, list(item.authors), item.date)
        for item in _essays(_read(_text(case)))
    ]
    assert found == [
        (row["first"], row["last"], row["title"], row["authors"], row["date"])
        for row in _expected(case)["essay"]
    ]


@pytest.mark.parametrize("case", CASES)
def test_the_other_lines_of_a_dump_are_what_is_expected(case: str) -> None:
    text = _text(case)
    found: dict[str, list[int]] = {}
    for item in _read(text):
        if item.kind != "essay":
            found.setdefault(item.kind, []).extend(_printed(text, item))
    lines = {kind: sorted(found[kind]) for kind in WITHIN if kind in found}
    assert lines == _expected(case).get("lines", {})


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_known_of_a_dump_is_asked_and_nothing_else(case: str) -> None:
    items, expected = _read(_text(case)), _expected(case)
    asked = [item.first for item in items if item.kind != "essay" and not item.confirmed]
    assert asked == expected["asked"]
    confirmed = [item.confirmed for item in _essays(items)]
    assert confirmed == [not row.get("asked", False) for row in expected["essay"]]


# ---- real texts ----

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared texts are not here")


@needs_data
def test_the_seed_is_five_essays_whose_titles_are_asked_for() -> None:
    (seed,) = sorted((DATA / "seeds").glob("*.txt"))
    text = seed.read_text(encoding="utf-8")
    blurb, *found = _read(text)
    assert (blurb.kind, blurb.first, blurb.last, blurb.confirmed) == ("removed", 1, 1, True)
    assert [item.kind for item in found] == ["essay"] * 5
    rows = text.split("\n")
    # The typist set a space before the first line of each text and of nothing else.
    assert [item.first for item in found] == [
        line for line, row in enumerate(rows, 1) if row.startswith(" ") and row.strip() and line > 1
    ]
    for item in found:
        assert item.suggested
        assert not item.confirmed
        assert rows[item.first - 1].strip().startswith(item.title)


def _data_files() -> list[Path]:
    return [file for name in ("luxun", "hongloumeng") for file in sorted((DATA / name).glob("*"))]


@needs_data
def test_a_file_of_one_titled_essay_is_certain() -> None:
    files = _data_files()
    assert len(files) > 200
    for file in files:
        text = file.read_text(encoding="utf-8")
        (essay,) = _essays(_read(text))
        assert essay.title == text.split("\n")[0], file.name
        assert essay.confirmed, file.name


def _joined(blanks: int) -> tuple[list[str], tuple[Item, ...]]:
    """The titles of twelve essays, and what is proposed for them with `blanks` between them."""
    texts = [file.read_text(encoding="utf-8").strip() for file in _data_files()[8:20]]
    items = _read(("\n" * (blanks + 1)).join(texts) + "\n")
    return [text.split("\n")[0] for text in texts], items


@needs_data
def test_essays_run_together_with_blank_lines_between_come_apart_again() -> None:
    titles, items = _joined(blanks=3)
    assert [item.title for item in _essays(items)] == titles


@needs_data
def test_essays_run_together_without_a_sign_are_asked_about() -> None:
    titles, items = _joined(blanks=1)
    found = {item.title: item.confirmed for item in items if item.kind in ("essay", "section")}
    assert set(titles) == found.keys()
    # A closing date above a title is the only sign that is left.
    sure = {item.title for item in items if "after-ending" in item.evidence}
    assert {title for title in titles[1:] if found[title]} <= sure


@needs_data
def test_chapters_run_together_come_apart_again() -> None:
    texts = [
        file.read_text(encoding="utf-8").strip()
        for file in sorted((DATA / "hongloumeng").glob("*"))[:12]
    ]
    found = _essays(_read("\n".join(texts)))
    assert [item.title for item in found] == [text.split("\n")[0] for text in texts]
    assert all(item.confirmed for item in found)


# ---- what a source says beside its text ----

PROSE = "镇上的钟楼快了两分钟，快了三十年，没有人想过要把它拨回来，谁也不去动它。"


def _with_headings(*rows: str) -> Reading:
    """A reading whose lines beginning with # are headings of that level."""
    text, spans = "", []
    for row in rows:
        words = row.lstrip("#")
        if words != row:
            level = str(len(row) - len(words))
            spans.append(Span(len(text), len(text) + len(words), Role.HEADING, level))
        text += f"{words}\n"
    return Reading(text, "", tuple(spans))


def test_headings_of_the_source_begin_essays_and_deeper_ones_sections() -> None:
    reading = _with_headings("#钟楼", PROSE, "##上", PROSE, "##下", PROSE, "#一碗面", PROSE)
    items = propose(reading)
    assert [(item.first, item.last, item.title) for item in _essays(items)] == [
        (1, 6, "钟楼"),
        (7, 8, "一碗面"),
    ]
    assert [(item.first, item.title) for item in items if item.kind == "section"] == [
        (3, "上"),
        (5, "下"),
    ]
    assert all(item.confirmed for item in items)


def test_a_title_that_the_file_gives_as_well_is_certain() -> None:
    (essay, _) = _read(f"钟楼\n{PROSE}\n", Suggestion(title="《钟楼》"))
    assert (essay.title, essay.confirmed) == ("钟楼", True)
    (alone, _) = _read(f"钟楼\n{PROSE}\n")
    assert not alone.confirmed


def _with_bold(text: str, *words: str) -> Reading:
    """A reading with these words in bold, each in two stretches as word processors leave them."""
    spans = []
    for bold in words:
        start = text.index(bold)
        spans.append(Span(start, start + 1, Role.STRONG))
        spans.append(Span(start + 1, start + len(bold), Role.STRONG))
    return Reading(text, "", tuple(spans))


TWO_TEXTS = f"回乡\n{PROSE}\n{PROSE}\n一碗面\n{PROSE}\n"


def test_a_line_in_bold_before_a_text_is_asked_about() -> None:
    found = _essays(propose(_with_bold(TWO_TEXTS, "回乡", "一碗面")))
    assert [(item.first, item.title) for item in found] == [(1, "回乡"), (4, "一碗面")]
    assert "bold-line" in found[1].evidence
    assert not found[1].confirmed


def test_several_lines_in_bold_are_certain() -> None:
    text = f"{TWO_TEXTS}夜里\n{PROSE}\n"
    found = _essays(propose(_with_bold(text, "回乡", "一碗面", "夜里")))
    assert [item.title for item in found] == ["回乡", "一碗面", "夜里"]
    assert all(item.confirmed for item in found)


@pytest.mark.parametrize("bold", [("一碗",), (TWO_TEXTS.rstrip(),), ()])
def test_bold_says_nothing_of_half_a_line_or_of_a_text_that_is_all_bold(
    bold: tuple[str, ...],
) -> None:
    items = propose(_with_bold(TWO_TEXTS, *bold))
    assert not [item for item in items if "bold-line" in item.evidence]


def test_a_title_above_makes_numbered_words_no_essays() -> None:
    text = f"回乡\n\n{PROSE}\n画面一：钟声\n{PROSE}\n画面二：面\n{PROSE}\n"
    assert [item.title for item in _essays(_read(text))] == ["回乡"]


def test_numbered_words_that_do_not_run_on_are_no_pieces() -> None:
    text = f"社区征文一：钟声\n{PROSE}\n社区征文三：面\n{PROSE}\n"
    assert not [item for item in _read(text) if "numbered" in item.evidence]


def test_a_byline_below_the_titles_of_other_texts_is_kept() -> None:
    items = _read(f"回乡\n\n{PROSE}\n\n相关阅读\n春天来了！\n作者：陈默\n")
    assert [(item.first, item.last) for item in items if item.evidence == "related"] == [(5, 6)]
    assert _essays(items)[0].authors == ("陈默",)


LINKS = "热门文章\n食堂记忆征文\n老照片墙\n"
SHOP = "学校东门外有一条斜街，街上第三家是钟表铺。铺面只有一扇门那么宽。\n" * 4


def test_a_signed_title_below_the_titles_of_other_texts_is_the_texts_own() -> None:
    items = _read(f"{LINKS}东门外的钟表铺\n一九八二级  仉文澜\n{SHOP}")
    (essay,) = _essays(items)
    assert (essay.title, essay.authors, essay.first) == ("东门外的钟表铺", ("仉文澜",), 4)
    assert [(item.first, item.last) for item in items if item.evidence == "related"] == [(1, 3)]


def test_the_last_of_the_titles_above_the_only_text_is_asked_about() -> None:
    items = _read(f"{LINKS}东门外的钟表铺\n{SHOP}")
    (asked,) = [item for item in items if item.evidence == "possible-related"]
    assert (asked.first, asked.last, asked.confirmed) == (4, 4, False)


@pytest.mark.parametrize("words", ["阅读(1234) | 评论(5) | 转载(0)", "阅读 1万 在看 3"])
def test_the_counters_of_a_page_are_left_out_and_words_beside_them_are_not(words: str) -> None:
    items = _read(f"夜校的灯\n作者：陈素芬\n{SHOP}{words}\n")
    gone = [item.first for item in items if item.evidence == "navigation"]
    assert gone == ([7] if "万" not in words else [])


def test_a_rare_name_set_wide_behind_its_share_is_a_byline_and_no_title() -> None:
    pieces = "".join(f"{title}\n　　　　　　文／仇 恕\n{SHOP}\n" for title in ("门牌", "灯绳"))
    found = _essays(_read(pieces))
    assert [(row.title, row.authors) for row in found] == [
        ("门牌", ("仇恕",)),
        ("灯绳", ("仇恕",)),
    ]


def _scan(*breaks: str) -> str:
    """Pages of lines of 24 characters, in paragraphs of three, with these between two pages."""
    between = "他一个人走到南岸的码头上，在那里等船，等到了晚上才有\n人过河来。\n"
    pages = zip("一二三四", ("", "", *breaks), strict=True)
    rows = (f"　　我在渡口教了{n}年书，渡口只有一条船，船老大五十岁\n{page}" for n, page in pages)
    return "渡口十年\n\n" + between.join((*rows, ""))


@pytest.mark.parametrize(
    "breaks",
    [
        ("\n　　　　　　　—57—\n\n清水乡教育志料\n\n", "\n　　　　　　　—58—\n\n渡口十年\n\n"),
        ("\n　　　　　　　57\n\n清水乡教育志料\n\n", "\n　　　　　　　58\n\n渡口十年\n\n"),
        ("清水乡教育志料\n", "清水乡教育志料\n"),
    ],
)
def test_heads_of_pages_amid_a_sentence_are_asked_and_the_sentence_is_joined(
    breaks: tuple[str, ...],
) -> None:
    text = _scan(*breaks)
    items = _read(text)
    heads = [item for item in items if item.evidence == "possible-running-head"]
    assert len(heads) == len(breaks)
    assert not any(item.confirmed for item in heads)
    sure = tuple(replace(item, confirmed=True, unclear=()) for item in items)
    plan = Plan("a.txt", "", "", line_count(text), len(text), sealed(sure), (), sure)
    (draft,) = drafted(Reading(text, ""), plan, "a").drafts
    written = draft.content.decode()
    assert written.count("船老大五十岁他一个人走到南岸") == 2 + len(breaks)


def test_a_refrain_of_verse_is_no_head_of_a_page() -> None:
    verse = "渡口十年\n\n" + "河水不舍昼夜地流着\n船还在对岸\n你还没有来\n\n" * 3
    assert all(item.evidence != "possible-running-head" for item in _read(verse))


def _steps(text: str) -> int:
    """How many lines of the program are run to divide a text, each turn of a loop for itself."""
    count = 0

    def counted(frame: FrameType, event: str, arg: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        _read(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "text",
    [
        "陈默\n", "春天\n", "篇1：题\n", "回乡\n陈默：\n", "回乡\n作者：陈默\n", "第一辑 春\n",
        "春天\n栗晓晴\n", "花落\n有香\n我走\n\n", "2月3日\n写了几行字。\n", "1、灯\n陈默\n",
        "◎ 栏\n题\n", "灯（陈默）\n", "一\n花落\n有香\n我走\n",
        "回乡\n\n\n-----\n", f"回乡\n{PROSE}\n陈默\n", "-----\n回乡\n", "书名\n- 3 -\n",
    ],
)  # fmt: skip
def test_a_text_twice_as_long_takes_about_twice_as_many_steps(text: str) -> None:
    _steps(text)
    assert _steps(text * 400) < 2.5 * _steps(text * 200)


def test_properties_are_suggestions_where_the_text_says_nothing() -> None:
    said = Suggestion("钟楼", ("邬鹤年",), "2020", "core properties")
    (essay,) = _read(f"{PROSE}\n{PROSE}\n", said)
    assert (essay.title, essay.authors, essay.date) == ("钟楼", ("邬鹤年",), "")
    assert essay.suggested
    assert not essay.confirmed


def test_properties_never_overrule_the_text() -> None:
    text = f"一碗面\n作者：邵一帆\n\n{PROSE}\n\n2020年3月\n"
    essay, *_ = _read(text, Suggestion("钟楼", ("邬鹤年",), "1999"))
    assert (essay.title, essay.authors, essay.date) == ("一碗面", ("邵一帆",), "2020年3月")


def test_a_source_of_blanks_is_all_removed() -> None:
    (blank,) = _read("\n \n\u3000\n")
    assert (blank.first, blank.last, blank.kind, blank.confirmed) == (1, 3, "removed", True)
    assert _read("") == ()


def test_every_item_names_evidence_that_is_explained() -> None:
    for case in CASES:
        for item in _read(_text(case)):
            names = item.evidence.split(" + ")
            assert set(names) <= EVIDENCE.keys()
            assert len(meanings(item.evidence)) == len(names)


def test_evidence_adds_up_and_never_to_more_than_certainty() -> None:
    assert weight("after-gap") < weight("after-gap", "before-byline") < 1
    assert weight(*EVIDENCE) <= 1
    assert weight() == 0


def test_every_piece_of_evidence_is_explained_in_the_manual() -> None:
    manual = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    table = manual.partition("## The evidence")[2].partition("\n## ")[0]
    rows = [line for line in table.split("\n") if line.startswith("| `")]
    assert rows == [
        f"| `{row.name}` | {row.weight:.2f} | {row.meaning} |" for row in EVIDENCE.values()
    ]


def test_no_dump_is_like_another() -> None:
    assert len(CASES) >= 30
    defects = {_expected(case)["defect"] for case in CASES}
    assert len(defects) == len(CASES)
    assert {_expected(case)["encoding"] for case in CASES} >= {
        "utf-8", "utf-8-sig", "utf-16", "gb18030", "big5",
    }  # fmt: skip


# ---- verse ----

STANZA = ("花落在算术题上", "我算出来的答案", "都有一点香")


def _verse(text: str) -> list[tuple[int, int]]:
    return [(item.first, item.last) for item in _read(text) if item.kind == "verse"]


def test_stanzas_are_proposed_as_verse_and_never_certain() -> None:
    lines = ["海棠", "", PROSE, "", *STANZA, "", *STANZA[:2], "", PROSE]
    (verse,) = [item for item in _read("\n".join(lines)) if item.kind == "verse"]
    assert (verse.first, verse.last, verse.confirmed) == (5, 10, False)


@pytest.mark.parametrize("width", [8, 11, 14, 17, 20])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_prose_that_was_wrapped_is_no_verse(width: int, indent: str) -> None:
    paragraph = (
        indent + PROSE + "后来弟弟病了，老赵照旧去敲门，敲三下，停一停，放下一碗豆腐脑就走。"
    )
    rows = [paragraph[at : at + width] for at in range(0, len(paragraph), width)]
    assert not _verse("\n".join(("钟楼", "", *rows, *rows, *rows)))


@pytest.mark.parametrize(
    "rows",
    [
        ("“谁？”", "“我。”", "“放门口吧”"),
        ("下雨了。", "没有人出门。", "楼下的猫也不来。"),
        ("赵月娥", "戚美兰", "祁连山"),
        ("黄豆300克", "内酯3克", "水2升"),
        ("一、花", "二、香", "三、灯"),
        ("问：后来呢", "答：后来", "问：没有了"),
    ],
)
def test_speech_lists_and_short_paragraphs_are_no_verse(rows: tuple[str, ...]) -> None:
    assert not _verse("\n".join(("钟楼", "", PROSE, "", *rows, "", PROSE)))


def test_lines_that_the_source_sets_as_verse_are_not_asked_about() -> None:
    text = "\n".join(("海棠", "", PROSE, *STANZA, PROSE))
    start = text.index(STANZA[0])
    stop = text.index(STANZA[-1]) + len(STANZA[-1])
    reading = Reading(text, "", (Span(start, stop, Role.VERSE),))
    assert not [item for item in propose(reading) if item.kind == "verse"]


def test_verse_that_is_confirmed_is_written_as_verse() -> None:
    text = "\n".join(("海棠", "", PROSE, "", *STANZA, "", *STANZA[:2], "", PROSE, ""))
    items = tuple(replace(item, confirmed=True) for item in _read(text))
    plan = Plan("海棠.txt", "", "", line_count(text), len(text), sealed(items), (), items)
    (draft,) = drafted(Reading(text, ""), plan, "海棠").drafts
    poem = "\n".join(("::: verse", *STANZA, "", *STANZA[:2], ":::"))
    assert poem in draft.content.decode()


# ---- numbers, names, dates ----


@pytest.mark.parametrize(
    ("words", "can_be"),
    [
        ("栗晓晴", True), ("卓云", True), ("孟  庆", True), ("第五平", True), ("第五天", False),
        ("其二", False), ("前言", False), ("他走了", False), ("三月", False), ("赵老师", False),
        ("一二三", False), ("白日依山尽", False), ("灯", False),
    ],
)  # fmt: skip
def test_a_few_characters_can_be_a_name_unless_they_are_words(words: str, can_be: bool) -> None:
    assert can_be_name(words) is can_be


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("赵月娥", ("赵月娥",)),
        ("江西上饶 赵月娥", ("赵月娥",)),
        ("赵月娥 陈默", ("赵月娥", "陈默")),
        ("陈老师", ()),
        ("江西 上饶 赵月娥", ()),
        ("春天", ()),
    ],
)
def test_a_line_of_names_may_begin_with_a_place(words: str, names: tuple[str, ...]) -> None:
    assert signers(words) == names


@pytest.mark.parametrize(
    ("line", "authors", "is_sure"),
    [
        ("三号楼 潘静", ("潘静",), True),
        ("（二号楼 陈默 72岁）", ("陈默",), True),
        ("五（2）班  简思齐", ("简思齐",), False),
        ("作者　浮萍", ("浮萍",), False),
        ("文/卓云", ("卓云",), False),
        ("栗晓晴", ("栗晓晴",), False),
        ("by Huo Ran", ("Huo Ran",), True),
        ("口述：丁一航 整理：陈默", ("丁一航", "陈默"), False),
        ("文：陈默 图：丁一航", ("陈默",), True),
        ("作者：三年二班  陈默", ("陈默",), True),
    ],
)
def test_a_line_below_a_title_names_the_author_or_asks(
    line: str, authors: tuple[str, ...], is_sure: bool
) -> None:
    items = _read(f"灯下\n{line}\n\n{PROSE}\n{PROSE}\n")
    (byline,) = [item for item in items if item.kind == "byline"]
    assert (_essays(items)[0].authors, byline.confirmed) == (authors, is_sure)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (f"《井》\n文/祝三川\n{PROSE}\n", ["井"]),
        (f"《井》\n{PROSE}\n\n\n\n《磨》\n{PROSE}\n", ["井", "磨"]),
        (f"《草鞋脚》\n\n{PROSE}\n", ["《草鞋脚》"]),
        (f"读《草鞋脚》\n陈默\n\n{PROSE}\n", ["读《草鞋脚》"]),
    ],
)
def test_marks_around_a_whole_title_go_where_it_is_that_of_an_essay(
    text: str, titles: list[str]
) -> None:
    assert [item.title for item in _essays(_read(text))] == titles


@pytest.mark.parametrize(
    ("counter", "number"),
    [
        ("12", 12), ("１２", 12), ("十二", 12), ("一二", 12), ("二十", 20), ("一百零三", 103),
        ("百二十", 120), ("〇", 0), ("Ⅻ", 12), ("⑫", 12), ("贰", 2), ("甲", 0), ("", 0),
    ],
)  # fmt: skip
def test_counters_are_read_in_every_way_of_writing(counter: str, number: int) -> None:
    assert number_of(counter) == number


@pytest.mark.parametrize(
    ("line", "date", "names"),
    [
        ("2020年2月3日 星期一 晴", "2020年2月3日", ()),
        ("二〇二〇年二月于江城", "二〇二〇年二月", ()),
        ("一九三四年七月十六之夜，鲁迅记。", "一九三四年七月十六", ()),
        ("鲁迅上。十一月十八日。", "十一月十八日", ("鲁迅",)),
        ("民國九年三月", "民國九年三月", ()),
        ("（2020.2.8 写于溪南）", "2020.2.8", ()),
        ("庚子年正月初五", "庚子年正月初五", ()),
        ("民國一百零五年九月，花蓮", "民國一百零五年九月", ()),
        ("二〇一七年十月，宜兰", "二〇一七年十月", ()),
        ("丁酉年腊月", "丁酉年腊月", ()),
        ("戊戌冬", "戊戌冬", ()),
        ("2017年10月　泉州", "2017年10月", ()),
        ("高雄，2017年10月", "2017年10月", ()),
        ("庞小禾　2017年10月　泉州", "2017年10月", ("庞小禾",)),
        ("2017年10月，石榴镇", "2017年10月", ()),
        ("2017年10月，我们搬了家", "", ()),
        ("2020年1月23日，武汉封城。", "", ()),
        ("三月的风", "", ()),
    ],
)
def test_a_line_with_a_date_and_little_else_is_a_dateline(
    line: str, date: str, names: tuple[str, ...]
) -> None:
    assert dateline_of(line) == (date, names)


@pytest.mark.parametrize("place", ["台北", "高雄", "青桥镇", "宁波"])
def test_a_place_is_no_name(place: str) -> None:
    assert not can_be_name(place)
    assert signers(place) == ()
    items = _read(f"石榴\n作者：庞小禾\n\n{CLEAN[1]}\n\n2017年10月　{place}\n")
    assert [item.authors for item in _essays(items)] == [("庞小禾",)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("张 三 李四", ("张三", "李四")),
        ("陈默、许静", ("陈默", "许静")),
        ("陳默（筆名）", ("陳默",)),
        ("溪南人", ("溪南人",)),
        ("三(2)班 谭小鹿", ("谭小鹿",)),
        ("三年级二班 谭小鹿", ("谭小鹿",)),
        ("初一（3）班谭小鹿", ("谭小鹿",)),
        ("谭小鹿（三(2)班）", ("谭小鹿",)),
        ("阳光小学 谭小鹿", ("谭小鹿",)),
        ("東方小學譚小鹿", ("譚小鹿",)),
        ("五年级 谭小鹿 指导老师：王芳", ("谭小鹿",)),
        ("高一飞", ("高一飞",)),
        ("高一", ()),
        ("巴", ()),
    ],
)
def test_names_are_taken_apart(words: str, names: tuple[str, ...]) -> None:
    assert names_in(words) == names


@pytest.mark.parametrize(
    ("words", "are_clear"),
    [
        ("三(2)班 谭小鹿", True), ("阳光小学 谭小鹿", True), ("陈默、许静", True),
        ("阳光小学", False), ("巴", False), ("向阳班 小满", False), ("网友123", False),
        ("阳光小学谭小鹿", True), ("溪南大学生", False),
    ],
)  # fmt: skip
def test_what_may_be_no_name_is_told_from_names(words: str, are_clear: bool) -> None:
    assert are_names(words) == are_clear


def test_a_byline_without_a_clear_name_is_asked_about() -> None:
    items = _read(f"回乡\n作者：巴\n\n{PROSE}\n")
    (byline,) = [item for item in items if item.kind == "byline"]
    assert (byline.authors, byline.evidence) == ((), "doubtful-byline")
    assert not byline.confirmed


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("来源：阳光小学公众号", "阳光小学公众号"),
        ("原载：《江南》2020年第2期", "《江南》2020年第2期"),
        ("（原载《江南》2020年第2期）", "《江南》2020年第2期"),
        ("※本文最初刊于《江南》", "《江南》"),
        ("選自《溪上》", "《溪上》"),
        ("节选自《江南》", "节选自《江南》"),
    ],
)
def test_where_it_was_printed_is_told_without_the_label(line: str, bare: str) -> None:
    assert unsourced(line) == bare


def test_what_is_compared_is_as_long_as_what_is_cut() -> None:
    words = "責任編輯：陳默 2020年2月9號"
    assert plain(words) == "责任编辑：陈默 2020年2月9号"
    assert len(plain(words)) == len(words)


AROUND = ["桥封了，没有人走。河水照样流，灯照样亮，没有人说话。"] * 3
FORMULAS = (
    "版权所有，侵权必究",
    "版权所有 某某文学网 京备00000000号",
    "著作权归作者所有。商业转载请联系作者获得授权，非商业转载请注明出处。",
    "© 2020 河边小站",
    "Copyright 2020 river.example All Rights Reserved.",
    "未经作者许可，不得转载。",
    "转载请注明出处！",
    "（内部资料，请勿外传）",
    "长按识别二维码关注我们",
)
SENTENCES = (
    "版权所有，书屋的门上这样写着。",
    "版权所有的事情他从来没有想过，他只是写。",
    "他在书上看到©这个符号，不知道是什么意思，就问了老人。",
    "转载请注明出处，他在本子上这样写，然后笑了。",
    "我们在他的公众号里看见了更多的灯。",
)


@pytest.mark.parametrize("mark", [*FORMULAS, *SENTENCES])
@pytest.mark.parametrize("amid", [True, False])
def test_words_on_copying_are_left_out_unasked_only_as_formulas_at_the_end(
    mark: str, amid: bool
) -> None:
    lines = [*AROUND[:2], mark, *AROUND[2:]] if amid else [*AROUND, mark]
    (item,) = [row for row in _read("\n\n".join(("钟楼", *lines))) if row.kind == "removed"]
    assert item.confirmed is (mark in FORMULAS and not amid)


# ---- what nothing explains ----

CLEAN = (
    "巷口的秤",
    "卖菜的人把秤放在石头上，秤杆已经被手磨得很亮，星子却还看得清楚。",
    "母亲买菜从来不看秤，她看的是卖菜的人，人站得直秤就是平的。",
    "后来那块石头不在了，卖菜的人也不来了，我还是从那里绕过去。",
)


def _only_essay(*lines: str) -> Item:
    (essay,) = _essays(_read("\n\n".join(lines)))
    return essay


def test_a_titled_essay_of_prose_and_nothing_else_is_certain() -> None:
    assert _only_essay(*CLEAN).confirmed


@pytest.mark.parametrize("greeting", ["舅舅：", "“买几斤？”", "——小时候的事"])
def test_a_salutation_a_speech_or_a_subtitle_before_the_text_raises_no_doubt(greeting: str) -> None:
    assert _only_essay(CLEAN[0], greeting, *CLEAN[1:]).confirmed


@pytest.mark.parametrize("bow", ["此致", "敬礼！", "祝好"])
def test_a_bow_at_the_end_raises_no_doubt(bow: str) -> None:
    assert _only_essay(*CLEAN, bow).confirmed


@pytest.mark.parametrize(
    "stray",
    ["字号　大　中　小", "地点：文化站二楼", "阿梅　2011-5-4 7:15", CLEAN[0], "值班室（本期）"],
)
def test_a_line_below_the_title_that_nothing_explains_makes_the_essay_asked(stray: str) -> None:
    items = _read("\n\n".join((CLEAN[0], stray, *CLEAN[1:])))
    asked = [item.kind for item in items if not item.confirmed and item.evidence == "unexplained"]
    assert asked == ["essay", "heading"]


def test_a_line_after_the_text_that_nothing_explains_makes_the_essay_asked() -> None:
    assert _only_essay(*CLEAN, "全篇写到这里为止（未完）").evidence == "unexplained"


@pytest.mark.parametrize(
    "comment",
    [
        "老师点评：写得细，结尾尤其好，请大家学一学。",
        "【教师点评】" + "以物写人，收束有余味，若能再添一个动作就更好。" * 5,
        "評語：童心可貴。",
    ],
)
def test_what_somebody_else_says_of_an_essay_is_no_part_of_it_and_asked(comment: str) -> None:
    asked = [item for item in _read("\n\n".join((*CLEAN, comment))) if not item.confirmed]
    assert [(item.kind, item.evidence) for item in asked] == [("removed", "comment")]


def test_a_line_of_mere_words_is_a_doubt_only_where_there_are_several_essays() -> None:
    words = "全篇写到这里为止"
    assert _only_essay(*CLEAN, words).confirmed
    second = ("篇2：石头", *CLEAN[1:])
    first, _ = _essays(_read("\n\n".join(("篇1：秤", *CLEAN[1:], words, *second))))
    assert first.evidence == "unexplained"


def test_what_stands_below_the_head_of_another_post_makes_the_essay_asked() -> None:
    reply = ("3楼　小城过客　2011-5-3 22:40", "写得真好，我也是这条巷子里长大的，记得那块石头。")
    assert _only_essay(*CLEAN, *reply).evidence == "unexplained"


def test_numbered_heads_with_a_line_below_each_that_is_no_text_are_asked() -> None:
    heads = ("一、秤", "（三单元孙阿姨）", CLEAN[1], "二、石头", "（七单元老朱）", CLEAN[2])
    items = _read("\n\n".join(("楼上楼下", *heads)))
    asked = [item.kind for item in items if not item.confirmed]
    assert asked == ["essay", "heading", "section", "section"]


def test_a_remark_on_copying_is_no_doubtful_byline() -> None:
    text = "\n\n".join((CLEAN[0], "作者：顾兰", *CLEAN[1:], "Copyright © 清溪晚报社 版权所有"))
    assert _essays(_read(text))[0].authors == ("顾兰",)


def test_rows_of_a_table_amid_the_text_make_the_essay_asked() -> None:
    rows = ("1　老耿　14.2公斤", "2　小吉　11.0公斤")
    assert _only_essay(*CLEAN[:3], *rows, CLEAN[3]).evidence == "unexplained"


def test_a_doubtful_byline_that_names_what_is_no_name_makes_the_essay_asked() -> None:
    items = _read("\n\n".join((*CLEAN, "（作者：汪 澜　得票四十七张）")))
    assert [item.kind for item in items if not item.confirmed] == ["essay", "heading", "byline"]


def _headed(*rows: tuple[str, str]) -> Reading:
    """A reading of rows, each with the level of its heading, "b" for a bold line, or nothing."""
    spans, text = [], ""
    for words, kind in rows:
        role = Role.STRONG if kind == "b" else Role.HEADING
        spans += [Span(len(text), len(text) + len(words), role, kind.strip("b"))] if kind else []
        text += words + "\n"
    return Reading(text[:-1], "", tuple(spans))


def test_bold_lines_below_a_signed_title_are_its_sections() -> None:
    items = propose(
        _headed(
            ("粉笔灰", "b"), ("数学组　倪有恒", ""), (CLEAN[1], ""),
            ("三声钟", "b"), ("后勤处　庞德海", ""),
            ("上课钟", "b"), (CLEAN[2], ""), ("下课钟", "b"), (CLEAN[1], ""),
        )
    )  # fmt: skip
    assert [(item.title, item.first) for item in _essays(items)] == [("粉笔灰", 1), ("三声钟", 4)]
    sections = [item for item in items if item.kind == "section"]
    assert [(item.title, item.confirmed) for item in sections] == [
        ("上课钟", False),
        ("下课钟", False),
    ]


def test_headings_without_a_text_above_signed_ones_are_parts() -> None:
    items = propose(
        _headed(
            ("水", "1"), ("缸", "2"), ("倪有恒", ""), (CLEAN[1], ""),
            ("井", "2"), ("倪有恒", ""), (CLEAN[2], ""),
            ("土", "1"), ("田埂", "2"), ("庞德海", ""), (CLEAN[1], ""),
        )
    )  # fmt: skip
    assert [item.title for item in items if item.kind == "part"] == ["水", "土"]
    assert [item.title for item in _essays(items)] == ["缸", "井", "田埂"]


def test_the_only_heading_over_signed_titles_is_no_essay() -> None:
    items = propose(
        _headed(
            ("巷口的两家店", "1"), ("裁缝店", ""), ("作者：倪有恒", ""), (CLEAN[1], ""),
            ("酱园", ""), ("作者：庞德海", ""), (CLEAN[2], ""),
        )
    )  # fmt: skip
    assert [item.title for item in _essays(items)] == ["裁缝店", "酱园"]


def test_a_bold_title_with_a_rare_name_below_it_makes_the_essay_asked() -> None:
    rows = (("五月诗会", "1"), (CLEAN[1], ""), ("卖灯芯的人", "b"), ("浮萍", ""), (CLEAN[2], ""))
    asked = [item.evidence for item in propose(_headed(*rows)) if not item.confirmed]
    assert asked == ["unexplained", "unexplained"]


def test_a_rare_name_below_a_line_amid_the_text_makes_the_essay_asked() -> None:
    """The line above it ends in no full stop, so that the title is not known as one."""
    rows = (*CLEAN[:3], "（据他的笔记整理）", "卖灯芯的人", "浮萍", CLEAN[3])
    assert _only_essay(*rows).evidence == "unexplained"


def test_numbered_bold_lines_behind_a_signed_title_are_its_sections() -> None:
    items = propose(
        _headed(
            ("木匠的尺", "b"), ("□ 倪有恒", ""), (CLEAN[1], ""),
            ("一、量木头", "b"), (CLEAN[2], ""), ("二、量人", "b"), (CLEAN[3], ""),
            ("泥瓦匠的线", "b"), ("□ 倪有恒", ""), (CLEAN[1], ""),
        )
    )  # fmt: skip
    assert [(item.first, item.last) for item in _essays(items)] == [(1, 7), (8, 10)]
    assert [item.first for item in items if item.kind == "section"] == [4, 6]


def test_titles_with_rare_names_behind_a_blank_make_the_essay_asked() -> None:
    rows = (*CLEAN[:2], "盐垛　俎玉兰", CLEAN[2], "盐路　闾丘明", CLEAN[3])
    assert _only_essay(*rows).evidence == "unexplained"


def test_who_is_interviewed_is_no_title_and_no_author() -> None:
    rows = ("修表匠访谈", "受访：盖松年（七十九岁，修表五十八年）", "采访、整理：相里宁", "", PROSE)
    (essay,) = _essays(_read("\n".join(rows)))
    assert (essay.title, essay.authors) == ("修表匠访谈", ("相里宁",))


def test_a_title_that_looks_like_a_name_keeps_its_text_in_the_book() -> None:
    rows = ("石阶", PROSE, "", "渡船", "作者：乜三", PROSE)
    items = _read("\n".join(rows))
    assert [(item.first, item.title) for item in _essays(items)] == [(1, "石阶"), (4, "渡船")]
    assert not [item for item in items if item.kind == "removed"]
