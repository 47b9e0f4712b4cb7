"""Elements: a tree of HTML, from whatever source, as lines of text with their spans.

It promises that every word of the tree is in a line, in a note or in what was dropped, in the order
in which it stands. Styles, scripts and forms of address of a page are no words of it. What the
extractors of Word, OpenDocument, web pages and EPUB have in common is here, and only here; the tree
they hand over is HTML, where a note's call is an element `note-call` whose `ref` names the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from publisher.ground.han import is_chinese
from publisher.intake.extractors.markup import SILENT, Element, words
from publisher.intake.reading import Dropped, Note, Role, Span

NOTE_CALL = "note-call"
# The class of an `hr` where a page ends.
PAGE = "page"
# What shows nothing, or shows what its words do not say.
_SILENT = SILENT | {NOTE_CALL}
_OBJECTS = {"svg", "math", "object", "iframe", "audio", "video", "canvas"}
_HEADINGS = {f"h{level}": str(level) for level in range(1, 7)}
_PARAGRAPHS = {"p", "pre", "dt", "dd", "figcaption", "caption", "summary", "address", "legend"}
# Elements that stand for themselves: what lies in one belongs together.
_CONTAINERS = {
    "html", "body", "div", "section", "article", "main", "aside", "nav", "header", "footer", "ul",
    "ol", "dl", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "form", "fieldset", "center",
    "details", "menu", "hgroup", "select", "option",
}  # fmt: skip
_LISTS = ("ul", "ol", "menu")
_BLOCKS = _CONTAINERS | _PARAGRAPHS | set(_HEADINGS) | {"li", "blockquote", "figure", "hr"}
_STYLES = {
    "em": Role.EMPHASIS, "i": Role.EMPHASIS, "strong": Role.STRONG, "b": Role.STRONG,
    "a": Role.LINK,
}  # fmt: skip
_CELLS = ("td", "th")
# What a cell of a table of words does not hold.
_LAYING_OUT = _BLOCKS - {"p", "div"} | {"br"}
_LINKED = ("http://", "https://", "mailto:")
# Not what is only invisible until a script shows it: articles on WeChat are saved so.
_HIDDEN = re.compile(r"display\s*:\s*none|font-size\s*:\s*0(?![.\d])")
_PIECES = re.compile(r"([ \t\n\r\f]*)([^ \t\n\r\f]*)")
_ANY_BREAK = re.compile(r"[\n\r]")
# Lines of verse are short; longer ones are paragraphs that somebody parted with line breaks.
_LONGEST_VERSE = 32
_LONGEST_ADDRESS = 200
_INDENTS = ("\u3000", "  ", "\xa0")


@dataclass(frozen=True)
class Line:
    """One line: its text, spans counted from its start, and the containers it stands in.

    Containers are numbered as they begin in the tree; the outermost comes first.
    """

    text: str
    spans: tuple[Span, ...] = ()
    containers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Passages:
    """All of a tree: its lines, the notes called in them, and what was left out, with reasons."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    dropped: tuple[Dropped, ...] = ()


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
    labels = _Labels({} if notes is None else dict(notes))
    scribe = _Scribe(labels, pictures or {}, blanks_count)
    lines = scribe.written(root)
    bodies: list[Note] = []
    dropped = list(scribe.dropped)
    # A note may call another one: those called last are written last.
    while len(bodies) < len(labels.called):
        label, body = labels.called[len(bodies)]
        of_note = _Scribe(labels, pictures or {}, blanks_count)
        bodies.append(_note(label, of_note.written(body)))
        dropped += of_note.dropped
    return Passages(lines, tuple(bodies), tuple(dropped))


def joined(lines: tuple[Line, ...]) -> tuple[str, tuple[Span, ...]]:
    """Lines as one text, each ended by a line feed, and their spans in it."""
    spans: list[Span] = []
    offset = 0
    for line in lines:
        spans += (moved(span, offset) for span in line.spans)
        offset += len(line.text) + 1
    return "".join(f"{line.text}\n" for line in lines), tuple(spans)


def moved(span: Span, offset: int) -> Span:
    """A span, so many characters further on."""
    return replace(span, start=span.start + offset, stop=span.stop + offset)


def _note(label: str, lines: tuple[Line, ...]) -> Note:
    text, spans = joined(without_blank_ends(lines))
    lead = len(text) - len(text.lstrip())
    kept = tuple(moved(span, -lead) for span in spans if span.start >= lead)
    return Note(label, text.strip(), kept)


