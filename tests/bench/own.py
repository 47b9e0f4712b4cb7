"""Own: the product by itself: each book from nothing, again, and after one change."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench.books import NAMES, Book, MissingBook, known, open_book
from tests.bench.machine import keep, machine_line, record
from tests.bench.measure import startup
from tests.bench.states import OUTPUTS, Shop
from tests.bench.table import Row, aligned, book_table, row_of
from tests.bench.turns import taken_in_turn, tell

RESULT = "books"
_TARGET = 0.15


def main(arguments: list[str]) -> None:
    """Measure and print; what is being done goes to stderr."""
    wishes = _parser().parse_args(arguments)
    tell(f"{machine_line()}\n")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        for name in wishes.books or NAMES:
            rows += _opened(name, wishes.runs, wishes.on, Path(scratch))
    starts = {
        "import publisher": startup("-c", "import publisher"),
        "publisher --help": startup("-m", "publisher", "--help"),
    }
    tell(aligned([("", "seconds", "target"), *_start_rows(starts)]))
    if wishes.keep is not None:
        figures = {"start": starts, "on": wishes.on, "rows": [row.as_values() for row in rows]}
        keep(RESULT, record(figures, wishes.keep))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench books", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs in each state (default: 3)")
    parser.add_argument("--on", default="process", help="as of `publisher build`")
    words = "put the figures behind those that are kept in tests/bench/results"
    parser.add_argument("--keep", metavar="NOTE", nargs="?", const="", help=words)
    words = f"which books: {', '.join(NAMES)} (default: all)"
    parser.add_argument("books", nargs="*", metavar="BOOK", type=known, help=words)
    return parser


def _opened(name: str, runs: int, on: str, scratch: Path) -> list[Row]:
    try:
        book = open_book(name, scratch)
    except MissingBook as missing:
        tell(f"{missing}\n")
        return []
    return _measured(book, runs, on, scratch)


def _measured(book: Book, runs: int, on: str, scratch: Path) -> list[Row]:
    shop = Shop(book, scratch, on)
    taken = taken_in_turn(book.name, shop.makers(), runs)
    rows = [
        row_of(book.name, maker, taken, shop.file(OUTPUTS[maker.partition(" ")[0]]))
        for maker in taken
    ]
    tell(f"{book_table(rows)}\n")
    return rows


def _start_rows(starts: dict[str, float]) -> list[tuple[str, ...]]:
    return [(name, f"{seconds:.3f}", f"{_TARGET:.2f}") for name, seconds in starts.items()]
