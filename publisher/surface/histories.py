"""Histories: what `publisher history` tells of the editions in a folder."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from publisher.ground.messages import say
from publisher.library.fixity import require_sound
from publisher.library.holding import held_at
from publisher.library.ocfl import ocfl_object
from publisher.library.shelf import Shelved, shelved
from publisher.press.writing import held, write_new_folder
from publisher.surface import report
from publisher.surface.columns import table
from publisher.surface.wording import translated as _

_DIGEST_SHOWN = 16


def list_editions(arguments: Namespace) -> int:
    """List the editions of a store; with --ocfl write them as objects."""
    rows = shelved(arguments.store)
    if arguments.json:
        print(json.dumps({"editions": list(map(_row, rows))}, ensure_ascii=False, indent=2))
    else:
        headings = (_("date"), _("title"), _("version"), _("seal"), "sha512", _("folder"))
        print(table(headings, list(map(_cells, rows))))
    if arguments.ocfl:
        _export(rows, arguments.ocfl)
    return 0


def _cells(row: Shelved) -> tuple[str, ...]:
    edition = row.edition
    facts = (edition.date, edition.title, edition.version) if edition else (_("unreadable"), "", "")
    seal = _("yes") if row.sealed else _("no")
    return (*facts, seal, row.digest[:_DIGEST_SHOWN], str(row.place))


def _row(row: Shelved) -> dict[str, Any]:
    edition = row.edition
    return {
        "place": str(row.place),
        "identifier": edition.identifier if edition else "",
        "title": edition.title if edition else "",
        "version": edition.version if edition else "",
        "date": edition.date if edition else "",
        "sealed": row.sealed,
        "sha512": row.digest,
    }


def _export(rows: Iterable[Shelved], into: Path) -> None:
    """Write the editions of each collection as one object, none over another."""
    sound = [(row.edition, held_at(row.place)) for row in rows if row.edition]
    for _edition, holding in sound:
        require_sound(holding)
    with held(into):
        for slug, own in groupby(sound, key=lambda it: it[0].slug):
            write_new_folder(into / slug, ocfl_object(own))
            report.tell(say("written: {folder}", folder=into / slug))
