"""The bench: `python -m tests.bench [--runs N] [--json FILE] [BOOK…]`; see docs/bench.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, TextIO

from tests.bench.books import NAMES, Book, MissingBook, open_book
from tests.bench.measure import Run, middle, run_module, startup
from tests.bench.peers import write_html
from tests.bench.table import Row, aligned, book_table

PDF = "screen-hans"
EPUB = "epub-hans"
PEERS = ("plain", "tagged")
_TARGET = 0.15


def main() -> None:
    """Measure and print; what is being done goes to stderr."""
    wishes = _parser().parse_args()
    tell(f"{_machine_line()}\n")
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
        _keep(wishes.json, {"start": starts, "rows": [row.as_values() for row in rows]})


def tell(words: str, stream: TextIO = sys.stdout) -> None:
    """Write a line at once."""
    stream.write(f"{words}\n")
    stream.flush()


def _keep(file: Path, figures: dict[str, Any]) -> None:
    values = {"machine": _machine(), **figures}
    file.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each maker (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in a file")
    words = f"which books: {', '.join(NAMES)} (default: all)"
    parser.add_argument("books", nargs="*", metavar="BOOK", type=_known, help=words)
    return parser


def _known(name: str) -> str:
    if name not in NAMES:
        raise argparse.ArgumentTypeError(f"there is no book {name!r} here")
    return name


def _measured(name: str, runs: int, scratch: Path) -> list[Row]:
    try:
        book = open_book(name, scratch)
    except MissingBook as missing:
        tell(f"{missing}\n")
        return []
    rows = _rows(book, _taken_in_turn(book, runs, scratch))
    tell(f"{book_table(rows)}\n")
    return rows


def _taken_in_turn(book: Book, runs: int, scratch: Path) -> dict[str, list[Run]]:
    """Runs by maker. The makers take turns, so that a busy moment of the machine meets them all."""
    html, pdf = scratch / f"{book.name}.html", scratch / f"{book.name}.pdf"
    write_html(book, html)
    folder, dist = str(book.folder), str(scratch / "dist" / book.name)
    commands: dict[str, tuple[str, ...]] = {
        output: ("tests.bench.product", folder, output, dist) for output in (PDF, EPUB)
    }
    commands |= {peer: ("tests.bench.peers", str(html), str(pdf), folder, peer) for peer in PEERS}
    taken: dict[str, list[Run]] = {maker: [] for maker in commands}
    for number in range(1, runs + 1):
        for maker, command in commands.items():
            tell(f"{book.name}: run {number} of {runs}, {maker}", sys.stderr)
            taken[maker].append(run_module(*command))
    return taken


def _rows(book: Book, taken: dict[str, list[Run]]) -> list[Row]:
    return [
        Row(
            book.name,
            maker,
            middle([run.cost for run in runs]),
            _said(runs),
            {peer: _ratio(runs, taken[peer]) for peer in PEERS} if maker == PDF else {},
        )
        for maker, runs in taken.items()
    ]


def _ratio(runs: list[Run], peers: list[Run]) -> float:
    """The CPU seconds of runs over those of the peer's runs in the same round, at the median."""
    pairs = zip(runs, peers, strict=True)
    return median(run.cost.cpu / peer.cost.cpu for run, peer in pairs)


def _said(runs: list[Run]) -> dict[str, Any]:
    """What the first run said of its file; stages at the median of all runs."""
    said = dict(runs[0].said)
    if "stages" in said:
        stages = [run.said["stages"] for run in runs]
        said["stages"] = {name: median(each[name] for each in stages) for name in stages[0]}
    return said


def _start_rows(starts: dict[str, float]) -> list[tuple[str, ...]]:
    return [(name, f"{seconds:.3f}", f"{_TARGET:.2f}") for name, seconds in starts.items()]


def _machine() -> dict[str, Any]:
    return {
        "cpus": os.cpu_count(),
        "model": _model(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("publisher", "weasyprint", "pydyf")},
    }


def _machine_line() -> str:
    found = _machine()
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    return f"{found['cpus']} × {found['model']}; Python {found['python']}, {versions}"


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    main()
