"""Choosing: which of the lines that can be titles are titles, seen beside each other.

It promises titles with a text between them, and that essays that begin alike speak for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from publisher.intake.splitting.lines import (
    Line,
    Lines,
    is_left,
    is_open,
    is_prose,
    is_title_like,
    usual_gap,
)
from publisher.intake.splitting.names import signers
from publisher.intake.splitting.openings import (
    SIGNED,
    Opening,
    is_ending,
    opened,
    possible_openings,
)

# So many essays that begin alike speak for each other.
_AGREEING = 3
_FEWEST_SIGNED = 2
_BELOW = {"before-byline", "before-name", "before-possible-name"}


def local_openings(lines: Lines, file_title: str) -> tuple[Opening, ...]:
    """The lines that their neighbours make titles; `file_title` is what the file says of itself."""
    found = _apart(possible_openings(lines, file_title), lines)
    found = sorted((*found, *_alike(found, lines)), key=lambda opening: opening.at)
    return _with_leads(_in_agreement(_without_file_title(found)), lines)


def _alike(found: list[Opening], lines: Lines) -> Iterator[Opening]:
    """Openings at short lines above a text that stand behind blank lines, as all others found do.

    Only where no blank lines part the paragraphs.
    """
    gaps = [lines[opening.at].gap for opening in found[1:]]
    if not gaps or usual_gap(lines) or not all(gaps):
        return
    spots = {opening.at for opening in found}
    for at in range(found[0].at + 1, len(lines) - 1):
        line, below = lines[at : at + 2]
        is_title = is_title_like(line) and is_open(line) and not signers(line.words)
        is_set_off = line.gap >= min(gaps) and not below.gap and _is_ended(lines[at - 1])
        if at not in spots and is_title and is_set_off and is_prose(below):
            yield opened(lines, at, ("after-blank",))


def _is_ended(line: Line) -> bool:
    """Whether a text can be at its end with a line: marked, a full stop, or a line of verse."""
    return bool(line.mark) or line.words[-1] not in "，,、：:；;"


def _apart(found: list[Opening], lines: Lines) -> list[Opening]:
    """Openings with a text between them; of two in a row the stronger one stays."""
    kept: list[Opening] = []
    for opening in found:
        between = lines[kept[-1].at + 1 : opening.at] if kept else ()
        if kept and not any(not line.mark for line in between):
            kept[-1] = max(kept[-1], opening, key=_rank)
            continue
        kept.append(opening)
    return kept


def _without_file_title(found: list[Opening]) -> list[Opening]:
    """Openings; the title of a file that holds several is that of them all."""
    if len(found) == 1:
        return found
    return [
        replace(row, evidence=tuple(name for name in row.evidence if name != "of-the-file"))
        for row in found
    ]


def _with_leads(found: tuple[Opening, ...], lines: Lines) -> tuple[Opening, ...]:
    """Openings with the bylines and dates above their titles: those close to one, or all.

    Where such lines stand above the first title already, they do so above the others.
    """
    first = [line for line in lines[: found[0].at] if is_left(line)] if found else []
    are_above = any(line.mark and line.mark.kind == "byline" for line in first)
    are_above = are_above and not any(map(is_prose, first))
    return tuple(_with_lead(opening, lines, are_above) for opening in found)


def _with_lead(opening: Opening, lines: Lines, are_above: bool) -> Opening:
    at, below = opening.at, lines[opening.at + opening.heading :][:1]
    lead = 0
    while lead < at and is_ending(lines[at - lead - 1]) and (are_above or not lines[at - lead].gap):
        lead += 1
    is_parted = lead == at or lines[at - lead].gap > 0
    has_byline = any(line.mark and line.mark.kind == "byline" for line in below)
    is_led = lead and not has_byline and (are_above or is_parted)
    return replace(opening, at=at - lead, lead=lead) if is_led else opening


def _rank(opening: Opening) -> tuple[bool, float]:
    """Signed titles come before all others: what stands above them heads a column, or a group."""
    return opening.is_signed, opening.confidence


def _in_agreement(found: list[Opening]) -> tuple[Opening, ...]:
    """Openings with a word more for each that begins as two others do; the first may be one."""
    kinds = [frozenset(opening.evidence) - {"at-the-top", "set-off"} for opening in found]
    counts = Counter(kinds)
    # Where others are signed, what is not may be a section's title as well.
    signed = sum(bool(SIGNED & kind) for kind in kinds)
    alike = {
        kind: sum(count for other, count in counts.items() if kind <= other)
        + (not kind <= kinds[0])
        for kind in counts
        if SIGNED & kind or signed < _FEWEST_SIGNED
    }
    agreed = [
        replace(opening, evidence=(*opening.evidence, "like-the-others"))
        if kind and alike.get(kind, 0) >= _AGREEING
        else opening
        for opening, kind in zip(found, kinds, strict=True)
    ]
    return tuple(_named_alike(agreed))


def _named_alike(found: list[Opening]) -> Iterator[Opening]:
    """Openings; where three or more, and most of them, are signed below, each has that as well."""
    below = [opening for opening in found if _BELOW & set(opening.evidence)]
    is_usual = len(below) >= _AGREEING and 3 * len(below) >= 2 * len(found)
    for opening in found:
        is_weak = opening in below and "before-byline" not in opening.evidence
        more = ("names-alike", "like-the-others") if is_usual and is_weak else ()
        yield replace(opening, evidence=tuple(dict.fromkeys((*opening.evidence, *more))))
