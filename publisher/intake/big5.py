"""Big5: the table of Hong Kong beside that of Windows, and which of the two a text means.

Where both tables have a character they agree but for kana, Cyrillic letters and some signs, whose
places (C6A1 to C8FE) Unicode's first table of Big5 filled in another order than all programs do.
It promises the reading of Hong Kong with the signs of Windows, as the WHATWG Encoding Standard
has it, and the place of what both readings leave open.
"""

from __future__ import annotations

import re

# Python has the signs as ISO maps them; those of Windows are what was typed.
_SIGNS = str.maketrans("•､‾∼♁☉／＼¥¢£￭", "‧﹑¯～⊕⊙∕﹨￥￠￡▓")
# Two signs, though, that Windows types by other codes than those that ISO has them at as well.
_STROKES = {b"\xa1\xfe": "／", b"\xa2\x40": "＼"}
_PIECES = re.compile(
    b"\xa1\xfe|\xa2\x40|(?:(?!\xa1\xfe|\xa2\x40)[\x81-\xfe].|[^\x81-\xfe])+", re.DOTALL
)
# What is common among the characters of that part, and rare among what the wrong table gives.
_COMMON = re.compile(
    "[のにはをたがでとしてなるいれもかりうさスントルイーアラリクドッ"
    "①②③④⑤⑥⑦⑧⑨⑩оеаинтсрвлкмдпуяыьзбгчйИКМДПНСРВ]"
)


def read_hkscs(content: bytes) -> str:
    """Bytes in Big5 with the characters of Hong Kong. Raises UnicodeDecodeError."""
    content.decode("big5hkscs")
    pieces = _PIECES.findall(content)
    return "".join(_STROKES.get(piece) or _without_strokes(piece) for piece in pieces)


def _without_strokes(content: bytes) -> str:
    return content.decode("big5hkscs").translate(_SIGNS)


def count_common_signs(text: str) -> int:
    """How many of the common kana, numbers in circles and Cyrillic letters a text has."""
    return len(_COMMON.findall(text))


def open_place(first: str, second: str) -> int | None:
    """Where two readings differ first, if neither has more of the common signs; else None."""
    if first == second or count_common_signs(first) != count_common_signs(second):
        return None
    pairs = enumerate(zip(first, second, strict=False))
    return next((offset for offset, (one, other) in pairs if one != other), None)
