"""Detection: which script a text is written in, from the characters only one script has."""

from __future__ import annotations

from collections import Counter
from functools import cache

from publisher.script.opencc import converter

# Traditional characters in a Simplified text (a name, a quotation) are few; so many in a thousand
# of the telling ones, and the text is not Simplified.
_TELLING_SHARE = 0.5


def script_family(text: str) -> str:
    """`hans` or `hant`: the family most telling characters belong to; `hans` where none tells.

    A character tells when one conversion changes it and the other leaves it: 门 is Simplified,
    門 is Traditional, 山 is both.
    """
    counts = Counter(text)
    simplified = sum(counts[it] for it in counts if _is_changed("s2t", it))
    traditional = sum(counts[it] for it in counts if _is_changed("t2s", it))
    telling = simplified + traditional
    return "hant" if telling and traditional / telling > _TELLING_SHARE else "hans"


@cache
def _is_changed(config: str, character: str) -> bool:
    return converter(config)(character) != character
