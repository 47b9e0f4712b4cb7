"""The plan: what an editor said stays, and a changed source is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.ground.errors import PublisherError
from publisher.intake.answers import ordinary
from publisher.intake.plan import (
    AdviceTable,
    Item,
    Plan,
    essays,
    line_count,
    renewed,
    sealed,
)
from tests.conftest import FaultsOf

ITEMS = (
    Item(1, 1, "removed", evidence="blurb", confidence=0.8),
    Item(2, 6, "essay", title="钟楼", evidence="at-the-top", confidence=0.75),
    Item(2, 2, "heading", evidence="at-the-top", confidence=0.75),
    Item(7, 9, "essay", title="一碗面", suggested=True, confidence=0.6),
)
LOST = AdviceTable("lost-comma", 4, 7, "警服 救援服", "警服、救援服", "没有警服 救援服")
BROKEN = AdviceTable("broken-paragraph", 5, 1, "限¶制", "限制")


def _plan(*items: Item, advice: tuple[AdviceTable, ...] = ()) -> Plan:
    rows = items or ITEMS
    return Plan("钟.txt", "ab" * 32, "UTF-8", 9, 300, sealed(rows), (), rows, advice)


def test_the_lines_of_a_text_are_counted_as_an_editor_counts_them() -> None:
    assert [line_count(text) for text in ("", "a", "a\n", "a\n\n", "a\nb", "\n")] == [
        0, 1, 1, 2, 2, 1,
    ]  # fmt: skip


def test_an_essay_is_given_with_what_lies_in_it() -> None:
    assert [(essay.title, len(inner)) for essay, inner in essays(_plan())] == [
        ("钟楼", 1),
        ("一碗面", 0),
    ]


def test_a_plan_that_nobody_touched_follows_the_new_proposal() -> None:
    new = _plan(Item(1, 9, "essay", title="钟楼", confidence=0.95, confirmed=True))
    assert renewed(_plan(), new, "plan/钟.toml") == new


@pytest.mark.parametrize(
    "change",
    [{"confirmed": True}, {"title": "面"}, {"authors": ("邵一帆",)}, {"last": 8}, {"date": "2020"}],
)
def test_whatever_an_editor_changed_in_an_item_stays(change: dict[str, object]) -> None:
    old = replace(_plan(), item=(*ITEMS[:3], replace(ITEMS[3], **change)))  # type: ignore[arg-type]
    new = _plan(Item(1, 9, "essay", title="钟楼", confidence=0.95, confirmed=True))
    again = renewed(old, new, "plan/钟.toml")
    assert again.item == old.item
    assert again.is_touched
    assert renewed(again, new, "plan/钟.toml") == again


def test_an_item_taken_out_or_added_is_a_change_too() -> None:
    new = _plan(Item(1, 9, "essay", title="钟楼"))
    for items in (ITEMS[1:], (*ITEMS, Item(3, 3, "note"))):
        old = replace(_plan(), item=items)
        assert renewed(old, new, "plan/钟.toml").item == items


def test_advice_keeps_what_was_said_of_it() -> None:
    said = replace(LOST, after="警服和救援服", accepted=True)
    again = renewed(_plan(advice=(said,)), _plan(advice=(LOST, BROKEN)), "plan/钟.toml")
    assert again.advice == (said, BROKEN)


def test_advice_that_is_seen_no_more_stays_only_where_it_was_accepted() -> None:
    old = _plan(advice=(replace(LOST, accepted=True), BROKEN))
    assert renewed(old, _plan(), "plan/钟.toml").advice == (replace(LOST, accepted=True),)


def test_rules_that_an_editor_switched_off_stay_off() -> None:
    old = replace(_plan(), rules_off=("quotes",))
    assert renewed(old, _plan(), "plan/钟.toml").rules_off == ("quotes",)


def test_a_changed_source_is_refused(faults_of: FaultsOf) -> None:
    new = replace(_plan(), sha256="cd" * 32)
    (fault,) = faults_of(lambda: renewed(_plan(), new, "plan/钟.toml"))
    assert (fault.at.file, fault.at.key) == ("plan/钟.toml", "sha256")
    assert "钟.txt is no longer the file" in str(fault.message)
    with pytest.raises(PublisherError):
        renewed(_plan(), new, "plan/钟.toml")


def test_a_plan_is_settled_when_every_item_is_confirmed() -> None:
    assert not _plan().is_settled
    assert _plan(*(replace(item, confirmed=True) for item in ITEMS)).is_settled


def test_a_byline_that_is_ordinary_text_names_no_author() -> None:
    essay = Item(
        1, 9, "essay", title="钟楼", authors=("阮一", "卓云"), date="2020年", confidence=0.9
    )
    byline = Item(2, 2, "byline", authors=("卓云",), evidence="possible-name", confidence=0.5)
    dated = Item(9, 9, "dateline", date="2020年", evidence="dateline", confidence=0.95)
    plan = _plan(essay, byline, dated)
    assert ordinary(plan, byline).item == (replace(essay, authors=("阮一",)), dated)
    assert ordinary(plan, dated).item == (replace(essay, date=""), byline)
