"""Numbered people: lines with the number of a pupil, a house or a post and who wrote below it.

It promises a byline only where two such lines or more have rising numbers and the same word for
them: 7号 仉子墨, 22号 逄雨桐; 3楼 山水有味, 5楼 阿宝.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import LONGEST_HEAD, Line, Lines, Mark, is_open, is_title_like
from publisher.intake.splitting.names import can_be_name, is_foreign_name, is_name
from publisher.intake.splitting.numbers import COUNTER, number_of
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed

_FEWEST = 2
_EVIDENCE = ("numbered-people",)
_DOUBT = "possible-name"
# Before such a number may stand the titles of essays, or points.
_POINTS = {".", "．", "、"}
_LONGEST_NAME = 12
_NUMBERED = re.compile(
    f"[【\\[（(#]?(?:第|学号|编号|No[.])?[ ]?(?P<n>{COUNTER})[ ]?"
    "(?P<word>号|楼|层|位|L|F|#|[.．、])"
    "[】\\]）)]?[ \u3000:：.、-]*(?!发表于|只看|回复|引用)"
    f"(?P<name>[^ \u3000:：。，！？]{{2,{_LONGEST_NAME}}})"
    "(?:[ \u3000]+[0-9][-0-9/. :年月日]{3,18})?"
)


def with_numbered_people(lines: Lines) -> list[Line]:
    """The lines, with a mark on each that numbers who wrote what stands below."""
    found = {at: match for at, line in enumerate(lines) if (match := _match(line))}
    numbers = [number_of(match["n"]) for match in found.values()]
    is_rising = all(one < other for one, other in pairwise(numbers))
    words = {match["word"] for match in found.values()}
    if len(found) < _FEWEST or not is_rising or len(words) > 1:
        return list(lines)
    if words <= _POINTS and not _are_people([match["name"] for match in found.values()]):
        return list(lines)
    return [
        replace(line, mark=_mark(found[at]["name"])) if at in found else line
        for at, line in enumerate(lines)
    ]


def numbered_people(source: Survey) -> tuple[Opening, ...]:
    """What stands below such lines, with a title where a short line begins it."""
    spots = [at for at, line in enumerate(source.lines) if _is_marked(line)]
    return tuple(_opening(source.lines, at) for at in spots if at + 1 < len(source.lines))


def _opening(lines: Lines, at: int) -> Opening:
    title, *below = lines[at + 1 : at + 3]
    if is_title_like(title) and is_open(title) and below:
        return Opening(at, _EVIDENCE, unbracketed(title.words), 1, lead=1)
    return Opening(at, _EVIDENCE, lead=1)


def _match(line: Line) -> re.Match[str] | None:
    if len(line.words) > LONGEST_HEAD:
        return None
    is_other = line.mark is not None and line.mark.evidence not in ("post-head", "dateline")
    return None if is_other and not _is_byline(line) else _NUMBERED.fullmatch(line.words)


def _is_byline(line: Line) -> bool:
    return line.mark is not None and line.mark.kind == "byline"


def _are_people(names: list[str]) -> bool:
    """Whether all of some words can be names, and half of them are."""
    known = sum(is_name(name) or is_foreign_name(name) for name in names)
    can_be = all(can_be_name(name) or is_foreign_name(name) for name in names)
    return can_be and 2 * known >= len(names)


def _mark(name: str) -> Mark:
    is_known = is_name(name) or is_foreign_name(name)
    return Mark("byline", "numbered-name", weight("numbered-name" if is_known else _DOUBT), (name,))


def _is_marked(line: Line) -> bool:
    return line.mark is not None and line.mark.evidence == "numbered-name"
