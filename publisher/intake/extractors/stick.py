"""Stick: the line in the making, as type stands in a composing stick.

It promises a line whose spans fit its words. Blanks collapse as in a browser, but a line feed
between two Chinese characters is none; what is put in as it is stays so.
"""

from __future__ import annotations

import re

from publisher.ground.han import is_chinese
from publisher.intake.extractors.passages import Line
from publisher.intake.reading import Role, Span

_PIECES = re.compile(r"([ \t\n\r\f]*)([^ \t\n\r\f]*)")


class Stick:
    """Words and marks of one line."""

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[str] = []
        self._spans: list[Span] = []
        self._last = ""
        self._gap = ""

    @property
    def is_begun(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._pieces or self._spans)

    def write(self, text: str) -> None:
        """Add text whose blanks only part words."""
        for gap, word in _PIECES.findall(text):
            self._gap += gap
            if word:
                self._close_gap(word)
                self.put(word)

    def put(self, text: str) -> None:
        """Add text as it is."""
        if text:
            self._pieces.append(text)
            self.length += len(text)
            self._last = text[-1]

    def point(self, role: Role, value: str, *, at: int | None = None) -> None:
        """Add a span without words, at the end of what is there or at another place."""
        place = self.length if at is None else at
        self._spans.append(Span(place, place, role, value))

    def cover(self, role: Role, value: str = "") -> None:
        """Add a span of the whole line, blanks and all."""
        self._spans.append(Span(0, self.length, role, value))

    def mark(self, start: int, role: Role, value: str = "", *, stop: int | None = None) -> bool:
        """Add a span, without the blanks at its ends; False where nothing is left to span."""
        end = self.length if stop is None else stop
        text = self._between(start, end)
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if start < end:
            self._spans.append(Span(start, end, role, value))
        return start < end

    def line(self, containers: tuple[int, ...]) -> Line:
        """What is in it as a line that stands in these containers."""
        spans = tuple(sorted(self._spans, key=_outer_first))
        return Line("".join(self._pieces), spans, containers)

    def _close_gap(self, word: str) -> None:
        if self._gap and self._last not in ("", "\t"):
            between_chinese = is_chinese(self._last) and is_chinese(word[0])
            if not (between_chinese and "\n" in self._gap):
                self.put(" ")
        self._gap = ""

    def _between(self, start: int, stop: int) -> str:
        """The words between two places; looked for from the end, where marks end."""
        pieces: list[str] = []
        end = self.length
        for piece in reversed(self._pieces):
            begin = end - len(piece)
            if begin < stop:
                pieces.append(piece[max(0, start - begin) : stop - begin])
            if begin <= start:
                break
            end = begin
        return "".join(reversed(pieces))


def _outer_first(span: Span) -> tuple[int, int]:
    return span.start, -span.stop
