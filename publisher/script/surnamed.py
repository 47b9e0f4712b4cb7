"""Surnamed: surnames that can be nothing else where they stand, and words only one way is right.

It promises claims below all decisions and above OpenCC: 范 in 姓范, 小余老师 and 范师傅 is the
surname, whose Traditional form is itself. It takes only what cannot be wrong. 于老师 may be "for
the teacher" and 老钟 may be a clock; these are doubted (`signals`) and never claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from publisher.script.masks import Claim, Layer, Override, Overrides, Solitary
from publisher.script.supplement import simplifications

_TITLES = (
    "先生|女士|小姐|太太|老师|师傅|大夫|医生|教授|主任|校长|局长|院长|同志"
    "|大爷|大娘|大哥|大姐|大妈|大叔|阿姨"
)
_BEYOND = "[，。、；：！？”」』）)…\n]|$|名|叫|的"
_SURNAME = re.compile(
    # 姓范的; but 百姓 are people
    f"(?<![百万同异]姓)(?<=姓)[余于范郁涂游朴种岳干丑](?={_BEYOND})"
    f"|(?<=[老小])[余范郁涂朴](?={_TITLES})"
    # not 模范老师, not 三十余先生, not 30余先生
    rf"|(?:(?<!\w)|(?<=[的找请问跟和与向见]))[余范郁朴](?={_TITLES})"
)


def surname_claims(text: str) -> Iterator[Claim]:
    """The surnames of a Simplified text that are certain, each as it stays."""
    for found in _SURNAME.finditer(text):
        yield Claim(found.start(), found.end(), Override(found[0], found[0], Layer.SUPPLEMENT))


def certain_claims(text: str, config: str, solitary: Solitary) -> Iterator[Claim]:
    """What is certain of a text that one of OpenCC's configurations converts."""
    if config.startswith("s2"):
        yield from surname_claims(text)
    elif config.startswith("tw2s"):
        yield from _simplifications().claims(text, solitary)


@cache
def _simplifications() -> Overrides:
    return Overrides(Override(it.source, it.value, Layer.SUPPLEMENT) for it in simplifications())
