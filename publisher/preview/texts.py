"""Texts: the essays of an EPUB, to be read beside its pages.

It promises the words of the finished file, with the numbers of passages that are the same in every
script, and nothing that runs or loads from elsewhere (`site.prose`). Links lead to essays within
the preview; what is no part of an essay has no place in it.
"""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import PurePosixPath
from urllib.parse import quote

from publisher.composition.portions import anchor_in
from publisher.inspection.opened import Opened, Text
from publisher.intake.archives import unpacked
from publisher.model.artefact import Artefact
from publisher.site.pictures import suffix_of
from publisher.site.prose import outside, prose

_TYPES = {
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


class Texts:
    """The essays of one EPUB."""

    def __init__(self, artefact: Artefact) -> None:
        self._opened = Opened(tuple(unpacked(artefact.content, artefact.file_name).items()))
        self._output = artefact.output

    def prose(self, anchor: str) -> str:
        """The markup of an essay; empty where the EPUB has none with this anchor."""
        documents = self._documents.get(anchor, ())
        bodies = (body for document in documents for body in document.of("body"))
        return prose(bodies, partial(self._link, documents), partial(self._picture, documents))

    def picture(self, name: str) -> tuple[bytes, str] | None:
        """A picture of the EPUB and its media type; None for what is none, or is not fit."""
        content = self._opened.files.get(name, b"")
        suffix = suffix_of(name, content) if content else ""
        return (content, _TYPES[suffix]) if suffix else None

    @cached_property
    def _documents(self) -> dict[str, tuple[Text, ...]]:
        """The documents of each division, by its anchor."""
        found: dict[str, tuple[Text, ...]] = {}
        for document in self._opened.texts:
            anchor = anchor_in(PurePosixPath(document.name).stem)
            found[anchor] = (*found.get(anchor, ()), document)
        return found

    def _link(self, documents: tuple[Text, ...], address: str) -> str:
        """Where a link leads: out, or to an essay and a place in it, as `pages.js` reads it."""
        if away := outside(address):
            return away
        name, fragment = documents[0].target(address)
        anchor = anchor_in(PurePosixPath(name).stem)
        if anchor not in self._documents:
            return ""
        return f"#text/{quote(anchor)}" + (f"/{quote(fragment)}" if fragment else "")

    def _picture(self, documents: tuple[Text, ...], address: str) -> str:
        name, _ = documents[0].target(address)
        return f"/pictures/{quote(self._output)}/{quote(name)}"
