"""Answers: what an editor's word makes of a plan, one item at a time.

It promises plans that a plan file can hold: every line keeps one owner, nothing stands confirmed
that has no title where it needs one, no part without an essay does, and no two essays are written
to one manuscript. What is confirmed has nothing unclear in it. An answer that means nothing for an
item gives the same plan back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from publisher.intake.carrying import free_names
from publisher.intake.plan import Item, Plan, empty_parts, essays, names, pieces

# What stands by itself and has a title.
TITLED = ("essay", "part")
# New items in the place of old ones; without any the old one goes.
Changes = Mapping[Item, tuple[Item, ...]]


def exchanged(plan: Plan, old: Item, new: Item) -> Plan:
    """The plan with one item for another."""
    return with_items(plan, {old: (new,)})


def confirmed(plan: Plan, item: Item) -> Plan:
    """The plan with an item confirmed; the same plan where it cannot be as it is."""
    return exchanged(plan, item, replace(item, confirmed=True, unclear=()))


def written_by(plan: Plan, essay: Item, authors: tuple[str, ...]) -> Plan:
    """The plan with other authors of an essay; an open byline that names none of them is text."""
    wrong: Changes = {
        row: ()
        for row in plan.item
        if row.kind == "byline"
        and not row.confirmed
        and essay_around(plan, row) == essay
        and not set(row.authors) & set(authors)
    }
    return with_items(plan, {**wrong, essay: (replace(essay, authors=authors),)})


def ordinary(plan: Plan, item: Item) -> Plan:
    """The plan with the lines of an item as lines of an essay's text.

    What they said of the essay's authors and its date is said no more. Where the item lies in no
    essay it is the essay right above, else the one right below; the same plan where none is. An
    essay becomes text of the one above it, which is asked about again.
    """
    around = essay_around(plan, item)
    if item.kind == "essay":
        return _continued(plan, item)
    if around is None:
        return plan if item.kind in TITLED else _joined(plan, item)
    authors = tuple(name for name in around.authors if name not in item.authors)
    date = "" if item.date and item.date == around.date else around.date
    rest = replace(around, authors=authors, date=date)
    return with_items(plan, {item: (), around: (rest,)})


def left_out(plan: Plan, item: Item) -> Plan:
    """The plan with the lines of an item removed; an essay's with all that lies in it."""
    inner = [row for row in plan.item if row != item and essay_around(plan, row) == item]
    gone = replace(
        item, kind="removed", title="", authors=(), date="", confirmed=True, file="", unclear=()
    )
    return with_items(plan, {**dict.fromkeys(inner, ()), item: (gone,)})


def headed(plan: Plan, essay: Item, words: str) -> Plan:
    """The plan with the first line of an essay, whose words these are, as its heading.

    Only where they are its title and nothing but text or verse begins with them. What was the
    heading further down is text.
    """
    inner = next((own for row, own in essays(plan) if row == essay), ())
    above = [row for row in inner if row.first <= essay.first]
    is_text = all(row.kind == "verse" for row in above)
    if words != essay.title or not is_text:
        return plan
    head = Item(essay.first, essay.first, "heading", confirmed=True)
    rest: Changes = {
        row: (replace(row, first=essay.first + 1),) if row.last > essay.first else ()
        for row in above
    }
    further: Changes = {row: () for row in inner if row.kind == "heading"}
    return with_items(plan, {**rest, **further, essay: (essay, head)})


def _joined(plan: Plan, item: Item) -> Plan:
    """The plan with the lines of an item that stands by itself in the essay beside it."""
    alone = [row for row, _ in pieces(plan.item)]
    at = alone.index(item)
    above, below = alone[max(at - 1, 0)], alone[min(at + 1, len(alone) - 1)]
    if above.kind == "essay":
        return with_items(plan, {item: (), above: (replace(above, last=item.last),)})
    if below.kind == "essay":
        # What stands above its heading may be its title: it is asked about again.
        joined = replace(below, first=item.first, evidence="unexplained", confirmed=False)
        return with_items(plan, {item: (), below: (joined,)})
    return plan


def _continued(plan: Plan, essay: Item) -> Plan:
    """The plan with an essay as text of the essay right above it; verse stays verse."""
    essays_above = (row for row in plan.item if row.kind == "essay" and row.last < essay.first)
    above = next((row for row in essays_above if row.last + 1 == essay.first), None)
    if above is None:
        return plan
    inner = (row for row in plan.item if row != essay and essay_around(plan, row) == essay)
    gone: Changes = {row: () for row in inner if row.kind in ("heading", "byline", "dateline")}
    longer = replace(above, last=essay.last, confirmed=False)
    return with_items(plan, {**gone, essay: (), above: (longer,)})


def essay_around(plan: Plan, item: Item) -> Item | None:
    """The essay in which an item lies."""
    found = (row for row in plan.item if row.kind == "essay" and row != item)
    return next((row for row in found if row.first <= item.first <= row.last), None)


def with_items(plan: Plan, changes: Changes) -> Plan:
    """The plan with other items for some of its own, as a plan file can hold them."""
    items = [new for row in plan.item for new in changes.get(row, (row,))]
    ordered = sorted(items, key=lambda row: (row.first, row.kind != "essay"))
    return _with_own_files(replace(plan, item=_open_again(ordered)))


def _open_again(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items; what no plan file may confirm is a question again."""
    rows = tuple(map(_within_bounds, items))
    empty = empty_parts(rows)
    return tuple(
        replace(row, confirmed=False)
        if row in empty or (row.kind in TITLED and not row.title.strip())
        else row
        for row in rows
    )


def _within_bounds(item: Item) -> Item:
    """The item without unclear lines that it has no more."""
    return replace(item, unclear=tuple(n for n in item.unclear if item.first < n <= item.last))


def _with_own_files(plan: Plan) -> Plan:
    """The plan; an essay whose number gives it the manuscript of another has a name of its own."""
    stem = Path(plan.source).stem
    known = {item.file for item, _ in essays(plan) if item.file}
    named = zip((item for item, _ in essays(plan)), names(plan, stem), strict=True)
    clashing = [item for item, name in named if not item.file and name in known]
    files = dict(zip(clashing, free_names(stem, names(plan, stem)), strict=False))
    items = (replace(row, file=files[row]) if row in files else row for row in plan.item)
    return replace(plan, item=tuple(items))
