"""Arrays: a list of texts in a TOML file, with the comments and blanks between them.

It promises that a comment goes where its text goes (one behind it on its line, those above it on
lines of their own), that comments at the list's ends stay there, and that lines and blanks are laid
out as they were, place by place. It refuses what is no plain list of texts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    r"(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
    r"|(?P<comma>,)|(?P<comment>#[^\n]*)|(?P<blank>[ \t\r\n]+)"
)


@dataclass(frozen=True)
class Item:
    """A text as it is written: comments above it, and the one behind it, with their blanks."""

    text: str
    above: str = ""
    behind: str = ""

    @property
    def value(self) -> str:
        """What it says."""
        return str(tomllib.loads(f"it = {self.text}")["it"])


@dataclass(frozen=True)
class Array:
    """`gaps` are the blanks before each item, `tail` what stands before the closing bracket."""

    items: tuple[Item, ...]
    gaps: tuple[str, ...]
    tail: str
    is_closed_by_comma: bool

    def written(self, items: Sequence[Item]) -> str:
        """The list with other items, as TOML."""
        rows = "".join(self._rows(items))
        tail = _on_new_line(self.tail) if items and items[-1].behind else self.tail
        return f"[{rows}{tail}]"

    def _rows(self, items: Sequence[Item]) -> Iterator[str]:
        last = len(items) - 1
        for place, item in enumerate(items):
            must_turn = item.above or (place and items[place - 1].behind)
            gap = _on_new_line(self._gap(place)) if must_turn else self._gap(place)
            comma = "," if place < last or self.is_closed_by_comma else ""
            yield f"{gap}{item.above}{item.text}{comma}{item.behind}"

    def _gap(self, place: int) -> str:
        """The blanks at a place; behind the last one they are as they were there."""
        if place < len(self.gaps):
            return self.gaps[place]
        if len(self.gaps) > 1:
            return self.gaps[-1]
        _, turn, indent = "".join(self.gaps).rpartition("\n")
        return turn + indent if turn else " " if place else ""


def read_array(written: str) -> Array:
    """The list in its TOML. Raises ValueError for what is no list of texts on single lines."""
    reader = _Reader()
    for kind, token in _tokens(written):
        reader.take(kind, token)
    return Array(tuple(reader.items), tuple(reader.gaps), reader.lead, reader.comma)


class _Reader:
    """Takes one token after the other; `lead` is what stands behind the last item by then."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.gaps: list[str] = []
        self.lead = ""
        self.comma = False

    def take(self, kind: str, token: str) -> None:
        """Take a token of a kind."""
        match kind:
            case "text":
                self._begin(token)
            case "comma":
                self.lead, self.comma = "", True
            case "comment" if self.items and "\n" not in self.lead:
                self.items[-1] = replace(self.items[-1], behind=self.lead + token)
                self.lead = ""
            case _:
                self.lead += token

    def _begin(self, text: str) -> None:
        gap, above = _parted(self.lead, is_first=not self.items)
        self.items.append(Item(text, above))
        self.gaps.append(gap)
        self.lead, self.comma = "", False


def _tokens(written: str) -> Iterator[tuple[str, str]]:
    place, end = 1, len(written) - 1
    while place < end:
        found = _TOKEN.match(written, place, end)
        if found is None or found.lastgroup is None:
            raise ValueError(written[place:end])
        yield found.lastgroup, found[0]
        place = found.end()


def _parted(lead: str, *, is_first: bool) -> tuple[str, str]:
    """The blanks before an item, and the comments that are its own with the blanks behind them.

    A comment on the line of the opening bracket is the list's.
    """
    head, turn, _ = lead.partition("\n")
    own = len(head) + len(turn) if is_first and "#" in head else 0
    at = lead.find("#", own)
    return (lead, "") if at < 0 else (lead[:at], lead[at:])


def _on_new_line(blank: str) -> str:
    return blank if "\n" in blank else "\n" + blank
