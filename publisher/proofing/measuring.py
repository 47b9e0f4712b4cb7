"""Measuring: the lines, texts and paragraphs of a whole file, ready for the rules.

It promises that pages come in one at a time and leave only their lines behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from publisher.proofing.findings import Spot
from publisher.proofing.gaps import Gap, beyond
from publisher.proofing.glyphs import Page
from publisher.proofing.lines import Line, lines_of
from publisher.proofing.pairs import Pair, pairs
from publisher.proofing.paragraphs import Paragraph, Placed, paragraphs_of
from publisher.proofing.texts import LinedPage, Text, texts_of

# What of a line stands above and below its baseline, in em.
_UP, _DOWN = 0.9, 0.2


@dataclass(frozen=True)
class Measured:
    """A file's language (BCP 47; may be empty), its pages, its texts with their paragraphs.

    The body stands first, then the notes where there are any.
    """

    language: str
    pages: tuple[LinedPage, ...]
    texts: tuple[Text, ...]
    paragraphs: tuple[tuple[Paragraph, ...], ...]

    @property
    def all_paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of all texts."""
        return (paragraph for own in self.paragraphs for paragraph in own)

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the body."""
        return self.paragraphs[0] if self.paragraphs else ()

    @cached_property
    def gaps(self) -> tuple[tuple[Placed, Gap], ...]:
        """The lines of the body in which Han stand too far apart or too close, and where."""
        worst = ((line, beyond(line.line)) for own in self.body for line in own.lines)
        return tuple((line, gap) for line, gap in worst if gap is not None)

    @cached_property
    def pairs(self) -> tuple[tuple[Placed, Pair], ...]:
        """The pairs of marks in all texts."""
        lines = (line for own in self.all_paragraphs for line in own.lines)
        return tuple((line, pair) for line in lines for pair in pairs(line.line))


def measured(pages: Iterable[Page], language: str = "") -> Measured:
    """A file's pages measured; `language` is what the file says of itself."""
    lined = tuple(
        LinedPage(page.number, page.label, page.width, page.height, lines_of(page), page.lies)
        for page in pages
    )
    texts = texts_of(lined)
    return Measured(language, lined, texts, tuple(paragraphs_of(text) for text in texts))


def spot(page: LinedPage, line: Line, place: int = 0) -> Spot:
    """Where a line stands; `place` is the character to look at, -1 the last."""
    box = (
        line.left,
        line.baseline - _DOWN * line.size,
        line.right,
        line.baseline + _UP * line.size,
    )
    return Spot(page.number, page.label, line.number, line.text, box, line.xs[place])
