"""Growth: what a build costs by the length of a book, and by the number of collections.

Every build starts with nothing kept. The points are kept in `results`, and the newest of each size
drawn as docs/pictures/growth.svg.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.books import ROOT
from tests.bench.chart import Panel, drawn
from tests.bench.crops import sow, words
from tests.bench.machine import keep, kept, machine_line, record
from tests.bench.measure import run_command
from tests.bench.table import aligned
from tests.bench.turns import tell

RESULT = "growth"
PICTURE = ROOT / "docs" / "pictures" / "growth.svg"
CHARACTERS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
COLLECTIONS = (1, 3, 10, 30)
# The characters of each of many collections.
SMALL = 8_000
BOOKS, SHELVES = "books", "shelves"
_OUTPUTS = {"PDF": "screen-hans", "EPUB": "epub-hans"}


def main(arguments: list[str]) -> None:
    """Measure, keep and draw; or draw alone."""
    wishes = _parser().parse_args(arguments)
    tell(f"{machine_line()}\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        field = Field(Path(folder), wishes.on)
        values: dict[str, Any] = {
            "on": wishes.on,
            BOOKS: field.books(wishes.characters),
            SHELVES: field.shelves(wishes.collections),
        }
    if values[BOOKS] or values[SHELVES]:
        keep(RESULT, record(values, wishes.note))
    PICTURE.write_text(drawn(panels(kept(RESULT))), encoding="utf-8")
    tell(_table(kept(RESULT)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench growth", description=__doc__)
    numbers: dict[str, Any] = {"type": int, "nargs": "*", "metavar": "N"}
    words = "lengths of books (default: 10,000 to a million; none where nothing stands behind it)"
    parser.add_argument("--characters", default=CHARACTERS, help=words, **numbers)
    words = f"numbers of collections of {SMALL:,} characters (default: 1 to 30; or none)"
    parser.add_argument("--collections", default=COLLECTIONS, help=words, **numbers)
    parser.add_argument("--on", default="serial", help="as of `publisher build` (default: serial)")
    parser.add_argument("--note", default="", help="words to keep with the figures")
    return parser


class Field:
    """A folder in which crops are sown and built, with nothing kept from one to the next."""

    def __init__(self, folder: Path, hands: str) -> None:
        self._folder = folder
        self._hands = hands
        self._words = words()
        # Looking through the fonts for the first time is no part of a build.
        self._taken("warm", (SMALL,), "screen-hans")

    def books(self, lengths: Iterable[int]) -> list[dict[str, Any]]:
        """What a book of each length takes, its PDF and its EPUB."""
        return [
            {"characters": length, "output": kind, **self._taken(kind, (length,), output)}
            for length in lengths
            for kind, output in _OUTPUTS.items()
        ]

    def shelves(self, counts: Iterable[int]) -> list[dict[str, Any]]:
        """What so many small collections take, PDF and EPUB in two scripts."""
        return [
            {"collections": count, **self._taken("shelf", (SMALL,) * count)} for count in counts
        ]

    def _taken(self, name: str, lengths: tuple[int, ...], *outputs: str) -> dict[str, Any]:
        """What collections of some lengths take: time, memory, and bytes on the disk."""
        tell(f"{name}: {len(lengths)} × {lengths[0]:,} characters")
        home = self._folder / "field"
        for number, length in enumerate(lengths):
            sow(home / f"crop-{number}", self._words, length, 1_000 * number)
        shutil.rmtree(self._folder / "cache" / "publisher" / "results", ignore_errors=True)
        wished = (word for output in outputs for word in ("--output", output))
        command = ("publisher", "build", "--all", str(home), "--on", self._hands, "--quiet")
        own = {"XDG_CACHE_HOME": str(self._folder / "cache")}
        cost = run_command(*command, *wished, env=own)
        made = sum(file.stat().st_size for file in home.glob("*/dist/*"))
        shutil.rmtree(home)
        return {**vars(cost), "bytes": made}


def panels(records: list[dict[str, Any]]) -> tuple[Panel, ...]:
    """The charts of the newest figures of each size: CPU seconds against size."""
    books, shelves = newest(records, BOOKS), newest(records, SHELVES)
    rows = tuple(
        (kind, tuple((it["characters"], it["cpu"]) for it in books if it["output"] == kind))
        for kind in _OUTPUTS
    )
    many = tuple((it["collections"], it["cpu"]) for it in shelves)
    return (
        Panel("One book: CPU seconds", "characters", rows),
        Panel("Many collections: CPU seconds", "collections", (("4 files each", many),)),
    )


def newest(records: list[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    """The last figures of each size, by size."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in (row for it in records for row in it[part]):
        found[row.get("characters"), row.get("collections"), row.get("output")] = row
    return sorted(found.values(), key=lambda row: row.get("characters") or row["collections"])


def _table(records: list[dict[str, Any]]) -> str:
    head = ("", "seconds", "CPU s", "CPU ms for each", "peak MB", "bytes")
    books = [
        _cells(f"{it['characters']:,} characters, {it['output']}", it, it["characters"] / 1_000)
        for it in newest(records, BOOKS)
    ]
    shelves = [
        _cells(f"{it['collections']:,} collections", it, it["collections"])
        for it in newest(records, SHELVES)
    ]
    return aligned([head, *books, *shelves])


def _cells(name: str, row: dict[str, Any], share: float) -> tuple[str, ...]:
    each = f"{1_000 * row['cpu'] / share:,.0f}"
    cost = (f"{row['seconds']:.1f}", f"{row['cpu']:.1f}", each)
    return (name, *cost, f"{row['memory'] / 1e6:.0f}", f"{row['bytes']:,}")
