"""Manuscript: one essay as its editor has it: what front matter says of it, and its matter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.model.matter import Blocks, Figure, Note, figures


@dataclass(frozen=True)
class Manuscript:
    """An essay. `path` is relative to the collection with `/`; `date` is the author's own words."""

    path: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    date: str
    source: str
    note: str
    blocks: Blocks
    notes: tuple[Note, ...]

    @property
    def identity(self) -> str:
        """The essay's name in ids and file names: from its file, so both scripts share it."""
        return identify(self.path)

    def figures(self) -> Iterator[Figure]:
        """Every figure of the text and of its notes."""
        yield from figures(self.blocks)
        for note in self.notes:
            yield from figures(note.blocks)


def identify(path: str) -> str:
    """A name of ASCII letters, digits and hyphens for a manuscript's path; stable and unique.

    A path that loses characters on the way gets six digits of its digest, so that two Chinese
    file names never meet.
    """
    stem = path.removesuffix(".md")
    kept = re.sub(r"[^0-9A-Za-z]+", "-", stem).strip("-").lower()
    if kept == stem:
        return kept
    mark = hashlib.sha256(path.encode()).hexdigest()[:6]
    return f"{kept}-{mark}" if kept else mark
