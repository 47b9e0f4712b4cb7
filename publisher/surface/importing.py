"""Importing: what `publisher import` does and tells: sources in, plans shown, asked and applied.

It promises that an editor's answers are written down as they are given, so that leaving off in the
middle loses nothing.
"""

from __future__ import annotations

import json
import shlex
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.hygiene import require_fit
from publisher.ground.messages import Message, say
from publisher.intake.cleaning.registry import RULES
from publisher.intake.desk import PLANS, Handled, Intake, apply, planned_source, plans, take_in
from publisher.intake.ledger import Ledger
from publisher.intake.plan import AdviceTable, Item, Plan
from publisher.intake.planfile import written_plan
from publisher.intake.sources import read
from publisher.intake.splitting.evidence import meanings
from publisher.press.writing import write_into
from publisher.surface.columns import table
from publisher.surface.report import show_faults, show_notices, tell
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

# So many sources are told of one by one; of more only what asks for something.
_TOLD_ONE_BY_ONE = 20
_SHOWN = 30


def import_sources(arguments: Namespace) -> int:
    """One of the four things that the command does."""
    folder: Path | None = arguments.plan or arguments.apply or arguments.ask
    if folder is None:
        return _take_in(arguments)
    if arguments.sources or arguments.into:
        raise _misused(say("sources and a folder with plans were both given"))
    if arguments.plan:
        return _show_plans(folder, arguments.json)
    if arguments.ask:
        _ask(folder)
    return _tell(folder, apply(folder, arguments.accept), arguments.json)


def _take_in(arguments: Namespace) -> int:
    if not arguments.sources or not arguments.into:
        raise _misused(say("no source was given, or no folder to import it into"))
    off = frozenset(arguments.without)
    _require_rules(off)
    taken = take_in(tuple(arguments.sources), arguments.into, arguments.accept, off)
    return _tell(arguments.into, taken, arguments.json)


def _misused(message: Message) -> PublisherError:
    hint = say("publisher import FILE… --into DIR, or --plan DIR, --apply DIR, --ask DIR")
    return PublisherError.of(message, Remedy.CALLER, hint=hint)


def _require_rules(off: frozenset[str]) -> None:
    known = {rule.name for rule in RULES}
    unknown = sorted(off - known)
    if unknown:
        raise PublisherError.of(
            say('there is no cleaning rule "{name}"', name=unknown[0]),
            Remedy.CALLER,
            hint=say("the rules are: {names}", names=", ".join(rule.name for rule in RULES)),
        )


# What became of it --------------------------------------------------------------------------------


def _tell(folder: Path, taken: Intake, as_json: bool) -> int:
    """Write what there is to write and tell of it."""
    write_into(folder, dict(taken.files))
    if as_json:
        print(json.dumps(_as_rows(taken), ensure_ascii=False, indent=2))
        return 0
    for other in taken.passed:
        tell(say("{name}: passed over", name=other))
    one_by_one = len(taken.handled) <= _TOLD_ONE_BY_ONE
    for handled in taken.handled:
        _tell_of(handled, one_by_one)
    show_notices(notice for handled in taken.handled for notice in handled.notices)
    added = sum(len(handled.written) for handled in taken.handled)
    tell(say("essays added to {folder}: {n}", n=added, folder=folder))
    _tell_next(folder, taken.handled)
    return 0


def _tell_of(handled: Handled, in_full: bool) -> None:
    if in_full:
        for name in handled.kept:
            tell(say("{name}: already there, unchanged", name=name))
        for name, title in handled.written:
            tell(say("{name}: {title}", name=name, title=title))
    for name in handled.edited:
        tell(say("{name}: changed by hand, left as it is", name=name))
    if handled.ledger and (in_full or handled.asked or handled.doubts):
        tell(say("{source}: {how}", source=handled.source, how=handled.how))
        for line in _accounted(handled.ledger):
            tell(line)
        for number, words in handled.removed:
            tell(say("  left out, line {number}: {words}", number=number, words=words))
        for line in _open(handled):
            tell(line)


def _accounted(ledger: Ledger) -> Iterator[Message]:
    """The account of a source, line by line."""
    rules = sum(count for _, count in ledger.rules)
    removed = sum(count for _, count in ledger.removed)
    yield say(
        "  {n} characters: {kept} kept, {rules} changed by rules, {apart} in the essays' heads, "
        "{removed} removed, {waiting} waiting",
        n=ledger.characters,
        kept=ledger.kept,
        rules=rules,
        apart=ledger.apart,
        removed=removed,
        waiting=ledger.waiting,
    )
    if ledger.rules:
        yield say("  rules: {counts}", counts=_counts(ledger.rules))
    if ledger.removed:
        yield say("  removed: {counts}", counts=_counts(ledger.removed))
    if ledger.dropped:
        words = sum(len("".join(row.text.split())) for row in ledger.dropped)
        reasons = ", ".join(dict.fromkeys(row.reason for row in ledger.dropped))
        yield say("  left out before: {n} characters ({reasons})", n=words, reasons=reasons)


def _counts(rows: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in rows)


def _open(handled: Handled) -> Iterator[Message]:
    if handled.asked:
        yield say("  open questions: {n} in {plan}", n=len(handled.asked), plan=handled.plan)
    if handled.doubts:
        yield say("  places to look at: {n} in {plan}", n=handled.doubts, plan=handled.plan)


