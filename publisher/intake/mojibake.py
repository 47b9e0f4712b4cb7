"""Mojibake: text that was once read in a wrong encoding and saved so.

It promises the place of the first line that shows it and the mistake that was made. A line is
suspected where it does not look like Chinese, and convicted where undoing the mistake gives common
Chinese characters; text that was meant, in whatever language, gives none. It mends nothing: such a
text has most often lost characters on its way, and its source is still somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.intake.frequency import (
    common_share,
    count_beyond_ascii,
    count_common,
    count_kinds,
    familiarity,
    is_common,
    unfamiliar_runs,
)

# U+FFFD in UTF-8, twice, read as GBK; fresh memory of a C program (0xCC, 0xCD) read as GBK.
_SCARS = re.compile("锟斤拷|斤拷锟|(?:烫){8}|(?:屯){8}")
# What Chinese was, in the order in which it is looked for.
_WAS = ("utf-8", "gb18030", "cp950")
_HAN = "\u3400-\u9fff"
# As what it was read, and which characters such a reading is full of. Encodings of one byte to a
# character have letters and signs alone.
_READ_AS = {
    "gb18030": re.compile(f"[{_HAN}]"),
    "cp950": re.compile(f"[{_HAN}]"),
    "euc_jp": re.compile(f"[{_HAN}]"),
    # Half-width kana.
    "cp932": re.compile("[\uff61-\uff9f]"),
    # Hangul.
    "cp949": re.compile(f"[{_HAN}\uac00-\ud7a3]"),
    **dict.fromkeys(
        ("cp1252", "mac_roman", "cp437", "cp1250", "cp1251", "koi8_r", "cp866"),
        re.compile(f"[^\x00-\x7f{_HAN}]"),
    ),
}
_NAMES = {
    "utf-8": "UTF-8", "gb18030": "GBK", "cp950": "Big5", "euc_jp": "EUC-JP", "cp932": "Shift-JIS",
    "cp949": "EUC-KR", "cp1252": "Latin-1", "mac_roman": "Mac Roman", "cp437": "CP437",
    "cp1250": "Windows-1250", "cp1251": "Windows-1251", "koi8_r": "KOI8-R", "cp866": "CP866",
}  # fmt: skip
# ISO 8859-1 and what browsers read for it have controls where Windows 1252 has nothing or signs.
_CONTROLS = {code: bytes((code,)) for code in range(0x80, 0xA0)}

# Two characters of UTF-8 have become three of GBK, and one of them three of Latin-1. Chance brings
# forth no bytes of UTF-8 that are common characters, all of them.
_SHORTEST = 3
_READ_FROM_UTF8 = ("gb18030", "cp1252")

# A line of real Chinese is more familiar than this, save verse and names.
_STRANGE = 0.35
# Of the characters of a wrong reading, so many are of its kind.
_TELLING = 0.25
# Of the characters that come out where the mistake is undone so many are common ones; of lines in
# other languages never half.
_PLAIN = 0.5
_FEWEST = 6
# Korean has two thousand syllables where common Chinese has its characters: chance hits more often.
_FEWEST_IN_HANGUL = 20
# Frames of a text repeat one or two signs, and rows of a table words.
_FEWEST_KINDS = 5
_LONGEST_SAMPLE = 2_000
# Each character of the source has become three at most, and some were lost.
_LEAST_YIELD = 0.1


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
    return next(filter(None, found), None) or next(_single_words(text), None)


def _single_words(text: str) -> Iterator[Mistake]:
    """Words of UTF-8 that were read wrongly, in lines that are sound otherwise."""
    for run in unfamiliar_runs(text, _SHORTEST):
        for read_as in _READ_FROM_UTF8:
            undone = _strictly(_bytes_again(run[0], read_as))
            if undone and is_common(undone):
                yield Mistake(run.start(), _NAMES[read_as], _NAMES["utf-8"])


def _strictly(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _is_strange(line: str) -> bool:
    return count_beyond_ascii(line) >= _FEWEST and familiarity(line) < _STRANGE


def _mistaken(line: str, offset: int) -> Mistake | None:
    """The mistake that was made with a line; a long one is told by how it begins."""
    sample = line[:_LONGEST_SAMPLE]
    every = count_beyond_ascii(sample)
    for read_as, telling in _READ_AS.items():
        if len(telling.findall(sample)) < _TELLING * every:
            continue
        content = _bytes_again(sample, read_as)
        enough = max(_FEWEST_IN_HANGUL if read_as == "cp949" else _FEWEST, _LEAST_YIELD * every)
        for was in _WAS:
            if _is_chinese(_undone(content, was), enough):
                first = next(index for index, mark in enumerate(line) if mark > "\x7f")
                return Mistake(offset + first, _NAMES[read_as], _NAMES[was])
    return None


def _undone(content: bytes, was: str) -> str:
    """The bytes read rightly: a guess to look at, no text.

    Where a byte was lost, which most programs leave a question mark for, the pairs of bytes behind
    it begin one byte later.
    """
    if was == "utf-8":
        return content.decode(was, errors="ignore")
    first, *others = content.split(b"?")
    parts = [first.decode(was, errors="ignore")]
    for other in others:
        readings = (other[start:].decode(was, errors="ignore") for start in (0, 1))
        parts.append(max(readings, key=count_common))
    return "?".join(parts)


def _is_chinese(undone: str, enough: float) -> bool:
    """Whether what comes out of a line is Chinese: enough of it, common, and of several kinds."""
    return (
        count_beyond_ascii(undone) >= enough
        and common_share(undone) > _PLAIN
        and count_kinds(undone) >= _FEWEST_KINDS
    )


def _bytes_again(line: str, read_as: str) -> bytes:
    """The bytes that were read wrongly, as far as they are still there: to look at, no text."""
    if read_as != "cp1252":
        return line.encode(read_as, errors="ignore")
    return b"".join(
        _CONTROLS.get(ord(mark)) or mark.encode(read_as, errors="ignore") for mark in line
    )
