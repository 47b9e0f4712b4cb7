"""Manuscript: a cleaned essay with its marks becomes a file of Markdown with front matter.

It promises a file that reads back as the words it was made of, in its text and in its notes; a mark
that Markdown cannot carry beside them is left out and not written wrongly. It refuses characters
that no manuscript may hold, which only a cleaning rule that is off can leave here.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from publisher.editorial.manuscripts import read_manuscript
from publisher.editorial.markdown import read_markdown
from publisher.ground.errors import PublisherError
from publisher.intake.marking import INLINE, STYLES, literal, marked, picture_path
from publisher.intake.reading import Note, Role, Span
from publisher.model import matter as m

_LINES = (Role.HEADING, Role.VERSE, Role.ITEM, Role.ROW)
_POINTS = (Role.NOTE, Role.FIGURE, Role.BREAK)
# One level is the essay's own title.
_HIGHEST, _LOWEST = 2, 4
# A list deeper than this is written at this depth; the reader of manuscripts knows ten.
_DEEPEST_ITEM = 8
# Markdown of this dialect takes longer numbers for years; only the first of a list counts.
_HIGHEST_NUMBER = 99
# What is given up in turn where a line does not read back.
_LADDER = (INLINE, INLINE - STYLES, frozenset((Role.NOTE,)))


@dataclass(frozen=True)
class Essay:
    """What a manuscript is made of; spans count in `text`, pictures lie below `pictures`."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    date: str
    source: str
    note: str
    text: str
    spans: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: str = ""


