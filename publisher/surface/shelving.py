"""Shelving: what `publisher shelf` does and tells."""

from __future__ import annotations

import json
from argparse import Namespace
from functools import partial
from typing import Any

from publisher.ground.messages import say
from publisher.press.shelving import ShelfReport, Wishes, make_shelf
from publisher.surface import report
from publisher.surface.progress import shown
from publisher.surface.wording import worded


def shelve(arguments: Namespace) -> int:
    """Write the site and tell what changed."""
    wishes = Wishes(tuple(arguments.stores), arguments.into, arguments.url, arguments.title)
    with shown(quiet=arguments.json) as progress:
        made = make_shelf(wishes, partial(progress, "shelf"))
    if arguments.json:
        print(json.dumps(_row(made), ensure_ascii=False, indent=2))
        return 0
    report.show_notices(made.notices)
    count = len(made.shelf.collections)
    report.tell(say("{folder}: collections on this shelf: {n}", folder=made.folder, n=count))
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
