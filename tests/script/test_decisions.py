"""The editors' decisions: a file that is read strictly and written alike every time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from conftest import FaultsOf
from reading import ROOT

from publisher.model.scripts import SCRIPTS
from publisher.script.decisions import (
    NONE,
    Decisions,
    DecisionTable,
    decisions_digest,
    decisions_schema,
    read_decisions,
    written_decisions,
)
from publisher.script.supplement import style_pairs

FILE = "script/decisions.toml"
BELL = DecisionTable("钟", "鍾", "hant-tw", "一.md", 2, "67岁的【钟】南山站出来")
WHOLE = Decisions(
    style=("群羣",),
    names={"钟南山": "鍾南山", "余华": ""},
    decision=(DecisionTable("斗", "鬥", essay="一.md"), BELL),
    accepted=(DecisionTable("后来", "後來"),),
)


def test_what_is_written_reads_back_equal_and_stands_in_order() -> None:
    text = written_decisions(WHOLE).decode()
    assert text == (
        "# docs/script.md\n"
        'style = ["群羣"]\n'
        "\n[names]\n"
        '"余华" = ""\n'
        '"钟南山" = "鍾南山"\n'
        "\n[[decision]]\n"
        'source = "斗"\nvalue = "鬥"\nessay = "一.md"\n'
        "\n[[decision]]\n"
        'source = "钟"\nvalue = "鍾"\nscript = "hant-tw"\nessay = "一.md"\noccurrence = 2\n'
        'context = "67岁的【钟】南山站出来"\n'
        "\n[[accepted]]\n"
        'source = "后来"\nvalue = "後來"\n'
    )
    assert read_decisions(text.encode(), FILE) == WHOLE


def test_the_example_of_the_manual_is_read() -> None:
    page = (ROOT / "docs" / "script.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    decisions = read_decisions(example.encode(), FILE)
    assert all((decisions.style, decisions.names, decisions.decision, decisions.accepted))


def test_the_manual_names_every_form_of_the_house() -> None:
    page = (ROOT / "docs" / "script.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`\s]{2})`", page))
    assert {pair.name for pair in style_pairs() if not pair.is_standing} <= named


def test_an_empty_file_decides_nothing() -> None:
    assert read_decisions(b"", FILE) == NONE
    assert read_decisions(written_decisions(NONE), FILE) == NONE


def test_the_order_in_which_things_were_decided_leaves_no_trace() -> None:
    turned = replace(
        WHOLE,
        names=dict(reversed(WHOLE.names.items())),
        decision=WHOLE.decision[::-1] * 2,
    )
    assert written_decisions(turned) == written_decisions(WHOLE)
    assert decisions_digest(turned) == decisions_digest(WHOLE) != decisions_digest(NONE)


def test_every_fault_of_a_file_is_told_at_once(faults_of: FaultsOf) -> None:
    content = """
style = ["群众"]
[[decision]]
source = ""
value = "發\\n"
script = "hant"
[[decision]]
source = "发"
value = "髮"
occurrence = 1
[[accepted]]
source = "发"
value = "发"
essay = "一.md"
context = "头【发】"
[[accepted]]
source = "发"
value = "发"
occurrence = -1
"""
    faults = faults_of(lambda: read_decisions(content.encode(), FILE))
    assert [fault.at.key for fault in faults] == [
        "style[1]", "decision[1].source", "decision[1].value", "decision[1].script",
        "decision[2].essay", "decision[2].context", "accepted[1].context",
        "accepted[2].occurrence", "accepted[2].essay", "accepted[2].context",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('[[decision]]\nsource = "发"\n', "decision[1].value"),
        ('[[decision]]\nsource = 1\nvalue = "發"\n', "decision[1].source"),
        ('[[decision]]\nsource = "发"\nvalue = "發"\nwhy = "x"\n', "decision[1].why"),
        ('[names]\n"钟" = 1\n', "names.钟"),
        ("names = []\n", "names"),
    ],
)
def test_a_file_of_another_form_is_refused(content: str, key: str, faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: read_decisions(content.encode(), FILE))
    assert key in [fault.at.key for fault in faults]


def test_the_file_has_a_schema_with_a_text_for_every_key() -> None:
    table = decisions_schema()["$defs"]["DecisionTable"]["properties"]
    assert set(table) == {"source", "value", "script", "essay", "occurrence", "context"}
    assert all(key["description"] for key in table.values())


def test_a_decision_serves_the_scripts_of_its_region() -> None:
    def served(script: str) -> list[str]:
        table = DecisionTable("发", "髮", script)
        return [name for name, it in SCRIPTS.items() if table.is_for(it)]

    assert served("") == ["hant-tw", "hant-hk", "hant-tw-phrases", "hant-hk-phrases"]
    assert served("hant-hk") == ["hant-hk", "hant-hk-phrases"]
    assert served("hans") == ["hans"]
