"""Elements: a tree of HTML, from whatever source, as lines of text with their spans.

It promises that every word of the tree is in a line, in a note or in what was dropped, in the order
in which it stands. Styles, scripts and forms of address of a page are no words of it. What the
extractors of Word, OpenDocument, web pages and EPUB have in common is here, and only here; the tree
they hand over is HTML, where a note's call is an element `note-call` whose `ref` names the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from publisher.ground.messages import Message, say
from publisher.intake.extractors.blocks import Blocks
from publisher.intake.extractors.labels import Labels
from publisher.intake.extractors.markup import Element, words
from publisher.intake.extractors.passages import Line, Passages, note_of
from publisher.intake.extractors.rubies import Rubies
from publisher.intake.extractors.stick import Stick
from publisher.intake.extractors.tags import (
    BLOCKS,
    CELLS,
    LEFT_OUT,
    NOTE_CALL,
    PAGE,
    STYLES,
    WORDLESS,
    description,
    is_hidden,
    is_of_words,
)
from publisher.intake.extractors.verse import as_verse, is_verse
from publisher.intake.reading import Dropped, Note, Role, figure_value

_LINKED = ("http://", "https://", "mailto:")
_ANY_BREAK = re.compile(r"[\n\r]")
_LONGEST_ADDRESS = 200
_QUOTATION_MARKS = "“”"


def read_elements(
    root: Element,
    notes: Mapping[str, Element] | None = None,
    pictures: Mapping[str, str] | None = None,
    *,
    blanks_count: bool = False,
) -> Passages:
    """The lines of a tree.

    `notes` are the bodies that calls refer to, `pictures` the names of pictures by their address.
    Where `blanks_count`, spaces and tabs are the author's; else they collapse as in a browser.
    """
    labels = Labels({} if notes is None else dict(notes))
    scribe = _Scribe(labels, pictures or {}, blanks_count)
    lines = scribe.written(root)
    bodies: list[Note] = []
    dropped = list(scribe.dropped)
    # A note may call another one: those called last are written last.
    while len(bodies) < len(labels.called):
        label, body = labels.called[len(bodies)]
        of_note = _Scribe(labels, pictures or {}, blanks_count)
        bodies.append(note_of(label, of_note.written(body)))
        dropped += of_note.dropped
    return Passages(lines, tuple(bodies), tuple(dropped))


class _Scribe:
    """Writes a tree down, line by line."""

    def __init__(self, labels: Labels, pictures: Mapping[str, str], blanks_count: bool) -> None:
        self.dropped: list[Dropped] = []
        self._labels = labels
        self._pictures = pictures
        self._blanks_count = blanks_count
        self._lines: list[Line] = []
        self._stick = Stick()
        self._blocks = Blocks()
        self._rubies = Rubies()
        self._styles: list[tuple[Element, Role, str, int]] = []
        self._tables: list[bool] = []
        # Where the cells of a row part, as long as one is written.
        self._row: list[int] | None = None
        self._figures: list[list[str]] = []
        self._preformatted = 0

    def written(self, root: Element) -> tuple[Line, ...]:
        """The lines of a tree; its tail is not part of it."""
        walk = etree.iterwalk(root, events=("start", "end"))
        passed: Element | None = None
        for event, element in walk:
            if event == "start":
                if self._passes_over(element):
                    walk.skip_subtree()
                    passed = element
                else:
                    self._begin(element)
                    self._write(element.text or "")
                continue
            if element is not passed:
                self._end(element)
            passed = None
            if element is not root:
                self._write(element.tail or "")
        self._end_line()
        return tuple(self._lines)

    # Elements -------------------------------------------------------------------------------------

    def _passes_over(self, element: Element) -> bool:
        """Whether what is in an element is no text; what there is of it is taken down."""
        tag = str(element.tag)
        if tag == NOTE_CALL:
            self._call(element)
        elif tag == "rt":
            self._annotate(element)
        elif tag in LEFT_OUT:
            self._drop(words(element), LEFT_OUT[tag])
        elif tag not in WORDLESS and is_hidden(element):
            self._drop(words(element), say("hidden in the source"))
        else:
            return tag in WORDLESS
        return True

    def _begin(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in BLOCKS:
            self._begin_block(element, tag)
        elif tag in STYLES:
            self._begin_style(element, STYLES[tag])
        elif tag == "ruby":
            self._rubies.begin(self._stick.length)
        elif tag == "rb":
            self._rubies.begin_base(self._stick.length)
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._picture(element)
        elif tag == "q":
            self._write(_QUOTATION_MARKS[0])

    def _end(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in BLOCKS:
            self._end_block(element, tag)
        elif tag in STYLES:
            self._end_style(element)
        elif tag == "ruby":
            self._rubies.end()
        elif tag == "rb":
            self._rubies.end_base(self._stick.length)
        elif tag == "q":
            self._write(_QUOTATION_MARKS[1])

    def _begin_block(self, element: Element, tag: str) -> None:
        if self._row is not None and tag != "tr":
            if tag in CELLS:
                self._begin_cell(element, self._row)
            return
        self._end_line()
        self._blocks.begin(element, len(self._lines))
        if tag == "pre":
            self._preformatted += 1
        elif tag == "figure":
            self._figures.append([])
        elif tag == "table":
            self._tables.append(is_of_words(element))
        elif tag == "tr" and self._tables and self._tables[-1]:
            self._row = []

    def _end_block(self, element: Element, tag: str) -> None:
        block = self._blocks.innermost(element)
        if block is None:
            return
        if tag == "tr" and self._row is not None:
            self._end_row(self._row)
        self._end_line()
        if tag == "hr":
            self._stick.point(Role.BREAK, PAGE if element.get("class") == PAGE else "")
            self._end_line()
        elif tag == "p" and len(self._lines) == block.first:
            self._blank_line()
        elif tag == "pre":
            self._preformatted -= 1
        elif tag == "figure":
            self._end_figure()
        elif tag == "table":
            self._tables.pop()
        own = self._lines[block.first :]
        if is_verse(element, own):
            self._lines[block.first :] = map(as_verse, own)
        self._blocks.end()

    def _begin_style(self, element: Element, role: Role) -> None:
        value = element.get("href", "").strip() if role is Role.LINK else ""
        if role is not Role.LINK or value.lower().startswith(_LINKED):
            self._styles.append((element, role, value, self._stick.length))

    def _end_style(self, element: Element) -> None:
        if self._styles and self._styles[-1][0] is element:
            _, role, value, start = self._styles.pop()
            self._stick.mark(start, role, value)

    # Tables ---------------------------------------------------------------------------------------

    def _begin_cell(self, element: Element, row: list[int]) -> None:
        if element.getprevious() is not None:
            row.append(self._stick.length)
            self._stick.put("\t")

    def _end_row(self, row: list[int]) -> None:
        self._row = None
        if self._stick.length:
            self._stick.cover(Role.ROW, ",".join(map(str, row)))

    # Pictures, notes, readings --------------------------------------------------------------------

    def _picture(self, element: Element) -> None:
        address = element.get("src", "").strip()
        name = self._pictures.get(address)
        if name is None:
            told = f"{description(element)} {_shortened(address)}"
            self._drop(told, say("a picture that is not in the file"))
            return
        value = figure_value(name, description(element))
        if self._figures:
            self._figures[-1].append(value)
        else:
            self._stick.point(Role.FIGURE, value)

    def _end_figure(self) -> None:
        for value in self._figures.pop():
            self._stick.point(Role.FIGURE, value)
        self._end_line()

    def _caption(self) -> None:
        """A caption is its first picture's; what other pictures there are stand before it."""
        *others, value = self._figures[-1]
        for other in others:
            self._stick.point(Role.FIGURE, other, at=0)
        self._stick.cover(Role.FIGURE, value)
        self._figures[-1].clear()

    def _call(self, element: Element) -> None:
        label = self._labels.label(element.get("ref", ""))
        if label is not None:
            self._stick.point(Role.NOTE, label)

    def _annotate(self, element: Element) -> None:
        """A reading belongs to the base before it; one without a base is left out and told."""
        reading = words(element)
        if not self._rubies.annotate(reading, self._stick):
            self._drop(reading, say("a reading without characters"))

    def _drop(self, text: str, reason: Message) -> None:
        if text.strip():
            self.dropped.append(Dropped(text.strip(), reason))

    # Text -----------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        if self._preformatted:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._stick.put(first)
            for line in others:
                self._break()
                self._stick.put(line)
        elif self._blanks_count:
            self._stick.put(_ANY_BREAK.sub(" ", text))
        else:
            self._stick.write(text)

    def _break(self) -> None:
        """End a line where the author ended it; within a heading or a row lines go on."""
        if self._row is not None or self._blocks.heading:
            self._write(" ")
        elif not self._end_line():
            self._blank_line()

    def _blank_line(self) -> None:
        self._lines.append(Line("", (), self._blocks.containers))

    def _end_line(self) -> bool:
        """Put the line away with its roles; False where there was none."""
        for _, role, value, start in self._styles:
            self._stick.mark(start, role, value)
        self._styles = [(element, role, value, 0) for element, role, value, _ in self._styles]
        self._rubies.start_line()
        is_begun = self._stick.is_begun
        if is_begun:
            self._add_roles()
            self._lines.append(self._stick.line(self._blocks.containers))
        self._stick = Stick()
        return is_begun

    def _add_roles(self) -> None:
        """The roles of a whole line, from the blocks it stands in."""
        if self._figures and self._figures[-1] and self._blocks.is_in("figcaption"):
            self._caption()
        if self._blocks.heading:
            self._stick.mark(0, Role.HEADING, self._blocks.heading)
        elif self._blocks.is_in_list and self._stick.length:
            self._stick.cover(Role.ITEM, self._blocks.item())
        if self._blocks.is_in("blockquote") and self._stick.length:
            self._stick.cover(Role.QUOTE)


def _shortened(address: str) -> str:
    """An address as it is told; pictures written into the page are not told whole."""
    return address if len(address) <= _LONGEST_ADDRESS else address[:60] + "…"
