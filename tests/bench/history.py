"""History: the figures that were kept, one column for each time, the newest at the right."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from tests.bench.machine import kept, worded
from tests.bench.own import RESULT
from tests.bench.table import aligned
from tests.bench.turns import tell

_FIGURES = {"seconds": "{:.2f}", "cpu": "{:.2f}", "memory": "{:,}", "bytes": "{:,}"}


def main(arguments: list[str]) -> None:
    """Print what was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench history", description=__doc__)
    parser.add_argument("--figure", choices=_FIGURES, default="seconds", help="which of them")
    figure = parser.parse_args(arguments).figure
    records = kept(RESULT)
    for number, record in enumerate(records, start=1):
        tell(f"{number}  {record['date']}  {worded(record['machine'])}  {record['note']}")
    tell("")
    tell(aligned([("", *map(str, range(1, len(records) + 1))), *_lines(records, figure)]))


def _lines(records: list[dict[str, Any]], figure: str) -> Iterator[tuple[str, ...]]:
    tables = [{_name(row): row[figure] for row in record["rows"]} for record in records]
    for name in dict.fromkeys(name for table in tables for name in table):
        cells = (_FIGURES[figure].format(it[name]) if name in it else "" for it in tables)
        yield (name, *cells)


def _name(row: dict[str, Any]) -> str:
    return f"{row['book']} {row['maker']}"
