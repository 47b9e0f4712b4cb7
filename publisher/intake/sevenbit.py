"""Seven bits: Chinese written in ASCII, as old mail carried it: HZ (RFC 1843) and UTF-7 (RFC 2152).

Both look like plain text to every decoder. It promises the text of HZ where all of it is sound, and
the place of what is left: UTF-7, or HZ within or beside other text. A tilde or a plus sign in an
ordinary text passes.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass

from publisher.intake.frequency import familiarity

# Rows of GB 2312: signs (1 to 9) and Han (16 to 87), two bytes a character.
_HZ = re.compile(r"~\{((?:[!-)0-w][!-~])+)~\}")
_UTF7 = re.compile(r"\+([A-Za-z0-9+/]{3,})-?")
_HAN = re.compile("[\u4e00-\u9fff]")
_CHINESE = re.compile("[\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
# Letters behind a plus sign are UTF-7 where they say common Chinese; HZ is closed by its own mark.
_LIKELY = 0.3
_FEWEST = 2


@dataclass(frozen=True)
class Packed:
    """Chinese in ASCII: where it begins in the text, and what the way of writing is called."""

    offset: int
    name: str


def read_hz(content: bytes) -> str | None:
    """The text of a file in HZ; None where it is in none, or not soundly so."""
    if not content.isascii() or not _HZ.search(content.decode("ascii")):
        return None
    try:
        return content.decode("hz")
    except UnicodeDecodeError:
        return None


def find_packed(text: str) -> Packed | None:
    """The first place of a text where Chinese is written in ASCII."""
    found = [*_meant("HZ", _HZ, _hz, text), *_meant("UTF-7", _UTF7, _utf7, text)]
    return min(found, key=lambda packed: packed.offset, default=None)


def _meant(
    name: str, pattern: re.Pattern[str], undone: Callable[[re.Match[str]], str], text: str
) -> list[Packed]:
    """All places in one way of writing, where what is meant by them is Chinese."""
    rows = [(undone(match), match.start()) for match in pattern.finditer(text)]
    chinese = [(words, offset) for words, offset in rows if _CHINESE.fullmatch(words)]
    whole = "".join(words for words, _ in chinese)
    is_meant = name == "HZ" or familiarity(whole) >= _LIKELY
    enough = len(_HAN.findall(whole)) >= _FEWEST
    return [Packed(offset, name) for _, offset in chinese] if enough and is_meant else []


def _hz(match: re.Match[str]) -> str:
    return match[0].encode("ascii").decode("hz", errors="ignore")


def _utf7(match: re.Match[str]) -> str:
    """UTF-16 in Base64 without padding; empty where bits are left over that say something."""
    run = match[1]
    whole = len(run) * 6 // 16 * 2
    try:
        content = b64decode(run + "A" * (-len(run) % 4))
    except Base64Error:
        return ""
    return "" if any(content[whole:]) else content[:whole].decode("utf-16-be", errors="ignore")
