"""Accounts: what became of the sources of an import, told on a terminal or as JSON.

It promises the words that are in no essay, every number of the account, and what comes next.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from publisher.ground.messages import Message, say
from publisher.intake.desk import Intake
from publisher.intake.filing import PLANS
from publisher.intake.handled import Handled
from publisher.intake.ledger import Ledger
from publisher.surface.report import show_notices, tell
from publisher.surface.wording import worded

# So many sources are told of one by one; of more only what asks for something.
_TOLD_ONE_BY_ONE = 20
_SHOWN = 30
_WORDS_SHOWN = 80
# Kinds of files that a word processor turns into one that can be imported.
_CONVERTIBLE = (".doc", ".wps", ".rtf", ".pages")


def tell_account(folder: Path, done: Intake, told: tuple[Handled, ...], *, as_json: bool) -> None:
    """Tell what became of the sources `told`, and what comes next for all; as JSON, of all."""
    if as_json:
        print(json.dumps(_as_rows(done), ensure_ascii=False, indent=2))
        return
    _tell_passed(done)
    one_by_one = len(told) <= _TOLD_ONE_BY_ONE
    for handled in told:
        _tell_of(handled, one_by_one)
    show_notices(notice for handled in told for notice in handled.notices)
    added = sum(len(handled.written) for handled in done.handled)
    tell(say("essays added to {folder}: {n}", n=added, folder=folder))
    _tell_next(folder, done.handled)


def _tell_passed(done: Intake) -> None:
    for other in done.passed:
        tell(say("{name}: passed over", name=other))
        if other.suffix.lower() in _CONVERTIBLE:
            tell(say("  save it as .docx from the program that made it, and import that"))


def _tell_of(handled: Handled, in_full: bool) -> None:
    if in_full:
        for name in handled.kept:
            tell(say("{name}: already there, unchanged", name=name))
        for name, title in handled.written:
            tell(say("{name}: {title}", name=name, title=title))
    _tell_edited(handled)
    if handled.ledger and (in_full or handled.asked or handled.doubts):
        tell(say("{source}: {how}", source=handled.source, how=handled.how))
        for line in _accounted(handled.ledger):
            tell(line)
        _tell_left_out(handled)
        for line in _open(handled):
            tell(line)


def _tell_edited(handled: Handled) -> None:
    for name in handled.edited:
        tell(say("{name}: changed by hand, left as it is", name=name))
    for name in handled.gone:
        tell(say("{name}: taken out of the book, not written again", name=name))
    for name in handled.offered:
        tell(say("  what its source gives now lies in {name}: compare the two", name=name))


def _tell_left_out(handled: Handled) -> None:
    """The words that are in no essay: removed lines, and what was no part of the text."""
    for number, words in handled.removed:
        tell(say("  left out, line {number}: {words}", number=number, words=words))
    dropped = handled.ledger.dropped if handled.ledger else ()
    for row in dropped[:_SHOWN]:
        words = " ".join(row.text.split())
        more = "…" if len(words) > _WORDS_SHOWN else ""
        tell(
            say(
                "  left out ({reason}): {words}",
                reason=row.reason,
                words=words[:_WORDS_SHOWN] + more,
            )
        )
    if len(dropped) > _SHOWN:
        tell(say("  and {n} more; --json has all", n=len(dropped) - _SHOWN))


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
        reasons = ", ".join(dict.fromkeys(worded(row.reason) for row in ledger.dropped))
        yield say("  left out before: {n} characters ({reasons})", n=words, reasons=reasons)


def _counts(rows: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in rows)


def _open(handled: Handled) -> Iterator[Message]:
    if handled.asked:
        yield say("  open questions: {n} in {plan}", n=handled.questions, plan=handled.plan)
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


def _ledger_row(ledger: Ledger) -> dict[str, Any]:
    dropped = [{"text": row.text, "reason": str(row.reason)} for row in ledger.dropped]
    return asdict(replace(ledger, dropped=())) | {"dropped": dropped}


def _as_rows(done: Intake) -> dict[str, Any]:
    rows = []
    for handled in done.handled:
        row = asdict(replace(handled, notices=(), ledger=None))
        row["ledger"] = handled.ledger and _ledger_row(handled.ledger)
        row["notices"] = [
            {"code": notice.code, "message": str(notice.message), "at": str(notice.at)}
            for notice in handled.notices
        ]
        rows.append(row)
    return {"sources": rows, "passed": [str(path) for path in done.passed]}
