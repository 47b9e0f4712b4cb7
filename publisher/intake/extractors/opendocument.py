"""OpenDocument: the content of a text document as a tree of HTML, for `elements` to read.

It promises that no word of a paragraph is passed over: what a reader of the document does not see
(comments, deletions, hidden words, the table of contents) is told. The source of all names is ODF
1.3, part 3; blanks collapse as its section 6.1.2 says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from publisher.ground.messages import Message, say
from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.odfstyles import DRAW, OFFICE, SVG, TABLE, TEXT, Styles
from publisher.intake.extractors.revisions import Revisions
from publisher.intake.extractors.tags import NOTE_CALL, PAGE, first_number
from publisher.intake.reading import Dropped

_HREF = "{http://www.w3.org/1999/xlink}href"

_BLANKS = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_LOWEST_HEADING = 6
_MOST_SPACES = 200
_PLAIN = {
    f"{TEXT}list-header": "li", f"{TABLE}table": "table",
    f"{TABLE}table-row": "tr", f"{TABLE}table-cell": "td", f"{TABLE}covered-table-cell": "td",
    f"{TEXT}ruby": "ruby", f"{TEXT}ruby-base": "rb", f"{TEXT}ruby-text": "rt",
    f"{TEXT}section": "div", f"{TEXT}numbered-paragraph": "div",
}  # fmt: skip
_TOLD = {
    f"{OFFICE}annotation": say("comment"),
    f"{TEXT}hidden-text": say("hidden in the source"),
    f"{TEXT}hidden-paragraph": say("hidden in the source"),
    f"{TEXT}placeholder": say("a prompt to write something"),
    f"{TEXT}table-of-content": say("table of contents"),
    **{
        f"{TEXT}{kind}-index": say("an index of pages")
        for kind in ("alphabetical", "illustration", "table", "object", "user")
    },
}
_HOLDING_BLOCKS = ("div", "table", "tr", "td", "ul", "ol", "li")
_INLINES = ("span", "strong", "em", "a", "ruby", "rb", "rt")
_CONTINUED = f"{TEXT}continue-list"
_DESCRIPTIONS = (f"{SVG}desc", f"{SVG}title")
_UNSEEN = (
    f"{TEXT}note-citation", f"{TEXT}tracked-changes", f"{OFFICE}forms", *_DESCRIPTIONS,
)  # fmt: skip


class Document(NamedTuple):
    """A document converted: its body as HTML, its notes by their calls, what was left out."""

    body: Element
    notes: dict[str, Element]
    dropped: tuple[Dropped, ...]
    revisions: Revisions


def converted(trees: list[Element]) -> Document:
    """The first tree's text; all trees together know the styles."""
    conversion = _Conversion(trees)
    body = etree.Element("div")
    for text in trees[0].iter(f"{OFFICE}text"):
        conversion.fill(body, text)
    insertions = sum(1 for _ in trees[0].iter(f"{TEXT}insertion"))
    deletions = list(trees[0].iter(f"{TEXT}deletion"))
    for deletion in deletions:
        conversion.drop(deletion, say("deleted in the source"))
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
        if child.tag not in (*_PARAGRAPHS, *_UNSEEN, f"{OFFICE}annotation"):
            yield from _own_words(child)
        yield child.tail or ""


