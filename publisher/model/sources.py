"""Sources: the files that a book is made of, as it may carry them along."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A file that the PDF was made of: its path within the sources, media type and bytes."""

    path: str
    media_type: str
    content: bytes
