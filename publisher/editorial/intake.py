"""Intake: sources become manuscripts in a collection's folder, and lines of its `collection.toml`.

It promises the order of the sources, that an editor's comments in `collection.toml` stay, and that
nothing is overwritten: a manuscript that is already there is left alone when it is the same, and is
a fault when it differs. What is to be written is given as values; the press writes it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from publisher.editorial.assembly import DECLARATION, read_folder_declaration
from publisher.editorial.importers.registry import IMPORTERS, importer
from publisher.ground.errors import Fault, PublisherError, Remedy, gather
from publisher.ground.files import is_file, read_file
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.declaration import Declaration


@dataclass(frozen=True)
class Manuscripts:
    """Files to write to a collection's folder, by name.

    `added` are the new essays in order, as (name, title); `passed` is what folders hold besides.
    """

    files: tuple[tuple[str, bytes], ...]
    added: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]
    passed: tuple[Path, ...]


def take_in(sources: tuple[Path, ...], folder: Path) -> Manuscripts:
    """What the sources add to the collection in `folder`; a folder stands for its files.

    Raises PublisherError with the faults of all sources.
    """
    declaration = read_folder_declaration(folder)
    groups = gather(partial(_expanded, source) for source in sources)
    named = [file for group in groups for file in group]
    _require_distinct(named)
    read = gather(partial(_taken, file, folder) for file in named)
    listed = set(_listed(declaration))
    added = tuple((taken.name, taken.title) for taken in read if taken.name not in listed)
    kept = tuple(taken.name for taken in read if (folder / taken.name).exists())
    files = dict(row for taken in read for row in taken.files)
    new = [(name, content) for name, content in files.items() if not (folder / name).exists()]
    if added:
        lines = tuple(name for name, _ in added)
        new.append((DECLARATION, _extended(folder / DECLARATION, declaration, lines)))
    passed = tuple(other for source in sources for other in _passed(source))
    return Manuscripts(tuple(new), added, kept, passed)


def _expanded(source: Path) -> list[Path]:
    if source.is_dir():
        return sorted(filter(_is_source, source.iterdir()), key=_natural)
    if not is_file(source):
        raise PublisherError.of(say("there is no such file"), Remedy.CALLER, Place(str(source)))
    return [source]


def _passed(source: Path) -> list[Path]:
    """What a folder holds that is not taken in: other kinds of files, folders."""
    if not source.is_dir():
        return []
    others = (other for other in sorted(source.iterdir()) if not other.name.startswith("."))
    return [other for other in others if not _is_source(other)]


def _is_source(file: Path) -> bool:
    """Whether a folder's file is meant: hidden ones, as macOS makes beside others, are not."""
    is_known = file.suffix.lower() in IMPORTERS and file.stem.upper() != "README"
    return is_known and file.is_file() and not file.name.startswith(".")


def _natural(file: Path) -> list[tuple[bool, int, str]]:
    """A key by which 2 comes before 10, and numbers before words."""
    parts = re.findall(r"\d+|\D+", file.name)
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _require_distinct(files: list[Path]) -> None:
    seen: dict[str, Path] = {}
    faults = []
    for file in files:
        other = seen.setdefault(file.stem, file)
        if other is not file:
            faults.append(
                Fault(
                    say('another source is called "{name}" too', name=file.stem),
                    Remedy.CALLER,
                    Place(str(file)),
                    say("rename one of them: {other}", other=other),
                )
            )
    if faults:
        raise PublisherError(*faults)


@dataclass(frozen=True)
class _Taken:
    """A source's manuscript by name and title; `files` are it and its pictures, by name."""

    name: str
    title: str
    files: tuple[tuple[str, bytes], ...]


def _taken(file: Path, folder: Path) -> _Taken:
    read = importer(file.suffix)
    if read is None:
        raise PublisherError.of(
            say('files ending in "{suffix}" cannot be imported', suffix=file.suffix),
            Remedy.CALLER,
            Place(str(file)),
            say("save it as plain text (.txt) in UTF-8 from the program that made it"),
        )
    _require_name(file)
    imported = read(read_file(file), str(file))
    own = f"{file.stem}.md"
    rows = [(own, imported.text.encode())]
    for path in imported.pictures:
        source = file.parent / path
        # A picture elsewhere is left to the check of the collection, which names its line.
        if source.is_file() and source.resolve().is_relative_to(file.parent.resolve()):
            rows.append((path, read_file(source)))
    gather(partial(_require_free, folder / name, content, file) for name, content in rows)
    return _Taken(own, imported.title, tuple(rows))


def _require_name(file: Path) -> None:
    """Raise PublisherError for a name that is not UTF-8, as in archives from older systems."""
    try:
        file.name.encode()
    except UnicodeEncodeError:
        raise PublisherError.of(
            say("the name of the file is not UTF-8"),
            Remedy.CALLER,
            Place(repr(str(file))),
            say("rename it"),
        ) from None


def _require_free(target: Path, content: bytes, source: Path) -> None:
    if target.exists() and target.read_bytes() != content:
        raise PublisherError.of(
            say("another file of this name is already there"),
            Remedy.CALLER,
            Place(str(target)),
            say("rename the source, or move that file away: {file}", file=source),
        )


def _listed(declaration: Declaration) -> Iterator[str]:
    yield from declaration.essays
    for part in declaration.part:
        yield from part.essays
    for section in (declaration.front, declaration.back):
        yield from section.essays if section else ()


def _extended(file: Path, declaration: Declaration, names: tuple[str, ...]) -> bytes:
    """The text of `collection.toml` with names at the end of its last part, comments kept."""
    import tomlkit

    text = decoded(read_file(file), str(file))
    document = tomlkit.parse(text)
    parts: Any = document.get("part")
    table: Any = parts[-1] if declaration.part else document
    if "essays" not in table:
        return _with_essays_line(text, names)
    for name in names:
        table["essays"].append(name)
    table["essays"].multiline(multiline=True)
    return tomlkit.dumps(document).encode()


def _with_essays_line(text: str, names: tuple[str, ...]) -> bytes:
    """The text with an `essays` key where keys of the file itself may stand: before any table.

    What looks like a table may stand inside a text of many lines, so each try is read back.
    """
    rows = "".join(f"    {json.dumps(name, ensure_ascii=False)},\n" for name in names)
    wanted = tomllib.loads(text) | {"essays": list(names)}
    cuts = [match.start() for match in re.finditer(r"^[ \t]*\[", text, re.MULTILINE)]
    for cut in (*cuts, len(text)):
        extended = f"{text[:cut].rstrip()}\n\nessays = [\n{rows}]\n\n{text[cut:]}"
        if _reads_as(extended, wanted):
            return extended.encode()
    raise AssertionError("a key of the file itself can always stand at its end or before a table")


def _reads_as(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False
