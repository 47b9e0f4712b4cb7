"""Order: new essays find their lines in `collection.toml`.

It promises that an editor's comments and everything else in the file stay, and that essays of one
source stand in the source's order, behind those of it that are listed already.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from publisher.model.declaration import Declaration


def listed(declaration: Declaration) -> Iterator[str]:
    """Every file name that a declaration lists."""
    yield from declaration.essays
    for part in declaration.part:
        yield from part.essays
    for section in (declaration.front, declaration.back):
        yield from section.essays if section else ()


def extended(text: str, declaration: Declaration, rows: tuple[tuple[str, str], ...]) -> str:
    """The text of `collection.toml` with new essays, given as (part's title or nothing, name).

    Essays without a part go to the end of the last one, or of the book.
    """
    import tomlkit

    known = set(listed(declaration))
    new = [(part, name) for part, name in rows if name not in known]
    loose = [name for part, name in new if not part]
    if loose and not declaration.part and "essays" not in tomllib.loads(text):
        text = _with_essays_line(text, loose)
        loose = []
    document = tomlkit.parse(text)
    if loose:
        _append(document, declaration, loose, [name for _, name in rows])
    for part, name in new:
        if part:
            _append_to_part(document, part, name)
    return tomlkit.dumps(document)


def _append(document: Any, declaration: Declaration, names: list[str], order: list[str]) -> None:
    parts: Any = document.get("part")
    table: Any = parts[-1] if declaration.part else document
    if "essays" not in table:
        table["essays"] = []
    essays = table["essays"]
    for name in names:
        essays.insert(_place(list(essays), name, order), name)
    essays.multiline(multiline=True)


def _place(essays: list[str], name: str, order: list[str]) -> int:
    """Behind the last essay that comes before it in the same source; else at the end."""
    before = order[: order.index(name)]
    places = [essays.index(other) + 1 for other in before if other in essays]
    return max(places, default=len(essays))


def _append_to_part(document: Any, title: str, name: str) -> None:
    import tomlkit

    parts: Any = document.get("part")
    if parts is None:
        document["part"] = parts = tomlkit.aot()
    table = next((part for part in parts if part.get("title") == title), None)
    if table is None:
        table = tomlkit.table()
        table["title"] = title
        table["essays"] = tomlkit.array()
        parts.append(table)
        table = parts[-1]
    table["essays"].append(name)
    table["essays"].multiline(multiline=True)


def _with_essays_line(text: str, names: list[str]) -> str:
    """The text with an `essays` key where keys of the file itself may stand: before any table.

    What looks like a table may stand inside a text of many lines, so each try is read back.
    """
    rows = "".join(f"    {json.dumps(name, ensure_ascii=False)},\n" for name in names)
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
