"""CSS: a sheet as its rules, as far as an inspection asks: selectors, declarations, dark or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACE = re.compile(r"([^{};]*)([{};])")
_DARK = re.compile(r"prefers-color-scheme\s*:\s*dark")


@dataclass(frozen=True)
class CssRule:
    """One rule: its selector, its declarations in order, and whether it is for dark pages."""

    selector: str
    declarations: tuple[tuple[str, str], ...]
    is_dark: bool

    def value(self, *names: str) -> str:
        """What the rule says last of a property, or of its other names."""
        found = [value for name, value in self.declarations if name in names]
        return found[-1] if found else ""


def rules(sheet: str) -> Iterator[CssRule]:
    """The rules of a sheet, those within @media too."""
    outer: list[str] = []
    declared: list[tuple[str, str]] = []
    for match in _BRACE.finditer(_COMMENT.sub("", sheet) + ";"):
        words, mark = match[1].strip(), match[2]
        if mark == "{":
            outer.append(words)
            declared = []
            continue
        declared += _declared(words)
        if mark == "}" and outer:
            if declared:
                is_dark = any(map(_DARK.search, outer))
                yield CssRule(outer[-1], tuple(declared), is_dark)
            outer.pop()
            declared = []


def declarations(words: str) -> tuple[tuple[str, str], ...]:
    """The declarations of a style attribute."""
    return tuple(row for part in words.split(";") for row in _declared(part))


def _declared(words: str) -> list[tuple[str, str]]:
    name, colon, value = words.partition(":")
    return [(name.strip().lower(), value.strip())] if colon else []
