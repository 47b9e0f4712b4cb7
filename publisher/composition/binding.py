"""Binding: an EPUB's members put into one ZIP file by EbookLib's package writer and our own hands.

It promises the same bytes for the same members: `mimetype` first and stored, fixed order, fixed
date and mode (OCF 3.3, section 4.2), and it proves by reading back that nothing was lost. EbookLib
writes the package document only: it re-parses what it is given as HTML, dates with the clock and
loses text, so documents go in as ready bytes and never through its own classes for them.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ebooklib import epub
from lxml import etree

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say

_EARLIEST = "1980-01-01T00:00:00Z"
# The moments between which a ZIP can date its members.
_FIRST, _LAST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
_MIMETYPE, _MEDIA_TYPE = "mimetype", b"application/epub+zip"
_DUBLIN_CORE = {
    "title", "creator", "contributor", "publisher", "date", "rights", "description", "source",
}  # fmt: skip
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Member:
    """A file of the publication; `name` is relative to the package document."""

    identity: str
    name: str
    media_type: str
    content: bytes
    properties: str = ""
    in_spine: bool = False


@dataclass(frozen=True)
class Meta:
    """A metadata element: Dublin Core where `name` is one of its terms, else a `meta` property."""

    name: str
    value: str
    identity: str = ""
    refines: str = ""
    scheme: str = ""


# Files by their names in the ZIP, in order.
Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Publication:
    """What the package document is made of; `date` is ISO 8601 in UTC, empty for the earliest.

    `direction` is that in which pages follow one another: `ltr`, `rtl`, or empty for the standard.
    `attached` are files that come along unread, such as licences, by their names in the ZIP.
    """

    members: tuple[Member, ...]
    metadata: tuple[Meta, ...]
    identifier: str
    language: str
    date: str = ""
    direction: str = ""
    attached: Files = ()

    @property
    def moment(self) -> datetime:
        """When everything in the file was made, as far as a ZIP can say it."""
        moment = datetime.strptime(self.date or _EARLIEST, "%Y-%m-%dT%H:%M:%SZ")
        return min(max(moment.replace(tzinfo=UTC), _FIRST), _LAST)


def collect(publication: Publication) -> Files:
    """The container, the package document and the members, named as they will be in the ZIP."""
    files = _PackageWriter(_package(publication), publication.moment).collected()
    return ((_MIMETYPE, _MEDIA_TYPE), *files, *publication.attached)


def bind(files: Files, publication: Publication) -> bytes:
    """The EPUB file of what was collected."""
    content = _zipped(files, publication.moment)
    _prove(content, publication.members)
    return content


def _package(publication: Publication) -> epub.EpubBook:
    book = epub.EpubBook()
    book.set_identifier(publication.identifier)
    book.set_language(publication.language)
    book.set_direction(publication.direction or None)
    for meta in publication.metadata:
        _add_meta(book, meta)
    for member in publication.members:
        item = epub.EpubItem(member.identity, member.name, member.media_type, member.content)
        item.properties = member.properties.split()
        book.add_item(item)
    book.spine = [member.identity for member in publication.members if member.in_spine]
    return book


def _add_meta(book: epub.EpubBook, meta: Meta) -> None:
    own = {"id": meta.identity} if meta.identity else {}
    if meta.name in _DUBLIN_CORE and not meta.refines:
        book.add_metadata("DC", meta.name, meta.value, own)
        return
    attributes = own | {"property": meta.name}
    if meta.refines:
        attributes["refines"] = f"#{meta.refines}"
    if meta.scheme:
        attributes["scheme"] = meta.scheme
    book.add_metadata(None, "meta", meta.value, attributes)


class _PackageWriter(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, with a list in place of its ZIP file."""

    def __init__(self, book: epub.EpubBook, moment: datetime) -> None:
        super().__init__(
            "", book, {"mtime": moment, "epub3_pages": False, "raise_exceptions": True}
        )
        self.out = _Tray()

    def collected(self) -> list[tuple[str, bytes]]:
        """Every member with its name in the ZIP, the container first."""
        self._write_container()
        self._write_opf()
        self._write_items()
        return self.out.members

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self.book.language)
        root.set("prefix", "schema: http://schema.org/")
        etree.cleanup_namespaces(root, keep_ns_prefixes=["dc"])
        super()._write_opf_file(root)


class _Tray:
    """Stands where EbookLib expects a ZIP file open for writing."""

    def __init__(self) -> None:
        self.members: list[tuple[str, bytes]] = []

    def writestr(self, name: str, content: bytes | str) -> None:
        """Take a member."""
        self.members.append((name, content.encode() if isinstance(content, str) else content))


def _zipped(files: Files, moment: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files:
            method = zipfile.ZIP_STORED if name == _MIMETYPE else zipfile.ZIP_DEFLATED
            _put(archive, name, content, moment, method)
    return buffer.getvalue()


def _put(
    archive: zipfile.ZipFile, name: str, content: bytes, moment: datetime, method: int
) -> None:
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.compress_type = method
    archive.writestr(entry, content, compresslevel=9)


def _prove(content: bytes, members: tuple[Member, ...]) -> None:
    """Read the file back: each member must be there, byte for byte."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
    for member in members:
        if held.get(member.name) != member.content:
            raise PublisherError.of(
                say('the EPUB lost "{name}" while it was bound', name=member.name),
                Remedy.MAKER,
                hint=say("please report this"),
            )
