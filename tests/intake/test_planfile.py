"""The plan file: written to be read, read strictly, with every fault at once."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from jsonschema import Draft202012Validator

from publisher.intake.plan import KINDS, AdviceTable, Item, Plan, line_count, sealed
from publisher.intake.planfile import plan_schema, read_plan, written_plan
from publisher.intake.reading import Reading
from publisher.intake.splitting.proposal import propose
from tests.conftest import FaultsOf
from tests.reading import ROOT

TEXT = "钟楼\n\n镇上的钟楼快了两分钟，快了三十年，没有人想过要把它拨回来，谁也不去动它。\n"
HEAD = 'source = "钟.txt"\nsha256 = "00"\nhow = "UTF-8"\nlines = 9\ncharacters = 300\nseal = ""\n'


def _plan(text: str = TEXT) -> Plan:
    items = propose(Reading(text, ""))
    count = line_count(text)
    return Plan("钟.txt", "00", "UTF-8, no BOM", count, len(text), sealed(items), item=items)


def _rows(*rows: str) -> bytes:
    return (HEAD + "".join(f"[[item]]\n{row.replace('; ', chr(10))}\n" for row in rows)).encode()


def test_a_plan_is_written_as_an_editor_wants_to_read_it() -> None:
    plan = _plan()
    assert written_plan(plan, TEXT).decode() == (
        "# docs/plan.md\n"
        'source = "钟.txt"\n'
        'sha256 = "00"\n'
        'how = "UTF-8, no BOM"\n'
        "lines = 3\n"
        f"characters = {len(TEXT)}\n"
        f'seal = "{sealed(plan.item)}"\n'
        "rules_off = []\n"
        "\n"
        "# 1–3  钟楼\n"
        "[[item]]\n"
        "first = 1\n"
        "last = 3\n"
        'kind = "essay"\n'
        'title = "钟楼"\n'
        "authors = []\n"
        'date = ""\n'
        'evidence = "at-the-top + set-off"\n'
        "confidence = 0.93\n"
        "confirmed = true\n"
        "\n"
        "# 1  钟楼\n"
        "[[item]]\n"
        "first = 1\n"
        "last = 1\n"
        'kind = "heading"\n'
        'evidence = "at-the-top + set-off"\n'
        "confidence = 0.93\n"
        "confirmed = true\n"
    )


def test_what_is_written_reads_back_equal() -> None:
    advice = AdviceTable(
        "lost-comma", 3, 4, '警"服 救\n援服', "警服、救援服", "没有", accepted=True
    )
    plan = Plan("a.txt", "00", "x", 3, 9, "ff", ("quotes",), _plan().item, (advice,))
    assert read_plan(written_plan(plan, TEXT), "plan/a.toml") == plan


def test_a_comment_shows_no_character_that_a_file_may_not_hold() -> None:
    text = f"\u202e钟\u200b楼\ufffd\x07\n{TEXT}"
    plan = Plan("a.txt", "00", "x", 4, 9, "ff", item=(Item(1, 4, "essay", title="钟楼"),))
    content = written_plan(plan, text)
    assert "# 1–4  钟楼\n" in content.decode()
    assert read_plan(content, "plan/a.toml") == plan


def test_faults_of_form_and_of_lines_come_together(faults_of: FaultsOf) -> None:
    content = _rows(
        'first = 1; last = 4; kind = "essay"; title = "钟楼"',
        'first = 3; last = 12; kind = "removed"',
        'first = 9; last = 8; kind = "esay"',
    )
    found = {fault.at.key: fault for fault in faults_of(lambda: read_plan(content, "p.toml"))}
    assert {"item[2].last", "item[3].kind"} <= set(found)
    assert '"esay" is not known here' in str(found["item[3].kind"].message)
    assert 'did you mean "essay"?' in str(found["item[3].kind"].hint)
    assert "the source has the lines 1 to 9" in str(found["item[2].last"].hint)


def test_lines_that_overlap_and_lines_that_are_left_over_are_all_told(faults_of: FaultsOf) -> None:
    content = _rows(
        'first = 2; last = 4; kind = "essay"; title = "甲"',
        'first = 2; last = 2; kind = "heading"',
        'first = 2; last = 3; kind = "byline"',
        'first = 4; last = 6; kind = "essay"; title = "乙"',
    )
    told = [
        (fault.at.key, str(fault.message)) for fault in faults_of(lambda: read_plan(content, "p"))
    ]
    assert told == [
        ("item[1].first", "the lines 1 to 1 belong to no item"),
        ("item[2].first", "line 2 belongs to item 3 already"),
        ("item[4].first", "line 4 belongs to item 1 already"),
        ("item[4].first", "the lines 7 to 9 belong to no item"),
    ]


def test_what_lies_in_no_essay_is_told(faults_of: FaultsOf) -> None:
    content = _rows(
        'first = 1; last = 1; kind = "byline"',
        'first = 2; last = 8; kind = "essay"; title = "甲"',
        'first = 8; last = 9; kind = "note"',
    )
    told = [
        (fault.at.key, str(fault.message)) for fault in faults_of(lambda: read_plan(content, "p"))
    ]
    assert told[0] == ("item[1].kind", '"byline" stands outside of every essay')
    assert told[1] == ("item[3].last", "it ends after its essay, which ends with line 8")


def test_lines_that_the_source_does_not_have_are_told_once_each(faults_of: FaultsOf) -> None:
    content = _rows(
        'first = 0; last = 5; kind = "essay"; title = "甲"',
        'first = 9; last = 6; kind = "removed"',
    )
    told = [
        (fault.at.key, str(fault.message)) for fault in faults_of(lambda: read_plan(content, "p"))
    ]
    assert told == [
        ("item[1].first", "there is no line 0"),
        ("item[2].last", "the last line is 6, the first is 9"),
    ]


def test_a_confirmed_essay_has_a_title(faults_of: FaultsOf) -> None:
    content = _rows('first = 1; last = 9; kind = "essay"; title = " "; confirmed = true')
    (fault,) = faults_of(lambda: read_plan(content, "p"))
    assert (fault.at.key, str(fault.message)) == ("item[1].title", "what is confirmed has no title")


def test_wrong_types_and_unknown_keys_are_told_with_their_items(faults_of: FaultsOf) -> None:
    content = _rows(
        'first = "1"; last = 9; kind = "essay"; titel = "甲"',
        "first = 1; last = 9",
    )
    found = {fault.at.key for fault in faults_of(lambda: read_plan(content, "p"))}
    assert found == {"item[1].first", "item[1].titel", "item[2].kind"}


def test_an_editor_may_write_an_item_with_few_words() -> None:
    content = _rows('first = 1; last = 9; kind = "essay"; title = "甲"; confirmed = true')
    assert read_plan(content, "p").item == (Item(1, 9, "essay", title="甲", confirmed=True),)


def test_the_manual_names_every_key_and_every_kind_in_its_table() -> None:
    manual = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    keys = manual.partition("## Every key")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", keys, re.MULTILINE)
    tables = {"item", "advice"}
    assert named == [
        row.name
        for form in (Plan, Item, AdviceTable)
        for row in fields(form)
        if row.name not in tables
    ]
    kinds = manual.partition("## The kinds")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", kinds, re.MULTILINE)) == set(KINDS)


def test_the_plan_in_the_manual_is_the_products_own() -> None:
    manual = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    section = manual.partition("## What it looks like")[2].partition("\nThe line that")[0]
    shown = "".join(f"{line[4:]}\n" for line in section.strip("\n").split("\n"))
    text = (
        " 下面整理了短文2篇，欢迎大家参考！\n"
        " 镇上的钟楼快了两分钟，快了三十年，没有人想过要把它拨回来。\n"
        "赶早班船的人都照着它走，宁可早到，不可误船。\n"
        "停航以后，钟还是照样敲。\n"
        " 对面那幢楼的七层有一盏灯，每天夜里两点才熄。\n"
        "有一天灯没有亮，第二天也没有。\n"
        "到第三天，它一明一暗，闪了三下。\n"
    )
    plan = replace(_plan(text), sha256="…", how="GB18030, no BOM, 0 undecodable", seal="…")
    assert written_plan(plan, text).decode().startswith(shown)


def test_the_schema_takes_what_is_written() -> None:
    import tomllib

    Draft202012Validator.check_schema(plan_schema())
    table = tomllib.loads(written_plan(_plan(), TEXT).decode())
    assert Draft202012Validator(plan_schema()).is_valid(table)


def _faulty(faults_of: FaultsOf, content: bytes) -> set[tuple[str, str]]:
    faults = faults_of(lambda: read_plan(content, "plan/a.toml"))
    return {(fault.at.key, fault.message.template) for fault in faults}


ESSAY = 'first = 1; last = 9; kind = "essay"; title = "钟"; confirmed = true'


def _advised(*rows: str) -> bytes:
    tables = "".join(f"[[advice]]\n{row.replace('; ', chr(10))}\naccepted = true\n" for row in rows)
    return _rows(ESSAY) + tables.encode()


def test_accepted_advice_that_can_speak_of_nothing_is_told(faults_of: FaultsOf) -> None:
    good = 'rule = "point"; line = 3; column = 1; before = "."; after = "。"'
    content = _advised(
        good,
        good.replace("。", "·"),
        good.replace("line = 3", "line = 99"),
        good.replace("line = 3", "line = -3"),
        good.replace("point", "pont").replace("column = 1", "column = 2"),
    )
    assert _faulty(faults_of, content) == {
        ("advice[2].accepted", "the same place is spoken of in advice {number}"),
        ("advice[3].line", "there is no line {line}"),
        ("advice[4].line", "there is no line {line}"),
        ("advice[5].rule", 'there is no advice "{name}"'),
    }


def test_advice_that_nobody_accepted_may_be_of_any_kind() -> None:
    row = 'rule = "old"; line = 99; column = 1; before = "."; after = "。"'
    content = _advised(row).replace(b"accepted = true", b"accepted = false")
    assert len(read_plan(content, "plan/a.toml").advice) == 1


def test_a_part_without_an_essay_is_told_for_its_title_would_be_in_no_file(
    faults_of: FaultsOf,
) -> None:
    def rows(confirmed: str) -> bytes:
        parts = (
            f'first = {n}; last = {n}; kind = "part"; title = "辑"; confirmed = {confirmed}'
            for n in (1, 2, 9)
        )
        essay = 'first = 3; last = 8; kind = "essay"; title = "钟"; confirmed = true'
        return _rows(*parts, essay)

    message = "no essay stands in this part"
    assert _faulty(faults_of, rows("true")) == {
        ("item[1].kind", message),
        ("item[3].kind", message),
    }
    assert len(read_plan(rows("false"), "plan/a.toml").item) == 4
