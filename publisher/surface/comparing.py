"""Comparing: what `publisher diff` tells of two editions, on a terminal, as JSON, as a page."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from publisher.ground.messages import Message, say
from publisher.library.comparison import Comparison, Files, Reset, compared
from publisher.library.edition import Essay
from publisher.library.fixity import require_sound
from publisher.library.holding import Holding, held_at
from publisher.library.sentences import Change
from publisher.press.sealing import require_sealed
from publisher.press.writing import write_into
from publisher.surface import report
from publisher.surface.comparedpage import compared_page
from publisher.surface.wording import language, worded

_MOST = 12
# A part of the report: its title, and its lines.
Section = tuple[Message, tuple[str, ...]]


def compare_editions(arguments: Namespace) -> int:
    """Tell what differs from one edition to another."""
    found = compared(_sound(arguments.before), _sound(arguments.after))
    if arguments.html:
        file: Path = arguments.html
        page = compared_page(found, tuple(sections(found)), language())
        write_into(file.parent, {file.name: page.encode()})
        report.tell(say("written: {folder}", folder=file))
    if arguments.json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _show(found)
    return 0


def _sound(place: Path) -> Holding:
    holding = held_at(place)
    require_sound(holding)
    require_sealed(holding)
    return holding


def _show(found: Comparison) -> None:
    for title, lines in sections(found):
        print(worded(title))
        for line in lines:
            print(f"  {line}")
    for essay in found.rewritten:
        print(f"{essay.essay.path}: {essay.essay.title}")
        for change in essay.changes[:_MOST]:
            print("\n".join(f"  {line}" for line in _sides(change)))
        if len(essay.changes) > _MOST:
            print(f"  {worded(say('and {n} more', n=len(essay.changes) - _MOST))}")
    if found.is_same:
        print(worded(say("nothing differs")))


def _sides(change: Change) -> Iterator[str]:
    if change.before:
        yield f"- {change.before}"
    if change.after:
        yield f"+ {change.after}"


def sections(found: Comparison) -> Iterator[Section]:
    """What differs apart from the sentences, in parts that have something to say."""
    rows: Iterable[Section] = (
        (say("the collection"), tuple(f"{it}: {_arrow(change)}" for it, change in found.facts)),
        (say("essays added"), _essays(found.added)),
        (say("essays removed"), _essays(found.removed)),
        (say("essays moved"), _essays(found.moved)),
        (say("decisions about other scripts"), tuple(map(_decision, found.decisions))),
        (say("layouts"), tuple(_files(found.layouts))),
        (say("fonts"), tuple(_files(found.fonts))),
        (say("outputs"), (*_files(found.outputs), *map(_reset, found.reset))),
    )
    yield from ((title, lines) for title, lines in rows if lines)


def _arrow(change: Change) -> str:
    return f"{change.before or '–'} → {change.after or '–'}"


def _decision(change: Change) -> str:
    """A decision that was changed, or that is new or gone."""
    if change.before and change.after:
        return f"{change.before} | {change.after}"
    return f"+ {change.after}" if change.after else f"- {change.before}"


def _essays(essays: Iterable[Essay]) -> tuple[str, ...]:
    return tuple(f"{it.path}: {it.title} ({'、'.join(it.authors)})" for it in essays)


def _files(files: Files) -> Iterator[str]:
    for mark, names in (("+", files.added), ("-", files.removed), ("~", files.changed)):
        yield from (f"{mark} {name}" for name in names)


def _reset(reset: Reset) -> str:
    pages = reset.leaves
    if not reset.pages_after:
        return f"{reset.output}: {worded(say('other bytes'))}"
    parts = [say("pages: {n} → {m}", n=reset.pages_before, m=reset.pages_after)]
    parts += [say("new text on {pages}", pages=_spans(pages.new))] if pages.new else []
    parts += [say("text gone from {pages}", pages=_spans(pages.gone))] if pages.gone else []
    looks = say("other looks on {pages}", pages=_spans(pages.redrawn))
    parts += [looks] if pages.redrawn else []
    return f"{reset.output}: {'; '.join(map(worded, parts))}"


def _spans(numbers: tuple[int, ...]) -> str:
    """Numbers in short: 3–5, 9."""
    runs = groupby(enumerate(numbers), key=lambda it: it[1] - it[0])
    ends = ([number for _, number in run] for _, run in runs)
    return ", ".join(f"{it[0]}–{it[-1]}" if len(it) > 1 else str(it[0]) for it in ends)
