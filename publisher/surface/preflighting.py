"""Preflighting: the facts of a PDF that a printing house asks for, told to people and scripts."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from publisher.ground.errors import Remedy, gather
from publisher.ground.files import read_file
from publisher.ground.messages import Message, say
from publisher.prepress.preflight import Preflight, preflight
from publisher.surface import report
from publisher.surface.wording import worded


def preflight_files(arguments: Namespace) -> int:
    """Tell the facts of each file; with --strict, findings make the code 3."""
    found = gather(partial(_measured, file) for file in arguments.files)
    if arguments.json:
        rows = [_row(file, one) for file, one in zip(arguments.files, found, strict=True)]
        print(json.dumps({"files": rows}, ensure_ascii=False, indent=2))
    else:
        for file, one in zip(arguments.files, found, strict=True):
            _show(file, one)
    has_notices = any(one.notices for one in found)
    return Remedy.EDITOR.value if has_notices and arguments.strict else 0


def _measured(file: Path) -> Preflight:
    return preflight(read_file(file), str(file))


def _show(file: Path, found: Preflight) -> None:
    print(file)
    for message in _facts(found):
        print(f"  {worded(message)}")
    report.show_notices(found.notices)


def _facts(found: Preflight) -> Iterator[Message]:
    yield say("trimmed page: {size}, bleed {n} mm", size=found.trim, n=found.bleed)
    yield say(
        "pages: {n}; printing sheets: {m} ({leaves} leaves to a full sheet)",
        n=found.pages,
        m=f"{found.sheets:g}",
        leaves=found.trim.leaves,
    )
    if found.standard:
        yield say("{standard}, colours for {intent}", standard=found.standard, intent=found.intent)
    missing = [name for name, is_embedded in found.fonts if not is_embedded]
    yield say("fonts: {n}, not embedded: {m}", n=len(found.fonts), m=len(missing))
    yield say("pages with colour: {n}", n=found.coloured)
    if found.pictures:
        yield say(
            "pictures: {n}; the coarsest has {m} pixels to the inch",
            n=found.pictures,
            m=found.coarsest,
        )


def _row(file: Path, found: Preflight) -> dict[str, object]:
    return {
        "file": str(file),
        "width": found.trim.width,
        "height": found.trim.height,
        "size": found.trim.name,
        "bleed": found.bleed,
        "pages": found.pages,
        "sheets": found.sheets,
        "standard": found.standard,
        "intent": found.intent,
        "fonts": dict(found.fonts),
        "pages_with_colour": found.coloured,
        "pictures": found.pictures,
        "coarsest": found.coarsest,
        "notices": [report.notice_row(notice) for notice in found.notices],
    }
