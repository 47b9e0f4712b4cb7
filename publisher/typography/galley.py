"""Galley: a paragraph's tokens in one long row, with running totals.

It promises the width, the squeeze and the stretch of any stretch of tokens as differences of two
numbers, so that a paragraph of any length is broken in linear time. All lengths are in units.

Boundaries are numbered like the tokens that follow them: boundary `b` lies between tokens `b - 1`
and `b`. A line of the tokens `start` to `stop - 1` holds the boundaries between.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from publisher.typography.characters import MARKS, Kind
from publisher.typography.joints import PLAIN, Joint, Joints
from publisher.typography.tokens import Rules, Token

_UNSEEN = frozenset((Kind.SPACE, Kind.BREAK, Kind.CHANCE, Kind.JOINER))


@dataclass(frozen=True, slots=True)
class Galley:
    """The row and its totals; each list has one entry for every boundary.

    - `heads`, `ends`: where a line that begins or ends at a boundary has its natural edges.
    - `tails`: what a line that ends there may lose by trimming its last mark.
    - `opens`: whether a line may end there.
    - `squeeze`, `soft`, `taps`: totals of the boundaries before it.
    - `joints`: the joints that are not plain, by boundary; `marked` their boundaries in order.
    - `segments`: stretches between forced breaks, as (start, stop).
    """

    tokens: list[Token]
    rules: Rules
    heads: list[int]
    ends: list[int]
    tails: list[int]
    opens: list[bool]
    squeeze: list[int]
    soft: list[int]
    taps: list[int]
    joints: dict[int, Joint]
    marked: list[int]
    segments: list[tuple[int, int]]

    def trim(self, start: int) -> int:
        """What the opening mark loses with which a line begins."""
        return _head_trim(self.tokens[start], self.rules)

    def seen(self, stop: int) -> int:
        """The boundary behind the last token that is drawn of a line."""
        while stop > 1 and self.tokens[stop - 1].kind in _UNSEEN:
            stop -= 1
        return stop


def galley(tokens: list[Token], joints: Joints) -> Galley:
    """A row of tokens under the rules of `joints`."""
    count = len(tokens)
    found = _joints(tokens, joints)
    steps = [token.advance for token in tokens]
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
        tokens, joints.rules, places, places.copy(), [0] * (count + 1), opens,
        _totals(squeeze), _totals(soft), _totals(taps), found, sorted(found), _segments(tokens),
    )  # fmt: skip
    _mark_edges(row)
    return row


def _joints(tokens: list[Token], joints: Joints) -> dict[int, Joint]:
    """The joints beside every token that is not Han, by boundary, in order."""
    found: dict[int, Joint] = {}
    between = joints.between
    last = len(tokens)
    for index, token in enumerate(tokens):
        if token.kind or not token.spaced:
            if index and index not in found:
                found[index] = between(tokens[index - 1], token)
            if index + 1 < last:
                found[index + 1] = between(token, tokens[index + 1])
    return {boundary: joint for boundary, joint in found.items() if joint is not PLAIN}


def _totals(values: list[int]) -> list[int]:
    """Running totals: entry `k` sums the values before `k`."""
    return [0, *accumulate(values)]


def _segments(tokens: list[Token]) -> list[tuple[int, int]]:
    stops = [index + 1 for index, token in enumerate(tokens) if token.kind == Kind.BREAK]
    if not stops or stops[-1] != len(tokens):
        stops.append(len(tokens))
    return list(zip([0, *stops], stops, strict=False))


def _mark_edges(row: Galley) -> None:
    """Set right the edges of lines that begin or end beside something other than Han."""
    for boundary, joint in row.joints.items():
        row.heads[boundary] += joint.gap
    for index, token in enumerate(row.tokens):
        if token.kind:
            row.heads[index] += _head_trim(token, row.rules)
            _mark_end(row, index + 1)


def _mark_end(row: Galley, stop: int) -> None:
    """The end of a line that would stop at a boundary: what is not seen there has no width."""
    seen = row.seen(stop)
    if seen < stop:
        row.ends[stop] = row.ends[seen]
    token = row.tokens[seen - 1]
    row.tails[stop] = _tail_trim(token, row.rules)
    row.ends[stop] += row.tokens[stop - 1].hyphen


def _head_trim(token: Token, rules: Rules) -> int:
    return token.before if rules.trim_start and token.kind == Kind.OPENING else 0


def _tail_trim(token: Token, rules: Rules) -> int:
    if rules.hang and token.kind in (Kind.COMMA, Kind.STOP):
        return token.advance
    if rules.trim_end and token.kind in MARKS and token.kind != Kind.OPENING:
        return token.after
    return 0
