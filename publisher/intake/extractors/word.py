"""Word: the parts of a Word document, made ready for mammoth, which leaves out what it cannot say.

It promises that what mammoth would lose goes another way: a ruby becomes a link whose address names
its reading, an automatic number becomes words. Revisions are accepted as Word would accept them.
What no reader of the document sees in its text (comments, deletions, hidden words, running heads,
the table of contents) is taken out and told. The source of all names is ECMA-376, part 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.intake.extractors.markup import Element, read_xml
from publisher.intake.extractors.revisions import Revisions
from publisher.intake.extractors.wordfields import show_equations
from publisher.intake.extractors.wordforms import (
    choose_alternates,
    hoist_text_boxes,
    join_drop_caps,
    join_last_paragraph,
    spell_out,
    write_word_art,
)
from publisher.intake.extractors.wordlabels import write_label
from publisher.intake.extractors.wordnumbers import Numbering
from publisher.intake.extractors.wordstyles import Styles
from publisher.intake.extractors.wordxml import (
    MAIN,
    WP,
    A,
    R,
    V,
    W,
    all_of,
    children_of,
    is_on,
    lines_of,
    remove,
    replace,
    texts_of,
)
from publisher.intake.reading import Dropped

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
# The anchor of the link that a ruby becomes; its number counts the readings of the document.
RUBY_ANCHOR = "ruby-"
_BODIES = ("document", "footnotes", "endnotes")
_READ_BY_MAMMOTH = (*_BODIES, "styles", "numbering")
MEDIA = "word/media/"
# Parts whose words are drawn: charts, and diagrams made of lists.
_DRAWINGS = ("word/charts/chart", "word/diagrams/data")
_MARGINS = {"hdr": say("running head"), "ftr": say("running foot")}
# What has a tie to another part, and the attributes that name it.
_TIED = (f"{W}hyperlink", f"{A}blip", f"{V}imagedata")
_RELATIONS = (f"{R}embed", f"{R}id")
# What says nothing but how words look, or would have mammoth merge cells that hold words.
_LOOKS = tuple(
    f"{W}{name}"
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


def prepared(parts: Mapping[str, bytes], file: str) -> Prepared:
    """A Word document's parts made ready. Raises PublisherError where one is no sound XML."""
    trees = {name: _tree(content, name, file) for name, content in parts.items() if _is_xml(name)}
    related = {
        name: read_xml(content, Place(file, key=name))
        for name, content in parts.items()
        if _tells_relations(name)
    }
    kinds = {name: etree.QName(tree).localname for name, tree in trees.items()}
    styles = Styles(tree for name, tree in trees.items() if kinds[name] == "styles")
    lists = [tree for name, tree in trees.items() if kinds[name] == "numbering"]
    preparation = _Preparation(styles, Numbering(lists, styles))
    for tree in lists:
        # Which paragraphs are items is written into them.
        etree.strip_elements(tree, f"{W}pStyle", with_tail=False)
    for name, tree in trees.items():
        preparation.take(tree, kinds[name], _relations(name, related))
    bodies = [tree for name, tree in trees.items() if kinds[name] in _BODIES]
    preparation.match_notes(bodies)
    _require_bearable(bodies, file)
    preparation.tell_drawings(_drawings(parts, file))
    wanted = {name: tree for name, tree in trees.items() if kinds[name] in _READ_BY_MAMMOTH}
    media = {name: content for name, content in parts.items() if name.startswith(MEDIA)}
    return Prepared(
        {name: etree.tostring(tree) for name, tree in (related | wanted).items()} | media,
        tuple(preparation.readings),
        tuple(preparation.dropped),
        Revisions(preparation.insertions, preparation.deletions),
        tuple(preparation.words),
    )


def _drawings(parts: Mapping[str, bytes], file: str) -> list[Element]:
    return [
        read_xml(content, Place(file, key=name))
        for name, content in parts.items()
        if name.startswith(_DRAWINGS) and name.endswith(".xml")
    ]


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
    return read_xml(content.replace(_STRICT, MAIN.encode()), Place(file, key=name))


