"""Openings: where essays begin, as far as single lines and their neighbours tell.

It promises for each opening the line, the title where there is one, and the evidence. Shortness
alone is none: dialogue, verse and numbers are short as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.intake.splitting.evidence import weight
from publisher.intake.splitting.lines import (
    Line,
    Lines,
    is_prose,
    is_subtitle,
    is_title_like,
    usual_gap,
)
from publisher.intake.splitting.names import NAME, is_name, names_in
from publisher.intake.splitting.variants import plain

# Evidence that a title needs besides being short.
_ENOUGH = 0.75
_BRACKETS = re.compile(
    r"【(?P<a>[^【】]+)】|《(?P<b>[^《》]+)》|〖(?P<c>[^〖〗]+)〗"
    r"|(?P<marks>[★☆◆◇●○■□※*～~=-]+)[ \u3000]*(?P<d>[^★☆◆◇●○■□※*～~=]+?)[ \u3000]*(?P=marks)"
)
_TITLE_AND_NAME = re.compile(
    "(?P<title>《[^《》]+》|.{1,24}?(?=[ \u3000]+(?:文|作者)[:：/／]))"
    f"[ \u3000]*(?:(?:文|作者)[:：/／][ \u3000]*)?(?P<names>{NAME})"
)
_GENRE = re.compile(
    "[【\\[（(](?:散文|随笔|小说|诗歌?|杂文|原创|转载|征文|日记|书信|纪实|短文)[】\\]）)]"
    "[ \u3000]*(?=.)"
)
# So many essays that begin alike speak for each other.
_AGREEING = 3
# More columns of blanks are no indent of a paragraph.
_CENTRED = 8
# A letter begins with a name and one of these.
_SALUTING = "：:"
# Removed lines that stand between essays.
_DIVIDING = ("separator", "post-head")
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


@dataclass(frozen=True)
class _Around:
    """What the lines of a source are to each other, found in one pass.

    `top` is the index of the first line that is not removed, `gap` the usual number of blank lines.
    By index: `below` is the first line from here on without a mark; `text` the prose that is
    reached from here past names, marked lines and salutations alone. Both are -1 for none.
    """

    top: int
    gap: int
    below: tuple[int, ...]
    text: tuple[int, ...]


def _surroundings(lines: Lines) -> _Around:
    is_left = (not (mark := line.mark) or mark.kind != "removed" for line in lines)
    top = next((at for at, left in enumerate(is_left) if left), len(lines))
    below, text = [-1], [-1]
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        below.append(below[-1] if line.mark else at)
        text.append(at if is_prose(line) else text[-1] if _is_passed(line) else -1)
    return _Around(top, usual_gap(lines), tuple(reversed(below)), tuple(reversed(text)))


def _is_passed(line: Line) -> bool:
    """Whether a line can stand between a title and its text."""
    return bool(line.mark) or is_name(line.words) or line.words[-1] in _SALUTING


def local_openings(lines: Lines, file_title: str) -> tuple[Opening, ...]:
    """The lines that their neighbours make titles; `file_title` is what the file says of itself."""
    around = _surroundings(lines)
    found = []
    for at in range(len(lines)):
        evidence = tuple(_evidence(lines, at, around, file_title))
        if weight(*evidence) >= _ENOUGH:
            found.append(_opening(lines, at, evidence))
    return _in_agreement(_apart(found, lines))


def _opening(lines: Lines, at: int, evidence: tuple[str, ...]) -> Opening:
    words, heading = lines[at].words, 1 + _has_subtitle(lines, at)
    match = _TITLE_AND_NAME.fullmatch(plain(words))
    if not match:
        return Opening(at, evidence, unbracketed(words), heading)
    start, stop = match.span("title")
    authors = names_in(words[match.start("names") :])
    return Opening(at, evidence, unbracketed(words[start:stop]), heading, authors=authors)


def _has_subtitle(lines: Lines, at: int) -> bool:
    """Whether the line below a title begins with a dash, as subtitles do, and is short."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    return bool(below and below.gap <= 1 and is_subtitle(below))