class _Conversion:
    """Converts the elements of one document."""

    def __init__(self, trees: list[Element]) -> None:
        self.notes: dict[str, Element] = {}
        self.dropped: list[Dropped] = []
        self._styles = Styles(trees)
        self._floating: list[Element] = []
        # The last number of the lists of each style, for those that go on with them.
        self._ends: dict[str, int] = {}
        self._converters: dict[str, Callable[[Element, Element], None]] = {
            f"{TEXT}p": self._paragraph,
            f"{TEXT}h": self._paragraph,
            f"{TEXT}span": self._span,
            f"{TEXT}s": _spaces,
            f"{TEXT}tab": _tab,
            f"{TEXT}line-break": _line_break,
            f"{TEXT}a": self._link,
            f"{TEXT}note": self._note,
            f"{TEXT}list": self._list,
            f"{TEXT}list-item": self._item,
            f"{DRAW}object": self._object,
            f"{DRAW}image": _image,
            f"{DRAW}text-box": self._text_box,
        }

    def fill(self, into: Element, source: Element) -> None:
        """Convert what is in an element of the source."""
        _write(into, source.text)
        for child in source:
            self._convert(into, child)
            _write(into, child.tail)

    def drop(self, element: Element, reason: Message) -> None:
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
        name = source.get(f"{TEXT}style-name", "")
        if self._styles.says("paragraph", name, "hidden"):
            self.drop(source, say("hidden in the source"))
            return
        if self._styles.says("paragraph", name, "new_page"):
            etree.SubElement(into, "hr").set("class", PAGE)
        line = list(self._styles.line("paragraph", name))
        holder = etree.SubElement(into, "blockquote") if "Quotations" in line else into
        floating, self._floating = self._floating, []
        paragraph = etree.SubElement(holder, _paragraph_tag(source, line))
        self.fill(paragraph, source)
        holder.extend(self._floating)
        self._floating = floating

    def _span(self, into: Element, source: Element) -> None:
        name = source.get(f"{TEXT}style-name", "")
        if self._styles.says("text", name, "hidden"):
            self.drop(source, say("hidden in the source"))
            return
        line = list(self._styles.line("text", name))
        if "Strong_20_Emphasis" in line or self._styles.says("text", name, "bold"):
            into = etree.SubElement(into, "strong")
        if "Emphasis" in line or self._styles.says("text", name, "italic"):
            into = etree.SubElement(into, "em")
        self.fill(into, source)

    def _link(self, into: Element, source: Element) -> None:
        link = etree.SubElement(into, "a")
        link.set("href", source.get(_HREF, ""))
        self.fill(link, source)

    def _note(self, into: Element, source: Element) -> None:
        body = etree.Element("div")
        for part in source.iter(f"{TEXT}note-body"):
            self.fill(body, part)
        label = str(len(self.notes) + 1)
        self.notes[label] = body
        etree.SubElement(into, NOTE_CALL).set("ref", label)

    def _list(self, into: Element, source: Element) -> None:
        name = next(_list_names(source), "")
        listing = etree.SubElement(into, "ol" if name in self._styles.numbered_lists else "ul")
        if source.get(f"{TEXT}continue-numbering") == "true" or source.get(_CONTINUED):
            listing.set("start", str(self._ends.get(name, 0) + 1))
        self.fill(listing, source)
        if not any(True for _ in source.iterancestors(f"{TEXT}list")):
            self._ends[name] = _last_number(listing)

    def _item(self, into: Element, source: Element) -> None:
        item = etree.SubElement(into, "li")
        number = source.get(f"{TEXT}start-value", "")
        if number:
            item.set("value", number)
        self.fill(item, source)

    def _object(self, _: Element, source: Element) -> None:
        """A chart or the like: nothing of it is taken but what is said of it."""
        text = _described(source)
        if text:
            self.dropped.append(Dropped(text, say("the description of a drawing")))

    def _text_box(self, into: Element, source: Element) -> None:
        """What stands in a text box follows the paragraph that it hangs on."""
        box = etree.Element("div")
        self.fill(box, source)
        if into.tag == "div":
            into.append(box)
        else:
            self._floating.append(box)


def _list_names(listing: Element) -> Iterator[str]:
    """The style of a list, or of the list it lies in."""
    for element in (listing, *listing.iterancestors(f"{TEXT}list")):
        name = element.get(f"{TEXT}style-name", "")
        if name:
            yield name


def _paragraph_tag(source: Element, line: list[str]) -> str:
    level = source.get(f"{TEXT}outline-level", "1")
    if source.tag == f"{TEXT}h" and level.isdecimal() and int(level) <= _LOWEST_HEADING:
        return f"h{max(1, int(level))}"
    return "h1" if "Title" in line else "p"


def _image(into: Element, source: Element) -> None:
    image = etree.SubElement(into, "img")
    image.set("src", source.get(_HREF, ""))
    image.set("alt", _described(source))


def _described(source: Element) -> str:
    """What the frame of a picture says is to be seen in it."""
    frame = source.getparent()
    said = [] if frame is None else [frame.findtext(tag, "").strip() for tag in _DESCRIPTIONS]
    return next(filter(None, said), "")


def _last_number(listing: Element) -> int:
    number = first_number(listing) - 1
    for item in listing.iterchildren("li"):
        value = item.get("value", "")
        number = int(value) if value.isdecimal() else number + 1
    return number


def _spaces(into: Element, source: Element) -> None:
    count = source.get(f"{TEXT}c", "1")
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
