"""Link rules: what leads somewhere must lead there: links, notes, navigation, pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.inspection.opened import NCX, TYPE, Opened, Text, parsed, tag_of, words_of

Found = Iterator[tuple[Message, Place]]
_AWAY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_SHOWN = ("img", "link", "audio", "video", "source", "iframe", "embed", "script")


def dead_links(book: Opened) -> Found:
    """A link within the book leads to a document, and to a place that is there."""
    places = {text.name: frozenset(text.identities) for text in book.texts}
    for text in book.texts:
        for element in text.of("a", "area"):
            address = element.get("href") or ""
            if address and not _AWAY.match(address):
                yield from _dead(book, text, element, places)


def _dead(
    book: Opened, text: Text, element: etree._Element, places: dict[str, frozenset[str]]
) -> Found:
    address = element.get("href") or ""
    name, place = text.target(address)
    is_lost = name not in book.files or (place and place not in places.get(name, ()))
    if is_lost:
        yield say('the link "{address}" leads nowhere', address=address), text.at(element)


def missing_resources(book: Opened) -> Found:
    """Pictures and sheets that a document shows are in the book."""
    for text in book.texts:
        for element in text.of(*_SHOWN):
            address = _resource(element)
            if address and not _AWAY.match(address) and text.target(address)[0] not in book.files:
                yield say('"{address}" is not in the book', address=address), text.at(element)


def remote_resources(book: Opened) -> Found:
    """A book shows nothing that would have to be fetched from a network."""
    for text in book.texts:
        for element in text.of(*_SHOWN):
            address = _resource(element)
            if _AWAY.match(address) and not address.startswith("data:"):
                message = say('"{address}" would be fetched from a network', address=address)
                yield message, text.at(element)


def _resource(element: etree._Element) -> str:
    return element.get("href" if tag_of(element) == "link" else "src") or ""


def lost_notes(book: Opened) -> Found:
    """A call leads to a note, and a note is called and leads back."""
    for text in book.texts:
        notes = [*text.typed("footnote")]
        inner = {it.get("id"): note for note in notes for it in note.iter("*")}
        called = {text.target(it.get("href") or "")[1] for it in text.typed("noteref")}
        for call in text.typed("noteref"):
            name, place = text.target(call.get("href") or "")
            if name == text.name and place not in inner:
                yield say("the call leads to no note"), text.at(call)
        for note in notes:
            if not {it.get("id") for it in note.iter("*")} & called:
                yield say("no call leads to the note"), text.at(note)
            elif not any(it.get("href") for it in note.iter("{*}a")):
                yield say("no link leads back from the note"), text.at(note)


def missing_contents(book: Opened) -> Found:
    """There is a nav document, and it lists something."""
    if book.package is None:
        return
    if book.navigation is None:
        yield say("there is no nav document"), Place(book.package_name)
    elif not _links(book.navigation, "toc"):
        yield say("the contents list nothing"), Place(book.navigation.name)


def unordered_contents(book: Opened) -> Found:
    """The contents stand in the order of the book."""
    navigation = book.navigation
    if navigation is None:
        return
    ranks = {item.name: number for number, item in enumerate(book.spine)}
    last = -1
    for link in _links(navigation, "toc"):
        rank = ranks.get(_target(navigation, link)[0], last)
        if rank < last:
            message = say('"{title}" is listed behind what follows it', title=words_of(link))
            yield message, navigation.at(link)
        last = rank


def missing_landmarks(book: Opened) -> Found:
    """The places that reading systems look for: above all where the text begins."""
    if book.navigation is None:
        return
    found = {it.get(TYPE) for it in _links(book.navigation, "landmarks")}
    if "bodymatter" not in found:
        yield say("no landmark says where the text begins"), Place(book.navigation.name)


def unlike_pages(book: Opened) -> Found:
    """The page list and the page breaks in the text are the same pages."""
    breaks = [
        (text.name, it.get("id") or "") for text in book.texts for it in text.typed("pagebreak")
    ]
    listed = _targets(book.navigation, "page-list")
    lone = (Counter(breaks) - Counter(listed)) + (Counter(listed) - Counter(breaks))
    at = Place(book.package_name)
    if lone:
        yield (
            say("page list and page breaks differ, first at {place}", place="#".join(min(lone))),
            at,
        )
    if breaks and not book.said("pageBreakSource"):
        yield say("the metadata do not say whose pages these are"), at


def unlike_ncx(book: Opened) -> Found:
    """Older readers find the same contents."""
    wanted = _targets(book.navigation, "toc")
    for item in book.items:
        ncx = parsed(book.files.get(item.name, b"")) if item.media_type == NCX else None
        if ncx is None:
            continue
        text = Text(item.name, ncx)
        sources = (it.get("src") or "" for it in ncx.iterfind(".//{*}navPoint/{*}content"))
        if [text.target(address) for address in sources] != wanted:
            yield say("the NCX lists other contents than the nav document"), Place(item.name)


def _targets(navigation: Text | None, kind: str) -> list[tuple[str, str]]:
    """Where the links of one list of the nav document lead."""
    if navigation is None:
        return []
    return [_target(navigation, link) for link in _links(navigation, kind)]


def _links(navigation: Text, kind: str) -> list[etree._Element]:
    lists = (it for it in navigation.of("nav") if it.get(TYPE) == kind)
    return [link for nav in lists for link in nav.iter("{*}a")]


def _target(navigation: Text, link: etree._Element) -> tuple[str, str]:
    return navigation.target(link.get("href") or "")
