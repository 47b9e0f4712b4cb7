"""Passages: lines of text with their spans, as they come out of a tree of HTML.

It promises nothing but the shape that all extractors share, and the one text that lines become.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.intake.reading import Dropped, Note, Span


@dataclass(frozen=True)
class Line:
    """One line: its text, spans counted from its start, and the containers it stands in.

    Containers are numbered as they begin in the tree; the outermost comes first.
    """

    text: str
    spans: tuple[Span, ...] = ()
    containers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Passages:
    """All of a tree: its lines, the notes called in them, and what was left out, with reasons."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def joined(lines: tuple[Line, ...]) -> tuple[str, tuple[Span, ...]]:
    """Lines as one text, each ended by a line feed, and their spans in it."""
    spans: list[Span] = []
    offset = 0
    for line in lines:
        spans += (moved(span, offset) for span in line.spans)
        offset += len(line.text) + 1
    return "".join(f"{line.text}\n" for line in lines), tuple(spans)


def moved(span: Span, offset: int) -> Span:
    """A span, so many characters further on."""
    return replace(span, start=span.start + offset, stop=span.stop + offset)


def without_blank_ends(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines from the first to the last that has anything on it."""
    filled = [index for index, line in enumerate(lines) if line.text.strip() or line.spans]
    return lines[filled[0] : filled[-1] + 1] if filled else ()


def note_of(label: str, lines: tuple[Line, ...]) -> Note:
    """A note of these lines, without what is blank at its ends."""
    text, spans = joined(without_blank_ends(lines))
    lead = len(text) - len(text.lstrip())
    kept = tuple(moved(span, -lead) for span in spans if span.start >= lead)
    return Note(label, text.strip(), kept)
