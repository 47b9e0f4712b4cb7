"""Histories: what `publisher history` tells of the editions in a folder."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from publisher.ground.errors import PublisherError, Remedy, gather
from publisher.ground.hygiene import spelled
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.library.damage import Kind
from publisher.library.edition import Edition
from publisher.library.fixity import require_sound
from publisher.library.holding import Holding, held_at
from publisher.library.identity import edition_in
from publisher.library.ocfl import ocfl_object
from publisher.library.store import Stored, stored
from publisher.press.sealing import require_sealed, seal_damages
from publisher.press.writing import held, write_new_folder
from publisher.surface import report
from publisher.surface.columns import table
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

_DIGEST_SHOWN = 16


def list_editions(arguments: Namespace) -> int:
    """List the editions of a store; with --ocfl write them as objects."""
    rows = stored(arguments.store)
    if arguments.json:
        print(json.dumps({"editions": list(map(_row, rows))}, ensure_ascii=False, indent=2))
    else:
        headings = (_("date"), _("title"), _("version"), _("seal"), "sha512", _("folder"))
        print(table(headings, list(map(_cells, rows))))
    if arguments.ocfl:
        _export(rows, arguments.ocfl)
    return 0


def _cells(row: Stored) -> tuple[str, ...]:
    edition = row.edition
    facts = (edition.date, edition.title, edition.version) if edition else (_("unreadable"), "", "")
    cells = (*facts, worded(_seal(row)), row.digest[:_DIGEST_SHOWN], str(row.place))
    return tuple(spelled(" ".join(cell.split())) for cell in cells)


def _seal(row: Stored) -> Message:
    """What became of an edition's seal, in a word."""
    try:
        found = [it.kind for it in seal_damages(held_at(row.place))]
    except PublisherError:
        return say("not read")
    if found:
        words = {Kind.SEAL_MISSING: say("lost"), Kind.SEAL_UNREAD: say("not read")}
        return words.get(found[0], say("broken"))
    return say("yes") if row.sealed else say("no")


def _row(row: Stored) -> dict[str, Any]:
    edition, seal = row.edition, _seal(row)
    return {
        "place": str(row.place),
        "identifier": edition.identifier if edition else "",
        "title": edition.title if edition else "",
        "version": edition.version if edition else "",
        "date": edition.date if edition else "",
        "sealed": seal == say("yes"),
        "seal": str(seal),
        "sha512": row.digest,
    }


def _export(rows: Iterable[Stored], into: Path) -> None:
    """Write the editions of each collection as one object, none over another."""
    sound = gather(partial(_sound, row) for row in rows)
    objects = {slug: list(own) for slug, own in groupby(sound, key=lambda it: it[0].slug)}
    gather(partial(_require_exportable, own, into / slug) for slug, own in objects.items())
    with held(into):
        for slug, own in objects.items():
            write_new_folder(into / slug, ocfl_object(own))
            report.tell(say("written: {folder}", folder=into / slug))


def _sound(row: Stored) -> tuple[Edition, Holding]:
    """An edition with its files. Raises PublisherError where it is damaged."""
    holding = held_at(row.place)
    require_sound(holding)
    require_sealed(holding)
    return edition_in(holding), holding


def _require_exportable(own: Sequence[tuple[Edition, Holding]], target: Path) -> None:
    """Raise PublisherError where there is an object already, or a version is there twice."""
    if target.exists() or target.is_symlink():
        hint = say("name another folder with --ocfl: an object is written anew each time")
        message = say("there is something here already")
        raise PublisherError.of(message, Remedy.CALLER, Place(str(target)), hint)
    places: dict[str, list[str]] = {}
    for edition, holding in own:
        places.setdefault(edition.version, []).append(str(holding.place))
    for version, rows in places.items():
        if len(rows) > 1:
            message = say("several editions say that they are version {version}", version=version)
            hint = say("move all but one of them to another folder")
            raise PublisherError.of(message, Remedy.CALLER, Place(", ".join(rows)), hint)
