"""Rubies: readings beside characters, and the characters that each of them belongs to."""

from __future__ import annotations

from publisher.intake.extractors.stick import Stick
from publisher.intake.reading import Role


class _Ruby:
    """A ruby that has begun: where the base begins that waits for its reading."""

    def __init__(self, begin: int) -> None:
        self.begin = begin
        self.bases: list[tuple[int, int]] = []


class Rubies:
    """The rubies that have begun and not ended; places count in the line."""

    def __init__(self) -> None:
        self._open: list[_Ruby] = []

    def begin(self, at: int) -> None:
        """A ruby begins."""
        self._open.append(_Ruby(at))

    def end(self) -> None:
        """The innermost ruby ends."""
        if self._open:
            self._open.pop()

    def begin_base(self, at: int) -> None:
        """A base of its own begins in the innermost ruby."""
        if self._open:
            self._open[-1].begin = at

    def end_base(self, at: int) -> None:
        """A base of its own ends and waits for its reading."""
        if self._open:
            self._open[-1].bases.append((self._open[-1].begin, at))

    def annotate(self, reading: str, stick: Stick) -> bool:
        """Mark the base that a reading belongs to; False where there is none, or no reading."""
        if not self._open or not reading:
            return False
        ruby = self._open[-1]
        start, stop = ruby.bases.pop(0) if ruby.bases else (ruby.begin, stick.length)
        ruby.begin = stick.length
        return stick.mark(start, Role.RUBY, reading, stop=stop)

    def start_line(self) -> None:
        """Bases of the line before have no reading any more."""
        for ruby in self._open:
            ruby.begin = 0
            ruby.bases.clear()
