"""Outline: the lines by which a reader finds the way in a PDF (ISO 32000-1, 12.3.3).

It promises that a line stands under the last one before it that has a lower level, whatever levels
are left out between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.composition.objects import reference


@dataclass(frozen=True)
class Line:
    """One line: `words` are its entries for title and goal, already written."""

    level: int
    is_closed: bool
    words: bytes


class Outline:
    """Lines as a tree; `root` is the number of its first object, those of the lines follow it."""

    def __init__(self, lines: list[Line], root: int) -> None:
        self._lines = lines
        self._root = root
        self._parents = list(_parents(lines))
        self._kids: dict[int, list[int]] = {}
        self._places: list[int] = []
        for index, parent in enumerate(self._parents):
            family = self._kids.setdefault(parent, [])
            self._places.append(len(family))
            family.append(index)

    def written(self) -> list[bytes]:
        """The objects: the root, then every line."""
        rows = [self._row(index) for index in range(len(self._lines))]
        return [b"<<%b>>" % self._family(-1), *rows]

    def _row(self, index: int) -> bytes:
        family, place = self._kids[self._parents[index]], self._places[index]
        links = [b"/Parent %b" % self._name(self._parents[index])]
        if place:
            links.append(b"/Prev %b" % self._name(family[place - 1]))
        if place + 1 < len(family):
            links.append(b"/Next %b" % self._name(family[place + 1]))
        return b"<<%b%b%b>>" % (self._lines[index].words, b"".join(links), self._family(index))

    def _family(self, index: int) -> bytes:
        """What a line says of those below it; nothing where there are none."""
        own = self._kids.get(index)
        if not own:
            return b""
        count = self._shown(index)
        if index >= 0 and self._lines[index].is_closed:
            count = -count
        return b"/First %b/Last %b/Count %d" % (self._name(own[0]), self._name(own[-1]), count)

    def _shown(self, index: int) -> int:
        """How many lines are seen below one when it is open."""
        own = self._kids.get(index, [])
        return len(own) + sum(self._shown(it) for it in own if not self._lines[it].is_closed)

    def _name(self, index: int) -> bytes:
        return reference(self._root + 1 + index)


def _parents(lines: list[Line]) -> Iterator[int]:
    """Each line's parent by its index; -1 for the uppermost."""
    branch: list[int] = []
    for index, line in enumerate(lines):
        while branch and lines[branch[-1]].level >= line.level:
            branch.pop()
        yield branch[-1] if branch else -1
        branch.append(index)
