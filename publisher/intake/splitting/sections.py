"""Sections: the titles inside an essay, and what could be essays as well.

It promises for each essay one family of section heads, the first that its lines follow: headings
of the source, numbered titles, numbers alone, titles of poems, bold lines, dates of a diary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.intake.splitting.dates import dateline_of
from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import (
    SHORTEST_PROSE,
    Line,
    Lines,
    Mark,
    ends_sentence,
    is_open,
    is_prose,
    is_title_like,
)
from publisher.intake.splitting.numbers import COUNTER, are_counted, number_of
from publisher.intake.splitting.poems import poem_titles
from publisher.intake.splitting.verses import has_stanza

_LONGEST = 32
_LONGEST_LONE = 20
_FEWEST_DOUBLE = 2
# Speech, and what is said of how somebody spoke: （笑）.
_SPOKEN = re.compile(
    "[“「『].*[”」』]|[（(].{0,4}(?:笑|哭|叹|沉默|停顿|掌声|鼓掌|点头|摇头).{0,4}[）)]"
)
_ANNOUNCING = "：:"
_OPEN_MARKS = "！？!?…—―"
_TITLED = tuple(
    re.compile(pattern)
    for pattern in (
        f"第[ ]?(?P<n>{COUNTER})[ ]?[节節][ \u3000:：、]*.+",
        "(?P<n>[一二三四五六七八九十]{1,3})[、．.][ \u3000]*.+",
        "[（(](?P<n>[一二三四五六七八九十]{1,3})[）)][ \u3000]*.+",
        r"(?P<n>[0-9０-９]{1,2})[、．.][ \u3000]*(?![0-9]).+",
    )
)
_BARE = re.compile(
    "[（(【\\[]?第?(?P<n>[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}|[\u2160-\u216b\u2460-\u2473])[天日夜幕场集封]?[）)】\\]]?[、．.]?"
)
_SENTENCE = re.compile("[。，；！]$")


@dataclass(frozen=True)
class Heads:
    """The lines of section heads by index, with their evidence."""

    spots: tuple[int, ...]
    evidence: str

    def mark(self) -> Mark:
        """The mark of each of these lines."""
        return Mark("section", self.evidence, weight(self.evidence))


def with_sections(lines: Lines) -> tuple[Line, ...]:
    """The lines of an essay's body, with a mark on each that heads a section."""
    heads = next(_families(lines), None)
    if heads is None or any(line.mark and line.mark.kind == "section" for line in lines):
        return tuple(lines)
    spots = set(heads.spots)
    return tuple(
        replace(line, mark=heads.mark()) if at in spots else line for at, line in enumerate(lines)
    )


def _families(lines: Lines) -> Iterator[Heads]:
    own = tuple(at for at, line in enumerate(lines) if line.level)
    if own:
        yield Heads(own, "source-heading")
    for pattern in _TITLED:
        yield from _counted(lines, pattern, "numbered-sections")
    yield from _counted(lines, _BARE, "bare-numbers")
    titles = poem_titles(lines)
    if titles:
        yield Heads(titles, "poem-title")
    bold = tuple(at for at in range(len(lines) - 1) if _is_bold_head(lines, at))
    if bold:
        yield Heads(bold, "bold-line")
    dates = tuple(at for at, line in enumerate(lines) if dateline_of(line.words)[0])
    if dates and dates[0] == 0 and len(dates) > 1 and _are_apart(lines, dates):
        yield Heads(dates, "diary-dates")
    lone = tuple(at for at in range(1, len(lines) - 1) if _is_lone(lines, at))
    if lone:
        yield Heads(lone, "lone-line")


def _is_bold_head(lines: Lines, at: int) -> bool:
    """Whether a short line is bold, and the text below it is not."""
    line, below = lines[at : at + 2]
    return line.is_bold and is_title_like(line) and is_prose(below) and not below.is_bold


def _is_lone(lines: Lines, at: int) -> bool:
    """Whether a short line without a mark at its end stands between two long paragraphs."""
    above, line, *below = lines[at - 1 : at + 3]
    is_short = is_title_like(line) and len(line.words) <= _LONGEST_LONE
    is_open = line.words[-1] not in _OPEN_MARKS and not _SPOKEN.fullmatch(line.words)
    is_above_text = any(len(other.words) >= SHORTEST_PROSE for other in below)
    is_announced = above.words[-1] in _ANNOUNCING and line.gap > below[0].gap
    is_between = (ends_sentence(above) or is_announced) and is_prose(below[0])
    return is_short and is_open and is_between and is_above_text


def _counted(lines: Lines, pattern: re.Pattern[str], evidence: str) -> Iterator[Heads]:
    found = {}
    for at, line in enumerate(lines):
        match = pattern.fullmatch(line.words) if len(line.words) <= _LONGEST else None
        if match and not _SENTENCE.search(line.words):
            found[at] = number_of(match["n"])
    spots = tuple(found)
    if not are_counted(tuple(found.values())) or found[spots[0]] != 1:
        return
    # Questions may be those of an interview.
    is_asking = any(lines[at].words[-1] in "？?" for at in spots)
    if _are_apart(lines, spots):
        is_doubtful = is_asking or are_double(lines, spots)
        yield Heads(spots, "bare-numbers" if is_doubtful else evidence)
    elif _are_apart(lines, spots, stanzas=True):
        yield Heads(spots, "bare-numbers")


def are_double(lines: Lines, spots: tuple[int, ...]) -> bool:
    """Whether below each of several heads stands a line that is no text yet, such as a name."""
    below = [line for at in spots for line in lines[at + 1 : at + 2]]
    return len(below) >= _FEWEST_DOUBLE and all(
        not is_prose(line) and is_open(line) and _is_unread(line) for line in below
    )


def _is_unread(line: Line) -> bool:
    return line.mark is None or line.mark.kind not in ("section", "verse", "removed")


def _are_apart(lines: Lines, spots: tuple[int, ...], *, stanzas: bool = False) -> bool:
    """Whether some text, or a stanza, stands below each head: a list of points has none."""
    ends = (*spots[1:], len(lines))
    return all(
        any(map(is_prose, lines[start + 1 : end]))
        or (stanzas and has_stanza(lines[start + 1 : end]))
        for start, end in zip(spots, ends, strict=True)
    )
