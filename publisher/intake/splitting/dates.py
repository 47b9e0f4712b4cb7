"""Dates: lines that say when something was written, in Chinese or in figures.

It promises the date in the author's own words; nothing is reckoned or filled in.
"""

from __future__ import annotations

import re

from publisher.intake.splitting.names import NAME, names_in
from publisher.intake.splitting.places import PLACE, is_place
from publisher.intake.splitting.variants import plain

_N = "[0-9０-９〇○零一二三四五六七八九十廿卅元正冬腊]"
# The year in the cycle of sixty.
_STEMS, _BRANCHES = "[甲乙丙丁戊己庚辛壬癸]", "[子丑寅卯辰巳午未申酉戌亥]"
_YEAR = (
    "(?:公元|民国)?(?:[12１２][0-9０-９]{3}|[一二][〇○零O0一二三四五六七八九]{3}"
    f"|(?<=民国)(?:{_N}|百){{1,7}}|{_STEMS}{_BRANCHES})[ ]?年"
)
_DAY = f"(?:{_N}{{1,3}}[ ]?[日号]|初{_N}|{_N}{{1,3}}(?=之?夜)|[上中下]旬|[末底初])"
_MONTH = f"{_N}{{1,3}}[ ]?月(?:[ ]?{_DAY})?"
_SEASON = "(?:初|仲|暮|深|早|晚)?[春夏秋冬](?:天|日|季|夜)?"
_FESTIVAL = (
    "(?:除夕|元旦|元宵|清明|端午|七夕|中秋|重阳|国庆|夏至|冬至|立[春夏秋冬]|[大小][寒暑雪]|谷雨|惊蛰"
    "|[\u4e00-\u9fff]{1,3}节)(?:[前后](?:[一二两三四五六七八九十]{1,2}[日天夜])?)?"
)
# The end or the beginning of a year.
_TIME_OF_YEAR = "(?:岁[末暮尾杪首初]|年[末底初终]|[末底初]|腊八|小年)"
# A day of the moon, which needs no year: 腊月初二, 冬月十八夜.
_LUNAR = (
    "(?:[正一二三四五六七八九十冬腊]|十[一二])月(?:初[一二三四五六七八九十]|十[一二三四五六七八九]?"
    "|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十)(?:[日夜晨晚]|之夜)?"
)
# A year without its century, which needs a month or a season behind it: 一六年腊月, 21年春.
_SHORT_YEAR = "(?:[0-9]{2}|[〇零一二三四五六七八九]{2})年"
_DATE = re.compile(
    f"{_STEMS}{_BRANCHES}(?:{_MONTH}|{_LUNAR}|{_SEASON})"
    f"|{_YEAR}[ ]?(?:{_MONTH}|{_LUNAR}|{_FESTIVAL}|{_SEASON}|{_TIME_OF_YEAR})?"
    f"|{_SHORT_YEAR}(?:{_MONTH}|{_LUNAR}|{_FESTIVAL}|{_SEASON}|{_TIME_OF_YEAR})"
    r"|[12][0-9]{3}[-/.．][01]?[0-9](?:[-/.．][0-3]?[0-9])?(?![0-9])"
    r"|(?<![0-9.])[0-2][0-9][./][01]?[0-9][./][0-3]?[0-9](?![0-9.])"
    f"|{_N}{{1,3}}[ ]?月[ ]?{_N}{{1,3}}[ ]?[日号](?:[夜晨晚]|之夜)?|{_LUNAR}"
)
_BEFORE = (
    "(?:(?:写|作|记|草|完稿|定稿|初稿|改定|脱稿|成稿)?于|"
    "(?:日期|时间|发表时间|发布时间|写作时间)[:：])"
)
_HOUR = r"[ T]*[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?"
_WEEKDAY = "[ \u3000，,]*(?:星期|周|礼拜)[一二三四五六日天]"
_WEATHER = "[ \u3000，,]*(?:晴|阴|雨|雪|多云|小雨|大雨|小雪|大雪|霾|雾)(?:转.{1,2})?"
_PLACE = f"(?:[于在写]?(?:{PLACE}))"
_WRITTEN = "[^。！？]{0,8}[于在写记作稿书夜晨改订][^。！？，]{0,8}"
_SIGNED = f"[ \u3000，,]*{NAME}[上记作书写]?"
_DATELINE = re.compile(
    f"[（(]?(?:(?P<before>{NAME})[ \u3000。，,]+)?(?:{_PLACE}[ \u3000·，,]*)?"
    f"{_BEFORE}?[ \u3000]*(?P<date>{_DATE.pattern})"
    f"(?:{_HOUR})?(?:{_WEEKDAY})?(?:{_WEATHER})?(?:[ \u3000·，,]*{_PLACE})?"
    f"(?:{_WRITTEN})?(?:{_SIGNED})?[。.]?[）)]?"
)
# Behind a dash and a name, and in brackets, any place may follow: ——冯芷若　二〇一三年春，常熟.
_SIGNED_DATE = re.compile(
    f"[—–―-]{{1,3}}[ \u3000]*(?P<before>{NAME})[ \u3000，,。]+"
    f"(?P<date>{_DATE.pattern})[^。！？]{{0,16}}[。]?"
)
_BRACKETED = re.compile(f"[（(](?P<date>{_DATE.pattern})[，, \u3000][^。！？（()）]{{2,24}}[）)]")
# In brackets, and before the word for it, whoever signed: 〔公冶青，2021年十月〕, 阿沅记，2016.2.
_BRACKETED_NAME = re.compile(
    f"[〔［\\[（(【](?:[^〔（(]{{1,8}}[ \u3000])?(?P<before>{NAME}|[\u4e00-\u9fff]{{2,4}})"
    f"[ \u3000，,。、]+(?P<date>{_DATE.pattern})[^。！？]{{0,8}}[〕］\\]）)】]"
)
_NOTED = re.compile(
    f"(?P<before>{NAME}|[\u4e00-\u9fff]{{1,4}})[ \u3000]?[记识书草][ \u3000，,。]*[于]?"
    f"(?P<date>{_DATE.pattern})[。]?"
)
# What stands before a date and a blank, and can be no place and no word for writing.
_BEFORE_BLANK = re.compile(
    f"(?P<before>(?![^ \u3000]*[于写记作稿订改编印期])[\u4e00-\u9fff]{{1,4}})[ \u3000]+"
    f"(?P<date>{_DATE.pattern})[。]?"
)
# Whoever signed behind a date and a blank, and what he is: 二〇二二年清明　外孙　逯平安　记.
_NAME_BEHIND = re.compile(
    f"(?P<date>{_DATE.pattern})[ \u3000]+(?:[\u4e00-\u9fff]{{1,4}}[ \u3000]+)?"
    f"(?P<before>{NAME})[ \u3000]*[记书识草]?[。]?"
)
_DATELINES = (
    _NAME_BEHIND,
    _DATELINE,
    _SIGNED_DATE,
    _BRACKETED,
    _BRACKETED_NAME,
    _NOTED,
    _BEFORE_BLANK,
)
# So people sign with one character, too.
_INFORMAL = (_NOTED, _BEFORE_BLANK)
_LONGEST = 40


def dateline_of(words: str) -> tuple[str, tuple[str, ...]]:
    """The date of a line that is a dateline, and who signed beside it; else nothing."""
    forms = _DATELINES if len(words) <= _LONGEST else ()
    match = next(filter(None, (form.fullmatch(plain(words)) for form in forms)), None)
    if not match:
        return "", ()
    start, stop = match.span("before") if "before" in match.re.groupindex else (0, 0)
    before = words[max(start, 0) : max(stop, 0)]
    names = () if is_place(before) else tuple(n.removesuffix("上") for n in names_in(before))
    if before and not names and match.re in _INFORMAL and not is_place(before):
        names = (before,)
    return words[match.start("date") : match.end("date")], tuple(names)


def date_in(words: str) -> str:
    """The first date anywhere in the words, else nothing."""
    match = _DATE.search(plain(words))
    return words[match.start() : match.end()] if match else ""
