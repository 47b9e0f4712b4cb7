"""Matter: the text of an essay as a small closed set of blocks and inlines.

It promises that every value is frozen, that every block knows its line in the source, and that
`map_text` is the one way to change words: no stage can reach a link target, a picture's address or
a `Kept` run by accident. It refuses anything that is not in the set: there is no raw markup here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

# Stands for an untouchable run among the pieces that `map_text` hands out. A Unicode noncharacter:
# the gate in `ground.hygiene` keeps it out of every source.
KEPT = "\ufdd0"


@dataclass(frozen=True)
class Text:
    """Plain words."""

    words: str


@dataclass(frozen=True)
class Emphasis:
    """Words the author stresses; set with dots or another face, never with slanted Han."""

    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Strong:
    """Words of importance: a term, a warning."""

    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Ruby:
    """Characters with their reading beside them, as (base, reading) pairs in order."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Link:
    """Words that lead to an absolute web address."""

    target: str
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class CrossReference:
    """Words that lead to another essay of the collection, by its path."""

    path: str
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class NoteReference:
    """The place in the text where note `number` (from 1, per essay) is called."""

    number: int


@dataclass(frozen=True)
class Kept:
    """Words that are never converted and never spaced: a name, a foreign phrase, code."""

    words: str
    language: str = ""
    code: bool = False


@dataclass(frozen=True)
class LineBreak:
    """A line end that the author wants."""


Inline: TypeAlias = (
    Text | Emphasis | Strong | Ruby | Link | CrossReference | NoteReference | Kept | LineBreak
)
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside an essay; `level` counts from 2, the essay's title being 1."""

    level: int
    content: Inlines
    line: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose."""

    content: Inlines
    line: int


@dataclass(frozen=True)
class Verse:
    """A poem or song: stanzas of lines."""

    stanzas: tuple[tuple[Inlines, ...], ...]
    line: int


@dataclass(frozen=True)
class Signature:
    """The lines below a letter or a speech that say who wrote it, and when (落款)."""

    lines: tuple[Inlines, ...]
    line: int


@dataclass(frozen=True)
class Quotation:
    """Another voice, set off, with the line that names its source where there is one."""

    blocks: tuple[Block, ...]
    source: Inlines
    line: int


@dataclass(frozen=True)
class Listing:
    """A list; `start` is the first number of an ordered one, None for bullets."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]
    line: int


@dataclass(frozen=True)
class Figure:
    """A picture with its description for those who cannot see it, and its caption.

    An ornament has neither: it shows nothing that a reader must know of.
    """

    path: str
    alternative: str
    caption: Inlines
    line: int
    is_ornament: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; `alignments` holds '', 'left', 'center' or 'right' for each column."""

    alignments: tuple[str, ...]
    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    caption: Inlines
    line: int


@dataclass(frozen=True)
class Break:
    """A change of scene."""

    line: int


@dataclass(frozen=True)
class Preformatted:
    """Lines kept as they are: a listing, a message, an old notice in its own layout."""

    words: str
    line: int


Block: TypeAlias = (
    Heading
    | Paragraph
    | Verse
    | Signature
    | Quotation
    | Listing
    | Figure
    | Table
    | Break
    | Preformatted
)
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True)
class Note:
    """A footnote; `number` counts from 1 in the order of the calls."""

    number: int
    blocks: Blocks
    line: int


# What a change of words is given: the pieces of one passage in order, `KEPT` for an untouchable
# run and "\n" for a wanted line end. It returns as many pieces, those two unchanged.
Rewording: TypeAlias = Callable[[tuple[str, ...]], tuple[str, ...]]


def map_text(blocks: Blocks, reword: Rewording) -> Blocks:
    """Blocks of the same shape with every passage's words put through `reword`.

    A passage is the text of one paragraph, heading, verse line, cell or caption: all of it at once,
    across emphasis, links, ruby bases and note calls, so that a word is never seen in halves.
    """
    return tuple(_map_block(block, reword) for block in blocks)


def map_passage(content: Inlines, reword: Rewording) -> Inlines:
    """The same inline shape with new words."""
    supply = iter(reword(tuple(_pieces(content))))
    return _refill(content, supply)


def map_notes(notes: tuple[Note, ...], reword: Rewording) -> tuple[Note, ...]:
    """Notes of the same shape with new words."""
    return tuple(replace(note, blocks=map_text(note.blocks, reword)) for note in notes)


def passages(blocks: Blocks) -> Iterator[tuple[Inlines, int]]:
    """Every passage with the line of its block, in reading order."""
    for block in blocks:
        match block:
            case Quotation(inner, source):
                yield from passages(inner)
                yield source, block.line
            case Listing(items=items):
                for item in items:
                    yield from passages(item)
            case _:
                yield from ((content, block.line) for content in _own_passages(block))


def plain(content: Inlines) -> str:
    """The words of a passage as one string: bases without readings, no note calls."""
    return "".join(_plain_pieces(content))


def readings(content: Inlines) -> str:
    """The readings of a passage's ruby as one string."""
    rubies = (inline.pairs for inline in inlines(content) if isinstance(inline, Ruby))
    return "".join(reading for pairs in rubies for _, reading in pairs)


