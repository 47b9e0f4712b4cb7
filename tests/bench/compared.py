"""The bench beside peers: `python -m tests.bench.compared [--slow] [BOOK…]`; see docs/bench.md.

The same books, set by the product, by plain WeasyPrint, by typst and by browsers: what each takes,
and how well each sets its lines.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

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
from tests.bench.browsers import installed
from tests.bench.machine import keep, machine_line, record
from tests.bench.measure import Run
from tests.bench.peers import write_html
from tests.bench.quality import Quality, quality_table, read_quality
from tests.bench.states import COLD, Shop
from tests.bench.table import Row, book_table, row_of
from tests.bench.turns import Makers, module, taken_in_turn, tell
from tests.bench.typst_peer import write_typst

RESULT = "peers"
PRODUCT, PLAIN, TAGGED, TYPST = "screen-hans", "plain", "tagged", "typst"
_COLD = f"{PRODUCT} {COLD}"


def main() -> None:
    """Measure and print; what is being done goes to stderr."""
    wishes = _parser().parse_args()
    tell(f"{machine_line()}\n")
    rows: list[Row] = []
    qualities: list[Quality] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scratch = Path(folder)
        for book in _opened(wishes.books, scratch):
            workshop = Workshop(book, scratch)
            rows += workshop.timed(workshop.makers(slow=wishes.slow), wishes.runs)
            qualities += workshop.read()
        rows += _paragraph(wishes, scratch)
    if wishes.keep is not None:
        read = [quality.as_values() for quality in qualities]
        values = {"rows": [row.as_values() for row in rows], "quality": read}
        keep(RESULT, record(values, wishes.keep))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.compared", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each maker (default: 3)")
    words = "put the figures behind those that are kept in tests/bench/results"
    parser.add_argument("--keep", metavar="NOTE", nargs="?", const="", help=words)
    words = "let Vivliostyle set the books too, and all peers the long paragraph"
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


class Workshop:
    """A book, and where each maker leaves its PDF; the sources for the peers are written first."""

    def __init__(self, book: Book, scratch: Path) -> None:
        self._book = book
        self._scratch = scratch
        self._shop = Shop(book, scratch)
        self._html, self._typ = (scratch / f"{book.name}.{it}" for it in ("html", "typ"))
        write_html(book, self._html)
        write_typst(book, self._typ)

    def makers(self, *, slow: bool) -> Makers:
        """The product in every state, and all peers that are here; the slow one if wished."""
        own = self._shop.makers({PRODUCT: PRODUCT})
        engine = {it: self._engine(it) for it in (PLAIN, TAGGED)}
        return own | engine | {TYPST: self._typst()} | self._browsers(slow)

    def fast_makers(self) -> Makers:
        """Those that set the longest paragraph in seconds."""
        own = self._shop.makers({PRODUCT: PRODUCT})
        return {_COLD: own[_COLD], TYPST: self._typst()}

    def timed(self, makers: Makers, rounds: int) -> list[Row]:
        """What each maker takes."""
        taken = taken_in_turn(self._book.name, makers, rounds)
        peers = tuple(it for it in (PLAIN, TYPST) if it in taken)
        rows = [row_of(self._book.name, it, taken, self._file(it), peers) for it in taken]
        tell(f"{book_table(rows, peers)}\n")
        return rows

    def read(self) -> list[Quality]:
        """How well each of those sets its lines who can be read line by line."""
        makers = (PRODUCT, PLAIN, TYPST)
        found = [read_quality(self._book, it, self._file(it)) for it in makers]
        tell(f"{quality_table(found)}\n")
        return found

    def _engine(self, maker: str) -> Callable[[int], Run]:
        folder, target = str(self._book.folder), str(self._file(maker))
        return module("tests.bench.peers", str(self._html), target, folder, maker)

    def _typst(self) -> Callable[[int], Run]:
        target, fonts = str(self._file(TYPST)), str(ROOT / "fonts")
        return module("tests.bench.typst_peer", str(self._typ), target, fonts)

    def _browsers(self, slow: bool) -> Makers:
        folder, source = str(self._book.folder), str(self._html)
        return {
            it: module("tests.bench.browsers", it, source, str(self._file(it)), folder)
            for it in installed(slow=slow)
        }

    def _file(self, maker: str) -> Path:
        if maker.startswith(PRODUCT):
            return self._shop.file(PRODUCT)
        return self._scratch / f"{self._book.name}-{maker}.pdf"


def _paragraph(wishes: argparse.Namespace, scratch: Path) -> list[Row]:
    """The long paragraph, set once by each maker."""
    try:
        workshop = Workshop(open_paragraph(scratch), scratch)
    except MissingBook as missing:
        tell(f"{missing}\n")
        return []
    return workshop.timed(workshop.makers(slow=True) if wishes.slow else workshop.fast_makers(), 1)


if __name__ == "__main__":
    main()
