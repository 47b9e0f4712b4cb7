"""Asking: the questions of open plans, one by one in a terminal.

It promises that every answer is written down before the next plan is asked about, also when the
editor breaks off, that only what was answered changes, that every key which is offered does
something, and that no answer makes a plan which is refused afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from publisher.ground.files import read_file
from publisher.ground.messages import Message, say
from publisher.intake.answers import confirmed, divided, exchanged, headed, left_out, ordinary
from publisher.intake.desk import plans
from publisher.intake.filing import differs, planned_source
from publisher.intake.plan import AdviceTable, Item, Plan, empty_parts
from publisher.intake.planfile import written_plan
from publisher.intake.sources import read
from publisher.intake.splitting.evidence import meanings
from publisher.press.writing import held, write_together
from publisher.surface.plans import advice_shown, is_open, row_of
from publisher.surface.questions import chosen, typed
from publisher.surface.report import tell
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

_ASKER = "--ask"
_LINES_SHOWN = 3
_CHARACTERS_SHOWN = 60


@dataclass(frozen=True)
class Answers:
    """What came of asking: the plans that were answered, and whether the editor broke off."""

    plans: frozenset[str]
    is_interrupted: bool = False


def ask(folder: Path) -> Answers:
    """Ask about everything that is open, until the editor leaves off."""
    known = [(name, plan) for name, plan in plans(folder) if is_open(plan)]
    before = {name: read_file(folder / name) for name, _ in known}
    is_interrupted = False
    try:
        if not all(_ask_about(folder, name, plan) for name, plan in known):
            tell(say("what was answered is written down"))
    except KeyboardInterrupt:
        tell(say("what was answered is written down"))
        is_interrupted = True
    answered = (name for name, content in before.items() if differs(folder / name, content))
    return Answers(frozenset(answered), is_interrupted)


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
        self.passed: set[tuple[int, str]] = set()

    def run(self) -> bool:
        """Ask everything; False when the editor leaves off."""
        while item := self._next():
            self.passed.add((item.first, item.kind))
            if not self._item(item):
                return False
        for place, row in enumerate(self.plan.advice):
            if not row.accepted and not self._advice(place, row):
                return False
        return True

    def _next(self) -> Item | None:
        """The first question that was not asked yet; answers can raise new ones."""
        asked = (item for item in self.plan.item if not item.confirmed)
        return next((item for item in asked if (item.first, item.kind) not in self.passed), None)

    def _item(self, item: Item) -> bool:
        self._show(item)
        while True:
            keys = [key for key in _KEYS if self._means(item, key)]
            key = chosen("  ".join(worded(_KEYS[key]) for key in keys), keys)
            if key in "qs":
                return key == "s"
            item = self._told(item, key)
            if key in _CHANGES and not (key == "y" and _lacks_title(item)):
                self.plan = _CHANGES[key](self.plan, item)
                # In an essay of its own verse is asked about once more.
                self.passed -= {(item.first, item.kind)} if key == "e" else set()
                return True

    def _means(self, item: Item, key: str) -> bool:
        """Whether a key does anything for an item; an essay without a title is asked for one."""
        if key not in _CHANGES:
            return key in "sq" or key in _TOLD.get(item.kind, "")
        is_asked = key == "y" and _lacks_title(item)
        return is_asked or _CHANGES[key](self.plan, item) != self.plan

    def _told(self, item: Item, key: str) -> Item:
        """The item with what the editor types, where the key asks for a title or authors."""
        key = "t" if key == "y" and _lacks_title(item) else key
        if key in _CHANGES:
            return item
        told = _answered(item, key)
        plan = exchanged(self.plan, item, told)
        self.plan = headed(plan, told, self.rows[told.first - 1].strip())
        return told

    def _show(self, item: Item) -> None:
        print()
        print("  ".join(cell for cell in row_of(item) if cell))
        for message in meanings(item.evidence):
            print(f"    {worded(message)}")
        if item in empty_parts(self.plan.item):
            print(f"    {worded(say('no essay stands in this part'))}")
        for row in self.rows[item.first - 1 : item.last][:_LINES_SHOWN]:
            print(f"  │ {row[:_CHARACTERS_SHOWN]}")

    def _advice(self, place: int, row: AdviceTable) -> bool:
        print()
        print(advice_shown(row))
        key = chosen(_("[y]es  [e]dit  [s]kip  [q]uit"), "yesq")
        if key == "e":
            words = typed(_("instead:"), _ASKER)
            row = row if words is None else replace(row, after=words, accepted=True)
        elif key == "y":
            row = replace(row, accepted=True)
        rows = list(self.plan.advice)
        rows[place] = row
        self.plan = replace(self.plan, advice=tuple(rows))
        return key != "q"


# The keys in the order in which they are shown.
_KEYS: dict[str, Message] = {
    "y": say("[y]es"),
    "t": say("[t]itle"),
    "a": say("[a]uthor"),
    "e": say("[e]ssay of its own"),
    "n": say("[n]o, text"),
    "r": say("[r]emove"),
    "s": say("[s]kip"),
    "q": say("[q]uit"),
}
# What may be said of which kind.
_TOLD = {"essay": "ta", "part": "t"}
# What an answer makes of the plan, where it settles the question.
_CHANGES: dict[str, Callable[[Plan, Item], Plan]] = {
    "y": confirmed,
    "e": divided,
    "n": ordinary,
    "r": left_out,
}


def _lacks_title(item: Item) -> bool:
    return item.kind == "essay" and not item.title.strip()


def _answered(item: Item, key: str) -> Item:
    """An item with another title or other authors."""
    if key == "t":
        title = typed(_("title:"), _ASKER)
        return replace(item, title=title, suggested=False) if title else item
    names = typed(_("authors, parted by 、:"), _ASKER)
    return item if names is None else replace(item, authors=_names(names))


def _names(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in typed.split("、"))))
