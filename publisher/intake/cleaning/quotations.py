"""Quotations: curly quotes of a paragraph that do not open and close in turn.

Each paragraph is read once from its beginning; what is wrong with a mark is judged by what is open
there and by the next two marks of its kind. A quotation that runs on over paragraphs, each of which
opens it again, is in order (GB/T 15834-2011, 4.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.ground.messages import Message, say
from publisher.intake.cleaning.advice import Doubt
from publisher.intake.cleaning.changes import Change

# The ’ of a Western word is an apostrophe.
_MARK = re.compile("[“”‘\n]|(?<![A-Za-z])’|’(?![A-Za-z])")


@dataclass(frozen=True)
class _Quote:
    """A curly quote, double or single, of a paragraph."""

    offset: int
    mark: str

    @property
    def opening(self) -> str:
        """The mark that opens quotes of this kind."""
        return "“" if self.mark in "“”" else "‘"

    @property
    def closing(self) -> str:
        """The mark that closes quotes of this kind."""
        return "”" if self.mark in "“”" else "’"

    def doubt(self, after: str, reason: Message) -> Doubt:
        """The doubt that another mark is meant here."""
        return Doubt(Change(self.offset, self.offset + 1, after), reason)


@dataclass(frozen=True)
class _Verdict:
    """What a quote does to what is open, and what is to be doubted about it."""

    closes: bool = False
    opens: bool = False
    doubts: tuple[Doubt, ...] = ()
    # A later quote that this verdict has dealt with.
    settled: _Quote | None = None


def quotes(text: str) -> Iterator[Doubt]:
    """Quotes that close nothing, open again what is open, or are not closed."""
    paragraph: list[_Quote] = []
    for match in _MARK.finditer(text):
        if match[0] == "\n":
            yield from _disorder(text, paragraph, match.start())
            paragraph = []
        else:
            paragraph.append(_Quote(match.start(), match[0]))
    yield from _disorder(text, paragraph, len(text))


def _disorder(text: str, paragraph: list[_Quote], stop: int) -> Iterator[Doubt]:
    waiting: list[_Quote] = []
    settled: set[_Quote] = set()
    for quote, rest in _with_the_next_two(paragraph):
        if quote in settled:
            continue
        is_open = bool(waiting) and waiting[-1].opening == quote.opening
        verdict = _verdict(quote, rest, is_open)
        if verdict.closes:
            waiting.pop()
        if verdict.opens:
            waiting.append(quote)
        if verdict.settled:
            settled.add(verdict.settled)
        yield from verdict.doubts
    yield from _unclosed(text, waiting, stop)


def _with_the_next_two(paragraph: list[_Quote]) -> list[tuple[_Quote, list[_Quote]]]:
    """Each quote with the next two of its kind, double or single."""
    next_two: dict[str, list[_Quote]] = {"“": [], "‘": []}
    rows = []
    for quote in reversed(paragraph):
        rows.append((quote, next_two[quote.opening]))
        next_two[quote.opening] = [quote, *next_two[quote.opening][:1]]
    return rows[::-1]


def _verdict(quote: _Quote, rest: list[_Quote], is_open: bool) -> _Verdict:
    if quote.mark == quote.closing:
        return _Verdict(closes=True) if is_open else _unopened(quote, rest)
    if not is_open:
        return _Verdict(opens=True)
    if quote.mark == "“" and [other.mark for other in rest] == ["”", "”"]:
        return _nested(quote, rest[0])
    return _reopened(quote, rest)


def _unopened(quote: _Quote, rest: list[_Quote]) -> _Verdict:
    """A closing mark too many; it was meant to open where the next of its kind closes."""
    opens = bool(rest) and rest[0].mark == quote.closing
    reason = say("{mark} closes what nothing opened", mark=quote.mark)
    doubt = quote.doubt(quote.opening if opens else quote.mark, reason)
    return _Verdict(opens=opens, doubts=(doubt,))


def _nested(quote: _Quote, partner: _Quote) -> _Verdict:
    """Double quotes within double ones, where single ones belong."""
    doubts = (
        quote.doubt("‘", say("{mark} stands within {mark}", mark=quote.mark)),
        partner.doubt("’", say("{mark} stands within {mark}", mark=partner.mark)),
    )
    return _Verdict(doubts=doubts, settled=partner)


def _reopened(quote: _Quote, rest: list[_Quote]) -> _Verdict:
    """A second opening mark: it was meant to close, unless the next of its kind closes it."""
    opens = bool(rest) and rest[0].mark == quote.closing
    reason = say("{mark} opens what is open already", mark=quote.mark)
    doubt = quote.doubt(quote.mark if opens else quote.closing, reason)
    return _Verdict(closes=True, opens=opens, doubts=(doubt,))


def _unclosed(text: str, waiting: list[_Quote], stop: int) -> Iterator[Doubt]:
    """Quotes still open at a paragraph's end, save where the next paragraph opens them again."""
    if not waiting or text[stop : stop + 3].lstrip("\n")[:1] == waiting[0].mark:
        return
    closing = "".join(quote.closing for quote in reversed(waiting))
    reason = say("{mark} is not closed in its paragraph", mark=waiting[0].mark)
    yield Doubt(Change(stop, stop, closing), reason)
