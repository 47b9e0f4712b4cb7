"""Visible: a text without what shows nothing, so that texts of several media can be counted alike.

Line ends, blanks and joiners differ between a page and a document of the same words; what is left
without them does not.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")
_SEEN = re.compile(r"[^\s\u00ad\u200b\u2060\ufeff]")


def visible(text: str) -> str:
    """The text without blanks, line ends, soft hyphens and joiners."""
    return _UNSEEN.sub("", text)


def place_of(text: str, number: int) -> int:
    """Where in a text its visible character `number` (from 0) stands; its length past the last."""
    for count, match in enumerate(_SEEN.finditer(text)):
        if count == number:
            return match.start()
    return len(text)
