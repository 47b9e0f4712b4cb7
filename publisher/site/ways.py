"""Ways: from a page about a collection to others: its essays, their authors, other scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from publisher.model.addresses import essay_page
from publisher.model.scripts import Script
from publisher.site import places
from publisher.site.shelf import Collection, Essay, Text


def essay_path(collection: Collection, text: Text, essay: Essay) -> str:
    """The page of an essay in the script of a text."""
    return essay_page(collection.slug, text.script.name, essay.anchor)


def authors_of(collection: Collection, essay: Essay) -> list[dict[str, str]]:
    """The authors of an essay; each has one page, under the name in the collection's own script."""
    names = collection.names.get(essay.anchor, essay.authors)
    pairs = zip(essay.authors, names, strict=True)
    return [{"name": name, "page": places.author_page(own)} for name, own in pairs]


def switch(
    pages: Mapping[Script, str], current: Script, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The scripts with the page of each; the current one is marked."""
    return [
        {
            "name": words[f"script-{script.name}"],
            "language": script.language,
            "page": page,
            "current": script == current,
        }
        for script, page in pages.items()
    ]
