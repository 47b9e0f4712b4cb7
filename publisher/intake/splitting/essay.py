"""Essay: the lines of one essay as items: heading, bylines, dates, notes, sections, removed lines.

It promises that a line in the middle of a text is never taken for a byline or a date: such lines
count at the two ends alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from publisher.intake.plan import CERTAIN, Item
from publisher.intake.splitting.credits import names_a_share
from publisher.intake.splitting.diaries import with_entries
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import (
    Line,
    Lines,
    Mark,
    ends_sentence,
    is_deep,
    is_prose,
    is_title_like,
)
from publisher.intake.splitting.names import can_be_name, is_name, possible_signers, signers
from publisher.intake.splitting.openings import Opening
from publisher.intake.splitting.poems import poem_titles
from publisher.intake.splitting.sections import with_sections
from publisher.intake.splitting.strays import lacks_text, stray_lines
from publisher.intake.splitting.titles import is_notice, named_title, suggested_title, without_draft
from publisher.intake.splitting.verses import begins_stanza, is_bow, is_closing, with_verses


def certain(item: Item) -> Item:
    """The item, confirmed where its evidence leaves no doubt."""
    return replace(item, confirmed=item.confidence >= CERTAIN)


def proposed_essay(
    lines: Lines, opening: Opening, inner: tuple[Item, ...], *, is_only: bool
) -> Item:
    """The essay of these lines: its title, or a suggestion that is asked about; authors, date."""
    names, unclear = _weighed(lines, opening, inner, is_only=is_only)
    title = without_draft(opening.title)
    essay = Item(
        lines[0].number,
        lines[-1].number,
        "essay",
        title=title or suggested_title(lines),
        authors=_authors(inner) or opening.authors,
        date=_date(inner),
        suggested=not title,
        evidence=" + ".join(names),
        confidence=weight(*names),
        unclear=unclear,
    )
    is_sure = title == opening.title and not _is_named_by_place(opening, inner)
    return certain(essay) if title and is_sure else essay


def _is_named_by_place(opening: Opening, inner: tuple[Item, ...]) -> bool:
    """Whether what can be a name speaks for the title, or stands in it behind a wide blank.

    It may as well be the title itself, or a part of it.
    """
    if _WIDE.search(opening.title) and can_be_name(_WIDE.split(opening.title)[-1]):
        return True
    is_weak = "before-possible-name" in opening.evidence and "names-alike" not in opening.evidence
    return is_weak and any(item.evidence == "possible-name" for item in inner)


def _weighed(
    lines: Lines, opening: Opening, inner: tuple[Item, ...], *, is_only: bool
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """What speaks for the essay, or that something in it is not explained; and which lines."""
    signed = tuple(_signed_within(lines, opening))
    strays = stray_lines(lines, opening, inner, is_only=is_only and not signed)
    unclear = tuple(sorted({*signed, *strays}))
    if signed or _is_disputed(inner):
        return ("names-within",), unclear
    if is_notice(opening.title):
        return ("notice-title",), unclear
    is_doubtful = bool(unclear) or lacks_text(lines, opening, inner)
    return ("unexplained",) if is_doubtful else opening.evidence, unclear


def doubted(inner: tuple[Item, ...], essay: Item) -> tuple[Item, ...]:
    """What lies in an essay: where the essay is in doubt its heading is so as well."""
    if essay.evidence not in _DOUBTS:
        return inner
    return tuple(
        replace(item, evidence=essay.evidence, confidence=essay.confidence, confirmed=False)
        if item.kind == "heading"
        else item
        for item in inner
    )


def _signed_within(lines: Lines, opening: Opening) -> Iterator[int]:
    """The numbers of lines amid the text that could be titles: a name stands beside or below."""
    start = opening.lead + max(opening.heading, 1) + 1
    for at in range(start + 1, len(lines) - 1):
        if is_prose(lines[at + 1]) or begins_stanza(lines, at + 1):
            if _is_signed_title(lines[at - 1], lines[at]):
                yield lines[at - 1].number
            elif named_title(lines[at].words):
                yield lines[at].number


def _is_disputed(inner: tuple[Item, ...]) -> bool:
    """Whether a byline is in doubt that names other people than the rest, or what is no name."""
    bylines = [item for item in inner if item.kind == "byline" and item.authors]
    differ = len({item.authors for item in bylines}) > 1
    doubtful = [item for item in bylines if not item.confirmed]
    return any(differ or not all(map(_is_like_a_name, item.authors)) for item in doubtful)


def _is_like_a_name(words: str) -> bool:
    return is_name(words) or can_be_name(words)


def _is_signed_title(title: Line, name: Line) -> bool:
    return _is_signed(name) and is_title_like(title) and not signers(title.words)


def _is_signed(line: Line) -> bool:
    if line.mark:
        return line.mark.kind == "byline"
    is_placed = len(line.words.split()) > 1 and bool(possible_signers(line.words))
    return is_placed or bool(signers(line.words)) or names_a_share(line.words)


def inner_items(lines: Lines, opening: Opening) -> tuple[Item, ...]:
    """What lies in an essay apart from its body, in order."""
    start, heading = opening.lead, opening.lead + opening.heading
    named = _with_bare_names(lines, heading)
    rows = _placed((*named[:heading], *with_entries(named[heading:])), heading)
    body = (*rows[:start], *with_verses(with_sections(rows[heading:])))
    found = []
    for mark, group in groupby(body, key=lambda line: line.mark):
        if mark and mark.kind in _IN_STRETCHES:
            found.append(_item(mark, list(group)))
        elif mark:
            found += [_item(mark, [line]) for line in group]
    if opening.heading:
        mark = Mark("heading", " + ".join(opening.evidence), opening.confidence)
        found.append(_item(mark, list(lines[start:heading])))
    free = [line.number for line in body if not line.mark]
    rows_found = (_asked_amid(item, free) for item in sorted(found, key=lambda item: item.first))
    return tuple(_with_blanks(item, body) for item in rows_found)


def _with_blanks(item: Item, body: Lines) -> Item:
    """The number or the head of a page amid a sentence, with the blank lines around it.

    Without them the sentence stands together again.
    """
    if item.evidence not in _OF_PAGES:
        return item
    above = [line for line in body if line.number < item.first]
    below = [line for line in body if line.number > item.last]
    text = next((line for line in reversed(above) if not line.mark), None)
    if text is None or not below or ends_sentence(text):
        return item
    is_last = not below[0].mark
    return replace(
        item,
        first=above[-1].number + 1,
        last=below[0].number - 1 if is_last else item.last,
    )


def _asked_amid(item: Item, free: list[int]) -> Item:
    """What looks like a watermark amid the text may be the text's own word on it: it is asked."""
    if item.evidence not in _ON_COPYING or not free or not free[0] < item.first < free[-1]:
        return item
    return replace(item, confidence=_AMID, confirmed=False)


