"""An EPUB's members in one ZIP file."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from publisher.composition.binding import Member, Meta, Publication, bind, collect

OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
PAGE = "<html><body>雪 &amp; 夜\n</body></html>\n".encode()
MEMBERS = (
    Member("a", "text/a.xhtml", "application/xhtml+xml", PAGE, in_spine=True),
    Member("nav", "nav.xhtml", "application/xhtml+xml", b"<html/>", "nav", in_spine=True),
    Member("cover", "images/cover.jpg", "image/jpeg", bytes(range(256)), "cover-image"),
    Member("ncx", "toc.ncx", "application/x-dtbncx+xml", b"<ncx/>"),
)
METADATA = (
    Meta("title", "书 & 名", "title"),
    Meta("title-type", "main", refines="title"),
    Meta("creator", "甲", "person-1"),
    Meta("role", "edt", refines="person-1", scheme="marc:relators"),
    Meta("schema:accessMode", "textual"),
)


def _bytes(date: str = "2020-06-01T00:00:00Z", direction: str = "") -> bytes:
    publication = Publication(
        MEMBERS, METADATA, "urn:x", "zh-Hans", date, direction, (("META-INF/licence.txt", b"OFL"),)
    )
    return bind(collect(publication), publication)


def _bound(date: str = "2020-06-01T00:00:00Z") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(_bytes(date)))


@pytest.fixture
def package() -> etree._Element:
    archive = _bound()
    container = etree.fromstring(archive.read("META-INF/container.xml"))
    return etree.fromstring(archive.read(container.find(".//{*}rootfile").get("full-path")))


def test_the_first_member_is_the_media_type_stored_plainly() -> None:
    first = _bound().infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == (
        "mimetype",
        zipfile.ZIP_STORED,
        b"",
    )
    assert _bound().read("mimetype") == b"application/epub+zip"


def test_every_member_comes_out_byte_for_byte() -> None:
    archive = _bound()
    held = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert all(held[member.name] == member.content for member in MEMBERS)
    assert archive.testzip() is None


def test_equal_members_give_equal_bytes() -> None:
    assert _bytes("") == _bytes("")


def test_what_is_attached_comes_along_without_being_listed(package: etree._Element) -> None:
    assert _bound().read("META-INF/licence.txt") == b"OFL"
    assert "licence" not in etree.tostring(package, encoding="unicode")


def test_pages_follow_to_the_left_where_that_is_said() -> None:
    archive = zipfile.ZipFile(io.BytesIO(_bytes(direction="rtl")))
    (name,) = (name for name in archive.namelist() if name.endswith(".opf"))
    spine = etree.fromstring(archive.read(name)).find("opf:spine", OPF)
    assert spine.get("page-progression-direction") == "rtl"


def test_dates_come_from_the_book_and_never_from_the_clock() -> None:
    assert {entry.date_time for entry in _bound().infolist()} == {(2020, 6, 1, 0, 0, 0)}
    assert {entry.date_time for entry in _bound("").infolist()} == {(1980, 1, 1, 0, 0, 0)}
    early = _bound("1937-07-07T00:00:00Z")
    assert {entry.date_time for entry in early.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_modes_do_not_depend_on_the_machine() -> None:
    assert {entry.external_attr >> 16 for entry in _bound().infolist()} == {0o100644}


def test_the_manifest_names_every_member_with_its_kind(package: etree._Element) -> None:
    items = {
        item.get("href"): (item.get("media-type"), item.get("properties") or "")
        for item in package.iterfind(".//opf:manifest/opf:item", OPF)
    }
    assert items == {member.name: (member.media_type, member.properties) for member in MEMBERS}


def test_the_spine_is_the_reading_order_and_names_the_ncx(package: etree._Element) -> None:
    spine = package.find("opf:spine", OPF)
    assert [ref.get("idref") for ref in spine] == ["a", "nav"]
    assert spine.get("toc") == "ncx"


def test_metadata_are_written_as_given_each_refining_its_own(package: etree._Element) -> None:
    assert package.findtext(".//dc:title", namespaces=OPF) == "书 & 名"
    assert package.findtext(".//dc:language", namespaces=OPF) == "zh-Hans"
    identifier = package.find(".//dc:identifier", OPF)
    assert (identifier.text, identifier.get("id")) == ("urn:x", package.get("unique-identifier"))
    creator = package.find(".//dc:creator", OPF)
    role = package.find(f".//opf:meta[@refines='#{creator.get('id')}']", OPF)
    assert (role.get("property"), role.text, role.get("scheme")) == ("role", "edt", "marc:relators")
    assert (
        package.findtext(".//opf:meta[@property='schema:accessMode']", namespaces=OPF) == "textual"
    )


def test_the_package_says_when_it_was_changed_and_in_which_language(
    package: etree._Element,
) -> None:
    modified = package.findtext(".//opf:meta[@property='dcterms:modified']", namespaces=OPF)
    assert modified == "2020-06-01T00:00:00Z"
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
