"""Body: the lines of a source that are an essay's text, and the way back to their places.

It promises that every character of the text knows its place in the source, before cleaning and
after, and that marks beside the source's text arrive beside the essay's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publisher.intake.cleaning.changes import INSERTED, Cleaning
from publisher.intake.plan import Item
from publisher.intake.reading import Role, Span

# Lines of an essay that are set apart from its text; what they say stands in its front matter.
APART = frozenset(("heading", "byline", "dateline", "note", "removed"))
_POINTS = frozenset((Role.NOTE, Role.FIGURE, Role.BREAK))


@dataclass(frozen=True)
class Body:
    """Lines as one text; `starts` are where they begin in it, `places` where in the source."""

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Where a character of the text stands in the source."""
        line = bisect_right(self.starts, offset) - 1
        return self.places[line] + offset - self.starts[line]

    def offset(self, place: int) -> int | None:
        """Where a place of the source stands in the text; None where its line does not."""
        line = bisect_right(self.places, place) - 1
        if line < 0:
            return None
        offset = self.starts[line] + place - self.places[line]
        end = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)
        return offset if offset <= end else None


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins, and the end of the text."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def body_of(rows: list[str], starts: list[int], essay: Item, inner: Iterable[Item]) -> Body:
    """The text of an essay: all its lines but those that other items own and set apart."""
    own = own_lines(essay, inner)
    text = "\n".join(rows[number - 1] for number in own)
    begins, offset = [], 0
    for number in own:
        begins.append(offset)
        offset += len(rows[number - 1]) + 1
    return Body(text, tuple(begins), tuple(starts[number - 1] for number in own))


def own_lines(essay: Item, inner: Iterable[Item]) -> list[int]:
    """The numbers of the lines that are an essay's text."""
    apart = {
        number
        for item in inner
        if item.kind in APART
        for number in range(item.first, item.last + 1)
    }
    return [number for number in range(essay.first, essay.last + 1) if number not in apart]


def within(spans: Iterable[Span], body: Body) -> Iterator[Span]:
    """The spans that stand in a body, counted in its text; one over several lines is not cut."""
    for span in spans:
        start, stop = body.offset(span.start), body.offset(span.stop)
        if start is not None and stop is not None:
            yield replace(span, start=start, stop=stop)


class Carrier:
    """Brings offsets of a text to where cleaning put them."""

    def __init__(self, cleaning: Cleaning) -> None:
        self.text = cleaning.text
        pairs = [(o, place) for place, o in enumerate(cleaning.origins) if o != INSERTED]
        self._origins = [origin for origin, _ in pairs]
        self._places = [place for _, place in pairs]

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """The spans in the cleaned text; one of which no character is left is gone with them."""
        moved = (self._span(span) for span in spans)
        return tuple(span for span in moved if span.start < span.stop or span.role in _POINTS)

    def first(self, offset: int) -> int:
        """Where the first character from an offset on stands that is still there."""
        index = bisect_left(self._origins, offset)
        return self._places[index] if index < len(self._places) else len(self.text)

    def behind(self, offset: int) -> int:
        """The place behind the last character before an offset that is still there."""
        index = bisect_left(self._origins, offset)
        return self._places[index - 1] + 1 if index else 0

    def _span(self, span: Span) -> Span:
        if span.start == span.stop:
            point = self.behind(span.start)
            if point == 0 or self.text[point - 1 : point] == "\n":
                point = self.first(span.start)
            return replace(span, start=point, stop=point)
        start, stop = self.first(span.start), self.behind(span.stop)
        return replace(span, start=start, stop=max(start, stop))
