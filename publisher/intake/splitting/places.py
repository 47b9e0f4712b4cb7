"""Places: what a line names as the place of writing beside a date, and what is no author.

It promises the great cities and the provinces by their names, and other places by how they end.
A short name of a village that ends in nothing of the kind is not known, and is asked about.
"""

from __future__ import annotations

import re

from publisher.intake.splitting.variants import plain

_CITIES = (
    "北京|上海|天津|重庆|香港|澳门|九龙|台北|新北|基隆|新竹|台中|彰化|嘉义|台南|高雄|屏东|花莲|台东|宜兰"
    "|石家庄|太原|呼和浩特|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|扬州|杭州|宁波|绍兴|温州|合肥|福州|厦门"
    "|泉州|南昌|济南|青岛|郑州|洛阳|开封|武汉|长沙|广州|深圳|珠海|佛山|汕头|南宁|桂林|海口|三亚|成都"
    "|贵阳|昆明|大理|拉萨|西安|兰州|西宁|银川|乌鲁木齐"
)
_PROVINCES = (
    "河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川"
    "|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|台湾"
)
_KINDS = (
    "[省市县区镇乡村]|街道|[小新]区|大学|中学|小学|学校|医院|病房|病室|宿舍|寓所|寓中|旅次|旅舍|客舍|灯下"
    "|书房|书斋|家中|家里|车上|车中|舟中|船上|途中|路上|校园|山中|湖畔|江畔|河畔|海边|河边"
)
_NAMED = f"(?:{_CITIES}|{_PROVINCES})"
# Places in plain words, as part of a regular expression.
PLACE = (
    f"(?:{_NAMED}(?:[ \u3000·]*[\u4e00-\u9fff]{{0,8}}(?:{_KINDS}))?(?:[ \u3000·]*{_NAMED})*"
    f"|[\u4e00-\u9fff]{{1,8}}(?:{_KINDS})|灯下|旅次|家中|病中|客中)"
)
_KNOWN = re.compile(_NAMED)
_PLACE = re.compile(PLACE)


def is_place(words: str) -> bool:
    """Whether words are a place, as far as its name or its end says so."""
    return bool(_PLACE.fullmatch(plain(words)))


def is_known_place(words: str) -> bool:
    """Whether words are a city or a province by name: some look like people, such as 高雄."""
    return bool(_KNOWN.fullmatch(plain(words)))
