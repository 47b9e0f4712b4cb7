"""Quotes: “ ” ‘ ’ become 「 」 『 』 in Traditional text and back (CLREQ 3.1.1.3).

It promises a text of the same length. Marks that stand in no pair stay as they are, and so does the
’ of an English word.
"""

from __future__ import annotations

import re

_CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_CURLS = {corner: curl for curl, corner in _CORNERS.items()}
_CLOSING = {"”": "“", "’": "‘", "」": "「", "』": "『"}
_CORNER = re.compile("[「」『』]")
_MARK = re.compile(r"[“”‘]|(?<![A-Za-z])’|’(?![A-Za-z])")


def corner_quotes(text: str) -> str:
    """The text with every balanced pair of curly quotes as corner brackets."""
    return _exchanged(text, _MARK, _CORNERS)


def curly_quotes(text: str) -> str:
    """The text with every balanced pair of corner brackets as curly quotes."""
    return _exchanged(text, _CORNER, _CURLS)


def _exchanged(text: str, mark: re.Pattern[str], others: dict[str, str]) -> str:
    if not any(it in text for it in others):
        return text
    characters = list(text)
    for opening, closing in _pairs(text, mark):
        characters[opening] = others[text[opening]]
        characters[closing] = others[text[closing]]
    return "".join(characters)


def _pairs(text: str, marks: re.Pattern[str]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    open_marks: list[int] = []
    for match in marks.finditer(text):
        mark = match[0]
        if mark not in _CLOSING:
            open_marks.append(match.start())
        elif open_marks and text[open_marks[-1]] == _CLOSING[mark]:
            pairs.append((open_marks.pop(), match.start()))
    return pairs
