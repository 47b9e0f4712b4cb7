"""Essay: the lines of one essay as items: heading, bylines, dates, notes, sections, removed lines.

It promises that a line in the middle of a text is never taken for a byline or a date: such lines
count at the two ends alone.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from publisher.intake.plan import CERTAIN, Item
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import Line, Lines, Mark, ends_sentence
from publisher.intake.splitting.names import is_name, names_in
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.sections import with_sections
from publisher.intake.splitting.titles import suggested_title


def certain(item: Item) -> Item:
    """The item, confirmed where its evidence leaves no doubt."""
    return replace(item, confirmed=item.confidence >= CERTAIN)


def proposed_essay(lines: Lines, opening: Opening, inner: tuple[Item, ...]) -> Item:
    """The essay of these lines: its title, or a suggestion that is asked about; authors, date."""
    title = opening.title or suggested_title(lines)
    essay = Item(
        lines[0].number,
        lines[-1].number,
        "essay",
        title=title,
        authors=_authors(inner) or opening.authors,
        date=_date(inner),
        suggested=not opening.title,
        evidence=" + ".join(opening.evidence),
        confidence=opening.confidence,
    )
    return certain(essay) if opening.title else essay


def inner_items(lines: Lines, opening: Opening) -> tuple[Item, ...]:
    """What lies in an essay apart from its body, in order."""
    start, heading = opening.lead, opening.lead + opening.heading
    rows = _placed(_with_bare_names(lines, heading), heading)
    body = (*rows[:start], *with_sections(rows[heading:]))
    found = [_item(line.mark, [line]) for line in body if line.mark and line.mark.kind != "removed"]
    for mark, group in groupby(body, key=lambda line: line.mark):
        if mark and mark.kind == "removed":
            found.append(_item(mark, list(group)))
    if opening.heading:
        mark = Mark("heading", " + ".join(opening.evidence), opening.confidence)
        found.append(_item(mark, list(lines[start:heading])))
    free = [line.number for line in body if not line.mark]
    return tuple(_asked_amid(item, free) for item in sorted(found, key=lambda item: item.first))


def _asked_amid(item: Item, free: list[int]) -> Item:
    """What looks like a watermark amid the text may be the text's own word on it: it is asked."""
    if item.evidence != "watermark" or not free or not free[0] < item.first < free[-1]:
        return item
    return replace(item, confidence=_AMID, confirmed=False)


_AMID = 0.7


def _item(mark: Mark, lines: list[Line]) -> Item:
    title = lines[0].words if mark.kind == "section" else ""
    return certain(
        Item(
            lines[0].number,
            lines[-1].number,
            mark.kind,
            title=title,
            authors=mark.authors,
            date=mark.date,
            evidence=mark.evidence,
            confidence=mark.confidence,
        )
    )


def _with_bare_names(lines: Lines, heading: int) -> Lines:
    """The lines, with a mark on a name alone under the heading and on one after the text."""
    rows = list(lines)
    last = max((at for at, line in enumerate(rows) if not line.mark), default=0)
    if heading and heading < len(rows) - 1 and _is_bare_name(rows[heading]):
        rows[heading] = _named(rows[heading])
    if last > heading and _is_bare_name(rows[last]) and ends_sentence(rows[last - 1]):
        rows[last] = _named(rows[last])
    return rows


def _is_bare_name(line: Line) -> bool:
    return not line.mark and is_name(line.words)


def _named(line: Line) -> Line:
    mark = Mark("byline", "bare-name", weight("bare-name"), names_in(line.words))
    return replace(line, mark=mark)


def _placed(lines: Lines, heading: int) -> list[Line]:
    """The lines, with marks only where they can be meant: others belong to the body."""
    free = [at for at in range(heading, len(lines)) if not lines[at].mark]
    start, stop = (free[0], free[-1]) if free else (len(lines), -1)
    return [
        line if not start < at < stop or _is_meant_anywhere(line) else replace(line, mark=None)
        for at, line in enumerate(lines)
    ]


def _is_meant_anywhere(line: Line) -> bool:
    mark = line.mark
    return mark is not None and mark.kind == "removed" and mark.evidence != "separator"


def _authors(inner: tuple[Item, ...]) -> tuple[str, ...]:
    """The authors that bylines name; without a byline, whoever signed the date."""
    named = [name for item in inner if item.kind == "byline" for name in item.authors]
    signed = [name for item in inner if item.kind == "dateline" for name in item.authors]
    return tuple(dict.fromkeys(named or signed))


def _date(inner: tuple[Item, ...]) -> str:
    """The date of the last dateline, else that of a byline."""
    dated = [item.date for item in inner if item.date and item.kind == "dateline"]
    others = [item.date for item in inner if item.date]
    return next(iter((*reversed(dated), *others)), "")
