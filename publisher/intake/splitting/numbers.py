"""Numbers: the counters before titles, in every way Chinese typists write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

HAN_DIGITS = {digit: value for value, row in enumerate(
    ("〇○零", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for digit in row}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
# One counter, as part of a regular expression.
COUNTER = "[0-9０-９" + "".join(HAN_DIGITS) + "".join(_TENS) + "]{1,6}"


def number_of(counter: str) -> int:
    """The value of a counter: 12, １２, 十二, 一二, 一百零三, Ⅻ, ⑫; 0 where it is none."""
    if len(counter) == 1 and counter not in HAN_DIGITS and counter not in _TENS:
        return int(unicodedata.numeric(counter, 0))
    plain = unicodedata.normalize("NFKC", counter)
    if plain.isdecimal():
        return int(plain)
    if not counter or not set(counter) <= HAN_DIGITS.keys() | _TENS.keys():
        return 0
    if not set(counter) & _TENS.keys():
        return int("".join(str(HAN_DIGITS[mark]) for mark in counter))
    return _summed(counter)


def _summed(counter: str) -> int:
    total, digit = 0, 0
    for mark in counter:
        if mark in _TENS:
            total += (digit or (total == 0)) * _TENS[mark]
            digit = 0
        else:
            digit = HAN_DIGITS[mark]
    return total + digit


def are_counted(numbers: Sequence[int]) -> bool:
    """Whether numbers run on by one, two of them at least."""
    return len(numbers) > 1 and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))


def counts_in(words: str, unit: str) -> tuple[int, ...]:
    """Every number in `words` that stands right before `unit`: `5篇` has 5 for the unit 篇."""
    found = re.findall(f"({COUNTER})\\s*(?:{unit})", words)
    return tuple(number_of(counter) for counter in found)
