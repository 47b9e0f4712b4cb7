"""Joints: what happens between two neighbouring tokens.

It promises one answer for every pair: how much is added or cut away, whether a line may end
there, whether the place takes part in stretching, and what it can give when a line is squeezed.
Sources: CLREQ 3.1.5 (prohibitions), 3.1.6 (adjacent marks), 3.2.2 (Han and Western),
3.3 (squeezing and stretching).
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from publisher.typography.characters import (
    CONNECTORS,
    IDEOGRAPHIC_SPACE,
    LONGEST_RULE,
    MARKS,
    QUOTES,
    WORD_JOINTS,
    Kind,
)
from publisher.typography.tokens import Rules, Token


class Level(IntEnum):
    """The order in which a line is squeezed; what stands first gives first (CLREQ 3.3.1)."""

    SPACE = 0
    MIDDLE_DOT = 1
    BRACKET = 2
    COMMA = 3
    GAP = 4
    STOP = 5


class Joint(NamedTuple):
    """A place between two tokens; lengths in units.

    `gap` is what is added there (less than 0: cut away), `opens` whether a line may end there,
    `taps` whether the place stretches with all others, `soft` how much it stretches before
    them, `gives` what it loses when the line is squeezed, by level.
    """

    gap: int
    opens: bool
    taps: bool
    soft: int
    gives: tuple[tuple[Level, int], ...]


# Between two Han: nothing but a place where a line may end and stretch.
PLAIN = Joint(0, True, True, 0, ())

_WIDE = MARKS | {Kind.HAN, Kind.SIGN, Kind.DASH, Kind.ELLIPSIS, Kind.MIDDLE_DOT, Kind.OBJECT}
_SPACES = frozenset((Kind.SPACE, Kind.FIXED_SPACE))
_STICKING = frozenset((Kind.JOINER, Kind.FIXED_SPACE))
_NARROW = frozenset((Kind.WESTERN, Kind.OTHER))
_EMPTY = frozenset((Kind.JOINER, Kind.CHANCE, Kind.BREAK))
_CLOSING = MARKS - {Kind.OPENING}
# What stands between two numbers, as in 1980—1989 (UAX #14, LB25).
_RANGES = frozenset((*CONNECTORS, "—"))
_FOLLOWING = _STICKING | _SPACES | _EMPTY | {Kind.TAIL}
_UNSEEN = _EMPTY | {Kind.SPACE}
_SOLID = _SPACES | _STICKING | {Kind.HEAD, Kind.TAIL}
_LEVELS = {
    Kind.OPENING: Level.BRACKET,
    Kind.CLOSING: Level.BRACKET,
    Kind.COMMA: Level.COMMA,
    Kind.STOP: Level.STOP,
    Kind.MIDDLE_DOT: Level.MIDDLE_DOT,
}


class Joints:
    """The joints under one set of rules, each worked out once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._known: dict[tuple[Token | None, Token | None], Joint] = {}

    def between(self, left: Token, right: Token) -> Joint:
        """The joint of two neighbours; all common Han are alike here."""
        key = (None if left.common else left, None if right.common else right)
        joint = self._known.get(key)
        if joint is None:
            joint = self._known[key] = self._worked_out(left, right)
        return joint

    def _worked_out(self, left: Token, right: Token) -> Joint:
        gap = self._gap(left, right)
        return Joint(
            gap=gap,
            opens=self._opens(left, right),
            taps=_taps(left, right),
            soft=self._soft(left, gap),
            gives=tuple(give for give in self._gives(left, right, gap) if give[1] > 0),
        )

    def _gap(self, left: Token, right: Token) -> int:
        if left.kind in MARKS and right.kind in MARKS:
            return -min(left.after + right.before, self.rules.pair)
        kinds = {left.kind, right.kind}
        if kinds == {Kind.HAN, Kind.WESTERN} and left.spaced and right.spaced:
            return self.rules.gap
        return 0

    def _opens(self, left: Token, right: Token) -> bool:
        if left.kind == Kind.BREAK:
            return True
        if left.kind in _STICKING | {Kind.HEAD} or right.kind in _FOLLOWING or right.glued:
            return False
        if left.kind == Kind.CHANCE:
            return True
        if left.kind in _NARROW and right.kind in _NARROW:
            return _parts_word(left, right)
        if left.text in _RANGES and right.text[:1].isdigit():
            return False
        if _is_rule(left, right):
            return len(left.text) == LONGEST_RULE
        if left.text[-1:] in QUOTES or (right.text[:1] in QUOTES and left.kind != Kind.SPACE):
            return False
        return self.rules.ends_line(left) and self.rules.begins_line(right)

    def _soft(self, left: Token, gap: int) -> int:
        if _is_word_space(left):
            return max(0, self.rules.space_most - left.advance)
        return max(0, self.rules.gap_most - gap) if gap > 0 else 0

    def _gives(self, left: Token, right: Token, gap: int) -> list[tuple[Level, int]]:
        if gap < 0 or right.kind in _UNSEEN:
            return []
        if gap > 0:
            return [(Level.GAP, gap - self.rules.gap_least)]
        most = self.rules.give
        given = []
        if _is_word_space(left):
            given.append((Level.SPACE, left.advance - self.rules.space_least))
        if left.kind in _LEVELS:
            given.append((_LEVELS[left.kind], min(left.after, most)))
        if right.kind in _LEVELS:
            given.append((_LEVELS[right.kind], min(right.before, most)))
        return given


def _is_word_space(token: Token) -> bool:
    return token.kind in _SPACES and token.text[:1] != IDEOGRAPHIC_SPACE


def _is_rule(left: Token, right: Token) -> bool:
    """Whether both are dashes, or both dots: a pair of them is one mark (CLREQ 3.1.2)."""
    return left.kind == right.kind and left.kind in (Kind.DASH, Kind.ELLIPSIS)


def _parts_word(left: Token, right: Token) -> bool:
    """Whether a word may be broken between two Western pieces: behind - and /, not before digits.

    Long words, addresses above all, also behind what joins their parts (UAX #14, LB13, LB25).
    """
    if left.kind == right.kind == Kind.WESTERN:
        return left.text[-1] in WORD_JOINTS
    return left.text[-1] in "-‐–/" and right.kind == Kind.WESTERN and right.text[0].isalpha()


def _taps(left: Token, right: Token) -> bool:
    if _is_word_space(left) and right.kind not in _SOLID | _EMPTY:
        return True
    if left.kind in _SOLID or right.kind in _SOLID | _EMPTY or _is_rule(left, right):
        return False
    # A mark stays at the word that it closes or opens.
    if (left.kind in _NARROW and right.kind in _CLOSING) or (
        left.kind == Kind.OPENING and right.kind in _NARROW
    ):
        return False
    # CLREQ 3.3.2: what connects or divides is not drawn away from what it connects.
    if left.text[-1:] in CONNECTORS or right.text[:1] in CONNECTORS:
        return False
    if (left.text == "—" and right.kind in _NARROW) or (right.text == "—" and left.kind in _NARROW):
        return False
    return left.kind in _WIDE or right.kind in _WIDE
