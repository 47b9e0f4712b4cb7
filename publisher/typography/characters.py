"""Characters: the classes into which Chinese line setting sorts what it sets.

It promises one class for every piece of text that is never broken, and says what no line may
begin or end with. Classes follow CLREQ 3.1.1 (categories of marks) and GB/T 15834-2011; the
prohibitions CLREQ 3.1.5 (basic, strict), with the solidus added to the basic ones.
"""

from __future__ import annotations

import re
from enum import IntEnum

from publisher.ground.han import WIDE


class Kind(IntEnum):
    """What a piece of text is to the line it stands in; Han is 0, so that the rest is truthy.

    `SIGN` is a full-width sign that no line begins or ends with, `OTHER` a Western mark. `JOINER`
    and `FIXED_SPACE` hold their neighbours together, `CHANCE` lets a line end, `BREAK` ends it.
    `OBJECT` is a picture or another thing set in one; `HEAD` and `TAIL` are the room that a box
    keeps before and behind its words.
    """

    HAN = 0
    OPENING = 1
    CLOSING = 2
    COMMA = 3
    STOP = 4
    MIDDLE_DOT = 5
    DASH = 6
    ELLIPSIS = 7
    WESTERN = 8
    OTHER = 9
    SPACE = 10
    FIXED_SPACE = 11
    JOINER = 12
    CHANCE = 13
    BREAK = 14
    OBJECT = 15
    HEAD = 16
    TAIL = 17
    SIGN = 18


OPENINGS = "“‘（《「『【〈〔〖［｛｟〝"
CLOSINGS = "”’）》」』】〉〕〗］｝｠〞〟"
COMMAS = "，、；：．"
STOPS = "。！？｡"
MIDDLE_DOTS = "·‧・"
DASHES = "—―─"
IDEOGRAPHIC_SPACE = "\u3000"
BOPOMOFO = frozenset(map(chr, (*range(0x3105, 0x3130), *range(0x31A0, 0x31C0))))
# The tones of bopomofo; the last, the light one, is written above the letters.
TONES = frozenset("ˊˇˋ˙")
ELLIPSES = "…⋯"
# Marks of the first five classes take a full em and hold blanks that may be cut away.
MARKS = frozenset((Kind.OPENING, Kind.CLOSING, Kind.COMMA, Kind.STOP))

_KINDS = {
    **dict.fromkeys(OPENINGS, Kind.OPENING),
    **dict.fromkeys(CLOSINGS, Kind.CLOSING),
    **dict.fromkeys(COMMAS, Kind.COMMA),
    **dict.fromkeys(STOPS, Kind.STOP),
    **dict.fromkeys(MIDDLE_DOTS, Kind.MIDDLE_DOT),
    **dict.fromkeys(DASHES, Kind.DASH),
    **dict.fromkeys(ELLIPSES, Kind.ELLIPSIS),
    " ": Kind.SPACE,
    IDEOGRAPHIC_SPACE: Kind.SPACE,
    "\u00a0": Kind.FIXED_SPACE,
    "\u202f": Kind.FIXED_SPACE,
    "\u2060": Kind.JOINER,
    "\ufeff": Kind.JOINER,
    "\u200b": Kind.CHANCE,
    "\u00ad": Kind.CHANCE,
    "\n": Kind.BREAK,
    "\u2028": Kind.BREAK,
    "\ufffc": Kind.OBJECT,
}

# No line begins with these. `LOOSE` is what `line-break: loose` allows again; `STRICT` what
# `line-break: strict` forbids besides. A single — joins, as in 北京—上海; a pair is a dash.
CONNECTORS = "～〜~‐‒–－／/"
NO_START = frozenset(
    CLOSINGS + COMMAS + STOPS + MIDDLE_DOTS + CONNECTORS + ",.;:!?)]}»›%％‰℃℉°々〻⁇⁈⁉‼､｣"
)
LOOSE_START = frozenset(MIDDLE_DOTS + CONNECTORS + "—")
STRICT_START = frozenset(DASHES + ELLIPSES + "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ")
NO_END = frozenset(OPENINGS + "￥＄￡＃＠([{$¥£€#«‹")
STRICT_END = frozenset("／/")
# Marks that open and close alike: no line ends beside them, whichever they do.
QUOTES = frozenset("\"'")

_BOUND = NO_START | STRICT_START | NO_END

_MARKED = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f\u3099\u309a\U000e0100-\U000e01ef"
# Letters and digits of scripts that are written from left to right without joining.
_LETTERS = "0-9A-Za-zªºµÀ-ÖØ-öø-ʯͰ-Ͽ\u0400-\u052f\u1e00-\u1fff"
# A longer row of dashes or dots is a rule, and may be broken after so many.
LONGEST_RULE = 6
# A longer word is an address or the like, and may be broken behind what joins its parts.
_LONGEST_WORD = 12
WORD_JOINTS = ".:@&+_"
_SEAM = re.compile(rf"(?<=[{WORD_JOINTS}])(?=[^\W\d_])")
_WORD = f"[{_LETTERS}][{_MARKED}]*"
PIECE = re.compile(
    f"[{DASHES}]{{1,{LONGEST_RULE}}}"
    f"|[{ELLIPSES}]{{1,{LONGEST_RULE}}}"
    f"|(?:{_WORD})+(?:[.,:'’@&+_](?:{_WORD})+)*[%‰℃°]?"
    f"|[ ]+"
    f"|.[{_MARKED}]*",
    re.DOTALL,
)
_LETTER = re.compile(f"[{_LETTERS}]")
_WIDE = re.compile(f"[{WIDE}\uac00-\ud7af\ufe30-\ufe4f]")
# What the composer sets; other scripts join, stack or run from right to left.
_SETTABLE = re.compile(
    f"[ -~\n\u00a0-\u02ff{_MARKED}\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff"
    "\u200b\u2010-\u2029\u202f-\u205f\u2060\u2070-\u218f\u2190-\u2bff"
    f"{WIDE}\uac00-\ud7af\ufe30-\ufe4f\ufeff\ufffc\uffe0-\uffef]*"
)


def pieces(text: str) -> list[str]:
    """A text cut into what is never broken: one Han, one word, one dash, one run of spaces."""
    found = PIECE.findall(text)
    if max(map(len, found), default=0) <= _LONGEST_WORD:
        return found
    return [part for piece in found for part in _parts(piece)]


def _parts(piece: str) -> list[str]:
    return _SEAM.split(piece) if len(piece) > _LONGEST_WORD else [piece]


def kind_of(piece: str) -> Kind:
    """The class of a piece that `pieces` gave."""
    first = piece[0]
    known = _KINDS.get(first)
    if known is not None:
        return known
    if _LETTER.match(first):
        return Kind.WESTERN
    if not _WIDE.match(first):
        return Kind.OTHER
    return Kind.SIGN if first in _BOUND else Kind.HAN


def is_settable(text: str) -> bool:
    """Whether every character of a text is one that the composer knows how to set."""
    return _SETTABLE.fullmatch(text) is not None
