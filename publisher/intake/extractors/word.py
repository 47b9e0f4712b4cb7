"""Word: the parts of a Word document, made ready for mammoth, which leaves out what it cannot say.

It promises that what mammoth would lose goes another way: a ruby becomes a link whose address names
its reading, the words of a text box become paragraphs after the one it hangs on, formulas become
their characters. Revisions are accepted as Word would accept them. What no reader of the document
sees in its text (comments, deletions, hidden words, running heads, the table of contents) is taken
out and told. The source of all names is ECMA-376, part 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.intake.extractors.markup import Element, read_xml
from publisher.intake.extractors.revisions import Revisions
from publisher.intake.reading import Dropped

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_MAIN}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# The anchor of the link that a ruby becomes; its number counts the readings of the document.
RUBY_ANCHOR = "ruby-"
HEADING_STYLE = "PublisherHeading"
QUOTE_STYLE = "PublisherQuote"
_TEXTS = (f"{_W}t", f"{_W}delText", f"{_M}t")
_BODIES = ("document", "footnotes", "endnotes")
_READ_BY_MAMMOTH = (*_BODIES, "styles", "numbering")
MEDIA = "word/media/"
_MARGINS = {"hdr": "running head", "ftr": "running foot"}
_QUOTES = {"quote", "intense quote", "block text", "block quotation", "引文", "明显引用", "引用"}
_CONTENTS = re.compile(r"toc (?:\d|heading)|目录", re.IGNORECASE)
_TITLE = "title"
_LOWEST_HEADING = 6
# What has a tie to another part, and the attributes that name it.
_TIED = (
    f"{_W}hyperlink",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_RELATIONS = (f"{_R}embed", f"{_R}id")
# What says nothing but how words look, or would have mammoth merge cells that hold words.
_LOOKS = tuple(
    f"{_W}{name}"
    for name in (
        "rFonts", "sz", "szCs", "color", "kern", "lang", "spacing", "ind", "jc", "shd", "u", "w",
        "highlight", "bCs", "iCs", "position", "snapToGrid", "widowControl", "adjustRightInd",
        "autoSpaceDE", "autoSpaceDN", "overflowPunct", "topLinePunct", "wordWrap", "kinsoku",
        "pBdr", "tabs", "keepNext", "keepLines", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr",
        "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "vMerge", "noProof",
    )
)  # fmt: skip
# A million characters, as they are usually cut up; more keep mammoth busy for minutes.
MOST_ELEMENTS = 150_000
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Prepared:
    """A document made ready: its parts, the readings of its rubies, what was taken out of it.

    `words` are all words that stood in it, run by run, in the order of its parts.
    """

    parts: Mapping[str, bytes]
    readings: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    revisions: Revisions
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Style:
    """What a paragraph style is to us."""

    name: str
    based_on: str
    level: int | None


def prepared(parts: Mapping[str, bytes], file: str) -> Prepared:
    """A Word document's parts made ready. Raises PublisherError where one is no sound XML."""
    trees = {name: _tree(content, name, file) for name, content in parts.items() if _is_xml(name)}
    related = {
        name: read_xml(content, Place(file, key=name))
        for name, content in parts.items()
        if _tells_relations(name)
    }
    kinds = {name: etree.QName(tree).localname for name, tree in trees.items()}
    preparation = _Preparation(_styles(trees, kinds))
    for name, tree in trees.items():
        preparation.take(tree, kinds[name], _relations(name, related))
    bodies = [tree for name, tree in trees.items() if kinds[name] in _BODIES]
    preparation.match_notes(bodies)
    _require_bearable(bodies, file)
    wanted = {name: tree for name, tree in trees.items() if kinds[name] in _READ_BY_MAMMOTH}
    media = {name: content for name, content in parts.items() if name.startswith(MEDIA)}
    return Prepared(
        {name: etree.tostring(tree) for name, tree in (related | wanted).items()} | media,
        tuple(preparation.readings),
        tuple(preparation.dropped),
        Revisions(preparation.insertions, preparation.deletions),
        tuple(preparation.words),
    )


def _is_xml(name: str) -> bool:
    return name.startswith("word/") and name.count("/") == 1 and name.endswith(".xml")


def _tells_relations(name: str) -> bool:
    return name == "[Content_Types].xml" or name.endswith(".rels")


def _relations(name: str, related: Mapping[str, Element]) -> frozenset[str]:
    """The names by which a part of `word/` knows others (part 2, 6.5)."""
    relations = f"word/_rels/{name.removeprefix('word/')}.rels"
    if relations not in related:
        return frozenset()
    return frozenset(relation.get("Id", "") for relation in related[relations])


def _require_bearable(trees: list[Element], file: str) -> None:
    count = sum(1 for tree in trees for _ in tree.iter())
    if count > MOST_ELEMENTS:
        raise PublisherError.of(
            say("the document has {count} paragraphs and pieces of text", count=f"{count:,}"),
            Remedy.EDITOR,
            Place(file),
            say("part it into several documents of less than {most}", most=f"{MOST_ELEMENTS:,}"),
        )


