"""Leaves: which pages of a finished file differ from those of another edition, and how.

It promises to find pages again that only moved: those whose text is the same are held against each
other as pictures, the others are told as new or gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from publisher.ground.places import Place
from publisher.library.pages import page_pictures, read_pages
from publisher.prepress.bounds import opened


@dataclass(frozen=True)
class Leaves:
    """Page numbers from 1: whose text is new, whose text is gone, whose looks alone differ.

    Those that are gone are numbered as they were, all others as they are.
    """

    new: tuple[int, ...]
    gone: tuple[int, ...]
    redrawn: tuple[int, ...]


NO_LEAVES = Leaves((), (), ())


def leaves(before: bytes, after: bytes, at: tuple[Place, Place]) -> Leaves:
    """What differs between the pages of two PDFs, which lie at two places.

    Raises PublisherError for one that cannot be read, or not safely.
    """
    texts, others = map(_texts, (before, after), at)
    steps = SequenceMatcher(None, texts, others, autojunk=False).get_opcodes()
    new: list[int] = []
    gone: list[int] = []
    same: dict[int, int] = {}
    for kind, first, end, other, other_end in steps:
        if kind == "equal":
            same |= dict(zip(range(other, other_end), range(first, end), strict=True))
        else:
            gone += range(first, end)
            new += range(other, other_end)
    return Leaves(_numbers(new), _numbers(gone), _redrawn(before, after, same))


def _texts(content: bytes, at: Place) -> tuple[str, ...]:
    with opened(content, at) as pdf:
        return tuple(map(_dense, read_pages(pdf).texts))


def _redrawn(before: bytes, after: bytes, same: dict[int, int]) -> tuple[int, ...]:
    """The pages among those of equal text that look otherwise; `same` is by index, later first."""
    was = page_pictures(before, frozenset(_numbers(same.values())))
    now = page_pictures(after, frozenset(_numbers(same)))
    return _numbers(it for it in same if now[it + 1] != was[same[it] + 1])


def _numbers(indices: Iterable[int]) -> tuple[int, ...]:
    return tuple(index + 1 for index in indices)


def _dense(text: str) -> str:
    return "".join(text.split())
