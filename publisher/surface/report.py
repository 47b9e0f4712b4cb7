"""Report: what people and scripts are told: faults and notices, and the list of finished files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from publisher.ground.errors import Fault
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice
from publisher.model.artefact import Artefact
from publisher.press.build import BuildReport
from publisher.surface.wording import translated, worded

_RED, _YELLOW, _DIM, _PLAIN = "\033[31m", "\033[33m", "\033[2m", "\033[0m"
_DIGEST_SHOWN = 16


def tell(message: Message) -> None:
    """A sentence for people, on stderr."""
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
            "notices": [_notice(notice) for notice in report.notices],
        }
    )


def faults_as_json(faults: Iterable[Fault]) -> str:
    """A build that could not be finished, in the same form, with its faults."""
    rows = [
        {
            "message": str(fault.message),
            "at": str(fault.at),
            "hint": str(fault.hint or ""),
            "remedy": fault.remedy.name.lower(),
        }
        for fault in faults
    ]
    return _dumped({"artefacts": [], "notices": [], "faults": rows})


def _show(label: str, colour: str, place: str, message: Message, hint: Message | None) -> None:
    where = f"{place}: " if place else ""
    print(f"{_paint(label, colour)}: {where}{worded(message)}", file=sys.stderr)
    if hint:
        print(_paint(f"  → {worded(hint)}", _DIM), file=sys.stderr)


def _paint(text: str, colour: str) -> str:
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"{colour}{text}{_PLAIN}"


def _row(report: BuildReport, made: Artefact) -> tuple[str, str, str, str]:
    pages = worded(say("{n} pages", n=made.pages)) if made.pages is not None else ""
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
    return row if made.pages is None else row | {"pages": made.pages}


def _notice(notice: Notice) -> dict[str, str]:
    return {
        "code": notice.code,
        "message": str(notice.message),
        "at": str(notice.at),
        "hint": str(notice.hint or ""),
        "severity": notice.severity.value,
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
