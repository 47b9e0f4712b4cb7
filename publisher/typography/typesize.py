"""Type sizes by 号: the names that Chinese printers give to sizes of type, in pt.

Source: the trade's table as Chinese word processors have it (初号 42 pt to 小六 6.5 pt), with 七号
and 八号 below. A name may end in 号 or not: 小四 and 小四号 are one.
"""

from __future__ import annotations

TYPE_SIZES = {
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
    "六号": 7.5,
    "小六": 6.5,
    "七号": 5.5,
    "八号": 5.0,
}
_BY_NAME = {name.removesuffix("号"): size for name, size in TYPE_SIZES.items()}


def type_size(name: str) -> float | None:
    """The size in pt of a name; None for one that nobody knows."""
    return _BY_NAME.get(name.strip().removesuffix("号"))


def size_name(size: float) -> str:
    """The name of a size in pt; empty for one that has none."""
    return next((name for name, own in TYPE_SIZES.items() if own == size), "")
