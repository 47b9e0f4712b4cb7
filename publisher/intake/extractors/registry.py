"""Registry: which kinds of rich source can be read. To add one: write its file, add its row."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from publisher.intake.reading import Reading

# Takes a source's bytes and its name in messages. Raises PublisherError where it is none of its
# kind, damaged, locked or dangerous.
Extractor = Callable[[bytes, str], Reading]

EXTRACTORS = {
    ".docx": "publisher.intake.extractors.docx:read_docx",
    ".epub": "publisher.intake.extractors.epub:read_epub",
    ".htm": "publisher.intake.extractors.html:read_html",
    ".html": "publisher.intake.extractors.html:read_html",
    ".odt": "publisher.intake.extractors.odt:read_odt",
    ".xhtml": "publisher.intake.extractors.html:read_html",
}


def extractor(suffix: str) -> Extractor | None:
    """The extractor for files of an ending, or None."""
    row = EXTRACTORS.get(suffix.lower())
    if row is None:
        return None
    module, name = row.split(":")
    found: Extractor = getattr(import_module(module), name)
    return found
