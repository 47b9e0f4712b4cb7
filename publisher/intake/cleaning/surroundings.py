"""Surroundings: what stands around a mark, by which the rules tell Chinese from Western text.

It promises answers from a few dozen characters to either side, never from a whole paragraph, so
that a rule takes time with the length of the text and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.ground.han import IDEOGRAPH, count_ideographs

# What is written without spaces: Han, kana, bopomofo.
HAN = IDEOGRAPH + "\u3040-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf"
STOPS = "，。、；：？！"
OPENINGS = "（《〈「『【〔〖"
CLOSINGS = "）》〉」』】〕〗"
# Full-width by their code alone; Western text shares the quotes, the dash and the ellipsis.
FULL = STOPS + OPENINGS + CLOSINGS
SHARED = "“”‘’—…"
IDEOGRAPHIC_SPACE = "\u3000"
BLANK = " " + IDEOGRAPHIC_SPACE

_REACH = 40
_HAN = re.compile(f"[{HAN}]")
_WIDE = re.compile(f"[{HAN}{FULL}{SHARED}]")
_WORD = re.compile("[A-Za-zÀ-ɏ]{2,}")
_CLAUSE_START = re.compile(f'[{STOPS}“”‘’「」『』"\n]')
# Addresses, paths of Windows and code between grave accents hold no marks of prose.
_SPARED = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[!-~]*[A-Za-z0-9/=&#_~-]"
    r"|www\.[!-~]*[A-Za-z0-9/=&#_~-]"
    rf"|\b[A-Za-z]:\\[^\s{STOPS}“”]*"
    r"|`[^`\n]{1,200}`"
)
_SIGNS_OF_SPARED = ("://", "www.", ":\\", "`")


def is_han(character: str) -> bool:
    """Whether a character, or none, is one that is written without spaces."""
    return bool(_HAN.match(character))


def is_wide(character: str) -> bool:
    """Whether a character, or none, is Han or a mark of Chinese text."""
    return bool(_WIDE.match(character))


def neighbours(text: str, start: int, stop: int) -> tuple[str, str]:
    """The nearest characters of the same line that are not blank; "" at the line's edges."""
    left = start - 1
    while left >= 0 and text[left] in BLANK:
        left -= 1
    right = stop
    while right < len(text) and text[right] in BLANK:
        right += 1
    before = text[left] if left >= 0 else ""
    after = text[right] if right < len(text) else ""
    return before.strip("\n"), after.strip("\n")


def stands_in_chinese(text: str, start: int, stop: int) -> bool:
    """Whether the line around a place has at least as many Han as Western words."""
    window = line_before(text, start) + line_after(text, stop)
    return count_ideographs(window) >= len(_WORD.findall(window))


def clause_holds_han(text: str, start: int) -> bool:
    """Whether Han stand between a place and the last mark or line end before it."""
    window = text[max(0, start - _REACH) : start]
    return bool(_HAN.search(_CLAUSE_START.split(window)[-1]))


def line_before(text: str, start: int) -> str:
    """What stands before a place on its line, as far as it matters."""
    return text[max(0, start - _REACH) : start].rpartition("\n")[2]


def line_after(text: str, stop: int) -> str:
    """What stands behind a place on its line, as far as it matters."""
    return text[stop : stop + _REACH].partition("\n")[0]


def outside_spared(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that do not begin in an address, a path or code."""
    matches = pattern.finditer(text)
    if not any(sign in text for sign in _SIGNS_OF_SPARED):
        yield from matches
        return
    spans = _SPARED.finditer(text)
    span = next(spans, None)
    for match in matches:
        while span and span.end() <= match.start():
            span = next(spans, None)
        if span is None or match.start() < span.start():
            yield match
