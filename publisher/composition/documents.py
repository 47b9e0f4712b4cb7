"""Documents: an EPUB's XHTML documents: framed, marked where pages begin, runs set apart.

It promises that no word is added, lost or moved: marks go between characters, and a run is put
into an element as it stands. It refuses markup that is not well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import NamedTuple, Self

from lxml import etree

from publisher.composition.seam.starts import PICTURE
from publisher.composition.siblings import SIBLINGS
from publisher.ground.visible import place_of, visible
from publisher.model.artefact import PageStart

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
_EMPTY = {"br", "col", "hr", "img", "link", "meta", "wbr"}


@dataclass(frozen=True)
class PageMark:
    """A page of the print edition: its label, and the element at which it begins."""

    label: str
    identity: str

    @classmethod
    def of(cls, start: PageStart) -> Self:
        """The mark of a page."""
        return cls(start.label, f"page-{start.label}")


def framed(language: str, title: str, body: str, sheet: str, kind: str = "") -> bytes:
    """A whole document around the markup of a body.

    `sheet` is the style sheet's address, `kind` the class of a body that a sheet must reach.
    """
    own = f' class="{kind}"' if kind else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}">\n<head><meta charset="utf-8"/>'
        f"<title>{escape(title, quote=False)}</title>"
        f'<link rel="stylesheet" type="text/css" href="{sheet}"/></head>\n'
        f"<body{own}>\n{body}\n</body>\n</html>\n"
    ).encode()


class Document:
    """A document as a tree that can be marked. Raises etree.XMLSyntaxError when it is none."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.root = etree.fromstring(content)
        self._changed = False

    @property
    def content(self) -> bytes:
        """The bytes: those that were given, where nothing was marked."""
        return serialised(self.root) if self._changed else self._content

    def mark_pages(self, starts: tuple[PageStart, ...]) -> tuple[PageMark, ...]:
        """Put a page break before the character that each page begins with.

        A page whose words are not found in the document gets none.
        """
        runs = list(_runs(self.body, _is_uncounted))
        found = [*_found(starts, visible("".join(run.text for run in runs)))]
        # From the last to the first: a run that is cut keeps its beginning where it is.
        for start, place in reversed(found):
            self._changed = True
            _put(_page_break(PageMark.of(start)), runs, place, self.body)
        return tuple(PageMark.of(start) for start, _ in found)

    def set_apart(self, pattern: re.Pattern[str], name: str) -> None:
        """Put every run of text that matches into a span of a class."""
        for run in list(_runs(self.body, _is_reading)):
            if pattern.search(run.text):
                self._changed = True
                _wrap(run, pattern, name)

    @property
    def body(self) -> etree._Element:
        """The element that holds all that is shown."""
        return body_of(self.root)

    @property
    def identities(self) -> tuple[str, ...]:
        """Every id of the body, in order."""
        return tuple(identity for it in self.body.iter("*") if (identity := it.get("id")))

    def headings(self, level: int) -> Iterator[tuple[str, str]]:
        """The id and the words of each heading of a level that has an id."""
        for heading in self.body.iter(f"{XHTML}h{level}"):
            if identity := heading.get("id"):
                words = "".join(run.text for run in _runs(heading, _is_uncounted))
                yield identity, " ".join(words.split())


def body_of(root: etree._Element) -> etree._Element:
    """The element of a tree that holds all that is shown."""
    body = root.find(f"{XHTML}body")
    return root if body is None else body


def serialised(root: etree._Element) -> bytes:
    """A tree as the bytes of a document; what is empty keeps its end tag for HTML parsers."""
    for element in root.iter(f"{XHTML}*"):
        name = etree.QName(element).localname
        if not len(element) and element.text is None and name not in _EMPTY:
            element.text = ""
    written: bytes = etree.tostring(root.getroottree(), encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


class _Run(NamedTuple):
    """Text without a mark in it: an element's own beginning, or what follows an element."""

    element: etree._Element
    follows: bool
    text: str

    def cut(self, offset: int) -> str:
        """Take away what stands from an offset on, and give it."""
        text = (self.element.tail if self.follows else self.element.text) or ""
        if self.follows:
            self.element.tail = text[:offset]
        else:
            self.element.text = text[:offset]
        return text[offset:]

    def put(self, element: etree._Element) -> None:
        """Put an element right behind the text."""
        holder = self.element.getparent() if self.follows else self.element
        if holder is not None:
            holder.insert(holder.index(self.element) + 1 if self.follows else 0, element)


def _runs(element: etree._Element, is_skipped: Callable[[etree._Element], bool]) -> Iterator[_Run]:
    """The text below an element, but for that of elements to skip; a picture is one character."""
    if element.tag == f"{XHTML}img":
        yield _Run(element, follows=False, text=PICTURE)
    elif element.text:
        yield _Run(element, follows=False, text=element.text)
    for child in element:
        if isinstance(child.tag, str) and not is_skipped(child):
            yield from _runs(child, is_skipped)
        if child.tail:
            yield _Run(child, follows=True, text=child.tail)


def _is_reading(element: etree._Element) -> bool:
    return etree.QName(element).localname in ("rt", "rp")


def _is_uncounted(element: etree._Element) -> bool:
    """What is not counted for pages: readings, notes, their calls, ways to other scripts."""
    is_note = etree.QName(element).localname == "aside" or element.get(TYPE) == "noteref"
    return is_note or _is_reading(element) or element.get("class") == SIBLINGS


def _found(starts: tuple[PageStart, ...], text: str) -> Iterator[tuple[PageStart, int]]:
    """Where each page begins in the visible text: by count, else where its words come next."""
    last = 0
    for start in starts:
        place = start.character
        if place and not text.startswith(start.words, place):
            place = text.find(start.words, last)
        if place == 0 or (start.words and place > 0):
            yield start, place
            last = place


def _page_break(mark: PageMark) -> etree._Element:
    attributes = {"id": mark.identity, TYPE: "pagebreak", "role": "doc-pagebreak"}
    return etree.Element(f"{XHTML}span", attributes | {"aria-label": mark.label})


def _put(mark: etree._Element, runs: list[_Run], place: int, body: etree._Element) -> None:
    """Put a mark before a visible character; the first of all stands at the head of its section."""
    if place == 0:
        _put_first(mark, body.find(f"{XHTML}section"), body)
        return
    run, offset = _at(runs, place)
    enclosing = next(run.element.iterancestors(f"{XHTML}ruby"), None)
    is_base = run.element.tag == f"{XHTML}ruby" and not run.follows
    whole = run.element if is_base or run.text == PICTURE else enclosing
    if whole is None:
        mark.tail = run.cut(offset)
        run.put(mark)
    else:
        whole.addprevious(mark)


def _put_first(mark: etree._Element, section: etree._Element | None, body: etree._Element) -> None:
    holder = body if section is None else section
    mark.tail, holder.text = holder.text, None
    holder.insert(0, mark)


def _at(runs: list[_Run], place: int) -> tuple[_Run, int]:
    """The run that holds a visible character, and where in its text."""
    for run in runs:
        count = len(visible(run.text))
        if place < count:
            return run, place_of(run.text, place)
        place -= count
    return runs[-1], len(runs[-1].text)


def _wrap(run: _Run, pattern: re.Pattern[str], name: str) -> None:
    """Put each match in a run into a span, from the last to the first."""
    for match in reversed([*pattern.finditer(run.text)]):
        span = etree.Element(f"{XHTML}span", {"class": name})
        span.tail = run.cut(match.end())
        span.text = run.cut(match.start())
        run.put(span)
