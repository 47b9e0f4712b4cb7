"""Looks: pieces that a source tells apart by how their first or last lines look.

It promises openings where each stretch has a text, and none where the lines agree on nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from publisher.intake.splitting.choosing import local_openings
from publisher.intake.splitting.contents import contents
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import Line, Lines, Mark, is_prose, is_title_like
from publisher.intake.splitting.names import possible_signers
from publisher.intake.splitting.numbered import VOLUME, have_texts, matched
from publisher.intake.splitting.openings import Opening, is_ending
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed

# Fewer of a kind say nothing of how a source is divided.
_FEWEST = 2
_LABELLED = re.compile(
    "(?:作品|文章|稿件|投稿)?(?:标[ \u3000]*题|题[ \u3000]*目|篇名|名称)[ ]?[:：](?P<title>.*)"
)

_VOLUME = Mark("part", "volume", weight("volume"))


def headings(source: Survey) -> tuple[Opening, ...]:
    """The headings of the source itself, those of the highest level that divides it.

    Where some of these have no text, and those below them are signed, both do: parts and essays.
    """
    levels = sorted({line.level for line in source.lines if line.level})
    spots = [_of_level(source.lines, level) for level in levels[:2]]
    if not spots or (len(spots[0]) == 1 and _has_signed_texts(source.lines, spots[0][0])):
        return ()
    if len(spots) > 1 and list(map(len, spots)) == [1, 1] and spots[0][0] + 1 == spots[1][0]:
        # The name of a site stands above the only title: which is it?
        return (Opening(spots[1][0], ("lower-heading",), source.lines[spots[1][0]].words, 1),)
    lower = spots[1] if len(spots) > 1 and _have_parts(source.lines, *spots) else []
    found = tuple(
        Opening(at, ("source-heading",), source.lines[at].words, 1)
        for at in sorted((*spots[0], *lower))
    )
    return _with_listed(source, found)


def _with_listed(source: Survey, found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The headings, and what the list of contents names beside them and is no heading."""
    listed = contents(source)
    known = {opening.at for opening in found}
    if not known & {opening.at for opening in listed}:
        return found
    more = (row for row in listed if row.at not in known and not source.lines[row.at].level)
    return tuple(sorted((*found, *more), key=lambda opening: opening.at))


def _of_level(lines: Lines, level: int) -> list[int]:
    return [at for at, line in enumerate(lines) if line.level == level]


def _have_parts(lines: Lines, upper: list[int], lower: list[int]) -> bool:
    """Whether a heading stands right above one of the next level, and two of these are signed."""
    signed = [at for at in lower if any(map(_is_signature, lines[at + 1 : at + 2]))]
    return len(signed) >= _FEWEST and any(at + 1 in lower for at in upper)


def _is_signature(line: Line) -> bool:
    return bool(possible_signers(line.words)) or (
        line.mark is not None and line.mark.kind == "byline"
    )


def _has_signed_texts(lines: Lines, top: int) -> bool:
    """Whether two titles or more with a name below each stand under the only heading."""
    found = local_openings(lines[top + 1 :], "")
    return sum(row.is_signed for row in found) >= _FEWEST


def labelled(source: Survey) -> tuple[Opening, ...]:
    """Lines that say that they are titles, such as 标题：春天; one may have been left empty."""
    found = []
    for at, line in enumerate(source.lines):
        match = matched(_LABELLED, line)
        if match:
            title = unbracketed(line.words[match.start("title") :].strip())
            lead = _lead(source.lines, at)
            found.append(Opening(at - lead, ("labelled-title",), title, 1, lead=lead))
    return tuple(found)


def _lead(lines: Lines, at: int) -> int:
    """How many lines right above a title are fields of the same head, such as 作者：."""
    lead = 0
    while at > lead and lines[at - lead].gap == 0 and is_ending(lines[at - lead - 1]):
        lead += 1
    return lead


def counted_openings(source: Survey) -> tuple[Opening, ...]:
    """Lines that begin in a way of their own, as many as the source announces."""
    found = opening_style(source)
    if len(found) not in source.announced:
        return ()
    return tuple(replace(opening, evidence=("counted-openings",)) for opening in found)


def local(source: Survey) -> tuple[Opening, ...]:
    """The lines that their neighbours make titles."""
    lines = tuple(
        replace(line, mark=_VOLUME) if matched(VOLUME, line) else line for line in source.lines
    )
    found = local_openings(lines, source.file_title)
    if len(found) == 1 and len(opening_style(source)) > 1:
        return ()
    return found


def opening_style(source: Survey) -> tuple[Opening, ...]:
    """Lines that begin in a way of their own, when they are few and the first text does so too."""
    body = [(at, line) for at, line in enumerate(source.lines) if not line.mark]
    styles = Counter(line.indent for _, line in body)
    if len(styles) != _FEWEST:
        return ()
    (_, most), (rare, few) = styles.most_common()
    own = [at for at, line in body if line.indent == rare]
    if few < _FEWEST or most < 2 * few or own[0] != body[0][0]:
        return ()
    if not have_texts(source.lines, own):
        return ()
    return tuple(_opened(source.lines, at) for at in own)


def _opened(lines: Lines, at: int) -> Opening:
    if is_title_like(lines[at]):
        return Opening(at, ("opening-style",), unbracketed(lines[at].words), 1)
    return Opening(at, ("opening-style",))


def signed(source: Survey) -> tuple[Opening, ...]:
    """Pieces without titles that all end with a name or a date, the last one too."""
    lines = [line for line in source.lines if not line.mark or line.mark.kind != "removed"]
    if not lines or not is_ending(lines[-1]) or not is_prose(lines[0]):
        return ()
    ends = [at for at, line in enumerate(source.lines) if is_ending(line)]
    starts = [0, *(at + 1 for at in ends if at + 1 < len(source.lines))]
    if len(starts) < _FEWEST or not all(is_prose(source.lines[at]) for at in starts):
        return ()
    return tuple(Opening(at, ("signed-pieces",)) for at in starts)