_WIDE = re.compile("[ \u3000]{2,}|\t")
_DOUBTS = ("names-within", "unexplained", "notice-title")
_AMID = 0.7
_OF_PAGES = ("page-number", "running-head", "possible-running-head")
_ON_COPYING = ("watermark", "possible-watermark")
# Kinds of which lines in a row on the same evidence are one item.
_IN_STRETCHES = ("removed", "verse")


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
    if heading and heading < len(rows) - 1:
        below = rows[heading + 1]
        is_set_off = bool(below.gap or below.mark) or is_prose(below)
        is_other = 0 in poem_titles(rows[heading:]) or _is_signed_below(rows[heading:])
        rows[heading] = _named(rows[heading], is_set_off and not is_other)
    if last > heading:
        is_set_off = rows[last].gap > 0 or is_deep(rows[last]) or is_closing(rows[last - 1].words)
        rows[last] = _named(rows[last], is_set_off) if _is_signable(rows, last) else rows[last]
    return rows


def _is_signed_below(lines: Lines) -> bool:
    """Whether what can be a name was moved to the right amid the text below a line that was not.

    Who wrote signs there, and the line may be a title.
    """
    first, *others = lines
    amid = others[:-1]
    return not is_deep(first) and any(
        is_deep(row) and not row.mark and bool(possible_signers(row.words)) for row in amid
    )


def _is_signable(lines: list[Line], at: int) -> bool:
    """Whether the text above is at its end, with a mark, or with a blank line as verse is."""
    above = lines[at - 1]
    return ends_sentence(above) or is_closing(above.words) or lines[at].gap > 0


def _named(line: Line, is_set_off: bool) -> Line:
    """A line that is a name as a byline; one that can be a name where it is set off as well."""
    if line.mark or is_bow(line.words):
        return line
    signed = signers(line.words)
    evidence = "bare-name" if signed else "possible-name"
    names = signed or (possible_signers(line.words) if is_set_off else ())
    if not names:
        return line
    return replace(line, mark=Mark("byline", evidence, weight(evidence), names))


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
    if mark is None or mark.evidence == "separator":
        return False
    return mark.kind in ("removed", "section")


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
