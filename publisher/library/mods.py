"""MODS: what a library's catalogue holds of an edition: the book, and every essay in it (MODS 3.8).

It promises a record that names people with their part in the book, publisher, place and date, and
nothing that the collection does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.library.edition import Edition, Essay
from publisher.library.elements import Element, Vocabulary, written
from publisher.model.collection import Collection
from publisher.typography.barcode import isbn

FILE = "mods.xml"
_M = Vocabulary("http://www.loc.gov/mods/v3")
# Of the MARC list of relators.
_AUTHOR, _EDITOR = "aut", "edt"


def mods(edition: Edition, collection: Collection) -> bytes:
    """The record of an edition of a collection."""
    return written(_M("mods", *_facts(edition, collection), version="3.8"))


def _facts(edition: Edition, collection: Collection) -> Iterator[Element | None]:
    yield _title(edition.title, edition.subtitle)
    yield from _people(collection.about.editors, _EDITOR)
    yield from _people(_others(collection), _AUTHOR)
    yield _M("typeOfResource", "text")
    yield _origin(edition, collection)
    yield _M("language", _M("languageTerm", edition.language, type="code", authority="rfc5646"))
    yield _physical(edition)
    yield _M("abstract", edition.description)
    yield from map(_essay, edition.essays)
    yield _M("identifier", isbn(collection.about.identifier), type="isbn")
    yield _M("identifier", edition.identifier, type="uri")
    yield _M("accessCondition", edition.rights, type="use and reproduction")


def _others(collection: Collection) -> list[str]:
    """The authors that are no editors; of a book without editors all."""
    return [name for name in collection.authors() if name not in collection.about.editors]


def _title(title: str, subtitle: str = "") -> Element | None:
    return _M("titleInfo", _M("title", title), _M("subTitle", subtitle))


def _people(names: Iterable[str], part: str) -> Iterator[Element | None]:
    for name in names:
        role = _M("role", _M("roleTerm", part, type="code", authority="marcrelator"))
        yield _M("name", _M("namePart", name), role, type="personal")


def _origin(edition: Edition, collection: Collection) -> Element | None:
    return _M(
        "originInfo",
        _M("place", _M("placeTerm", collection.imprint.place, type="text")),
        _M("publisher", collection.imprint.name),
        _M("dateIssued", edition.date, encoding="w3cdtf", keyDate="yes"),
        _M("edition", edition.version),
        _M("issuance", "monographic"),
    )


def _physical(edition: Edition) -> Element | None:
    kinds = dict.fromkeys(work.media_type for work in edition.works)
    media = (_M("internetMediaType", kind) for kind in kinds)
    return _M("physicalDescription", *media, _M("digitalOrigin", "born digital"))


def _essay(essay: Essay) -> Element | None:
    """An essay as a part of the book that is a work of its own."""
    people = _people(essay.authors, _AUTHOR)
    return _M("relatedItem", _title(essay.title), *people, type="constituent")
