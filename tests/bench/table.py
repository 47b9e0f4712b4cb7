"""Table: what was measured, in lines for people."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from tests.bench.measure import Cost

_HEAD = ("seconds", "CPU s", "peak MB", "pages", "bytes")
_STAGES = ("starting", "reading", "setting", "writing")


@dataclass(frozen=True)
class Row:
    """One maker of one book, at the median of its runs."""

    book: str
    maker: str
    cost: Cost
    said: dict[str, Any]
    # This row's CPU seconds over each peer's, at the median of the pairs.
    ratios: dict[str, float]

    def as_values(self) -> dict[str, Any]:
        """The row for a JSON file."""
        return {"book": self.book, "maker": self.maker, **vars(self.cost), **self.said} | {
            "ratios": self.ratios
        }


def book_table(rows: list[Row], peers: tuple[str, ...]) -> str:
    """One book's rows under a head; where the product told its stages, CPU seconds by stage."""
    head = (rows[0].book, *_HEAD, *(f"to {peer}" for peer in peers))
    lines = [head, *(_cells(row, peers) for row in rows)]
    stages = [(f"CPU s of {row.maker}", *_stage_cells(row)) for row in rows if "stages" in row.said]
    parts = [lines, [("", *_STAGES), *stages]] if stages else [lines]
    return "\n\n".join(map(aligned, parts))


def _cells(row: Row, peers: tuple[str, ...]) -> tuple[str, ...]:
    return (
        row.maker,
        f"{row.cost.seconds:.2f}",
        f"{row.cost.cpu:.2f}",
        f"{row.cost.memory / 1e6:.0f}",
        str(row.said["pages"] or "–"),
        f"{row.said['bytes']:,}",
        *(f"{row.ratios[peer]:.2f}" if peer in row.ratios else "" for peer in peers),
    )


def _stage_cells(row: Row) -> tuple[str, ...]:
    stages = row.said["stages"]
    return tuple(f"{stages[name]:.2f}" if name in stages else "–" for name in _STAGES)


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
