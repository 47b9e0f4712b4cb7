"""Foresight: how much there will be to set, told from a collection's folder before it is read.

It promises a rough number, sooner than anything else is known. What it cannot read it counts as
nothing: reading in earnest says what is wrong with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from publisher.model.folders import DECLARATION, collection_folder

_BYTES = 3  # of a Chinese character


def awaited(collection: Path, outputs: tuple[str, ...]) -> int:
    """How many characters may have to be set in pages; EPUBs have none."""
    folder = collection_folder(collection)
    with suppress(OSError, ValueError):
        table = tomllib.loads((folder / DECLARATION).read_text(encoding="utf-8"))
        rows = table.get("output")
        if isinstance(rows, list) and any(_has_pages(row, outputs) for row in rows):
            return sum(_sizes(folder, table)) // _BYTES
    return 0


def _has_pages(row: Any, outputs: tuple[str, ...]) -> bool:
    if not isinstance(row, dict) or row.get("format") == "epub":
        return False
    return not outputs or row.get("name") in outputs


def _sizes(folder: Path, table: dict[str, Any]) -> Iterator[int]:
    """The bytes of each essay."""
    for name in _names(table):
        with suppress(OSError):
            yield (folder / name).stat().st_size


def _names(found: Any) -> Iterator[str]:
    """Every name of a manuscript in a declaration, wherever it stands."""
    if isinstance(found, str):
        if found.endswith(".md"):
            yield found
    elif isinstance(found, dict | list):
        for own in found.values() if isinstance(found, dict) else found:
            yield from _names(own)
