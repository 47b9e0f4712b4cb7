"""Container rules: the ZIP, its package document, and whether the two agree (OCF, EPUB 3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.inspection.opened import CONTAINER, NCX, Opened, parsed

Found = Iterator[tuple[Message, Place]]
_XML = ("xml", "+xml")


def first_file(book: Opened) -> Found:
    """The first file must be `mimetype`, with the right words in it (OCF 4.2)."""
    right = book.order[:1] == ("mimetype",)
    if not right or book.files["mimetype"] != b"application/epub+zip":
        yield say("the first file is not a right mimetype"), Place("mimetype")


def package(book: Opened) -> Found:
    """There must be a package document that can be read."""
    if book.package is None:
        yield say("there is no package document that can be read"), Place(CONTAINER)


def doubled_files(book: Opened) -> Found:
    """A name may stand for one file only."""
    for name, count in sorted(Counter(book.order).items()):
        if count > 1:
            yield say("two files have the same name"), Place(name)


def missing_files(book: Opened) -> Found:
    """What the manifest lists must be there."""
    for item in book.items:
        if item.name not in book.files and "://" not in item.name:
            yield say('the manifest lists "{name}", which is not there', name=item.name), _at(book)


def unlisted_files(book: Opened) -> Found:
    """What is there must be listed, but for the container's own files."""
    listed = {item.name for item in book.items} | {"mimetype", book.package_name}
    for name in book.order:
        if name not in listed and not name.startswith("META-INF/") and not name.endswith("/"):
            yield say("the manifest does not list this file"), Place(name)


def unreadable_files(book: Opened) -> Found:
    """Documents, navigation and pictures in XML must be well-formed."""
    for item in book.items:
        is_xml = item.media_type.endswith(_XML) and item.name in book.files
        if is_xml and parsed(book.files[item.name]) is None:
            yield say("this is not well-formed XML"), Place(item.name)


def empty_spine(book: Opened) -> Found:
    """There must be something to read."""
    if book.package is not None and not book.spine:
        yield say("nothing stands in the reading order"), _at(book)


def missing_metadata(book: Opened) -> Found:
    """Title, language and identifier are what every book needs (EPUB 3.3, 5.5.3)."""
    for name in ("dc:title", "dc:language", "dc:identifier", "dcterms:modified"):
        if book.package is not None and not any(book.said(name)):
            yield say('the metadata lack "{name}"', name=name), _at(book)


def missing_access(book: Opened) -> Found:
    """What a reader must know before opening the book (EPUB Accessibility 1.1, 2.2)."""
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature",
                 "accessibilityHazard", "accessibilitySummary"):  # fmt: skip
        if book.package is not None and not any(book.said(f"schema:{name}")):
            yield say('the metadata lack "{name}"', name=f"schema:{name}"), _at(book)


def other_identifier(book: Opened) -> Found:
    """The NCX must name the book as the package does."""
    for item in book.items:
        ncx = parsed(book.files.get(item.name, b"")) if item.media_type == NCX else None
        if ncx is None:
            continue
        named = ncx.xpath("string(//*[local-name()='meta'][@name='dtb:uid']/@content)")
        if named not in book.said("dc:identifier"):
            yield say("the NCX names another book than the package"), Place(item.name)


def _at(book: Opened) -> Place:
    return Place(book.package_name)
