"""Markdown sources: taken as they are, once they are proven readable."""

from __future__ import annotations

from pathlib import PurePath

from publisher.editorial.importers.registry import Imported
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.hygiene import decoded


def import_markdown(content: bytes, file: str) -> Imported:
    """The same text with line feeds alone. Raises PublisherError with the faults of the essay."""
    manuscript = read_manuscript(content, PurePath(file).name, file)
    pictures = dict.fromkeys(figure.path for figure in manuscript.figures())
    return Imported(manuscript.title, decoded(content, file), tuple(pictures))
