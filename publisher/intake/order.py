"""Order: new essays find their lines in `collection.toml`.

It promises that an editor's comments and everything else in the file stay, that essays of one
source stand in the source's order, and a file that is still a declaration: a book has essays or
parts, never both side by side.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from publisher.ground.forms import toml_value
from publisher.model.declaration import Declaration


@dataclass(frozen=True)
class Row:
    """An essay of a source and the title of its part, if any; `is_new` asks for a line."""

    name: str
    part: str
    is_new: bool


Rows = tuple[Row, ...]


def listed(declaration: Declaration) -> Iterator[str]:
    """Every file name that a declaration lists."""
    yield from declaration.essays
    for part in declaration.part:
        yield from part.essays
    for section in (declaration.front, declaration.back):
        yield from section.essays if section else ()


def takes_parts(declaration: Declaration) -> bool:
    """Whether a book can have parts: one that lists essays without parts cannot."""
    return not declaration.essays


def extended(text: str, declaration: Declaration, sources: tuple[Rows, ...]) -> str:
    """The text of `collection.toml` with lines for the new essays of sources, each in its order.

    Essays without a part go to the end of the last one; where the first parts come with them, to
    the front matter; else to the end of the book. The titles of parts count where `takes_parts`.
    """
    known = set(listed(declaration))
    new = {row.name: row for source in sources for row in source if row.is_new}
    rows = [row for row in new.values() if row.name not in known]
    if not rows:
        return text
    order = {row.name: source for source in sources for row in source}
    has_parts = takes_parts(declaration) and any(row.part for row in rows)
    if not declaration.essays and not declaration.part and not has_parts:
        names = [row.name for row in rows]
        if "essays" not in tomllib.loads(text):
            return _with_essays_line(text, names)
    return _inserted(text, declaration, rows, order)


def _inserted(text: str, declaration: Declaration, rows: list[Row], order: dict[str, Rows]) -> str:
    import tomlkit

    document: Any = tomlkit.parse(text)
    in_parts = takes_parts(declaration) and any(row.part for row in rows)
    if in_parts and "essays" in document:
        # An empty list, which may not stand beside parts.
        document.remove("essays")
    lists = [_essays(document, row.part if in_parts else "", in_parts) for row in rows]
    for essays, row in zip(lists, rows, strict=True):
        source = [other.name for other in order[row.name]]
        place = _place(list(essays), row.name, source) if len(source) > 1 else len(essays)
        essays.insert(place, row.name)
    for essays in {id(essays): essays for essays in lists}.values():
        essays.multiline(multiline=True)
    return tomlkit.dumps(document)


def _essays(document: Any, part: str, in_parts: bool) -> Any:
    """The list of a declaration that an essay belongs to."""
    table = _table(document, part, in_parts)
    if "essays" not in table:
        table["essays"] = []
    return table["essays"]


def _table(document: Any, part: str, in_parts: bool) -> Any:
    """The table of a declaration that an essay belongs to; made where it is not there yet."""
    import tomlkit

    parts = document.get("part", ())
    if part:
        found = next((table for table in parts if table.get("title") == part), None)
        return found if found is not None else _new_part(document, part)
    if parts:
        return parts[-1]
    if not in_parts:
        return document
    if "front" not in document:
        document["front"] = tomlkit.table()
    return document["front"]


def _new_part(document: Any, title: str) -> Any:
    import tomlkit

    if "part" not in document:
        document["part"] = tomlkit.aot()
    table = tomlkit.table()
    table["title"] = title
    document["part"].append(table)
    return document["part"][-1]


def _place(essays: list[str], name: str, source: list[str]) -> int:
    """Behind the last essay that comes before it in its source, or before the first after it."""
    at = source.index(name)
    above = [place for place, other in enumerate(essays) if other in source[:at]]
    below = [place for place, other in enumerate(essays) if other in source[at + 1 :]]
    return above[-1] + 1 if above else min(below, default=len(essays))


def _with_essays_line(text: str, names: list[str]) -> str:
    """The text with an `essays` key where keys of the file itself may stand: before any table.

    What looks like a table may stand inside a text of many lines, so each try is read back.
    """
    rows = "".join(f"    {toml_value(name)},\n" for name in names)
    wanted = tomllib.loads(text) | {"essays": names}
    cuts = [match.start() for match in re.finditer(r"^[ \t]*\[", text, re.MULTILINE)]
    for cut in (*cuts, len(text)):
        tried = f"{text[:cut].rstrip()}\n\nessays = [\n{rows}]\n\n{text[cut:]}"
        if _reads_as(tried, wanted):
            return tried
    raise AssertionError("a key of the file itself can always stand at its end or before a table")


def _reads_as(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False
