"""Marked: the marks beside an essay's text, from its source and from its plan.

It promises the headings, verses and rows of an essay in the offsets of its cleaned text, and each
title of a section as the plan has it, on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.intake.body import Body, Carrier, within
from publisher.intake.cleaning.changes import Change, Cleaning, with_pass
from publisher.intake.copytext import Copytext
from publisher.intake.plan import Item
from publisher.intake.reading import Role, Span

# The name under which the log keeps a section's title that an editor wrote in the plan.
SECTION_TITLES = "section-titles"
_SECTION = "2"


def marks(
    copy: Copytext, inner: tuple[Item, ...], body: Body, cleaning: Cleaning
) -> tuple[Span, ...]:
    """The marks beside a body, where cleaning put them."""
    own = (_absolute(span) for span in within(copy.reading.spans, body))
    texts = [span for span in own if span.role is not Role.HEADING]
    spans = [*texts, *_headings(copy, inner, body), *_verses(copy, inner, body)]
    if not spans:
        return ()
    carrier = Carrier(cleaning)
    return tuple(_relative(span, carrier) for span in carrier.spans(spans))


def with_section_titles(
    copy: Copytext, inner: tuple[Item, ...], body: Body, cleaning: Cleaning
) -> Cleaning:
    """The cleaning with each section's title as the plan has it."""
    sections = [(item, place) for item in inner if (place := _section(copy, item, body))]
    if not sections:
        return cleaning
    carrier = Carrier(cleaning)
    changes: list[Change] = []
    for item, place in sections:
        start, stop = carrier.first(place[0]), carrier.behind(place[1])
        title = copy.tidy(item.title)
        words = cleaning.text[start:stop] if title in ("", copy.words(item)) else title
        changes += _alone(cleaning.text, start, stop, words)
    return with_pass(cleaning, SECTION_TITLES, tuple(changes))


def _headings(copy: Copytext, inner: tuple[Item, ...], body: Body) -> Iterator[Span]:
    """The titles of sections; each on the level that the source gave it, if it did."""
    for item in inner:
        place = _section(copy, item, body)
        if place:
            levels = (span.value for span in copy.within(item, copy.headings))
            yield Span(*place, Role.HEADING, next(levels, _SECTION))


def _section(copy: Copytext, item: Item, body: Body) -> tuple[int, int] | None:
    """Where the words of a section's title begin and end in a body; None for no such title."""
    numbers = [n for n in range(item.first, item.last + 1) if copy.rows[n - 1].strip()]
    if item.kind != "section" or not numbers:
        return None
    first, last = copy.starts[numbers[0] - 1], copy.starts[numbers[-1] - 1]
    start, stop = body.offset(first), body.offset(last + len(copy.rows[numbers[-1] - 1]))
    return None if start is None or stop is None else (start, stop)


def _verses(copy: Copytext, inner: tuple[Item, ...], body: Body) -> Iterator[Span]:
    """The lines that the plan has as verse."""
    numbers = (
        number
        for item in inner
        if item.kind == "verse"
        for number in range(item.first, item.last + 1)
    )
    starts = ((copy.starts[number - 1], copy.rows[number - 1]) for number in numbers)
    spans = (Span(start, start + len(row), Role.VERSE) for start, row in starts if row.strip())
    yield from within(spans, body)


def _alone(text: str, start: int, stop: int, words: str) -> Iterator[Change]:
    """The change that puts words in the place of others, with line ends where none are."""
    if start < stop:
        before = "" if start == 0 or text[start - 1] == "\n" else "\n"
        after = "" if stop == len(text) or text[stop] == "\n" else "\n"
        yield from _least(text, start, stop, f"{before}{words}{after}")


def _least(text: str, start: int, stop: int, words: str) -> Iterator[Change]:
    """A change of what differs alone, so that marks on the rest stay where they are."""
    while start < stop and words and text[start] == words[0]:
        start, words = start + 1, words[1:]
    while start < stop and words and text[stop - 1] == words[-1]:
        stop, words = stop - 1, words[:-1]
    if start < stop or words:
        yield Change(start, stop, words)


def _absolute(span: Span) -> Span:
    """A row whose borders count from the beginning of the text; any other span as it is."""
    if span.role is not Role.ROW:
        return span
    borders = (int(border) + span.start for border in span.value.split(",") if border)
    return replace(span, value=",".join(map(str, borders)))


def _relative(span: Span, carrier: Carrier) -> Span:
    """A carried row whose borders count from its own beginning again."""
    if span.role is not Role.ROW:
        return span
    borders = (carrier.first(int(border)) for border in span.value.split(",") if border)
    return replace(span, value=",".join(str(border - span.start) for border in borders))
