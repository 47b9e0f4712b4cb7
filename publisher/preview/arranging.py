"""Arranging: essays and parts in another order, written into `collection.toml`.

It promises a file with the same essays and parts, in which nothing else changed: every comment,
blank and key stays, those of a part and of an essay go with it. What is written is read back
before it is given, so a file laid out in some other way is refused and never harmed. So is an order
that was made of an older file.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, ClassVar

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.fixity import digest
from publisher.ground.forms import STRICT
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.preview.arrays import read_array

_PART = re.compile(r"[ \t]*\[\[[ \t]*part[ \t]*\]\]")
_TABLE = re.compile(r"[ \t]*\[")
Table = dict[str, Any]
Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Row:
    """A section in its new place: `was` is its number among the sections before, from 0."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    was: int
    essays: tuple[str, ...]


@dataclass(frozen=True)
class Arrangement:
    """A new order of the sections that a `collection.toml` with this digest has."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    digest: str
    sections: tuple[Row, ...]


def rearranged(content: bytes, asked: Arrangement, file: str) -> bytes:
    """The bytes of `collection.toml` in another order.

    Raises PublisherError where the file is no longer the one that the order was made of, where
    the order has other essays than the file, or where the file is laid out beyond our reading.
    """
    _require_same(content, asked, file)
    text = decoded(content, file)
    old = tomllib.loads(text)
    sections = tuple(_sections(old))
    _require_order(old, asked, sections, file)
    try:
        written = _rewritten(text, asked, sections)
        is_sound = tomllib.loads(written) == _wanted(old, asked, sections)
    except ValueError:
        is_sound = False
    if not is_sound:
        raise _beyond(file)
    return written.encode()


# ---- what is asked ----


def _sections(table: Table) -> Iterator[Way]:
    """The ways to the sections in the order in which a preview shows them (`contents`)."""
    if "front" in table:
        yield ("front",)
    if table.get("part"):
        yield from (("part", number) for number in range(len(table["part"])))
    else:
        yield ()
    if "back" in table:
        yield ("back",)


def _at(table: Any, way: Way) -> Any:
    for step in way:
        table = table[step]
    return table


def _require_same(content: bytes, asked: Arrangement, file: str) -> None:
    if digest(content) != asked.digest:
        raise PublisherError.of(
            say("the file was changed meanwhile; nothing was written"),
            Remedy.CALLER,
            Place(file),
            say("look at the new order, and move the essays once more"),
        )


def _require_order(old: Table, asked: Arrangement, sections: tuple[Way, ...], file: str) -> None:
    """Raise PublisherError for an order that adds, loses or mixes up something."""
    numbers = [row.was for row in asked.sections]
    is_whole = sorted(numbers) == [*range(len(sections))]
    stays = is_whole and all(
        sections[now][:1] == sections[was][:1] for now, was in enumerate(numbers)
    )
    before = Counter(name for way in sections for name in _at(old, way)["essays"])
    if not stays or before != Counter(name for row in asked.sections for name in row.essays):
        raise PublisherError.of(
            say("this is no order of the essays that are there; nothing was written"),
            Remedy.CALLER,
            Place(file),
        )


def _wanted(old: Table, asked: Arrangement, sections: tuple[Way, ...]) -> Table:
    """The table as it shall read."""
    new = deepcopy(old)
    moved = [deepcopy(_at(old, sections[row.was])) for row in asked.sections]
    for way, table, row in zip(sections, moved, asked.sections, strict=True):
        target = _at(new, way)
        target.update(table | {"essays": [*row.essays]} if way else {"essays": [*row.essays]})
    return new


# ---- how it is written ----


def _rewritten(text: str, asked: Arrangement, sections: tuple[Way, ...]) -> str:
    import tomlkit

    document: Any = tomlkit.parse(text)
    arrays = [read_array(_at(document, way)["essays"].as_string()) for way in sections]
    items = {item.value: item for array in arrays for item in array.items}
    for row in asked.sections:
        array, wanted = arrays[row.was], [items[name] for name in row.essays]
        if [*array.items] != wanted:
            table = _at(document, sections[row.was])
            table["essays"] = _array(array.written(wanted))
    parts = [sections[row.was][1] for row in asked.sections if sections[row.was][:1] == ("part",)]
    return _with_parts(tomlkit.dumps(document), [int(it) for it in parts])


def _array(written: str) -> Any:
    import tomlkit

    document: Any = tomlkit.parse(f"it = {written}\n")
    return document["it"]


def _with_parts(text: str, numbers: list[int]) -> str:
    """The text with its parts in another order, each with its own comments."""
    if numbers == sorted(numbers):
        return text
    lines = text.splitlines(keepends=True)
    spans = _spans(lines)
    if len(spans) != len(numbers):
        raise ValueError("parts that are no tables of their own")
    ends = [0, *(span.stop for span in spans)]
    between = [lines[end : span.start] for end, span in zip(ends, spans, strict=False)]
    parts = [_ended(lines[spans[number].start : spans[number].stop]) for number in numbers]
    rows = [line for gap, part in zip(between, parts, strict=True) for line in (*gap, *part)]
    return "".join((*rows, *lines[ends[-1] :]))


def _spans(lines: list[str]) -> list[range]:
    """The lines of each part: the comments right above it, its head, its keys.

    Where only the first part has a comment, that is about all of them, and stays.
    """
    heads = [number for number, line in enumerate(lines) if _PART.match(line)]
    tops = [_top(lines, head) for head in heads]
    if all(top == head for top, head in list(zip(tops, heads, strict=True))[1:]):
        tops = heads
    return [range(top, _bottom(lines, head)) for top, head in zip(tops, heads, strict=True)]


def _top(lines: list[str], head: int) -> int:
    while head and lines[head - 1].lstrip().startswith("#"):
        head -= 1
    return head


def _bottom(lines: list[str], head: int) -> int:
    """The line behind the last that belongs to a part: what is next to the next table does not."""
    tables = (at for at in range(head + 1, len(lines)) if _TABLE.match(lines[at]))
    end = next(tables, len(lines))
    end = _top(lines, end) if end < len(lines) else end
    end = _over_blanks(lines, end)
    return _attached(lines, head, end)


def _attached(lines: list[str], head: int, end: int) -> int:
    """Without the comments at the end that a blank line sets off from the part."""
    last = _top(lines, end)
    is_set_off = last > head and not lines[last - 1].strip()
    return _attached(lines, head, _over_blanks(lines, last)) if last < end and is_set_off else end


def _over_blanks(lines: list[str], end: int) -> int:
    while not lines[end - 1].strip():
        end -= 1
    return end


def _ended(lines: list[str]) -> list[str]:
    """The lines, the last one ended: at the end of a file it may not be."""
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _beyond(file: str) -> PublisherError:
    return PublisherError.of(
        say("the essays are listed in a way that cannot be rearranged here"),
        Remedy.EDITOR,
        Place(file),
        say("move the lines in a text editor: the preview follows when you save"),
    )
