"""Detection: which script a text is written in, and where, from the characters that only one has.

It promises an answer for any text: what has no telling character is what is asked for, or Taiwan's.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from publisher.script.dictionaries import shipped_tier

# Of the telling characters in a text of one script, a name or a quotation may be the other's.
_TELLING_SHARE = 0.5
# What Taiwan writes, and Hong Kong: the first pair that is not as often the one as the other tells.
_REGIONAL = (("著", "着"), ("裡", "裏"), ("衛", "衞"), ("敘", "敍"))


def script_family(text: str, otherwise: str = "hans") -> str:
    """`hans` or `hant`: the family most telling characters belong to; `otherwise` if none tells.

    A character tells when one script never writes it: 门 is Simplified, 門 is Traditional, 山 and
    后 are both.
    """
    simplified, traditional = _telling(text)
    if not simplified + traditional:
        return otherwise
    return "hant" if traditional / (simplified + traditional) > _TELLING_SHARE else "hans"


def traditional_region(text: str) -> str:
    """`zh-Hant-TW` or `zh-Hant-HK`: the region that a Traditional text is written for.

    Taiwan writes 睡著了, where Hong Kong writes 睡着了 and has 著 in 著作 alone.
    """
    for taiwan, hong_kong in _REGIONAL:
        here, there = text.count(taiwan), text.count(hong_kong)
        if here != there:
            return "zh-Hant-TW" if here > there else "zh-Hant-HK"
    return "zh-Hant-TW"


def _telling(text: str) -> tuple[int, int]:
    """How many characters only Simplified has, and how many only Traditional has."""
    counts = Counter(text)
    simplified = sum(count for it, count in counts.items() if it in _only("STCharacters"))
    traditional = sum(count for it, count in counts.items() if it in _only("TSCharacters"))
    return simplified, traditional


@cache
def _only(dictionary: str) -> frozenset[str]:
    """The characters that the other script never keeps as they are."""
    singles = shipped_tier((dictionary,)).singles
    return frozenset(it for it, entry in singles.items() if it not in entry.values)
