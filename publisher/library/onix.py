"""ONIX: what the book trade wants to know of an edition (ONIX for Books 3.0, reference names).

It promises a message of one product, the one that bears the ISBN: the printed book, where the
collection has files for a printing house, else its files. Codes are those of ONIX code lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.library.edition import Edition
from publisher.library.elements import Element, Vocabulary, written
from publisher.model.collection import Collection
from publisher.model.scripts import SCRIPTS
from publisher.typography.barcode import isbn

FILE = "onix.xml"
_O = Vocabulary("http://ns.editeur.org/onix/3.0/reference")
# Formats by which a book is printed.
_PRINTED = {"print", "cover"}
# List 150: paperback, digital download. List 175: EPUB, PDF.
_PAPERBACK, _DOWNLOAD = "BC", "ED"
_DETAILS = {"application/epub+zip": "E101", "application/pdf": "E107"}
# List 17: by, edited by.
_AUTHOR, _EDITOR = "A01", "B01"
# List 55, by the number of figures: YYYY, YYYYMM, YYYYMMDD.
_DATES = {4: "05", 6: "01", 8: "00"}
# List 121, by the family of a script.
_SCRIPTS = {"hans": "Hans", "hant": "Hant"}


def onix(edition: Edition, collection: Collection) -> bytes:
    """The message on an edition of a collection that has an ISBN and a publisher."""
    sender = _O("Sender", _O("SenderName", collection.imprint.name))
    sent = _O("SentDateTime", "".join((*edition.date.split("-"), "01", "01")[:3]))
    product = _O("Product", *_product(edition, collection))
    return written(_O("ONIXMessage", _O("Header", sender, sent), product, release="3.0"))


def _product(edition: Edition, collection: Collection) -> Iterator[Element | None]:
    number = isbn(collection.about.identifier)
    yield _O("RecordReference", edition.identifier)
    yield _O("NotificationType", "03")  # confirmed on publication
    yield _O("ProductIdentifier", _O("ProductIDType", "15"), _O("IDValue", number))
    yield _O("DescriptiveDetail", *_described(edition, collection))
    yield _O("CollateralDetail", _text(edition))
    yield _O("PublishingDetail", *_published(edition, collection))


def _described(edition: Edition, collection: Collection) -> Iterator[Element | None]:
    printed = [work for work in edition.works if work.format in _PRINTED]
    works = printed or edition.works
    yield _O("ProductComposition", "00")  # a single item
    yield _O("ProductForm", _PAPERBACK if printed else _DOWNLOAD)
    if not printed:
        for detail in dict.fromkeys(_DETAILS[work.media_type] for work in works):
            yield _O("ProductFormDetail", detail)
    yield _title(edition)
    yield from _people(collection)
    yield _O("EditionStatement", edition.version)
    for family in dict.fromkeys(SCRIPTS[work.script].family for work in works):
        names = {"LanguageRole": "01", "LanguageCode": "chi", "ScriptCode": _SCRIPTS[family]}
        yield _O("Language", *(_O(name, value) for name, value in names.items()))


def _title(edition: Edition) -> Element | None:
    words = (_O("TitleText", edition.title), _O("Subtitle", edition.subtitle))
    element = _O("TitleElement", _O("TitleElementLevel", "01"), *words)
    return _O("TitleDetail", _O("TitleType", "01"), element)


def _people(collection: Collection) -> Iterator[Element | None]:
    """Editors first, as on the title page; who edits and writes is named twice."""
    people = [(name, _EDITOR) for name in collection.about.editors]
    people += [(name, _AUTHOR) for name in collection.authors()]
    for place, (name, part) in enumerate(people, start=1):
        role = _O("ContributorRole", part)
        yield _O("Contributor", _O("SequenceNumber", str(place)), role, _O("PersonName", name))


def _text(edition: Edition) -> Element | None:
    if not edition.description:
        return None
    kind, audience = _O("TextType", "03"), _O("ContentAudience", "00")
    return _O("TextContent", kind, audience, _O("Text", edition.description))


def _published(edition: Edition, collection: Collection) -> Iterator[Element | None]:
    role, name = _O("PublishingRole", "01"), _O("PublisherName", collection.imprint.name)
    yield _O("Publisher", role, name)
    yield _O("CityOfPublication", collection.imprint.place)
    yield _O("PublishingStatus", "04")  # active
    figures = edition.date.replace("-", "")
    date = _O("Date", figures, dateformat=_DATES[len(figures)])
    yield _O("PublishingDate", _O("PublishingDateRole", "01"), date)