def figures(blocks: Blocks) -> Iterator[Figure]:
    """Every figure, in reading order."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Quotation(inner):
                yield from figures(inner)
            case Listing(items=items):
                for item in items:
                    yield from figures(item)


def inlines(content: Inlines) -> Iterator[Inline]:
    """Every inline of a passage, outer before inner."""
    for inline in content:
        yield inline
        match inline:
            case Emphasis(inner) | Strong(inner) | Link(_, inner) | CrossReference(_, inner):
                yield from inlines(inner)


def _own_passages(block: Block) -> Iterable[Inlines]:
    match block:
        case Heading(content=content) | Paragraph(content=content) | Figure(caption=content):
            return (content,)
        case Verse(stanzas):
            return (line for stanza in stanzas for line in stanza)
        case Signature(lines):
            return lines
        case Table(_, head, rows, caption):
            return (*head, *(cell for row in rows for cell in row), caption)
        case Preformatted(words):
            return ((Kept(words),),)
    return ()


def _map_block(block: Block, reword: Rewording) -> Block:
    match block:
        case Heading(content=content) | Paragraph(content=content):
            return replace(block, content=map_passage(content, reword))
        case Verse(stanzas):
            return replace(block, stanzas=tuple(_map_row(stanza, reword) for stanza in stanzas))
        case Signature(lines):
            return replace(block, lines=_map_row(lines, reword))
        case Quotation() | Listing():
            return _map_nest(block, reword)
        case Figure() | Table():
            return _map_display(block, reword)
    return block


def _map_nest(block: Quotation | Listing, reword: Rewording) -> Block:
    if isinstance(block, Listing):
        return replace(block, items=tuple(map_text(item, reword) for item in block.items))
    inner = map_text(block.blocks, reword)
    return replace(block, blocks=inner, source=map_passage(block.source, reword))


def _map_row(row: tuple[Inlines, ...], reword: Rewording) -> tuple[Inlines, ...]:
    return tuple(map_passage(content, reword) for content in row)


def _map_display(block: Figure | Table, reword: Rewording) -> Block:
    caption = map_passage(block.caption, reword)
    if isinstance(block, Figure):
        (alternative,) = reword((block.alternative,))
        return replace(block, alternative=alternative, caption=caption)
    rows = tuple(_map_row(row, reword) for row in block.rows)
    return replace(block, head=_map_row(block.head, reword), rows=rows, caption=caption)


def _pieces(content: Inlines) -> Iterator[str]:
    for inline in content:
        match inline:
            case Text(words):
                yield words
            case Ruby(pairs):
                yield from (base for base, _ in pairs)
            case Kept():
                yield KEPT
            case LineBreak():
                yield "\n"
            case Emphasis(inner) | Strong(inner) | Link(_, inner) | CrossReference(_, inner):
                yield from _pieces(inner)


def _plain_pieces(content: Inlines) -> Iterator[str]:
    kept = (inline.words for inline in inlines(content) if isinstance(inline, Kept))
    return (next(kept) if piece == KEPT else piece for piece in _pieces(content))


def _refill(content: Inlines, supply: Iterator[str]) -> Inlines:
    return tuple(_refilled(inline, supply) for inline in content)


def _refilled(inline: Inline, supply: Iterator[str]) -> Inline:
    match inline:
        case Text():
            return Text(next(supply))
        case Ruby(pairs):
            return Ruby(tuple((next(supply), reading) for _, reading in pairs))
        case Kept() | LineBreak():
            next(supply)
            return inline
        case Emphasis(inner) | Strong(inner) | Link(_, inner) | CrossReference(_, inner):
            return replace(inline, content=_refill(inner, supply))
    return inline
