"""Copytext: a reading in the lines that its plan speaks of, and its words as they will be printed.

It promises the same cleaned words for a title wherever it is asked for. It decides nothing.
"""

from __future__ import annotations

from functools import cached_property

from publisher.intake.body import line_starts
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.plan import Item
from publisher.intake.reading import Reading, Role, Span


class Copytext:
    """A reading line by line; `off` are the cleaning rules that are not applied to it."""

    def __init__(self, reading: Reading, off: frozenset[str]) -> None:
        self.reading = reading
        self.off = off
        self.rows = reading.text.split("\n")
        self.starts = line_starts(reading.text)

    @cached_property
    def headings(self) -> tuple[Span, ...]:
        """The headings that the source itself has."""
        return tuple(span for span in self.reading.spans if span.role is Role.HEADING)

    @cached_property
    def calls(self) -> tuple[Span, ...]:
        """Where the source calls its notes."""
        return tuple(span for span in self.reading.spans if span.role is Role.NOTE)

    def within(self, item: Item, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The spans that begin in the lines of an item."""
        start, stop = self.starts[item.first - 1], self.starts[item.last]
        return tuple(span for span in spans if start <= span.start < stop)

    def tidy(self, words: str) -> str:
        """Words on one line, cleaned."""
        return " ".join(clean(words, self.off).text.split()) if words else ""

    def tidy_rows(self, item: Item) -> list[str]:
        """The lines of an item that say something, cleaned."""
        rows = (self.tidy(row) for row in self.rows[item.first - 1 : item.last])
        return [row for row in rows if row]

    def words(self, item: Item) -> str:
        """The lines of an item as one, cleaned."""
        return " ".join(self.tidy_rows(item))
