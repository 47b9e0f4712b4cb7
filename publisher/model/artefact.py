"""Artefact: one finished file, as bytes with a name, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.ground.fixity import digest
from publisher.ground.notices import Notice


@dataclass(frozen=True)
class Artefact:
    """`output` is the name in the collection, `file_name` the name in the dist folder.

    `pages` is None for formats without pages of their own.
    """

    output: str
    file_name: str
    media_type: str
    content: bytes
    pages: int | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return digest(self.content)
