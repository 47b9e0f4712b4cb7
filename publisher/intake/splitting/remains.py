"""Remains: what a byline or a dateline says beyond the names and the date that were read out of it.

A byline may name a class, a dateline the place and the weather. It promises that such words come
out as they stand, and nothing where a line holds no more than names, a date and their labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from publisher.intake.splitting.credits import without_writing
from publisher.intake.splitting.patterns import AUTHOR, COUNTERS, SOURCE, TIME
from publisher.intake.splitting.variants import plain

_BLANK = "[ \u3000]*"
_LABEL = re.compile(f"(?:{AUTHOR}|{TIME}){_BLANK}[:：/／|｜]")
# Labels that say who had which share in a text; without them the names would say less.
_SHARES = re.compile(f"(?:口述|讲述|整理|采访|采写|编剧|供稿|执笔){_BLANK}[:：/／|｜]")
_ALONE = re.compile(
    f"{AUTHOR}|{TIME}|(?:[写作记完初]?[稿]?于)|原创|[著作记书写]|第?[0-9]{{1,4}}[ ]?[号楼层位]"
)
_PRINTED = re.compile(
    f"(?:{SOURCE}){_BLANK}[:：/／|｜]"
    f"|[※*]?(?:本文|此文|该文)?(?:最初)?(?:原[载刊]|[选摘转]自|转载自|[载刊]于|首发于){_BLANK}[于自]?{_BLANK}[:：]?"
)
_AROUND = " \t\u3000·:：/／|｜—–―-，,。.、;；◎□■●○◇◆☆★⊙"
_INSIDE = r"[^（）()【】\[\]]"
# Brackets may hold others: （三(2)班）.
_ENCLOSED = re.compile(rf"[（(【\[]((?:{_INSIDE}|[（(【\[]{_INSIDE}*[)）\]】])*)[)）\]】]")
_OPENED = re.compile(r"[（(【\[]([^（）()【】\[\]]*)")
_CLOSED = re.compile(r"([^（）()【】\[\]]*)[)）\]】]")
_PAIR = re.compile(r"[（(【\[][ \u3000]*[)）\]】]")


def remains(words: str, said: Iterable[str]) -> str:
    """The words of a line without what is `said` elsewhere and without labels; often nothing."""
    words = COUNTERS.sub("", words)
    if _SHARES.search(plain(words)):
        return _bare(words)
    rest = words
    for known in sorted(filter(None, said), key=len, reverse=True):
        # A typist may set a short name wide: 张　三.
        rest = re.sub(_BLANK.join(map(re.escape, known)), " ", rest)
    rest = without_writing(_bare(_PAIR.sub(" ", _unlabelled(rest))))
    return "" if _ALONE.fullmatch(plain(rest)) or not any(map(str.isalnum, rest)) else rest


def unlabelled(words: str) -> str:
    """The words of a line without its labels and the brackets around it."""
    return _bare(_unlabelled(words))


def unsourced(words: str) -> str:
    """Where a text was printed, without `来源：` or `原载` before it and brackets around it."""
    bare = _bare(words)
    match = _PRINTED.match(plain(bare))
    return (_bare(bare[match.end() :]) if match else bare) or words


def _unlabelled(words: str) -> str:
    """The words with a blank for each label, in either script."""
    pieces, done = [], 0
    for match in _LABEL.finditer(plain(words)):
        pieces.append(words[done : match.start()])
        done = match.end()
    return " ".join((*pieces, words[done:]))


def _bare(words: str) -> str:
    """Words without the marks around them, and without brackets that are around them or half."""
    bare = words.strip(_AROUND)
    for enclosing in (_ENCLOSED, _OPENED, _CLOSED):
        match = enclosing.fullmatch(bare)
        bare = match[1].strip(_AROUND) if match else bare
    return " ".join(bare.split())
