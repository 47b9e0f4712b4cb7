"""Shelf: the collections that readers find at one place, as a value that pages are made of.

It promises facts in the order in which they are shown, newest collection first, and each path as
it is on the shelf. It holds no prose: the words of an essay go from its EPUB to its page and are
not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from publisher.model.scripts import SCRIPTS, Script


@dataclass(frozen=True)
class Download:
    """A file to take home: `path` on the shelf, `size` in bytes, `pages` 0 where it has none.

    `kind` is the format, with its writing where that is vertical: `screen`, `epub-vertical`.
    """

    name: str
    path: str
    kind: str
    script: str
    page: str
    pages: int
    media_type: str
    size: int
    sha256: str


# The order in which files are offered; what is not named here comes last.
_KINDS = ("epub", "epub-vertical", "screen", "screen-vertical", "booklet", "print", "archival")


def ranked(download: Download) -> tuple[int, int, str]:
    """A key by which files are offered in their order: what most people read comes first."""
    kind = download.kind
    rank = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return rank, [*SCRIPTS].index(download.script), download.name


@dataclass(frozen=True)
class Edition:
    """What was published on a day.

    `proof` are the paths of the lists and the seal that it was kept with, `commands` prove these,
    `key` is the fingerprint of the key that sealed it.
    """

    version: str
    date: str
    identifier: str
    downloads: tuple[Download, ...]
    proof: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Essay:
    """An essay in one script; `anchor` is that of its division, and the same in all scripts."""

    anchor: str
    title: str
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Essays under a title; the title is empty where they stand under none."""

    title: str
    essays: tuple[Essay, ...]


@dataclass(frozen=True)
class Text:
    """What a collection says of itself in one script; `is_readable` where its essays have pages."""

    script: Script
    title: str
    subtitle: str
    responsibility: str
    publisher: str
    description: str
    rights: str
    sections: tuple[Section, ...]
    is_readable: bool = False

    def essays(self) -> Iterator[Essay]:
        """Every essay in the order of the book."""
        for section in self.sections:
            yield from section.essays

    @property
    def editors(self) -> tuple[str, ...]:
        """Who answers for the collection, where that are not just its authors."""
        names = tuple(name for name in self.responsibility.split("、") if name)
        return names if names != self.authors else ()

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The anchors of its essays."""
        return frozenset(essay.anchor for essay in self.essays())

    @property
    def authors(self) -> tuple[str, ...]:
        """Everybody who wrote an essay, each once, in the order of the book."""
        return tuple(dict.fromkeys(name for essay in self.essays() for name in essay.authors))


@dataclass(frozen=True)
class Cover:
    """The small picture of a cover: its path and its size in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True)
class Collection:
    """A collection with its newest edition first; its own script is the first of `texts`.

    A draft is one that was never frozen.
    """

    slug: str
    texts: tuple[Text, ...]
    editions: tuple[Edition, ...]
    cover: Cover | None = None
    is_draft: bool = False

    @property
    def own(self) -> Text:
        """What it says of itself in the script it was written in."""
        return self.texts[0]

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The authors of each essay by its anchor, as the collection's own script has them."""
        return {essay.anchor: essay.authors for essay in self.own.essays()}

    @property
    def newest(self) -> Edition:
        """The edition that is read and given out first."""
        return self.editions[0]

    @property
    def year(self) -> str:
        """The year of the newest edition; empty where nobody dated it."""
        return self.newest.date[:4]

    @property
    def readable(self) -> tuple[Text, ...]:
        """The scripts in which it can be read page by page."""
        return tuple(text for text in self.texts if text.is_readable)

    @property
    def told(self) -> tuple[Text, ...]:
        """The scripts in which it has a page of its own."""
        return tuple(dict.fromkeys((self.own, *self.readable)))


@dataclass(frozen=True)
class Shelf:
    """All collections, the newest first."""

    collections: tuple[Collection, ...]

    @property
    def years(self) -> tuple[str, ...]:
        """The years of its collections, the latest first; undated ones are in none."""
        return tuple(sorted({it.year for it in self.collections if it.year}, reverse=True))

    def of_year(self, year: str) -> tuple[Collection, ...]:
        """The collections of a year."""
        return tuple(it for it in self.collections if it.year == year)

    @property
    def authors(self) -> tuple[str, ...]:
        """Everybody who wrote an essay, in the order of GB 18030: common names by their sound."""
        names = {name for collection in self.collections for name in collection.own.authors}
        return tuple(sorted(names, key=lambda name: name.encode("gb18030", "replace")))


def ordered(collections: tuple[Collection, ...]) -> tuple[Collection, ...]:
    """Collections with the latest date first, those of one day by their slugs."""
    by_slug = sorted(collections, key=lambda it: it.slug)
    return tuple(sorted(by_slug, key=lambda it: it.newest.date, reverse=True))
