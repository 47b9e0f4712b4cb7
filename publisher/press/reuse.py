"""Reuse: a build of which nothing changed is not made again.

It promises that files are called the same only if everything they rest on is: each file that the
build read, every name in the collection's folder, layouts, fonts, the program, the libraries that
shape bytes, those of the machine among them, and the date the environment gives; and only if they
lie in the folder byte for byte. Where anything is in doubt, the build is made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any, TypeVar

from publisher.ground.fixity import file_digest
from publisher.ground.messages import Message
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.model.artefact import Artefact, PageStart
from publisher.model.folders import DECISIONS, DECLARATION, DIST, EDITIONS, PLAN, SOURCES
from publisher.press.places import font_folders, shared_folder
from publisher.press.store import Store, key
from publisher.press.tools import shaping

if TYPE_CHECKING:
    from publisher.model.collection import Collection

T = TypeVar("T")
_LARGE = 500_000  # bytes
# Clocks of disks tick slowly: what was changed so lately could change again unseen.
_LATELY = 2_000_000_000  # ns
# Folders of a collection in which no manuscript is looked for.
_ASIDE = {DIST, SOURCES, PLAN, EDITIONS}


@dataclass(frozen=True)
class Finished:
    """What a build made and what it noticed."""

    artefacts: tuple[Artefact, ...]
    notices: tuple[Notice, ...]


class Reuse:
    """What is known of builds of one collection with the same wishes."""

    def __init__(self, store: Store, folder: Path, outputs: tuple[str, ...]) -> None:
        self._store = store
        self._folder = folder
        self._key = self._wishes(outputs)
        self._began = time_ns()

    def finished(self, into: Path) -> Finished | None:
        """The build that lies in a folder already; None where it has to be made."""
        content = self._store.get(self._key) if self._key else None
        if content is None:
            return None
        table = json.loads(content)
        if any(_digest(Path(name)) != known for name, known in table["inputs"].items()):
            return None
        if table["names"] != self._names():
            return None
        made = [_artefact(row, _bytes(into / row["file_name"])) for row in table["artefacts"]]
        if [it.sha256 for it in made] != [row["sha256"] for row in table["artefacts"]]:
            return None
        return Finished(tuple(made), tuple(map(_notice, table["notices"])))

    def keep(self, files: Iterable[str], finished: Finished) -> None:
        """Remember a build of files of the folder, unless something was changed since it began."""
        inputs = sorted((*(self._folder / it for it in files), *self._shelved()))
        if not self._key or any(_age(file) >= self._began for file in inputs):
            return
        table = {
            "inputs": {str(file): _digest(file) for file in inputs},
            "names": self._names(),
            "artefacts": [_artefact_row(it) for it in finished.artefacts],
            "notices": [_notice_row(it) for it in finished.notices],
        }
        self._store.put(self._key, json.dumps(table, ensure_ascii=False).encode())

    def _wishes(self, outputs: tuple[str, ...]) -> str:
        """The key of a build as it is wished; empty where a library tells no version."""
        if not shaping():
            return ""
        moment = os.environ.get("SOURCE_DATE_EPOCH", "")
        own = (shaping(), moment, str(self._folder.absolute()), *outputs)
        return key((b"build", *(os.fsencode(part) for part in own)))

    def _shelved(self) -> Iterator[Path]:
        """The files of all layouts and fonts that the collection can have."""
        shelves = (self._folder / "layouts", shared_folder("layouts"))
        for folder in (*shelves, *font_folders(self._folder)):
            yield from files_below(folder)

    def _names(self) -> str:
        """A digest of the names of what is there: one more may be a sheet, or a manuscript."""
        found = (*self._shelved(), *_manuscripts(self._folder))
        return key(sorted(map(os.fsencode, found)))


def files_of(collection: Collection) -> Iterator[str]:
    """The files in a collection's folder that have a say in its outputs, there or not."""
    yield DECLARATION
    yield DECISIONS
    yield from (essay.path for essay in collection.essays())
    yield from (picture.path for picture in collection.pictures)


def files_below(folder: Path) -> Iterator[Path]:
    """The files in a folder and in all below it, linked folders too, each folder once."""
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        yield from (Path(place) / name for name in names)


def _manuscripts(folder: Path) -> Iterator[Path]:
    """The files of a collection's folder that might be manuscripts which nobody listed."""
    for place, folders, names in os.walk(folder):
        folders[:] = [it for it in folders if not _is_aside(it)]
        yield from (Path(place) / it for it in names if not _is_aside(it))


def _is_aside(name: str) -> bool:
    """Whether nothing of this name is a manuscript that might have been forgotten."""
    return name.startswith(".") or name in _ASIDE


def _digest(file: Path) -> str:
    """The digest of a file; empty where it cannot be read."""
    with suppress(OSError):
        return file_digest(file)
    return ""


def _age(file: Path) -> int:
    """When a file was changed last, in ns; 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


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
