"""OPDS: the catalogue of OPDS 2.0 in JSON, and a document for each of its publications.

It promises what the schemas of OPDS ask for: every feed and every publication names itself, every
publication has an open way to get it and a picture.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from publisher.site import places
from publisher.site.frame import Frame, Page
from publisher.site.offers import JPEG, NEWEST, Offer, latest, offers, offers_of
from publisher.site.shelf import Collection, Download, Shelf, Text

_FEED = "application/opds+json"
_PUBLICATION = "application/opds-publication+json"
_OPEN = "http://opds-spec.org/acquisition/open-access"

# A day: the schema knows no date that is only a month or a year.
_WHOLE_DATE = len("YYYY-MM-DD")

Row = dict[str, Any]


def opds_feeds(frame: Frame, shelf: Shelf, title: str) -> Iterator[Page]:
    """The catalogue: what is new, and the way to a feed for each year."""
    own = offers(shelf.collections)
    ways = [
        _link(frame, places.year_feed(year, "json"), _FEED, rel="subsection", title=year)
        for year in shelf.years
    ]
    root = _feed(frame, places.OPDS_2, title, own[:NEWEST])
    yield places.OPDS_2, _written(root | ({"navigation": ways} if ways else {}))
    for year in shelf.years:
        path = places.year_feed(year, "json")
        yield path, _written(_feed(frame, path, year, offers(shelf.of_year(year))))


def publications(frame: Frame, collection: Collection) -> Iterator[Page]:
    """A document for each offer of a collection."""
    for offer in offers_of(collection):
        yield _path(offer), _written(_publication(frame, offer))


def _path(offer: Offer) -> str:
    return places.publication(offer.collection.slug, offer.script.name)


def _feed(frame: Frame, path: str, title: str, own: Sequence[Offer]) -> Row:
    rows = [_publication(frame, offer) for offer in own]
    return {
        "metadata": {"title": title, "modified": latest(own), "numberOfItems": len(rows)},
        "links": [
            _link(frame, path, _FEED, rel="self"),
            _link(frame, places.OPDS_2, _FEED, rel="start"),
        ],
        "publications": rows,
    }


def _publication(frame: Frame, offer: Offer) -> Row:
    links = [
        _link(frame, _path(offer), _PUBLICATION, rel="self"),
        _link(frame, offer.page, "text/html", rel="alternate"),
        *(_file(frame, it) for it in offer.downloads),
    ]
    return {"metadata": _metadata(frame, offer), "links": links, "images": [_image(frame, offer)]}


def _image(frame: Frame, offer: Offer) -> Row:
    """The cover, or a bare one: a publication has to have a picture."""
    cover = offer.collection.cover
    if cover is None:
        return _link(frame, places.look("cover.png"), "image/png")
    return _link(frame, cover.path, JPEG, width=cover.width, height=cover.height)


def _metadata(frame: Frame, offer: Offer) -> Row:
    date = offer.collection.newest.date
    row = {
        "@type": "http://schema.org/Book",
        **_about(offer.text),
        "identifier": offer.identifier(frame.root),
        "language": offer.script.language,
        "published": date if len(date) == _WHOLE_DATE else "",
        "modified": offer.moment,
        "numberOfPages": max(it.pages for it in offer.downloads),
    }
    return {name: value for name, value in row.items() if value}


def _about(text: Text) -> Row:
    return {
        "title": text.title,
        "subtitle": text.subtitle,
        "author": list(text.authors),
        "editor": list(text.editors),
        "publisher": text.publisher,
        "description": text.description,
    }


def _file(frame: Frame, file: Download) -> Row:
    return _link(frame, file.path, file.media_type, rel=_OPEN, title=file.name, size=file.size)


def _link(frame: Frame, path: str, kind: str, **more: object) -> Row:
    return {"href": frame.address(path), "type": kind, **more}


def _written(row: Row) -> bytes:
    return f"{json.dumps(row, ensure_ascii=False, indent=1)}\n".encode()