@dataclass(frozen=True)
class _Line:
    """A line with what spans it, counted from its start; `role` is that of the whole line.

    `gap` is whether a blank line stands before it.
    """

    words: str
    spans: tuple[Span, ...]
    role: Role | None
    value: str
    quoted: bool
    gap: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is anything on the line that a manuscript shows."""
        return bool(self.words.strip()) or any(span.role in _POINTS for span in self.spans)


def written(essay: Essay, name: str) -> bytes:
    """The bytes of the manuscript called `name`, proven to read back as the essay's words.

    Raises PublisherError for characters that a manuscript cannot hold.
    """
    content = _Writer(essay, careful=False).content().encode()
    if _is_read_as(content, essay, name):
        return content
    content = _Writer(essay, careful=True).content().encode()
    _require_read_as(content, essay, name)
    return content


def _is_read_as(content: bytes, essay: Essay, name: str) -> bool:
    try:
        _require_read_as(content, essay, name)
    except (PublisherError, AssertionError):
        return False
    return True


def _require_read_as(content: bytes, essay: Essay, name: str) -> None:
    manuscript = read_manuscript(content, name, name)
    called = sorted(_dense(note.text) for note in _called(essay))
    if _words(manuscript.blocks) != _dense(essay.text):
        raise AssertionError(f"{name} does not read back as it was written")
    if sorted(_words(note.blocks) for note in manuscript.notes) != called:
        raise AssertionError(f"the notes of {name} do not read back as they were written")


def _words(blocks: m.Blocks) -> str:
    return _dense("".join(m.plain(content) for content, _ in m.passages(blocks)))


def _dense(words: str) -> str:
    return "".join(words.split())


def _called(essay: Essay) -> list[Note]:
    """The notes of an essay that have words, in the order of their first calls."""
    calls = sorted((s for s in essay.spans if s.role is Role.NOTE), key=lambda span: span.start)
    known = {note.label: note for note in essay.notes if note.text.strip()}
    labels = dict.fromkeys(span.value for span in calls)
    return [known[label] for label in labels if label in known]


class _Writer:
    """Writes one manuscript; `careful` is whether each line is read back by itself."""

    def __init__(self, essay: Essay, *, careful: bool) -> None:
        self.essay = essay
        self.careful = careful
        self.notes = _called(essay)
        self.labels = {note.label: str(n) for n, note in enumerate(self.notes, start=1)}
        levels = {span.value for span in essay.spans if span.role is Role.HEADING}
        self.levels = {level: n for n, level in enumerate(sorted(levels), start=_HIGHEST)}

    def content(self) -> str:
        """The whole file."""
        blocks = [block for rows in _groups(_lines(self.essay)) for block in self._group(rows)]
        blocks += [self._note(note) for note in self.notes]
        return _front_matter(self.essay) + "".join(f"\n{block}\n" for block in blocks)

    def _group(self, rows: list[_Line]) -> Iterator[str]:
        """The blocks of lines that are all quoted, or none of them; a quotation is one block."""
        blocks = [
            block
            for role, group in groupby(rows, key=lambda row: row.role)
            for block in self._blocks(role, list(group))
        ]
        if rows[0].quoted:
            yield _quoted("\n\n".join(blocks))
        else:
            yield from blocks

    def _blocks(self, role: Role | None, rows: list[_Line]) -> Iterator[str]:
        write: dict[Role | None, Callable[[list[_Line]], Iterator[str]]] = {
            Role.VERSE: self._verse,
            Role.ITEM: self._items,
            Role.ROW: self._tables,
            Role.HEADING: self._headings,
            Role.BREAK: lambda rows: iter(["***"] * len(rows)),
        }
        if role not in write:
            yield from (block for row in rows for block in self._paragraph(row))
            return
        yield from write[role](rows)
        yield from (self._figure(span.value) for row in rows for span in _figures(row))

    def _paragraph(self, row: _Line) -> Iterator[str]:
        """A line of prose, or pictures; a caption that is all of its line goes to its picture."""
        figures = _figures(row)
        words = row.words.strip()
        is_caption = len(figures) == 1 and _says(row, figures[0]) == words and not _calls(row)
        for span in figures:
            yield self._figure(span.value, words if is_caption else "")
        if (words and not is_caption) or _calls(row):
            yield self._marked(row)

    def _figure(self, picture: str, caption: str = "") -> str:
        words = re.sub(r'(["\\&])', r"\\\1", caption)
        title = f' "{words}"' if words else ""
        path = picture_path(f"{self.essay.pictures}{picture}")
        return f"![{literal(caption)}](<{path}>{title})"

    def _headings(self, rows: list[_Line]) -> Iterator[str]:
        for row in rows:
            level = min(self.levels[row.value], _LOWEST)
            # Number signs at the end would close the heading.
            words = re.sub(r"(?<=\s)(#+)$", r"\\\1", self._marked(row))
            yield f"{'#' * level} {words}"

    def _verse(self, rows: list[_Line]) -> Iterator[str]:
        """A poem as one block; a blank line parts its stanzas."""
        lines = [
            ("\n" if at and row.gap else "") + self._marked(row) for at, row in enumerate(rows)
        ]
        yield "\n".join(("::: verse", *lines, ":::"))

    def _items(self, rows: list[_Line]) -> Iterator[str]:
        """A list as one block; a line without a marker of its own goes on with its item.

        No item stands deeper than one step below the one before it: Markdown has no such lists.
        """
        lines: list[str] = []
        before, goes_on = 0, False
        for row in rows:
            depth, _, marker = row.value.partition(" ")
            step = min(int(depth), before + bool(marker), _DEEPEST_ITEM)
            if marker:
                # Below words, a list that begins with another number than 1 needs room.
                lines += [""] if goes_on or step > before > 0 else []
                indent = "    " * (step - 1)
                lines.append(f"{indent}{_marker(marker)} {self._marked(row)}".rstrip())
                before = step
            else:
                lines += ("", f"{'    ' * step}{self._marked(row)}")
            goes_on = not marker
        yield "\n".join(lines)

    def _tables(self, rows: list[_Line]) -> Iterator[str]:
        """Rows as tables; a blank line parts two of them."""
        table: list[_Line] = []
        for row in rows:
            if row.gap and table:
                yield self._table(table)
                table = []
            table.append(row)
        yield self._table(table)

    def _table(self, rows: list[_Line]) -> str:
        cells = [[self._cell(cell) for cell in _cells(row)] for row in rows]
        count = max(map(len, cells))
        head, *body = ([*row, *[""] * (count - len(row))] for row in cells)
        rule = ["---"] * count
        return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))

    def _cell(self, cell: _Line) -> str:
        # A bar would end the cell, also within a reading.
        return re.sub(r"(?<!\\)\|", r"\\|", self._marked(cell))

    def _marked(self, row: _Line) -> str:
        words = row.words.strip()
        lead = len(row.words) - len(row.words.lstrip())
        spans = _clipped(row.spans, lead, lead + len(words))
        for roles in _LADDER:
            line = marked(words, spans, self.labels, roles)
            if not self.careful or self._is_read_as(line, words):
                return line
        return line

    def _is_read_as(self, line: str, words: str) -> bool:
        called = [label for label in self.labels.values() if f"[^{label}]" in line]
        notes = "".join(f"\n\n[^{label}]: …" for label in called)
        try:
            blocks, _ = read_markdown(line + notes, "")
        except PublisherError:
            return False
        return _words(blocks) == _dense(words)

    def _note(self, note: Note) -> str:
        spans = tuple(span for span in note.spans if span.role is not Role.NOTE)
        rows = [row for row in _split(note.text, spans) if row.words.strip()]
        first, *others = [self._marked(row) for row in rows]
        more = "".join(f"\n\n    {other}" for other in others)
        return f"[^{self.labels[note.label]}]: {first}{more}"


# Lines ------------------------------------------------------------------------------------------


def _lines(essay: Essay) -> list[_Line]:
    """The lines of an essay that say or show something; no break stands at an end of it."""
    rows: list[_Line] = []
    gap = False
    for row in _split(essay.text, essay.spans):
        if row.says_something:
            rows.append(replace(row, gap=gap))
        gap = not row.says_something
    while rows and rows[-1].role is Role.BREAK:
        rows.pop()
    while rows and rows[0].role is Role.BREAK:
        rows.pop(0)
    return rows


def _groups(rows: list[_Line]) -> Iterator[list[_Line]]:
    for _, group in groupby(rows, key=lambda row: row.quoted):
        yield list(group)


def _split(text: str, spans: Iterable[Span]) -> Iterator[_Line]:
    """A text line by line, with what spans each of them, or a part of it."""
    waiting = deque(sorted(spans, key=lambda span: (span.start, span.stop)))
    reaching: list[Span] = []
    start = 0
    for words in text.split("\n"):
        stop = start + len(words)
        while waiting and waiting[0].start <= stop:
            reaching.append(waiting.popleft())
        yield _line(words, _clipped(reaching, start, stop))
        reaching = [span for span in reaching if span.stop > stop + 1 and span.role not in _POINTS]
        start = stop + 1


def _clipped(spans: Iterable[Span], start: int, stop: int) -> tuple[Span, ...]:
    """The spans as far as they lie between two offsets, counted from the first of them."""
    clipped = (
        replace(
            span,
            start=min(max(span.start, start), stop) - start,
            stop=min(max(span.stop, start), stop) - start,
        )
        for span in spans
    )
    return tuple(span for span in clipped if span.start < span.stop or span.role in _POINTS)


def _line(words: str, spans: tuple[Span, ...]) -> _Line:
    # The end of a page is no change of scene, and a line with words is no break.
    others = tuple(span for span in spans if span.role is not Role.BREAK)
    breaks = tuple(span for span in spans if span.role is Role.BREAK and not span.value)
    quoted = any(span.role is Role.QUOTE for span in spans)
    if breaks and not others and not words.strip():
        return _Line("", breaks, Role.BREAK, "", quoted)
    whole = next((span for span in others if span.role in _LINES), None)
    if whole and words.strip():
        return _Line(words, others, whole.role, whole.value, quoted)
    return _Line(words, others, None, "", quoted)


def _figures(row: _Line) -> list[Span]:
    return [span for span in row.spans if span.role is Role.FIGURE]


def _calls(row: _Line) -> bool:
    return any(span.role is Role.NOTE for span in row.spans)


def _says(row: _Line, span: Span) -> str:
    return row.words[span.start : span.stop].strip()


def _marker(marker: str) -> str:
    """The marker of an item; a number as high as Markdown takes one."""
    if marker == "-":
        return marker
    return f"{min(int(marker.rstrip('.')), _HIGHEST_NUMBER)}."


def _cells(row: _Line) -> Iterator[_Line]:
    """The cells of a row, each as a line of its own."""
    borders = [int(border) for border in row.value.split(",") if border]
    for start, stop in zip([0, *borders], [*borders, len(row.words)], strict=True):
        # A call at a border was made at the end of the cell before it.
        own = [span for span in row.spans if _is_in_cell(span, start, stop)]
        yield replace(row, words=row.words[start:stop], spans=_clipped(own, start, stop))


def _is_in_cell(span: Span, start: int, stop: int) -> bool:
    if span.start < span.stop:
        return span.start < stop and start < span.stop
    return start <= span.start <= stop and (start == 0 or start < span.start)


def _quoted(block: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


# Front matter -----------------------------------------------------------------------------------


def _front_matter(essay: Essay) -> str:
    names = ", ".join(map(_quote, essay.authors))
    rows = {
        "title": _quote(essay.title),
        "subtitle": essay.subtitle and _quote(essay.subtitle),
        "author": f"[{names}]" if len(essay.authors) > 1 else names,
        "date": essay.date and _quote(essay.date),
        "source": essay.source and _quote(essay.source),
        "note": essay.note and _quote(essay.note),
    }
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in rows.items() if value) + "---\n"


def _quote(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
