"""Pairs: two full-width marks side by side, and whether a hole is left between them.

Mainland setting takes half an em from a pair (CLREQ 3.1.6). Taiwan and Hong Kong set every mark in
its full em, so that nothing is missing there: `are_squeezed_in` says where pairs are judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from publisher.proofing.lines import Line
from publisher.proofing.marks import WITH_BLANK

# A pair stands unsqueezed when the second mark begins this far (em) after the first.
_UNSQUEEZED = 0.85
_MARKS = f"[{re.escape(''.join(sorted(WITH_BLANK)))}]"
_PAIR = re.compile(f"{_MARKS}(?={_MARKS})")
_FULL_EM_REGIONS = frozenset(("TW", "HK", "MO"))


class Pair(NamedTuple):
    """Two marks with a blank half between them, and the place of the first on the line."""

    place: int
    marks: str
    is_loose: bool


def pairs(line: Line) -> Iterator[Pair]:
    """The pairs of a line from left to right."""
    for match in _PAIR.finditer(line.text):
        place = match.start()
        one, other = line.shapes[place : place + 2]
        if one.is_blank_after or other.is_blank_before:
            step = line.xs[place + 1] - line.xs[place]
            yield Pair(place, line.text[place : place + 2], step >= _UNSQUEEZED * one.size)


def are_squeezed_in(language: str) -> bool:
    """Whether a language (BCP 47; may be empty) squeezes pairs; a region weighs more than a script.

    Only Traditional Chinese does not, unless it is the Mainland's.
    """
    tags = frozenset(language.upper().replace("_", "-").split("-")[1:])
    return not (tags & _FULL_EM_REGIONS or ("HANT" in tags and "CN" not in tags))
