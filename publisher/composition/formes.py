"""Forme: the pages of one division, set and locked up: everything of a PDF but its fonts.

It promises to rest on nothing outside itself: a forme can be kept, sent to another process, and
joined with any others ([ADR 10](../../docs/adr/0010-formes.md)). References between its objects
are codes, which `joining` turns into the numbers that the objects have in a finished file.
"""

from __future__ import annotations

from dataclasses import dataclass

# In the text of objects: where a reference stands, and where another object begins.
REFERENCE = b"\x00"
BREAK = b"\x02"
# Codes of what all formes share; an object of its own has its number, which is greater.
PAGES, COLOURS, STRUCTURE = 1, 3, 4


@dataclass(frozen=True)
class TypeUse:
    """A font as a forme uses it: `name` is what the pages call it, `number` its code there.

    `sha256` and `index` say which font file; `content` is the file where it is none that was given.
    `glyphs`, `widths` and `said` belong together: glyph codes, their advances in em/1000, and the
    characters they stand for. `places` are those of a vertical font's glyphs: code, advance, x, y.
    `missing` are codes beyond the font's own, for characters that it does not have.
    """

    name: str
    number: int
    base: bytes
    family: str
    sha256: str
    index: int
    ascent: int
    descent: int
    flags: int
    widths: tuple[tuple[int, float], ...]
    said: tuple[tuple[int, str], ...]
    content: bytes = b""
    places: tuple[tuple[int, int, int, int], ...] | None = None
    missing: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline: on which of the forme's pages it leads where, in pt."""

    page: int
    level: int
    label: str
    x: float
    y: float
    is_closed: bool


@dataclass(frozen=True)
class Anchor:
    """A place that links lead to: on which of the forme's pages, where, in pt."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Hint:
    """The numbers that a forme's first page may come to bear: from `lowest` up to `highest`."""

    lowest: int
    highest: int

    def lengths(self, page: int) -> range:
        """How many figures the number of a page (from 0) may have."""
        return range(len(str(self.lowest + page)), len(str(self.highest + page)) + 1)


@dataclass(frozen=True)
class Slot:
    """A place in a drawing that a number decides.

    A figure of the number, counted from its first; or, where `figure` is less than 0, a length in
    px: `value` and for every figure of the number what `moves` has for it.
    """

    figure: int
    value: float = 0.0
    moves: tuple[float, ...] = ()

    def filled(self, number: str, codes: tuple[bytes, ...]) -> bytes:
        """What stands there for a number; `codes` are the glyphs of figures from 0 to 9."""
        if self.figure >= 0:
            return codes[int(number[self.figure])]
        length = self.value + sum(self.moves[int(figure)] for figure in number)
        return f"{length:.6f}".rstrip("0").rstrip(".").encode()


@dataclass(frozen=True)
class Furniture:
    """What stands in a page's margins: content of a PDF page, cut at its slots."""

    parts: tuple[bytes, ...]
    slots: tuple[Slot, ...]
    codes: tuple[bytes, ...]

    def drawn(self, number: int) -> bytes:
        """The content with a number in it."""
        figures = str(number)
        woven = [b""] * (2 * len(self.parts) - 1)
        woven[::2] = self.parts
        woven[1::2] = (slot.filled(figures, self.codes) for slot in self.slots)
        return b"".join(woven)


@dataclass(frozen=True)
class Room:
    """The furniture of one page, by numbers in the forme's own row of furniture.

    `here` is for the side it was set on, `there` for the other: each a count of figures and a
    number. `shift` is how far its words move when it lies on the other side, in pt; `content` is
    the code of what is drawn before them, `margins` of what is drawn behind them.
    """

    here: tuple[tuple[int, int], ...]
    there: tuple[tuple[int, int], ...]
    shift: tuple[float, float]
    content: int
    margins: int


@dataclass(frozen=True)
class Spot:
    """A length in a link's frame: on which page, along which axis (0: x, 1: y), in pt."""

    page: int
    axis: int
    value: float


@dataclass(frozen=True)
class Forme:
    """Pages as objects of a PDF; the objects have numbers of the forme's own.

    `pages` are the numbers of page objects; `texts` what each page's text begins with, and how
    many characters it has. `streams` are heads and contents, `rows` all other objects, parted by
    BREAK; `numbers` those of the streams, then of the rows. `codes` stand for the references in
    the heads of streams, then in the rows: an object's number, one of the shared codes, or from
    `size` on a place in the tree of parents, in which the forme needs `parents` places, and behind
    these one of the `spots`; the last row is the forme's leaf in that tree. `tops` are the
    uppermost elements of its structure. `targets` are the names that its links lead to, `remarks`
    what the engine said while setting it.

    A forme with `rooms`, one for each page, was set as if it began on a right page, and can stand
    anywhere; `furniture` is what stands in them.
    """

    pages: tuple[int, ...]
    texts: tuple[tuple[str, int], ...]
    streams: tuple[tuple[bytes, bytes], ...]
    rows: bytes
    numbers: tuple[int, ...]
    codes: tuple[int, ...]
    size: int
    parents: int
    spots: tuple[Spot, ...]
    tops: tuple[int, ...]
    anchors: tuple[Anchor, ...]
    bookmarks: tuple[Bookmark, ...]
    types: tuple[TypeUse, ...]
    targets: tuple[str, ...]
    remarks: tuple[str, ...]
    furniture: tuple[Furniture, ...] = ()
    rooms: tuple[Room, ...] = ()

    def serves(self, hint: Hint) -> bool:
        """Whether it has furniture for every number that its pages may come to bear."""
        return all(
            {length for length, _ in room.here} >= set(hint.lengths(page))
            for page, room in enumerate(self.rooms)
        )
