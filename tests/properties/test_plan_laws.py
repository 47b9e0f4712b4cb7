"""Laws of plans: every line has one owner, files read back equal, an editor's words stay."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from publisher.intake.coverage import Numbered, line_faults, sharing_faults, title_faults
from publisher.intake.plan import KINDS, AdviceTable, Item, Plan, line_count, renewed, sealed
from publisher.intake.planfile import read_plan, written_plan
from publisher.intake.reading import Reading, Role, Span, Suggestion
from publisher.intake.splitting.proposal import propose
from tests.properties.strategies import chinese, fit_characters, words

# Lines that dumps are made of, well-ordered or not.
LINES = (
    "", "", "", "钟楼", "一碗面", "第一回 雪夜封桥", "第二回 车停", "篇一：门", "篇二：里",
    "第一卷 冬", "作者：邬鹤年", "文/陈默", "（张三）", "邵一帆", "2020年2月3日",
    "二〇二〇年春于砻渡", "一", "二", "一、桥头", "二、渡口", "【雪】", "《丽》", "————",
    "- 3 -", "7", "目录", "相关阅读：", "责任编辑：方正", "原载《雪》", "编者按：夜",
    "——写在雪夜", "* * *", "## 里", "下面整理了2篇，欢迎参考！", "“从哪里来？”", "河水往东",
    "标题：门", "www.a.com",
    "镇上的钟楼快了两分钟，快了三十年，没有人想过要把它拨回来，谁也不去动它。",
    "　　停航以后，钟还是照样敲。我数过，夜里十二点敲了十三下，多出来的一下是它自己也睡不着。",
    " 超市只开半天，货架上的挂面早就没有了，楼下面馆的老板娘把存着的面粉都拿出来，自己和。",
)  # fmt: skip

line = st.sampled_from(LINES) | st.text(fit_characters, max_size=30).map(
    lambda text: text.replace("\n", " ")
)
source = st.lists(line, max_size=30).map("\n".join)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Texts with headings on some of their lines, and what a file says of itself."""
    text = draw(source)
    starts, offset = [], 0
    for row in text.split("\n"):
        starts.append((offset, offset + len(row)))
        offset += len(row) + 1
    chosen = draw(st.lists(st.sampled_from(starts), max_size=3, unique=True))
    levels = st.sampled_from("123")
    spans = tuple(Span(a, b, Role.HEADING, draw(levels)) for a, b in sorted(chosen))
    said = draw(st.builds(Suggestion, chinese, st.lists(words, max_size=2).map(tuple), chinese))
    return Reading(text, "", spans, suggestion=said)


def _plan(reading: Reading) -> Plan:
    items = propose(reading)
    lines, characters = line_count(reading.text), len(reading.text)
    return Plan("a.txt", "00", "UTF-8", lines, characters, sealed(items), item=items)


@given(readings())
def test_every_line_is_covered_once_outside_and_at_most_once_inside_of_essays(
    reading: Reading,
) -> None:
    items = propose(reading)
    alone: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    end = 0
    for item in items:
        own = inside if item.first <= end else alone
        own.update(range(item.first, item.last + 1))
        end = item.last if item.kind == "essay" else end
    assert alone == Counter(range(1, line_count(reading.text) + 1))
    assert set(inside.values()) <= {1}


@given(readings())
def test_a_proposal_is_a_plan_without_fault(reading: Reading) -> None:
    rows = [Numbered(number, item) for number, item in enumerate(propose(reading), 1)]
    lines = line_count(reading.text)
    faults = [*line_faults(rows, lines, ""), *sharing_faults(rows, lines, "")]
    assert faults + list(title_faults(rows, "")) == []


@given(readings())
def test_proposing_is_deterministic_and_asks_for_every_title_it_made_up(reading: Reading) -> None:
    items = propose(reading)
    assert items == propose(reading)
    assert [item for item in items if item.suggested and item.confirmed] == []


@given(readings())
def test_the_title_of_an_essay_that_is_not_suggested_stands_in_the_source(
    reading: Reading,
) -> None:
    for item in propose(reading):
        if item.kind == "essay" and not item.suggested:
            assert item.title in reading.text


@given(readings())
def test_a_proposed_plan_reads_back_equal(reading: Reading) -> None:
    plan = _plan(reading)
    assert read_plan(written_plan(plan, reading.text), "plan/a.toml") == plan


phrase = st.text(fit_characters, max_size=12)
items = st.builds(
    Item,
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from(KINDS),
    title=phrase,
    authors=st.lists(phrase, max_size=2).map(tuple),
    date=phrase,
    suggested=st.booleans(),
    evidence=phrase,
    confidence=st.floats(0, 1),
    confirmed=st.booleans(),
)
advice = st.builds(
    AdviceTable, words, st.integers(1, 9), st.integers(1, 9), words, words, words, st.booleans()
)
plans = st.builds(
    Plan,
    st.just("a.txt"),
    st.just("00"),
    phrase,
    st.just(9),
    st.integers(0, 999),
    st.just("") | phrase,
    st.lists(words, max_size=2).map(tuple),
    st.lists(items, max_size=4).map(tuple),
    st.lists(advice, max_size=3).map(tuple),
)


@given(plans, plans)
def test_renewing_is_idempotent_and_keeps_the_editors_words(old: Plan, new: Plan) -> None:
    again = renewed(old, new, "plan/a.toml")
    assert renewed(again, new, "plan/a.toml") == again
    if old.is_touched:
        assert again.item == old.item
    else:
        assert again.item == new.item
    kept = {(row.line, row.column, row.rule, row.before): row for row in old.advice if row.accepted}
    assert set(kept.values()) <= set(again.advice)
    assert again.rules_off == old.rules_off


@given(readings(), st.data())
def test_one_word_of_an_editor_makes_the_items_the_editors(
    reading: Reading, data: st.DataObject
) -> None:
    plan = _plan(reading)
    if not plan.item:
        return
    spot = data.draw(st.integers(0, len(plan.item) - 1))
    row = plan.item[spot]
    said = replace(row, confirmed=not row.confirmed)
    touched = replace(plan, item=(*plan.item[:spot], said, *plan.item[spot + 1 :]))
    assert renewed(touched, plan, "plan/a.toml").item == touched.item
