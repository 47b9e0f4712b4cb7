"""Markdown sources: taken as they are, once they are proven readable."""

from __future__ import annotations

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.hygiene import decoded


def import_markdown(content: bytes, file: str) -> str:
    """The same text with line feeds alone. Raises PublisherError with the faults of the essay."""
    read_manuscript(content, file, file)
    return decoded(content, file)
