"""Webpage: what a page says of its article outside it: title, author, date.

It believes a byline right above the article first, for people read it; then what is written for
machines, which may name the site; then the lines around. All of it is a suggestion.
"""

from __future__ import annotations

import re

from publisher.intake.extractors.markup import Element, words
from publisher.intake.extractors.passages import Line
from publisher.intake.reading import Role, Suggestion

_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title")
_AUTHORS = ("author", "article:author", "dc.creator", "citation_author", "og:article:author")
_DATES = (
    "article:published_time", "og:published_time", "publishdate", "pubdate", "dc.date", "date",
    "citation_publication_date", "datepublished",
)  # fmt: skip
# A page's title ends with the names of its column and its site.
_TAIL = re.compile(
    r"\s*[_|｜]\s*.*|\s+[-–—]\s+.*|\s*[-–—]{1,2}\s*[^-–—]*(?:网|站|论坛|博客|在线|文学|书库)[^-–—]*"
)
_PARTS = re.compile(r"\s*[_|｜]\s*|\s+[-–—]\s+|\s*[-–—]{2}\s*")
# What Word, WPS and LibreOffice call themselves, and the parts of a page that Word saves.
_OFFICE = re.compile(r"Microsoft Word|Kingsoft|WPS|LibreOffice|OpenOffice", re.IGNORECASE)
_SECTION = re.compile(r"(?:Word)?Section\d")
_BYLINE = re.compile(
    r"(?:作\s*者|撰\s*文\s*[:：/／]|文字\s*[:：/／]|文\s*[/／])\s*[:：]?\s*([^\s:：|｜,，;；。！？()（）\[\]【】]{1,20})"
)
_NOBODY = re.compile(
    "(?:佚名|匿名|未知|不详|无名氏|网友|本站|本网|小编|管理员|admin.*|.*[网站])", re.IGNORECASE
)
# How far above the article's first line its byline may stand, in lines; how long it may be.
_ABOVE = 5
_LONGEST_BYLINE = 80
_SHORTEST_TEXT = 25
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_LAST_MONTH, _LAST_DAY = 12, 31


def is_document(root: Element) -> bool:
    """Whether a page is a document that an office program saved: nothing in it is a menu."""
    return any(
        (meta.get("name") or "").lower() == "generator" and _OFFICE.search(meta.get("content", ""))
        for meta in root.iter("meta")
    ) or any(_SECTION.fullmatch(part.get("class", "")) for part in root.iterfind("body/div"))


def page_title(root: Element) -> str:
    """All that the page says of its title, in one line; empty where it says nothing."""
    return _declared(root, _TITLES) or _titled(root)


def _titled(root: Element) -> str:
    return next((words(title) for title in root.iterfind("head/title")), "")


def page_suggestion(
    root: Element, lines: tuple[Line, ...], kept: frozenset[int], title: str
) -> Suggestion:
    """What the page says of itself; `lines` are all of its lines, `kept` those of its article."""
    heading = _kept_heading(lines, kept, title)
    first = min(kept, default=0)
    around = "\n".join(line.text for line in lines[: first + 12])
    declared = _declared(root, _AUTHORS)
    of_page = "" if _is_of_site(declared, root) else declared
    author = _signed(lines, kept) or of_page or _found(_BYLINE, around)
    date = _date(_declared(root, _DATES)) or _date(_timed(root)) or _date(around)
    named = heading or _TAIL.sub("", title, count=1).strip()
    evidence = "the page's own title, author and date"
    return Suggestion(
        named, (author,) if author else (), date, evidence if named or author or date else ""
    )


def _is_of_site(author: str, root: Element) -> bool:
    """Whether an author is called after the site, as its title names it, with more words."""
    _title, *sites = _PARTS.split(_titled(root))
    return any(site and site != author and site in author for site in sites)


def _signed(lines: tuple[Line, ...], kept: frozenset[int]) -> str:
    """Whom a line right above the article names; the site's own name is nobody's."""
    if not kept:
        return ""
    first = min(kept)
    texts = (index for index in sorted(kept) if _is_text(lines[index].text))
    stop = next(texts, first + _ABOVE)
    near = (
        line.text
        for index, line in enumerate(lines[:stop])
        if index >= first - _ABOVE and len(line.text) <= _LONGEST_BYLINE
    )
    name = _found(_BYLINE, "\n".join(near))
    return "" if _NOBODY.fullmatch(name) else name


def _is_text(words: str) -> bool:
    """Whether a line is long enough for a text, and no byline with the counters of a page."""
    is_byline = (
        _BYLINE.search(words) and len(words) <= _LONGEST_BYLINE and words[-1] not in "。！？"
    )
    return len(words) >= _SHORTEST_TEXT and not is_byline


def _kept_heading(lines: tuple[Line, ...], kept: frozenset[int], title: str) -> str:
    for index in sorted(kept):
        text = lines[index].text.strip()
        if text and any(span.role is Role.HEADING for span in lines[index].spans):
            return text if text in title or not title else ""
    return ""


def _declared(root: Element, names: tuple[str, ...]) -> str:
    """The first content of a meta element of one of these names, in their order."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = " ".join(meta.get("content", "").split())
        if content and not content.startswith(("http://", "https://")):
            found.setdefault(name, content)
    return next((found[name] for name in names if name in found), "")


def _timed(root: Element) -> str:
    return next(
        (time.get("datetime", "") for time in root.iter("time") if time.get("datetime")), ""
    )


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _date(text: str) -> str:
    """The first date of a text as YYYY-MM-DD; empty where there is none."""
    for year, month, day in _DATE.findall(text):
        if 1 <= int(month) <= _LAST_MONTH and 1 <= int(day) <= _LAST_DAY:
            return f"{year}-{int(month):02}-{int(day):02}"
    return ""
