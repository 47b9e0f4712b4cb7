"""OpenDocument: the content of a text document as a tree of HTML, for `elements` to read.

It promises that no word of a paragraph is passed over: what a reader of the document does not see
(comments, deletions, hidden words, the table of contents) is told. The source of all names is ODF
1.3, part 3; blanks collapse as its section 6.1.2 says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from publisher.intake.extractors.elements import NOTE_CALL, PAGE
from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.revisions import Revisions
from publisher.intake.reading import Dropped

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE = _NAMESPACE % "office"
_TEXT = _NAMESPACE % "text"
_TABLE = _NAMESPACE % "table"
_DRAW = _NAMESPACE % "drawing"
_STYLE = _NAMESPACE % "style"
_SVG = _NAMESPACE % "svg-compatible"
_FO = _NAMESPACE % "xsl-fo-compatible"
_HREF = "{http://www.w3.org/1999/xlink}href"

_BLANKS = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_LOWEST_HEADING = 6
_MOST_SPACES = 200
_PLAIN = {
    f"{_TEXT}list-item": "li", f"{_TEXT}list-header": "li", f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "td", f"{_TABLE}covered-table-cell": "td",
    f"{_TEXT}ruby": "ruby", f"{_TEXT}ruby-base": "rb", f"{_TEXT}ruby-text": "rt",
    f"{_TEXT}section": "div", f"{_TEXT}numbered-paragraph": "div",
}  # fmt: skip
_TOLD = {
    f"{_OFFICE}annotation": "comment",
    f"{_TEXT}hidden-text": "hidden in the source",
    f"{_TEXT}hidden-paragraph": "hidden in the source",
    f"{_TEXT}table-of-content": "table of contents",
}
_HOLDING_BLOCKS = ("div", "table", "tr", "td", "ul", "ol", "li")
_INLINES = ("span", "strong", "em", "a", "ruby", "rb", "rt")
_UNSEEN = (
    f"{_TEXT}note-citation", f"{_TEXT}tracked-changes", f"{_SVG}title", f"{_SVG}desc",
    f"{_OFFICE}forms",
)  # fmt: skip


class Document(NamedTuple):
    """A document converted: its body as HTML, its notes by their calls, what was left out."""

    body: Element
    notes: dict[str, Element]
    dropped: tuple[Dropped, ...]
    revisions: Revisions


@dataclass(frozen=True)
class _Style:
    """What a style says, without those that it is based on."""

    based_on: str = ""
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    new_page: bool | None = None


def converted(trees: list[Element]) -> Document:
    """The first tree's text; all trees together know the styles."""
    conversion = _Conversion(trees)
    body = etree.Element("div")
    for text in trees[0].iter(f"{_OFFICE}text"):
        conversion.fill(body, text)
    insertions = sum(1 for _ in trees[0].iter(f"{_TEXT}insertion"))
    deletions = list(trees[0].iter(f"{_TEXT}deletion"))
    for deletion in deletions:
        conversion.drop(deletion, "deleted in the source")
    revisions = Revisions(insertions, len(deletions))
    return Document(body, conversion.notes, tuple(conversion.dropped), revisions)


def words_of(tree: Element) -> Iterator[str]:
    """The words of each paragraph, notes' numbers and pictures' descriptions left out."""
    for paragraph in tree.iter(*_PARAGRAPHS):
        yield "".join(_own_words(paragraph))


def _own_words(element: Element) -> Iterator[str]:
    """The words of an element without those of paragraphs in it, which speak for themselves."""
    yield element.text or ""
    for child in element:
        if child.tag not in (*_PARAGRAPHS, *_UNSEEN, f"{_OFFICE}annotation"):
            yield from _own_words(child)
        yield child.tail or ""


