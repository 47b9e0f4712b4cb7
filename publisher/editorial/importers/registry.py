"""Registry: which kinds of source can be imported. To add one: write its file, add its row."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

# A source's bytes and its name in messages become the text of a manuscript file.
Importer = Callable[[bytes, str], str]

IMPORTERS = {
    ".md": "publisher.editorial.importers.markdown:import_markdown",
    ".txt": "publisher.editorial.importers.text:import_text",
}


def importer(suffix: str) -> Importer | None:
    """The importer for files of an ending, or None."""
    row = IMPORTERS.get(suffix.lower())
    if row is None:
        return None
    module, name = row.split(":")
    found: Importer = getattr(import_module(module), name)
    return found
