"""Carrying: an editor's plan in the lines of a newer version of its source."""

from __future__ import annotations

from dataclasses import replace

from publisher.intake.carrying import carried
from publisher.intake.moves import moves
from publisher.intake.plan import AdviceTable, Item, Plan, line_count, sealed

TWO = "雪夜\n桥封了。\n灯亮着。\n\n渡口\n船开了。\n人上去了。\n"
# The editor's word on each: other titles than the lines, all confirmed.
ITEMS = (
    Item(1, 4, "essay", title="雪", authors=("陈默",), confirmed=True),
    Item(1, 1, "heading", confirmed=True),
    Item(5, 7, "essay", title="渡", confirmed=True),
    Item(5, 5, "heading", confirmed=True),
)


def plan_of(text: str, *items: Item, seal: str = "") -> Plan:
    return Plan("a.txt", "", "", line_count(text), len(text), seal, item=items)


def proposal(text: str) -> tuple[Item, ...]:
    return (Item(1, line_count(text), "essay", title="?", confidence=0.5),)


def gone_over(new: str, *proposed: Item, old: Plan | None = None) -> Plan:
    before = old or plan_of(TWO, *ITEMS)
    return carried(before, plan_of(new, *(proposed or proposal(new))), moves(TWO, new))


def shown(plan: Plan) -> list[tuple[int, int, str, str, bool]]:
    return [(i.first, i.last, i.kind, i.title, i.confirmed) for i in plan.item]


def test_the_same_text_keeps_every_word_of_the_editor() -> None:
    assert gone_over(TWO).item == ITEMS


def test_an_essay_of_other_words_is_asked_again_with_all_that_was_said_of_it() -> None:
    assert shown(gone_over(TWO.replace("船开了", "船走了"))) == [
        (1, 4, "essay", "雪", True),
        (1, 1, "heading", "", True),
        (5, 7, "essay", "渡", False),
        (5, 5, "heading", "", True),
    ]


def test_lines_more_and_less_move_what_stands_below_them() -> None:
    assert shown(gone_over(TWO.replace("灯亮着。\n", "灯亮着。\n人走了。\n钟敲了。\n"))) == [
        (1, 6, "essay", "雪", False),
        (1, 1, "heading", "", True),
        (7, 9, "essay", "渡", True),
        (7, 7, "heading", "", True),
    ]
    assert shown(gone_over(TWO.replace("桥封了。\n灯亮着。\n", "")))[2:] == [
        (3, 5, "essay", "渡", True),
        (3, 3, "heading", "", True),
    ]


def test_an_essay_that_is_gone_leaves_nothing_behind() -> None:
    new = TWO[TWO.index("渡口") :]
    assert shown(gone_over(new)) == [(1, 3, "essay", "渡", True), (1, 1, "heading", "", True)]


def test_an_essay_more_is_as_it_is_proposed() -> None:
    new = f"{TWO}\n井\n水清了。\n"
    proposed = (
        Item(1, 8, "essay", title="?"),
        Item(9, 10, "essay", title="井", confidence=0.95, confirmed=True),
        Item(9, 9, "heading", confidence=0.95, confirmed=True),
    )
    assert shown(gone_over(new, *proposed))[2:] == [
        (5, 8, "essay", "渡", False),
        (5, 5, "heading", "", True),
        (9, 10, "essay", "井", True),
        (9, 9, "heading", "", True),
    ]


def test_new_lines_within_an_essay_are_as_they_are_proposed() -> None:
    new = TWO.replace("灯亮着。\n", "灯亮着。\n- 12 -\n")
    proposed = (Item(1, 8, "essay"), Item(4, 4, "removed", evidence="page-number"))
    assert [(i.first, i.kind) for i in gone_over(new, *proposed).item][:3] == [
        (1, "essay"),
        (1, "heading"),
        (4, "removed"),
    ]


def test_a_plan_that_nobody_touched_is_proposed_anew() -> None:
    old = plan_of(TWO, *ITEMS, seal=sealed(ITEMS))
    new = TWO.replace("船", "舟")
    found = gone_over(new, old=old)
    assert found.item == (replace(proposal(new)[0], file="a-01.md"),)
    assert not found.is_touched


def test_essays_keep_their_manuscripts_when_others_come_between() -> None:
    new = f"井\n水清了。\n\n{TWO}"
    proposed = (Item(1, 3, "essay", title="井"), Item(4, 10, "essay", title="?"))
    found = gone_over(new, *proposed)
    assert [(i.title, i.file) for i in found.item if i.kind == "essay"] == [
        ("井", "a-03.md"),
        ("雪", "a-01.md"),
        ("渡", "a-02.md"),
    ]


def test_accepted_advice_goes_with_its_line_and_not_with_another() -> None:
    rows = tuple(AdviceTable("point", line, 1, ".", "。", accepted=True) for line in (2, 6))
    old = replace(plan_of(TWO, *ITEMS), advice=rows, rules_off=("dashes",))
    found = gone_over(f"\n{TWO.replace('船', '舟')}", old=old)
    assert [row.line for row in found.advice] == [3]
    assert found.rules_off == ("dashes",)


def test_a_line_moves_with_the_lines_around_it() -> None:
    moved = moves("甲\n乙\n丙\n", "丁\n甲\n己\n丙\n")
    assert [moved.place(line) for line in (1, 2, 3)] == [2, 3, 4]
    assert moved.same == {1, 3}
    assert moved.fresh == {1}


def test_lines_that_changed_are_paired_by_their_likeness() -> None:
    rows = ("一 井", "水清了，没有人喝。", "二 灯", "灯亮了，没有人看。")
    more = ("一 桥", "桥断了，没有人修。", "二 井", "水浑了，没有人喝。", "三 灯", rows[3])
    moved = moves("\n\n".join(rows), "\n\n".join(more))
    assert [moved.place(line) for line in (3, 5, 7)] == [7, 9, 11]
    assert 7 in moved.same
    assert 3 not in moved.same


def test_essays_keep_their_manuscripts_by_their_titles_in_another_order() -> None:
    items = (replace(ITEMS[0], last=4), replace(ITEMS[2], first=5))
    old = plan_of(TWO, *items, seal=sealed(items))
    new = "渡口\n风起了。\n\n雪夜\n月落了。\n"
    found = gone_over(
        new, Item(1, 3, "essay", title="渡"), Item(4, 5, "essay", title="雪"), old=old
    )
    assert [item.file for item in found.item] == ["a-02.md", "a-01.md"]


def test_a_text_of_many_changed_lines_is_compared_in_passing() -> None:
    old, new = ("".join(f"{word}{n}\n" for n in range(2_000)) for word in ("雪", "桥"))
    moved = moves(old, new)
    assert moved.places == tuple(range(1, 2_001))
    assert not moved.same
