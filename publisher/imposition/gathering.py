"""Gathering: pages become signatures, signatures become pieces of paper in the order of the book.

It promises every page once, front and back of a piece as they lie on each other, signatures as
even as can be, and blanks only where pages do not fill the paper. It refuses a signature too thick
to be folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.imposition.schemes import MOST_SHEETS
from publisher.imposition.wishes import Binding, Blanks, Wish

# A page's number from 1, or None for a blank.
Page = int | None


@dataclass(frozen=True)
class Piece:
    """A piece of paper: its pages from left to right, as each of its sides is seen.

    A folded sheet shows two pages on each side, a leaf one. `depth` counts the sheets that lie
    around it in its signature; `signature` is that signature's number from 1.
    """

    front: tuple[Page, ...]
    back: tuple[Page, ...]
    depth: int = 0
    signature: int = 1


@dataclass(frozen=True)
class Gathering:
    """All pieces in the order of the book, and how many sheets each signature has."""

    pieces: tuple[Piece, ...]
    signatures: tuple[int, ...]
    blanks: int


def gather_pages(pages: int, wish: Wish) -> Gathering:
    """The pieces of a book of so many pages. Raises PublisherError for what cannot be folded."""
    if pages < 1:
        raise PublisherError.of(say("there are no pages to print"), Remedy.CALLER)
    each = 4 if wish.scheme.is_folded else 2
    row = _filled(pages, each, wish.blanks)
    if not wish.scheme.is_folded:
        return Gathering(tuple(_leaves(row, wish)), (), len(row) - pages)
    sizes = _sizes(len(row) // each, wish)
    return Gathering(tuple(_folded(row, sizes, wish.binding)), sizes, len(row) - pages)


def _filled(pages: int, each: int, blanks: Blanks) -> list[Page]:
    """Numbers from 1 on with blanks, so many that they fill whole pieces."""
    row: list[Page] = list(range(1, pages + 1))
    at = len(row) if blanks is Blanks.END else len(row) - 1
    row[at:at] = [None] * (-pages % each)
    return row


def _leaves(row: list[Page], wish: Wish) -> Iterator[Piece]:
    if wish.signature:
        raise PublisherError.of(
            say("leaves are cut and not folded, so they have no signatures"),
            Remedy.CALLER,
            hint=say("leave the signature out, or choose the scheme sewn"),
        )
    for first in range(0, len(row), 2):
        yield Piece((row[first],), (row[first + 1],))


def _sizes(sheets: int, wish: Wish) -> tuple[int, ...]:
    """The sheets of each signature: as many signatures as are needed, as even as can be."""
    most = wish.signature or wish.scheme.signature or sheets
    if not 1 <= most <= MOST_SHEETS:
        raise _too_thick(sheets, most, wish)
    count = -(-sheets // most)
    each, more = divmod(sheets, count)
    return tuple(each + (number < more) for number in range(count))


def _too_thick(sheets: int, most: int, wish: Wish) -> PublisherError:
    return PublisherError.of(
        say(
            "{n} sheets in one signature cannot be folded and held; {most} is the most",
            n=most,
            most=MOST_SHEETS,
        ),
        Remedy.CALLER,
        hint=_thinner(sheets, wish),
    )


def _thinner(sheets: int, wish: Wish) -> Message:
    count = -(-sheets // MOST_SHEETS)
    even = -(-sheets // count)
    if wish.scheme.apart:
        return say(
            "with signature {even} it becomes {count} booklets; the scheme sewn makes one book",
            even=even,
            count=count,
        )
    return say("write a signature from 1 to {most}; 4 is usual", most=MOST_SHEETS)


def _folded(row: list[Page], sizes: tuple[int, ...], binding: Binding) -> Iterator[Piece]:
    start = 0
    for number, sheets in enumerate(sizes, start=1):
        own = row[start : start + 4 * sheets]
        start += 4 * sheets
        for depth in range(sheets):
            yield _sheet(own, depth, number, binding)


def _sheet(own: list[Page], depth: int, number: int, binding: Binding) -> Piece:
    """A sheet of a signature, `depth` sheets from the outermost: its front is the outside."""
    first, last = 2 * depth, len(own) - 1 - 2 * depth
    front, back = (own[last], own[first]), (own[first + 1], own[last - 1])
    if binding is Binding.RIGHT:
        front, back = front[::-1], back[::-1]
    return Piece(front, back, depth, number)
