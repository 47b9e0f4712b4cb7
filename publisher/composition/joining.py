"""Joining: formes become one PDF: pages, fonts, outline, links, page labels, structure.

It promises the same bytes for the same formes wherever each of them was set, each font and each
picture once, and links that lead from one forme into another. It never calls the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from publisher.composition.embedding import Files, Fonts
from publisher.composition.formes import (
    BREAK,
    COLOURS,
    PAGES,
    REFERENCE,
    STRUCTURE,
    Anchor,
    Bookmark,
    Forme,
)
from publisher.composition.information import Information, PageLabels, number_tree
from publisher.composition.objects import Objects, array, dictionary, number, reference, text
from publisher.composition.outlines import Line, Outline

_WHITE = b"[0.96422 1 0.82521]", b"[0.95047 1 1.08883]"
# Heads and folios are no part of what is read (ISO 32000-1, 14.8.2.2).
_FURNITURE = b"Q /Artifact <</Type /Pagination>> BDC q\n%b\nQ EMC"


@dataclass(frozen=True)
class Placed:
    """A forme in its place: the number of its first page, and whether that is a right one."""

    forme: Forme
    number: int = 1
    recto: bool = True


def joined(
    formes: Sequence[Placed],
    information: Information,
    files: Files,
    labels: tuple[PageLabels, ...] = (),
    *,
    facing: bool = True,
) -> bytes:
    """One PDF of all formes' pages; two of them `facing` each other when it is opened."""
    return _Joining(formes, files).write(information, labels, facing=facing)


class _Place:
    """Where a forme's objects come to stand: the table of its codes, as they are written."""

    def __init__(self, placed: Placed, base: int, first_parent: int) -> None:
        self.placed = placed
        self.forme = forme = placed.forme
        self.base = base
        self.table = [b""] * forme.size
        for offset, own in enumerate(forme.numbers):
            self.table[own] = reference(base + offset)
        self.table += (b"%d" % (first_parent + offset) for offset in range(forme.parents))
        self.table += (
            number(spot.value + self.shift(spot.page)[spot.axis]) for spot in forme.spots
        )
        self.leaf = reference(base + len(forme.numbers) - 1)

    def pages(self) -> list[bytes]:
        """The references of its pages."""
        return [self.table[own] for own in self.forme.pages]

    def shift(self, page: int) -> tuple[float, float]:
        """How far the words of a page are moved, in pt: not at all where it was set for."""
        if self.placed.recto or not self.forme.rooms:
            return 0.0, 0.0
        return self.forme.rooms[page].shift

    def margins(self, page: int) -> bytes:
        """What is drawn in the margins of a page."""
        room, own = self.forme.rooms[page], self.placed.number + page
        sides = room.here if self.placed.recto else room.there
        return self.forme.furniture[dict(sides)[len(str(own))]].drawn(own)


