"""Breaking: where the lines of a paragraph end, chosen for the whole paragraph at once.

It promises the cheapest sequence of lines under the cost below (Knuth and Plass, "Breaking
paragraphs into lines", 1981) where no place need stretch by more than 0.045 em, and a good one
elsewhere; every line within the measure unless what must stay together is wider; and time that
grows with the length of the paragraph alone. It prefers, in this order: no
last line with a single Han (CLREQ 3.1.5, 孤字不成行) as long as no place stretches by more than
0.15 em; lines that are squeezed or stretched little; squeezing before stretching (先挤进后推出).

The cost of a line grows with the square of what each place between two characters stretches, or
of the share of its squeeze that it uses; word spaces, gaps between Han and Western and a trimmed
last mark cost little. The search keeps, line by line, the ends that are not hopelessly dearer
than the best: with a narrow net at first, with wider ones only where the narrow one caught
nothing good.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from operator import itemgetter

from publisher.typography.characters import Kind
from publisher.typography.galley import Galley

# Costs. Stretching every place by 1/100 em costs 1; a line squeezed to the last costs as much as
# one stretched by 3/100 em a place.
_PER_EM = 100.0
_FULL_SQUEEZE = 9.0
_TRIMMED = 0.05
_FULL_SOFT = 1.0
_RAGGED = 1.0
# How many times the reach of a net, in em, a ragged line may stay behind its measure.
_WIDEST_RAG = 100
# Units; as far beyond the measure a line is looked for that could be squeezed into it.
_FARTHEST = 500
_LONE = 1e5
_OVERFULL = 1e9


@dataclass(frozen=True, slots=True)
class Measure:
    """What lines are broken for: widths of the first line and of the others, in units.

    `justified`: whether every line but the last fills the measure.
    """

    first: int
    rest: int
    justified: bool


@dataclass(frozen=True, slots=True)
class _Net:
    """How far a search looks: the most a place may stretch, in em; how many ways it follows."""

    reach: float
    ways: int


_NETS = (_Net(0.045, 12), _Net(0.15, 48), _Net(1e6, 48))
# How many lines a search goes back for, where it met trouble.
_BACK = 12
# Han; fewer do not make a last line.
_COMPANY = 2
# Tokens; a last line of more holds more than one Han, or no Han at all.
_SHORT = 12

_COST = itemgetter(1)

# A way through a paragraph: its cost, the end of its last line, and the way before that line.
_Way = tuple[float, int, "_Way | None"]
_Layer = dict[int, _Way]


def break_lines(row: Galley, measure: Measure, start: int = 0) -> list[int]:
    """The boundaries where lines end, from token `start` on; the last is the paragraph's end.

    `measure.first` is the width of the line that begins with `start`.
    """
    stops: list[int] = []
    width = measure.first
    for begin, end in row.segments:
        if end > start:
            stops += _Search(row, measure, max(begin, start), end, width).stops()
            width = measure.rest
    return stops


class _Search:
    """The search through one segment, line by line.

    `layers` holds, for every number of lines, the cheapest way to each end. A layer that nothing
    follows, or a last line with a single Han, is trouble: the search goes back some lines and
    passes the place again with a wider net.
    """

    def __init__(self, row: Galley, measure: Measure, start: int, end: int, width: int) -> None:
        self.row = row
        self.measure = measure
        self.start = start
        self.end = end
        self.width = width
        self.layers: list[_Layer] = [{start: (0.0, start, None)}]
        self.net = _NETS[0]
        # The ends of a line, by its first token, under the narrow net.
        self.known: dict[int, list[tuple[int, float]]] = {}
        self.bound = self._first_found()

    def stops(self) -> list[int]:
        """The ends of the cheapest way's lines, in order."""
        way: _Way | None = self._cheapest()
        found: list[int] = []
        while way and way[2]:
            found.append(way[1])
            way = way[2]
        return found[::-1]

    def _first_found(self) -> float:
        """What the lines cost when each is the cheapest by itself: no way need cost more."""
        begin, total, number = self.start, 0.0, 1
        while begin != self.end:
            ends = self._found(begin, self._width(number))
            if not ends:
                return inf
            begin, cost = min(ends, key=_COST)
            total += cost
            number += 1
        return total

    def _cheapest(self) -> _Way:
        best = self._pass(0, 0)
        if best[0] >= _LONE:
            del self.layers[max(1, len(self.layers) - _BACK) :]
            best = min(best, self._pass(1, len(self.layers) + 2 * _BACK), key=lambda way: way[0])
        return best

    def _pass(self, level: int, until: int) -> _Way:
        """The cheapest way to the end; up to line `until` the net of `level` is used."""
        done: _Way | None = None
        while self.layers[-1] or done is None:
            number = len(self.layers)
            if not self.layers[-1]:
                self.bound = inf
                level = min(level + 1, len(_NETS) - 1) if number <= until + _BACK else 1
                until = number + 1
                del self.layers[max(1, number - _BACK) :]
                continue
            self.net = _NETS[level if number <= until else 0]
            layer, ended = self._next(self.layers[-1], self._width(number))
            if ended and (done is None or ended[0] < done[0]):
                done = ended
            if done:
                layer = {stop: way for stop, way in layer.items() if way[0] < done[0]}
            self.layers.append(layer)
        return done

    def _width(self, number: int) -> int:
        return self.width if number == 1 else self.measure.rest

    def _next(self, layer: _Layer, width: int) -> tuple[_Layer, _Way | None]:
        """All ways one line longer, the cheapest to each end; those that reached the end apart."""
        ways: _Layer = {}
        for begin, way in self._cheap(layer):
            for stop, cost in self._found(begin, width):
                total = way[0] + cost
                if total <= self.bound and (stop not in ways or total < ways[stop][0]):
                    ways[stop] = (total, stop, way)
        return ways, ways.pop(self.end, None)

    def _cheap(self, layer: _Layer) -> Iterable[tuple[int, _Way]]:
        """As many ways as the net holds, the cheapest of a layer."""
        if len(layer) <= self.net.ways:
            return layer.items()
        return sorted(layer.items(), key=lambda item: (item[1][0], item[0]))[: self.net.ways]

    def _found(self, begin: int, width: int) -> list[tuple[int, float]]:
        """The ends of a line; under the narrow net they are looked for once."""
        if self.net is not _NETS[0]:
            return self._ends(begin, width)
        if begin not in self.known:
            self.known[begin] = self._ends(begin, width)
        return self.known[begin]

    def _ends(self, begin: int, width: int) -> list[tuple[int, float]]:
        """Where a line that begins with a token may end, each with its cost.

        First the ends beyond the measure that squeezing or trimming reaches, then those within,
        from the fullest line to the emptiest that the net holds.
        """
        row = self.row
        limit = row.heads[begin] + width
        full = bisect_right(row.ends, limit, begin + 1, self.end + 1) - 1
        if full == self.end:
            return [(self.end, self._last(begin))]
        found = self._beyond(begin, full + 1, limit)
        for stop in range(full, begin, -1):
            if row.opens[stop]:
                cost = self._cost(begin, stop, limit)
                if cost is not None:
                    found.append((stop, cost))
                elif row.ends[stop] + row.hyphens.get(stop, 0) <= limit:
                    break
        if not found and self.net is _NETS[-1]:
            found = [self._overfull(begin, limit)]
        return found

    def _beyond(self, begin: int, stop: int, limit: int) -> list[tuple[int, float]]:
        """The ends that a line reaches by being squeezed, or trimmed."""
        row, found = self.row, []
        before = row.squeeze[begin + 1] if self.measure.justified else row.squeeze[-1]
        while stop <= self.end:
            over = row.ends[stop] - limit - row.tails[stop]
            if over > row.squeeze[stop] - before and over > _FARTHEST:
                break
            if row.opens[stop] or stop == self.end:
                cost = self._cost(begin, stop, limit)
                if cost is not None:
                    found.append((stop, cost + (self._last(begin) if stop == self.end else 0.0)))
            stop += 1
        return found

    def _last(self, begin: int) -> float:
        """The cost of a last line that fits; it may hold a single Han only if it is the first."""
        if begin == self.start or self.end - begin > _SHORT:
            return 0.0
        return _LONE if is_lone(self.row, begin, self.end) else 0.0

    def _cost(self, begin: int, stop: int, limit: int) -> float | None:
        """The cost of a line; None where it cannot be set so wide or so narrow."""
        row = self.row
        slack = limit - row.ends[stop]
        if row.hyphens:
            slack -= row.hyphens.get(stop, 0)
        if slack >= 0:
            return self._stretched(begin, stop, slack)
        # The last mark is trimmed whole: what it gives too much, the line takes up again.
        slack += row.tails[stop]
        if slack >= 0:
            cost = self._stretched(begin, stop, slack)
            return None if cost is None else cost + _TRIMMED
        spare = row.squeeze[stop] - row.squeeze[begin + 1] if self.measure.justified else 0
        if -slack > spare:
            return None
        share = slack / spare
        return _TRIMMED + _FULL_SQUEEZE * share * share

    def _stretched(self, begin: int, stop: int, slack: int) -> float | None:
        row = self.row
        if not self.measure.justified:
            share = slack / 1000
            return _RAGGED * share * share if share <= _WIDEST_RAG * self.net.reach else None
        soft = row.soft[stop] - row.soft[begin + 1]
        if slack <= soft:
            share = slack / soft if soft else 0.0
            return _FULL_SOFT * share * share
        taps = row.taps[stop] - row.taps[begin + 1] or 1
        each = (slack - soft) / (1000 * taps)
        if each > self.net.reach:
            return None
        return (_FULL_SOFT if soft else 0.0) + _PER_EM * _PER_EM * each * each

    def _overfull(self, begin: int, limit: int) -> tuple[int, float]:
        """The first end of a line that nothing makes narrow enough."""
        stop = begin + 1
        while stop < self.end and not self.row.opens[stop]:
            stop += 1
        return stop, _OVERFULL + self.row.ends[stop] - limit


def is_lone(row: Galley, start: int, stop: int) -> bool:
    """Whether a line holds a single Han, or none, and nothing else that would make it a line."""
    letters = 0
    for token in row.tokens[start:stop]:
        if token.kind in (Kind.WESTERN, Kind.OBJECT):
            return False
        letters += token.kind == Kind.HAN or token.text == "々"
    return letters < _COMPANY
