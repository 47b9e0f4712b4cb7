"""Reading: a source as text with its marks standing apart, before anything is cleaned.

It promises one text for every kind of source, whose offsets all else speaks of: a plan's lines, a
rule's changes, a ledger's counts. It holds no Markdown: what is bold, a heading or a note is a span
beside the text, so that cleaning words can never break a mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from publisher.ground.messages import Message
from publisher.ground.notices import Notice


class Role(Enum):
    """What a span of text is; `value` in a span says the rest."""

    # Whole lines. A heading's value is its level (1 to 6); an item's is its depth, a space, and "-"
    # or its number ("1 -", "2 3."), for further lines of an item the depth alone; a row's are the
    # offsets from its start of the tabs between its cells, separated by commas; a break's is "page"
    # where a page ends there. A break stands on an empty line of its own.
    HEADING = "heading"
    VERSE = "verse"
    QUOTE = "quote"
    ITEM = "item"
    ROW = "row"
    BREAK = "break"
    # Within a line.
    EMPHASIS = "emphasis"
    STRONG = "strong"
    # The value is what is read above the span.
    RUBY = "ruby"
    # The value is the address.
    LINK = "link"
    # Points, where start and stop are the same. A note's value is its label among the reading's
    # notes; a figure's is made by `figure_value`, its span covers the caption, which may be empty.
    NOTE = "note"
    FIGURE = "figure"


@dataclass(frozen=True)
class Span:
    """Characters `start` to `stop - 1` of a reading's text in some role."""

    start: int
    stop: int
    role: Role
    value: str = ""

    @property
    def picture(self) -> str:
        """The name of a figure's picture."""
        return self.value.partition("\n")[0]

    @property
    def description(self) -> str:
        """What is to be seen on a figure's picture; empty where the source does not say it."""
        return self.value.partition("\n")[2]


def figure_value(picture: str, description: str = "") -> str:
    """The value of a figure's span: the name of its picture, and what is to be seen on it."""
    return f"{picture}\n{description}" if description else picture


@dataclass(frozen=True)
class Note:
    """A note of the source: its label, its text and the spans in it."""

    label: str
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Dropped:
    """Words of the source that are not in the reading, and the reason: navigation, a header."""

    text: str
    reason: Message


@dataclass(frozen=True)
class Suggestion:
    """What the source says of itself outside its text; empty where it says nothing.

    `published` is when it came out, which is no date of writing. Where `of_all`, the authors are
    those of every essay in the source.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    evidence: str = ""
    of_all: bool = False


@dataclass(frozen=True)
class Reading:
    """A source read. `how` says how it was read, for people: "GB18030, no BOM, 0 undecodable".

    Lines of `text` end with line feeds. `pictures` are (name, bytes), named as figures name them.
    """

    text: str
    how: str
    spans: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()
    dropped: tuple[Dropped, ...] = ()
    suggestion: Suggestion = Suggestion()
    notices: tuple[Notice, ...] = ()
