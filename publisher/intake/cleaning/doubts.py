"""Doubts: the functions that find what no rule may decide, each for a row of the advisories.

All read a cleaned text, in which a line is a paragraph. They would rather be silent than wrong:
a doubt that is none costs the editor's trust in the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.ground.messages import say
from publisher.intake.cleaning.advice import Doubt
from publisher.intake.cleaning.changes import Change, Log
from publisher.intake.cleaning.spacing import is_lost_comma_before_quote
from publisher.intake.cleaning.surroundings import (
    HAN,
    IDEOGRAPHIC_SPACE,
    is_han,
    line_after,
    line_before,
    outside_spared,
    stands_in_chinese,
)
from publisher.intake.cleaning.wrapping import doubtful_ends

_PROSE = re.compile("[，。；：？！]")
_CLAUSE_END = re.compile("[，。；？！]")
_SPACE = re.compile(f"(?<=[{HAN}])[ \u3000](?=[{HAN}“《「『])")
_LONE_BEFORE = re.compile(f"(?:^|[^{HAN}])[{HAN}]$")
_LONE_AFTER = re.compile(f"[{HAN}](?![{HAN}])")

_SENTENCE_END = '。！？…”’」』）》】：:；.!?"—'
_GOING_ON = "，、"
# A paragraph is a sentence at least, a heading is shorter.
_FEWEST_IN_PARAGRAPH = 25
# How a letter ends before its name, and where a quotation was found before it.
_NO_SENTENCE = re.compile(
    "(?:此致|即请|即頌|即颂|敬请|敬頌|敬颂|顺颂|順頌|顺祝|并颂|台安|大安|——[^，。；：？！]{1,20})$"
)
_BREAK = re.compile(r"(?<=[^\n])\n{1,2}(?=[^\n])")
_STARTS_ANEW = re.compile(f"[^{HAN}]|[一二三四五六七八九十]{{1,3}}[、.）]|第[一二三四五六七八九十]")

# Behind a digit it may be inches or seconds.
_STRAIGHT = re.compile('(?<![0-9])["＂]')
_BRACKET = re.compile("[()（）《》〈〉「」『』【】〔〕〖〗\n]")
_CLOSING_OF = dict(zip("(（《〈「『【〔〖", ")）》〉」』】〕〗", strict=True))
# A number of a list, or a smile.
_NUMBERED = re.compile("(?:^|[ \u3000])[0-9A-Za-z一二三四五六七八九十]{1,3}$|[:;：；]-?$")

_DASH = re.compile(f"(?<=[{HAN}])—(?=[{HAN}])")
# The characters with which foreign names are spelt, without those that are common words as well.
_SPELLING = (
    "阿埃艾安昂奥巴班贝比彼宾波伯博布茨查戴丹德登狄迪蒂杜顿厄恩尔凡菲费芬弗夫福盖冈戈格根贡古"
    "圭哈汉豪赫亨霍基吉加贾杰卡凯坎考柯科克肯库夸奎拉莱赖兰朗劳勒雷黎丽利莉列林琳卢鲁罗洛马玛"
    "迈曼梅蒙米密摩莫姆穆纳娜尼妮宁纽诺帕潘培佩彭皮普契恰乔切琴屈茹儒萨塞桑瑟沙莎舍圣施史士舒"
    "司斯丝松苏索塔泰坦汤特腾廷图吐托瓦旺威韦维温翁沃乌武西希锡夏辛休雅亚扬耶伊因英尤约泽扎詹"
    "兹朱卓佐爾馬盧羅蘭萊賴勞麗貝費賓豐漢紐寧喬薩聖蘇湯騰圖韋維溫烏錫亞揚葉約澤紮茲納爾傑凱"
)
_SPELT_END = re.compile(f"[{_SPELLING}]{{2}}$")
_SPELT_START = re.compile(f"[{_SPELLING}]{{2}}")
_POINT = re.compile(f"(?<=[{HAN}])\\.(?=[{HAN}])")
_TWO_STOPS = re.compile("(?<!。)。。(?!。)")
_FEWEST_IN_REPEATED = 20


def lost_commas(text: str) -> Iterator[Doubt]:
    """A space between Han words of a sentence, where an enumeration lost its 、."""
    for start, stop in _prose_spaces(text):
        is_before_han = is_han(text[stop]) and not _is_beside_lone(text, start, stop)
        if is_before_han or is_lost_comma_before_quote(text, start, stop):
            reason = say("a space stands where an enumeration may have lost its 、")
            yield Doubt(Change(start, stop, "、"), reason)


def stray_spaces(text: str) -> Iterator[Doubt]:
    """A space beside a single Han in a sentence, which may have been cut from its word."""
    for start, stop in _prose_spaces(text):
        if is_han(text[stop]) and _is_beside_lone(text, start, stop):
            reason = say("a space parts a single character from the words beside it")
            yield Doubt(Change(start, stop, ""), reason)


def _prose_spaces(text: str) -> Iterator[tuple[int, int]]:
    """The spaces behind Han, before Han or a quotation, on lines that have stops.

    A wide one behind the first words of a line sets them off: 正月初一　水位…
    """
    for match in _SPACE.finditer(text):
        if match[0] == IDEOGRAPHIC_SPACE and not _PROSE.search(line_before(text, match.start())):
            continue
        if _PROSE.search(line_before(text, match.start()) + line_after(text, match.end())):
            yield match.span()


def _is_beside_lone(text: str, start: int, stop: int) -> bool:
    before = _LONE_BEFORE.search(text[max(0, start - 2) : start])
    return bool(before or _LONE_AFTER.match(text[stop : stop + 2]))


def broken_paragraphs(text: str) -> Iterator[Doubt]:
    """A paragraph that ends amid a sentence, with one after it that goes on."""
    for match in _BREAK.finditer(text):
        if _goes_on(text, match.start(), match.end()):
            yield Doubt(
                Change(match.start(), match.end(), ""),
                say("the paragraph ends amid a sentence; the next one may be its rest"),
            )


def _goes_on(text: str, start: int, stop: int) -> bool:
    line_start = text.rfind("\n", max(0, start - _FEWEST_IN_PARAGRAPH - 1), start)
    if line_start >= 0 or start < _FEWEST_IN_PARAGRAPH:
        return False
    if text[start - 1] in _SENTENCE_END or _STARTS_ANEW.match(text, stop):
        return False
    before, after = line_before(text, start), line_after(text, stop)
    if _NO_SENTENCE.search(before):
        return False
    return bool(_CLAUSE_END.search(before)) and (
        bool(_PROSE.search(after)) or text[start - 1] in _GOING_ON
    )


def straight_quotes(text: str) -> Iterator[Doubt]:
    """The first straight quote of each paragraph of Chinese that still has any."""
    paragraph_stop = -1
    for match in outside_spared(text, _STRAIGHT):
        if match.start() < paragraph_stop:
            continue
        paragraph_stop = _line_end(text, match.start())
        if stands_in_chinese(text, match.start(), match.end()):
            yield Doubt(
                Change(match.start(), match.end(), match[0]),
                say("the straight quotes of the paragraph do not form pairs"),
            )


def _line_end(text: str, start: int) -> int:
    stop = text.find("\n", start)
    return len(text) if stop < 0 else stop


def brackets(text: str) -> Iterator[Doubt]:
    """Brackets of a paragraph that lack their partner."""
    waiting: list[re.Match[str]] = []
    found: list[Doubt] = []
    for match in outside_spared(text, _BRACKET):
        if match[0] == "\n":
            found += map(_lonely, waiting)
            waiting = []
        elif match[0] in _CLOSING_OF:
            waiting.append(match)
        elif waiting and _CLOSING_OF[waiting[-1][0]] == match[0]:
            waiting.pop()
        elif not _NUMBERED.search(line_before(text, match.start())):
            found.append(_lonely(match))
    found += map(_lonely, waiting)
    yield from sorted(found, key=lambda doubt: doubt.change.start)


def _lonely(match: re.Match[str]) -> Doubt:
    return Doubt(
        Change(match.start(), match.end(), match[0]),
        say("{mark} has no partner in its paragraph", mark=match[0]),
    )


def single_dashes(text: str) -> Iterator[Doubt]:
    """A — between Han, which may join two names or be half a dash."""
    for match in _DASH.finditer(text):
        yield Doubt(
            Change(match.start(), match.end(), "——"),
            say("a single — joins places and times; a dash is two"),
        )


def points(text: str) -> Iterator[Doubt]:
    """A point between Han, which may be a full stop or the dot within a foreign name.

    Names in Chinese are spelt with few characters; between two of them the dot is proposed, beside
    none of them the stop, and else the place is shown alone.
    """
    for match in _POINT.finditer(text):
        start, stop = match.span()
        sides = _SPELT_END.search(text[max(0, start - 2) : start]), _SPELT_START.match(text, stop)
        after = "·" if all(sides) else "。" if not any(sides) else "."
        yield Doubt(
            Change(start, stop, after),
            say("a point stands between Chinese words: a full stop, or the dot of a name"),
        )


def doubled_stops(text: str) -> Iterator[Doubt]:
    """Two full stops, where one or …… may be meant."""
    for match in _TWO_STOPS.finditer(text):
        yield Doubt(
            Change(match.start(), match.end(), "。"),
            say("two full stops: one may be meant, or ……"),
        )


def paragraph_ends(source: str, log: Log) -> Iterator[Doubt]:
    """Ends of wrapped lines with which a paragraph may end, or may not."""
    for change in doubtful_ends(source, log):
        reason = (
            say("the line that ended here was a full one; perhaps its paragraph ended too")
            if change.after == "\n"
            else say("the line that ends here is a full one; the next may go on with it")
        )
        yield Doubt(change, reason)


def repeated_paragraphs(text: str) -> Iterator[Doubt]:
    """A paragraph of some length that stood in the text before."""
    seen: set[str] = set()
    start = 0
    for line in text.split("\n"):
        if len(line) >= _FEWEST_IN_REPEATED and line in seen:
            # The line ends before it go with it.
            first = _end_before(text, start)
            yield Doubt(
                Change(first, start + len(line), ""),
                say("the paragraph stood in the text before"),
            )
        seen.add(line)
        start += len(line) + 1


def _end_before(text: str, start: int) -> int:
    """Where the line before a line ends, at most one blank line above."""
    return start - 2 if text[start - 2] == "\n" else start - 1
