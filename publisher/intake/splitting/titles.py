"""Titles: the forms in which they stand on a line, and a suggestion for an essay that has none.

It promises a title in the source's own words: what stands around it goes, nothing is added.
"""

from __future__ import annotations

import re

from publisher.intake.splitting.credits import credit_of
from publisher.intake.splitting.lines import Lines, is_prose
from publisher.intake.splitting.names import NAME, is_name
from publisher.intake.splitting.variants import plain

BRACKETED = re.compile(
    r"【(?P<a>[^【】]+)】|《(?P<b>[^《》]+)》|〖(?P<c>[^〖〗]+)〗"
    r"|(?P<marks>[★☆◆◇●○■□※*～~=-]+)[ \u3000]*(?P<d>[^★☆◆◇●○■□※*～~=]+?)[ \u3000]*(?P=marks)"
)
_TITLE_AND_NAME = re.compile(
    "(?P<title>《[^《》]+》|.{1,24}?(?=[ \u3000]+(?:文|作者)[:：/／]))"
    f"[ \u3000]*(?:(?:文|作者)[:：/／][ \u3000]*)?(?P<names>{NAME})"
)
_NAME_BEFORE = re.compile(f"(?P<names>{NAME})[ \u3000]*(?P<title>《[^《》]+》)")
_NAME_BEHIND = re.compile(
    "(?P<title>[^（()）]{1,24}?)[ \u3000]*"
    f"[（(](?:[^（()）]{{1,12}}[ \u3000])?(?P<names>{NAME})[）)]"
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
    forms = (_TITLE_AND_NAME, _NAME_BEFORE, *NAMES_BEHIND)
    match = next(filter(None, (form.fullmatch(compared) for form in forms)), None)
    return match if match and is_name(match["names"]) else None


def unbracketed(words: str) -> str:
    """A title without its genre and the brackets around all of it; book-title marks stay."""
    genre = _GENRE.match(plain(words))
    words = words[genre.end() :] if genre else words
    match = BRACKETED.fullmatch(words)
    return (match["a"] or match["c"] or match["d"] or words).strip() if match else words
