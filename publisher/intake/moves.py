"""Moves: where the lines of a text stand in a newer version of it.

It promises rising places. Lines that differ are paired by their likeness, as many and as like as
can be; blank lines say nothing, and go with the lines around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from publisher.intake.plan import Item, line_count

# Lines less like each other than this are two lines; more pairs than these are not compared.
_LIKE = 0.5
_MOST_PAIRS = 10_000


@dataclass(frozen=True)
class Moves:
    """Where the lines of an older version stand in a newer one; all numbers count from 1.

    `places` has the new number of each old line, 0 where it has none; a line that was changed
    stands where the changed one does. `same` are the old numbers of lines not changed.
    """

    places: tuple[int, ...]
    same: frozenset[int]
    lines: int

    def place(self, line: int) -> int:
        """The new number of an old line; 0 where it has none."""
        return self.places[line - 1]

    def all(self, lines: Iterable[int]) -> tuple[int, ...]:
        """The new numbers of some old lines, without those that are gone."""
        known = (line for line in lines if 1 <= line <= len(self.places))
        return tuple(place for line in known if (place := self.place(line)))

    def begin(self, line: int) -> int:
        """Where what began with an old line begins: behind all that stood before it."""
        return self.place(line) or max(self.places[: line - 1], default=0) + 1

    def is_same(self, old: Item, new: Item) -> bool:
        """Whether an item has the lines that it had, and no others."""
        is_long = new.last - new.first == old.last - old.first
        return is_long and all(line in self.same for line in range(old.first, old.last + 1))

    @cached_property
    def fresh(self) -> frozenset[int]:
        """The lines of the newer version that no old line stands for."""
        return frozenset(range(1, self.lines + 1)).difference(self.places)


def moves(old: str, new: str) -> Moves:
    """How the lines of one text became those of another."""
    before, after = (text.split("\n")[: line_count(text)] for text in (old, new))
    places = [0] * len(before)
    same: list[int] = []
    for tag, start, stop, to, end in _changes(before, after):
        if tag == "equal":
            same += range(start + 1, stop + 1)
            places[start:stop] = range(to + 1, end + 1)
        else:
            for one, other in _alike(before[start:stop], after[to:end]):
                places[start + one] = to + other + 1
    return Moves(tuple(places), frozenset(same), len(after))


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What became of which lines, as difflib tells it; what both begin and end with is the same."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    ends = len(before) - tail, len(after) - tail
    yield "equal", 0, head, 0, head
    inner = SequenceMatcher(_is_blank, before[head : ends[0]], after[head : ends[1]])
    for tag, *spots in inner.get_opcodes():
        start, stop, to, end = (spot + head for spot in spots)
        yield tag, start, stop, to, end
    yield "equal", ends[0], len(before), ends[1], len(after)


def _common(before: list[str], after: list[str]) -> int:
    """How many lines two texts begin with alike."""
    unlike = (
        at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other
    )
    return next(unlike, min(len(before), len(after)))


def _is_blank(row: str) -> bool:
    return not row.strip()


def _alike(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Pairs of indexes of lines that are like each other, in the order of both.

    Where none are, as many lines as there were took the place of those that there were.
    """
    is_small = len(before) * len(after) <= _MOST_PAIRS
    pairs = list(_best_pairs(_likeness(before, after))) if is_small else []
    if not pairs and len(before) == len(after):
        return list(zip(range(len(before)), range(len(after)), strict=True))
    return pairs[::-1]


def _likeness(before: list[str], after: list[str]) -> list[list[float]]:
    """How like every line of one text is to every line of another; 0 where it is not."""
    rows = []
    for one in before:
        ratios = (SequenceMatcher(None, one, other).quick_ratio() for other in after)
        rows.append([ratio if ratio >= _LIKE and one.strip() else 0.0 for ratio in ratios])
    return rows


def _best_pairs(likeness: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The pairs of the greatest likeness together, from the last (Needleman and Wunsch 1970)."""
    best = [[0.0] * (len(likeness[0]) + 1 if likeness else 1)]
    for row in likeness:
        sums = [0.0]
        for at, like in enumerate(row):
            sums.append(max(best[-1][at + 1], sums[at], best[-1][at] + like))
        best.append(sums)
    one, other = len(best) - 1, len(best[0]) - 1
    while one and other:
        if best[one][other] == best[one - 1][other]:
            one -= 1
        elif best[one][other] == best[one][other - 1]:
            other -= 1
        else:
            one, other = one - 1, other - 1
            yield one, other
