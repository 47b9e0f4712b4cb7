"""Divisions: the book as the row of things it sets by themselves, from cover to colophon.

A division is the unit of setting, of an EPUB's documents, and later of caching and of parallel
work. It promises the layout's order of matter with empty kinds left out, and the same identities in
every script and medium.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.composition.layout import Layout
from publisher.composition.markup import anchor_of
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.model.collection import Collection, Part
from publisher.model.manuscript import Manuscript


@dataclass(frozen=True)
class Division:
    """One thing that begins on its own page.

    `kind` names its template; `level` is its depth in the outline, 0 where it is not listed;
    `part` is the title of the part it stands in; `place` is `front`, `body` or `back`; `medium` is
    the name of the only medium it is for, empty where it is for all.
    """

    kind: str
    anchor: str
    title: str
    level: int
    place: str
    part: str = ""
    essay: Manuscript | None = None
    medium: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it, where somebody did."""
        return self.essay.authors if self.essay else ()


def divide(collection: Collection, layout: Layout, words: dict[str, str]) -> tuple[Division, ...]:
    """The divisions of a book in the layout's order of matter.

    Raises PublisherError when the layout asks for a kind of matter that does not exist.
    """
    doubled = next((name for name in layout.order if layout.order.count(name) > 1), None)
    if doubled:
        raise PublisherError.of(
            say('the order of matter names "{name}" twice', name=doubled),
            Remedy.DESIGNER,
            Place(f"layouts/{layout.name}/layout.toml", key="order"),
            say("keep one of them"),
        )
    return tuple(
        division for name in layout.order for division in _matter(name, collection, layout, words)
    )


Source = Callable[[Collection, dict[str, str]], Iterator[Division]]


def _matter(
    name: str, collection: Collection, layout: Layout, words: dict[str, str]
) -> Iterator[Division]:
    source = _MATTER.get(name)
    if source is None:
        raise PublisherError.of(
            say('the order of matter names "{name}"', name=name),
            Remedy.DESIGNER,
            Place(f"layouts/{layout.name}/layout.toml", key="order"),
            meant(name, _MATTER),
        )
    return source(collection, words)


def _single(kind: str, place: str = "front", medium: str = "") -> Source:
    """A kind of which a book has one, titled by the layout's word for it."""

    def source(collection: Collection, words: dict[str, str]) -> Iterator[Division]:
        yield Division(kind, kind, words.get(kind, ""), 0, place, medium=medium)

    return source


def _front(collection: Collection, words: dict[str, str]) -> Iterator[Division]:
    return (_essay(essay, 1, "front") for essay in collection.front)


def _parts(collection: Collection, words: dict[str, str]) -> Iterator[Division]:
    for number, part in enumerate(collection.parts, start=1):
        if part.title:
            yield _part(part, number)
        level = 2 if part.title else 1
        yield from (_essay(essay, level, "body", part.title) for essay in part.essays)


def _back(collection: Collection, words: dict[str, str]) -> Iterator[Division]:
    return (_essay(essay, 1, "back") for essay in collection.back)


def _contributors(collection: Collection, words: dict[str, str]) -> Iterator[Division]:
    if collection.contributors:
        title = words.get("contributors", "")
        yield Division("contributors", "contributors", title, 1, "back")


def _author_index(collection: Collection, words: dict[str, str]) -> Iterator[Division]:
    """On paper the contents say as much: every essay stands there with its authors."""
    if len(collection.authors()) > 1:
        title = words.get("author-index", "")
        yield Division("author-index", "author-index", title, 1, "back", medium="epub")


def _part(part: Part, number: int) -> Division:
    return Division("part", f"part-{number}", part.title, 1, "body")


def _essay(essay: Manuscript, level: int, place: str, part: str = "") -> Division:
    anchor = anchor_of(essay.identity)
    return Division("essay", anchor, essay.title, level, place, part, essay)


_MATTER: dict[str, Source] = {
    "cover": _single("cover"),
    "half-title": _single("half-title", medium="print"),
    "title-page": _single("title-page"),
    "imprint-page": _single("imprint-page"),
    "contents": _single("contents", medium="print"),
    "front": _front,
    "parts": _parts,
    "back": _back,
    "contributors": _contributors,
    "author-index": _author_index,
    "colophon": _single("colophon", place="back"),
}
