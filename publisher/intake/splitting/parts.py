"""Parts: the titles of a book's parts, its foreword and its afterword, among the essays found.

It promises that a part has an essay behind it before the next part begins, that a foreword stands
before the first essay and an afterword behind the last, and that neither is an essay's section.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from publisher.intake.splitting.lines import Lines, is_left, is_prose
from publisher.intake.splitting.numbered import VOLUME, matched, numbered
from publisher.intake.splitting.numbers import are_counted
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.variants import plain

# Fewer essays are no book, and such lines rather sections.
_FEWEST = 2
_GROUP = re.compile(
    "[【（(]?(?:[特一二三四五]等奖|优秀奖|入围作品|[\u4e00-\u9fff]{2,4}组)[）)】]?(?:[（(].{1,8}[）)])?"
    "|[◎◆●■▲★☆◇○□▼※][ \u3000]*[^。，：:]{2,10}|【[^【】。，：:]{2,10}】"
)
_FRONT = re.compile("(?:[代自]?序[言一二]?|前[ \u3000]*言|[引弁导]言|卷首语|编者的话|写在前面)")
_BACK = re.compile("(?:编?后[ \u3000]*记|跋|结语|写在后面|附录)")


def with_parts(lines: Lines, found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """Openings with those of the parts around them; an opening at a part's title is the part."""
    parts = (*_parts(lines, found), *_groups(lines, found))
    spots = {part.at for part in parts}
    return _ordered((*parts, *(opening for opening in found if opening.at not in spots)))


def with_matter(lines: Lines, found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """Openings with those of a foreword before the first and an afterword behind the last."""
    essays = [opening.at for opening in found if not opening.is_part]
    if len(essays) < _FEWEST:
        return found
    first, last = found[0].at, essays[-1]
    front = (at for at in range(first) if _is_matter(lines, at, first, _FRONT))
    back = (at for at in range(last + 2, len(lines)) if _is_matter(lines, at, len(lines), _BACK))
    more = (Opening(at, ("matter-title",), lines[at].words, 1) for at in (*front, *back))
    return _ordered((*more, *found))


def _parts(lines: Lines, found: tuple[Opening, ...]) -> Iterator[Opening]:
    volumes = list(numbered(lines, VOLUME))
    spots = [opening.at for _, opening in volumes]
    heads = [opening.at for opening in found if opening.at not in spots]
    run = are_counted([number for number, _ in volumes])
    for at, stop in zip(spots, [*spots, len(lines)][1:], strict=True):
        index = bisect_right(heads, at)
        if index < len(heads) and heads[index] < stop and (run or heads[index] == _next(lines, at)):
            yield Opening(at, ("volume",), lines[at].words, 1, is_part=True)


def _groups(lines: Lines, found: tuple[Opening, ...]) -> Iterator[Opening]:
    """Lines right above an essay that head a group of them, and are parts perhaps."""
    heads = {opening.at for opening in found}
    for at, line in enumerate(lines):
        if matched(_GROUP, line) and at not in heads and _next(lines, at) in heads:
            yield Opening(at, ("group-head",), line.words, 1, is_part=True)


def _next(lines: Lines, at: int) -> int:
    """The index of the next line that is not removed."""
    return next((n for n in range(at + 1, len(lines)) if is_left(lines[n])), len(lines))


def _is_matter(lines: Lines, at: int, stop: int, words: re.Pattern[str]) -> bool:
    line = lines[at]
    if line.mark or not words.fullmatch(plain(line.words)) or (at and not line.gap):
        return False
    return at + 1 < stop and is_prose(lines[at + 1])


def _ordered(found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    return tuple(sorted(found, key=lambda opening: opening.at))
