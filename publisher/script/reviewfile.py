"""Review file: `script/decisions.toml` taken apart into its entries, and written anew with others.

It promises that every entry which stays keeps the very lines that an editor gave it, comments
above and between them included; that new ones stand where the order of the file wants them; that
what is written reads back as what was decided. Of a file in a shape that it cannot follow (entries
in one line, say) it keeps the comments, all at the top.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from publisher.ground.errors import PublisherError
from publisher.model.folders import DECISIONS
from publisher.script.decisions import (
    HEAD,
    NONE,
    Decisions,
    DecisionTable,
    decision_text,
    name_text,
    order,
    read_decisions,
    written_decisions,
)

_HEADER = re.compile(r"\s*(\[\[?)\s*(\w+)\s*\]\]?\s*(?:#.*)?$")
_NAMES = "[names]"


@dataclass(frozen=True)
class NameEntry:
    """A name with its lines."""

    name: str
    value: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A row of `decision` or of `accepted` with its lines, the one with the kind's name first."""

    kind: str
    row: DecisionTable
    text: str


@dataclass(frozen=True)
class DecisionFile:
    """The file in its parts, texts without the blank lines between them.

    `head` is what stands before the first table, `names_head` the line `[names]` with its comments,
    `names_tail` what comments stand behind the last name.
    """

    head: str
    names_head: str
    names: tuple[NameEntry, ...]
    names_tail: str
    entries: tuple[Entry, ...]

    @property
    def content(self) -> bytes:
        """The bytes of the file, its entries in order."""
        names = (it.text for it in sorted(self.names, key=lambda it: it.name))
        lines = (self.names_head, *names, self.names_tail) if self.names else ()
        entries = sorted(self.entries, key=lambda it: (it.kind != "decision", order(it.row)))
        parts = (self.head, "\n".join(filter(None, lines)), *(entry.text for entry in entries))
        return ("\n\n".join(part for part in parts if part) + "\n").encode()


@lru_cache(maxsize=2)
def decided_in(content: bytes) -> Decisions:
    """The decisions in the bytes of their file; those of the last two files are remembered."""
    return read_decisions(content, DECISIONS) if content else NONE


def revised(content: bytes, decisions: Decisions) -> bytes:
    """The bytes of a file of decisions once these are decided; `content` is what it was."""
    old = taken_apart(content)
    new = filled(old, decisions)
    return new.content if _says(new.content, decisions) else _plain(content, decisions)


def filled(old: DecisionFile, decisions: Decisions) -> DecisionFile:
    """A file with other entries; those that it had before keep their lines."""
    lines = {(it.name, it.value): it.text for it in old.names}
    texts = {(it.kind, it.row): it.text for it in old.entries}
    return replace(
        old,
        names=tuple(
            NameEntry(*pair, lines.get(pair) or name_text(*pair))
            for pair in decisions.names.items()
        ),
        entries=tuple(
            Entry(kind, row, texts.get((kind, row)) or decision_text(kind, row))
            for kind, rows in _tables(decisions)
            for row in dict.fromkeys(rows)
        ),
    )


def taken_apart(content: bytes) -> DecisionFile:
    """The parts of a file. What cannot be followed is missing among them."""
    decisions = decided_in(content)
    rows = {kind: iter(tables) for kind, tables in _tables(decisions)}
    head, *sections = _sections(content.decode("utf-8-sig").replace("\r\n", "\n"))
    entries: list[Entry] = []
    names: tuple[str, tuple[NameEntry, ...], str] = (_NAMES, (), "")
    for kind, text in sections:
        if kind == "names":
            names = _named(text)
        elif kind in rows and (row := next(rows[kind], None)):
            entries.append(Entry(kind, row, text))
    return DecisionFile(head[1] or HEAD, *names, tuple(entries))


def _tables(decisions: Decisions) -> tuple[tuple[str, tuple[DecisionTable, ...]], ...]:
    return ("decision", decisions.decision), ("accepted", decisions.accepted)


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """The head under the name "", then each table's name and its lines, comments above included."""
    kind = ""
    lines: list[str] = []
    for line in text.split("\n"):
        header = _HEADER.match(line)
        if header:
            above = _comments_at_end(lines)
            yield kind, "\n".join(lines[: len(lines) - above]).strip("\n")
            kind, lines = header[2], lines[len(lines) - above :]
        lines.append(line)
    yield kind, "\n".join(lines).strip("\n")


def _comments_at_end(lines: list[str]) -> int:
    """How many lines at the end are comments without a blank line between."""
    count = 0
    while count < len(lines) and lines[-1 - count].lstrip().startswith("#"):
        count += 1
    return count


def _named(text: str) -> tuple[str, tuple[NameEntry, ...], str]:
    """The line `[names]`, and each name, with the comments above them; those behind the last."""
    head: list[str] = []
    above: list[str] = []
    names: list[NameEntry] = []
    for line in text.split("\n"):
        if not head or not _HEADER.match(head[-1]):
            head.append(line)
            continue
        if line.strip():
            above.append(line)
        for name, value in _pairs(line):
            names.append(NameEntry(name, value, "\n".join(above)))
            above = []
    return "\n".join(head), tuple(names), "\n".join(above)


def _pairs(line: str) -> Iterable[tuple[str, str]]:
    try:
        return tomllib.loads(line).items()
    except tomllib.TOMLDecodeError:
        return ()


def _says(content: bytes, decisions: Decisions) -> bool:
    """Whether the bytes of a file say what was decided."""
    try:
        return _sense(decided_in(content)) == _sense(decisions)
    except PublisherError:
        return False


def _sense(decisions: Decisions) -> tuple[object, ...]:
    """What decisions are, whatever their order."""
    own = decisions
    return own.style, own.names, frozenset(own.decision), frozenset(own.accepted)


def _plain(content: bytes, decisions: Decisions) -> bytes:
    """The file without its shape, the lines that were comments at its top."""
    lines = content.decode("utf-8-sig").splitlines()
    comments = [line for line in lines if line.lstrip().startswith("#") and line != HEAD]
    return "".join(f"{line}\n" for line in comments).encode() + written_decisions(decisions)
