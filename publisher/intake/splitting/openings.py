"""Openings: where essays begin, as far as single lines and their neighbours tell.

It promises for each opening the line, the title where there is one, and the evidence. Shortness
alone is none: dialogue, verse and numbers are short as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import (
    Line,
    Lines,
    ends_sentence,
    is_deep,
    is_left,
    is_prose,
    is_subtitle,
    is_title_like,
    usual_gap,
)
from publisher.intake.splitting.names import can_be_name, is_name, names_in, signers
from publisher.intake.splitting.titles import (
    BRACKETED,
    NAMES_BEHIND,
    named_title,
    title_before_possible_name,
    unbracketed,
)
from publisher.intake.splitting.verses import begins_stanza, ends_stanza, is_closing

# Evidence that a title needs besides being short.
_ENOUGH = 0.5
# A letter begins with a name and one of these.
_SALUTING = "：:"
# What stands alone between a title and its text and is no longer may be a name, or a number.
_LONGEST_WORD = 4
# （外一篇）, （组诗）: what a title says of itself on a line of its own.
_ASIDE = re.compile(
    "[（(](?:外[一二两三四五]篇|[^（()）]{0,3}(?:首|篇|章|则|题|组诗|节选|续))[）)]"
)
_FEWEST_BEHIND = 2
# Removed lines that stand between essays.
_DIVIDING = ("separator", "post-head")
SIGNED = {"before-byline", "below-byline", "before-name", "title-and-name", "name-behind"}
_ENDINGS = ("byline", "dateline", "note")


@dataclass(frozen=True)
class Opening:
    """The beginning of an essay, or of a part, at the printed line of index `at`.

    `heading` is how many printed lines are its heading, 0 where it has none; `lead` how many
    lines with bylines and dates stand above it. `authors` are named in the heading itself.
    """

    at: int
    evidence: tuple[str, ...]
    title: str = ""
    heading: int = 0
    is_part: bool = False
    lead: int = 0
    authors: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """How sure all its evidence together makes it."""
        return weight(*self.evidence)

    @property
    def is_signed(self) -> bool:
        """Whether a name below or beside the title speaks for it."""
        return bool(SIGNED & set(self.evidence))


@dataclass(frozen=True)
class _Around:
    """What the lines of a source are to each other, found in one pass.

    `top` is the index of the first line that is not removed, `gap` the usual number of blank lines.
    By index: `below` is the first line from here on without a mark; `text` the prose that is
    reached from here past names, marked lines and salutations alone. Both are -1 for none.
    `behind` are the titles with names in brackets behind them, as many lines have them.
    """

    top: int
    gap: int
    below: tuple[int, ...]
    text: tuple[int, ...]
    behind: frozenset[int]


def _surroundings(lines: Lines) -> _Around:
    top = next((at for at, line in enumerate(lines) if is_left(line)), len(lines))
    below, text = [-1], [-1]
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        below.append(below[-1] if line.mark else at)
        text.append(at if is_prose(line) else text[-1] if _is_passed(line) else -1)
    behind = _names_behind(lines)
    return _Around(top, usual_gap(lines), tuple(reversed(below)), tuple(reversed(text)), behind)


def _names_behind(lines: Lines) -> frozenset[int]:
    """Titles with what can be a name in brackets behind it, where half of these are names."""
    found = {
        at: match["names"]
        for at, line in enumerate(lines)
        if is_title_like(line) and (match := title_before_possible_name(line.words))
    }
    known = sum(map(is_name, found.values()))
    is_usual = len(found) >= _FEWEST_BEHIND and 2 * known >= len(found)
    return frozenset(found if is_usual else ())


def _is_passed(line: Line) -> bool:
    """Whether a line can stand between a title and its text."""
    if line.mark or signers(line.words) or line.words[-1] in _SALUTING:
        return True
    is_aside = bool(_ASIDE.fullmatch(line.words))
    return is_aside or (len(line.words) <= _LONGEST_WORD and is_title_like(line))


def possible_openings(lines: Lines, file_title: str) -> list[Opening]:
    """The lines that their neighbours can make titles, each by itself; see `choosing`.

    `file_title` is what the file says of itself.
    """
    around = _surroundings(lines)
    found = []
    for at in range(len(lines)):
        evidence = tuple(_evidence(lines, at, around, file_title))
        evidence = tuple(dict.fromkeys(evidence))
        if weight(*evidence) >= _ENOUGH:
            found.append(opened(lines, at, evidence))
    return found


def opened(lines: Lines, at: int, evidence: tuple[str, ...]) -> Opening:
    """The essay that begins with the title on a line, its subtitle and its author's name beside."""
    words, heading = lines[at].words, 1 + _has_subtitle(lines, at)
    match = named_title(words)
    if not match and "name-behind" in evidence:
        match = title_before_possible_name(words)
    if not match:
        return Opening(at, evidence, unbracketed(words), heading)
    start, stop = match.span("title")
    authors = names_in(words[slice(*match.span("names"))])
    return Opening(at, evidence, unbracketed(words[start:stop]), heading, authors=authors)


