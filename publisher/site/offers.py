"""Offers: what feeds list: a collection in one script, with the files that are in it.

It promises a name that stays the same through all editions of a collection, as long as the shelf
has its address. Drafts are not offered: a feed tells of what stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.ground.fixity import derived_urn
from publisher.model.scripts import SCRIPTS, Script
from publisher.site import places
from publisher.site.shelf import Collection, Download, Text

# How many feeds of what is new hold.
NEWEST = 50
JPEG = "image/jpeg"


@dataclass(frozen=True)
class Offer:
    """A collection in a script; `text` is in that script where any text is."""

    collection: Collection
    script: Script
    text: Text
    downloads: tuple[Download, ...]

    @property
    def page(self) -> str:
        """The page of the collection that is in the script of the text."""
        own = self.collection.own.script
        return places.text_page(self.collection.slug, self.text.script, own)

    @property
    def moment(self) -> str:
        """When the newest edition came out (RFC 3339)."""
        return moment(self.collection.newest.date)

    def identifier(self, root: str) -> str:
        """Its name in the feeds of the shelf at an address."""
        return derived_urn(root, self.collection.slug, self.script.name)


def offers(collections: Iterable[Collection]) -> tuple[Offer, ...]:
    """All offers of some collections, script by script."""
    return tuple(offer for it in collections if not it.is_draft for offer in offers_of(it))


def offers_of(collection: Collection) -> tuple[Offer, ...]:
    """The offers of one collection."""
    texts = {text.script.name: text for text in collection.texts}
    downloads = collection.newest.downloads
    return tuple(
        Offer(
            collection,
            SCRIPTS[name],
            texts.get(name, collection.own),
            tuple(it for it in downloads if it.script == name),
        )
        for name in dict.fromkeys(it.script for it in downloads)
    )


def latest(own: Iterable[Offer]) -> str:
    """When the newest of some offers came out; the beginning of time where there is none."""
    return max((it.moment for it in own), default=moment(""))


def moment(date: str) -> str:
    """A date as a moment in UTC, from its first instant (RFC 3339)."""
    year, month, day = (*(date or "1970").split("-"), "01", "01")[:3]
    return f"{year}-{month}-{day}T00:00:00Z"