class _Conversion:
    """Converts the elements of one document."""

    def __init__(self, trees: list[Element]) -> None:
        self.notes: dict[str, Element] = {}
        self.dropped: list[Dropped] = []
        self._styles = {key: style for tree in trees for key, style in _styles(tree)}
        self._lists = {name for tree in trees for name in _numbered_lists(tree)}
        self._floating: list[Element] = []
        self._converters: dict[str, Callable[[Element, Element], None]] = {
            f"{_TEXT}p": self._paragraph,
            f"{_TEXT}h": self._paragraph,
            f"{_TEXT}span": self._span,
            f"{_TEXT}s": _spaces,
            f"{_TEXT}tab": _tab,
            f"{_TEXT}line-break": _line_break,
            f"{_TEXT}a": self._link,
            f"{_TEXT}note": self._note,
            f"{_TEXT}list": self._list,
            f"{_DRAW}image": _image,
            f"{_DRAW}text-box": self._text_box,
        }

    def fill(self, into: Element, source: Element) -> None:
        """Convert what is in an element of the source."""
        _write(into, source.text)
        for child in source:
            self._convert(into, child)
            _write(into, child.tail)

    def drop(self, element: Element, reason: str) -> None:
        """Tell the words of an element."""
        paragraphs = list(words_of(element)) or ["".join(_own_words(element))]
        text = "\n".join(words for words in paragraphs if words.strip())
        if text:
            self.dropped.append(Dropped(text, reason))

    def _convert(self, into: Element, source: Element) -> None:
        tag = str(source.tag)
        if tag in _TOLD:
            self.drop(source, _TOLD[tag])
        elif tag in self._converters:
            self._converters[tag](into, source)
        elif tag in _PLAIN:
            self.fill(etree.SubElement(into, _PLAIN[tag]), source)
        elif tag not in _UNSEEN:
            self.fill(into, source)

    def _paragraph(self, into: Element, source: Element) -> None:
        name = source.get(f"{_TEXT}style-name", "")
        if self._says("paragraph", name, "hidden"):
            self.drop(source, "hidden in the source")
            return
        if self._says("paragraph", name, "new_page"):
            etree.SubElement(into, "hr").set("class", PAGE)
        line = list(self._line("paragraph", name))
        holder = etree.SubElement(into, "blockquote") if "Quotations" in line else into
        floating, self._floating = self._floating, []
        paragraph = etree.SubElement(holder, _paragraph_tag(source, line))
        self.fill(paragraph, source)
        holder.extend(self._floating)
        self._floating = floating

    def _span(self, into: Element, source: Element) -> None:
        name = source.get(f"{_TEXT}style-name", "")
        if self._says("text", name, "hidden"):
            self.drop(source, "hidden in the source")
            return
        line = list(self._line("text", name))
        if "Strong_20_Emphasis" in line or self._says("text", name, "bold"):
            into = etree.SubElement(into, "strong")
        if "Emphasis" in line or self._says("text", name, "italic"):
            into = etree.SubElement(into, "em")
        self.fill(into, source)

    def _link(self, into: Element, source: Element) -> None:
        link = etree.SubElement(into, "a")
        link.set("href", source.get(_HREF, ""))
        self.fill(link, source)

    def _note(self, into: Element, source: Element) -> None:
        body = etree.Element("div")
        for part in source.iter(f"{_TEXT}note-body"):
            self.fill(body, part)
        label = str(len(self.notes) + 1)
        self.notes[label] = body
        etree.SubElement(into, NOTE_CALL).set("ref", label)

    def _list(self, into: Element, source: Element) -> None:
        name = next(_list_names(source), "")
        self.fill(etree.SubElement(into, "ol" if name in self._lists else "ul"), source)

    def _text_box(self, into: Element, source: Element) -> None:
        """What stands in a text box follows the paragraph that it hangs on."""
        box = etree.Element("div")
        self.fill(box, source)
        if into.tag == "div":
            into.append(box)
        else:
            self._floating.append(box)

    def _line(self, family: str, name: str) -> Iterator[str]:
        """A style's name and those it is based on."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self._styles.get((family, name), _Style()).based_on

    def _says(self, family: str, name: str, what: str) -> bool:
        styles = (self._styles.get((family, each), _Style()) for each in self._line(family, name))
        said = (getattr(style, what) for style in styles)
        return bool(next((value for value in said if value is not None), False))


def _styles(tree: Element) -> Iterator[tuple[tuple[str, str], _Style]]:
    for style in tree.iter(f"{_STYLE}style"):
        key = (style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", ""))
        yield (
            key,
            _Style(
                style.get(f"{_STYLE}parent-style-name", ""),
                _compared(style, f"{_FO}font-weight", "normal"),
                _is_slanted_or_dotted(style),
                _compared(style, f"{_TEXT}display", "true"),
                _compared(style, f"{_FO}break-before", "auto"),
            ),
        )


def _compared(style: Element, attribute: str, usual: str) -> bool | None:
    """Whether a property differs from the usual; None where a style does not speak of it."""
    values = (child.get(attribute) for child in style)
    value = next((value for value in values if value is not None), None)
    return None if value is None else value != usual


def _is_slanted_or_dotted(style: Element) -> bool | None:
    """Dots under characters are what Chinese has for italics."""
    slanted = _compared(style, f"{_FO}font-style", "normal")
    dotted = _compared(style, f"{_STYLE}text-emphasize", "none")
    return None if slanted is None and dotted is None else bool(slanted or dotted)


def _numbered_lists(tree: Element) -> Iterator[str]:
    for style in tree.iter(f"{_TEXT}list-style"):
        if style.find(f"{_TEXT}list-level-style-number") is not None:
            yield style.get(f"{_STYLE}name", "")


def _list_names(listing: Element) -> Iterator[str]:
    """The style of a list, or of the list it lies in."""
    for element in (listing, *listing.iterancestors(f"{_TEXT}list")):
        name = element.get(f"{_TEXT}style-name", "")
        if name:
            yield name


def _paragraph_tag(source: Element, line: list[str]) -> str:
    level = source.get(f"{_TEXT}outline-level", "1")
    if source.tag == f"{_TEXT}h" and level.isdecimal() and int(level) <= _LOWEST_HEADING:
        return f"h{max(1, int(level))}"
    return "h1" if "Title" in line else "p"


def _image(into: Element, source: Element) -> None:
    etree.SubElement(into, "img").set("src", source.get(_HREF, ""))


def _spaces(into: Element, source: Element) -> None:
    count = source.get(f"{_TEXT}c", "1")
    _append(into, " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))


def _tab(into: Element, _: Element) -> None:
    _append(into, "\t")


def _line_break(into: Element, _: Element) -> None:
    etree.SubElement(into, "br")


def _write(into: Element, text: str | None) -> None:
    """Write text as it stands between elements; blanks at a paragraph's start are none."""
    if not text or (into.tag in _HOLDING_BLOCKS and not text.strip()):
        return
    blanks = _BLANKS.sub(" ", text)
    is_begun = into.tag in _INLINES or into.text or len(into)
    _append(into, blanks if is_begun else blanks.lstrip(" "))


def _append(into: Element, text: str) -> None:
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text
