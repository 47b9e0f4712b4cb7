"""Contents: the titles that a source lists before its essays, and the lines that repeat them.

It promises that titles are compared without marks, blanks, names and the numbers of pages.
"""

from __future__ import annotations

import re
from collections import Counter

from publisher.intake.splitting.lines import LONGEST_HEAD, Lines
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed

_FIELDS_AFTER = re.compile(r"(?<=.)(?:[/／…\t]|\.{3}|[ \u3000]{2})")


def contents(source: Survey) -> tuple[Opening, ...]:
    """An opening at every line that the list of contents names, where there are two or more."""
    wanted = {_bare(title) for title in source.listed}
    found = [
        Opening(at, ("contents-list",), unbracketed(line.words), 1)
        for at, line in enumerate(source.lines)
        if wanted and not line.mark and _bare(line.words) in wanted
    ]
    return tuple(found) if len(found) > 1 else ()


def listed_titles(lines: Lines) -> tuple[int, tuple[str, ...]]:
    """How many lines after `目录` are a list of titles that come again below, and these titles."""
    later = Counter(_bare(line.words) for line in lines)
    for count, line in enumerate(lines):
        later[_bare(line.words)] -= 1
        if len(line.words) > LONGEST_HEAD or not later[_bare(line.words)]:
            return count, tuple(row.words for row in lines[:count])
    return 0, ()


def _bare(title: str) -> str:
    """A title as it is compared: without marks, blanks and the number of its page."""
    return re.sub(r"[\W_]|(?<!\d)\d+$", "", _FIELDS_AFTER.split(title.strip(), maxsplit=1)[0])
