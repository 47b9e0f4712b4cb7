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
from publisher.ground.messages import Message, say
from publisher.intake.casework import PLANS, Handled
from publisher.intake.cleaning.registry import RULES
from publisher.intake.desk import Intake, apply, plans, take_in
from publisher.intake.ledger import Ledger
from publisher.press.writing import held, write_together
from publisher.surface.asking import ask, is_open, row_of
from publisher.surface.columns import table
from publisher.surface.report import show_notices, tell
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

# So many sources are told of one by one; of more only what asks for something.
_TOLD_ONE_BY_ONE = 20
_SHOWN = 30
_WORDS_SHOWN = 80
# Kinds of files that a word processor turns into one that can be imported.
_CONVERTIBLE = (".doc", ".wps", ".rtf", ".pages")
# What a shell expects of a program that was broken off.
_INTERRUPTED = 130


def import_sources(arguments: Namespace) -> int:
    """One of the four things that the command does."""
    folder: Path | None = arguments.plan or arguments.apply or arguments.ask
    if folder is None:
        return _take_in(arguments)
    if arguments.sources or arguments.into:
        raise _misused(say("sources and a folder with plans were both given"))
    if arguments.plan:
        return _show_plans(folder, arguments.json)
    if arguments.ask and not ask(folder):
        return _INTERRUPTED
    with held(folder):
        done = apply(folder, arguments.accept)
        write_together(folder, dict(done.files))
    return _tell(folder, done, arguments.json)


def _take_in(arguments: Namespace) -> int:
    if not arguments.sources or not arguments.into:
        raise _misused(say("no source was given, or no folder to import it into"))
    off = frozenset(arguments.without)
    _require_rules(off)
    # Held from the first look on: two imports at once would each forget the other's essays.
    with held(arguments.into):
        taken = take_in(tuple(arguments.sources), arguments.into, arguments.accept, off)
        write_together(arguments.into, dict(taken.files))
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
    """Tell what became of the sources."""
    if as_json:
        print(json.dumps(_as_rows(taken), ensure_ascii=False, indent=2))
        return 0
    for other in taken.passed:
        tell(say("{name}: passed over", name=other))
        if other.suffix.lower() in _CONVERTIBLE:
            tell(say("  save it as .docx from the program that made it, and import that"))
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
        _tell_left_out(handled)
        for line in _open(handled):
            tell(line)


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
                reason=_reason(row.reason),
                words=words[:_WORDS_SHOWN] + more,
            )
        )
    if len(dropped) > _SHOWN:
        tell(say("  and {n} more; --json has all", n=len(dropped) - _SHOWN))


# Why words of a source are in no essay, as extractors say it (docs/sources.md).
_REASONS = {
    "outside the article": say("outside the article"),
    "a note outside the article": say("a note outside the article"),
    "hidden in the source": say("hidden in the source"),
    "deleted in the source": say("deleted in the source"),
    "moved elsewhere in the source": say("moved elsewhere in the source"),
    "comment": say("comment"),
    "running head": say("running head"),
    "running foot": say("running foot"),
    "table of contents": say("table of contents"),
    "a note that nothing calls": say("a note that nothing calls"),
    "a picture that is not in the file": say("a picture that is not in the file"),
    "a picture outside the text": say("a picture outside the text"),
    "a reading without characters": say("a reading without characters"),
}


def _reason(name: str) -> str:
    return worded(_REASONS[name]) if name in _REASONS else name


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
        reasons = ", ".join(dict.fromkeys(_reason(row.reason) for row in ledger.dropped))
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
    waiting = [(name, plan) for name, plan in known if is_open(plan)]
    for name, plan in waiting:
        print(f"{name}: {plan.how}")
        print(table(_headings(), [row_of(item) for item in plan.item]))
        doubts = [row for row in plan.advice if not row.accepted]
        for row in doubts[:_SHOWN]:
            print(f"  {row.line}:{row.column}  {row.rule}  {row.context} → {row.after}")
        if len(doubts) > _SHOWN:
            print(f"  {worded(say('and {n} more', n=len(doubts) - _SHOWN))}")
    tell(say("open plans: {n} of {m}", n=len(waiting), m=len(known)))
    return 0


def _headings() -> tuple[str, ...]:
    return (_("lines"), _("kind"), _("title"), _("authors"), _("date"), _("sure"), "")