def without_blank_ends(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines from the first to the last that has anything on it."""
    filled = [index for index, line in enumerate(lines) if line.text.strip() or line.spans]
    return lines[filled[0] : filled[-1] + 1] if filled else ()


class _Labels:
    """Notes, numbered in the order of their first calls."""

    def __init__(self, bodies: dict[str, Element]) -> None:
        self.bodies = bodies
        self.called: list[tuple[str, Element]] = []
        self._labels: dict[str, str] = {}

    def label(self, ref: str) -> str | None:
        """The label of a note; None where there is no such note."""
        if ref not in self._labels and ref in self.bodies:
            self._labels[ref] = str(len(self.called) + 1)
            self.called.append((self._labels[ref], self.bodies[ref]))
        return self._labels.get(ref)


class _Block:
    """A block that has begun and not ended: which lines are its own, how its item is marked."""

    def __init__(self, element: Element, first: int, containers: tuple[int, ...]) -> None:
        self.element = element
        self.first = first
        self.containers = containers
        self.marker = ""


class _Ruby:
    """A ruby that has begun: where the base begins that waits for its reading."""

    def __init__(self, begin: int) -> None:
        self.begin = begin
        self.bases: list[tuple[int, int]] = []


class _Scribe:
    """Writes a tree down, line by line."""

    def __init__(self, labels: _Labels, pictures: Mapping[str, str], blanks_count: bool) -> None:
        self.dropped: list[Dropped] = []
        self._labels = labels
        self._pictures = pictures
        self._blanks_count = blanks_count
        self._lines: list[Line] = []
        self._text: list[str] = []
        self._length = 0
        self._last = ""
        self._gap = ""
        self._spans: list[Span] = []
        self._styles: list[tuple[Element, Role, str, int]] = []
        self._blocks: list[_Block] = []
        self._rubies: list[_Ruby] = []
        self._lists: list[int | None] = []
        self._tables: list[bool] = []
        self._row: list[int] | None = None
        self._figures: list[list[str]] = []
        self._count = 0
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
        tag = element.tag
        if tag == NOTE_CALL:
            self._call(element)
        elif tag == "rt":
            self._annotate(element)
        elif tag in _OBJECTS:
            self._drop(words(element), str(tag))
        elif tag not in _SILENT and _is_hidden(element):
            self._drop(words(element), "hidden in the source")
        else:
            return tag in _SILENT
        return True

    def _begin(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self._begin_block(element, tag)
        elif tag in _STYLES:
            self._begin_style(element, _STYLES[tag])
        elif tag == "ruby":
            self._rubies.append(_Ruby(self._length))
        elif tag == "rb" and self._rubies:
            self._rubies[-1].begin = self._length
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._picture(element)

    def _end(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self._end_block(element, tag)
        elif tag in _STYLES:
            self._end_style(element)
        elif tag == "ruby" and self._rubies:
            self._rubies.pop()
        elif tag == "rb" and self._rubies:
            self._rubies[-1].bases.append((self._rubies[-1].begin, self._length))

    def _begin_block(self, element: Element, tag: str) -> None:
        if self._row is not None and tag not in ("tr", "td", "th"):
            return
        if tag in _CELLS and self._row is not None:
            self._begin_cell(element)
            return
        self._end_line()
        containers = self._containers
        if tag in _CONTAINERS and not (tag in _LISTS and _is_of_text(element)):
            self._count += 1
            containers = (*containers, self._count)
        self._blocks.append(_Block(element, len(self._lines), containers))
        if tag == "pre":
            self._preformatted += 1
        elif tag in _LISTS:
            self._lists.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._blocks[-1].marker = self._next_marker()
        elif tag == "figure":
            self._figures.append([])
        elif tag == "table":
            self._tables.append(_is_of_words(element))
        elif tag == "tr" and self._tables and self._tables[-1]:
            self._row = []

    def _end_block(self, element: Element, tag: str) -> None:
        if not self._blocks or self._blocks[-1].element is not element:
            return
        if tag == "tr" and self._row is not None:
            self._end_row()
        self._end_line()
        block = self._blocks[-1]
        if tag == "hr":
            self._point(Role.BREAK, PAGE if element.get("class") == PAGE else "")
            self._end_line()
        elif tag == "p" and len(self._lines) == block.first:
            self._lines.append(Line("", (), self._containers))
        elif tag == "pre":
            self._preformatted -= 1
        elif tag in _LISTS:
            self._lists.pop()
        elif tag == "figure":
            self._end_figure()
        elif tag == "table":
            self._tables.pop()
        self._mark_verse(block)
        self._blocks.pop()

    def _begin_style(self, element: Element, role: Role) -> None:
        value = element.get("href", "").strip() if role is Role.LINK else ""
        if role is not Role.LINK or value.lower().startswith(_LINKED):
            self._styles.append((element, role, value, self._length))

    def _end_style(self, element: Element) -> None:
        if self._styles and self._styles[-1][0] is element:
            _, role, value, start = self._styles.pop()
            self._mark(start, self._length, role, value)

    # Lists, tables, verse -------------------------------------------------------------------------

    def _next_marker(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "-"
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}."

    def _begin_cell(self, element: Element) -> None:
        if self._row is not None and element.getprevious() is not None:
            self._row.append(self._length)
            self._put("\t")

    def _end_row(self) -> None:
        borders = ",".join(map(str, self._row or ()))
        self._row = None
        self._mark(0, self._length, Role.ROW, borders, trimmed=False)

    def _mark_verse(self, block: _Block) -> None:
        """Lines that line breaks part within one block are verse, where all of them are short."""
        own = range(block.first, len(self._lines))
        if not self._is_broken(block) or any(_is_other(self._lines[index]) for index in own):
            return
        for index in own:
            line = self._lines[index]
            if line.text:
                verse = Span(0, len(line.text), Role.VERSE)
                self._lines[index] = replace(line, spans=(verse, *line.spans))

    def _is_broken(self, block: _Block) -> bool:
        lines = [line for line in self._lines[block.first :] if line.text]
        breaks = sum(1 for _ in block.element.iterchildren("br"))
        return len(lines) > 1 and breaks >= len(lines) - 1 and block.element.find(".//p") is None

    # Pictures, notes, readings --------------------------------------------------------------------

    def _picture(self, element: Element) -> None:
        address = element.get("src", "").strip()
        name = self._pictures.get(address)
        if name is None:
            self._drop(_shortened(address), "a picture that is not in the file")
        elif self._figures:
            self._figures[-1].append(name)
        else:
            self._point(Role.FIGURE, name)

    def _end_figure(self) -> None:
        names = self._figures.pop()
        for name in names:
            self._point(Role.FIGURE, name)
        self._end_line()

    def _caption(self) -> None:
        """A caption is its first picture's; what other pictures there are stand before it."""
        *others, name = self._figures[-1]
        for other in others:
            self._spans.append(Span(0, 0, Role.FIGURE, other))
        self._spans.append(Span(0, self._length, Role.FIGURE, name))
        self._figures[-1].clear()

    def _call(self, element: Element) -> None:
        label = self._labels.label(element.get("ref", ""))
        if label is not None:
            self._point(Role.NOTE, label)

    def _annotate(self, element: Element) -> None:
        """A reading belongs to the base before it; one without a base is left out and told."""
        reading = words(element)
        if not self._rubies:
            self._drop(reading, "a reading without characters")
            return
        ruby = self._rubies[-1]
        start, stop = ruby.bases.pop(0) if ruby.bases else (ruby.begin, self._length)
        ruby.begin = self._length
        if not reading or not self._mark(start, stop, Role.RUBY, reading):
            self._drop(reading, "a reading without characters")

    def _drop(self, text: str, reason: str) -> None:
        if text.strip():
            self.dropped.append(Dropped(text.strip(), reason))

    # Text -----------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        if self._preformatted:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._put(first)
            for line in others:
                self._break()
                self._put(line)
        elif self._blanks_count:
            self._put(_ANY_BREAK.sub(" ", text))
        else:
            for gap, word in _PIECES.findall(text):
                self._gap += gap
                self._put_word(word)

    def _put_word(self, word: str) -> None:
        if not word:
            return
        if self._gap and self._last not in ("", "\t"):
            between_chinese = is_chinese(self._last) and is_chinese(word[0])
            if not (between_chinese and "\n" in self._gap):
                self._put(" ")
        self._gap = ""
        self._put(word)

    def _put(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _point(self, role: Role, value: str) -> None:
        self._spans.append(Span(self._length, self._length, role, value))

    def _mark(
        self, start: int, stop: int, role: Role, value: str = "", *, trimmed: bool = True
    ) -> bool:
        """Add a span, without the spaces at its ends; False where nothing is left to span."""
        text = self._between(start, stop)
        if trimmed:
            start += len(text) - len(text.lstrip())
            stop -= len(text) - len(text.rstrip())
        if start < stop:
            self._spans.append(Span(start, stop, role, value))
        return start < stop

    def _between(self, start: int, stop: int) -> str:
        """The line's words between two places; looked for from its end, where marks end."""
        pieces: list[str] = []
        end = self._length
        for piece in reversed(self._text):
            begin = end - len(piece)
            if begin < stop:
                pieces.append(piece[max(0, start - begin) : stop - begin])
            if begin <= start:
                break
            end = begin
        return "".join(reversed(pieces))

    def _break(self) -> None:
        """End a line where the author ended it; within a heading or a row lines go on."""
        if self._row is not None or self._heading:
            self._write(" ")
        elif not self._end_line():
            self._lines.append(Line("", (), self._containers))

    def _end_line(self) -> bool:
        """Put the line away with its roles; False where there was none."""
        self._gap = ""
        for _, role, value, start in self._styles:
            self._mark(start, self._length, role, value)
        self._styles = [(element, role, value, 0) for element, role, value, _ in self._styles]
        for ruby in self._rubies:
            ruby.begin = 0
            ruby.bases.clear()
        begun = bool(self._text or self._spans)
        if begun:
            self._add_roles()
            spans = tuple(sorted(self._spans, key=_outer_first))
            self._lines.append(Line("".join(self._text), spans, self._containers))
        self._text, self._spans, self._length, self._last = [], [], 0, ""
        return begun

    def _add_roles(self) -> None:
        """The roles of a whole line, from the blocks it stands in."""
        if self._figures and self._figures[-1] and self._is_in("figcaption"):
            self._caption()
        if self._heading:
            self._mark(0, self._length, Role.HEADING, self._heading)
        elif self._lists and self._length:
            self._mark(0, self._length, Role.ITEM, self._item(), trimmed=False)
        if self._is_in("blockquote"):
            self._mark(0, self._length, Role.QUOTE, trimmed=False)

    def _item(self) -> str:
        """An item's depth, and its marker where the line is its first."""
        for block in reversed(self._blocks):
            if block.element.tag == "li":
                marker, block.marker = block.marker, ""
                return f"{len(self._lists)} {marker}".strip()
        return str(len(self._lists))

    def _is_in(self, tag: str) -> bool:
        return any(block.element.tag == tag for block in self._blocks)

    @property
    def _containers(self) -> tuple[int, ...]:
        return self._blocks[-1].containers if self._blocks else ()

    @property
    def _heading(self) -> str:
        tags = (str(block.element.tag) for block in reversed(self._blocks))
        return next((_HEADINGS[tag] for tag in tags if tag in _HEADINGS), "")


def _outer_first(span: Span) -> tuple[int, int]:
    return span.start, -span.stop


def _is_other(line: Line) -> bool:
    """Whether a line is too long or too much of something else to be a line of verse."""
    return (
        len(line.text) > _LONGEST_VERSE
        or line.text.startswith(_INDENTS)
        or any(span.role in (Role.HEADING, Role.ROW, Role.VERSE, Role.ITEM) for span in line.spans)
    )


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _shortened(address: str) -> str:
    """An address as it is told; pictures written into the page are not told whole."""
    return address if len(address) <= _LONGEST_ADDRESS else address[:60] + "…"


def _first_number(element: Element) -> int:
    start = element.get("start", "1")
    return int(start) if start.isdecimal() else 1


def _is_of_text(listing: Element) -> bool:
    """Whether a list is one of the text around it, and not a menu of links."""
    linked = sum(len(words(link)) for link in listing.iter("a"))
    return 2 * linked < len(words(listing))


def _is_of_words(table: Element) -> bool:
    """Whether a table is one of words, and not a means of laying out a page."""
    rows = [_cells(row) for row in table.iter("tr")]
    return any(len(cells) > 1 for cells in rows) and not any(
        _lays_out(cell) for cells in rows for cell in cells
    )


def _cells(row: Element) -> list[Element]:
    return list(row.iterchildren(*_CELLS))


def _lays_out(cell: Element) -> bool:
    if sum(1 for _ in cell.iter("p", "div")) > 1:
        return True
    return any(True for _ in cell.iterdescendants(*_LAYING_OUT))
