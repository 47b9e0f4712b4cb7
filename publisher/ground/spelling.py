"""Spelling: a guess at what a mistyped word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from publisher.ground.messages import Message, say


def meant(word: str, known: Iterable[str]) -> Message | None:
    """The hint `did you mean "…"?` where one of the known words is close, else the whole list."""
    words = tuple(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return say('did you mean "{word}"?', word=close[0])
    return say("known here: {words}", words=", ".join(words)) if words else None
