"""Report: what people and scripts are told: faults and notices, and the list of finished files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from publisher.ground.errors import Fault
from publisher.ground.hygiene import spelled
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice
from publisher.model.artefact import Artefact
from publisher.press.build import BuildReport
from publisher.surface.wording import translated, worded

if TYPE_CHECKING:
    from publisher.press.many import Outcome
    from publisher.proofing.findings import Proof
    from publisher.proofing.rules import Rule

_RED, _YELLOW, _DIM, _PLAIN = "\033[31m", "\033[33m", "\033[2m", "\033[0m"
_DIGEST_SHOWN = 16
_FINDINGS_SHOWN = 5


def tell(message: Message) -> None:
    """A sentence for people, on stderr, behind what stands on stdout by then."""
    sys.stdout.flush()
    print(worded(message), file=sys.stderr)


def show_faults(faults: Iterable[Fault]) -> None:
    """Every fault with its place and what to do."""
    for fault in faults:
        _show(translated("error"), _RED, str(fault.at), fault.message, fault.hint)


def show_notices(notices: Iterable[Notice]) -> None:
    """Every notice with its code."""
    for notice in notices:
        label = f"{translated(notice.severity.value)} [{notice.code}]"
        _show(label, _YELLOW, str(notice.at), notice.message, notice.hint)


def show_artefacts(report: BuildReport) -> None:
    """A table of the finished files, on stdout: path, pages, size, digest."""
    rows = [_row(report, made) for made in report.artefacts]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for path, pages, size, digest in rows:
        print(f"{path:<{widths[0]}}  {pages:>{widths[1]}}  {size:>{widths[2]}}  {digest}")


def as_json(report: BuildReport) -> str:
    """A finished build as one JSON object."""
    return _dumped(
        {
            "artefacts": [_artefact(report, made) for made in report.artefacts],
            "notices": [notice_row(notice) for notice in report.notices],
        }
    )


def outcome_as_json(outcome: Outcome) -> str:
    """What became of one collection of many, on one line."""
    made = outcome.report
    row = {
        "collection": str(outcome.folder),
        "artefacts": [_artefact(made, it) for it in made.artefacts] if made else [],
        "notices": [notice_row(notice) for notice in made.notices] if made else [],
        "faults": _fault_rows(outcome.faults),
    }
    return json.dumps(row, ensure_ascii=False)


def faults_as_json(faults: Iterable[Fault]) -> str:
    """A build that could not be finished, in the same form, with its faults."""
    return _dumped({"artefacts": [], "notices": [], "faults": _fault_rows(faults)})


def show_proofs(proofs: Iterable[Proof]) -> None:
    """What was measured in each file and the worst of every kind of finding, on stdout."""
    from publisher.proofing.summary import CLEAN, place, worst

    for proof in proofs:
        print(
            worded(say("{file}: {n} pages, {m} Han", file=proof.file, n=proof.pages, m=proof.han))
        )
        for message in _figures(proof):
            print(f"  {worded(message)}")
        for rule in _found_rules(proof):
            count = proof.counts[rule.kind]
            print(f"{count:>7}  {worded(rule.title)}")
            for finding in worst(proof, rule.kind, _FINDINGS_SHOWN):
                where, what = worded(place(finding)), worded(finding.message)
                print(f"{'':9}{where}: {what}: {finding.at.text}")
            if count > _FINDINGS_SHOWN:
                print(f"{'':9}{worded(say('and {n} more', n=count - _FINDINGS_SHOWN))}")
        if not proof.findings:
            print(worded(CLEAN))


def proofs_as_json(proofs: Iterable[Proof], faults: Iterable[Fault] = ()) -> str:
    """Proofs as one JSON object, every finding in it."""
    rows: dict[str, Any] = {"proofs": [_proof(proof) for proof in proofs]}
    found = _fault_rows(faults)
    return _dumped(rows | {"faults": found} if found else rows)


def _fault_rows(faults: Iterable[Fault]) -> list[dict[str, str]]:
    return [
        {
            "message": str(fault.message),
            "at": str(fault.at),
            "hint": str(fault.hint or ""),
            "remedy": fault.remedy.name.lower(),
        }
        for fault in faults
    ]


def _proof(proof: Proof) -> dict[str, Any]:
    from publisher.proofing.rules import RULES

    row = asdict(replace(proof, findings=()))
    kinds = {rule.kind: proof.counts[rule.kind] for rule in RULES}
    findings = [
        {"kind": finding.kind, "message": str(finding.message), "amount": finding.amount}
        | asdict(finding.at)
        for finding in proof.findings
    ]
    rounded: dict[str, Any] = _rounded(row | {"counts": kinds, "findings": findings})
    return rounded


def _rounded(value: Any) -> Any:
    """Values with their lengths to a thousandth."""
    match value:
        case float():
            return round(value, 3)
        case dict():
            return {key: _rounded(own) for key, own in value.items()}
        case list() | tuple():
            return [_rounded(own) for own in value]
    return value


def _found_rules(proof: Proof) -> Iterator[Rule]:
    from publisher.proofing.rules import RULES

    return (rule for rule in RULES if proof.counts[rule.kind])


def _figures(proof: Proof) -> Iterator[Message]:
    from publisher.proofing.summary import pairs_told

    for text in proof.texts:
        yield say(
            "{text}: {size} pt on {leading} pt, {measure} em; full lines: {full}, flush: {flush}",
            text=say("body") if text.name == "body" else say("notes"),
            size=f"{text.size:.4g}",
            leading=f"{text.leading:.4g}",
            measure=f"{text.measure / text.size:.4g}",
            full=text.full,
            flush=text.flush,
        )
    if proof.steps:
        steps = proof.steps
        yield say(
            "from one Han to the next: {p1}, {p50}, {p99} em (1st, 50th, 99th of a hundred), "
            "narrowest {narrowest}, widest {widest}",
            p1=f"{steps.p1:.3f}",
            p50=f"{steps.p50:.3f}",
            p99=f"{steps.p99:.3f}",
            narrowest=f"{steps.narrowest.step:.3f}",
            widest=f"{steps.widest.step:.3f}",
        )
    yield pairs_told(proof)
    register = proof.register
    yield say("lines on the baseline grid: {n} of {m}", n=register.on_grid, m=register.lines)


def _show(label: str, colour: str, place: str, message: Message, hint: Message | None) -> None:
    where = f"{spelled(place)}: " if place else ""
    print(f"{_paint(label, colour)}: {where}{worded(message)}", file=sys.stderr)
    if hint:
        print(_paint(f"  → {worded(hint)}", _DIM), file=sys.stderr)


def _paint(text: str, colour: str) -> str:
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"{colour}{text}{_PLAIN}"


def _row(report: BuildReport, made: Artefact) -> tuple[str, str, str, str]:
    counted = say("{n} pages, {size}", n=made.pages, size=made.size)
    pages = worded(counted) if made.pages is not None else ""
    size = f"{len(made.content) / 1_000_000:.2f} MB"
    path = str(report.folder / made.file_name)
    return path, pages, size, f"sha256 {made.sha256[:_DIGEST_SHOWN]}…"


def _artefact(report: BuildReport, made: Artefact) -> dict[str, Any]:
    row: dict[str, Any] = {
        "output": made.output,
        "path": str(report.folder / made.file_name),
        "media_type": made.media_type,
        "bytes": len(made.content),
        "sha256": made.sha256,
    }
    return row if made.pages is None else row | {"pages": made.pages, "size": made.size}


def notice_row(notice: Notice) -> dict[str, str]:
    """A notice as scripts get it."""
    return {
        "code": notice.code,
        "message": str(notice.message),
        "at": str(notice.at),
        "hint": str(notice.hint or ""),
        "severity": notice.severity.value,
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
