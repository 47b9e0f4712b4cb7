"""Holding: what really lies at a place, a folder or a zip file of it, file by file.

It promises to open nothing but plain files, to follow no link, and to write nothing, so that media
that cannot be written serve as well. A file that cannot be read is an OSError where it is read.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.library.bag import DECLARATION

_PIECE = 1 << 20
_LINK = 0xA
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Entry:
    """A file by its path with `/`; `is_plain` is false for links, devices, and ways outside."""

    path: str
    size: int
    is_plain: bool = True


class Holding:
    """The files at a place. `doubled` are names that two parts of a zip file share."""

    def __init__(
        self,
        place: Path,
        entries: tuple[Entry, ...],
        begin: Callable[[str], BinaryIO],
        doubled: tuple[str, ...] = (),
    ) -> None:
        self.place = place
        self.entries = entries
        self.doubled = doubled
        self._begin = begin

    def pieces(self, path: str) -> Iterator[bytes]:
        """The bytes of a file in pieces. Raises OSError where they cannot be read."""
        try:
            with self._begin(path) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except _BROKEN as error:
            raise OSError(str(error)) from None

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError where they cannot be read, or it is not there."""
        if all(path != entry.path or not entry.is_plain for entry in self.entries):
            raise FileNotFoundError(path)
        return b"".join(self.pieces(path))


def held_at(place: Path) -> Holding:
    """What lies at a place. Raises PublisherError where there is neither folder nor zip file."""
    try:
        if place.is_dir():
            return Holding(place, tuple(_walked(place)), lambda path: (place / path).open("rb"))
        return _zipped(place)
    except (OSError, *_BROKEN) as error:
        raise PublisherError.of(
            say("there is no edition that can be opened here: {reason}", reason=error),
            Remedy.CALLER,
            Place(str(place)),
            say("give the folder of an edition, or a zip file of it"),
        ) from None


def _walked(place: Path) -> Iterator[Entry]:
    """Every file below a folder; links stand for themselves, be they to folders or files."""
    for folder, folders, files in os.walk(place, onerror=_raise):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*files, *links]):
            path = Path(folder) / name
            found = path.lstat()
            relative = path.relative_to(place).as_posix()
            yield Entry(relative, found.st_size, stat.S_ISREG(found.st_mode))
        folders[:] = sorted(set(folders) - set(links))


def _raise(error: OSError) -> None:
    raise error


def _zipped(place: Path) -> Holding:
    archive = zipfile.ZipFile(place)
    parts = [part for part in archive.infolist() if not part.is_dir()]
    names = [part.filename for part in parts]
    root = _root(names)
    own = {part.filename.removeprefix(root): part for part in parts}
    entries = tuple(_entry(path, part) for path, part in sorted(own.items()))
    doubled = tuple(sorted({name for name in names if names.count(name) > 1}))
    return Holding(place, entries, lambda path: cast(BinaryIO, archive.open(own[path])), doubled)


def _root(names: list[str]) -> str:
    """The folder within a zip file that the edition is; empty where it is the whole file."""
    found = [it.removesuffix(DECLARATION) for it in names if f"/{it}".endswith(f"/{DECLARATION}")]
    return min(found, key=len, default="")


def _entry(path: str, part: zipfile.ZipInfo) -> Entry:
    is_astray = path.startswith("/") or ".." in path.split("/") or "\\" in part.orig_filename
    return Entry(path, part.file_size, part.external_attr >> 28 != _LINK and not is_astray)
