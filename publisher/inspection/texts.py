"""Text rules: what stands in each document, one after the other (WCAG 2.2, EPUB Accessibility)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.ground.visible import visible
from publisher.ground.western import may_be_western, western
from publisher.inspection.opened import LANG, TYPE, Opened, Text, tag_of, words_of

Found = Iterator[tuple[Message, Place]]
# BCP 47, as far as books need it: a language, perhaps a script, perhaps a region.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[0-9A-Za-z]{2,8})*")
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_PASSAGES = ("p", "li", "td", "th", "dt", "dd", "caption", "figcaption", *_HEADINGS)
# What is no part of the sentence around it.
_APART = {*_PASSAGES, "code", "rt", "rp", "ol", "ul", "table", "blockquote", "div", "sup"}
_MARK = "\ufdd0"
_SHOWN = 40
# A role that says the same to a screen reader as `epub:type` to a reading system (EPUB-AAM).
ROLES = {
    "noteref": "doc-noteref",
    "footnote": "doc-footnote",
    "pagebreak": "doc-pagebreak",
    "chapter": "doc-chapter",
    "part": "doc-part",
    "preface": "doc-preface",
    "afterword": "doc-afterword",
    "index": "doc-index",
    "colophon": "doc-colophon",
}


def undescribed_pictures(book: Opened) -> Found:
    """A picture needs words in its place, or must say that it is an ornament."""
    for text in book.texts:
        for image in text.of("img", "area"):
            is_ornament = image.get("role") in ("presentation", "none")
            if not (image.get("alt") or "").strip() and not is_ornament:
                yield say("the picture has no words in its place (alt)"), text.at(image)


def skipped_headings(book: Opened) -> Found:
    """Headings go down one level at a time."""
    for text in book.texts:
        rows = [(int(tag_of(it)[1]), it) for it in text.of(*_HEADINGS)]
        for (before, _), (level, element) in pairwise(rows):
            if level > before + 1:
                message = say("a heading of level {n} follows one of level {m}", n=level, m=before)
                yield message, text.at(element)


def nameless_documents(book: Opened) -> Found:
    """A document has a title, by which a reader knows where they are."""
    for text in book.texts:
        if not any(words_of(title).strip() for title in text.of("title")):
            yield say("the document has no title"), Place(text.name)


def silent_languages(book: Opened) -> Found:
    """A document says its language: in vain a voice would guess."""
    if book.package is not None and not book.package.get(LANG):
        yield say("the package does not say its language"), Place(book.package_name)
    for text in book.texts:
        if not (text.root.get("lang") or text.root.get(LANG)):
            yield say("the document does not say its language"), Place(text.name)


def other_languages(book: Opened) -> Found:
    """Language tags are well-formed, both ways of saying it agree, and so do book and document."""
    named = book.said("dc:language")
    for text in book.texts:
        own = text.root.get(LANG) or text.root.get("lang")
        if own and named and own not in named:
            yield (
                say('the document is in "{own}", the book in "{named}"', own=own, named=named[0]),
                Place(text.name),
            )
        for element in text.having("@lang or @xml:lang"):
            yield from _wrong_tag(text, element)


def _wrong_tag(text: Text, element: etree._Element) -> Found:
    plain, full = element.get("lang"), element.get(LANG)
    if plain is not None and full is not None and plain != full:
        yield (
            say('lang says "{lang}", xml:lang "{full}"', lang=plain, full=full),
            text.at(element),
        )
    for tag in {plain, full} - {None, ""}:
        if not _TAG.fullmatch(str(tag)):
            yield say('"{tag}" is not a language tag', tag=tag), text.at(element)


def unsaid_languages(book: Opened) -> Found:
    """A sentence in a Western language amid Chinese text says its language."""
    for text in book.texts:
        passages = text.of(*_PASSAGES) if may_be_western(words_of(text.root)) else ()
        for element in passages:
            if _language(element).startswith("zh") and (found := western(_own_words(element))):
                message = say('nothing says the language of "{words}"', words=found.words[:_SHOWN])
                yield message, text.at(element)


def _language(element: etree._Element) -> str:
    """The language of an element: its own, or that of the nearest around it."""
    found = (it.get(LANG) or it.get("lang") for it in (element, *element.iterancestors()))
    return next(filter(None, found), "")


def _own_words(element: etree._Element) -> str:
    """The words of a passage; a mark where code, another passage, or another language stands."""
    words = element.text or ""
    for child in element:
        is_other = not isinstance(child.tag, str) or bool(child.get(LANG) or child.get("lang"))
        is_apart = is_other or tag_of(child) in _APART
        words += (_MARK if is_apart else _own_words(child)) + (child.tail or "")
    return words


def doubled_identities(book: Opened) -> Found:
    """An id names one place."""
    for text in book.texts:
        for identity, count in Counter(text.identities).items():
            if count > 1:
                yield (
                    say('the id "{name}" stands {n} times', name=identity, n=count),
                    Place(text.name),
                )


def missing_roles(book: Opened) -> Found:
    """What `epub:type` says to reading systems, `role` says to screen readers."""
    for text in book.texts:
        for element in text.having("@epub:type"):
            kind = element.get(TYPE) or ""
            # A landmark says what it leads to, not what it is.
            is_own = tag_of(element) != "a" or kind == "noteref"
            wanted = ROLES.get(kind) if is_own else None
            if wanted and element.get("role") != wanted:
                message = say('"{kind}" lacks role="{role}"', kind=kind, role=wanted)
                yield message, text.at(element)


def headless_tables(book: Opened) -> Found:
    """A table says what its columns or rows are."""
    for text in book.texts:
        for table in text.of("table"):
            if not any(True for _ in table.iter("{*}th")):
                yield say("the table has no head"), text.at(table)


def scripted_documents(book: Opened) -> Found:
    """A book that computes is a program; many reading systems refuse it."""
    for text in book.texts:
        for element in text.of("script"):
            yield say("the document holds a script"), text.at(element)


def blank_documents(book: Opened) -> Found:
    """A document of the reading order shows something."""
    names = {item.name for item in book.spine}
    for text in book.texts:
        body = next(text.of("body"), None)
        words = visible(words_of(body)) if body is not None else ""
        if text.name in names and not words and next(text.of("img", "svg", "object"), None) is None:
            yield say("the document shows nothing"), Place(text.name)
