"""Sentences: what was changed in a text, sentence by sentence.

It promises that the sentences before and after, with those that stayed, are both texts again; a
sentence that only moved is told as gone here and new there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Up to the marks that end it, with the brackets and quotes that close behind them; or a line's end.
_SENTENCE = re.compile(r"[^。！？!?…\n]*[。！？!?…]+[”’」』）)》】]*|[^。！？!?…\n]+|\n")


@dataclass(frozen=True)
class Change:
    """What stood there, and what stands there now; either is empty where the other is alone."""

    before: str
    after: str


def sentences(text: str) -> tuple[str, ...]:
    """A text in sentences; put together they are the text."""
    return tuple(_SENTENCE.findall(text))


def changes(before: str, after: str) -> tuple[Change, ...]:
    """What differs between two texts, in the order of the later one."""
    return tuple(
        it for it in _changes(sentences(before), sentences(after)) if it.before or it.after
    )


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for kind, first, end, other, other_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            pairs = zip_longest(before[first:end], after[other:other_end], fillvalue="")
            yield from (Change(one.strip("\n"), two.strip("\n")) for one, two in pairs)