def _tell_next(folder: Path, handled: Iterable[Handled]) -> None:
    rows = tuple(handled)
    quoted = shlex.quote(str(folder))
    if any(row.asked for row in rows):
        tell(say("next: publisher import --ask {folder}", folder=quoted))
        tell(
            say(
                "or mend the plans in {plans}, and: publisher import --apply {folder}",
                plans=folder / PLANS,
                folder=quoted,
            )
        )
    elif any(row.doubts for row in rows):
        tell(say("to look at the doubtful places: publisher import --ask {folder}", folder=quoted))


def _as_rows(taken: Intake) -> dict[str, Any]:
    rows = []
    for handled in taken.handled:
        row = asdict(replace(handled, notices=()))
        row["notices"] = [
            {"code": notice.code, "message": str(notice.message), "at": str(notice.at)}
            for notice in handled.notices
        ]
        rows.append(row)
    return {"sources": rows, "passed": [str(path) for path in taken.passed]}


# The plans ----------------------------------------------------------------------------------------


def _show_plans(folder: Path, as_json: bool) -> int:
    """The open plans as a table; all of them as JSON."""
    known = plans(folder)
    if as_json:
        print(json.dumps([asdict(plan) for _name, plan in known], ensure_ascii=False, indent=2))
        return 0
    waiting = [(name, plan) for name, plan in known if _is_open(plan)]
    for name, plan in waiting:
        print(f"{name}: {plan.how}")
        print(table(_headings(), [_row(item) for item in plan.item]))
        doubts = [row for row in plan.advice if not row.accepted]
        for row in doubts[:_SHOWN]:
            print(f"  {row.line}:{row.column}  {row.rule}  {row.context} → {row.after}")
        if len(doubts) > _SHOWN:
            print(f"  {worded(say('and {n} more', n=len(doubts) - _SHOWN))}")
    tell(say("open plans: {n} of {m}", n=len(waiting), m=len(known)))
    return 0


def _is_open(plan: Plan) -> bool:
    return not plan.is_settled or any(not row.accepted for row in plan.advice)


def _headings() -> tuple[str, ...]:
    return (_("lines"), _("kind"), _("title"), _("authors"), _("date"), _("sure"), "")


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


def _row(item: Item) -> tuple[str, ...]:
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


# Asking -------------------------------------------------------------------------------------------


def _ask(folder: Path) -> None:
    """Ask about everything that is open, until the editor leaves off."""
    for name, plan in plans(folder):
        if _is_open(plan) and not _ask_about(folder, name, plan):
            tell(say("what was answered is written down"))
            return


def _ask_about(folder: Path, name: str, plan: Plan) -> bool:
    """Ask about one plan and write it with the answers; False when the editor leaves off."""
    text = read(planned_source(folder, plan, name)).text
    tell(say("{source}: {how}", source=plan.source, how=plan.how))
    asking = _Asking(plan, text.split("\n"))
    try:
        return asking.run()
    finally:
        # Also when the editor breaks off: what was answered is kept.
        if asking.plan != plan:
            write_into(folder, {name: written_plan(asking.plan, text)})


class _Asking:
    """The questions of one plan; `plan` is the plan with the answers so far."""

    def __init__(self, plan: Plan, rows: list[str]) -> None:
        self.plan = plan
        self.rows = rows

    def run(self) -> bool:
        """Ask everything; False when the editor leaves off."""
        for place, item in enumerate(self.plan.item):
            if not item.confirmed and not self._item(place, item):
                return False
        for place, row in enumerate(self.plan.advice):
            if not row.accepted and not self._advice(place, row):
                return False
        return True

    def _item(self, place: int, item: Item) -> bool:
        self._show(item)
        while True:
            key = _answer(_("[y]es  [t]itle  [a]uthor  [s]kip  [q]uit"))
            if key == "q":
                return False
            item = _answered(item, key)
            if key != "s":
                self._keep(place, item)
            if key in ("y", "s"):
                return True

    def _show(self, item: Item) -> None:
        print()
        print("  ".join(cell for cell in _row(item) if cell))
        for message in meanings(item.evidence):
            print(f"    {worded(message)}")
        for row in self.rows[item.first - 1 : item.last][:_LINES_SHOWN]:
            print(f"  │ {row[:_CHARACTERS_SHOWN]}")

    def _keep(self, place: int, item: Item) -> None:
        rows = list(self.plan.item)
        rows[place] = item
        self.plan = replace(self.plan, item=tuple(rows))

    def _advice(self, place: int, row: AdviceTable) -> bool:
        print()
        print(f"{row.line}:{row.column}  {row.rule}  {row.context} → {row.after}")
        key = _answer(_("[y]es  [e]dit  [s]kip  [q]uit"))
        if key == "e":
            typed = _typed(_("instead:"))
            row = row if typed is None else replace(row, after=typed, accepted=True)
        elif key == "y":
            row = replace(row, accepted=True)
        rows = list(self.plan.advice)
        rows[place] = row
        self.plan = replace(self.plan, advice=tuple(rows))
        return key != "q"


_LINES_SHOWN = 3
_CHARACTERS_SHOWN = 60


def _answered(item: Item, key: str) -> Item:
    """An item after an editor's answer."""
    if key == "t":
        title = _typed(_("title:"))
        return replace(item, title=title, suggested=False) if title else item
    if key == "a":
        names = _typed(_("authors, parted by 、:"))
        return item if names is None else replace(item, authors=_names(names))
    return replace(item, confirmed=True) if key == "y" else item


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


def _answer(question: str) -> str:
    """What the editor types; the end of input is leaving off."""
    try:
        return input(f"{question} ").strip()
    except EOFError:
        return "q"
