"""Callings: names of people that nobody lists, told by what stands before and behind them.

It promises the offsets of a text at which a name probably stands: a family name and one or two
characters after 叫 or 署名 (她叫周采萍), and the surname of a family beside another (余家、范家).
It only serves doubts, for 叫 may also be to cry.
"""

from __future__ import annotations

import re
from functools import lru_cache

from publisher.script.supplement import surnames

# The commonest family names; those that OpenCC gets wrong stand in `tables/surnames.tsv`.
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖萧田董潘袁蔡蒋杜叶程魏苏"
    "吕丁任卢姚崔谭陆汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷龙史陶贺毛郝顾龚邵万武钱戴严莫孔"
)
_HAN = "\u4e00-\u9fff"
_FAMILY = f"[{_COMMON}{''.join(surnames())}]"
_ENDS = r"[，。、；：！？”」』）（(…\s]|$|的|和"
_NAMED = re.compile(
    f"(?:叫[做作]?|署名|笔名|原名|本名|名字是|我是)[：“「 \u3000]?"
    f"(?:[{_COMMON}]|(?P<doubtful>[{''.join(surnames())}]))(?P<given>(?:(?!家)[{_HAN}]){{1,2}}?)(?={_ENDS})"
)
_HOUSES = re.compile(f"{_FAMILY}家(?:[、和与跟]{_FAMILY}家)+")
_HOUSE = re.compile(f"({_FAMILY})家")


@lru_cache(maxsize=1)
def named(text: str) -> frozenset[int]:
    """The offsets of names after 叫, 署名 and the like; of a surname only where OpenCC errs."""
    found = ((it, "doubtful" if it["doubtful"] else "given") for it in _NAMED.finditer(text))
    return frozenset(at for it, first in found for at in range(it.start(first), it.end("given")))


@lru_cache(maxsize=1)
def houses(text: str) -> frozenset[int]:
    """The offsets of surnames before 家, in a text that names two such families side by side.

    They are surnames there wherever else they stand before 家.
    """
    beside = {name for row in _HOUSES.finditer(text) for name in _HOUSE.findall(row[0])}
    return frozenset(it.start() for it in _HOUSE.finditer(text) if it[1] in beside)