def unbracketed(words: str) -> str:
    """A title without its genre and the brackets around all of it; book-title marks stay."""
    genre = _GENRE.match(plain(words))
    words = words[genre.end() :] if genre else words
    match = _BRACKETS.fullmatch(words)
    return (match["a"] or match["c"] or match["d"] or words).strip() if match else words


def is_ending(line: Line) -> bool:
    """Whether a line can close an essay: a date, a byline, where it was printed."""
    return line.mark is not None and line.mark.kind in _ENDINGS


def _evidence(lines: Lines, at: int, around: _Around, file_title: str) -> Iterator[str]:
    line = lines[at]
    after = lines[at + 1] if at + 1 < len(lines) else None
    if not is_title_like(line) or not after or (after.mark and after.mark.kind == "removed"):
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


def _from_below(lines: Lines, at: int, around: _Around) -> Iterator[str]:
    """What the lines below a title say: a byline or a date, and a text after it."""
    after = at + 1 + _has_subtitle(lines, at)
    below, text = around.below[after], around.text[after]
    mark = lines[after].mark if below >= 0 else None
    if mark and lines[after].gap <= 1:
        if mark.kind == "byline":
            yield "before-byline"
        elif mark.kind == "dateline" and not is_name(lines[at].words):
            yield "before-date"
    if at + 2 < len(lines) and is_name(lines[at + 1].words) and text >= 0:
        yield "before-name"
    if _BRACKETS.fullmatch(lines[at].words) and below >= 0 and is_prose(lines[below]):
        yield "in-brackets"
    if text >= 0:
        yield from _over_text(lines[at], lines[text])


def _over_text(line: Line, text: Line) -> Iterator[str]:
    """What a line that leads to prose says by its looks."""
    if _TITLE_AND_NAME.fullmatch(plain(line.words)):
        yield "title-and-name"
    if is_name(line.words):
        return
    if _is_centred(line):
        yield "centred"
    # Where the text is bold as well, bold says nothing.
    if line.is_bold and not text.is_bold:
        yield "bold-line"


def _is_centred(line: Line) -> bool:
    """Whether so many blanks stand before a line that it was put in the middle by hand."""
    return len(line.indent.replace("\u3000", "  ").expandtabs()) >= _CENTRED


def _from_above(lines: Lines, at: int, around: _Around) -> Iterator[str]:
    """What stands above a title: many blank lines, dashes, or the end of another essay."""
    if not at or around.text[at + 1 + _has_subtitle(lines, at)] < 0:
        return
    above = lines[at - 1]
    if lines[at].gap > max(around.gap, 1):
        yield "after-gap"
    if above.mark and above.mark.evidence in _DIVIDING:
        yield "after-separator"
    elif is_ending(above):
        yield "after-ending"


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one) == re.sub(r"\W", "", other)


def _apart(found: list[Opening], lines: Lines) -> list[Opening]:
    """Openings with a text between them; of two in a row the stronger one stays."""
    kept: list[Opening] = []
    for opening in found:
        between = lines[kept[-1].at + 1 : opening.at] if kept else ()
        if kept and not any(not line.mark for line in between):
            if opening.confidence > kept[-1].confidence:
                kept[-1] = opening
            continue
        kept.append(opening)
    return kept


def _in_agreement(found: list[Opening]) -> tuple[Opening, ...]:
    """Openings with a word more for each that begins as two others do; the first may be one."""
    kinds = [frozenset(opening.evidence) - {"at-the-top", "set-off"} for opening in found]
    counts = Counter(kinds)
    alike = {
        kind: sum(count for other, count in counts.items() if kind <= other)
        + (not kind <= kinds[0])
        for kind in counts
    }
    return tuple(
        replace(opening, evidence=(*opening.evidence, "like-the-others"))
        if kind and alike[kind] >= _AGREEING
        else opening
        for opening, kind in zip(found, kinds, strict=True)
    )
