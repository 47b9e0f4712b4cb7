"""Numbered: pieces that a source counts: 篇1, 社区征文一, 第一回, 1、 with a name below.

It promises openings only where the numbers run on, or evidence that says that they do not. Numbers
alone before a title are those of sections as well: they count where each title is signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publisher.intake.splitting.lines import (
    LONGEST_HEAD,
    Line,
    Lines,
    is_prose,
    is_title_like,
)
from publisher.intake.splitting.names import NAME, can_be_name, is_name
from publisher.intake.splitting.numbers import COUNTER, are_counted, number_of
from publisher.intake.splitting.openings import Opening, is_ending
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed
from publisher.intake.splitting.variants import plain
from publisher.intake.splitting.verses import has_stanza

# Fewer of a kind say nothing of how a source is divided, and only so many speak for each other.
_FEWEST = 2
_AGREEING = 3
_AFTER_NUMBER = r"(?:[】\]）)]|[ \u3000:：、.．,，—-])*"
_PIECE = re.compile(
    r"[【\[（(]?(?:佳作|散文)?[ ]?"
    f"(?:篇[ ]?(?P<a>{COUNTER})|第[ ]?(?P<b>{COUNTER})[ ]?篇"
    f"|[范例作]文[ ]?[（(]?(?P<c>{COUNTER})[）)]?)"
    f"(?=$|[】\\]）)]|[ \\u3000:：、.．,，—-]){_AFTER_NUMBER}(?P<title>.*)"
)
_CHAPTER = re.compile(f"第[ ]?(?P<n>{COUNTER})[ ]?[章回]{_AFTER_NUMBER}(?P<title>.*)")
_ORDINALS = {"上": "1", "中": "2", "下": "3", "甲": "1", "乙": "2", "丙": "3", "丁": "4"}
# The title of a part: 第一辑 山上, 卷一, 上编.
VOLUME = re.compile(
    f"(?:第[ ]?(?P<n>{COUNTER})[ ]?[卷辑编部]|卷[ ]?(?P<m>{COUNTER})"
    f"|(?P<o>[{''.join(_ORDINALS)}])[卷辑编](?=$|[ \u3000:：])){_AFTER_NUMBER}(?P<title>.*)"
)
# A number before a title.
POINT = re.compile(
    f"(?:[（(](?P<n>{COUNTER})[）)][、.．]?|(?P<m>{COUNTER})[、.．]"
    "|(?P<o>[\u2460-\u2473]))[ \u3000]*(?P<title>.+)"
)
# The same words before each number: 社区征文一：…
_WORDED = re.compile(
    f"[【\\[（(]?(?P<words>[\u4e00-\u9fff]{{2,10}}?|.{{2,24}}?[ \u3000]篇)[ ]?(?P<n>{COUNTER})"
    f"(?=$|[】\\]）)]|[ \u3000:：、.．,，—-]){_AFTER_NUMBER}(?P<title>.*)"
)
_KIND_OF_TEXT = re.compile(
    ".*(?:[征范例作]文|作品|习作|佳作|美文|散文|随笔|短文|文章|[来投]稿|[ \u3000]篇)"
)
_TITLE_MARKED = re.compile(f"(?:{NAME}[ \u3000:：]*)?《[^《》]+》")
# A letter begins with a name and one of these.
_SALUTING = "：:"
_SENTENCE_END = re.compile(r"[。；;，,]$")


def pieces(source: Survey) -> tuple[Opening, ...]:
    """Lines such as 篇1 or 第一篇."""
    found = list(numbered(source.lines, _PIECE))
    numbers = [number for number, _ in found]
    if len(found) < _FEWEST and numbers != [1]:
        return ()
    name = "numbered-piece" if are_counted(numbers) and numbers[0] == 1 else "broken-numbers"
    return tuple(_with_next_title(source.lines, opening, name) for _, opening in found)


def worded(source: Survey) -> tuple[Opening, ...]:
    """Lines with the same words before a running number; words for a text say it surely."""
    top = next((at for at, line in enumerate(source.lines) if not line.mark), 0)
    for words, found in _by_words(source.lines).items():
        numbers, spots = list(found), [opening.at for opening in found.values()]
        is_run = are_counted(numbers) and numbers[0] == 1 and have_texts(source.lines, spots)
        is_text = bool(_KIND_OF_TEXT.fullmatch(words))
        # A title above such lines makes them sections of one essay rather.
        if is_run and (is_text or spots[0] == top):
            name = "numbered-piece" if is_text else "numbered-words"
            return tuple(_with_next_title(source.lines, row, name) for row in found.values())
    return ()


def points(source: Survey) -> tuple[Opening, ...]:
    """Numbered titles with a name below each, or in book-title marks; without some, asked for."""
    found = list(numbered(source.lines, POINT))
    signs = {opening.at: _signature(source.lines, opening) for _, opening in found}
    signed = [(number, opening) for number, opening in found if signs[opening.at]]
    if not signed or not have_texts(source.lines, [opening.at for _, opening in signed]):
        return ()
    if _run_from_one(signed):
        evidence = _agreed([signs[opening.at] for _, opening in signed])
        return tuple(replace(opening, evidence=evidence) for _, opening in signed)
    if _run_from_one(found) and _FEWEST * len(signed) >= len(found):
        return tuple(replace(opening, evidence=("broken-numbers",)) for _, opening in found)
    return ()


def chapters(source: Survey) -> tuple[Opening, ...]:
    """Lines such as 第一回; the number is a part of the title."""
    return tuple(
        replace(
            _with_next_title(source.lines, opening, "chapter"),
            title=source.lines[opening.at].words,
        )
        for _, opening in numbered(source.lines, _CHAPTER)
    )


def numbered(lines: Lines, pattern: re.Pattern[str]) -> Iterator[tuple[int, Opening]]:
    """Short lines that begin with a counter: its number, and the opening with its title."""
    for at, line in enumerate(lines):
        match = matched(pattern, line)
        if match and not _SENTENCE_END.search(line.words):
            counter = next(filter(None, match.groups()))
            title = line.words[match.start("title") :].strip()
            yield number_of(_ORDINALS.get(counter, counter)), Opening(at, (), title, 1)


def matched(pattern: re.Pattern[str], line: Line) -> re.Match[str] | None:
    """The match of a whole line that is short enough for a heading and nothing else already."""
    if line.mark or len(line.words) > LONGEST_HEAD:
        return None
    return pattern.fullmatch(plain(line.words))


def have_texts(lines: Lines, own: list[int]) -> bool:
    """Whether each stretch that begins with an opening line has prose in it, or a stanza."""
    ends = [*own[1:], len(lines)]
    return all(
        any(map(is_prose, lines[at:end])) or has_stanza(lines[at + 1 : end])
        for at, end in zip(own, ends, strict=True)
    )


def _by_words(lines: Lines) -> dict[str, dict[int, Opening]]:
    """Short lines with a number after some words: the openings by these words and the number."""
    groups: dict[str, dict[int, Opening]] = {}
    for at, line in enumerate(lines):
        match = matched(_WORDED, line)
        if match and not _SENTENCE_END.search(line.words):
            title = line.words[match.start("title") :].strip()
            row = groups.setdefault(match["words"], {})
            row.setdefault(number_of(match["n"]), Opening(at, (), title, 1))
    return groups


def _signature(lines: Lines, opening: Opening) -> str:
    """The evidence that a numbered title is signed: below it, or by its marks; else nothing."""
    if _TITLE_MARKED.fullmatch(plain(opening.title)):
        return "numbered-piece"
    match lines[opening.at + 1 : opening.at + 3]:
        case [below, _] if below.mark and below.mark.kind == "byline":
            is_doubtful = below.mark.evidence == "doubtful-byline"
            return "before-possible-name" if is_doubtful else "numbered-piece"
        case [below, _] if is_name(below.words):
            return "before-name"
        case [below, text] if can_be_name(below.words) and is_prose(text):
            return "before-possible-name"
    return ""


def _agreed(signs: list[str]) -> tuple[str, ...]:
    """The evidence for all of a run of signed titles: that of the weakest, which many make sure."""
    ranks = ("before-possible-name", "before-name", "numbered-piece")
    weakest = min(signs, key=ranks.index)
    is_sure = weakest == "before-name" and len(signs) >= _AGREEING
    return ("numbered-piece",) if is_sure else (weakest,)


def _run_from_one(found: list[tuple[int, Opening]]) -> bool:
    numbers = [number for number, _ in found]
    return are_counted(numbers) and numbers[0] == 1


def _with_next_title(lines: Lines, opening: Opening, evidence: str) -> Opening:
    """An opening; where its line is a mere counter the title may stand on the next line."""
    named = replace(opening, title=unbracketed(opening.title), evidence=(evidence,))
    below = lines[opening.at + 1 : opening.at + 3]
    match below:
        case [title, text] if not named.title and is_title_like(title):
            if is_prose(text) or is_ending(text) or text.words[-1] in _SALUTING:
                return replace(named, title=unbracketed(title.words), heading=2)
    return named
