"""Plans: the open plans of a collection as tables."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from publisher.ground.messages import Message, say
from publisher.intake.desk import plans
from publisher.intake.plan import AdviceTable, Item, Plan
from publisher.surface.columns import table
from publisher.surface.report import tell
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

_SHOWN = 30

_KINDS = {
    "essay": say("essay"),
    "part": say("part"),
    "heading": say("heading"),
    "section": say("section"),
    "verse": say("verse"),
    "byline": say("byline"),
    "dateline": say("dateline"),
    "note": say("note"),
    "removed": say("left out"),
}


def show_plans(folder: Path, as_json: bool) -> int:
    """The open plans as a table; all of them as JSON."""
    known = plans(folder)
    if as_json:
        print(json.dumps([asdict(plan) for _name, plan in known], ensure_ascii=False, indent=2))
        return 0
    waiting = [(name, plan) for name, plan in known if is_open(plan)]
    for name, plan in waiting:
        print(f"{name}: {plan.how}")
        print(table(_headings(), [row_of(item) for item in plan.item]))
        doubts = [row for row in plan.advice if not row.accepted]
        for row in doubts[:_SHOWN]:
            print(f"  {advice_shown(row)}")
        if len(doubts) > _SHOWN:
            print(f"  {worded(say('and {n} more', n=len(doubts) - _SHOWN))}")
    tell(say("open plans: {n} of {m}", n=len(waiting), m=len(known)))
    return 0


def _headings() -> tuple[str, ...]:
    return (_("lines"), _("kind"), _("title"), _("authors"), _("date"), _("sure"), "")


def row_of(item: Item) -> tuple[str, ...]:
    """An item as the cells of a table: lines, kind, title, authors, date, confidence, "asked"."""
    lines = f"{item.first}" if item.first == item.last else f"{item.first}–{item.last}"
    title = f"{item.title} ?" if item.suggested and not item.confirmed else item.title
    return (
        lines,
        worded(kind_of(item)),
        title,
        "、".join(item.authors),
        item.date,
        f"{item.confidence:.2f}",
        "" if item.confirmed else _("asked"),
    )


def kind_of(item: Item) -> Message:
    """What an item is called; what only may be left out is not called so yet."""
    is_asked = item.kind == "removed" and not item.confirmed
    return say("to leave out?") if is_asked else _KINDS[item.kind]


def is_open(plan: Plan) -> bool:
    """Whether a plan asks for something, or has places to look at."""
    return not plan.is_settled or any(not row.accepted for row in plan.advice)


def advice_shown(row: AdviceTable) -> str:
    """Advice on one line: its place, its rule, its words and what they would become."""
    after = row.after.replace("\n", "¶")
    return f"{row.line}:{row.column}  {row.rule}  {row.context} → {after}"
