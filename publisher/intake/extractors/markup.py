"""Markup: XML and HTML parsed so that it can reach nothing and swell into nothing.

It promises trees without comments, processing instructions, entities or namespaces left to resolve.
It refuses XML that is not well-formed, declares entities of its own, or nests deeper than anybody
writes.
"""

from __future__ import annotations

import html.entities
import re

from lxml import etree

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.hygiene import decoded
from publisher.ground.messages import Message, say
from publisher.ground.places import Place

Element = etree._Element  # noqa: SLF001  (what lxml calls the type of its elements)

# Elements of a page whose words nobody sees.
SILENT = frozenset({"head", "script", "style", "rp"})
_ENTITY = b"<!ENTITY"
# Beginnings and ends of elements; a document of a million characters has a third of them.
MOST_TAGS = 2_000_000
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_TOO_DEEP = "xcessive depth"


def read_xml(content: bytes, at: Place) -> Element:
    """The tree of an XML document without a DTD. Raises PublisherError for any other."""
    root = _parsed(content, at)
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(say("it declares a document type, as no file of this kind does"), at)
    return root


def read_xhtml(content: bytes, at: Place) -> Element:
    """The tree of an XHTML document, its elements by their bare names.

    What is not well-formed is read as browsers read pages. Raises PublisherError where the document
    declares entities of its own.
    """
    try:
        root = _parsed(_with_characters(content), at)
    except PublisherError:
        return read_page(decoded(content, at.file), at)
    if _ENTITY in content.replace(b"\x00", b""):
        raise _refused(say("it declares entities of its own"), at)
    return _bare(root)


def read_page(text: str, at: Place) -> Element:
    """The tree of a web page, however it is written. Raises PublisherError where none is found."""
    content = text.encode()
    _require_bearable(content, at)
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError:
        raise _refused(say("there is no page in it"), at) from None
    _require_whole(parser, at)
    return root


def texts(element: Element) -> list[str]:
    """The texts of an element in order, without those that nobody sees."""
    found: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, other in walk:
        if event == "start" and other.tag in SILENT:
            walk.skip_subtree()
        elif event == "start":
            found.append(other.text or "")
        if event == "end" and other is not element:
            found.append(other.tail or "")
    return found


def words(element: Element) -> str:
    """All that an element shows, in one line."""
    return " ".join("".join(texts(element)).split())


def _parsed(content: bytes, at: Place) -> Element:
    _require_bearable(content, at)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused(say("it is not well-formed XML: {reason}", reason=error), at) from None


def _require_bearable(content: bytes, at: Place) -> None:
    count = content.count(b"<")
    if count > MOST_TAGS:
        raise _refused(say("it has {count} tags", count=f"{count:,}"), at)


def _require_whole(parser: etree.HTMLParser, at: Place) -> None:
    """The parser of pages stops without a word at what is nested too deep."""
    for entry in parser.error_log:
        if _TOO_DEEP in entry.message:
            raise _refused(
                say("its elements are nested too deep"), Place(at.file, entry.line, key=at.key)
            )


def _with_characters(content: bytes) -> bytes:
    """Names of characters, which XHTML knows and XML does not, as their numbers."""
    return _NAMED.sub(_numbered, content)


def _numbered(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    characters = html.entities.html5.get(name + ";", "")
    if name in _PREDEFINED or not characters:
        return match[0]
    return b"".join(b"&#%d;" % ord(character) for character in characters)


def _bare(root: Element) -> Element:
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname.lower()
    return root


def _refused(message: Message, at: Place) -> PublisherError:
    return PublisherError.of(
        message,
        Remedy.EDITOR,
        at,
        say("open it in the program it was made with and save it again, or ask for a new copy"),
    )
