"""Calls: a note's call kept on the line of the character before it.

A reading system may begin a line with a call: nothing tells it that the figure belongs to what it
follows (CLREQ 3.2.2 keeps marks that follow from the head of a line). A word joiner (U+2060) would
do it, but old reading systems show a box for it, and it would be one character more. So the
character before the call and the call are put together, for a sheet to hold on one line.

It promises that the parts of a passage, one after the other, are the passage. What cannot be parted
without harm, a link or a long foreign word, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from publisher.model import matter as m

# A figure or a short word is tied whole, or its digits would no longer stand upright together. What
# combines and variation selectors belong to their character.
_LAST = re.compile(
    r"(?:(?<![0-9A-Za-z.,:/-])[0-9A-Za-z.,:/-]{1,12}|[^\s0-9A-Za-z.,:/-])"
    "[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*$"
)


class Part(NamedTuple):
    """A part of a passage; one that is tied stands on one line."""

    content: m.Inlines
    is_tied: bool


def parted(content: m.Inlines) -> Iterator[Part]:
    """A passage in parts: each call with what it is tied to, and what stands between."""
    loose: list[m.Inline] = []
    tied: list[m.Inline] = []
    for inline in content:
        if not isinstance(inline, m.NoteReference):
            yield from _parts(loose, tied)
            loose, tied = [inline], []
        elif tied or not loose:
            tied.append(inline)
        else:
            rest, last = _split(loose.pop())
            loose, tied = [*loose, *rest], [*last, inline]
    yield from _parts(loose, tied)


def _parts(loose: list[m.Inline], tied: list[m.Inline]) -> Iterator[Part]:
    if loose:
        yield Part(tuple(loose), is_tied=False)
    if tied:
        yield Part(tuple(tied), is_tied=len(tied) > 1)


def _split(inline: m.Inline) -> tuple[m.Inlines, m.Inlines]:
    """An inline without its last character, and that character dressed in the same way."""
    match inline:
        case m.Text(words) | m.Kept(words, code=False):
            found = _LAST.search(words)
            cut = found.start() if found else len(words)
            return _worded(inline, words[:cut]), _worded(inline, words[cut:])
        case m.Ruby(pairs):
            return ((m.Ruby(pairs[:-1]),) if pairs[1:] else ()), (m.Ruby(pairs[-1:]),)
        case m.Emphasis(inner) | m.Strong(inner) if inner:
            before, last = _split(inner[-1])
            return _dressed(inline, (*inner[:-1], *before)), _dressed(inline, last)
    return (inline,), ()


def _worded(inline: m.Text | m.Kept, words: str) -> m.Inlines:
    return (replace(inline, words=words),) if words else ()


def _dressed(inline: m.Emphasis | m.Strong, content: m.Inlines) -> m.Inlines:
    return (replace(inline, content=content),) if content else ()
