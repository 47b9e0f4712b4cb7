"""Punctuation: rules that give Chinese text its full-width marks (GB/T 15834-2011, CLREQ 3.1.1).

A mark is changed where Chinese stands beside it; numbers, times, ratios, addresses and Western
sentences keep theirs. What cannot be known from the paragraph is left for advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.intake.cleaning.changes import Change
from publisher.intake.cleaning.surroundings import (
    HAN,
    clause_holds_han,
    is_han,
    is_wide,
    line_after,
    line_before,
    neighbours,
    outside_spared,
    stands_in_chinese,
)

_FULL_WIDTH = {ord(half): full for half, full in zip(",;:!?()", "，；：！？（）", strict=True)}
_HALF_MARKS = re.compile("[,;:!?]+")
_PAREN = re.compile("[()（）\n]")
_HAN_WITHIN = re.compile(f"[{HAN}]")
# As far as a bracket is looked into.
_DEPTH = 200

_DOUBLE = re.compile('["＂“”\n]')
_STRAIGHT = '"＂'
_SINGLE = re.compile(
    f"(?<![0-9A-Za-z'])'(?=[{HAN}“《])([^'‘’\n]*)(?<=[{HAN}，。；：？！”》…])'(?![A-Za-z'])"
)
_NEVER_BEHIND_OPENING = "，。、；：？！）》"
_NEVER_BEFORE_CLOSING = "：（《"

_STOP = re.compile(f"(?<=[{HAN}”’）》…])(?<!\\.)\\.(?![.0-9A-Za-z])")
_STOP_AT_END = re.compile(f"(?<=[{HAN}]{{2}})\\.(?=[ \u3000]*(?:[”’」』）]|$))", re.MULTILINE)
_ENUMERATOR = re.compile("[ \u3000]*[一二三四五六七八九十百甲乙丙丁戊己]{1,3}")
# So many points in the place of full stops, and no full stop, show what was typed for them.
_FEWEST_STOPS = 3

_DOTS = r"(?:…(?: (?=…))?|\.{3,}|。{3,}|．{3,}|·{3,}|・{3,}|•{3,})"
_ELLIPSIS = re.compile(f"{_DOTS}{_DOTS}*")
_LEADER = re.compile(r"[ \u3000]*[0-9]+[ \u3000]*$")
_LONGEST_ELLIPSIS = 12

_STROKES = r"(?:—(?: (?=[—―─]))?|―(?: (?=[—―─]))?|─(?: (?=[—―─]))?|-{2,}|－{2,}|–{2,})"
_DASH = re.compile(f"{_STROKES}{_STROKES}*")
_LONGEST_DASH = 4
_OPEN_OR_STOPPED = "，。、；：？！“”‘’「」『』…"

_REPEATED = re.compile("([，、；：])\\1+")


def brackets(text: str) -> Iterator[Change]:
    """Round brackets become full width in pairs, around Han or beside them."""
    changes = []
    open_at: list[int] = []
    for match in outside_spared(text, _PAREN):
        if match[0] == "\n":
            open_at.clear()
        elif match[0] in "(（":
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if _is_chinese_pair(text, start, match.start()):
                changes += [
                    Change(at, at + 1, text[at].translate(_FULL_WIDTH))
                    for at in (start, match.start())
                    if text[at] in "()"
                ]
    yield from sorted(changes, key=lambda change: change.start)


def _is_chinese_pair(text: str, start: int, stop: int) -> bool:
    halves = text[start] + text[stop]
    if "(" not in halves and ")" not in halves:
        return False
    if halves != "()":
        return True
    before, _ = neighbours(text, start, start + 1)
    _, after = neighbours(text, stop, stop + 1)
    if not stands_in_chinese(text, start, stop + 1):
        return False
    holds_han = bool(_HAN_WITHIN.search(text, start + 1, min(stop, start + _DEPTH)))
    is_attached = start > 0 and text[start - 1].isascii() and text[start - 1].isalnum()
    return holds_han or (not is_attached and (is_wide(before) or is_wide(after)))


def straight_quotes(text: str) -> Iterator[Change]:
    """Straight quotes become curly ones in paragraphs where each has its partner."""
    if '"' in text or "＂" in text:
        yield from _double_quotes(text)


def single_quotes(text: str) -> Iterator[Change]:
    """Straight single quotes around Han become curly ones; apostrophes stay."""
    if "'" in text:
        for match in outside_spared(text, _SINGLE):
            yield Change(match.start(), match.start() + 1, "‘")
            yield Change(match.end() - 1, match.end(), "’")


def _double_quotes(text: str) -> Iterator[Change]:
    line: list[int] = []
    for match in outside_spared(text, _DOUBLE):
        if match[0] != "\n":
            line.append(match.start())
            continue
        yield from _paired(text, line)
        line = []
    yield from _paired(text, line)


def _paired(text: str, marks: list[int]) -> Iterator[Change]:
    """The changes of one paragraph's quotes; none where they do not open and close in turn."""
    if len(marks) % 2 or not any(text[at] in _STRAIGHT for at in marks):
        return
    if not stands_in_chinese(text, marks[0], marks[0] + 1):
        return
    pairs = list(zip(marks[::2], marks[1::2], strict=True))
    if all(_is_pair(text, start, stop) for start, stop in pairs):
        for at, mark in zip(marks, "“”" * len(pairs), strict=True):
            if text[at] != mark:
                yield Change(at, at + 1, mark)


