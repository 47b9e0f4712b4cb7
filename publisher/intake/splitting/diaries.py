"""Diaries: dates that head entries, told from those that say when a whole text was written.

It promises a mark only where two dates or more each stand right above a text and below the end of
another: the date over an essay has its title above, the date under one has the next title below.
"""

from __future__ import annotations

import re
from dataclasses import replace

from publisher.intake.splitting.dates import dateline_of
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import Line, Lines, Mark, ends_sentence, is_left, is_prose

_FEWEST = 2
# A title, a subtitle and a name may stand above the first entry.
_LONGEST_HEAD = 3
_ENTRY = re.compile(r"[0-9０-９一二三四五六七八九十廿卅正].*(?:[日号]|[-/.．][0-3]?[0-9]).{0,12}")
_ENTERED = Mark("section", "diary-dates", weight("diary-dates"))


def with_entries(lines: Lines) -> tuple[Line, ...]:
    """The lines, with a mark on each date that heads an entry of a diary."""
    spots = {at for at, line in enumerate(lines) if _is_entry(line)}
    if len(spots) < _FEWEST or not _are_entries(lines, sorted(spots)):
        return tuple(lines)
    return tuple(
        replace(line, mark=_ENTERED) if at in spots else line for at, line in enumerate(lines)
    )


def _is_entry(line: Line) -> bool:
    """Whether a line is the date of a day, without a label, brackets or a name."""
    if line.mark and (line.mark.kind != "dateline" or line.mark.authors):
        return False
    return bool(_ENTRY.fullmatch(line.words)) and bool(dateline_of(line.words)[0])


def _are_entries(lines: Lines, spots: list[int]) -> bool:
    above = [line for line in lines[: spots[0]] if is_left(line)]
    if len(above) > _LONGEST_HEAD or any(map(is_prose, above)) or spots[-1] + 1 == len(lines):
        return False
    has_texts = all(_is_text(lines[at + 1]) for at in spots)
    return has_texts and all(_is_text(lines[at - 1]) for at in spots[1:])


def _is_text(line: Line) -> bool:
    return line.mark is None and (
        is_prose(line) or ends_sentence(line) or line.words[-1] in "：:，,"
    )
