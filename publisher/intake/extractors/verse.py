"""Verse: lines that line breaks part within one block, where all of them are short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.passages import Line
from publisher.intake.reading import Role, Span

# Longer lines are paragraphs that somebody parted with line breaks.
_LONGEST = 32
_INDENTS = ("\u3000", "  ", "\xa0")
_WHOLE_LINES = (Role.HEADING, Role.ROW, Role.VERSE, Role.ITEM)


def is_verse(block: Element, lines: Sequence[Line]) -> bool:
    """Whether the lines that a block became are verse."""
    filled = [line for line in lines if line.text]
    breaks = sum(1 for _ in block.iterchildren("br"))
    is_broken = len(filled) > 1 and breaks >= len(filled) - 1 and block.find(".//p") is None
    return is_broken and not any(_is_other(line) for line in lines)


def as_verse(line: Line) -> Line:
    """A line as a line of verse; a blank one parts stanzas."""
    verse = Span(0, len(line.text), Role.VERSE)
    return replace(line, spans=(verse, *line.spans)) if line.text else line


def _is_other(line: Line) -> bool:
    """Whether a line is too long or too much of something else to be a line of verse."""
    return (
        len(line.text) > _LONGEST
        or line.text.startswith(_INDENTS)
        or any(span.role in _WHOLE_LINES for span in line.spans)
    )
