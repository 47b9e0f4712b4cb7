"""Dublin Core: what a catalogue wants to know of an edition, in the fifteen elements.

It promises only what the collection says: no element without a value. The schema is that of OAI-PMH
(`oai_dc`), which libraries harvest.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from publisher.library.edition import Edition
from publisher.model.collection import Collection

FILE = "dublin-core.xml"
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/'
    ' http://www.openarchives.org/OAI/2.0/oai_dc.xsd">\n'
)


def dublin_core(edition: Edition, collection: Collection) -> bytes:
    """The record of an edition: editors make a book; where there are none, its authors."""
    editors, authors = collection.about.editors, collection.authors()
    people = [("creator", name) for name in editors or authors]
    people += [("contributor", name) for name in authors if editors and name not in editors]
    rows = [*_titles(edition), *people, *_facts(edition)]
    body = "".join(f"<dc:{name}>{escape(it)}</dc:{name}>\n" for name, it in rows if it)
    return f"{_OPEN}{body}</oai_dc:dc>\n".encode()


def _titles(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "title", edition.title
    yield "title", edition.subtitle


def _facts(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "publisher", edition.publisher
    yield "date", edition.date
    yield "type", "Text"
    for kind in dict.fromkeys(work.media_type for work in edition.works):
        yield "format", kind
    yield "identifier", edition.identifier
    yield "language", edition.language
    yield "description", edition.description
    yield "rights", edition.rights