def _has_subtitle(lines: Lines, at: int) -> bool:
    """Whether the line below a title is short and begins with a dash, or says （外一篇）."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    is_aside = below and not below.mark and _ASIDE.fullmatch(below.words)
    return bool(below and below.gap <= 1 and (is_subtitle(below) or is_aside))


def is_ending(line: Line) -> bool:
    """Whether a line can close an essay: a date, a byline, where it was printed."""
    return line.mark is not None and line.mark.kind in _ENDINGS


def _evidence(lines: Lines, at: int, around: _Around, file_title: str) -> Iterator[str]:
    line = lines[at]
    after = lines[at + 1] if at + 1 < len(lines) else None
    if not after or not is_left(after) or not _can_be_title(lines, at):
        return
    strong = tuple(_from_below(lines, at, around)) + tuple(_from_above(lines, at, around))
    if not strong and at:
        return
    yield from strong
    if at == around.top:
        yield "at-the-top"
        if after.gap or after.indent != line.indent:
            yield "set-off"
        if file_title and _same(file_title, line.words):
            yield "of-the-file"


def _can_be_title(lines: Lines, at: int) -> bool:
    if _ASIDE.fullmatch(lines[at].words):
        return False
    is_other = _is_signature(lines, at) or is_closing(lines[at].words)
    return is_title_like(lines[at]) and not is_other


def _from_below(lines: Lines, at: int, around: _Around) -> Iterator[str]:
    """What the lines below a title say: a byline or a date, and a text after it."""
    after = at + 1 + _has_subtitle(lines, at)
    below, text = around.below[after], around.text[after]
    mark = lines[after].mark if below >= 0 else None
    if mark and lines[after].gap <= 1 and not (text < 0 and _ends_verse(lines, at)):
        if mark.kind == "byline":
            yield "before-byline"
        elif mark.kind == "dateline" and not is_name(lines[at].words):
            yield "before-date"
    if at + 2 < len(lines) and (text >= 0 or begins_stanza(lines, at + 2)):
        yield from _before_name(lines, at)
    if BRACKETED.fullmatch(lines[at].words) and below >= 0 and is_prose(lines[below]):
        yield "in-brackets"
    if text >= 0:
        yield from _over_text(lines[at], lines[text])
    if at in around.behind and (text >= 0 or begins_stanza(lines, at + 1)):
        yield "name-behind"


def _ends_verse(lines: Lines, at: int) -> bool:
    """Whether a line is the last of a stanza, and the one below it the last of its poem."""
    return ends_stanza(lines, at) and (at + 2 == len(lines) or lines[at + 2].gap > 0)


def _before_name(lines: Lines, at: int) -> Iterator[str]:
    """What a line below a title says that is a name, or can be one where the title is set off."""
    below, after = lines[at + 1 : at + 3]
    if is_name(lines[at].words) or not _is_after_text(lines, at):
        return
    if below.gap > max(after.gap, 1):
        # It stands closer to what follows.
        return
    if signers(below.words):
        yield "before-name"
    elif can_be_name(below.words) and below.gap <= 1 and is_deep(below) <= is_deep(lines[at]):
        is_ended = not at or lines[at - 1].mark or ends_sentence(lines[at - 1])
        if is_ended and (after.gap or after.mark or is_prose(after)):
            yield "before-possible-name"


def _is_after_text(lines: Lines, at: int) -> bool:
    """Whether nothing above goes on with a line: its sentence is over, or they are apart."""
    return not at or lines[at].gap > 0 or bool(lines[at - 1].mark) or ends_sentence(lines[at - 1])


def _is_signature(lines: Lines, at: int) -> bool:
    """Whether a line above a date is who wrote, and no title: close to a text, or at the right."""
    line, below = lines[at : at + 2]
    if not below.mark or below.mark.kind != "dateline":
        return False
    is_right = is_deep(line) and is_deep(below) and at > 0 and not lines[at - 1].mark
    is_head = at > 0 and can_be_name(line.words) and is_title_like(lines[at - 1])
    return is_right or is_head or _is_below_text(lines, at)


def _is_below_text(lines: Lines, at: int) -> bool:
    """Whether a line and the date below it stand close to the text above, and to nothing below."""
    if not at or lines[at].gap or lines[at - 1].mark or not ends_sentence(lines[at - 1]):
        return False
    return at + 2 == len(lines) or lines[at + 2].gap > 0


def _over_text(line: Line, text: Line) -> Iterator[str]:
    """What a line that leads to prose says by its looks."""
    named = named_title(line.words)
    if named:
        yield "name-behind" if named.re in NAMES_BEHIND else "title-and-name"
    if is_name(line.words):
        return
    if is_deep(line):
        yield "centred"
    # Where the text is bold as well, bold says nothing.
    if line.is_bold and not text.is_bold:
        yield "bold-line"


def _from_above(lines: Lines, at: int, around: _Around) -> Iterator[str]:
    """What stands above a title: many blank lines, dashes, or the end of another essay."""
    above = lines[at - 1] if at else None
    if above and _is_below_byline(lines, at):
        yield "below-byline"
    if not above or around.text[at + 1 + _has_subtitle(lines, at)] < 0:
        return
    if lines[at].gap > max(around.gap, 1):
        yield "after-gap"
    if above.mark and above.mark.evidence in _DIVIDING:
        yield "after-separator"
    elif is_ending(above):
        yield "after-ending"


def _is_below_byline(lines: Lines, at: int) -> bool:
    """Whether a byline stands close above a line, and apart from all above."""
    above = lines[at - 1]
    is_named = above.mark is not None and above.mark.kind == "byline"
    is_head = at == 1 or above.gap > 0
    below = lines[at + 1 : at + 2]
    return is_named and is_head and not lines[at].gap and any(not line.mark for line in below)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one) == re.sub(r"\W", "", other)