def _tree(content: bytes, name: str, file: str) -> Element:
    return read_xml(content.replace(_STRICT, _MAIN.encode()), Place(file, key=name))


class _Preparation:
    """Makes the parts of one document ready, one after another."""

    def __init__(self, styles: Mapping[str, _Style]) -> None:
        self.words: list[str] = []
        self.readings: list[str] = []
        self.dropped: list[Dropped] = []
        self.insertions = 0
        self.deletions = 0
        self._styles = styles

    def take(self, tree: Element, kind: str, related: frozenset[str]) -> None:
        """Make a part ready, or tell all its words where it is no part of the text.

        `related` are the names by which the part knows other parts.
        """
        if kind in (*_BODIES, *_MARGINS, "comments"):
            _choose_alternates(tree)
            self.words += _texts(tree)
        if kind in _MARGINS:
            self._drop(tree, _MARGINS[kind])
        elif kind == "comments":
            for comment in tree.iter(f"{_W}comment"):
                self._drop(comment, "comment")
        elif kind in _BODIES:
            self._make_ready(tree, related)

    def match_notes(self, trees: list[Element]) -> None:
        """Tell the notes that nothing calls; take away the calls that call nothing."""
        for kind in ("footnote", "endnote"):
            calls = [call for tree in trees for call in _all(tree, f"{kind}Reference")]
            bodies = [note for tree in trees for note in _all(tree, kind)]
            called = {call.get(f"{_W}id") for call in calls}
            for note in bodies:
                if note.get(f"{_W}id") not in called:
                    self._drop(note, "a note that nothing calls")
            numbers = {note.get(f"{_W}id") for note in bodies}
            for call in calls:
                if call.get(f"{_W}id") not in numbers:
                    _remove(call)

    def _make_ready(self, tree: Element, related: frozenset[str]) -> None:
        self._count_revisions(tree)
        self._take_out(_with_words(tree, "del"), "deleted in the source")
        self._take_out(_with_words(tree, "moveFrom"), "moved elsewhere in the source")
        self._take_out(_rows_deleted(tree), "deleted in the source")
        self._take_out(filter(_is_hidden, _all(tree, "r")), "hidden in the source")
        self._take_out(filter(self._is_contents, _all(tree, "p")), "table of contents")
        _join_last_paragraph(tree)
        _hoist_text_boxes(tree)
        self._turn_rubies(tree)
        _spell_out(tree)
        self._name_styles(tree)
        self._cut_ties(tree, related)
        etree.strip_elements(tree, *_LOOKS, with_tail=False)

    def _drop(self, element: Element, reason: str) -> None:
        text = _lines_of(element)
        if text.strip():
            self.dropped.append(Dropped(text, reason))

    def _take_out(self, elements: Iterable[Element], reason: str) -> None:
        for element in list(elements):
            self._drop(element, reason)
            _remove(element)

    def _count_revisions(self, tree: Element) -> None:
        self.insertions += sum(1 for _ in _with_words(tree, "ins"))
        self.deletions += sum(1 for _ in _with_words(tree, "del"))

    def _is_contents(self, paragraph: Element) -> bool:
        return any(_CONTENTS.match(style.name) for style in self._line_of(paragraph))

    def _cut_ties(self, tree: Element, related: frozenset[str]) -> None:
        """Take away what leads out of the file or nowhere, and what merges cells with words."""
        for element in tree.iter(*_TIED):
            anchor = element.get(f"{_W}anchor", "")
            if not anchor.startswith(RUBY_ANCHOR):
                element.attrib.pop(f"{_W}anchor", "")
            element.attrib.pop(f"{_R}link", "")
            for name in _RELATIONS:
                other = element.get(name)
                if other is not None and other not in related:
                    del element.attrib[name]
                    if element.tag != f"{_W}hyperlink":
                        self.dropped.append(Dropped(other, "a picture that is not in the file"))

    # Rubies ---------------------------------------------------------------------------------------

    def _turn_rubies(self, tree: Element) -> None:
        for ruby in list(_all(tree, "ruby")):
            reading = "".join(_texts(ruby.find(f"{_W}rt")))
            link = etree.Element(f"{_W}hyperlink")
            link.set(f"{_W}anchor", f"{RUBY_ANCHOR}{len(self.readings)}")
            link.extend(list(_children(ruby.find(f"{_W}rubyBase"))))
            _replace(ruby, link)
            self.readings.append(reading)

    # Styles ---------------------------------------------------------------------------------------

    def _name_styles(self, tree: Element) -> None:
        for paragraph in _all(tree, "p"):
            level = self._level(paragraph)
            if level is not None:
                _set_style(paragraph, f"{HEADING_STYLE}{level}")
            elif any(style.name in _QUOTES for style in self._line_of(paragraph)):
                _set_style(paragraph, QUOTE_STYLE)

    def _level(self, paragraph: Element) -> int | None:
        """1 to 6, from the paragraph itself, or from the nearest style that has a level."""
        own = _outline_level(paragraph.find(f"{_W}pPr"))
        levels = [own, *(style.level for style in self._line_of(paragraph))]
        level = next((level for level in levels if level is not None), None)
        return level if level is not None and level <= _LOWEST_HEADING else None

    def _line_of(self, paragraph: Element) -> Iterator[_Style]:
        """A paragraph's style and those it is based on."""
        name = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = "" if name is None else name.get(f"{_W}val", "")
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


