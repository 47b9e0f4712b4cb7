"""Lines: rules for blanks at the edges of lines and for blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.intake.cleaning.changes import Change

_INDENT = re.compile("^[ \u3000]+(?=[^ \u3000\n])", re.MULTILINE)
_TRAILING = re.compile("[ \u3000]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\n\n+")


def indents(text: str) -> Iterator[Change]:
    """Blanks at the beginning of lines go: the first line's indent is the layout's."""
    for match in _INDENT.finditer(text):
        yield Change(match.start(), match.end(), "")


def trailing_blanks(text: str) -> Iterator[Change]:
    """Blanks at the end of lines go."""
    for match in _TRAILING.finditer(text):
        yield Change(match.start(), match.end(), "")


def blank_lines(text: str) -> Iterator[Change]:
    """Several blank lines become one; none stand before the first line and behind the last."""
    first, last = len(text) - len(text.lstrip("\n")), len(text.rstrip("\n"))
    if first:
        yield Change(0, first, "")
    for match in _BLANK_LINES.finditer(text, first, last):
        yield Change(match.start(), match.end(), "\n\n")
    if max(first, last) + 1 < len(text):
        yield Change(max(first, last) + 1, len(text), "")
