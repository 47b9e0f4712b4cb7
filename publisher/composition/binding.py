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
    """A metadata element: Dublin Core where `name` has no colon, else a `meta` property."""

    name: str
    value: str
    identity: str = ""
    refines: str = ""
    scheme: str = ""


def bind(
    members: list[Member], metadata: list[Meta], identifier: str, language: str, date: str
) -> bytes:
    """The EPUB file. `date` is ISO 8601 in UTC, or empty for the earliest a ZIP can hold."""
    moment = datetime.strptime(date or _EARLIEST, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    moment = min(max(moment, _FIRST), _LAST)
    writer = _PackageWriter(_package(members, metadata, identifier, language), moment)
    content = _zipped(writer.collected(), moment)
    _prove(content, members)
    return content


def _package(
    members: list[Member], metadata: list[Meta], identifier: str, language: str
) -> epub.EpubBook:
    book = epub.EpubBook()
    book.set_identifier(identifier)
    book.set_language(language)
    for meta in metadata:
        _add_meta(book, meta)
    for member in members:
        item = epub.EpubItem(member.identity, member.name, member.media_type, member.content)
        item.properties = member.properties.split()
        book.add_item(item)
    book.spine = [member.identity for member in members if member.in_spine]
    return book


def _add_meta(book: epub.EpubBook, meta: Meta) -> None:
    own = {"id": meta.identity} if meta.identity else {}
    if ":" not in meta.name and not meta.refines:
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


def _zipped(members: list[tuple[str, bytes]], moment: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _put(archive, "mimetype", b"application/epub+zip", moment, zipfile.ZIP_STORED)
        for name, content in members:
            _put(archive, name, content, moment, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _put(
    archive: zipfile.ZipFile, name: str, content: bytes, moment: datetime, method: int
) -> None:
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.compress_type = method
    archive.writestr(entry, content, compresslevel=9)


def _prove(content: bytes, members: list[Member]) -> None:
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
