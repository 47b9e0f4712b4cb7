"""Artefact: one finished file, as bytes with a name, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.ground.fixity import digest
from publisher.ground.notices import Notice


@dataclass(frozen=True)
class PageStart:
    """Where a numbered page begins: its label, and how far into which division.

    `character` counts what shows in the division's text before the page, a picture as one; notes,
    their calls and readings do not count. `words` are the first characters of the page's own text.
    """

    label: str
    anchor: str
    character: int
    words: str


@dataclass(frozen=True)
class Artefact:
    """`output` is the name in the collection, `file_name` the name in the dist folder.

    `pages` is None for formats without pages of their own, which have no `starts` and no `size`
    either: the size of a page by its name, if it has one, and in mm.
    """

    output: str
    file_name: str
    media_type: str
    content: bytes
    pages: int | None = None
    notices: tuple[Notice, ...] = ()
    starts: tuple[PageStart, ...] = ()
    size: str = ""

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return digest(self.content)
