"""Collection: the whole book before it is set: what it is called, who made it, and its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.model.manuscript import Manuscript


@dataclass(frozen=True)
class About:
    """What a catalogue says of the collection. `date` is YYYY, YYYY-MM or YYYY-MM-DD."""

    title: str
    slug: str
    language: str
    subtitle: str = ""
    editors: tuple[str, ...] = ()
    date: str = ""
    version: str = ""
    identifier: str = ""
    rights: str = ""
    description: str = ""


@dataclass(frozen=True)
class Printing:
    """A printing of the book: its date, of which edition, which of that edition, how many copies.

    `copies` is 0 where nobody says.
    """

    date: str
    edition: int
    number: int
    copies: int


@dataclass(frozen=True)
class Imprint:
    """Who publishes and prints, and where; `printings` run from the first to this one."""

    name: str = ""
    place: str = ""
    printer: str = ""
    price: str = ""
    printings: tuple[Printing, ...] = ()


@dataclass(frozen=True)
class Part:
    """Essays in order under a title; a collection without parts is one part without a title."""

    title: str
    essays: tuple[Manuscript, ...]


@dataclass(frozen=True)
class Contributor:
    """A note on one of the authors."""

    name: str
    note: str


@dataclass(frozen=True)
class Picture:
    """A picture file: its path in the collection, its bytes, and its size in pixels."""

    path: str
    media_type: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Collection:
    """The assembled book: sections in the configured order, and the pictures they show."""

    about: About
    imprint: Imprint
    front: tuple[Manuscript, ...]
    parts: tuple[Part, ...]
    back: tuple[Manuscript, ...]
    contributors: tuple[Contributor, ...]
    pictures: tuple[Picture, ...]

    def essays(self) -> Iterator[Manuscript]:
        """Every manuscript in the order of the book."""
        yield from self.front
        for part in self.parts:
            yield from part.essays
        yield from self.back

    def authors(self) -> tuple[str, ...]:
        """Everybody who wrote an essay, each once, in the order of the book."""
        return tuple(dict.fromkeys(name for essay in self.essays() for name in essay.authors))
