"""Family names: the Chinese ones, single and double, with how far each tells a name.

They are kept in `tables/family-names.tsv`, in Simplified characters; what its classes mean stands
there. To add one: write it into the row of its class.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "tables" / "family-names.tsv"


@cache
def family_names(kind: str) -> tuple[str, ...]:
    """The family names of a class: `common`, `telling` or `either`."""
    rows = (row.split("\t") for row in _TABLE.read_text("utf-8").splitlines() if row[0] != "#")
    return tuple(name for own, names in rows if own == kind for name in names.split())
