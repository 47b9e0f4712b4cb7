"""Atom: feeds in XML: what is new, and catalogues of OPDS 1.2 for reading systems.

It promises feeds of Atom (RFC 4287) with absolute addresses and names that do not change; OPDS 1.2
as a catalogue that begins with navigation and goes on by years, so that a new edition changes the
feeds of its year and those of what is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from publisher.ground.fixity import derived_urn
from publisher.site import places
from publisher.site.frame import Frame, Page
from publisher.site.offers import JPEG, NEWEST, Offer, latest, moment, offers
from publisher.site.shelf import Collection, Edition, Shelf

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/terms/"
_NAMES: Any = {None: _ATOM, "dc": _DC}
_PLAIN = "application/atom+xml"
# The kinds of OPDS 1.2, 2.
_NAVIGATION = f"{_PLAIN};profile=opds-catalog;kind=navigation"
_ACQUISITION = f"{_PLAIN};profile=opds-catalog;kind=acquisition"
_OPEN = "http://opds-spec.org/acquisition/open-access"
_IMAGE = "http://opds-spec.org/image"
_NEW = "http://opds-spec.org/sort/new"


def atom_feeds(frame: Frame, shelf: Shelf, title: str, newest: str) -> Iterator[Page]:
    """All feeds in XML; `newest` is what the feed of new collections is called."""
    yield _news(frame, shelf, title)
    yield _root(frame, shelf, title, newest)
    yield _catalogue(frame, "newest", newest, offers(shelf.collections)[:NEWEST])
    for year in shelf.years:
        yield _catalogue(frame, year, year, offers(shelf.of_year(year)))


# ---- what is new ----


def _news(frame: Frame, shelf: Shelf, title: str) -> Page:
    feed = _feed(frame, places.ATOM, title, latest(offers(shelf.collections)))
    _link(feed, "self", frame.address(places.ATOM), _PLAIN)
    _link(feed, "alternate", frame.address(places.FRONT), "text/html")
    kept = (it for it in shelf.collections if not it.is_draft)
    rows = [(edition.date, it.slug, it, edition) for it in kept for edition in it.editions]
    rows.sort(key=lambda row: row[:2], reverse=True)
    for _, _, collection, edition in islice(rows, NEWEST):
        _tell(feed, frame, collection, edition)
    return places.ATOM, _written(feed)


def _tell(feed: etree._Element, frame: Frame, collection: Collection, edition: Edition) -> None:
    text = collection.own
    entry = _child(feed, "entry")
    _child(entry, "title", f"{text.title} {edition.version}")
    _child(entry, "id", edition.identifier)
    _child(entry, "updated", moment(edition.date))
    _people(entry, text.responsibility)
    _child(entry, "summary", text.description or text.title)
    page = places.text_page(collection.slug, text.script, text.script)
    _link(entry, "alternate", frame.address(page), "text/html")


# ---- catalogues ----


def _root(frame: Frame, shelf: Shelf, title: str, newest: str) -> Page:
    every = offers(shelf.collections)
    feed = _opds(frame, places.OPDS_1, title, latest(every), _NAVIGATION)
    _way(feed, frame, "newest", newest, latest(every))
    for year in shelf.years:
        _way(feed, frame, year, year, latest(offers(shelf.of_year(year))))
    return places.OPDS_1, _written(feed)


def _way(feed: etree._Element, frame: Frame, name: str, title: str, when: str) -> None:
    """An entry that leads to another feed."""
    path = places.year_feed(name, "xml")
    entry = _child(feed, "entry")
    _child(entry, "title", title)
    _child(entry, "id", derived_urn(frame.root, path))
    _child(entry, "updated", when)
    _child(entry, "content", title).set("type", "text")
    relation = _NEW if name == "newest" else "subsection"
    _link(entry, relation, frame.address(path), _ACQUISITION)


def _catalogue(frame: Frame, name: str, title: str, own: Sequence[Offer]) -> Page:
    path = places.year_feed(name, "xml")
    feed = _opds(frame, path, title, latest(own), _ACQUISITION)
    _link(feed, "up", frame.address(places.OPDS_1), _NAVIGATION)
    for offer in own:
        _offer(feed, frame, offer)
    return path, _written(feed)


def _offer(feed: etree._Element, frame: Frame, offer: Offer) -> None:
    entry = _child(feed, "entry")
    _child(entry, "title", offer.text.title)
    _child(entry, "id", offer.identifier(frame.root))
    _child(entry, "updated", offer.moment)
    _people(entry, offer.text.responsibility)
    for space, name, value in _facts(offer):
        if value:
            _child(entry, name, value, space)
    _links(entry, frame, offer)


def _facts(offer: Offer) -> Iterator[tuple[str, str, str]]:
    """The facts of an offer as elements: namespace, name, text."""
    edition, text = offer.collection.newest, offer.text
    yield _DC, "language", offer.script.language
    yield _DC, "issued", edition.date
    yield _DC, "publisher", text.publisher
    yield _DC, "identifier", edition.identifier
    yield _ATOM, "rights", text.rights
    yield _ATOM, "summary", text.description


def _links(entry: etree._Element, frame: Frame, offer: Offer) -> None:
    _link(entry, "alternate", frame.address(offer.page), "text/html")
    if cover := offer.collection.cover:
        for relation in (_IMAGE, f"{_IMAGE}/thumbnail"):
            _link(entry, relation, frame.address(cover.path), JPEG)
    for file in offer.downloads:
        link = _link(entry, _OPEN, frame.address(file.path), file.media_type)
        link.set("length", str(file.size))
        link.set("title", file.name)


# ---- elements ----


def _opds(frame: Frame, path: str, title: str, when: str, kind: str) -> etree._Element:
    feed = _feed(frame, path, title, when)
    _link(feed, "self", frame.address(path), kind)
    _link(feed, "start", frame.address(places.OPDS_1), _NAVIGATION)
    return feed


def _feed(frame: Frame, path: str, title: str, when: str) -> etree._Element:
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_NAMES)
    _child(feed, "id", derived_urn(frame.root, path))
    _child(feed, "title", title)
    _child(feed, "updated", when)
    _people(feed, title)
    return feed


def _people(element: etree._Element, names: str) -> None:
    """One author for each name: without any, a feed is none (RFC 4287, 4.1.1)."""
    for name in filter(None, names.split("、")):
        _child(_child(element, "author"), "name", name)


def _link(element: etree._Element, relation: str, address: str, kind: str) -> etree._Element:
    link = _child(element, "link")
    for name, value in (("rel", relation), ("href", address), ("type", kind)):
        link.set(name, value)
    return link


def _child(
    element: etree._Element, name: str, text: str = "", space: str = _ATOM
) -> etree._Element:
    child = etree.SubElement(element, f"{{{space}}}{name}")
    child.text = text or None
    return child


def _written(feed: etree._Element) -> bytes:
    written: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written
