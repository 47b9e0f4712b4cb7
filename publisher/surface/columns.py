"""Columns: rows of text as a table on a terminal, where a Han is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# East Asian Width (UAX #11): these take two columns.
_WIDE = ("W", "F")


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(1 + (unicodedata.east_asian_width(it) in _WIDE) for it in text)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their headings, columns parted by two spaces."""
    every = [headings, *rows]
    widths = [max(map(width, column)) for column in zip(*every, strict=True)]
    return "\n".join(_line(row, widths) for row in every)


def _line(row: Sequence[str], widths: list[int]) -> str:
    cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
    return f"  {'  '.join(cells)}".rstrip()
