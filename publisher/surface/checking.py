"""Checking: what `publisher check` does and tells."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from publisher.checking.characters import missing_glyphs
from publisher.checking.fixing import fixed_files
from publisher.checking.mending import Mended, Mending, mend
from publisher.checking.registry import noticed
from publisher.checking.subject import Planned, plans_of, texts_of
from publisher.ground.errors import Fault, Gathering, PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.press.planning import books_of, drawn_up
from publisher.press.subjects import planned_subject
from publisher.press.writing import held, write_together
from publisher.surface import report
from publisher.surface.filechecking import check_epub, check_pdf

# What `--fail-on` may ask for, and the notices that then count.
FAIL_ON = {
    "never": frozenset[Severity](),
    "warning": frozenset((Severity.WARNING,)),
    "advice": frozenset(Severity),
}
# Notices of one code that are told on a terminal, and faults of missing glyphs.
_MOST = 20


@dataclass(frozen=True)
class Findings:
    """What a check found: the work that was planned, notices, faults; what was mended before."""

    essays: int
    outputs: int
    notices: tuple[Notice, ...] = ()
    faults: tuple[Fault, ...] = ()
    mended: tuple[Mended, ...] = ()


def check(arguments: Namespace) -> int:
    """Check a collection, or the finished files that are named instead."""
    if arguments.epub:
        return check_epub(arguments.epub, as_json=arguments.json)
    if arguments.pdf:
        return check_pdf(arguments.pdf, as_json=arguments.json)
    return _check_collection(arguments)


def _check_collection(arguments: Namespace) -> int:
    """Check a collection, mend what is safe where that is wished, tell all, give the exit code."""
    try:
        found = _findings(arguments.folder, mending=arguments.fix)
    except PublisherError as error:
        found = Findings(0, 0, faults=error.faults)
    if arguments.json:
        print(_as_json(found))
    else:
        _show(found, arguments.folder)
    if found.faults:
        return PublisherError(*found.faults).exit_code
    counted = FAIL_ON[arguments.fail_on]
    is_failed = any(notice.severity in counted for notice in found.notices)
    return Remedy.EDITOR.value if is_failed else 0


def _findings(folder: Path, *, mending: bool) -> Findings:
    assembly, jobs = drawn_up(folder)
    gathering = Gathering()
    unread: tuple[Planned, ...] = ()
    planned = gathering.attempt(partial(plans_of, assembly.folder), unread)
    done = mend(texts_of(assembly, planned)) if mending else Mending((), ())
    if done.mended:
        with held(assembly.folder):
            write_together(assembly.folder, fixed_files(assembly.folder, done.mended))
        assembly, jobs = drawn_up(folder)
    return Findings(
        essays=sum(1 for _ in assembly.collection.essays()),
        outputs=len(jobs),
        notices=(*done.left, *noticed(planned_subject(assembly, planned, jobs))),
        faults=(*gathering.faults, *missing_glyphs(books_of(jobs))),
        mended=done.mended,
    )


# ---- on a terminal ----


def _show(found: Findings, folder: Path) -> None:
    for row in found.mended:
        report.tell(row.told(folder))
    shown, rest = _shortened(found.notices)
    report.show_notices(_without_repeated_hints(shown))
    for code, count in rest.items():
        report.tell(say("[{code}]: and {n} more; --json has all", code=code, n=count))
    report.show_faults(found.faults[:_MOST])
    if len(found.faults) > _MOST:
        report.tell(say("and {n} more errors", n=len(found.faults) - _MOST))
    if not found.faults:
        report.tell(say("no errors; essays: {n}, outputs: {m}", n=found.essays, m=found.outputs))


def _shortened(notices: Iterable[Notice]) -> tuple[list[Notice], Counter[str]]:
    """The first notices of each code, and how many of each are left."""
    counts: Counter[str] = Counter()
    shown = []
    for notice in notices:
        counts[notice.code] += 1
        if counts[notice.code] <= _MOST:
            shown.append(notice)
    rest = {code: count - _MOST for code, count in counts.items() if count > _MOST}
    return shown, Counter(rest)


def _without_repeated_hints(notices: Iterable[Notice]) -> Iterator[Notice]:
    """The notices, each with its hint where the one before of its code did not give it."""
    last: dict[str, Message | None] = {}
    for notice in notices:
        is_said = notice.hint is not None and last.get(notice.code) == notice.hint
        last[notice.code] = notice.hint
        yield replace(notice, hint=None) if is_said else notice


# ---- for scripts ----


def _as_json(found: Findings) -> str:
    table = {
        "essays": found.essays,
        "outputs": found.outputs,
        "mended": [{"file": row.path, "rules": dict(row.rules)} for row in found.mended],
        "notices": [_notice(notice) for notice in found.notices],
        "faults": [_fault(fault) for fault in found.faults],
    }
    return json.dumps(table, ensure_ascii=False, indent=2)


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code,
        "severity": notice.severity.value,
        **_told_in_full(notice.message, notice.at, notice.hint),
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "remedy": fault.remedy.name.lower(),
        **_told_in_full(fault.message, fault.at, fault.hint),
    }


def _told_in_full(message: Message, at: Place, hint: Message | None) -> dict[str, Any]:
    return {
        "message": str(message),
        "at": str(at),
        "file": at.file,
        "line": at.line,
        "hint": str(hint or ""),
    }
