"""Manuscript: a cleaned essay with its marks becomes a file of Markdown with front matter.

It promises a file that reads back as the words it was made of; stress that Markdown cannot carry
beside them is left out and not written wrongly. It refuses nothing: what comes here is clean.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.intake.marking import literal, marked
from publisher.intake.reading import Note, Role, Span
from publisher.model import matter as m

_LINES = (Role.HEADING, Role.VERSE, Role.ITEM, Role.ROW, Role.BREAK)
# One level is the essay's own title.
_HIGHEST, _LOWEST = 2, 4


@dataclass(frozen=True)
class Essay:
    """What a manuscript is made of; spans count in `text`, pictures lie below `pictures`."""

    title: str
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
    """A line with what spans it, counted from its start; `role` is that of the whole line."""

    words: str
    spans: tuple[Span, ...]
    role: Role | None
    value: str
    quoted: bool


def written(essay: Essay, name: str) -> bytes:
    """The bytes of the manuscript, proven to read back as the essay's words."""
    for styles in (True, False):
        content = _Writer(essay, styles).content().encode()
        if _reads_back(content, essay, name):
            return content
    raise AssertionError(f"the manuscript {name} does not read back as it was written")


def _reads_back(content: bytes, essay: Essay, name: str) -> bool:
    try:
        manuscript = read_manuscript(content, name, name)
    except PublisherError:
        return False
    words = "".join(m.plain(inlines) for inlines, _ in m.passages(manuscript.blocks))
    return _dense(words) == _dense(essay.text)


def _dense(words: str) -> str:
    return "".join(words.split())


class _Writer:
    """Writes one manuscript; `styles` is whether stress is written."""

    def __init__(self, essay: Essay, styles: bool) -> None:
        self.essay = essay
        self.styles = styles
        called = [span.value for span in essay.spans if span.role is Role.NOTE]
        known = {note.label: note for note in essay.notes}
        self.notes = [known[label] for label in dict.fromkeys(called) if label in known]
        self.labels = {note.label: str(n) for n, note in enumerate(self.notes, start=1)}
        levels = {span.value for span in essay.spans if span.role is Role.HEADING}
        self.levels = {level: n for n, level in enumerate(sorted(levels), start=_HIGHEST)}

    def content(self) -> str:
        """The whole file."""
        lines = _lines(self.essay)
        groups = groupby(lines, key=lambda line: (_group(line), line.quoted))
        blocks = [
            _quoted(block) if quoted else block
            for (role, quoted), rows in groups
            for block in self._blocks(role, list(rows))
        ]
        blocks += [self._note(note) for note in self.notes]
        return _front_matter(self.essay) + "".join(f"\n{block}\n" for block in blocks)

    def _blocks(self, role: Role | None, rows: list[_Line]) -> Iterator[str]:
        write: dict[Role | None, Callable[[list[_Line]], Iterator[str]]] = {
            Role.VERSE: self._verse,
            Role.ITEM: self._items,
            Role.ROW: self._table,
            Role.HEADING: self._headings,
            Role.BREAK: lambda rows: iter(["***"] * len(rows)),
        }
        yield from write.get(role, self._paragraphs)(rows)

    def _paragraphs(self, rows: list[_Line]) -> Iterator[str]:
        for row in rows:
            captions = [span for span in row.spans if span.role is Role.FIGURE]
            yield from (self._figure(row, span) for span in captions)
            if not any(span.start < span.stop for span in captions) and row.words.strip():
                yield self._marked(row)

    def _figure(self, row: _Line, span: Span) -> str:
        caption = row.words[span.start : span.stop].strip()
        title = f" {json.dumps(caption, ensure_ascii=False)}" if caption else ""
        return f"![{literal(caption)}](<{self.essay.pictures}{span.value}>{title})"

    def _headings(self, rows: list[_Line]) -> Iterator[str]:
        for row in rows:
            level = min(self.levels[row.value], _LOWEST)
            yield f"{'#' * level} {self._marked(row)}"

    def _verse(self, rows: list[_Line]) -> Iterator[str]:
        yield "\n".join(("::: verse", *(self._marked(row) for row in rows), ":::"))

    def _items(self, rows: list[_Line]) -> Iterator[str]:
        """A list as one block; a line without a marker of its own goes on with its item."""
        lines: list[str] = []
        for row in rows:
            depth, _, marker = row.value.partition(" ")
            indent = "    " * (int(depth) - 1)
            if marker:
                lines.append(f"{indent}{marker} {self._marked(row)}")
            else:
                lines += ("", f"{indent}    {self._marked(row)}")
        yield "\n".join(lines)

    def _table(self, rows: list[_Line]) -> Iterator[str]:
        cells = [[self._cell(row, start, stop) for start, stop in _borders(row)] for row in rows]
        count = max(map(len, cells))
        head, *body = ([*row, *[""] * (count - len(row))] for row in cells)
        rule = ["---"] * count
        yield "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))

    def _cell(self, row: _Line, start: int, stop: int) -> str:
        words = row.words[start:stop]
        lead = len(words) - len(words.lstrip())
        inner = tuple(
            Span(span.start - start - lead, span.stop - start - lead, span.role, span.value)
            for span in row.spans
            if start + lead <= span.start and span.stop <= stop
        )
        return marked(words.strip(), inner, self.labels, self.styles)

    def _marked(self, row: _Line) -> str:
        lead = len(row.words) - len(row.words.lstrip())
        words = row.words.strip()
        inner = tuple(
            Span(
                max(0, span.start - lead), min(len(words), span.stop - lead), span.role, span.value
            )
            for span in row.spans
        )
        return marked(words, inner, self.labels, self.styles)

    def _note(self, note: Note) -> str:
        rows = [row for row in _split(note.text, note.spans) if row.words.strip()]
        first, *others = [self._marked(row) for row in rows] or [""]
        more = "".join(f"\n\n    {other}" for other in others)
        return f"[^{self.labels[note.label]}]: {first}{more}"


