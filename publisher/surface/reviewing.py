"""Reviewing: what `publisher review` does and tells: doubts asked, as a table, a page, or rows."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.press.conversions import in_folder
from publisher.press.reviews import Desk, review
from publisher.press.store import own_store
from publisher.press.writing import write_into
from publisher.script.doubts import Doubt, Group, grouped
from publisher.surface.columns import width
from publisher.surface.report import notice_row, show_notices, tell
from publisher.surface.wording import language

# What a shell expects of a program that was broken off.
_INTERRUPTED = 130
# What browsers open as a page.
_PAGES = {".html", ".htm", ".xhtml"}
# The fields of a doubt for scripts, in the order of the columns (docs/review.md).
FIELDS = ("essay", "place", "context", "source", "chosen", "key", "alternatives", "reasons",
          "decided")  # fmt: skip


def review_collection(arguments: Namespace) -> int:
    """Review a collection in the way that was asked for; the exit code."""
    desk = review(arguments.folder, arguments.script or "", own_store())
    if arguments.json:
        print(_as_json(desk))
    elif arguments.tsv:
        print("\n".join(_as_tsv(desk)))
    elif arguments.html:
        _write_page(desk, arguments.html)
    elif arguments.strict or not _is_conversation():
        _show(desk)
    else:
        return _ask(desk)
    return Remedy.EDITOR.value if arguments.strict and desk.review.open else 0


def _is_conversation() -> bool:
    """Whether somebody sits at the other end of both streams."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(desk: Desk) -> int:
    from publisher.surface.deciding import decide

    _tell_of(desk)
    return 0 if decide(desk.folder, desk.review) else _INTERRUPTED


def _write_page(desk: Desk, file: Path) -> None:
    from publisher.surface.reviewpage import review_page

    _require_page(file)
    write_into(file.parent, {file.name: review_page(desk, language()).encode()})
    _tell_of(desk)
    tell(say("open {file} in a browser", file=file))


def _require_page(file: Path) -> None:
    """Raise PublisherError where something else than a page would be overwritten."""
    if file.suffix.lower() not in _PAGES:
        raise PublisherError.of(
            say("the page would be written over a file of another kind, or would not open"),
            Remedy.CALLER,
            Place(str(file)),
            say("give it a name that ends with .html"),
        )


def _tell_of(desk: Desk) -> None:
    """What went astray, and how much there is to look at."""
    show_notices(_in_folder(desk))
    found = desk.review
    tell(
        say(
            "{script}: doubts: {n}, of these decided: {m}",
            script=found.script,
            n=len(found.doubts),
            m=sum(bool(doubt.decided) for doubt in found.doubts),
        )
    )


def _in_folder(desk: Desk) -> Iterator[Notice]:
    """The notices with their files as seen from where the reader stands."""
    return (in_folder(notice, desk.folder) for notice in desk.review.notices)


# ---- as a table ----


def _show(desk: Desk) -> None:
    for group in grouped(desk.review.undecided):
        print("  ".join(_heading(group)))
        places = [str(doubt.place) for doubt in group.doubts]
        widest = max(map(width, places))
        for doubt, place in zip(group.doubts, places, strict=True):
            blank = " " * (widest - width(place))
            own = "" if _is_like(doubt, group) else f"  {_forms(doubt)}  {_reasons(doubt)}"
            print(f"  {place}{blank}  {doubt.context}{own}")
    _tell_of(desk)


def _heading(group: Group) -> Iterator[str]:
    """The line of a group: the deciding key and its form, how many, what else, why."""
    key = f"{group.key} · " if group.key not in ("", group.source) else ""
    yield f"{key}{group.source} → {group.chosen}"
    yield str(len(group.doubts))
    yield _forms(group)
    yield _reasons(group)


def _is_like(doubt: Doubt, group: Group) -> bool:
    return (doubt.alternatives, doubt.reasons) == (group.alternatives, group.reasons)


def _forms(one: Doubt | Group) -> str:
    return "/".join(one.alternatives) or "–"


def _reasons(one: Doubt | Group) -> str:
    return ", ".join(reason.value for reason in one.reasons)


# ---- for scripts ----


def _as_json(desk: Desk) -> str:
    table = {
        "script": desk.review.script,
        "doubts": [row(doubt) for doubt in desk.review.doubts],
        "notices": [notice_row(notice) for notice in _in_folder(desk)],
    }
    return json.dumps(table, ensure_ascii=False, indent=2)


def row(doubt: Doubt) -> dict[str, Any]:
    """A doubt as scripts get it; `decided` is null while nobody decided."""
    values = (
        doubt.essay, str(doubt.place), doubt.context, doubt.source, doubt.chosen, doubt.key,
        list(doubt.alternatives), [reason.value for reason in doubt.reasons], doubt.decided or None,
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def _as_tsv(desk: Desk) -> Iterator[str]:
    yield "\t".join(FIELDS)
    for doubt in desk.review.doubts:
        yield "\t".join(map(_cell, row(doubt).values()))


def _cell(value: str | list[str] | None) -> str:
    """A value in one cell: several parted by blanks, a tab as a blank."""
    words = " ".join(value) if isinstance(value, list) else value or ""
    return " ".join(words.split("\t"))
