"""Verses: short lines that stand together as verse does, told from prose that was cut into lines.

It promises stretches of three lines or more, never certain: each line short and whole, no speech,
no list, no names. Prose that was wrapped shows itself by sentences that end within lines and by
lines that end within sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import (
    SHORTEST_PROSE,
    Line,
    Lines,
    Mark,
    ends_sentence,
    is_prose,
)
from publisher.intake.splitting.names import can_be_name

_LONGEST = 20
_FEWEST_LINES = 3
_FEWEST_HAN = 2
# Shares of lines: with a mark within where few end with one, that is how prose was wrapped.
_MARKED_WITHIN = 0.25
_MARKED_AT_END = 0.6
_ENDED = re.compile(r".*[，。！？；、…—,.!?;]$")
_WITHIN = re.compile(r"[，。！？；：,!?;:](?!$)")
_NO_VERSE = re.compile(
    r"[“「『\"‘].*|.*[：:]|[^：:]{1,8}[：:].*|.*[。！？；!?;].+|.*[0-9A-Za-z].*|[>＞|#＃].*"
    "|《[^》]*》|【.*】|(?:[（(]?[一二三四五六七八九十]{1,3}[、．.)）]|[·•●○◆■□★☆※*①-⑳—–-]).*"
)
# A bow at the end of a letter.
_BOW = re.compile("此致|(?:此致)?[ \u3000]*敬礼|[顺此即敬]颂.*|[敬谨]?祝.{0,20}|谨启|敬上|再见")
_CLOSING = re.compile("祝[您你]?们?[编文撰著教近时春夏秋冬暑]?[好安祺]|祝.*[！!。]|[^祝].*")
_VERSE = Mark("verse", "verse", weight("verse"))


def with_verses(lines: Lines) -> tuple[Line, ...]:
    """The lines of an essay's body, with a mark on each that is verse by its looks."""
    has_prose = any(len(line.words) >= SHORTEST_PROSE for line in lines)
    found = (own for own in _stretches(lines) if _is_verse(lines, own))
    spots = {at for own in found if not (has_prose and _is_prose(lines, own)) for at in own}
    return tuple(
        replace(line, mark=_VERSE) if at in spots else line for at, line in enumerate(lines)
    )


def begins_stanza(lines: Lines, at: int) -> bool:
    """Whether as many lines from here on as make verse stand close together."""
    rows = lines[at : at + _FEWEST_LINES]
    is_close = len(rows) == _FEWEST_LINES and not any(row.gap for row in rows[1:])
    return is_close and all(map(_can_be_verse, rows))


def ends_stanza(lines: Lines, at: int) -> bool:
    """Whether as many lines up to here as make verse stand close together."""
    start = at + 1 - _FEWEST_LINES
    return start >= 0 and begins_stanza(lines, start)


def is_bow(words: str) -> bool:
    """Whether words are a bow at the end of a letter."""
    return bool(_BOW.fullmatch(words.strip("！!。")))


def is_closing(words: str) -> bool:
    """Whether words are such a bow and cannot be a title, as 祝福 can."""
    return is_bow(words) and bool(_CLOSING.fullmatch(words))


def has_stanza(lines: Lines) -> bool:
    """Whether a stanza begins anywhere in these lines."""
    return any(begins_stanza(lines, at) for at in range(len(lines)))


def _stretches(lines: Lines) -> Iterator[list[int]]:
    """The indexes of lines in a row that can be verse."""
    for is_able, group in groupby(range(len(lines)), key=lambda at: _can_be_verse(lines[at])):
        if is_able:
            yield _trimmed(lines, list(group))


def _trimmed(lines: Lines, own: list[int]) -> list[int]:
    """The same without a paragraph at either end: a lone sentence, longer than all other lines."""
    for end in (0, -1):
        others = [len(lines[at].words) for at in own if at != own[end]]
        line = lines[own[end]]
        is_alone = line.gap > 0 if end else len(own) > 1 and lines[own[1]].gap > 0
        if others and is_alone and is_prose(line) and len(line.words) > max(others):
            own = [at for at in own if at != own[end]]
    return own


def _can_be_verse(line: Line) -> bool:
    words = line.words
    # One character alone is a line of verse only where it is close to the line above.
    fewest = _FEWEST_HAN if line.gap else 1
    if line.mark or line.level or line.is_set or not fewest <= len(words) <= _LONGEST:
        return False
    return not _NO_VERSE.fullmatch(words) and not is_bow(words)


def _is_verse(lines: Lines, own: list[int]) -> bool:
    rows = [lines[at] for at in own]
    is_close = any(len(list(stanza)) >= _FEWEST_LINES for stanza in _stanzas(rows))
    if not is_close or _is_cut_out(lines, own) or _is_wrapped(rows):
        return False
    return not all(can_be_name(row.words) for row in rows)


def _stanzas(rows: list[Line]) -> Iterator[list[Line]]:
    stanza: list[Line] = []
    for row in rows:
        if row.gap and stanza:
            yield stanza
            stanza = []
        stanza.append(row)
    yield stanza


def _is_cut_out(lines: Lines, own: list[int]) -> bool:
    """Whether a stretch goes on with a line that stands close to it: it is no whole then."""
    above = lines[own[0] - 1] if own[0] and not lines[own[0]].gap else None
    below = lines[own[-1] + 1] if own[-1] + 1 < len(lines) else None
    begins_within = above and not above.mark and not (ends_sentence(above) or _opens(above))
    ends_within = below and not below.mark and not below.gap and _is_about_as_long(below)
    return bool(begins_within or ends_within)


def _opens(line: Line) -> bool:
    return line.words[-1] in "：:—》】"


def _is_about_as_long(line: Line) -> bool:
    return len(line.words) <= _LONGEST + 4


def _is_wrapped(rows: list[Line]) -> bool:
    """Whether lines break off within sentences and have marks within: prose cut at a width."""
    if len({bool(row.indent) for row in rows}) > 1 and not any(row.gap for row in rows[1:]):
        return True
    within = sum(bool(_WITHIN.search(row.words)) for row in rows)
    ended = sum(bool(_ENDED.fullmatch(row.words)) for row in rows)
    return within > _MARKED_WITHIN * len(rows) and ended < _MARKED_AT_END * len(rows)


def _is_prose(lines: Lines, own: list[int]) -> bool:
    """Whether each line is a sentence, as short paragraphs among longer ones are."""
    return all(ends_sentence(lines[at]) for at in own)
