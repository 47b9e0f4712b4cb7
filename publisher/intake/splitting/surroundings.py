"""Surroundings: what stands around essays and is known by its place: introductions, lists, tails.

It promises the lines with a mark on each that is known, and what the source says of its essays:
how many they are and what they are called.
"""

from __future__ import annotations

import re
from dataclasses import replace

from publisher.intake.reading import Suggestion
from publisher.intake.splitting.contents import listed_titles, paged_titles
from publisher.intake.splitting.diaries import with_entries
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import (
    Line,
    Lines,
    Mark,
    is_deep,
    is_prose,
    is_title_like,
    usual_gap,
)
from publisher.intake.splitting.mails import with_mail_heads
from publisher.intake.splitting.names import is_name, names_in, possible_signers, signers
from publisher.intake.splitting.numberedpeople import with_numbered_people
from publisher.intake.splitting.numbers import COUNTER, counts_in
from publisher.intake.splitting.pages import removed, without_pages
from publisher.intake.splitting.shapes import mark_of
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.variants import plain

_NEAR_THE_TOP = 8
_UNIT = "篇"
_INVITING = re.compile(
    "欢迎|查阅|参考|希望|一起来|整理|分享|大家|下面|以下|小编|收集|搜集|喜欢|带来|收录|选登"
)
# So speak those who copied the texts, where the line above has said already how many they are.
_OFFERED = re.compile("小编|仅供参考|一起来看|希望对.{0,10}帮助")
_COLLECTED = re.compile(
    "[^《》]*(?:合集|汇总|精选|大全|集锦|选登|汇编|文选|作品选|选集|文集|诗集|[校社班院]刊|小报"
    "|专刊|特刊|简报|月报|获奖作品)(?:[（(].*[）)])?"
    f"|[^《》]*第[ ]?{COUNTER}[ ]?期.{{0,14}}|#?接龙"
)
_CONTENTS = re.compile("[【\\[]?(?:目[ \u3000]*[录次]|contents)[】\\]]?[:：]?", re.IGNORECASE)
_RELATED = re.compile(
    "(?:【[^【】]+】)?[【\\[★☆●◆▼]?[ ]?"
    "(?:相关|推荐|延伸|热门|更多|精彩|猜你|您可能|你可能|拓展)[^。]{0,14}"
    "(?:阅读|文章|推荐|链接|连结|范文|内容|喜欢|感兴趣|相关|精彩)[^。]{0,4}[】\\]]?[:：]?"
)
_MEETING = re.compile("(?:会议|活动)?(?:地点|主持|主讲|参加|出席|列席|缺席|记录)[^：:]{0,4}[：:]")
# Who wrote in a chat, and when: 陈阿姨  20:13.
_SPEAKER = re.compile(
    "[^。！？，：]{1,16}[ \u3000]+(?:[0-9年月日./-]{6,11}[ \u3000]+)?(?:[上下]午|晚上|凌晨)?[ ]?"
    "[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?"
    "|[0-9年月日./-]{6,11}[ \u3000]+[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?[ \u3000]+"
    "[^。！？，：]{1,16}"
)
_FEWEST_SPEAKING = 3
_FEWEST_SIGNED = 2
_LINK = re.compile(r"^(?:[0-9]{1,2}[.、．]|[★☆●◆▼·•>»*①-⑳-])[ \u3000]*")
_LONGEST_LINK = 45


def surveyed(lines: Lines, suggestion: Suggestion) -> Survey:
    """The lines with their marks, and what the source says of its essays."""
    marked = [replace(line, mark=mark_of(line.words)) for line in lines]
    marked = _without_speakers(_without_meetings(with_mail_heads(marked)))
    marked = _without_related(without_pages(with_numbered_people(marked)))
    marked, listed = _without_contents(marked)
    marked, announced = _without_introduction(marked)
    marked = _with_names_at_the_right(_with_names_above(marked))
    return Survey(with_entries(marked), announced, listed, suggestion.title)


