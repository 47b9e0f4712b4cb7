"""Pages: the numbers and the heads of pages that came along with a text.

It promises a mark on each, certain only where a number runs on or cuts a sentence in two. A short
line amid a sentence may be a head as well, and is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import Line, Mark, is_prose, is_title_like
from publisher.intake.splitting.numbers import are_counted

# The number of a page beside the title of a book or an essay: ·40·    槐荫集.
_FOLIO = "[-—–·•~～]?[ ]?(?P<{}>[0-9]{{1,4}})[ ]?[-—–·•~～]?"
_PAGE_HEAD = re.compile(
    f"{_FOLIO.format('left')}[ \u3000]{{2,}}[^。！？]{{1,24}}"
    f"|[^。！？]{{1,24}}[ \u3000]{{2,}}{_FOLIO.format('right')}"
)
_FEWEST_PAGES = 3
# Of a line that was cut amid a sentence; one of verse has fewer.
_SHORTEST_CUT = 21
_FIGURES = re.compile(r"[0-9０-９]{1,4}")


def without_pages(lines: list[Line]) -> list[Line]:
    """Figures alone on a line are page numbers where one of them cuts a sentence in two."""
    spots = [at for at, line in enumerate(lines) if _FIGURES.fullmatch(line.words)]
    if any(at and _is_unfinished(lines[at - 1]) for at in spots):
        lines = [
            removed(line, "page-number") if _FIGURES.fullmatch(line.words) else line
            for line in lines
        ]
    return _with_possible_heads(_without_page_heads(_without_running_heads(lines)))


def _without_page_heads(lines: list[Line]) -> list[Line]:
    """Titles beside numbers that run on by one are heads of pages; a list of contents is close."""
    found = {at: match for at, line in enumerate(lines) if (match := _page_head(line))}
    numbers = [int(match["left"] or match["right"]) for match in found.values()]
    is_close = any(at + 1 in found for at in found)
    if len(numbers) < _FEWEST_PAGES or is_close or not are_counted(numbers):
        return lines
    return [removed(row, "running-head") if at in found else row for at, row in enumerate(lines)]


def _page_head(line: Line) -> re.Match[str] | None:
    return None if line.mark else _PAGE_HEAD.fullmatch(line.words)


def _is_unfinished(line: Line) -> bool:
    is_text = is_prose(line) or (not line.mark and len(line.words) >= _SHORTEST_CUT)
    return is_text and line.words[-1] not in "。！？…”」』：:.!?"


def _without_running_heads(lines: list[Line]) -> list[Line]:
    """Lines that stand beside a page number more than once are the heads of pages."""
    pages = {
        at for at, line in enumerate(lines) if line.mark and line.mark.evidence == "page-number"
    }
    beside = [
        at for at, line in enumerate(lines) if pages & {at - 1, at + 1} and is_title_like(line)
    ]
    counts = Counter(lines[at].words for at in beside)
    heads = {at for at in beside if counts[lines[at].words] > 1}
    return [removed(line, "running-head") if at in heads else line for at, line in enumerate(lines)]


def _with_possible_heads(lines: list[Line]) -> list[Line]:
    """Short lines amid a sentence may be heads of pages: beside a number, or if they come again."""
    counts = Counter(line.words for line in lines)
    return [
        removed(line, "possible-running-head")
        if (is_title_like(line) and len(line.words) < _SHORTEST_CUT)
        and (counts[line.words] > 1 or _is_at_number(lines, at))
        and _is_amid_sentence(lines, at)
        else line
        for at, line in enumerate(lines)
    ]


def _is_at_number(lines: list[Line], at: int) -> bool:
    return any(map(_is_of_page, (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])))


def _is_of_page(line: Line) -> bool:
    return line.mark is not None and line.mark.evidence in ("page-number", "running-head")


def _is_amid_sentence(lines: list[Line], at: int) -> bool:
    """Whether the text above a line is unfinished, and the text below it begins no paragraph."""
    above = next((row for row in lines[at - 1 :: -1] if not _is_of_page(row)), None) if at else None
    below = next((row for row in lines[at + 1 :] if not _is_of_page(row)), None)
    if above is None or below is None or below.mark or not _is_unfinished(above):
        return False
    return len(below.indent) <= len(above.indent)


def removed(line: Line, evidence: str) -> Line:
    """The line, to be left out on this evidence."""
    return replace(line, mark=Mark("removed", evidence, weight(evidence)))
