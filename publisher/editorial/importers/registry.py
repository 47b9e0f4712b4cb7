"""Registry: which kinds of source can be imported. To add one: write its file, add its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Imported:
    """A source read: its title, the text of its manuscript file, and the paths of its pictures."""

    title: str
    text: str
    pictures: tuple[str, ...] = ()


# Takes a source's bytes and its name in messages.
Importer = Callable[[bytes, str], Imported]

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
