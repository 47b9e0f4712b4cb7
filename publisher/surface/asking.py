"""Asking: the questions of open plans, one by one in a terminal.

It promises that every answer is written down before the next plan is asked about, also when the
editor breaks off, and that only what was answered changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from publisher.ground.errors import PublisherError
from publisher.ground.files import read_file
from publisher.ground.hygiene import require_fit
from publisher.ground.messages import say
from publisher.intake.casework import planned_source
from publisher.intake.desk import plans
from publisher.intake.plan import AdviceTable, Item, Plan, divided, exchanged, left_out, ordinary
from publisher.intake.planfile import written_plan
from publisher.intake.sources import read
from publisher.intake.splitting.evidence import meanings
from publisher.press.writing import held, write_together
from publisher.surface.report import show_faults, tell
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

_LINES_SHOWN = 3
_CHARACTERS_SHOWN = 60

_KINDS = {
    "essay": say("essay"),
    "part": say("part"),
    "heading": say("heading"),
    "section": say("section"),
    "byline": say("byline"),
    "dateline": say("dateline"),
    "note": say("note"),
    "removed": say("left out"),
}


def row_of(item: Item) -> tuple[str, ...]:
    """An item as the cells of a table: lines, kind, title, authors, date, confidence, "asked"."""
    lines = f"{item.first}" if item.first == item.last else f"{item.first}–{item.last}"
    title = f"{item.title} ?" if item.suggested and not item.confirmed else item.title
    return (
        lines,
        worded(_KINDS[item.kind]),
        title,
        "、".join(item.authors),
        item.date,
        f"{item.confidence:.2f}",
        "" if item.confirmed else _("asked"),
    )


def is_open(plan: Plan) -> bool:
    """Whether a plan asks for something, or has places to look at."""
    return not plan.is_settled or any(not row.accepted for row in plan.advice)


def ask(folder: Path) -> bool:
    """Ask about everything that is open, until the editor leaves off; False when interrupted."""
    try:
        for name, plan in plans(folder):
            if is_open(plan) and not _ask_about(folder, name, plan):
                tell(say("what was answered is written down"))
                return True
    except KeyboardInterrupt:
        tell(say("what was answered is written down"))
        return False
    return True


def _ask_about(folder: Path, name: str, plan: Plan) -> bool:
    """Ask about one plan and write it with the answers; False when the editor leaves off."""
    text = read(planned_source(folder, plan, name)).text
    tell(say("{source}: {how}", source=plan.source, how=plan.how))
    before = read_file(folder / name)
    asking = _Asking(plan, text.split("\n"))
    try:
        return asking.run()
    finally:
        if asking.plan != plan:
            _write(folder, name, before, written_plan(asking.plan, text))


def _write(folder: Path, name: str, before: bytes, after: bytes) -> None:
    """Write a plan with its answers, unless somebody else changed it while they were given."""
    with held(folder):
        if read_file(folder / name) == before:
            write_together(folder, {name: after})
            return
    tell(say("{plan} was changed meanwhile; these answers were not written down", plan=name))


class _Asking:
    """The questions of one plan; `plan` is the plan with the answers so far."""

    def __init__(self, plan: Plan, rows: list[str]) -> None:
        self.plan = plan
        self.rows = rows

    def run(self) -> bool:
        """Ask everything; False when the editor leaves off."""
        passed: set[tuple[int, str]] = set()
        while item := self._next(passed):
            passed.add((item.first, item.kind))
            if not self._item(item):
                return False
        for place, row in enumerate(self.plan.advice):
            if not row.accepted and not self._advice(place, row):
                return False
        return True

    def _next(self, passed: set[tuple[int, str]]) -> Item | None:
        """The first question that was not asked yet; answers can raise new ones."""
        asked = (item for item in self.plan.item if not item.confirmed)
        return next((item for item in asked if (item.first, item.kind) not in passed), None)

    def _item(self, item: Item) -> bool:
        self._show(item)
        alone = item.kind in ("essay", "part")
        question = (
            _("[y]es  [t]itle  [a]uthor  [r]emove  [s]kip  [q]uit")
            if alone
            else _("[y]es  [e]ssay of its own  [n]o, text  [r]emove  [s]kip  [q]uit")
        )
        while True:
            key = _key(question, "ytarsq" if alone else "yenrsq")
            if key in "qs":
                return key == "s"
            if key in _CHANGES:
                self.plan = _CHANGES[key](self.plan, item)
                return True
            changed = _answered(item, key)
            self.plan = exchanged(self.plan, item, changed)
            item = changed

    def _show(self, item: Item) -> None:
        print()
        print("  ".join(cell for cell in row_of(item) if cell))
        for message in meanings(item.evidence):
            print(f"    {worded(message)}")
        for row in self.rows[item.first - 1 : item.last][:_LINES_SHOWN]:
            print(f"  │ {row[:_CHARACTERS_SHOWN]}")

    def _advice(self, place: int, row: AdviceTable) -> bool:
        print()
        print(f"{row.line}:{row.column}  {row.rule}  {row.context} → {row.after}")
        key = _key(_("[y]es  [e]dit  [s]kip  [q]uit"), "yesq")
        if key == "e":
            typed = _typed(_("instead:"))
            row = row if typed is None else replace(row, after=typed, accepted=True)
        elif key == "y":
            row = replace(row, accepted=True)
        rows = list(self.plan.advice)
        rows[place] = row
        self.plan = replace(self.plan, advice=tuple(rows))
        return key != "q"


def _confirmed(plan: Plan, item: Item) -> Plan:
    return exchanged(plan, item, replace(item, confirmed=True))


# What an answer makes of the plan, where it settles the question.
_CHANGES: dict[str, Callable[[Plan, Item], Plan]] = {
    "y": _confirmed,
    "e": divided,
    "n": ordinary,
    "r": left_out,
}


def _answered(item: Item, key: str) -> Item:
    """An item with another title or other authors."""
    if key == "t":
        title = _typed(_("title:"))
        return replace(item, title=title, suggested=False) if title else item
    names = _typed(_("authors, parted by 、:"))
    return item if names is None else replace(item, authors=_names(names))


def _names(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in typed.split("、"))))


def _typed(question: str) -> str | None:
    """Words that the editor types; None at the end of input.

    Characters that no text can hold are asked for again.
    """
    while True:
        try:
            words = input(f"{question} ").strip()
        except EOFError:
            return None
        try:
            require_fit(words, "", "--ask")
        except PublisherError as error:
            show_faults(error.faults)
        else:
            return words


def _key(question: str, keys: str) -> str:
    """One of the keys; other answers are asked for again, the end of input is leaving off."""
    while True:
        try:
            answer = input(f"{question} ").strip().lower()
        except EOFError:
            return "q"
        if len(answer) == 1 and answer in keys:
            return answer
