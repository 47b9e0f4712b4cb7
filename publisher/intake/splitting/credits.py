"""Credits: lines that say who had which share in a text: 文/… 图/…, a class, a name, a teacher.

It promises an answer only for a line of which every word is a name, a share, or where somebody
learns. A share is no name. Whoever wrote is an author; where nobody is said to have written, it is
who stands there without a share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.intake.splitting.names import (
    CLASS,
    FOREIGN,
    GRADE,
    NAME,
    SCHOOL,
    can_be_name,
    is_foreign_name,
    is_name,
)
from publisher.intake.splitting.variants import plain

_BLANK = "[ \u3000]*"
# Who told and who wrote it down share in the words; which of them is the author is asked.
_TELLING = "口述|讲述|整理|采访|采写|采编|访谈"
_WRITING = (
    f"作{_BLANK}者|小作者|撰{_BLANK}文|撰稿|文字|执笔|作文|图文|文图|原创|文|写|撰|著|作|{_TELLING}"
)
_OTHER = (
    "(?:指导|辅导|带队)(?:老师|教师)?|推荐(?:人|老师)?|插图|配图|绘图|绘画|题图|供图|制图|图片|图"
    "|插画|绘|画|摄影|摄像|摄|照片|书法|题字|朗诵|校对|编辑|责编|审核|翻译|编译|选编|校译|译者|译文|译"
    "|受访(?:者|人|嘉宾)?|采访对象|被采访者"
)
_SHARE = f"(?:{_WRITING}|{_OTHER})"
_SHARES = f"{_SHARE}(?:{_BLANK}[、，,&＆+和与兼并及/／]?{_BLANK}{_SHARE})*"
_MARK = r"[ \u3000:：/／|｜，,、；;（）()【】\[\]&＆·◎□■●○◇◆☆★⊙—]"
_END = f"(?={_MARK}|$)"
# 修表匠访谈 is a title.
_BEHIND_NAMES = "口述|讲述|整理|采访|采写|采编|执笔|翻译|编译|摄影|配图|绘图"
# Where a foreign author is from, or when an old one lived: [英], （清）.
_ORIGIN = (
    "[英美法德俄苏日意西葡奥匈捷波荷比瑞挪丹芬希土印韩朝越泰澳加墨巴智阿哥秘以埃晋唐宋元明清]"
    "|[\u4e00-\u9fff]{1,4}国|苏联|俄罗斯|日本|印度|意大利|爱尔兰|奥地利|匈牙利|波兰|捷克|丹麦|挪威|瑞典"
    "|瑞士|芬兰|希腊|西班牙|葡萄牙|加拿大|澳大利亚|新西兰|阿根廷|智利|墨西哥|哥伦比亚|秘鲁|土耳其|以色列"
)
_TOKEN = re.compile(
    f"(?P<origin>[（(\\[【〔［](?:{_ORIGIN})[）)\\]】〕］])(?=.)"
    f"|(?P<between>{_MARK}+)|(?P<share>{_SHARES}){_END}"
    f"|(?P<place>{SCHOOL}|{CLASS}|{GRADE}|[0-9]{{1,3}}岁|小?学生|小记者|同学"
    f"|[\u4e00-\u9fff]{{1,6}}[班组社队]{_END})"
    f"|(?P<foreign>{FOREIGN})(?:[（(][A-Za-z .'’-]+[）)])?{_END}"
    f"|(?P<told>{NAME}(?=访谈{_END})|(?:{NAME}|[\u4e00-\u9fff]{{2,4}}?)(?=(?:{_BEHIND_NAMES}){_END}))"
    f"|(?P<known>{NAME}|[\u4e00-\u9fff]{{2,4}}){_END}"
)
_NAMED_SHARE = re.compile(
    f"(?:^|{_MARK}){_SHARES}{_BLANK}(?:[:：/／|｜]|[ \u3000]){_BLANK}{NAME}{_END}"
    f"|(?:^|{_MARK}){NAME}{_BLANK}[ \u3000/／|｜]{_BLANK}{_SHARES}{_END}"
)
_ONLY_SHARES = re.compile(_SHARES)
_WRITING_FIRST = re.compile(f"(?:{_WRITING}){_MARK}+")
_WRITES = re.compile(_WRITING)
_PEOPLE = ("foreign", "told", "known")
_LONGEST = 60


@dataclass(frozen=True)
class Credit:
    """Who wrote, whether that is clear, and whether the line names a share.

    It is clear where all have a known family name, or a foreign one, and all the same share.
    """

    authors: tuple[str, ...]
    is_clear: bool
    has_share: bool


@dataclass(frozen=True)
class _Token:
    kind: str
    words: str


def credit_of(words: str) -> Credit | None:
    """Who wrote, of a line that is a credit and nothing else; else None."""
    tokens = _credited(words)
    shared, kinds = tuple(_shared(tokens)), {token.kind for token in tokens}
    authors, has_share = _authors(shared), "share" in kinds
    is_told = has_share or "origin" in kinds
    is_clear = all(is_name(own) or (is_told and is_foreign_name(own)) for own in authors)
    can_be = is_clear or (has_share and all(is_name(own) or can_be_name(own) for own in authors))
    is_one = len({share for _, share in shared if _writes(share)}) <= 1
    return Credit(authors, is_clear and is_one, has_share) if authors and can_be else None


def is_of_others(words: str) -> bool:
    """Whether a line names those alone who had another share than the writing, as 译／… does."""
    shared = tuple(_shared(_credited(words)))
    return bool(shared) and all(share and not _writes(share) for _, share in shared)


def _credited(words: str) -> list[_Token]:
    """What a line is made of where it is a name and more; nothing where it is not."""
    tokens = _tokens(words) if len(words) <= _LONGEST else None
    kinds = {token.kind for token in tokens or ()}
    return tokens if tokens and "name" in kinds and len(kinds) > 1 else []


def without_writing(words: str) -> str:
    """What is left of a credit once its authors are told, without their share."""
    compared = plain(words)
    match = _WRITING_FIRST.match(compared)
    return "" if _ONLY_SHARES.fullmatch(compared) else words[match.end() :] if match else words


def names_a_share(words: str) -> bool:
    """Whether a short line has a share beside a name, whatever else it says."""
    return len(words) <= _LONGEST and bool(_NAMED_SHARE.search(plain(words)))


def _tokens(words: str) -> list[_Token] | None:
    """What a line is made of, in order; None where something is none of this."""
    compared, found, at = plain(words), [], 0
    while at < len(compared):
        match = _TOKEN.match(compared, at)
        if not match or not match.lastgroup:
            return None
        if match.lastgroup != "between":
            start, stop = match.span(match.lastgroup)
            kind = "name" if match.lastgroup in _PEOPLE else match.lastgroup
            found.append(_Token(kind, words[start:stop]))
        at = match.end()
    return found


def _authors(shared: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Who has a share in the writing, else who has none said; nobody where both are there."""
    writing = [name for name, share in shared if _writes(share)]
    lone = [name for name, share in shared if not share]
    return () if writing and lone else tuple(dict.fromkeys(writing or lone))


def _writes(share: str) -> bool:
    return bool(share and _WRITES.search(plain(share)))


def _shared(tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    """Each name with its share, the one before it, or behind where the line ends with one."""
    people = [token for token in tokens if token.kind in ("name", "share")]
    is_behind = bool(people) and people[-1].kind == "share"
    found, share = [], ""
    for token in people[::-1] if is_behind else people:
        if token.kind == "share":
            share = token.words
        else:
            # A typist may set a short name wide: 张　三.
            found.append(("".join(token.words.split()), share))
    yield from found[::-1] if is_behind else found
