"""Galley: a paragraph's tokens in one long row, with running totals.

It promises the width, the squeeze and the stretch of any stretch of tokens as differences of two
numbers, so that a paragraph of any length is broken in linear time. All lengths are in units.

Boundaries are numbered like the tokens that follow them: boundary `b` lies between tokens `b - 1`
and `b`. A line of the tokens `start` to `stop - 1` holds the boundaries between.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from publisher.typography.characters import MARKS, Kind
from publisher.typography.joints import PLAIN, Joint, Joints
from publisher.typography.tokens import Rules, Token

# What is not drawn where it ends a line.
_UNSEEN = frozenset((Kind.SPACE, Kind.CHANCE, Kind.JOINER))
# What a prohibition looks through: a line that begins behind it begins with what follows.
_CLEAR = frozenset((Kind.SPACE, Kind.HEAD, Kind.TAIL))


class Galley(NamedTuple):
    """The row and its totals; each list has one entry for every boundary.

    - `heads`, `ends`: where a line that begins or ends at a boundary has its natural edges.
    - `tails`: what a line that ends there may lose by trimming its last mark.
    - `opens`: whether a line may end there; `hyphens`: the width of the hyphen it then shows.
    - `squeeze`, `soft`, `taps`: totals of the boundaries before it.
    - `joints`: the joints that are not plain, by boundary; `marked` their boundaries in order.
    - `unseen`: for a line that ends behind what is not drawn, the boundary before that.
    - `segments`: stretches between forced breaks, as (start, stop).
    - `widest`: the width of the widest stretch in which no line may end.
    """

    tokens: list[Token]
    rules: Rules
    heads: list[int]
    ends: list[int]
    tails: list[int]
    opens: list[bool]
    hyphens: dict[int, int]
    squeeze: list[int]
    soft: list[int]
    taps: list[int]
    joints: dict[int, Joint]
    marked: list[int]
    unseen: dict[int, int]
    segments: list[tuple[int, int]]
    widest: int

    def trim(self, start: int) -> int:
        """What the opening mark loses with which a line begins."""
        return _head_trim(self.tokens[start], self.rules)

    def seen(self, stop: int) -> int:
        """The boundary behind the last token that is drawn of a line."""
        return self.unseen.get(stop, stop)


def galley(tokens: list[Token], joints: Joints) -> Galley:
    """A row of tokens under the rules of `joints`."""
    count = len(tokens)
    special = [index for index, token in enumerate(tokens) if not token.common]
    found = _joints(tokens, special, joints)
    steps = [token.advance for token in tokens]
    widest = max(steps, default=0)
    opens = [True] * (count + 1)
    squeeze, soft = [0] * (count + 1), [0] * (count + 1)
    taps = [1] * (count + 1)
    for boundary, joint in found.items():
        steps[boundary] += joint.gap
        opens[boundary] = joint.opens
        taps[boundary] = int(joint.taps)
        soft[boundary] = joint.soft
        if joint.gives:
            squeeze[boundary] = sum(amount for _, amount in joint.gives)
    places = [0, *accumulate(steps)]
    row = Galley(
        tokens, joints.rules, places, places.copy(), [0] * (count + 1), opens, {},
        _totals(squeeze), _totals(soft), _totals(taps), found, sorted(found),
        _unseen(tokens, special), _segments(tokens, special), max(widest, _widest(places, found)),
    )  # fmt: skip
    _mark_edges(row, special, places)
    return row


def _joints(tokens: list[Token], special: list[int], joints: Joints) -> dict[int, Joint]:
    """The joints that are not plain: beside every token that is not a common Han."""
    found: dict[int, Joint] = {}
    between = joints.between
    last = len(tokens)
    clear = []
    for index in special:
        token = tokens[index]
        if index and index not in found:
            found[index] = between(tokens[index - 1], token)
        if index + 1 < last:
            found[index + 1] = between(token, tokens[index + 1])
        if token.kind in _CLEAR:
            clear.append(index)
    for index in clear:
        _look_through(tokens, found, joints.rules, index)
    return {boundary: joint for boundary, joint in found.items() if joint is not PLAIN}


def _look_through(tokens: list[Token], found: dict[int, Joint], rules: Rules, index: int) -> None:
    """Close the boundaries beside a space or a box's room where what is beyond is prohibited."""
    left = next((t for t in reversed(tokens[max(0, index - _FAR) : index]) if _is_firm(t)), None)
    right = next((t for t in tokens[index + 1 : index + _FAR] if _is_firm(t)), None)
    bound = (left and not rules.ends_line(left)) or (right and not rules.begins_line(right))
    for boundary in (index, index + 1) if bound else ():
        if boundary in found:
            found[boundary] = found[boundary]._replace(opens=False)


# How many boxes and spaces a prohibition looks through.
_FAR = 8


def _is_firm(token: Token) -> bool:
    return token.kind not in _CLEAR


def _totals(values: list[int]) -> list[int]:
    """Running totals: entry `k` sums the values before `k`."""
    return [0, *accumulate(values)]


def _unseen(tokens: list[Token], special: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for index in special:
        if tokens[index].kind in _UNSEEN or tokens[index].kind == Kind.BREAK:
            begins = index == 0 or tokens[index - 1].kind == Kind.BREAK
            found[index + 1] = index if begins else found.get(index, index)
    return found


def _segments(tokens: list[Token], special: list[int]) -> list[tuple[int, int]]:
    stops = [index + 1 for index in special if tokens[index].kind == Kind.BREAK]
    if not stops or stops[-1] != len(tokens):
        stops.append(len(tokens))
    return list(zip([0, *stops], stops, strict=False))


def _widest(places: list[int], found: dict[int, Joint]) -> int:
    """The width of the widest run of tokens that are held together, without the gap before it."""
    widest, start, last = 0, 0, -1
    for boundary, joint in found.items():
        if joint.opens:
            continue
        if boundary != last + 1:
            start = boundary - 1
        last = boundary
        gap = found[start].gap if start in found else 0
        widest = max(widest, places[boundary + 1] - places[start] - gap)
    return widest


def _mark_edges(row: Galley, special: list[int], places: list[int]) -> None:
    """Set right the edges of lines that begin or end beside something other than Han."""
    for boundary, joint in row.joints.items():
        row.heads[boundary] += joint.gap
    for index in special:
        row.heads[index] += _head_trim(row.tokens[index], row.rules)
        _mark_end(row, index + 1, places)


def _mark_end(row: Galley, stop: int, places: list[int]) -> None:
    """The end of a line that would stop at a boundary: what is not seen there has no width."""
    token, seen = row.tokens[stop - 1], row.unseen.get(stop)
    if seen is None:
        row.tails[stop] = _tail_trim(token, row.rules)
        return
    row.ends[stop] = places[seen]
    row.tails[stop] = row.tails[seen] if row.tokens[seen - 1].kind != Kind.BREAK else 0
    if token.hyphen and stop < len(row.tokens):
        row.hyphens[stop] = token.hyphen


def _head_trim(token: Token, rules: Rules) -> int:
    return token.before if rules.trim_start and token.kind == Kind.OPENING else 0


def _tail_trim(token: Token, rules: Rules) -> int:
    if rules.hang and token.kind in (Kind.COMMA, Kind.STOP) and not token.before:
        return token.advance
    if rules.trim_end and token.kind in MARKS and token.kind != Kind.OPENING:
        return token.after
    return 0
