"""Laws of imports: nothing of a source is lost, whatever it is and whatever its plan says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from publisher.editorial.manuscripts import read_manuscript
from publisher.intake.cleaning.advisories import NAMES as ADVISED
from publisher.intake.cleaning.changes import replay
from publisher.intake.cleaning.registry import RULES
from publisher.intake.essays import Drafts, drafted
from publisher.intake.ledger import Ledger
from publisher.intake.plan import Item, Plan, line_count, sealed
from publisher.intake.reading import Note, Reading, Role
from publisher.intake.record import Entry, Record, read_record, written_record
from tests.properties.test_manuscript_laws import ROLES, dense, said, spans
from tests.properties.test_plan_laws import LINES

line = st.sampled_from((*LINES, "他说,雪很大...", "“来", "   ", "甲\t乙\t丙", "第三，")) | st.text(
    st.sampled_from("雪夜桥，。、,.!?()“”…— \u3000a1#*[|"), max_size=12
)
INNER = ("heading", "section", "byline", "dateline", "note", "removed")
phrase = st.sampled_from(("", "雪夜", "一, 桥头", "# 渡口", "陈默", "2020年2月3日"))
NAMES = [*(row.name for row in RULES), *ADVISED]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = "\n".join(draw(st.lists(line, max_size=12)))
    notes = []
    for label in draw(st.lists(st.sampled_from("abc"), unique=True)):
        words = "\n".join(draw(st.lists(line, max_size=2)))
        notes.append(Note(label, words, draw(spans(words, (Role.STRONG, Role.NOTE)))))
    return Reading(text, "", draw(spans(text, tuple(ROLES))), tuple(notes))


@st.composite
def cuts(draw: st.DrawFn, first: int, last: int) -> list[tuple[int, int]]:
    """Runs of lines that cover the lines from first to last."""
    ends = draw(st.lists(st.integers(first, last), max_size=3, unique=True))
    stops = sorted({*ends, last})
    return list(zip([first, *(stop + 1 for stop in stops)], stops, strict=False))


@st.composite
def plans(draw: st.DrawFn, reading: Reading) -> Plan:
    """Any plan that a plan file can hold for a reading."""
    lines = line_count(reading.text)
    rows: list[Item] = []
    for first, last in draw(cuts(1, lines)) if lines else ():
        kind = draw(st.sampled_from(("essay", "essay", "essay", "part", "removed", "note")))
        confirmed = draw(st.sampled_from((True, True, False)))
        title, evidence = f"题{draw(phrase)}", draw(st.sampled_from(("", "site")))
        rows.append(
            Item(first, last, kind, title, ("甲",), draw(phrase), False, evidence, 1.0, confirmed)
        )
        for start, stop in draw(cuts(first, last)) if kind == "essay" else ():
            inner = draw(st.sampled_from((*INNER, "", "")))
            if inner:
                rows.append(
                    Item(start, stop, inner, draw(phrase), (), draw(phrase), confirmed=confirmed)
                )
    off = tuple(sorted(draw(st.sets(st.sampled_from(NAMES), max_size=4)) - {"invisible"}))
    items = tuple(rows)
    return Plan("a.txt", "0", "", lines, len(reading.text), sealed(items), off, items)


planned = readings().flatmap(lambda reading: st.tuples(st.just(reading), plans(reading)))


def lines_of(reading: Reading) -> list[str]:
    """The lines of a reading with their ends; together they are its text."""
    return reading.text.splitlines(keepends=True)


def counted(reading: Reading, plan: Plan) -> dict[str, int]:
    """The characters of a reading's lines by who owns them, counted line by line."""
    owner: dict[int, tuple[Item, Item | None]] = {}
    essay = None
    for item in sorted(plan.item, key=lambda row: (row.first, row.kind != "essay")):
        if essay and item.first <= essay.last:
            owner |= dict.fromkeys(range(item.first, item.last + 1), (essay, item))
            continue
        essay = item if item.kind == "essay" else None
        owner |= dict.fromkeys(range(item.first, item.last + 1), (item, None))
    found = {"text": 0, "apart": 0, "removed": 0, "waiting": 0}
    for number, words in enumerate(lines_of(reading), start=1):
        found[_fate(plan, *owner[number])] += len(words)
    return found


def _fate(plan: Plan, item: Item, inner: Item | None) -> str:
    parts = [row for row in plan.item if row.kind == "part" and row.last < item.first]
    waits = not item.confirmed or (item.kind == "essay" and parts and not parts[-1].confirmed)
    if waits:
        return "waiting"
    if item.kind != "essay":
        return "apart" if item.kind == "part" else "removed"
    kind = inner.kind if inner else "section"
    return {"section": "text", "removed": "removed"}.get(kind, "apart")


def _sum(rows: tuple[tuple[str, int], ...]) -> int:
    return sum(count for _, count in rows)


def require_balanced(ledger: Ledger) -> None:
    assert ledger.is_balanced
    counts = [count for _, count in (*ledger.rules, *ledger.removed)]
    assert min([ledger.kept, ledger.apart, ledger.waiting, *counts]) >= 0


@given(planned)
def test_the_ledger_balances_and_agrees_with_a_count_of_the_lines(
    case: tuple[Reading, Plan],
) -> None:
    reading, plan = case
    ledger = drafted(reading, plan, "a").ledger
    require_balanced(ledger)
    own = counted(reading, plan)
    notes = sum(len(note.text) for note in reading.notes)
    uncalled = dict(ledger.removed).get("uncalled-note", 0)
    assert ledger.apart == own["apart"]
    assert _sum(ledger.removed) - uncalled == own["removed"]
    in_manuscripts = ledger.kept + _sum(ledger.rules) - own["text"]
    waiting = ledger.waiting - own["waiting"]
    assert in_manuscripts + waiting + uncalled == notes
    assert min(in_manuscripts, waiting, uncalled) >= 0


def require_replayed(reading: Reading, drafts: Drafts) -> None:
    """Every manuscript says what its log makes of the source's lines, and nothing else."""
    rows = reading.text.split("\n")
    for draft in drafts.drafts:
        own = [rows[n - 1] for first, last in draft.entry.lines for n in range(first, last + 1)]
        manuscript = read_manuscript(draft.content, draft.entry.file, draft.entry.file)
        assert said(manuscript.blocks) == dense(replay("\n".join(own), draft.entry.log))


@given(planned)
def test_the_log_makes_every_manuscript_of_the_sources_lines_again(
    case: tuple[Reading, Plan],
) -> None:
    reading, plan = case
    require_replayed(reading, drafted(reading, plan, "a"))


@given(planned, st.data())
def test_any_advice_that_is_accepted_is_in_the_log(
    case: tuple[Reading, Plan], data: st.DataObject
) -> None:
    reading, plan = case
    advice = drafted(reading, plan, "a").advice
    said_of = tuple(replace(row, accepted=data.draw(st.booleans())) for row in advice)
    drafts = drafted(reading, replace(plan, advice=said_of), "a")
    require_balanced(drafts.ledger)
    require_replayed(reading, drafts)
    assert drafts.advice == advice


@given(planned)
def test_the_same_plan_gives_the_same_manuscripts(case: tuple[Reading, Plan]) -> None:
    assert drafted(*case, "a") == drafted(*case, "a")


@given(planned)
def test_a_record_reads_back_equal(case: tuple[Reading, Plan]) -> None:
    entries: tuple[Entry, ...] = tuple(draft.entry for draft in drafted(*case, "a").drafts)
    record = Record("a.txt", "0", entries)
    assert read_record(written_record(record), "a.log.json") == record
