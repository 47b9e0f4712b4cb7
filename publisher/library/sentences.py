"""Sentences: what was changed in a text, sentence by sentence.

It promises that the sentences before and after, with those that stayed, are both texts again; a
sentence that only moved is told as gone here and new there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

# Characters. Less than this in a row is shared by chance.
_SHORTEST = 2
# More pairs than these of a text that was written anew are not compared one by one.
_MOST_PAIRS = 900
# What it is worth that two sentences stand beside each other, alike or not.
_SIDE_BY_SIDE = 0.1
# Up to the marks that end it, with the brackets and quotes that close behind them; or a line's end.
_SENTENCE = re.compile(r"[^。！？!?…\n]*[。！？!?…]+[”’」』）)》】]*|[^。！？!?…\n]+|\n")


@dataclass(frozen=True)
class Change:
    """What stood there, and what stands there now; either is empty where the other is alone."""

    before: str
    after: str


@dataclass(frozen=True)
class Segment:
    """A stretch of a sentence, and whether the sentence it became or was has it too."""

    text: str
    shared: bool


Segments = tuple[Segment, ...]


def segments(change: Change) -> tuple[Segments, Segments]:
    """What stood there and what stands there now, parted into what stayed and what did not."""
    matcher = SequenceMatcher(None, change.before, change.after, autojunk=False)
    blocks = [it for it in matcher.get_matching_blocks() if it.size >= _SHORTEST]
    before = _parted(change.before, [(it.a, it.a + it.size) for it in blocks])
    return before, _parted(change.after, [(it.b, it.b + it.size) for it in blocks])


def _parted(text: str, shared: list[tuple[int, int]]) -> Segments:
    """A text in segments; `shared` are where those begin and end that the other one has too."""
    bounds = sorted({0, len(text), *(bound for ends in shared for bound in ends)})
    starts = {start for start, _ in shared}
    return tuple(Segment(text[one:end], shared=one in starts) for one, end in pairwise(bounds))


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
            pairs = _paired(before[first:end], after[other:other_end])
            yield from (Change(one.strip("\n"), two.strip("\n")) for one, two in pairs)


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences beside those they became, in their order; those that came or went alone."""
    if len(before) * len(after) > _MOST_PAIRS:
        yield from zip_longest(before, after, fillvalue="")
    else:
        yield from _followed(before, after, _gains(before, after))


def _followed(
    before: Sequence[str], after: Sequence[str], gains: list[list[float]]
) -> Iterator[tuple[str, str]]:
    """The pairs that gain most; a sentence without which no less is gained stands alone."""
    one = two = 0
    while one < len(before) or two < len(after):
        gain = gains[one][two]
        if one < len(before) and gains[one + 1][two] == gain:
            yield before[one], ""
            one += 1
        elif two < len(after) and gains[one][two + 1] == gain:
            yield "", after[two]
            two += 1
        else:
            yield before[one], after[two]
            one, two = one + 1, two + 1


def _gains(before: Sequence[str], after: Sequence[str]) -> list[list[float]]:
    """How alike the best pairs are together, of the sentences from each place on."""
    gains = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for one in reversed(range(len(before))):
        for two in reversed(range(len(after))):
            both = _likeness(before[one], after[two]) + gains[one + 1][two + 1]
            gains[one][two] = max(both, gains[one + 1][two], gains[one][two + 1])
    return gains


def _likeness(one: str, other: str) -> float:
    """How alike two sentences are, never less than a little; the end of a line is no sentence."""
    if "\n" in (one, other):
        return 0
    return _SIDE_BY_SIDE + SequenceMatcher(None, one, other, autojunk=False).ratio()
