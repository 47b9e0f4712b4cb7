"""File checking: what `publisher check --epub FILE…` and `--pdf FILE` do and tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from publisher.ground.errors import Gathering, PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.inspection.findings import Finding
from publisher.inspection.registry import inspect
from publisher.intake.archives import unpacked
from publisher.prepress.bounds import opened
from publisher.prepress.validity import findings as pdf
from publisher.prepress.validity.registry import findings
from publisher.press.checkers import EPUB_CHECKERS, PDF_CHECKERS, Checked, Remark, checked
from publisher.surface import report
from publisher.surface.wording import worded

OWN = "publisher"
# Findings of one code that are told on a terminal.
_MOST = 5
# How files begin that are ZIP archives, as every EPUB is, and that are PDFs.
_ZIP, _PDF = b"PK", b"%PDF"
# What checkers say without finding anything wrong.
_HARMLESS = {"usage", "info"}


def check_epub(files: Sequence[Path], *, as_json: bool) -> int:
    """Hold EPUBs of any maker against our rules, EPUBCheck and Ace; code 3 where one objects.

    Each is told as soon as it is checked. Raises PublisherError, when all are done, for those that
    cannot be opened.
    """
    gathering = Gathering()
    nothing: tuple[Checked, ...] = ()
    rows: list[tuple[Path, tuple[Checked, ...]]] = []
    for file in files:
        if checks := gathering.attempt(partial(_epub_checks, file), nothing):
            rows.append((file, checks))
            if not as_json:
                _show(file, checks, "docs/epub.md")
    if as_json:
        _print_json([_as_json(*row) for row in rows], is_one=len(files) == 1)
    gathering.settle()
    return max((_code(checks) for _, checks in rows), default=0)


def _epub_checks(file: Path) -> tuple[Checked, ...]:
    content = read_file(file)
    if not content.startswith(_ZIP):
        hint = say("publisher check --pdf FILE looks at a PDF")
        raise PublisherError.of(
            say("this is no EPUB"),
            Remedy.EDITOR,
            Place(str(file)),
            hint if content.startswith(_PDF) else None,
        )
    own = Checked(OWN, tuple(map(_remark, inspect(tuple(unpacked(content, str(file)).items())))))
    return (own, *checked(file, EPUB_CHECKERS))


def check_pdf(file: Path, *, as_json: bool) -> int:
    """Hold a PDF of any maker against our rules for files to keep, and veraPDF; code 3 likewise.

    Raises PublisherError when the file cannot be opened.
    """
    content = read_file(file)
    with opened(content, Place(str(file))):
        found = findings(content)
    checks = (Checked(OWN, tuple(map(_pdf_remark, found))), *checked(file, PDF_CHECKERS))
    if as_json:
        _print_json([_as_json(file, checks)], is_one=True)
    else:
        _show(file, checks, "docs/archival.md")
    return _code(checks)


def _code(checks: Iterable[Checked]) -> int:
    return Remedy.EDITOR.value if any(map(_objections, checks)) else 0


def _print_json(rows: list[dict[str, Any]], *, is_one: bool) -> None:
    """One object for one file, a list of them for several."""
    told = rows[0] if is_one and rows else rows
    if rows or not is_one:
        print(json.dumps(told, ensure_ascii=False, indent=2))


def _remark(finding: Finding) -> Remark:
    return Remark(finding.code, "error", worded(finding.message), finding.at)


def _pdf_remark(finding: pdf.Finding) -> Remark:
    """A finding about a page, whose number stands where a file's line does."""
    return Remark(finding.code, "error", worded(finding.message), Place("", finding.page or None))


def _objections(check: Checked) -> list[Remark]:
    return [remark for remark in check.remarks if remark.weight not in _HARMLESS]


def _show(file: Path, checks: Sequence[Checked], page: str) -> None:
    print(file)
    for check in checks:
        print(f"  {check.checker}: {worded(_verdict(check))}")
        for line in _lines(_objections(check)):
            print(f"    {line}")
    if any(check.absent for check in checks):
        report.tell(
            say(
                "{file} was not held against all checkers; {page} tells how to get them",
                file=file,
                page=page,
            )
        )


def _verdict(check: Checked) -> Message:
    if check.absent:
        return say("did not run: {reason}", reason=check.absent)
    count = len(_objections(check))
    return say("findings: {n}", n=count) if count else say("nothing found")


def _lines(remarks: list[Remark]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for remark in remarks:
        counts[remark.code] += 1
        if counts[remark.code] <= _MOST:
            yield f"[{remark.code}] {_place(remark.at)}{remark.words}"
    for code, count in counts.items():
        if count > _MOST:
            yield worded(say("[{code}]: and {n} more; --json has all", code=code, n=count - _MOST))


def _place(at: Place) -> str:
    """The file in an EPUB and its line, or the page of a PDF."""
    if at.file:
        return f"{at}: "
    return worded(say("page {n}: ", n=at.line)) if at.line else ""


def _as_json(file: Path, checks: Iterable[Checked]) -> dict[str, Any]:
    return {
        "file": str(file),
        "checks": [
            {
                "checker": check.checker,
                "ran": check.absent is None,
                "reason": str(check.absent or ""),
                "findings": [_row(remark) for remark in check.remarks],
            }
            for check in checks
        ],
    }


def _row(remark: Remark) -> dict[str, Any]:
    return {
        "code": remark.code,
        "weight": remark.weight,
        "message": remark.words,
        "file": remark.at.file,
        "line": remark.at.line,
    }
