"""Shelving: the grammar of `publisher shelf`, and what it tells."""

from __future__ import annotations

import argparse
import json
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.ground.messages import say
from publisher.surface.editions import Make
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded

if TYPE_CHECKING:
    from publisher.press.shelving import ShelfReport


def add_shelf_command(make: Make) -> None:
    """Add `shelf`."""
    words = _("make a web site of editions, or of what was built of collections")
    command: argparse.ArgumentParser = make("shelf", words, "shelf")
    words = _("where editions are kept, or the folder of a collection")
    command.add_argument("stores", metavar="STORE", nargs="+", type=Path, help=words)
    words = _("where the site goes: an empty folder, or one that a shelf was written to")
    command.add_argument("--into", metavar="SITE", type=Path, required=True, help=words)
    words = _("the web address of the site: feeds need it")
    command.add_argument("--url", metavar="URL", default="", help=words)
    words = _("what the shelf is called")
    command.add_argument("--title", metavar="TITLE", default="", help=words)
    command.add_argument("--json", action="store_true", help=_("print one JSON object on stdout"))


def shelve(arguments: Namespace) -> int:
    """Write the site and tell what changed."""
    from publisher.press.shelving import Wishes, make_shelf
    from publisher.surface import report
    from publisher.surface.progress import shown

    wishes = Wishes(tuple(arguments.stores), arguments.into, arguments.url, arguments.title)
    with shown(quiet=arguments.json) as progress:
        made = make_shelf(wishes, partial(progress, "shelf"))
    if arguments.json:
        print(json.dumps(_row(made), ensure_ascii=False, indent=2))
        return 0
    report.show_notices(made.notices)
    count = len(made.shelf.collections)
    report.tell(say("{folder}: a shelf of {n} collections", folder=made.folder, n=count))
    report.tell(say("files written anew: {n}", n=len(made.written)))
    return 0


def _row(made: ShelfReport) -> dict[str, Any]:
    return {
        "folder": str(made.folder),
        "collections": [
            {"slug": it.slug, "title": it.own.title, "version": it.newest.version}
            for it in made.shelf.collections
        ],
        "written": made.written,
        "notices": [
            {"code": it.code, "message": worded(it.message), "at": str(it.at)}
            for it in made.notices
        ],
    }
