"""Opened: the files of an EPUB as a value that rules can ask: package, documents, sheets.

It promises to open anything: what is missing or broken is empty here and found by a rule. It loads
no DTD and fetches nothing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from publisher.ground.places import Place

CONTAINER = "META-INF/container.xml"
XHTML = "application/xhtml+xml"
CSS = "text/css"
NCX = "application/x-dtbncx+xml"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SHOWN = "//*[local-name()='body']//text()[not(ancestor::*[local-name()='nav'])]"
_NAMES = {"epub": "http://www.idpf.org/2007/ops"}


@dataclass(frozen=True)
class Item:
    """A row of the manifest; `name` is the file's name in the ZIP."""

    identity: str
    name: str
    media_type: str
    properties: frozenset[str]


class Text:
    """A document: its name in the ZIP and its tree."""

    def __init__(self, name: str, root: etree._Element) -> None:
        self.name = name
        self.root = root

    @cached_property
    def identities(self) -> tuple[str, ...]:
        """Every id in order."""
        return tuple(it.get("id", "") for it in self.having("@id"))

    def of(self, *tags: str) -> Iterator[etree._Element]:
        """The elements of some tags, in order."""
        return self.root.iter(*(f"{{*}}{tag}" for tag in tags))

    def having(self, attributes: str) -> list[etree._Element]:
        """The elements with some attributes, as XPath names them: `@id`, `@lang or @xml:lang`."""
        found: Any = self.root.xpath(f"//*[{attributes}]", namespaces=_NAMES)
        elements: list[etree._Element] = found
        return elements

    def typed(self, kind: str) -> list[etree._Element]:
        """The elements that say they are something (`epub:type`)."""
        return [it for it in self._typed if kind in (it.get(TYPE) or "").split()]

    @cached_property
    def _typed(self) -> list[etree._Element]:
        return self.having("@epub:type")

    @property
    def words(self) -> str:
        """The words it shows, but for lists of ways elsewhere (`nav`)."""
        found: Any = self.root.xpath(_SHOWN)
        return "".join(map(str, found))

    def at(self, element: etree._Element) -> Place:
        """The place of an element: the file in the ZIP and its line."""
        line = element.sourceline
        return Place(self.name, line if isinstance(line, int) else None)

    def target(self, address: str) -> tuple[str, str]:
        """The file in the ZIP that an address names, and the place in it."""
        parts = urlsplit(address)
        path = posixpath.join(posixpath.dirname(self.name), unquote(parts.path))
        return (posixpath.normpath(path) if parts.path else self.name), unquote(parts.fragment)


class Opened:
    """An EPUB, from its files by name in their order."""

    def __init__(self, files: tuple[tuple[str, bytes], ...]) -> None:
        self.order = tuple(name for name, _ in files)
        self.files = dict(files)

    @cached_property
    def package_name(self) -> str:
        """The name of the package document; empty where the container names none."""
        container = parsed(self.files.get(CONTAINER, b""))
        found = container.find(".//{*}rootfile") if container is not None else None
        return (found.get("full-path") or "") if found is not None else ""

    @cached_property
    def package(self) -> etree._Element | None:
        """The package document; None where there is none that can be read."""
        return parsed(self.files.get(self.package_name, b""))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The manifest."""
        if self.package is None:
            return ()
        home = posixpath.dirname(self.package_name)
        return tuple(_item(row, home) for row in self.package.iter(f"{OPF}item"))

    @cached_property
    def spine(self) -> tuple[Item, ...]:
        """The documents in reading order, those the manifest has not left out."""
        if self.package is None:
            return ()
        known = {item.identity: item for item in self.items}
        rows = (row.get("idref", "") for row in self.package.iter(f"{OPF}itemref"))
        return tuple(known[row] for row in rows if row in known)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The documents that can be read, those of the spine first and in its order."""
        listed = dict.fromkeys((*self.spine, *self.items))
        names = (item.name for item in listed if item.media_type == XHTML)
        return tuple(text for name in names if (text := self._text(name)) is not None)

    @cached_property
    def sheets(self) -> tuple[tuple[str, str], ...]:
        """Name and text of each style sheet."""
        names = [item.name for item in self.items if item.media_type == CSS]
        return tuple(
            (it, self.files[it].decode(errors="replace")) for it in names if it in self.files
        )

    @cached_property
    def navigation(self) -> Text | None:
        """The nav document."""
        names = {item.name for item in self.items if "nav" in item.properties}
        return next((text for text in self.texts if text.name in names), None)

    @cached_property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each row of metadata: `dc:title`, `schema:accessMode`."""
        return tuple(_rows(self.package)) if self.package is not None else ()

    def said(self, name: str) -> tuple[str, ...]:
        """The values of a row of metadata."""
        return tuple(value for own, value in self.metadata if own == name)

    def _text(self, name: str) -> Text | None:
        root = parsed(self.files.get(name, b""))
        return None if root is None else Text(name, root)


def parsed(content: bytes) -> etree._Element | None:
    """XML as a tree; None where it is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def tag_of(element: etree._Element) -> str:
    """The tag without its namespace."""
    return etree.QName(element).localname


def words_of(element: etree._Element) -> str:
    """All the words of an element in one string."""
    return str(element.xpath("string()"))


def _item(row: etree._Element, home: str) -> Item:
    path = posixpath.normpath(posixpath.join(home, unquote(row.get("href", ""))))
    properties = frozenset((row.get("properties") or "").split())
    return Item(row.get("id", ""), path, row.get("media-type", ""), properties)


def _rows(package: etree._Element) -> Iterator[tuple[str, str]]:
    metadata = package.find(f"{OPF}metadata")
    for row in metadata.iter("*") if metadata is not None else ():
        words = words_of(row).strip()
        if row.tag.startswith(DC):
            yield f"dc:{row.tag.removeprefix(DC)}", words
        elif row.get("property"):
            yield row.get("property", ""), words
