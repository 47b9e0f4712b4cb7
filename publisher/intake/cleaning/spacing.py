"""Spacing: rules for spaces inside lines, where Chinese has none.

Gaps are the composer's work (CLREQ 3.2.2): a space beside a full-width mark doubles the mark's own
blank, one between Han and Latin doubles the quarter em of the setting. A single space between two
Han is left where a 、 may have been lost: that is for an editor to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.intake.cleaning.changes import Change
from publisher.intake.cleaning.surroundings import (
    BLANK,
    CLOSINGS,
    FULL,
    HAN,
    IDEOGRAPHIC_SPACE,
    OPENINGS,
    SHARED,
    STOPS,
    is_han,
    is_wide,
    line_after,
    line_before,
    neighbours,
    stands_in_chinese,
)

_BLANK = re.compile(f"[{BLANK}]")
_BLANK_RUN = re.compile(f"[{BLANK}]+")
_MARKS = frozenset(FULL + SHARED)

_SPACED = re.compile(f"(?<![{HAN}])[{HAN}](?:[ \u3000][{HAN}{STOPS}“”](?![{HAN}])){{4,}}")
# Words of grammar: a row of single characters that holds one of them is a sentence, no list.
_GRAMMAR = re.compile("[的了是不在我他她你它们着过就都也很和与这那吗呢說説這們過與著裡里]")
_FEWEST_SPACED = 5

# What leans on the word before it, and words of two characters that nothing else begins.
_LEANING = re.compile("们|們|吗|嗎|呢|的(?![确確士哥])")
_WORDS = frozenset(
    (
        "什么",
        "怎么",
        "这么",
        "那么",
        "多么",
        "什麼",
        "怎麼",
        "這麼",
        "那麼",
        "多麼",
        "自己",
        "虽然",
        "雖然",
        "如果",
    )
)
_STOP_ON_LINE = re.compile(f"[{STOPS}…]")
_PROSE = re.compile("[，。；！？…,;!?]")
_LONG = frozenset("—…")
_CLAUSE = re.compile("[，。；：？！]")
_CLOSED = re.compile("[”》」』]")
_ENDS_AN_ITEM = "“《「『"
_LATIN = re.compile("[0-9A-Za-z]")
_LATIN_END = re.compile("[0-9A-Za-z%℃°]")
_ADDRESS_BEFORE = re.compile(r"(?:://|www\.|@|\\)[^\s]*$")
_ADDRESS_AFTER = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]{0,20}://|www\.|[A-Za-z]:\\|[\w.+-]+@)", re.ASCII
)
_ENUMERATOR = re.compile(r"[0-9A-Za-z]{1,2}[.)](?![0-9A-Za-z])")
_NUMBER_OF_HEADING = re.compile(r"[0-9A-Za-z]{1,3}(?:\.[0-9]{1,2})*")


@dataclass(frozen=True)
class _Gap:
    """Blanks within a line, from `start` to `stop - 1`, and the characters on either side."""

    start: int
    stop: int
    before: str
    after: str

    def closed(self) -> Change:
        """The change that takes the blanks away."""
        return Change(self.start, self.stop, "")


def _gaps(text: str) -> Iterator[_Gap]:
    """Every gap of a text; none begins or ends a line."""
    for match in _BLANK_RUN.finditer(text):
        start, stop = match.span()
        before, after = text[max(0, start - 1) : start], text[stop : stop + 1]
        if before.strip("\n") and after.strip("\n"):
            yield _Gap(start, stop, before, after)


def space_runs(text: str) -> Iterator[Change]:
    """Several spaces within a line become one; in a heading or a byline, one of full width."""
    for gap in _gaps(text):
        if set(text[gap.start : gap.stop]) == {" "} and gap.stop - gap.start > 1:
            around = line_before(text, gap.start) + line_after(text, gap.stop)
            is_apart = is_han(gap.before) or is_han(gap.after)
            after = IDEOGRAPHIC_SPACE if is_apart and not _PROSE.search(around) else " "
            yield Change(gap.start, gap.stop, after)


def letter_spacing(text: str) -> Iterator[Change]:
    """A sentence typed with a space behind every character closes up."""
    if not _BLANK.search(text):
        return
    for match in _SPACED.finditer(text):
        characters = _BLANK.sub("", match[0])
        if len(characters) >= _FEWEST_SPACED and _GRAMMAR.search(characters):
            for blank in _BLANK.finditer(text, match.start(), match.end()):
                yield Change(blank.start(), blank.end(), "")


def split_words(text: str) -> Iterator[Change]:
    """A space goes that stands within a word, or before one that leans on the word before it."""
    for gap in _gaps(text):
        leans = is_han(gap.before) and _LEANING.match(text, gap.stop)
        if leans or gap.before + gap.after in _WORDS:
            yield gap.closed()


def mark_spaces(text: str) -> Iterator[Change]:
    """Spaces beside full-width marks go, and those around the dot of a foreign name."""
    for gap in _gaps(text):
        is_beside_mark = gap.before in _MARKS or gap.after in _MARKS
        if (is_beside_mark and _is_idle(text, gap)) or _is_beside_middle_dot(text, gap):
            yield gap.closed()


def _is_beside_middle_dot(text: str, gap: _Gap) -> bool:
    """Whether a gap stands beside a dot that has Han on both sides: 马克 · 吐温."""
    if "·" not in (gap.before, gap.after):
        return False
    dot = gap.start - 1 if gap.before == "·" else gap.stop
    return all(map(is_han, neighbours(text, dot, dot + 1)))


def _is_idle(text: str, gap: _Gap) -> bool:
    """Whether a gap beside a mark says nothing."""
    before, after = gap.before, gap.after
    if before in STOPS or after in STOPS:
        return True
    if (before in SHARED or after in SHARED) and not (is_wide(before) and is_wide(after)):
        return False
    if before in _LONG or after in _LONG:
        return True
    if not _STOP_ON_LINE.search(line_before(text, gap.start) + line_after(text, gap.stop)):
        # A heading sets its parts apart.
        return before in OPENINGS or after in CLOSINGS
    return not is_lost_comma_before_quote(text, gap.start, gap.stop)


def is_lost_comma_before_quote(text: str, start: int, stop: int) -> bool:
    """Whether a space parts items of an enumeration: “甲”的血性 “乙”的气概."""
    if text[stop] not in _ENDS_AN_ITEM or not is_han(text[start - 1]):
        return False
    clause = _CLAUSE.split(line_before(text, start))[-1]
    return bool(_CLOSED.search(clause))


def han_latin(text: str) -> Iterator[Change]:
    """Spaces between Han and Latin go, save beside an address and a number of a list or heading."""
    for gap in _gaps(text):
        is_beside_latin = (is_han(gap.before) and _LATIN.match(gap.after)) or (
            _LATIN_END.match(gap.before) and is_han(gap.after)
        )
        if is_beside_latin and text[gap.start] == " " and not _is_needed(text, gap):
            yield gap.closed()


def _is_needed(text: str, gap: _Gap) -> bool:
    """Whether a gap ends an address, sets off a heading's number, or stands in a Western line."""
    before = line_before(text, gap.start)
    if _ADDRESS_BEFORE.search(before) or _ADDRESS_AFTER.match(text, gap.stop):
        return True
    if _ENUMERATOR.match(text, gap.stop):
        return True
    after = line_after(text, gap.stop)
    if _NUMBER_OF_HEADING.fullmatch(before) and not _STOP_ON_LINE.search(after):
        return True
    return not stands_in_chinese(text, gap.start, gap.stop)
