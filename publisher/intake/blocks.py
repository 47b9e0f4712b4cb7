"""Blocks: the lines of an essay as blocks of this project's Markdown.

It promises blocks that read back in the order of the lines. Where `careful`, each line is read back
by itself, and gives up stress, then links and readings, where Markdown would take it for more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from publisher.editorial.markdown import read_markdown
from publisher.ground.errors import PublisherError
from publisher.intake.essay import Essay
from publisher.intake.lines import Line, clipped, lines_of, split
from publisher.intake.marking import INLINE, STYLES, literal, marked, picture_path
from publisher.intake.reading import Note, Role, Span
from publisher.model import matter as m

# One level is the essay's own title.
_HIGHEST, _LOWEST = 2, 4
# A list deeper than this is written at this depth; the reader of manuscripts knows ten.
_DEEPEST_ITEM = 8
# Markdown of this dialect takes longer numbers for years; only the first of a list counts.
_HIGHEST_NUMBER = 99
# What is given up in turn where a line does not read back.
_LADDER = (INLINE, INLINE - STYLES, frozenset((Role.NOTE,)))


class Writer:
    """Writes one manuscript; `careful` is whether each line is read back by itself."""

    def __init__(self, essay: Essay, *, careful: bool) -> None:
        self.essay = essay
        self.careful = careful
        self.notes = essay.called()
        self.labels = {note.label: str(n) for n, note in enumerate(self.notes, start=1)}
        levels = {span.value for span in essay.spans if span.role is Role.HEADING}
        self.levels = {level: n for n, level in enumerate(sorted(levels), start=_HIGHEST)}

    def blocks(self) -> Iterator[str]:
        """All blocks of the text, and its notes behind them."""
        for rows in _groups(lines_of(self.essay)):
            yield from self._group(rows)
        for note in self.notes:
            yield self._note(note)

    def _group(self, rows: list[Line]) -> Iterator[str]:
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

    def _blocks(self, role: Role | None, rows: list[Line]) -> Iterator[str]:
        write: dict[Role | None, Callable[[list[Line]], Iterator[str]]] = {
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
        yield from (self._figure(span) for row in rows for span in row.figures)

    def _paragraph(self, row: Line) -> Iterator[str]:
        """A line of prose, or pictures; a caption that is all of its line goes to its picture."""
        figures = row.figures
        words = row.words.strip()
        is_caption = len(figures) == 1 and row.says(figures[0]) == words and not row.has_calls
        for span in figures:
            yield self._figure(span, words if is_caption else "")
        if (words and not is_caption) or row.has_calls:
            yield self._marked(row)

    def _figure(self, figure: Span, caption: str = "") -> str:
        words = re.sub(r'(["\\&])', r"\\\1", caption)
        title = f' "{words}"' if words else ""
        path = picture_path(f"{self.essay.pictures}{figure.picture}")
        return f"![{literal(figure.description or caption)}](<{path}>{title})"

    def _headings(self, rows: list[Line]) -> Iterator[str]:
        for row in rows:
            level = min(self.levels[row.value], _LOWEST)
            # Number signs at the end would close the heading.
            words = re.sub(r"(?<=\s)(#+)$", r"\\\1", self._marked(row))
            yield f"{'#' * level} {words}"

    def _verse(self, rows: list[Line]) -> Iterator[str]:
        """A poem as one block; a blank line parts its stanzas."""
        lines = [
            ("\n" if at and row.gap else "") + self._marked(row) for at, row in enumerate(rows)
        ]
        yield "\n".join(("::: verse", *lines, ":::"))

    def _items(self, rows: list[Line]) -> Iterator[str]:
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

    def _tables(self, rows: list[Line]) -> Iterator[str]:
        """Rows as tables; a blank line parts two of them."""
        table: list[Line] = []
        for row in rows:
            if row.gap and table:
                yield self._table(table)
                table = []
            table.append(row)
        yield self._table(table)

    def _table(self, rows: list[Line]) -> str:
        cells = [[self._cell(cell) for cell in row.cells()] for row in rows]
        count = max(map(len, cells))
        head, *body = ([*row, *[""] * (count - len(row))] for row in cells)
        rule = ["---"] * count
        return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))

    def _cell(self, cell: Line) -> str:
        # A bar would end the cell, also within a reading.
        return re.sub(r"(?<!\\)\|", r"\\|", self._marked(cell))

    def _marked(self, row: Line) -> str:
        words = row.words.strip()
        lead = len(row.words) - len(row.words.lstrip())
        spans = clipped(row.spans, lead, lead + len(words))
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
        return words_of(blocks) == dense(words)

    def _note(self, note: Note) -> str:
        spans = tuple(span for span in note.spans if span.role is not Role.NOTE)
        rows = [row for row in split(note.text, spans) if row.words.strip()]
        first, *others = [self._marked(row) for row in rows]
        more = "".join(f"\n\n    {other}" for other in others)
        return f"[^{self.labels[note.label]}]: {first}{more}"


def words_of(blocks: m.Blocks) -> str:
    """The words of blocks without any blank, as what is written and what is read are compared."""
    return dense("".join(m.plain(content) for content, _ in m.passages(blocks)))


def dense(words: str) -> str:
    """Words without any blank."""
    return "".join(words.split())


def _groups(rows: list[Line]) -> Iterator[list[Line]]:
    for _, group in groupby(rows, key=lambda row: row.quoted):
        yield list(group)


def _marker(marker: str) -> str:
    """The marker of an item; a number as high as Markdown takes one."""
    if marker == "-":
        return marker
    return f"{min(int(marker.rstrip('.')), _HIGHEST_NUMBER)}."


def _quoted(block: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))
