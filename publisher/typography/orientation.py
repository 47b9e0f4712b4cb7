"""Orientation: how a piece of text stands in a vertical line.

It promises one posture for every piece that `characters.pieces` gives. Which characters stand
upright follows UAX #50 (Vertical_Orientation), reduced to what the composer sets; words and
numbers of up to three letters or digits are set side by side in one em (縱中橫, CLREQ 3.2.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from publisher.typography.characters import BOPOMOFO, TONES, Kind, kind_of
from publisher.typography.tokens import Token


class Posture(IntEnum):
    """Upright; lying on its right side; or side by side in the square of one Han."""

    UPRIGHT = 0
    LYING = 1
    COMBINED = 2


# Marks whose vertical form is another drawing: one that the font lacks lies down (UAX #50, Tr).
TURNING = frozenset((Kind.OPENING, Kind.CLOSING, Kind.DASH, Kind.ELLIPSIS))
TURNING_SIGNS = frozenset("～〜－ー＿｜＝〰゠")
# Signs that stand upright though they are no Han (UAX #50, U).
_STANDING = re.compile(
    "[§©®±¼-¾×÷‖†‡‰‱※‼⁂⁇-⁉⁑℀℁℃-℉ℏℓ№℗℞-℣℥℧℩℮ℵ-ℿⅅ-⅊⅌⅍⅏-\u218f∞∴∵"
    "\u2300-\u2307\u230c-\u231f\u2324-\u2328\u232b\u237d-\u239a\u23be-\u23cd\u23cf\u23d1-\u23db"
    "\u23e2-\u2422\u2424-\u24ff\u25a0-\u2619\u2620-\u2767\u2776-\u2793\u2b12-\u2b2f\u2b50-\u2b59"
    "\u3190-\u319f\u31c0-\u33ff]"
)
_COMBINING = re.compile(r"[^\W_]{1,3}")
_WESTERN = frozenset((Kind.WESTERN, Kind.OTHER))
_SPACES = frozenset((Kind.SPACE, Kind.FIXED_SPACE))
_LYING = _WESTERN | _SPACES


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Combined(Token):
    """A short word side by side in one em; `lying` is what it is among other Western words."""

    lying: Token


def posture_of(piece: str) -> Posture:
    """How a piece stands by itself."""
    kind = kind_of(piece)
    if kind == Kind.WESTERN:
        return Posture.COMBINED if _COMBINING.fullmatch(piece) else Posture.LYING
    if _STANDING.match(piece) or piece[0] in TONES or piece[0] in BOPOMOFO:
        return Posture.UPRIGHT
    return Posture.LYING if kind in _LYING else Posture.UPRIGHT


def settled(tokens: list[Token]) -> list[Token]:
    """Tokens with the short words that stand among other Western ones laid down beside them."""
    return [
        token.lying if isinstance(token, Combined) and _in_company(tokens, index) else token
        for index, token in enumerate(tokens)
    ]


def _in_company(tokens: list[Token], index: int) -> bool:
    """Whether a Western word or mark stands beside a token, at most a word space away."""
    for step in (-1, 1):
        place = index + step
        while 0 <= place < len(tokens) and _is_between(tokens[place]):
            place += step
        if 0 <= place < len(tokens) and _is_western(tokens[place]):
            return True
    return False


def _is_between(token: Token) -> bool:
    return token.kind in _SPACES and token.text[:1] != "\u3000"


def _is_western(token: Token) -> bool:
    return isinstance(token, Combined) or (
        token.kind in _WESTERN and posture_of(token.text) != Posture.UPRIGHT
    )
