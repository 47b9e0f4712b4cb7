"""Quotes: “ ” ‘ ’ become 「 」 『 』 where they stand in pairs (CLREQ 3.1.1.3).

It promises a text of the same length. Unbalanced marks stay as they are, and so does the ’ of an
English word.
"""

from __future__ import annotations

import re

_CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_CLOSING = {"”": "“", "’": "‘"}
_MARK = re.compile(r"[“”‘]|(?<![A-Za-z])’|’(?![A-Za-z])")


def corner_quotes(text: str) -> str:
    """The text with every balanced pair of curly quotes as corner brackets."""
    if not any(mark in text for mark in _CORNERS):
        return text
    characters = list(text)
    for opening, closing in _pairs(text):
        characters[opening] = _CORNERS[text[opening]]
        characters[closing] = _CORNERS[text[closing]]
    return "".join(characters)


def _pairs(text: str) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    open_marks: list[int] = []
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark not in _CLOSING:
            open_marks.append(match.start())
        elif open_marks and text[open_marks[-1]] == _CLOSING[mark]:
            pairs.append((open_marks.pop(), match.start()))
    return pairs
