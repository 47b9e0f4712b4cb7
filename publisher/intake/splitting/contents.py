"""Contents: the titles that a source lists before its essays, and the lines that repeat them.

It promises that titles are compared without marks, blanks, names and the numbers of pages.
"""

from __future__ import annotations

import re
from collections import Counter

from publisher.intake.splitting.lines import LONGEST_HEAD, Lines
from publisher.intake.splitting.names import can_be_name
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.survey import Survey
from publisher.intake.splitting.titles import unbracketed

_FIELDS_AFTER = re.compile(r"(?<=.)(?:[/／…\t]|\.{3}|[ \u3000]{2})")
# The number of a page behind dots or blanks.
_PAGED = re.compile(r".*(?:[.…·⋯]{2}|[ \u3000]{2}|\t)[ \u3000.…]*[0-9]{1,4}")
_FEWEST_PAGED = 3


def contents(source: Survey) -> tuple[Opening, ...]:
    """An opening at every line that the list of contents names, where there are two or more."""
    if not source.listed:
        return ()
    later = {_bare(line.words) for line in source.lines if not line.mark}
    wanted = {name for title in source.listed for name in _names(title) if name in later}
    found = [
        Opening(at, ("contents-list",), unbracketed(line.words), 1)
        for at, line in enumerate(source.lines)
        if not line.mark and _bare(line.words) in wanted
    ]
    return tuple(found) if len(found) > 1 else ()


def listed_titles(lines: Lines) -> tuple[int, tuple[str, ...]]:
    """How many lines after `目录` are a list of titles that come again below, and these titles."""
    later = Counter(_bare(line.words) for line in lines)
    for count, line in enumerate(lines):
        later[_bare(line.words)] -= 1
        is_listed = any(later[name] > 0 for name in _names(line.words))
        if len(line.words) > LONGEST_HEAD or not is_listed:
            return count, tuple(row.words for row in lines[:count])
    return 0, ()


def paged_titles(lines: Lines) -> tuple[int, tuple[str, ...]]:
    """The same for a list without a word above it, most titles with the numbers of their pages."""
    if not any(_PAGED.fullmatch(line.words) for line in lines[:2]):
        return 0, ()
    count, titles = listed_titles(lines)
    paged = [title for title in titles if _PAGED.fullmatch(title)]
    is_list = len(paged) >= _FEWEST_PAGED and 2 * len(paged) > count
    return (count, titles) if is_list else (0, ())


def _names(listed: str) -> tuple[str, ...]:
    """A listed title as it is compared, and as it is without a name that may stand behind it."""
    title = _FIELDS_AFTER.split(listed.strip(), maxsplit=1)[0]
    own, *behind = title.rsplit(maxsplit=1)
    is_signed = bool(behind) and can_be_name(behind[0])
    return (_bare(listed), _bare(own)) if is_signed else (_bare(listed),)


def _bare(title: str) -> str:
    """A title as it is compared: without marks, blanks and the number of its page."""
    return re.sub(r"[\W_]|(?<!\d)\d+$", "", _FIELDS_AFTER.split(title.strip(), maxsplit=1)[0])
