"""Characters: rules for single characters that came out of a web page or a PDF as another.

Each names the characters it knows one by one. Compatibility ideographs (U+F900 to U+FAFF) are not
among them: they are how some names are written.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from publisher.ground.han import WIDE
from publisher.intake.cleaning.changes import Change, Find

_AMPERSAND = "amp;|AMP;|#0*38;|#[xX]0*26;"
_ENTITY = re.compile(
    f"&(?:{_AMPERSAND})*(?:[A-Za-z][A-Za-z0-9]{{1,31}}|#[0-9]{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}});"
)
_UNPRINTABLE = ("Cc", "Cs", "Cn", "Co")

_JOINERS = "\u200c\u200d"
# Soft hyphens, marks of width zero, marks of direction.
_INVISIBLE = re.compile(
    f"[{_JOINERS}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
)
_NEEDS_NO_JOINER = re.compile(f"[\t\n -~{WIDE}“”‘’—…·]")
_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]+")

# Unicode's EquivalentUnifiedIdeograph, for radicals that are whole characters in modern text.
_SUPPLEMENT = {
    "\u2e9f": "母", "\u2ea0": "民", "\u2ec1": "虎", "\u2ec4": "西", "\u2ec5": "见",
    "\u2ec6": "角", "\u2ec9": "贝", "\u2ecb": "车", "\u2ed3": "长", "\u2ed4": "门",
    "\u2ed8": "青", "\u2ed9": "韦", "\u2eda": "页", "\u2edb": "风", "\u2edc": "飞",
    "\u2edd": "食", "\u2ee2": "马", "\u2ee3": "骨", "\u2ee4": "鬼", "\u2ee5": "鱼",
    "\u2ee6": "鸟", "\u2ee7": "卤", "\u2ee8": "麦", "\u2ee9": "黄", "\u2eec": "齐",
    "\u2eee": "齿", "\u2ef0": "龙", "\u2ef3": "龟",
}  # fmt: skip
_RADICALS = _SUPPLEMENT | {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}

# Vertical and small forms, half-width marks, Latin ligatures.
_FORMS = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
        "，、。：；！？〖〗（）〔〕【】《》〈〉「」『』",
        strict=True,
    )
)
_FORMS |= dict(zip("﹐﹑﹔﹕﹖﹗﹙﹚﹝﹞｡｢｣､", "，、；：？！（）〔〕。「」、", strict=True))
_FORMS |= {"﹒": ".", "︱": "—", "︙": "……"}
_FORMS |= {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_FULL_LETTERS = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def entities(text: str) -> Iterator[Change]:
    """HTML's names of characters become the characters, however often they were written so."""
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        after = _unescaped(match[0])
        if after is not None:
            yield Change(match.start(), match.end(), after)


def _unescaped(entity: str) -> str | None:
    """The character that an entity names; None where there is none that can stand in a text."""
    name = re.sub(f"&(?:{_AMPERSAND})*", "", entity)
    if not name.startswith("#") and name not in html5:
        return None
    after = html.unescape(f"&{name}")
    unfit = any(unicodedata.category(character) in _UNPRINTABLE for character in after)
    return None if unfit or "\ufffd" in after else after


def invisible(text: str) -> Iterator[Change]:
    """Characters that show nothing go; a joiner stays within emoji and scripts that need it."""
    for match in _INVISIBLE.finditer(text):
        sides = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        needed = all(side and not _NEEDS_NO_JOINER.match(side) for side in sides)
        joiners = [character for character in match[0] if character in _JOINERS]
        after = joiners[0] if needed and joiners else ""
        if after != match[0]:
            yield Change(match.start(), match.end(), after)


def blanks(text: str) -> Iterator[Change]:
    """Tabs and the many spaces of web pages become plain ones, one for one."""
    for match in _BLANK.finditer(text):
        yield Change(match.start(), match.end(), " " * len(match[0]))


def full_width_letters(text: str) -> Iterator[Change]:
    """Latin letters and digits of full width become plain, with the point between digits."""
    for match in _FULL_LETTERS.finditer(text):
        yield Change(match.start(), match.end(), match[0].translate(_HALF))


def _replacing(table: dict[str, str]) -> Find:
    """A rule that puts one character, or a few, for another."""
    pattern = re.compile(f"[{''.join(table)}]")

    def find(text: str) -> Iterator[Change]:
        for match in pattern.finditer(text):
            yield Change(match.start(), match.end(), table[match[0]])

    return find


radicals = _replacing(_RADICALS)
presentation_forms = _replacing(_FORMS)
