"""Titles: the forms in which they stand on a line, and a suggestion for an essay that has none.

It promises a title in the source's own words: what stands around it goes, nothing is added.
"""

from __future__ import annotations

import re

from publisher.intake.splitting.credits import credit_of
from publisher.intake.splitting.lines import Lines, is_prose
from publisher.intake.splitting.names import NAME, can_be_name, is_name
from publisher.intake.splitting.variants import plain

BRACKETED = re.compile(
    r"【(?P<a>[^【】]+)】|《(?P<b>[^《》]+)》|〖(?P<c>[^〖〗]+)〗|〈(?P<e>[^〈〉]+)〉"
    r"|(?P<marks>[★☆◆◇●○■□※*～~=-]+)[ \u3000]*(?P<d>[^★☆◆◇●○■□※*～~=]+?)[ \u3000]*(?P=marks)"
)
_TITLE_AND_NAME = re.compile(
    "(?P<title>《[^《》]+》|.{1,24}?(?=[ \u3000]+(?:文|作者)[:：/／]))"
    f"[ \u3000]*(?:(?:文|作者)[:：/／][ \u3000]*)?(?P<names>{NAME})"
)
_NAME_AT_THE_RIGHT = re.compile(
    "(?P<title>[^。，]{1,24}?)[ \u3000]{4,}(?:[\u4e00-\u9fff]{1,4}[ \u3000]+)?"
    f"(?P<names>{NAME})"
)
_NAME_BEFORE = re.compile(f"(?P<names>{NAME})[ \u3000]*(?P<title>《[^《》]+》)")
_NAME_BEHIND = re.compile(
    "(?P<title>[^（()）]{1,24}?)[ \u3000]*"
    f"[（(](?:[^（()）]{{1,12}}[ \u3000])?(?P<names>{NAME})[）)]"
)
_SHARED = "(?:[ \u3000]+[\u4e00-\u9fff]{1,4}[:：/／][\u4e00-\u9fff]{1,8})*"
# The same with any characters for a name: 挂面（老谭）, 拾穗 [仉梅 朗诵：小周].
_POSSIBLE_BEHIND = re.compile(
    "(?P<title>[^（()）\\[\\]【】。，]{1,24}?)[ \u3000]*"
    f"[（(\\[【](?P<names>{NAME}|[\u4e00-\u9fff]{{2,4}}){_SHARED}[）)\\]】]"
)
_NAME_SLASHED = re.compile(
    f"(?P<title>[^（()）/／|｜]{{1,24}}?)[ \u3000]*[/／|｜][ \u3000]*(?P<names>{NAME})"
)
# Of these a name may also be what a text is about.
NAMES_BEHIND = (_NAME_BEHIND, _NAME_SLASHED)
_GENRE = re.compile(
    "[【\\[（(](?:散文|随笔|小说|诗歌?|杂文|原创|转载|征文|日记|书信|纪实|短文)[】\\]）)]"
    "[ \u3000]*(?=.)"
)
# What a title says of a draft is for the editor.
_DRAFT = re.compile(
    "[ \u3000]*[（(【\\[][^（()）]*"
    "(?:[初二三四五定终草]稿|修[改订]稿|征求意见稿|修[改订]版|以此为准|待[审定改])"
    "[^（()）]*[）)】\\]]"
)
# What a journal or a book says of itself, and no essay.
_NOTICE = re.compile(
    "(?:[\u4e00-\u9fff]{0,6}(?:启事|稿约|须知|公告|声明)|(?:本刊|本报|致|告)?读者|勘误表?|更正|附?录?[:：]?"
    "(?:本书|本刊|本期)?(?:作者名录|作者名单|作者简介|编委会|编辑名单|参考文献))"
)
_NOBODY = ("佚名", "无名氏", "作者不详")
_CLAUSE = re.compile(r"[，。！？；：、,.!?;:…—]+")
_QUOTED = re.compile('[“”‘’「」『』"《》〈〉（）()]')
_SHORTEST, _LONGEST = 4, 16


def suggested_title(lines: Lines) -> str:
    """The first clause of the first paragraph; two where the first is a word."""
    words = next((line.words for line in lines if is_prose(line)), "")
    words = words or next((line.words for line in lines if not line.mark), "")
    parts = [part.strip() for part in _CLAUSE.split(_QUOTED.sub("", words)) if part.strip()]
    title = ""
    for part in parts:
        title = f"{title}，{part}" if title else part
        if len(title) >= _SHORTEST:
            break
    return title[:_LONGEST]


def named_title(words: str) -> re.Match[str] | None:
    """A title with the author's name behind it; what says who had which share is no title."""
    if credit_of(words):
        return None
    compared = plain(words)
    forms = (_TITLE_AND_NAME, _NAME_AT_THE_RIGHT, _NAME_BEFORE, *NAMES_BEHIND)
    match = next(filter(None, (form.fullmatch(compared) for form in forms)), None)
    return match if match and is_name(match["names"]) else None


def title_before_possible_name(words: str) -> re.Match[str] | None:
    """A title with a few characters in brackets behind it that can be a name, or say 佚名."""
    match = _POSSIBLE_BEHIND.fullmatch(plain(words))
    is_named = match and (can_be_name(match["names"]) or match["names"] in _NOBODY)
    return match if is_named else None


def unbracketed(words: str) -> str:
    """A title without its genre and the brackets around all of it; book-title marks stay."""
    genre = _GENRE.match(plain(words))
    words = words[genre.end() :] if genre else words
    match = BRACKETED.fullmatch(words)
    return (
        (match["a"] or match["c"] or match["d"] or match["e"] or words).strip() if match else words
    )


def without_draft(title: str) -> str:
    """A title without what it says of a draft: 热水瓶（二稿，以此为准）."""
    return _DRAFT.sub("", title).strip()


def is_notice(title: str) -> bool:
    """Whether a title is one of notices, lists and the like: 征稿启事, 作者名录."""
    return bool(_NOTICE.fullmatch(plain(title)))