def _with_names_above(lines: list[Line]) -> list[Line]:
    """Names set off above a title are those of authors where two titles or more have one there."""
    usual = max(usual_gap(lines), 1)
    spots = {at for at in range(len(lines) - 2) if _is_above_title(lines, at, usual)}
    named = Mark("byline", "bare-name", weight("bare-name"))
    return [
        replace(line, mark=replace(named, authors=names_in(line.words)))
        if at in spots and len(spots) > 1
        else line
        for at, line in enumerate(lines)
    ]


def _with_names_at_the_right(lines: list[Line]) -> list[Line]:
    """What can be names below texts, moved to the right and parted from what follows.

    Only where two texts or more end so.
    """
    found = {at: names for at in range(1, len(lines)) if (names := _at_the_right(lines, at))}
    if len(found) < _FEWEST_SIGNED:
        return lines
    return [
        replace(line, mark=_signed(line, found[at])) if at in found else line
        for at, line in enumerate(lines)
    ]


def _at_the_right(lines: list[Line], at: int) -> tuple[str, ...]:
    above, line, *below = lines[at - 1 : at + 2]
    is_right = is_deep(line) and not is_deep(above) and not (line.mark or line.gap)
    is_end = is_prose(above) and (not below or below[0].gap > 0 or bool(below[0].mark))
    return possible_signers(line.words) if is_right and is_end else ()


def _signed(line: Line, names: tuple[str, ...]) -> Mark:
    evidence = "bare-name" if signers(line.words) else "possible-name"
    return Mark("byline", evidence, weight(evidence), names)


def _is_above_title(lines: list[Line], at: int, usual: int) -> bool:
    """Whether a name has more blank lines above than is usual, and below a title and a text."""
    line, title, text = lines[at : at + 3]
    is_apart = not at or line.gap > usual or bool(lines[at - 1].mark)
    is_title = is_title_like(title) and not title.gap and not is_name(title.words)
    return is_apart and not line.mark and is_name(line.words) and is_title and bool(text.gap)


def _without_meetings(lines: list[Line]) -> list[Line]:
    """A time beside a place or those present is that of a meeting, and no date of writing."""
    spots = {at for at, line in enumerate(lines) if _MEETING.match(plain(line.words))}
    return [
        replace(line, mark=None)
        if line.mark and line.mark.kind == "dateline" and spots & {at - 1, at + 1}
        else line
        for at, line in enumerate(lines)
    ]


def _without_speakers(lines: list[Line]) -> list[Line]:
    """Names with an hour are the heads of messages where there are several."""
    spots = {at for at, line in enumerate(lines) if _SPEAKER.fullmatch(line.words)}
    if len(spots) < _FEWEST_SPEAKING:
        return lines
    return [removed(line, "post-head") if at in spots else line for at, line in enumerate(lines)]


def _without_related(lines: list[Line]) -> list[Line]:
    """Titles of other texts, from a line that offers them to the next line of prose."""
    kept: list[Line] = []
    is_list = False
    for line in lines:
        if not line.mark and _RELATED.fullmatch(plain(line.words)):
            is_list = True
        elif is_list and not line.mark:
            is_list = len(line.words) <= _LONGEST_LINK and not _ends_sentence(line)
        kept.append(removed(line, "related") if is_list and not line.mark else line)
    return _without_last_related(_with_heads_of_texts(kept, lines))


def _with_heads_of_texts(kept: list[Line], lines: list[Line]) -> list[Line]:
    """The same; right above a text a title with a name below it is the text's own.

    Where no text stands above the list its last line may be that title: it is asked.
    """
    rows = list(kept)
    texts = [at for at in range(1, len(kept)) if is_prose(kept[at])]
    for at in texts:
        top = _head_above(lines, at)
        rows[top:at] = lines[top:at]
    if texts and _may_be_title(rows, lines, texts[0] - 1):
        rows[texts[0] - 1] = removed(lines[texts[0] - 1], "possible-related")
    return rows


