"""Lines: the lines of an essay, each with what spans it.

It promises every line that says or shows something, in order, and a span over several lines cut at
their ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publisher.intake.essay import Essay
from publisher.intake.reading import Role, Span

_WHOLE = (Role.HEADING, Role.VERSE, Role.ITEM, Role.ROW)
_POINTS = (Role.NOTE, Role.FIGURE, Role.BREAK)


@dataclass(frozen=True)
class Line:
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

    @property
    def figures(self) -> list[Span]:
        """The pictures that stand on the line."""
        return [span for span in self.spans if span.role is Role.FIGURE]

    @property
    def has_calls(self) -> bool:
        """Whether a note is called on the line."""
        return any(span.role is Role.NOTE for span in self.spans)

    def says(self, span: Span) -> str:
        """The words of a span."""
        return self.words[span.start : span.stop].strip()

    def cells(self) -> Iterator[Line]:
        """The cells of a row, each as a line of its own."""
        borders = [int(border) for border in self.value.split(",") if border]
        for start, stop in zip([0, *borders], [*borders, len(self.words)], strict=True):
            # A call at a border was made at the end of the cell before it.
            own = [span for span in self.spans if _is_in_cell(span, start, stop)]
            yield replace(self, words=self.words[start:stop], spans=clipped(own, start, stop))


def lines_of(essay: Essay) -> list[Line]:
    """The lines of an essay that say or show something; no break stands at an end of it."""
    rows: list[Line] = []
    gap = False
    for row in split(essay.text, essay.spans):
        if row.says_something:
            rows.append(replace(row, gap=gap))
        gap = not row.says_something
    while rows and rows[-1].role is Role.BREAK:
        rows.pop()
    while rows and rows[0].role is Role.BREAK:
        rows.pop(0)
    return rows


def split(text: str, spans: Iterable[Span]) -> Iterator[Line]:
    """A text line by line, with what spans each of them, or a part of it."""
    waiting = deque(sorted(spans, key=lambda span: (span.start, span.stop)))
    reaching: list[Span] = []
    start = 0
    for words in text.split("\n"):
        stop = start + len(words)
        while waiting and waiting[0].start <= stop:
            reaching.append(waiting.popleft())
        yield _line(words, clipped(reaching, start, stop))
        reaching = [span for span in reaching if span.stop > stop + 1 and span.role not in _POINTS]
        start = stop + 1


def clipped(spans: Iterable[Span], start: int, stop: int) -> tuple[Span, ...]:
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


def _line(words: str, spans: tuple[Span, ...]) -> Line:
    # The end of a page is no change of scene, and a line with words is no break.
    others = tuple(span for span in spans if span.role is not Role.BREAK)
    breaks = tuple(span for span in spans if span.role is Role.BREAK and not span.value)
    quoted = any(span.role is Role.QUOTE for span in spans)
    if breaks and not others and not words.strip():
        return Line("", breaks, Role.BREAK, "", quoted)
    whole = next((span for span in others if span.role in _WHOLE), None)
    if whole and words.strip():
        return Line(words, others, whole.role, whole.value, quoted)
    return Line(words, others, None, "", quoted)


def _is_in_cell(span: Span, start: int, stop: int) -> bool:
    if span.start < span.stop:
        return span.start < stop and start < span.stop
    return start <= span.start <= stop and (start == 0 or start < span.start)
