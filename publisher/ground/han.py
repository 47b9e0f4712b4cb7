"""Han: which characters belong to Chinese text, for joining lines and reading emphasis.

Ranges follow Unicode 15's East Asian Width and scripts (UAX #11, UAX #24), reduced to what decides
whether a space may stand at a line's end.
"""

from __future__ import annotations

import re
from functools import lru_cache

IDEOGRAPH = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# CJK symbols and punctuation, kana, bopomofo, full-width forms.
WIDE = IDEOGRAPH + "\u3000-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\uff00-\uffef"
# Marks that Chinese shares with the West but sets in a full em.
SHARED_MARKS = "\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"

_WIDE = re.compile(f"[{WIDE}]")
_CHINESE = re.compile(f"[{WIDE}{SHARED_MARKS}]")
# Runs, which are fewer than characters.
_IDEOGRAPHS = re.compile(f"[{IDEOGRAPH}]+")


def is_wide(character: str) -> bool:
    """Whether a character is Han, kana, bopomofo or a full-width mark."""
    return bool(_WIDE.match(character))


def is_chinese(character: str) -> bool:
    """Whether a character takes part in Chinese lines: wide, or one of the shared marks."""
    return bool(_CHINESE.match(character))


# The same lines are counted again and again where texts are looked through.
@lru_cache(maxsize=4096)
def count_ideographs(text: str) -> int:
    """How many Han characters a text holds (marks and Latin do not count)."""
    return len("".join(_IDEOGRAPHS.findall(text)))


def joined(lines: list[str]) -> str:
    """Lines of one paragraph as one: no space where either side is Chinese, one space elsewhere."""
    text = ""
    for line in lines:
        gap = " " if text and line and not (is_chinese(text[-1]) or is_chinese(line[0])) else ""
        text += gap + line
    return text
