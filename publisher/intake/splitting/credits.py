"""Credits: lines that say who had which share in a text: 文/… 图/…, a class, a name, a teacher.

It promises an answer only for a line of which every word is a name, a share, or where somebody
learns. A share is no name. Whoever wrote is an author; where nobody is said to have written, it is
who stands there without a share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.intake.splitting.names import CLASS, GRADE, NAME, SCHOOL, can_be_name, is_name
from publisher.intake.splitting.variants import plain

_BLANK = "[ \u3000]*"
_WRITING = f"作{_BLANK}者|小作者|撰{_BLANK}文|撰稿|文字|执笔|作文|图文|文图|原创|文|写|撰|著"
_OTHER = (
    "(?:指导|辅导|带队)(?:老师|教师)?|推荐(?:人|老师)?|插图|配图|绘图|绘画|题图|供图|制图|图片|图"
    "|插画|绘|画|摄影|摄像|摄|照片|书法|题字|朗诵|校对|编辑|责编|审核|翻译|译"
)
_SHARE = f"(?:{_WRITING}|{_OTHER})"
_SHARES = f"{_SHARE}(?:{_BLANK}[、，,&＆+和与兼并及/／]?{_BLANK}{_SHARE})*"
_MARK = r"[ \u3000:：/／|｜，,、；;（）()【】\[\]&＆·◎□■●○◇◆☆★⊙—]"
_END = f"(?={_MARK}|$)"
_TOKEN = re.compile(
    f"(?P<between>{_MARK}+)|(?P<share>{_SHARES}){_END}"
    f"|(?P<place>{SCHOOL}|{CLASS}|{GRADE}|[0-9]{{1,3}}岁|小?学生|小记者|同学"
    f"|[\u4e00-\u9fff]{{1,6}}[班组社队]{_END})"
    f"|(?P<name>{NAME}|[\u4e00-\u9fff]{{2,4}}){_END}"
)
_NAMED_SHARE = re.compile(
    f"(?:^|{_MARK}){_SHARES}{_BLANK}(?:[:：/／|｜]|[ \u3000]){_BLANK}{NAME}{_END}"
    f"|(?:^|{_MARK}){NAME}{_BLANK}[ \u3000/／|｜]{_BLANK}{_SHARES}{_END}"
)
_ONLY_SHARES = re.compile(_SHARES)
_WRITING_FIRST = re.compile(f"(?:{_WRITING}){_MARK}+")
_WRITES = re.compile(_WRITING)
_LONGEST = 60


@dataclass(frozen=True)
class Credit:
    """Who wrote; whether all have a known family name, and whether the line names a share."""

    authors: tuple[str, ...]
    is_clear: bool
    has_share: bool


@dataclass(frozen=True)
class _Token:
    kind: str
    words: str


def credit_of(words: str) -> Credit | None:
    """Who wrote, of a line that is a credit and nothing else; else None."""
    tokens = _tokens(words) if len(words) <= _LONGEST else None
    if not tokens:
        return None
    kinds = {token.kind for token in tokens}
    if "name" not in kinds or len(kinds) == 1:
        return None
    authors, has_share = _authors(tokens), "share" in kinds
    is_clear = all(map(is_name, authors))
    can_be = is_clear or (has_share and all(is_name(own) or can_be_name(own) for own in authors))
    return Credit(authors, is_clear, has_share) if authors and can_be else None


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
            found.append(_Token(match.lastgroup, words[at : match.end()]))
        at = match.end()
    return found


def _authors(tokens: list[_Token]) -> tuple[str, ...]:
    """Who has a share in the writing, else who has none said; nobody where both are there."""
    people = [token for token in tokens if token.kind != "place"]
    is_behind = people[-1].kind == "share"
    shared = list(_shared(people[::-1] if is_behind else people))
    writing = [name for name, share in shared if share and _WRITES.search(plain(share))]
    lone = [name for name, share in shared if not share]
    if writing and lone:
        return ()
    found = writing or lone
    return tuple(dict.fromkeys(found[::-1] if is_behind else found))


def _shared(people: list[_Token]) -> Iterator[tuple[str, str]]:
    """Each name with the share that was said last before it."""
    share = ""
    for token in people:
        if token.kind == "share":
            share = token.words
        else:
            yield token.words, share
