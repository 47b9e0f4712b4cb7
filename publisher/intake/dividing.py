"""Dividing: essays of a plan cut where an editor says that others begin.

It promises that the lines on both sides of a cut are read anew, and that what was said of the lines
between, that they are sections, verse, notes or left out, stays. The essay above a cut keeps its
title and its file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publisher.intake.answers import TITLED, essay_around, with_items
from publisher.intake.plan import Item, Plan
from publisher.intake.reading import Reading
from publisher.intake.splitting.told import told

_STAYING = ("section", "verse", "note", "removed")


def divided(plan: Plan, items: tuple[Item, ...], reading: Reading) -> Plan:
    """The plan with an essay from the line of each item on.

    Where it was a section with its title, the essay is confirmed, and so is the one above if it
    was. Of an item that lies in no essay the lines become one. An item at which no essay can begin
    is passed over.
    """
    for item in items:
        if essay_around(plan, item) is None and item.kind not in TITLED:
            plan = _with_told(plan, item, (item.first,), reading)
    within: dict[Item, tuple[Item, ...]] = {}
    for item in items:
        if around := essay_around(plan, item):
            within[around] = (*within.get(around, ()), item)
    for around, own in within.items():
        numbers = tuple(item.first for item in own)
        plan = _settled(begun(plan, around, numbers, reading), around, own)
    return plan


def begun(plan: Plan, essay: Item, numbers: tuple[int, ...], reading: Reading) -> Plan:
    """The plan with an essay from each of these lines of an essay on, none of them confirmed.

    Above the first of them the essay keeps what the plan says of who wrote it, unless a line says
    so there. Numbers of other lines mean nothing.
    """
    known = tuple(number for number in numbers if essay.first < number <= essay.last)
    return _with_told(plan, essay, known, reading) if known else plan


def _with_told(plan: Plan, whole: Item, numbers: tuple[int, ...], reading: Reading) -> Plan:
    inner = [row for row in plan.item if row != whole and essay_around(plan, row) == whole]
    head = next((row for row in inner if row.kind == "heading"), None)
    verse = {row.first for row in (whole, *inner) if row.kind == "verse"}
    read = [_untitled(row, verse) for row in told(reading, whole, head, numbers, bare=verse)]
    staying = _staying(inner, read)
    known = {line for row in staying for line in _lines(row)}
    lost = [row for row in read if row.kind != "essay" and not known.isdisjoint(_lines(row))]
    misread = [row for row in lost if not _is_again(row, staying)]
    rows = [_without(row, known, misread) for row in _reaching(read, lost)]
    if whole.kind == "essay":
        rows[0] = _standing(whole, inner, rows[0])
    gone = dict.fromkeys((row for row in inner if row not in staying), ())
    return with_items(plan, {**gone, whole: tuple(rows)})


def _staying(inner: Iterable[Item], read: Iterable[Item]) -> list[Item]:
    """What lay in an essay and is read so again, or is no line where an essay begins."""
    rows = list(read)
    heads = {line for row in rows if row.kind == "heading" for line in _lines(row)}
    return [
        row
        for row in inner
        if _is_again(row, rows) or (row.kind in _STAYING and heads.isdisjoint(_lines(row)))
    ]


def _reaching(read: Iterable[Item], lost: Iterable[Item]) -> list[Item]:
    """The rows without the lost ones; of such that lie in no essay the one above has the lines."""
    rows: list[Item] = []
    above = 0
    gone = list(lost)
    for row in read:
        if row in gone:
            rows[above] = replace(rows[above], last=max(rows[above].last, row.last))
            continue
        above = len(rows) if row.kind == "essay" else above
        rows.append(row)
    return rows


def _is_again(item: Item, others: Iterable[Item]) -> bool:
    """Whether one of the others has the same lines and kind."""
    wanted = item.first, item.last, item.kind
    return any((row.first, row.last, row.kind) == wanted for row in others)


def _untitled(item: Item, verse: set[int]) -> Item:
    """An item; an essay that begins with verse has no title until one is typed."""
    is_bare = item.kind == "essay" and item.first in verse
    return replace(item, title="", suggested=False) if is_bare else item


def _lines(item: Item) -> range:
    return range(item.first, item.last + 1)


def _without(item: Item, lines: set[int], lost: Iterable[Item]) -> Item:
    """An item of which these lines are explained, and without what was read in lines now lost."""
    named = {name for row in lost for name in row.authors}
    return replace(
        item,
        authors=tuple(name for name in item.authors if name not in named),
        unclear=tuple(line for line in item.unclear if line not in lines),
    )


def _standing(whole: Item, inner: Iterable[Item], read: Item) -> Item:
    """The essay above a cut, as it stood in the plan; author and date as its own lines say now.

    What no line said before, such as authors that were typed, stays.
    """
    rows = list(inner)
    is_said = any(set(whole.authors) & set(row.authors) for row in rows)
    is_dated = any(whole.date == row.date for row in rows if row.date)
    return replace(
        whole,
        last=read.last,
        authors=read.authors if is_said or not whole.authors else whole.authors,
        date=read.date if is_dated or not whole.date else whole.date,
        confirmed=False,
        unclear=read.unclear,
    )


def _settled(plan: Plan, essay: Item, cut: tuple[Item, ...]) -> Plan:
    """The plan with the essays confirmed that a section became, and the one above if it was."""
    starts = {item.first for item in cut if item.kind == "section"}
    stop = min((item.first for item in cut), default=0)
    known = [
        row
        for row in plan.item
        if row.kind in ("essay", "heading")
        and (row.first in starts or (essay.confirmed and essay.first <= row.first < stop))
    ]
    return with_items(plan, {row: (_confirmed(row),) for row in known})


def _confirmed(item: Item) -> Item:
    """An item, confirmed unless something in it is unclear."""
    return replace(item, confirmed=not (item.unclear or item.suggested))