def _lines(essay: Essay) -> list[_Line]:
    """The lines of an essay that say or show something."""
    rows = _split(essay.text, essay.spans)
    return [row for row in rows if row.words.strip() or row.spans]


def _split(text: str, spans: tuple[Span, ...]) -> Iterator[_Line]:
    """A text line by line, with the spans that begin in each."""
    waiting = deque(sorted(spans, key=lambda span: span.start))
    start = 0
    for words in text.split("\n"):
        stop = start + len(words)
        own = []
        while waiting and waiting[0].start <= stop:
            own.append(waiting.popleft())
        yield _line(words, start, own)
        start = stop + 1


def _line(words: str, start: int, spans: list[Span]) -> _Line:
    moved = tuple(
        Span(span.start - start, min(span.stop - start, len(words)), span.role, span.value)
        for span in spans
    )
    whole = next((span for span in moved if span.role in _LINES), None)
    quoted = any(span.role is Role.QUOTE for span in moved)
    role, value = (whole.role, whole.value) if whole else (None, "")
    return _Line(words, moved, role, value, quoted)


def _group(line: _Line) -> Role | None:
    return line.role


def _borders(row: _Line) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end."""
    borders = [int(border) for border in row.value.split(",") if border]
    return list(zip([0, *borders], [*borders, len(row.words)], strict=True))


def _quoted(block: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


def _front_matter(essay: Essay) -> str:
    rows = {"title": essay.title, "date": essay.date, "source": essay.source, "note": essay.note}
    lines = [f"{key}: {_quote(value)}" for key, value in rows.items() if value]
    names = ", ".join(map(_quote, essay.authors))
    if names:
        lines.insert(1, f"author: [{names}]" if len(essay.authors) > 1 else f"author: {names}")
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n"


def _quote(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
