"""Linked: what a collection is, said for machines in the words of schema.org (Book, JSON-LD 1.1).

It promises only what the collection says: nothing stands here that is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publisher.site import places
from publisher.site.frame import Frame
from publisher.site.shelf import Collection, Download, Edition, Text

Row = dict[str, Any]


def book(frame: Frame, collection: Collection, text: Text) -> Row:
    """A collection in a script as a Book; addresses stand in it where the shelf has one."""
    edition = collection.newest
    page = places.text_page(collection.slug, text.script, collection.own.script)
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Book",
            **_about(text),
            "datePublished": edition.date,
            "bookEdition": edition.version,
            "identifier": edition.identifier,
            "url": frame.address(page),
            "image": frame.address(collection.cover.path) if collection.cover else "",
            "workExample": list(_examples(frame, edition, text)),
        }
    )


def _about(text: Text) -> Row:
    return {
        "name": text.title,
        "alternativeHeadline": text.subtitle,
        "description": text.description,
        "inLanguage": text.script.language,
        "author": [_person(name) for name in text.authors],
        "editor": [_person(name) for name in text.editors],
        "publisher": text.publisher and {"@type": "Organization", "name": text.publisher},
        "copyrightNotice": text.rights,
    }


def _person(name: str) -> Row:
    return {"@type": "Person", "name": name}


def _examples(frame: Frame, edition: Edition, text: Text) -> Iterator[Row]:
    """The files of an edition that are in the script of a text."""
    for file in edition.downloads:
        if file.script == text.script.name:
            yield _filled(
                {
                    "@type": "Book",
                    "bookFormat": "https://schema.org/EBook",
                    "name": file.name,
                    "numberOfPages": file.pages,
                    "encoding": _filled(_media(frame, file)),
                }
            )


def _media(frame: Frame, file: Download) -> Row:
    return {
        "@type": "MediaObject",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
        "contentUrl": frame.address(file.path),
    }


def _filled(row: Row) -> Row:
    return {key: value for key, value in row.items() if value}
