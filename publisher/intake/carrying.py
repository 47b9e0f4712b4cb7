"""Carrying: the plan of a source goes over to a newer version of it.

It promises that an item whose lines are the same keeps an editor's word, and that one of other
lines keeps it as a proposal, to be confirmed again; that every line of the newer version has one
owner; and that an essay keeps the manuscript it was written to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, count, pairwise
from pathlib import Path

from publisher.intake.moves import Moves
from publisher.intake.plan import Item, Plan, essays, names, pieces, sealed

# A title in common counts as so many lines.
_OF_ONE_TITLE = 1_000
_Piece = tuple[Item, tuple[Item, ...]]


def carried(old: Plan, new: Plan, moved: Moves) -> Plan:
    """The plan `new`, proposed for the newer version, with what an editor said in `old`.

    Advice that was accepted stays on lines that are the same.
    """
    items = _carried_items(old, new, moved) if old.is_touched else new.item
    advice = (
        replace(row, line=moved.place(row.line))
        for row in old.advice
        if row.accepted and row.line in moved.same
    )
    plan = replace(new, item=items, rules_off=old.rules_off, advice=tuple(advice))
    plan = replace(plan, item=_named(old, plan, moved))
    return replace(plan, seal=old.seal if old.is_touched else sealed(plan.item))


def _carried_items(old: Plan, new: Plan, moved: Moves) -> tuple[Item, ...]:
    """The items of an editor in the lines of the newer version; lines that are new as proposed."""
    known = list(pieces(old.item))
    head = _head(new, moved.begin(1))
    found = list(_between(new, 1, head - 1))
    starts = [head, *(moved.begin(item.first) for item, _ in known[1:]), moved.lines + 1]
    for piece, (first, after) in zip(known, pairwise(starts), strict=True):
        stop = _tail(new, first, after - 1, moved.fresh)
        if first < stop:
            found += _carried_piece(piece, new, first, stop - 1, moved)
        found += _between(new, stop, after - 1)
    return tuple(found)


def _head(new: Plan, begin: int) -> int:
    """Where the first of the old pieces begins: what stands before it is new, or its own."""
    return begin if any(item.first == begin for item, _ in pieces(new.item)) else 1


def _tail(new: Plan, first: int, last: int, fresh: frozenset[int]) -> int:
    """Where new pieces begin behind an old one that ended with `last`; behind it where none do."""
    begins = last + 1
    while begins > first and begins - 1 in fresh:
        begins -= 1
    starts = (item.first for item, _ in pieces(new.item))
    return next((start for start in starts if max(begins, first + 1) <= start <= last), last + 1)


def _carried_piece(piece: _Piece, new: Plan, first: int, last: int, moved: Moves) -> Iterator[Item]:
    """An old piece in new lines, and in its new lines what is proposed for them."""
    item, inner = piece
    own = replace(item, first=first, last=last, unclear=moved.all(item.unclear))
    yield replace(own, confirmed=item.confirmed and moved.is_same(item, own))
    kept = [row for row in (_moved(row, moved) for row in inner) if row]
    others = chain.from_iterable(rows for _, rows in pieces(new.item))
    proposed = [
        row
        for row in others
        if item.kind == "essay"
        and first <= row.first
        and row.last <= last
        and moved.fresh.issuperset(range(row.first, row.last + 1))
    ]
    yield from sorted((*kept, *proposed), key=lambda row: row.first)


def _moved(item: Item, moved: Moves) -> Item | None:
    """An item where its lines stand now; None where they are gone."""
    first, last = moved.place(item.first), moved.place(item.last)
    if not first or not last:
        return None
    own = replace(item, first=first, last=last, unclear=moved.all(item.unclear))
    return replace(own, confirmed=item.confirmed and moved.is_same(item, own))


def _between(new: Plan, first: int, last: int) -> Iterator[Item]:
    """What is proposed for some lines, none of it reaching beyond them."""
    for item in new.item:
        if first <= item.first <= last:
            yield replace(item, last=min(item.last, last))


# Names of manuscripts ---------------------------------------------------------------------------


def _named(old: Plan, plan: Plan, moved: Moves) -> tuple[Item, ...]:
    """The items; each essay that has most lines of an older one with the manuscript of that."""
    stem = Path(plan.source).stem
    given = _given(old, plan, moved, stem)
    default = replace(plan, item=tuple(replace(item, file="") for item in plan.item))
    usual = names(default, stem)
    spots = [item.first for item, _ in essays(default)]
    if all(given.get(spot, name) == name for spot, name in zip(spots, usual, strict=True)):
        return default.item
    free = free_names(stem, names(old, stem))
    files = {spot: given.get(spot) or next(free) for spot in spots}
    return tuple(
        replace(item, file=files[item.first]) if item.kind == "essay" else item
        for item in plan.item
    )


def _given(old: Plan, plan: Plan, moved: Moves, stem: str) -> dict[int, str]:
    """The manuscripts of older essays, by the first line of the essay that each became."""
    found = {item.first: item.title for item, _ in essays(plan)}
    starts = list(found)
    shares: Counter[tuple[int, str]] = Counter()
    for (item, _), name in zip(essays(old), names(old, stem), strict=True):
        for line in filter(None, map(moved.place, range(item.first, item.last + 1))):
            at = bisect_right(starts, line)
            if at:
                shares[starts[at - 1], name] += 1
        for start in (start for start, title in found.items() if title == item.title):
            shares[start, name] += _OF_ONE_TITLE
    given: dict[int, str] = {}
    done: set[str] = set()
    for (spot, name), _ in shares.most_common():
        if spot not in given and name not in done:
            given[spot] = name
            done.add(name)
    return given


def free_names(stem: str, taken: Iterable[str]) -> Iterator[str]:
    """Names of manuscripts after `stem` that are not taken, without end."""
    known = set(taken)
    return (name for n in count(1) if (name := f"{stem}-{n:02}.md") not in known)
