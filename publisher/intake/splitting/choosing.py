"""Choosing: which of the lines that can be titles are titles, seen beside each other.

It promises titles with a text between them, and that essays that begin alike speak for each other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from publisher.intake.splitting.lines import Lines, is_left
from publisher.intake.splitting.openings import (
    SIGNED,
    Opening,
    is_ending,
    possible_openings,
)

# So many essays that begin alike speak for each other.
_AGREEING = 3
_FEWEST_SIGNED = 2


def local_openings(lines: Lines, file_title: str) -> tuple[Opening, ...]:
    """The lines that their neighbours make titles; `file_title` is what the file says of itself."""
    found = _apart(possible_openings(lines, file_title), lines)
    return _with_leads(_in_agreement(_without_file_title(found)), lines)


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
    return tuple(
        replace(opening, evidence=(*opening.evidence, "like-the-others"))
        if kind and alike.get(kind, 0) >= _AGREEING
        else opening
        for opening, kind in zip(found, kinds, strict=True)
    )
