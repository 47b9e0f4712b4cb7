"""Supplement: what this house knows of characters and words beyond OpenCC.

Five tables of tab-separated rows lie in `tables/`, each row with its reason: words that OpenCC gets
wrong everywhere in either direction, forms between which houses choose, surnames, and characters
to doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from publisher.ground.fixity import digest

# How many characters either side of a risky one are looked at.
_NEAR = 4
_TABLES = ("supplement", "simplifying", "style", "surnames", "risks")


@dataclass(frozen=True)
class Correction:
    """A word and its value, with a sentence that needs it.

    A Traditional value is in OpenCC's standard forms.
    """

    source: str
    value: str
    example: str
    reason: str


@dataclass(frozen=True)
class StylePair:
    """A form that may be written for another, in which scripts, and whether without being asked."""

    source: str
    value: str
    scripts: tuple[str, ...]
    is_standing: bool
    reason: str

    @property
    def name(self) -> str:
        """The two forms, as `decisions.toml` names them: `台臺` writes 臺 for 台."""
        return self.source + self.value


@dataclass(frozen=True)
class Risk:
    """A character to doubt where OpenCC decides it alone.

    `before` and `after` are patterns of what has to end and to begin just beside it.
    """

    character: str
    before: str
    after: str
    reason: str

    def fits(self, text: str, offset: int) -> bool:
        """Whether the character at `offset` stands as the row says."""
        ends = re.search(f"(?:{self.before})$", text[max(0, offset - _NEAR) : offset])
        return bool(ends and re.match(self.after, text[offset + 1 : offset + 1 + _NEAR]))


@cache
def corrections() -> tuple[Correction, ...]:
    """The words that OpenCC gets wrong everywhere."""
    return tuple(Correction(*row) for row in _rows("supplement", 4))


@cache
def simplifications() -> tuple[Correction, ...]:
    """The words of Traditional essays that become wrong everywhere, with Simplified values."""
    return tuple(Correction(*row) for row in _rows("simplifying", 4))


@cache
def style_pairs() -> tuple[StylePair, ...]:
    """The forms between which houses choose."""
    return tuple(
        StylePair(source, value, tuple(scripts.split()), when == "always", reason)
        for source, value, scripts, when, reason in _rows("style", 5)
    )


@cache
def surnames() -> dict[str, str]:
    """The Traditional forms of surnames that OpenCC's characters do not give."""
    return {source: value for source, value, _ in _rows("surnames", 3)}


@cache
def risks() -> dict[str, tuple[Risk, ...]]:
    """The rows for each character to doubt."""
    found: dict[str, tuple[Risk, ...]] = {}
    for character, before, after, reason in _rows("risks", 4):
        found[character] = (
            *found.get(character, ()),
            Risk(character, before, after, reason),
        )
    return found


def supplement_digest() -> str:
    """The SHA-256 of all tables."""
    return digest(b"".join(_content(name) for name in _TABLES))


def _rows(name: str, width: int) -> Iterator[tuple[str, ...]]:
    """The rows of a table. Raises ValueError for one of another width."""
    for number, row in enumerate(_content(name).decode().splitlines(), start=1):
        if row.startswith("#"):
            continue
        cells = tuple(row.split("\t"))
        if len(cells) != width:
            raise ValueError(f"{name}.tsv: row {number} has {len(cells)} cells, not {width}")
        yield cells


def _content(name: str) -> bytes:
    return files(__package__).joinpath("tables", f"{name}.tsv").read_bytes()
