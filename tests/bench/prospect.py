"""Prospect: what was measured of growth, and what a million collections would take by it.

Both are Markdown tables for docs/scale.md, made of the newest figures that were kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tests.bench.growth import BOOKS, RESULT, SHELVES, newest
from tests.bench.machine import kept

_MANY = 1_000_000
_WORKERS = (2, 32, 500)
_HOUR, _DAY = 3_600, 86_400


def growth_table() -> str:
    """Every size, with its cost."""
    records = kept(RESULT)
    head = ("What", "CPU s", "for each", "seconds", "peak MB", "MB made")
    books = (
        (f"{it['characters']:,} characters, {it['output']}", it, it["characters"], "character")
        for it in newest(records, BOOKS)
    )
    shelves = (
        (f"{it['collections']:,} × 8,000 characters", it, it["collections"], "collection")
        for it in newest(records, SHELVES)
    )
    return _table(head, (_cells(*row) for row in (*books, *shelves)))


def _cells(name: str, row: dict[str, Any], count: int, what: str) -> tuple[str, ...]:
    each = row["cpu"] / count
    share = f"{1_000_000 * each:,.0f} µs" if what == "character" else f"{each:.2f} s"
    figures = (row["seconds"], row["memory"] / 1e6, row["bytes"] / 1e6)
    seconds, memory, made = (f"{it:,.1f}" for it in figures)
    return (name, f"{row['cpu']:.1f}", share, seconds, memory.partition(".")[0], made)


def million_table() -> str:
    """CPU, time, storage and memory for a million collections of 8,000 characters."""
    return _table(("For a million collections", ""), _plan(newest(kept(RESULT), SHELVES)))


def _plan(shelves: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    least, most = shelves[0], shelves[-1]
    count = most["collections"]
    cpu = (most["cpu"] - least["cpu"]) / (count - least["collections"])
    made = most["bytes"] / count
    yield "CPU each, behind the start", f"{cpu:.2f} s"
    yield "CPU in all", f"{cpu * _MANY / _HOUR:,.0f} hours"
    for workers in _WORKERS:
        yield f"on {workers} workers", _lasting(cpu * _MANY / workers)
    yield "files made", f"{4 * _MANY / 1e6:.0f} million, {made * _MANY / 1e9:,.0f} GB"
    yield "sources", f"{3 * 8_000 * _MANY / 1e9:.0f} GB"
    yield "memory of a worker", f"{most['memory'] / 1e6:.0f} MB at its peak"


def _lasting(seconds: float) -> str:
    if seconds > 2 * _DAY:
        return f"{seconds / _DAY:,.1f} days"
    return f"{seconds / _HOUR:,.1f} hours"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    rule = ("---", *("---:" for _ in head[1:]))
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))
