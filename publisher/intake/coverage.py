"""Coverage: that the items of a plan share out the lines of a source, none twice and none left.

It promises every fault of a list of items at once, each with its key and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publisher.ground.errors import Fault, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.intake.plan import Item, empty_parts

# What may stand outside of every essay; the rest is part of one.
_ALONE = ("essay", "part", "removed", "note")
# What never lies in an essay.
_NEVER_INSIDE = ("essay", "part")


@dataclass(frozen=True)
class Numbered:
    """An item and its number among the items of the file, from 1."""

    number: int
    item: Item


def line_faults(rows: Iterable[Numbered], lines: int, file: str) -> Iterator[Fault]:
    """A fault for each item whose lines the source does not have."""
    for row in rows:
        first, last = row.item.first, row.item.last
        hint = say("the source has the lines 1 to {lines}", lines=lines)
        if not 1 <= first <= lines:
            yield _fault(row, "first", say("there is no line {line}", line=first), hint, file)
        if last < first:
            message = say("the last line is {last}, the first is {first}", last=last, first=first)
            yield _fault(row, "last", message, say("exchange the two numbers"), file)
        elif last > lines:
            yield _fault(row, "last", say("there is no line {line}", line=last), hint, file)


def title_faults(rows: Iterable[Numbered], file: str) -> Iterator[Fault]:
    """A fault for each essay or part that is confirmed and has no title."""
    for row in rows:
        item = row.item
        if item.kind in ("essay", "part") and item.confirmed and not item.title.strip():
            hint = say('write title = "…", or let confirmed be false')
            yield _fault(row, "title", say("what is confirmed has no title"), hint, file)


def confidence_faults(rows: Iterable[Numbered], file: str) -> Iterator[Fault]:
    """A fault for each item whose confidence is no share of 1."""
    for row in rows:
        if not 0 <= row.item.confidence <= 1:
            message = say("{value} is not a number from 0 to 1", value=row.item.confidence)
            yield _fault(row, "confidence", message, say("write 1.0, or delete the line"), file)


def part_faults(rows: Iterable[Numbered], file: str) -> Iterator[Fault]:
    """A fault for each part that is confirmed and has no essay: its title would be in no file."""
    known = list(rows)
    empty = empty_parts(row.item for row in known)
    for row in known:
        if row.item in empty and row.item.confirmed:
            message = say("no essay stands in this part")
            hint = say('write kind = "removed" to leave its title out, or let confirmed be false')
            yield _fault(row, "kind", message, hint, file)


def sharing_faults(rows: Iterable[Numbered], lines: int, file: str) -> Iterator[Fault]:
    """The faults of items that overlap, lie where they cannot, or leave lines of `lines` over."""
    essay: Numbered | None = None
    before: Numbered | None = None
    inside: Numbered | None = None
    reached = 0
    for row in sorted(_within(rows, lines), key=_order):
        if essay and row.item.kind not in _NEVER_INSIDE and row.item.first <= essay.item.last:
            yield from _inner_faults(row, essay, inside, file)
            inside = row
            continue
        yield from _outer_faults(row, before, reached, file)
        reached = max(reached, row.item.last)
        before, inside = row, None
        essay = row if row.item.kind == "essay" else None
    if reached < lines:
        yield _gap(reached + 1, lines, before, file)


def _within(rows: Iterable[Numbered], lines: int) -> Iterator[Numbered]:
    """The items as if their lines were the source's, so that one slip is not told twice."""
    for row in rows:
        first, last = sorted((row.item.first, row.item.last))
        if lines:
            first, last = (min(max(line, 1), lines) for line in (first, last))
            yield replace(row, item=replace(row.item, first=first, last=last))


def _order(row: Numbered) -> tuple[int, bool, int, int]:
    return row.item.first, row.item.kind != "essay", -row.item.last, row.number


def _inner_faults(
    row: Numbered, essay: Numbered, before: Numbered | None, file: str
) -> Iterator[Fault]:
    if row.item.last > essay.item.last:
        message = say("it ends after its essay, which ends with line {line}", line=essay.item.last)
        hint = say("let it end sooner, or the essay (item {number}) later", number=essay.number)
        yield _fault(row, "last", message, hint, file)
    if before and row.item.first <= before.item.last:
        yield _overlap(row, before, file)


def _outer_faults(
    row: Numbered, before: Numbered | None, reached: int, file: str
) -> Iterator[Fault]:
    if row.item.kind not in _ALONE:
        message = say('"{kind}" stands outside of every essay', kind=row.item.kind)
        hint = say("let an essay hold this line, or call it removed")
        yield _fault(row, "kind", message, hint, file)
    if before and row.item.first <= reached:
        yield _overlap(row, before, file)
    elif row.item.first > reached + 1:
        yield _gap(reached + 1, row.item.first - 1, row, file)


def _overlap(row: Numbered, before: Numbered, file: str) -> Fault:
    message = say(
        "line {line} belongs to item {number} already", line=row.item.first, number=before.number
    )
    hint = say("give every line to one item alone")
    return _fault(row, "first", message, hint, file)


def _gap(first: int, last: int, beside: Numbered | None, file: str) -> Fault:
    message = say("the lines {first} to {last} belong to no item", first=first, last=last)
    hint = say("give them to an essay, or write an item of the kind removed")
    return _fault(beside, "first", message, hint, file)


def _fault(row: Numbered | None, key: str, message: Message, hint: Message, file: str) -> Fault:
    path = f"item[{row.number}].{key}" if row else "item"
    return Fault(message, Remedy.EDITOR, Place(file, key=path), hint)
