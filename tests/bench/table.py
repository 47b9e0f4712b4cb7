"""Table: what was measured, in lines for people."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from tests.bench.measure import Cost, Run, middle
from tests.bench.turns import ratio

_HEAD = ("seconds", "CPU s", "peak MB", "pages", "bytes")


@dataclass(frozen=True)
class Row:
    """One maker of one book, at the median of its runs; `pages` is 0 where there are none.

    `ratios` are its seconds, and its CPU seconds, over each peer's in the same round.
    """

    book: str
    maker: str
    cost: Cost
    pages: int
    size: int
    ratios: dict[str, tuple[float, float]]

    def as_values(self) -> dict[str, Any]:
        """The row for a JSON file."""
        own = {"book": self.book, "maker": self.maker, **vars(self.cost)}
        values = own | {"pages": self.pages, "bytes": self.size}
        return values | ({"ratios": self.ratios} if self.ratios else {})


def row_of(
    book: str, maker: str, taken: dict[str, list[Run]], file: Path, peers: tuple[str, ...] = ()
) -> Row:
    """A maker's row, beside those peers that took turns with it; `file` is what it made last."""
    runs = taken[maker]
    ratios = {
        peer: (ratio(runs, taken[peer], "seconds"), ratio(runs, taken[peer], "cpu"))
        for peer in peers
        if peer in taken and peer != maker
    }
    cost = middle([run.cost for run in runs])
    return Row(book, maker, cost, _pages(file), file.stat().st_size, ratios)


def _pages(file: Path) -> int:
    if file.suffix != ".pdf":
        return 0
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def book_table(rows: list[Row], peers: tuple[str, ...] = ()) -> str:
    """One book's rows under a head."""
    compared = (f"{figure} to {peer}" for peer in peers for figure in ("seconds", "CPU"))
    return aligned([(rows[0].book, *_HEAD, *compared), *(_cells(row, peers) for row in rows)])


def _cells(row: Row, peers: tuple[str, ...]) -> tuple[str, ...]:
    return (
        row.maker,
        f"{row.cost.seconds:.2f}",
        f"{row.cost.cpu:.2f}",
        f"{row.cost.memory / 1e6:.0f}",
        str(row.pages or "–"),
        f"{row.size:,}",
        *(cell for peer in peers for cell in _ratio_cells(row, peer)),
    )


def _ratio_cells(row: Row, peer: str) -> tuple[str, str]:
    seconds, cpu = (f"{it:.2f}" for it in row.ratios[peer]) if peer in row.ratios else ("", "")
    return seconds, cpu


def aligned(lines: list[tuple[str, ...]]) -> str:
    """Columns side by side: the first to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + _gap(cell, width) if number == 0 else _gap(cell, width) + cell
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _gap(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
