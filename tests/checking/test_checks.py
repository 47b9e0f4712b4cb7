"""Each check finds what it is for, tells it at its place, and is silent beside it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from publisher.checking.characters import missing_glyphs
from publisher.checking.registry import CHECKS, noticed
from publisher.checking.subject import plans_of, subject_of
from publisher.ground.notices import Notice, Severity
from publisher.intake.desk import take_in
from publisher.intake.handled import Wishes
from publisher.intake.plan import Item
from publisher.intake.planfile import read_plan, written_plan
from publisher.press.fonts import add_font
from publisher.press.planning import books_of, drawn_up
from publisher.press.writing import write_into
from publisher.typography.typearea import TypeArea, type_area
from tests.addedfont import added_font
from tests.conftest import MakeCollection
from tests.reading import DATA, ESSAYS, OUTPUTS

Noticed = Callable[..., list[tuple[str, str, int | None]]]

# Sentences that have nothing in common.
RIVER = "河边的钟楼已经很旧，砖缝里长着草，没有人记得它是哪一年造的，只知道它每天都快两分钟。"
LAMP = "楼上的灯一直亮到天明，隔壁的老人说那是等船的人点的，船却要到三月才来，大家都不说破。"
SNOW = "第二天下了雪，卖豆腐的没有来，孩子们把空的豆腐板当雪橇，从桥头一直滑到面馆的门口。"


def essay(body: str, title: str = "题", author: str = "甲") -> str:
    return f"---\ntitle: {title}\nauthor: {author}\n---\n\n{body}\n"


def found(folder: Path) -> tuple[Notice, ...]:
    assembly, jobs = drawn_up(folder)
    areas: list[TypeArea] = [
        type_area(job.page, job.book.layout.design) for job in jobs if job.format == "screen"
    ]
    planned = plans_of(folder)
    return noticed(
        subject_of(assembly, planned, areas, bool(assembly.collection.about.date), books_of(jobs))
    )


@pytest.fixture
def notices(make_collection: MakeCollection) -> Callable[..., tuple[Notice, ...]]:
    """`notices(a, b, …, head=…)` gives what is noticed of a dated collection of these essays."""

    def made(*essays: str, head: str = "", **files: bytes) -> tuple[Notice, ...]:
        texts = {f"{chr(97 + number)}.md": text for number, text in enumerate(essays)}
        pictures = {name.replace("_", "."): content for name, content in files.items()}
        dated = f'date = "2020"\n{head}'
        return found(make_collection({**texts, **pictures}, head=dated, outputs=OUTPUTS))

    return made


@pytest.fixture
def rows(notices: Callable[..., tuple[Notice, ...]]) -> Noticed:
    """The same as (code, file name, line)."""

    def made(*essays: str, **more: object) -> list[tuple[str, str, int | None]]:
        return [
            (notice.code, Path(notice.at.file).name, notice.at.line)
            for notice in notices(*essays, **more)
        ]

    return made


def test_a_sound_book_is_passed_without_a_notice(rows: Noticed) -> None:
    assert rows(essay(f"{RIVER}\n\n{SNOW}"), essay(LAMP, title="灯")) == []


def test_every_check_has_a_name_of_its_own() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)


# ---- words ----


def test_marks_of_the_wrong_width_are_told_once_for_each_line_and_rule(
    notices: Callable[..., tuple[Notice, ...]],
) -> None:
    seen = notices(essay("甲,乙,丙--丁\n\n戊,己"))
    assert [(n.code, n.at.line) for n in seen] == [("unclean", 6), ("unclean", 6), ("unclean", 8)]
    assert "half-width-marks" in str(seen[1].message)
    assert "甲，乙" in str(seen[1].message)


@pytest.mark.parametrize(
    "body",
    ["`a,b`里", "[甲,乙]{lang=ja}说", "[甲](http://a.cn/乙,丙)说", "　　雪。\n　　夜。  \n好"],
)
def test_what_is_no_prose_of_the_book_is_not_told(body: str, rows: Noticed) -> None:
    assert rows(essay(body)) == []


def test_what_nobody_sees_is_shown(notices: Callable[..., tuple[Notice, ...]]) -> None:
    (notice,) = notices(essay("雪\u200b夜"))
    assert "雪U+200B夜" in str(notice.message)


def test_a_title_is_told_with_what_to_write(notices: Callable[..., tuple[Notice, ...]]) -> None:
    (notice,) = notices(essay(RIVER, title="雪,夜"))
    assert (notice.code, notice.at.line) == ("unclean", 2)
    assert "雪，夜" in str(notice.hint)


@pytest.mark.parametrize(
    ("body", "code", "hint"),
    [
        ("他说：“走吧。", "unbalanced", "”"),
        ("我读了《朝花夕拾，很喜欢。", "unbalanced", ""),
        ("没有警服 救援服，只有口罩。", "doubtful", "、"),
        (f"{RIVER[:-1]}的限\n\n制，谁也不知道。", "doubtful", "paragraph"),
    ],
)
def test_advice_is_told_with_its_suggestion(
    body: str, code: str, hint: str, notices: Callable[..., tuple[Notice, ...]]
) -> None:
    (notice,) = notices(essay(body))
    assert (notice.code, notice.at.line, notice.severity) == (code, 6, Severity.ADVICE)
    assert hint in str(notice.hint)


def test_every_doubt_is_told_but_of_unbalanced_quotes_the_first_of_a_line(rows: Noticed) -> None:
    commas = essay("没有警服 救援服 隔离衣，只有口罩。")
    assert rows(commas) == [("doubtful", "a.md", 6)] * 2
    assert rows(essay("走吧。”他说。下雪了。”她说。")) == [("unbalanced", "a.md", 6)]


def test_a_quotation_that_runs_over_paragraphs_is_in_order(rows: Noticed) -> None:
    assert rows(essay("他说：“走吧。\n\n下雪了。\n\n船不来了。”没有人动。")) == []


def test_a_head_word_set_off_by_a_wide_space_is_no_enumeration(rows: Noticed) -> None:
    assert rows(essay("正月初一　水位十八米，无风。")) == []


# ---- the collection ----


def test_a_missing_date_is_advice(make_collection: MakeCollection) -> None:
    (notice,) = found(make_collection({"a.md": essay(RIVER)}, outputs=OUTPUTS))
    assert (notice.code, notice.at.key) == ("undated", "date")


def test_a_book_without_any_author_is_told_once(rows: Noticed) -> None:
    plain = "---\ntitle: {}\n---\n\n{}\n"
    texts = [plain.format(*row) for row in (("一", RIVER), ("二", LAMP), ("三", SNOW))]
    assert rows(*texts) == [("authorless", "collection.toml", None)]


def test_essays_without_an_author_among_others_are_one_warning(
    notices: Callable[..., tuple[Notice, ...]],
) -> None:
    bare = "---\ntitle: 桥\n---\n\n" + LAMP
    (notice,) = notices(essay(RIVER), bare, essay(SNOW, title="雪"))
    assert (notice.code, notice.severity) == ("authorless", Severity.WARNING)
    assert "b.md" in str(notice.message)


def test_a_preface_needs_no_author(make_collection: MakeCollection) -> None:
    declaration = (
        'title = "书"\ndate = "2020"\nessays = ["a.md"]\n[front]\nessays = ["f.md"]\n' + OUTPUTS
    )
    files = {"collection.toml": declaration, "a.md": essay(RIVER), "f.md": f"# 前言\n\n{SNOW}\n"}
    assert found(make_collection(files)) == ()


def test_a_part_without_a_title_among_several_is_told(make_collection: MakeCollection) -> None:
    parts = '[[part]]\ntitle = "一"\nessays = ["a.md"]\n[[part]]\ntitle = ""\nessays = ["b.md"]\n'
    declaration = f'title = "书"\ndate = "2020"\n{parts}{OUTPUTS}'
    files = {"a.md": essay(RIVER), "b.md": essay(SNOW, title="雪")}
    seen = found(make_collection({"collection.toml": declaration, **files}))
    assert [(notice.code, notice.at.key) for notice in seen] == [("part-untitled", "part[2].title")]


# ---- doubles ----


def test_two_essays_of_one_title_are_told_at_the_second(rows: Noticed) -> None:
    assert rows(essay(RIVER), essay(LAMP)) == [("title-twice", "b.md", 1)]


def test_a_subtitle_tells_essays_apart(rows: Noticed) -> None:
    second = essay(LAMP).replace("author:", "subtitle: 二\nauthor:")
    assert rows(essay(RIVER), second) == []


def test_a_long_paragraph_that_stands_in_two_essays_is_told_whatever_its_marks(
    rows: Noticed,
) -> None:
    others = [
        LAMP,
        SNOW,
        "雨下了三天，水没过了第二级石阶，划船的人把缆绳系在面馆的门环上，又解开。",
    ]
    first = essay("\n\n".join([RIVER, *others]))
    second = essay(f"{RIVER.replace('，', '、')}\n\n春天的事，等春天再说。", title="春")
    assert rows(first, second) == [("paragraph-twice", "b.md", 6)]


def test_an_essay_that_is_nearly_another_is_told_once(rows: Noticed) -> None:
    body = [RIVER, LAMP, SNOW]
    near = [RIVER.replace("旧", "破"), LAMP, SNOW, "后来桥拆了。"]
    assert rows(essay("\n\n".join(body)), essay("\n\n".join(near), title="又")) == [
        ("essay-twice", "b.md", 1)
    ]


# ---- script ----


def test_an_essay_in_the_other_script_is_told_where_the_book_is_in_traditional(
    make_collection: MakeCollection,
) -> None:
    output = '[[output]]\nname = "x"\nformat = "epub"\nscript = "hant-tw"\n'
    head = 'date = "2020"\nlanguage = "zh-Hant-TW"'
    files = {
        "a.md": essay("門前的書車開過橋頭，學生們說話的聲音漸漸遠了。"),
        "b.md": essay(LAMP, title="灯"),
    }
    seen = found(make_collection(files, head=head, outputs=output))
    assert [(it.code, it.severity, Path(it.at.file).name) for it in seen] == [
        ("script-other", Severity.ADVICE, "b.md")
    ]


def test_a_paragraph_in_the_other_script_is_told_and_a_kept_or_a_single_one_is_not(
    rows: Noticed,
) -> None:
    strange = "門前的書車開過橋頭，學生們說話的聲音漸漸遠了。"
    mixed = f"{RIVER}\n\n{strange}\n\n{SNOW}{LAMP}"
    assert rows(essay(mixed)) == [("script-mixed", "a.md", 8)]
    kept = f"{RIVER}\n\n[{strange}]{{lang=zh-Hant}}说。\n\n{SNOW}\n\n他姓錢。"
    assert rows(essay(kept)) == []


# ---- characters, pictures, shapes ----


def test_a_character_that_only_an_added_font_has_is_rare(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    folder = make_collection(
        {"a.md": essay("甲\ua000乙。")}, head='date = "2020"\n', outputs=OUTPUTS
    )
    add_font(added_font(tmp_path / "Added.ttf", "\ua000甲"), folder)
    assert [notice.code for notice in found(folder)] == ["character-rare"]


def test_a_rare_character_is_told_once(rows: Noticed) -> None:
    assert rows(essay("𠮷野家。\n\n𠮷野家又开了。")) == [("character-rare", "a.md", 6)]


def test_a_western_sentence_is_told_until_its_language_is_said(rows: Noticed) -> None:
    words = "Tell him that I have been waiting since noon."
    assert rows(essay(f"雾散了。\n\n{words}")) == [("language-unsaid", "a.md", 8)]
    assert rows(essay(f"雾散了[^1]。\n\n[^1]: {words}")) == [("language-unsaid", "a.md", 8)]
    assert rows(essay(f"雾散了。\n\n[{words}]{{lang=en}}")) == []
    assert rows(essay(f"雾散了。\n\n`{words}`")) == []


def test_every_place_of_a_character_without_a_glyph_is_a_fault(
    make_collection: MakeCollection,
) -> None:
    folder = make_collection(
        {"a.md": essay("桥🧶\n\n雪🧶𪚥"), "b.md": essay("🧶", title="b")}, outputs=OUTPUTS
    )
    faults = missing_glyphs(books_of(drawn_up(folder)[1]))
    places = [(Path(fault.at.file).name, fault.at.line) for fault in faults]
    assert places == [("a.md", 6), ("a.md", 8), ("a.md", 8), ("b.md", 6)]


def _picture(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (width, height), 255).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("width", "height", "severity"),
    [
        (300, 200, Severity.WARNING),
        (1100, 700, Severity.ADVICE),
        (2400, 1600, None),
        (1700, 2500, None),
    ],
)
def test_a_picture_is_measured_at_the_width_at_which_it_is_printed(
    width: int, height: int, severity: Severity | None, notices: Callable[..., tuple[Notice, ...]]
) -> None:
    seen = notices(essay(f"{RIVER}\n\n![图](p.png)"), p_png=_picture(width, height))
    told = [("picture-coarse", 8, severity)] if severity else []
    assert [(notice.code, notice.at.line, notice.severity) for notice in seen] == told


def test_a_drawing_is_never_coarse(rows: Noticed) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>'
    assert rows(essay(f"{RIVER}\n\n![图](p.svg)"), p_svg=svg) == []


def test_a_paragraph_of_pages_is_told(rows: Noticed) -> None:
    assert rows(essay(RIVER * 50)) == [("paragraph-long", "a.md", 6)]


def test_an_essay_without_text_is_told_and_one_of_a_picture_is_not(rows: Noticed) -> None:
    picture = _picture(2400, 1600)
    assert rows(essay("***"), essay("![图](p.png)", title="图"), p_png=picture) == [
        ("essay-empty", "a.md", 1)
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"题\n\n{RIVER}", [6]),
        (f"{RIVER}\n\n##小节\n\n{SNOW}", [8]),
        (f"{RIVER}\n\n第二章 雪夜\n\n{SNOW}", [8]),
        (f"一\n\n{RIVER}\n\n二\n\n{SNOW}", [6, 10]),
        (f"## 一\n\n{RIVER}\n\n## 二\n\n{SNOW}", []),
        (f"{RIVER}\n\n一\n\n{SNOW}", []),
        (f"{RIVER}\n\n第二天，他又来了。", []),
        (f"{RIVER}\n\n#1号楼的灯灭了。", []),
    ],
)
def test_lines_that_look_like_headings_are_told(body: str, lines: list[int], rows: Noticed) -> None:
    assert rows(essay(body)) == [("heading-left", "a.md", line) for line in lines]


# ---- plans ----


def _imported(make_collection: MakeCollection, tmp_path: Path, text: str) -> Path:
    folder = make_collection({"a.md": essay(RIVER)}, head='date = "2020"', outputs=OUTPUTS)
    source = tmp_path / "钟.txt"
    source.write_text(text, encoding="utf-8")
    write_into(folder, dict(take_in((source,), folder).files))
    return folder


TITLED = f"雪夜\n\n　　{LAMP}\n　　{SNOW}\n"


def test_a_plan_that_was_carried_out_is_silent(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    folder = _imported(make_collection, tmp_path, TITLED)
    assert (folder / "钟.md").is_file()
    assert {notice.code for notice in found(folder)} <= {"authorless"}


def test_a_plan_that_waits_is_told(make_collection: MakeCollection, tmp_path: Path) -> None:
    folder = _imported(make_collection, tmp_path, f"　　{LAMP}\n　　{SNOW}\n")
    assert not (folder / "钟.md").exists()
    assert [(n.code, Path(n.at.file).name) for n in found(folder)] == [("plan-waits", "钟.toml")]


def test_essays_that_a_waiting_plan_is_not_sure_of_are_told_at_their_items(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    folder = _imported(make_collection, tmp_path, TITLED)
    file = folder / "plan" / "钟.toml"
    items = (
        Item(1, 2, "essay", "雪夜", confidence=0.75),
        Item(3, 4, "essay", "灯", confidence=0.95),
    )
    plan = replace(read_plan(file.read_bytes(), "钟.toml"), item=items)
    file.write_bytes(written_plan(plan, TITLED))
    told = [(n.code, n.at.key) for n in found(folder) if Path(n.at.file).name == "钟.toml"]
    assert told == [("plan-waits", ""), ("split-doubtful", "item[1]")]


def test_a_manuscript_that_its_plan_would_write_otherwise_is_told_until_it_is_edited(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    folder = _imported(make_collection, tmp_path, TITLED)
    plan = folder / "plan" / "钟.toml"
    plan.write_text(plan.read_text("utf-8").replace('"雪夜"', '"雪后"'), encoding="utf-8")
    assert "plan-unapplied" in {notice.code for notice in found(folder)}
    manuscript = folder / "钟.md"
    manuscript.write_text(manuscript.read_text("utf-8") + "\n又记。\n", encoding="utf-8")
    assert "plan-unapplied" not in {notice.code for notice in found(folder)}


def test_a_rule_that_the_plan_switched_off_is_off_in_the_check(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    folder = make_collection({"a.md": essay(RIVER)}, head='date = "2020"', outputs=OUTPUTS)
    source = tmp_path / "钟.txt"
    source.write_text(TITLED.replace("，", ","), encoding="utf-8")
    taken = take_in((source,), folder, Wishes(off=frozenset(("half-width-marks",))))
    write_into(folder, dict(taken.files))
    assert "," in (folder / "钟.md").read_text(encoding="utf-8")
    assert "unclean" not in {notice.code for notice in found(folder)}


# ---- order, and real books ----


def test_notices_stand_in_the_order_of_the_book_and_of_lines(rows: Noticed) -> None:
    seen = rows(essay("雪,夜\n\n又,雪", title="乙"), essay("门,前", title="甲"), head="")
    assert [row[1:] for row in seen] == [("a.md", 6), ("a.md", 8), ("b.md", 6)]


def test_the_sample_has_nothing_to_warn_of() -> None:
    assert [str(notice) for notice in found(ESSAYS) if notice.severity is Severity.WARNING] == []


@pytest.mark.parametrize("name", ["luxun"])
def test_a_real_book_as_it_was_imported_has_nothing_to_warn_of(
    name: str, make_collection: MakeCollection
) -> None:
    if not (DATA / name).is_dir():
        pytest.skip(f"the texts of {name} are not beside this repository")
    folder = make_collection({"collection.toml": f'title = "书"\ndate = "2020"\n{OUTPUTS}'})
    write_into(folder, dict(take_in((DATA / name,), folder, Wishes(accept=True)).files))
    assert [str(notice) for notice in found(folder) if notice.severity is Severity.WARNING] == []