def _is_pair(text: str, start: int, stop: int) -> bool:
    if text[start] == "”" or text[stop] == "“" or stop == start + 1:
        return False
    within = text[start + 1], text[stop - 1]
    return within[0] not in _NEVER_BEHIND_OPENING and within[1] not in _NEVER_BEFORE_CLOSING


def half_width_marks(text: str) -> Iterator[Change]:
    """Commas, semicolons, colons, exclamation and question marks beside Han become full width."""
    for match in outside_spared(text, _HALF_MARKS):
        if _is_chinese_mark(text, match.start(), match.end()):
            yield Change(match.start(), match.end(), match[0].translate(_FULL_WIDTH))


def _is_chinese_mark(text: str, start: int, stop: int) -> bool:
    before, after = neighbours(text, start, stop)
    if text[stop : stop + 1] in ("(", ")"):
        # Brackets of Chinese are full width by now: this is a smile.
        return False
    if is_wide(before) and is_han(after):
        return True
    if is_wide(before):
        return after not in ("/", "\\") and stands_in_chinese(text, start, stop)
    if not before:
        return False
    if is_han(after):
        return stands_in_chinese(text, start, stop)
    if not before.isalnum():
        return False
    # Behind a Western word or a number, the words before it decide.
    return (not after or is_wide(after)) and clause_holds_han(text, start)


def full_stops(text: str) -> Iterator[Change]:
    """A point that ends a paragraph or a quotation becomes a full stop; all do where no 。 is."""
    if "." not in text:
        return
    every = "。" not in text and len(_STOP_AT_END.findall(text)) >= _FEWEST_STOPS
    for match in outside_spared(text, _STOP if every else _STOP_AT_END):
        if not _ENUMERATOR.fullmatch(line_before(text, match.start())):
            yield Change(match.start(), match.end(), "。")


def ellipses(text: str) -> Iterator[Change]:
    """Three dots and more, and a single …, become …… beside Han; leaders of contents stay."""
    for match in outside_spared(text, _ELLIPSIS):
        after = match[0] if match[0] == "……" else _ellipsis(text, match)
        if after != match[0]:
            yield Change(match.start(), match.end(), after)


def _ellipsis(text: str, match: re.Match[str]) -> str:
    dots = match[0].replace(" ", "")
    before, after = neighbours(text, match.start(), match.end())
    in_chinese = is_wide(before) or is_wide(after)
    if not in_chinese or len(dots) > _LONGEST_ELLIPSIS or _is_leader(text, match):
        return match[0]
    if set(dots) == {"…"}:
        return "……" if len(dots) in (1, 3) else dots
    return "……"


def _is_leader(text: str, match: re.Match[str]) -> bool:
    return bool(_LEADER.match(line_after(text, match.end())))


def dashes(text: str) -> Iterator[Change]:
    """Two hyphens and their like become —— beside Han; a single — does beside a mark."""
    for match in outside_spared(text, _DASH):
        after = match[0] if match[0] == "——" else _dash(text, match)
        if after != match[0]:
            yield Change(match.start(), match.end(), after)


def _dash(text: str, match: re.Match[str]) -> str:
    strokes = match[0].replace(" ", "")
    before, after = neighbours(text, match.start(), match.end())
    if len(strokes) == 1:
        return _single_dash(before, after, strokes)
    if not (is_wide(before) or is_wide(after)) or len(strokes) > _LONGEST_DASH:
        return match[0]
    is_western = any(side.isascii() and side.isalnum() for side in (before, after))
    if is_western and "-" in strokes:
        return match[0]
    return strokes if set(strokes) == {"—"} else "——"


def _single_dash(before: str, after: str, stroke: str) -> str:
    """A dash beside a mark, in front of or behind Han; between words — may join them."""
    if stroke == "─":
        return stroke
    is_beside_mark = before in _OPEN_OR_STOPPED or after in _OPEN_OR_STOPPED
    if is_beside_mark and (is_han(before) or is_han(after)):
        return "——"
    return "—" if is_wide(before) or is_wide(after) else stroke


def repeated_marks(text: str) -> Iterator[Change]:
    """A comma, 、, semicolon or colon that was struck twice stands once."""
    for match in _REPEATED.finditer(text):
        yield Change(match.start(), match.end(), match[1])