class _Preparation:
    """Makes the parts of one document ready, one after another."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.words: list[str] = []
        self.readings: list[str] = []
        self.dropped: list[Dropped] = []
        self.insertions = 0
        self.deletions = 0
        self._styles = styles
        self._numbering = numbering

    def take(self, tree: Element, kind: str, related: frozenset[str]) -> None:
        """Make a part ready, or tell all its words where it is no part of the text.

        `related` are the names by which the part knows other parts.
        """
        if kind in (*_BODIES, *_MARGINS, "comments"):
            choose_alternates(tree)
            write_word_art(tree)
            show_equations(tree)
            self.words += texts_of(tree)
        if kind in _MARGINS:
            self._drop(tree, _MARGINS[kind])
        elif kind == "comments":
            for comment in tree.iter(f"{W}comment"):
                self._drop(comment, say("comment"))
        elif kind in _BODIES:
            self._make_ready(tree, related)
        if kind == "document":
            self._number(tree)
        if kind in _BODIES:
            for paragraph in all_of(tree, "p"):
                self._styles.rename(paragraph)
            etree.strip_elements(tree, *_LOOKS, with_tail=False)

    def tell_drawings(self, parts: Iterable[Element]) -> None:
        """Tell the words of parts that are drawn."""
        for part in parts:
            words = [text.text or "" for text in part.iter(f"{A}t")]
            self.words += words
            self._tell("\n".join(words), say("words of a drawing"))

    def match_notes(self, trees: list[Element]) -> None:
        """Tell the notes that nothing calls; take away the calls that call nothing."""
        for kind in ("footnote", "endnote"):
            calls = [call for tree in trees for call in all_of(tree, f"{kind}Reference")]
            bodies = [note for tree in trees for note in all_of(tree, kind)]
            called = {call.get(f"{W}id") for call in calls}
            for note in bodies:
                if note.get(f"{W}id") not in called:
                    self._drop(note, say("a note that nothing calls"))
            numbers = {note.get(f"{W}id") for note in bodies}
            for call in calls:
                if call.get(f"{W}id") not in numbers:
                    remove(call)

    def _make_ready(self, tree: Element, related: frozenset[str]) -> None:
        self._count_revisions(tree)
        self._take_out(_with_words(tree, "del"), say("deleted in the source"))
        self._take_out(_with_words(tree, "moveFrom"), say("moved elsewhere in the source"))
        self._take_out(_rows_deleted(tree), say("deleted in the source"))
        self._take_out(filter(_is_hidden, all_of(tree, "r")), say("hidden in the source"))
        self._take_out(_prompts(tree), say("a prompt to write something"))
        self._take_out(
            filter(self._styles.is_contents, all_of(tree, "p")), say("table of contents")
        )
        self._tell_wordless_drawings(tree)
        join_last_paragraph(tree)
        join_drop_caps(tree)
        hoist_text_boxes(tree)
        self._turn_rubies(tree)
        spell_out(tree)
        self._cut_ties(tree, related)

    def _number(self, tree: Element) -> None:
        for paragraph in all_of(tree, "p"):
            label = self._numbering.label(paragraph)
            if label is not None:
                is_heading = self._styles.level(paragraph) is not None
                write_label(paragraph, label, is_heading=is_heading)

    def _tell_wordless_drawings(self, tree: Element) -> None:
        """Tell the descriptions of charts and the like, of which nothing else is taken."""
        for drawing in all_of(tree, "drawing"):
            is_shown = any(True for _ in drawing.iter(f"{A}blip", f"{W}txbxContent"))
            for properties in () if is_shown else drawing.iter(f"{WP}docPr"):
                self._tell(properties.get("descr", ""), say("the description of a drawing"))
        for part in all_of(tree, "altChunk"):
            self._tell(part.get(f"{R}id", ""), say("a file within the document"))

    def _drop(self, element: Element, reason: Message) -> None:
        self._tell(lines_of(element), reason)

    def _tell(self, text: str, reason: Message) -> None:
        if text.strip():
            self.dropped.append(Dropped(text, reason))

    def _take_out(self, elements: Iterable[Element], reason: Message) -> None:
        for element in list(elements):
            self._drop(element, reason)
            remove(element)

    def _count_revisions(self, tree: Element) -> None:
        self.insertions += sum(1 for _ in _with_words(tree, "ins"))
        self.deletions += sum(1 for _ in _with_words(tree, "del"))

    def _cut_ties(self, tree: Element, related: frozenset[str]) -> None:
        """Take away what leads out of the file or nowhere, and what merges cells with words."""
        for element in tree.iter(*_TIED):
            anchor = element.get(f"{W}anchor", "")
            if not anchor.startswith(RUBY_ANCHOR):
                element.attrib.pop(f"{W}anchor", "")
            element.attrib.pop(f"{R}link", "")
            for name in _RELATIONS:
                other = element.get(name)
                if other is not None and other not in related:
                    del element.attrib[name]
                    if element.tag != f"{W}hyperlink":
                        self.dropped.append(
                            Dropped(other, say("a picture that is not in the file"))
                        )

    # Rubies ---------------------------------------------------------------------------------------

    def _turn_rubies(self, tree: Element) -> None:
        for ruby in list(all_of(tree, "ruby")):
            reading = "".join(texts_of(ruby.find(f"{W}rt")))
            link = etree.Element(f"{W}hyperlink")
            link.set(f"{W}anchor", f"{RUBY_ANCHOR}{len(self.readings)}")
            link.extend(list(children_of(ruby.find(f"{W}rubyBase"))))
            replace(ruby, link)
            self.readings.append(reading)


def _with_words(tree: Element, name: str) -> Iterator[Element]:
    """Tracked changes of words; the same names within properties speak of marks and rows."""
    return (change for change in all_of(tree, name) if texts_of(change))


def _rows_deleted(tree: Element) -> Iterator[Element]:
    return (row for row in all_of(tree, "tr") if row.find(f"{W}trPr/{W}del") is not None)


def _is_hidden(run: Element) -> bool:
    return is_on(run.find(f"{W}rPr/{W}vanish"))


def _prompts(tree: Element) -> Iterator[Element]:
    """Contents of fields to be filled in that nobody filled in (17.5.2.39)."""
    for field in all_of(tree, "sdt"):
        if is_on(field.find(f"{W}sdtPr/{W}showingPlcHdr")):
            yield from field.iterchildren(f"{W}sdtContent")