class _Joining:
    def __init__(self, formes: Sequence[Placed], files: Files) -> None:
        self.objects = Objects()
        self.catalogue, self.information = self.objects.reserve(), self.objects.reserve()
        self.pages, self.colours = self.objects.reserve(), self.objects.reserve()
        self.tree, self.structure, self.parents = (self.objects.reserve() for _ in range(3))
        self.formes = formes
        self.files = files
        self._pictures: dict[tuple[bytes, bytes], bytes] = {}
        self._shifts: dict[tuple[float, float], bytes] = {}

    def write(
        self, information: Information, labels: tuple[PageLabels, ...], *, facing: bool
    ) -> bytes:
        fonts = Fonts(self.objects)
        places = self._places()
        for place in places:
            self._share(place, fonts)
            self._furnish(place)
            self._forme(place)
        fonts.write(self.files)
        leaves = [page for place in places for page in place.pages()]
        self._trunk(places, leaves)
        outline = self._outline(places)
        catalogue = (
            *self._catalogue(information, places, facing=facing),
            *([("Outlines", outline)] if outline else []),
            *([("PageLabels", number_tree(labels))] if labels else []),
        )
        self.objects.pack(
            (self.catalogue, self.information),
            (dictionary(catalogue), dictionary(information.entries())),
        )
        return self.objects.finish(self.catalogue, self.information)

    def _places(self) -> list[_Place]:
        """Every forme's numbers; parents count on from forme to forme."""
        firsts = accumulate((placed.forme.parents for placed in self.formes), initial=0)
        return [
            _Place(placed, self.objects.reserve(len(placed.forme.numbers)), first)
            for placed, first in zip(self.formes, firsts, strict=False)
        ]

    def _share(self, place: _Place, fonts: Fonts) -> None:
        """Fill in the codes of what all formes share."""
        place.table[PAGES] = reference(self.pages)
        place.table[COLOURS] = reference(self.colours)
        place.table[STRUCTURE] = reference(self.structure)
        for use in place.forme.types:
            place.table[use.number] = reference(fonts.number_of(use))

    def _furnish(self, place: _Place) -> None:
        """Write what is drawn before and behind the words of pages with furniture of their own."""
        for page, room in enumerate(place.forme.rooms):
            place.table[room.content] = self._shift(place.shift(page))
            own = self.objects.reserve()
            self.objects.deflated(own, b"", _FURNITURE % place.margins(page))
            place.table[room.margins] = reference(own)

    def _shift(self, shift: tuple[float, float]) -> bytes:
        """The content that moves what comes behind it; one for all that move alike."""
        if shift not in self._shifts:
            own = self.objects.reserve()
            move = b"q" if shift == (0, 0) else b"q 1 0 0 1 %b %b cm" % (*map(number, shift),)
            self.objects.deflated(own, b"", move)
            self._shifts[shift] = reference(own)
        return self._shifts[shift]

    def _forme(self, place: _Place) -> None:
        """Write a forme's objects under their numbers; a picture that is there already is not."""
        forme = place.forme
        heads = [head.count(REFERENCE) for head, _ in forme.streams]
        ends = list(accumulate(heads))
        # From the last on, for a picture comes before its mask.
        for index in reversed(range(len(forme.streams))):
            codes = forme.codes[ends[index] - heads[index] : ends[index]]
            self._stream(place, index, _filled(forme.streams[index][0], codes, place.table))
        rows = _filled(forme.rows, forme.codes[ends[-1] if ends else 0 :], place.table)
        first = place.base + len(forme.streams)
        self.objects.pack(range(first, place.base + len(forme.numbers)), rows.split(BREAK))

    def _stream(self, place: _Place, index: int, head: bytes) -> None:
        own, content = place.base + index, place.forme.streams[index][1]
        if b"/Subtype /Image" in head:
            known = self._pictures.setdefault((head, content), reference(own))
            place.table[place.forme.numbers[index]] = known
            if known != reference(own):
                return
        self.objects.stream(own, head, content)

    def _trunk(self, places: list[_Place], leaves: list[bytes]) -> None:
        """Write what holds the pages, the structure and the colours together."""
        tops = (place.table[own] for place in places for own in place.forme.tops)
        written = {
            self.pages: (
                ("Type", b"/Pages"),
                ("Kids", array(leaves)),
                ("Count", number(len(leaves))),
            ),
            self.tree: (
                ("Type", b"/StructTreeRoot"),
                ("ParentTree", reference(self.parents)),
                ("K", array([reference(self.structure)])),
            ),
            self.structure: (
                ("Type", b"/StructElem"),
                ("S", b"/Document"),
                ("K", array(tops)),
                ("P", reference(self.tree)),
            ),
            self.parents: (("Kids", array(place.leaf for place in places)),),
            self.colours: (("lab-d50", _lab(_WHITE[0])), ("lab-d65", _lab(_WHITE[1]))),
        }
        self.objects.pack([*written], [dictionary(rows) for rows in written.values()])

    def _catalogue(
        self, information: Information, places: list[_Place], *, facing: bool
    ) -> Iterator[tuple[str, bytes]]:
        yield "Type", b"/Catalog"
        yield "Pages", reference(self.pages)
        yield "Lang", text(information.language)
        yield "ViewerPreferences", b"<</DisplayDocTitle true>>"
        yield "PageLayout", b"/TwoPageRight" if facing else b"/SinglePage"
        yield "MarkInfo", b"<</Marked true>>"
        yield "StructTreeRoot", reference(self.tree)
        if goals := _destinations(places):
            yield "Names", b"<</Dests <</Names %b>>>>" % array(_named(goals))

    def _outline(self, places: list[_Place]) -> bytes:
        """Write the outline, and give its reference; nothing where nobody is listed."""
        lines = list(_lines(places))
        if not lines:
            return b""
        root = self.objects.reserve(len(lines) + 1)
        self.objects.pack(range(root, root + len(lines) + 1), Outline(lines, root).written())
        return reference(root)


def _lines(places: list[_Place]) -> Iterator[Line]:
    for place in places:
        for mark in place.forme.bookmarks:
            words = b"/Title %b/Dest %b" % (text(mark.label), _goal(place, mark))
            yield Line(mark.level, mark.is_closed, words)


def _filled(written: bytes, codes: Iterable[int], table: list[bytes]) -> bytes:
    """Objects with references in the place of codes."""
    parts = written.split(REFERENCE)
    names = [table[code] for code in codes]
    woven = [b""] * (2 * len(parts) - 1)
    woven[::2], woven[1::2] = parts, names
    return b"".join(woven)


def _goal(place: _Place, mark: Anchor | Bookmark) -> bytes:
    """Where a link or a line of the outline leads."""
    x, y = place.shift(mark.page)
    page = place.table[place.forme.pages[mark.page]]
    return b"[%b /XYZ %b %b 0]" % (page, number(mark.x + x), number(mark.y + y))


def _destinations(places: list[_Place]) -> dict[str, bytes]:
    """The goal of each name; of two with one name the first."""
    found: dict[str, bytes] = {}
    for place in places:
        for anchor in place.forme.anchors:
            found.setdefault(anchor.name, _goal(place, anchor))
    return found


def _named(goals: dict[str, bytes]) -> Iterator[bytes]:
    """Names in the order of their bytes, each with its goal (ISO 32000-1, 7.9.6)."""
    for name, goal in sorted((text(name), goal) for name, goal in goals.items()):
        yield name
        yield goal


def _lab(white: bytes) -> bytes:
    return b"[/Lab <</WhitePoint %b/Range [-125 125 -125 125]>>]" % white