def _styles(trees: Mapping[str, Element], kinds: Mapping[str, str]) -> dict[str, _Style]:
    parts = [tree for name, tree in trees.items() if kinds[name] == "styles"]
    return {
        style.get(f"{_W}styleId", ""): _Style(
            _value(style, "name").casefold(), _value(style, "basedOn"), _style_level(style)
        )
        for part in parts
        for style in part.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
    }


def _style_level(style: Element) -> int | None:
    if _value(style, "name").casefold() == _TITLE:
        return 1
    return _outline_level(style.find(f"{_W}pPr"))


def _outline_level(properties: Element | None) -> int | None:
    """An outline level, counted from 1; level 10 of Word is body text (17.3.1.20)."""
    value = "" if properties is None else _value(properties, "outlineLvl")
    return int(value) + 1 if value.isdecimal() else None


def _set_style(paragraph: Element, style: str) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    for name in ("pStyle", "numPr"):
        for old in list(properties.iterchildren(f"{_W}{name}")):
            properties.remove(old)
    etree.SubElement(properties, f"{_W}pStyle").set(f"{_W}val", style)


# Trees --------------------------------------------------------------------------------------------


def _all(tree: Element, name: str) -> Iterator[Element]:
    return tree.iter(f"{_W}{name}")


def _children(element: Element | None) -> Iterator[Element]:
    return iter(()) if element is None else element.iterchildren()


def _texts(element: Element | None) -> list[str]:
    return [] if element is None else [text.text or "" for text in element.iter(*_TEXTS)]


def _with_words(tree: Element, name: str) -> Iterator[Element]:
    """Tracked changes of words; the same names within properties speak of marks and rows."""
    return (change for change in _all(tree, name) if _texts(change))


def _lines_of(element: Element) -> str:
    """The words of an element, a line for each of its paragraphs."""
    lines: list[str] = []
    before: Element | None = None
    for text in element.iter(*_TEXTS):
        paragraph = next(text.iterancestors(f"{_W}p"), None)
        if not lines or paragraph is not before:
            lines.append("")
        lines[-1] += text.text or ""
        before = paragraph
    return "\n".join(lines)


def _value(element: Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")


def _replace(old: Element, new: Element) -> None:
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        index = parent.index(element)
        parent[index : index + 1] = list(element)


def _choose_alternates(tree: Element) -> None:
    """Of each pair of alternates keep the one that has words (part 3, 7.5); else the fallback."""
    for alternates in list(tree.iter(f"{_MC}AlternateContent")):
        choice = alternates.find(f"{_MC}Choice")
        fallback = alternates.find(f"{_MC}Fallback")
        wanted = choice if fallback is None or _texts(choice) else fallback
        for other in list(alternates):
            if other is not wanted:
                alternates.remove(other)
        if wanted is not None:
            _unwrap(wanted)
        _unwrap(alternates)


def _rows_deleted(tree: Element) -> Iterator[Element]:
    return (row for row in _all(tree, "tr") if row.find(f"{_W}trPr/{_W}del") is not None)


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "") not in _OFF


def _join_last_paragraph(tree: Element) -> None:
    """A paragraph whose end was deleted runs into the next one; mammoth waits for it for ever."""
    for paragraph in _all(tree, "p"):
        mark = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del")
        following = paragraph.getnext()
        if mark is not None and (following is None or following.tag != f"{_W}p"):
            _remove(mark)


def _hoist_text_boxes(tree: Element) -> None:
    """Put what stands in text boxes after the paragraph that each hangs on."""
    for box in list(_all(tree, "txbxContent")):
        host = _outermost(box, f"{_W}p")
        if host is not None:
            for block in reversed(list(box)):
                host.addnext(block)


def _outermost(element: Element, tag: str) -> Element | None:
    hosts = list(element.iterancestors(tag))
    return hosts[-1] if hosts else None


def _spell_out(tree: Element) -> None:
    """Write as plain runs what mammoth does not know: formulas, fields, directions of writing."""
    for formula in list(tree.iter(f"{_M}oMath")):
        run = etree.Element(f"{_W}r")
        etree.SubElement(run, f"{_W}t").text = "".join(_texts(formula))
        _replace(formula, run)
    for name in (f"{_M}oMathPara", f"{_W}fldSimple", f"{_W}dir", f"{_W}bdo"):
        for element in list(tree.iter(name)):
            _unwrap(element)
    for mark in list(_all(tree, "em")):
        # Dots under characters are what Chinese has for italics.
        if mark.get(f"{_W}val", "") not in _OFF:
            mark.tag = f"{_W}i"
            mark.attrib.clear()


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
