"""Mojibake: text that was once read in a wrong encoding and saved so.

It promises the place of the first line that shows it and the mistake that was made. It mends
nothing: such a text has most often lost characters on its way, and its source is still somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.ground.han import count_ideographs
from publisher.intake.frequency import count_beyond_ascii, familiarity

# U+FFFD in UTF-8, twice, read as GBK; fresh memory of a C program (0xCC, 0xCD) read as GBK.
_SCARS = re.compile("锟斤拷|斤拷锟|(?:烫){8}|(?:屯){8}")
# (read as, but was): the confusions that are met in Chinese files.
_CONFUSIONS = (
    ("gb18030", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("latin-1", "cp950"),
    ("cp950", "gb18030"),
    ("gb18030", "cp950"),
    ("cp950", "utf-8"),
)
# Windows shows these where ISO 8859-1 has controls.
_WINDOWS_1252 = {
    ord(bytes((code,)).decode("cp1252")): code
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_NAMES = {"gb18030": "GBK", "cp950": "Big5", "latin-1": "Latin-1", "utf-8": "UTF-8"}

# A line of real Chinese is more familiar than this, save verse and names; what comes out of a line
# when the mistake is undone is more familiar than that.
_STRANGE = 0.35
_PLAIN = 0.6
_FEWEST = 6
# Each character of the source has become three at most.
_LEAST_YIELD = 0.25


@dataclass(frozen=True)
class Mistake:
    """A wrong reading: where in the text it shows, as what it was read, what it was."""

    offset: int
    read_as: str
    was: str


def find_mistake(text: str) -> Mistake | None:
    """The first sign of a wrong reading; None for a sound text."""
    scar = _SCARS.search(text)
    if scar:
        return Mistake(scar.start(), "GBK", "UTF-8")
    found = (_mistaken(line, offset) for offset, line in _lines(text) if _is_strange(line))
    return next(filter(None, found), None)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _is_strange(line: str) -> bool:
    return not line.isascii() and familiarity(line) < _STRANGE


def _mistaken(line: str, offset: int) -> Mistake | None:
    is_han = 4 * count_ideographs(line) > count_beyond_ascii(line)
    for read_as, was in _CONFUSIONS:
        if is_han == (read_as == "latin-1"):
            continue
        undone = _undone(line, read_as, was)
        enough = max(_FEWEST, _LEAST_YIELD * count_beyond_ascii(line))
        if count_beyond_ascii(undone) >= enough and familiarity(undone) > _PLAIN:
            first = next(index for index, mark in enumerate(line) if mark > "\x7f")
            return Mistake(offset + first, _NAMES[read_as], _NAMES[was])
    return None


def _undone(line: str, read_as: str, was: str) -> str:
    """The line read rightly, as far as its bytes are still there: a guess to look at, no text."""
    if read_as == "latin-1":
        line = line.translate(_WINDOWS_1252)
    return line.encode(read_as, errors="ignore").decode(was, errors="ignore")