def _head_above(lines: list[Line], at: int) -> int:
    """Where the title and the names begin that stand right above a text; there, if none do."""
    start = at
    while start and _is_by(lines[start - 1]):
        start -= 1
    is_head = 0 < start < at and is_title_like(lines[start - 1]) and _is_free(lines[start - 1])
    return start - 1 if is_head else at


def _is_by(line: Line) -> bool:
    is_byline = line.mark is not None and line.mark.kind == "byline"
    return is_byline or (not line.mark and not line.is_set and bool(signers(line.words)))


def _is_free(line: Line) -> bool:
    """Whether a line is none of a list, and does not offer one."""
    return not (line.is_set or _LINK.match(line.words) or _RELATED.fullmatch(plain(line.words)))


def _may_be_title(rows: list[Line], lines: list[Line], at: int) -> bool:
    """Whether the last line of a list at the top can be the title of the text below it."""
    mark = rows[at].mark
    is_last = mark is not None and mark.evidence == "related"
    is_top = all(map(_is_removed, rows[:at]))
    return is_last and is_top and is_title_like(lines[at]) and _is_free(lines[at])


def _without_last_related(lines: list[Line]) -> list[Line]:
    """The same; short lines from such a line to the end are titles, whatever marks they bear.

    Bylines and dates below the last title may be those of the essay, and stay.
    """
    texts = (at for at, line in enumerate(lines) if not line.mark and not _can_be_link(line))
    after = max(texts, default=-1) + 1
    heads = (at for at in range(after, len(lines)) if _RELATED.fullmatch(plain(lines[at].words)))
    start = next(heads, len(lines))
    titles = (at for at in range(start, len(lines)) if _is_related(lines[at]))
    stop = max(titles, default=-1) + 1
    return [
        removed(line, "related") if start <= at < stop and not _is_removed(line) else line
        for at, line in enumerate(lines)
    ]


def _can_be_link(line: Line) -> bool:
    return len(line.words) <= _LONGEST_LINK and not line.words.endswith("。")


def _is_related(line: Line) -> bool:
    return not line.mark or line.mark.evidence == "related"


def _is_removed(line: Line) -> bool:
    return line.mark is not None and line.mark.kind == "removed"


def _ends_sentence(line: Line) -> bool:
    return line.words[-1] in "。！？…”" and not _LINK.match(line.words)


def _without_contents(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    for at, line in enumerate(lines[:_NEAR_THE_TOP]):
        is_head = bool(_CONTENTS.fullmatch(plain(line.words)))
        start = at + is_head
        count, titles = (listed_titles if is_head else paged_titles)(lines[start:])
        if is_head or count:
            stop = start + count if count else at
            rows = [
                removed(row, "contents") if at <= spot < stop else row
                for spot, row in enumerate(lines)
            ]
            return rows, titles
    return lines, ()


def _without_introduction(lines: list[Line]) -> tuple[list[Line], tuple[int, ...]]:
    """Lines near the top that speak of several texts, and the numbers they announce."""
    announced: list[int] = []
    marked = list(lines)
    for at, line in enumerate(lines[:_NEAR_THE_TOP]):
        evidence = _introduces(line, announced) if len(lines) > at + 1 else ""
        if evidence and (not line.mark or line.mark.evidence == "site"):
            announced += counts_in(line.words, _UNIT)
            marked[at] = removed(line, evidence)
        elif not line.mark or line.mark.kind != "removed":
            break
    return marked, tuple(number for number in announced if number > 1)


def _introduces(line: Line, announced: list[int]) -> str:
    """The evidence that a line is an introduction or a title over several texts, or nothing."""
    counts = [number for number in counts_in(line.words, _UNIT) if number > 1]
    if (
        _OFFERED.search(plain(line.words))
        if announced
        else counts and _INVITING.search(plain(line.words))
    ):
        return "blurb"
    is_head = is_title_like(line) and bool(_COLLECTED.fullmatch(plain(line.words)) or counts)
    return "dump-title" if is_head else ""
