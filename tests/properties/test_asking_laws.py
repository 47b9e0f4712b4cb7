"""Laws of asking: whatever an editor answers, the plan reads back and speaks of every line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.intake.asked import questions
from publisher.intake.dividing import begun
from publisher.intake.plan import Plan, line_count, sealed
from publisher.intake.planfile import read_plan, written_plan
from publisher.intake.reading import Reading
from publisher.intake.splitting.proposal import propose
from publisher.surface.inquiry import Asking

DUMPS = Path(__file__).parent.parent / "intake" / "dumps"
SOURCES = [
    "blank-lines-before-titles",
    "letters-by-mail",
    "names-at-the-right",
    "poems-by-two",
    "pupils-with-numbers",
    "two-diaries",
]
typed = st.sampled_from([*"ybdtaenrolsq", "2 5 8", "石阶", "3", "", "阿莲、贠小满"])
# What stands in a chat that holds recollections: titles, texts, names, and what is left out.
ROWS = [
    "《锅炉房的水》",
    "半张饭票",
    "那时候我们住在老校区的北楼，水房早晚各开一次。冬天天不亮，提着两只暖瓶下楼。",
    "[图片]\n",
    "",
    "写得真好，我眼泪都下来了",
    "—————— 2024-04-14 ——————",
    "陈小红",
    "一、",
    "雨停了",
    "二〇一八年三月",
]
chats = st.lists(st.sampled_from(ROWS), min_size=6, max_size=16).map("\n".join)


def reading_of(case: str) -> Reading:
    expected = tomllib.loads((DUMPS / case / "expected.toml").read_text(encoding="utf-8"))
    return Reading((DUMPS / case / "source.txt").read_bytes().decode(expected["encoding"]), "")


def plan_of(reading: Reading) -> Plan:
    items, text = propose(reading), reading.text
    return Plan("a.txt", "00", "", line_count(text), len(text), sealed(items), (), items)


def answered(reading: Reading, words: list[str]) -> Plan:
    """The plan once these words were typed, and then nothing more."""
    asking = Asking(plan_of(reading), reading)
    with patch("builtins.input", side_effect=[*words, *[EOFError] * 99]):
        asking.run()
    return asking.plan


@pytest.mark.parametrize("case", SOURCES)
@settings(max_examples=25, deadline=None)
@given(words=st.lists(typed, max_size=14))
def test_no_answers_make_a_plan_that_is_refused(case: str, words: list[str]) -> None:
    reading = reading_of(case)
    plan = answered(reading, words)
    assert read_plan(written_plan(plan, reading.text), "plan/a.toml") == plan


def cut(plan: Plan, reading: Reading, number: int) -> Plan:
    """The plan with an essay from this line on, where it lies in one."""
    around = (row for row in plan.item if row.kind == "essay" and row.first < number <= row.last)
    essay = next(around, None)
    return begun(plan, essay, (number,), reading) if essay else plan


@settings(max_examples=60, deadline=None)
@given(text=chats, again=st.integers(1, 24))
def test_no_cut_makes_a_plan_that_is_refused(text: str, again: int) -> None:
    reading = Reading(text, "")
    for number in range(1, line_count(text) + 1):
        plan = cut(cut(plan_of(reading), reading, number), reading, again)
        assert read_plan(written_plan(plan, reading.text), "plan/a.toml") == plan


@pytest.mark.parametrize("case", SOURCES)
def test_yes_to_every_question_settles_a_plan_whose_titles_are_known(case: str) -> None:
    reading = reading_of(case)
    count = len(questions(plan_of(reading).item))
    assert answered(reading, ["y"] * count).is_settled


@pytest.mark.parametrize("case", SOURCES)
def test_every_open_item_lies_in_one_question(case: str) -> None:
    items = plan_of(reading_of(case)).item
    asked = [item for question in questions(items) for item in question.items]
    assert sorted(asked, key=items.index) == [item for item in items if not item.confirmed]
