"""Parallel: a book in two scripts on facing pages, the same sentences on the left and the right.

It promises that the two pages of every spread begin and end with the same sentence, that a page
holds as much as fits in both scripts, and that numbers, heads and notes run on as in any book. It
refuses what is taller than a page and cannot be divided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from publisher.composition.book import Book
from publisher.composition.compositor import Case, Compositor, Setter
from publisher.composition.divisions import Division
from publisher.composition.facing import FacingEssay, facing_essay
from publisher.composition.formes import Forme
from publisher.composition.markup import Medium
from publisher.composition.paging import Paging
from publisher.composition.seam.starts import page_texts
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.typography.pagesize import PageSize

if TYPE_CHECKING:
    from weasyprint import Document

_Spread = tuple["Document", "Document"]

# More characters than a page of a small book holds.
_TRIED = 1_000
# The outline has each title once, from the left page.
_BLANK = '<div style="break-after:page"></div>'
_RIGHT = "*{bookmark-level:none!important}"


class ParallelPaging(Paging):
    """Sets a book's essays beside those of `other`, the same book in another script."""

    def __init__(
        self,
        book: Book,
        medium: Medium,
        case: Case,
        page: PageSize,
        setter: Setter,
        *,
        other: Paging,
    ):
        super().__init__(book, medium, case, page, setter)
        self.other = other

    @cached_property
    def sides(self) -> tuple[_Side, _Side]:
        """The left pages and the right ones."""
        return _Side(self), _Side(self.other)

    @cached_property
    def _opposite(self) -> dict[str, Division]:
        return {division.anchor: division for division in self.other.book.divisions}

    def _rule(self, division: Division) -> tuple[str, str]:
        start, numbering = super()._rule(division)
        return ("verso" if division.kind == "essay" else start), numbering

    def _new(self, division: Division, number: int, recto: bool, labels: dict[str, str]) -> Forme:
        if division.kind != "essay":
            return super()._new(division, number, recto, labels)
        spreads = _Spreads(self, division, self._opposite[division.anchor], number)
        return self.sides[0].engine.lock(spreads.document(), division.anchor)

    def _may_be_free(self, division: Division) -> bool:
        return False


@dataclass(frozen=True)
class Opening:
    """How pages begin: with which number, on which side, and whether pages stand before them."""

    number: int
    recto: bool
    goes_on: bool


class _Side:
    """The pages of one script, laid out piece by piece until they fit those of the other."""

    def __init__(self, paging: Paging) -> None:
        self.paging = paging
        self.engine = Compositor(paging.case).engine

    def extract(self, division: Division, body: str, opening: Opening, style: str) -> Document:
        """The pages of a part of a division's markup, under a style sheet of its own.

        What goes on from an earlier page is set behind a blank one, which is then taken away: its
        first page is no first page to the layout's sheets.
        """
        number, recto = opening.number, opening.recto
        source = self.paging.source(division)
        if not opening.goes_on:
            document = self.paging.html(division, body, number, recto, style)
            return self.engine.lay_out(document, source)
        document = self.paging.html(division, _BLANK + body, number - 1, not recto, style)
        laid = self.engine.lay_out(document, source)
        return laid.copy(laid.pages[1:])


class _Spreads:
    """The spreads of one essay, the left page of the first having `number`."""

    def __init__(
        self, paging: ParallelPaging, here: Division, there: Division, number: int
    ) -> None:
        self.paging = paging
        self.here = here
        self.there = there
        self.number = number

    def document(self) -> Document:
        """All pages in order, as one document."""
        spreads = list(self._spreads())
        pages = [page for spread in spreads for half in spread for page in half.pages]
        return spreads[0][0].copy(pages)

    @cached_property
    def _essay(self) -> FacingEssay:
        left, right = self.paging, self.paging.other
        return facing_essay(
            left.book.markup(self.here, left.medium, None, left.page),
            right.book.markup(self.there, right.medium, None, right.page),
        )

    def _spreads(self) -> Iterator[_Spread]:
        first, number = 0, self.number
        while first < self._essay.pieces:
            last, spread = self._fullest(first, number)
            yield spread
            first, number = last, number + 2

    def _fullest(self, first: int, number: int) -> tuple[int, _Spread]:
        """Where the fullest spread from a piece on ends, and the spread."""
        cuts = [it for it in self._essay.cuts if it > first]
        ends = self._essay.ends
        room = self._room(first, cuts, number)
        fitting = [it for it in cuts if ends[it] - ends[first] <= room] or cuts[:1]
        for last in reversed(fitting):
            spread = self._spread(first, last, number)
            if all(len(half.pages) == 1 for half in spread):
                return last, spread
        raise self._too_tall()

    def _room(self, first: int, cuts: list[int], number: int) -> int:
        """The characters from a piece on that one page holds in either script."""
        ends = self._essay.ends
        wanted = _TRIED
        while True:
            last = next((it for it in cuts if ends[it] - ends[first] >= wanted), cuts[-1])
            spread = self._spread(first, last, number)
            over = [len(page_texts(half)[0]) for half in spread if len(half.pages) > 1]
            if over or last == cuts[-1]:
                return min(over, default=ends[last] - ends[first])
            wanted *= 2

    def _spread(self, first: int, last: int, number: int) -> _Spread:
        """Some pieces in both scripts, on however many pages each of them takes."""
        left, right = self._essay.halves(first, last)
        here, there = self.paging.sides
        style = f"body{{counter-reset:footnote {self._essay.notes_before(first)}}}"
        return (
            here.extract(self.here, left, Opening(number, False, first > 0), style),
            there.extract(self.there, right, Opening(number + 1, True, first > 0), style + _RIGHT),
        )

    def _too_tall(self) -> PublisherError:
        return PublisherError.of(
            say("something here is taller than a page, and a parallel edition cannot divide it"),
            Remedy.EDITOR,
            self.paging.source(self.here),
            say("shorten the verse, the table or the picture, or choose a larger page"),
        )
