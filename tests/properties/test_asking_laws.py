"""Laws of asking: whatever an editor answers, the plan reads back and speaks of every line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.intake.asked import questions
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
