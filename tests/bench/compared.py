"""The bench beside peers: `python -m tests.bench.compared [--slow] [BOOK…]`; see docs/bench.md.

The same books, set by the product, by plain WeasyPrint and by typst: what each takes, and how well
each sets its lines.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from tests.bench.books import (
    IMPORTED,
    NAMES,
    ROOT,
    SAMPLE,
    Book,
    MissingBook,
    known,
    open_book,
    open_paragraph,
)
from tests.bench.machine import keep, machine_line
from tests.bench.measure import Run, middle
from tests.bench.peers import write_html
from tests.bench.quality import Quality, quality_table, read_quality
from tests.bench.table import Row, book_table
from tests.bench.turns import Commands, ratio, taken_in_turn, tell
from tests.bench.typst_peer import write_typst

PRODUCT, PLAIN, TYPST = "screen-hans", "plain", "typst"


def main() -> None:
    """Measure and print; what is being done goes to stderr."""
    wishes = _parser().parse_args()
    tell(f"{machine_line()}\n")
    rows: list[Row] = []
    qualities: list[Quality] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scratch = Path(folder)
        for book in _opened(wishes.books, scratch):
            rows += _timed(book, _commands(book, scratch), wishes.runs, scratch)
            qualities += _read(book, scratch)
        rows += _paragraph(wishes, scratch)
    if wishes.json:
        read = [quality.as_values() for quality in qualities]
        keep(wishes.json, {"rows": [row.as_values() for row in rows], "quality": read})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.compared", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each maker (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in a file")
    words = "let plain WeasyPrint set the long paragraph too, which takes it over a minute"
    parser.add_argument("--slow", action="store_true", help=words)
    words = f"which books: {', '.join(NAMES)} (default: {', '.join(IMPORTED)})"
    parser.add_argument("books", nargs="*", metavar="BOOK", type=known, help=words)
    return parser


def _opened(names: list[str], scratch: Path) -> Iterator[Book]:
    """The books wished for; the sample alone where the others are not there."""
    opened = 0
    for name in names or IMPORTED:
        try:
            yield open_book(name, scratch)
            opened += 1
        except MissingBook as missing:
            tell(f"{missing}\n")
    if not opened:
        yield open_book(SAMPLE, scratch)


def _commands(book: Book, scratch: Path) -> Commands:
    """The makers of a book; the sources for the peers are written first."""
    html, typ = scratch / f"{book.name}.html", scratch / f"{book.name}.typ"
    write_html(book, html)
    write_typst(book, typ)
    folder, fonts = str(book.folder), str(ROOT / "fonts")
    plain, typst = str(_file(book, PLAIN, scratch)), str(_file(book, TYPST, scratch))
    return {
        PRODUCT: ("tests.bench.product", folder, PRODUCT, str(_dist(book, scratch))),
        PLAIN: ("tests.bench.peers", str(html), plain, folder, PLAIN),
        TYPST: ("tests.bench.typst_peer", str(typ), typst, fonts),
    }


def _dist(book: Book, scratch: Path) -> Path:
    return scratch / "dist" / book.name


def _file(book: Book, maker: str, scratch: Path) -> Path:
    """Where a maker leaves its PDF."""
    if maker == PRODUCT:
        return next(_dist(book, scratch).glob("*.pdf"))
    return scratch / f"{book.name}-{maker}.pdf"


def _timed(book: Book, commands: Commands, rounds: int, scratch: Path) -> list[Row]:
    taken = taken_in_turn(book.name, commands, rounds)
    rows = [_row(book, maker, taken, scratch) for maker in taken]
    tell(f"{book_table(rows, (PLAIN,))}\n")
    return rows


def _row(book: Book, maker: str, taken: dict[str, list[Run]], scratch: Path) -> Row:
    runs = taken[maker]
    file = _file(book, maker, scratch)
    said = {"pages": _pages(file), "bytes": file.stat().st_size}
    compared = PLAIN in taken and maker != PLAIN
    ratios = {PLAIN: ratio(runs, taken[PLAIN])} if compared else {}
    return Row(book.name, maker, middle([run.cost for run in runs]), said, ratios)


def _pages(file: Path) -> int:
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def _read(book: Book, scratch: Path) -> list[Quality]:
    makers = (PRODUCT, PLAIN, TYPST)
    found = [read_quality(book, maker, _file(book, maker, scratch)) for maker in makers]
    tell(f"{quality_table(found)}\n")
    return found


def _paragraph(wishes: argparse.Namespace, scratch: Path) -> list[Row]:
    """The long paragraph, set once by each maker."""
    try:
        book = open_paragraph(scratch)
    except MissingBook as missing:
        tell(f"{missing}\n")
        return []
    commands = _commands(book, scratch)
    if not wishes.slow:
        del commands[PLAIN]
    return _timed(book, commands, 1, scratch)


if __name__ == "__main__":
    main()
