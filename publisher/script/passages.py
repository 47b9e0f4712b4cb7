"""Passages: the convertible words of an essay in order, taken out and put back.

It promises that `rewritten` puts the words back in the order in which `passages` took them, every
passage with the place of its block or its front matter key, and that links, ids and `Kept` runs
are out of reach: both go through `matter.map_text`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript

# How many characters either side an editor sees, and a decision remembers.
CONTEXT = 8
_SHOWN = str.maketrans({m.KEPT: "〓", "\n": "／"})
_BETWEEN = "\x1e"


@dataclass(frozen=True)
class Passage:
    """What is converted in one go, in the pieces that its markup makes.

    The piece `matter.KEPT` is untouchable. A passage that is a name is not running text: OpenCC's
    words do not decide there.
    """

    pieces: tuple[str, ...]
    at: Place
    is_name: bool = False

    @property
    def text(self) -> str:
        """All pieces as one."""
        return "".join(self.pieces)


@dataclass(frozen=True)
class Spot:
    """Characters of an essay: in which passage, and from which offset."""

    passage: int
    start: int


@dataclass(frozen=True)
class EssayText:
    """All passages of an essay, in which the n-th occurrence of a word can be found."""

    passages: tuple[Passage, ...]

    def occurrences(self, source: str) -> list[Spot]:
        """Where a word stands, from the title on; occurrences may overlap."""
        found: list[Spot] = []
        offset = self._all.find(source)
        while offset >= 0:
            passage = bisect_right(self._starts, offset) - 1
            found.append(Spot(passage, offset - self._starts[passage]))
            offset = self._all.find(source, offset + 1)
        return found

    def found(self, source: str, number: int, context: str) -> Spot | None:
        """The occurrence that stands in `context`: the n-th, or else the only one that does."""
        spots = self.occurrences(source)
        fitting = [spot for spot in spots if self.context(spot, len(source)) == context]
        if 0 < number <= len(spots) and spots[number - 1] in fitting:
            return spots[number - 1]
        return fitting[0] if len(fitting) == 1 else None

    def context(self, spot: Spot, length: int) -> str:
        """The word with eight characters of its passage either side, in brackets: `头【发】白了`.

        An untouchable run is shown as 〓, a wanted line end as ／.
        """
        text = self.passages[spot.passage].text
        end = spot.start + length
        before, after = text[max(0, spot.start - CONTEXT) : spot.start], text[end : end + CONTEXT]
        return f"{before}【{text[spot.start : end]}】{after}".translate(_SHOWN)

    @cached_property
    def _all(self) -> str:
        return _BETWEEN.join(passage.text for passage in self.passages)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(it.text) + 1 for it in self.passages[:-1]), initial=0))


def passages(essay: Manuscript) -> tuple[Passage, ...]:
    """Every passage of an essay: its front matter, its text, its notes."""
    taken: list[Passage] = []

    def take(pieces: tuple[str, ...], at: Place, is_name: bool) -> tuple[str, ...]:
        taken.append(Passage(pieces, at, is_name))
        return pieces

    _essay_mapped(essay, take)
    return tuple(taken)


def rewritten(essay: Manuscript, words: Iterator[tuple[str, ...]]) -> Manuscript:
    """The essay with the next words, in the order of `passages`."""
    return _essay_mapped(essay, lambda _pieces, _at, _is_name: next(words))


_Step = Callable[[tuple[str, ...], Place, bool], tuple[str, ...]]


def _essay_mapped(essay: Manuscript, step: _Step) -> Manuscript:
    def one(key: str, text: str, is_name: bool = False) -> str:
        return step((text,), Place(essay.path, key=key), is_name)[0]

    return replace(
        essay,
        title=one("title", essay.title),
        subtitle=one("subtitle", essay.subtitle),
        authors=tuple(one("author", author, is_name=True) for author in essay.authors),
        date=one("date", essay.date),
        source=one("source", essay.source),
        note=one("note", essay.note),
        blocks=_blocks_mapped(essay.blocks, essay.path, step),
        notes=tuple(
            replace(note, blocks=_blocks_mapped(note.blocks, essay.path, step))
            for note in essay.notes
        ),
    )


def _blocks_mapped(blocks: m.Blocks, path: str, step: _Step) -> m.Blocks:
    return tuple(_block_mapped(block, path, step) for block in blocks)


def _block_mapped(block: m.Block, path: str, step: _Step) -> m.Block:
    """One block, its inner blocks each with their own line."""

    def here(pieces: tuple[str, ...]) -> tuple[str, ...]:
        return step(pieces, Place(path, block.line), False)

    match block:
        case m.Quotation(blocks=inner, source=source):
            blocks = _blocks_mapped(inner, path, step)
            return replace(block, blocks=blocks, source=m.map_passage(source, here))
        case m.Listing(items=items):
            return replace(block, items=tuple(_blocks_mapped(it, path, step) for it in items))
    (mapped,) = m.map_text((block,), here)
    return mapped
