"""The bench: `python -m tests.bench [--runs N] [--json FILE] [BOOK…]`; see docs/bench.md."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.books import NAMES, Book, MissingBook, known, open_book
from tests.bench.machine import keep, machine_line
from tests.bench.measure import Run, middle, startup
from tests.bench.peers import write_html
from tests.bench.table import Row, aligned, book_table
from tests.bench.turns import Commands, ratio, taken_in_turn, tell

PDF = "screen-hans"
EPUB = "epub-hans"
PEERS = ("plain", "tagged")
_TARGET = 0.15


def main() -> None:
    """Measure and print; what is being done goes to stderr."""
    wishes = _parser().parse_args()
    tell(f"{machine_line()}\n")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        for name in wishes.books or NAMES:
            rows += _measured(name, wishes.runs, Path(scratch))
    starts = {
        "import publisher": startup("-c", "import publisher"),
        "publisher --help": startup("-m", "publisher", "--help"),
    }
    tell(aligned([("", "seconds", "target"), *_start_rows(starts)]))
    if wishes.json:
        keep(wishes.json, {"start": starts, "rows": [row.as_values() for row in rows]})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each maker (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in a file")
    words = f"which books: {', '.join(NAMES)} (default: all)"
    parser.add_argument("books", nargs="*", metavar="BOOK", type=known, help=words)
    return parser


def _measured(name: str, runs: int, scratch: Path) -> list[Row]:
    try:
        book = open_book(name, scratch)
    except MissingBook as missing:
        tell(f"{missing}\n")
        return []
    rows = _rows(book, taken_in_turn(name, _commands(book, scratch), runs))
    tell(f"{book_table(rows, PEERS)}\n")
    return rows


def _commands(book: Book, scratch: Path) -> Commands:
    html, pdf = scratch / f"{book.name}.html", scratch / f"{book.name}.pdf"
    write_html(book, html)
    folder, dist = str(book.folder), str(scratch / "dist" / book.name)
    commands: Commands = {
        output: ("tests.bench.product", folder, output, dist) for output in (PDF, EPUB)
    }
    return commands | {
        peer: ("tests.bench.peers", str(html), str(pdf), folder, peer) for peer in PEERS
    }


def _rows(book: Book, taken: dict[str, list[Run]]) -> list[Row]:
    return [
        Row(
            book.name,
            maker,
            middle([run.cost for run in runs]),
            _said(runs),
            {peer: ratio(runs, taken[peer]) for peer in PEERS} if maker == PDF else {},
        )
        for maker, runs in taken.items()
    ]


def _said(runs: list[Run]) -> dict[str, Any]:
    """What the first run said of its file; stages at the median of all runs."""
    said = dict(runs[0].said)
    if "stages" in said:
        stages = [run.said["stages"] for run in runs]
        said["stages"] = {name: median(each[name] for each in stages) for name in stages[0]}
    return said


def _start_rows(starts: dict[str, float]) -> list[tuple[str, ...]]:
    return [(name, f"{seconds:.3f}", f"{_TARGET:.2f}") for name, seconds in starts.items()]


if __name__ == "__main__":
    main()
