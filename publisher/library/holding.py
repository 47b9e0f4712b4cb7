"""Holding: what really lies at a place, a folder or a zip file of it, file by file.

It promises to open nothing but plain files, to follow no link, and to write nothing, so that media
that cannot be written serve as well. A file that cannot be read is an OSError where it is read. It
refuses a zip file that is made to fill a machine. Sizes are bytes.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.library.bag import DECLARATION

_PIECE = 1 << 20
# What is read whole; larger files are read piece by piece alone.
MOST_AT_ONCE = 2 << 30
# A tag file lists or explains (RFC 8493); this would list a quarter of a million files.
LONGEST_TAG = 64 << 20
_LINK = 0xA
_LOCKED = 0x1
# Other packings may unfold without a bound at the first bite.
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What is smaller may grow by any factor; what is larger grows three times as a rule.
_LARGE, _GROWTH = 1 << 30, 100
# A way outside, in whatever system the name is spelt out on a disk.
_ASTRAY = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\\|\x00")
# What macOS puts beside a folder that it packs.
_BESIDE = "__MACOSX/"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Entry:
    """A file by its path with `/`; `is_plain` is false for links, devices, and ways outside."""

    path: str
    size: int
    is_plain: bool = True


class Holding:
    """The files at a place.

    `doubled` are names that two parts of a zip file share, `hollow` folders that hold nothing.
    """

    def __init__(
        self,
        place: Path,
        entries: tuple[Entry, ...],
        begin: Callable[[str], BinaryIO],
        doubled: tuple[str, ...] = (),
        hollow: tuple[str, ...] = (),
    ) -> None:
        self.place = place
        self.entries = entries
        self.doubled = doubled
        self.hollow = hollow
        self._begin = begin
        self._sizes = {entry.path: entry.size for entry in entries if entry.is_plain}

    def at(self, path: str) -> Place:
        """Where a file lies, as it is told to people."""
        return Place(f"{self.place}/{path}")

    def pieces(self, path: str) -> Iterator[bytes]:
        """The bytes of a file in pieces. Raises OSError where they cannot be read."""
        try:
            with self._begin(path) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except _BROKEN as error:
            raise OSError(str(error)) from None

    def read(self, path: str, most: int = MOST_AT_ONCE) -> bytes:
        """The bytes of a file. Raises OSError where they cannot be read, or there are more."""
        size = self._sizes.get(path)
        if size is None:
            raise FileNotFoundError(path)
        if size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
        return b"".join(self.pieces(path))

    def tag(self, path: str, most: int = LONGEST_TAG) -> bytes:
        """The bytes of a tag file; none where it cannot be read, or is too long for one."""
        try:
            return self.read(path, most)
        except OSError:
            return b""


def held_at(place: Path) -> Holding:
    """What lies at a place. Raises PublisherError where there is neither folder nor zip file."""
    try:
        if place.is_dir():
            return _folder(place)
        return _zipped(place)
    except (OSError, *_BROKEN) as error:
        raise PublisherError.of(
            say("there is no edition that can be opened here: {reason}", reason=error),
            Remedy.CALLER,
            Place(str(place)),
            say("give the folder of an edition, or a zip file of it"),
        ) from None


def _folder(place: Path) -> Holding:
    every = (Path(it) for it, folders, files in os.walk(place) if not folders and not files)
    hollow = tuple(sorted(it.relative_to(place).as_posix() for it in every if it != place))
    entries = tuple(_walked(place))
    return Holding(place, entries, lambda path: (place / path).open("rb"), hollow=hollow)


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
    parts = [it for it in archive.infolist() if not it.is_dir()]
    _require_bearable(sum(it.file_size for it in parts), place)
    parts = [it for it in parts if not it.filename.startswith(_BESIDE)]
    counts = Counter(it.filename for it in parts)
    root = _root(counts)
    own = {_below(root, it.filename): it for it in parts}

    def begin(path: str) -> BinaryIO:
        _require_open(own[path])
        return cast(BinaryIO, archive.open(own[path]))

    entries = tuple(_entry(path, part) for path, part in sorted(own.items()))
    doubled = tuple(sorted(name for name, count in counts.items() if count > 1))
    return Holding(place, entries, begin, doubled, tuple(_hollow(archive, root)))


def _hollow(archive: zipfile.ZipFile, root: str) -> Iterator[str]:
    """The folders of a zip file's edition below which it has no file."""
    names = [it.filename for it in archive.infolist() if it.filename.startswith(root)]
    parents = {str(it) for name in names for it in PurePosixPath(name).parents}
    for name in sorted({it.removesuffix("/") for it in names if it.endswith("/") and it != root}):
        if name not in parents:
            yield name.removeprefix(root)


def _require_open(part: zipfile.ZipInfo) -> None:
    """Raise OSError for a part that is not unpacked here."""
    if part.flag_bits & _LOCKED:
        raise OSError("it is locked by a password")
    if part.compress_type not in _PACKINGS:
        raise OSError("it is packed in an uncommon way")


def _require_bearable(size: int, place: Path) -> None:
    """Raise PublisherError where a zip file would grow beyond what any edition does."""
    packed = place.stat().st_size
    if size > max(_LARGE, _GROWTH * packed):
        raise PublisherError.of(
            say(
                "{what} would grow from {packed} to {size} bytes",
                what=say("the whole file"),
                packed=f"{packed:,}",
                size=f"{size:,}",
            ),
            Remedy.CALLER,
            Place(str(place)),
            say("ask whoever sent it for a plain copy"),
        )


def _below(root: str, name: str) -> str:
    """A name as it is called in the edition; what lies beside that lies outside."""
    return name.removeprefix(root) if name.startswith(root) else f"../{name}"


def _root(names: Iterable[str]) -> str:
    """The folder within a zip file that the edition is; empty where it is the whole file."""
    found = [it.removesuffix(DECLARATION) for it in names if f"/{it}".endswith(f"/{DECLARATION}")]
    return min(found, key=len, default="")


def _entry(path: str, part: zipfile.ZipInfo) -> Entry:
    is_astray = _ASTRAY.search(path) or _ASTRAY.search(part.orig_filename)
    return Entry(path, part.file_size, part.external_attr >> 28 != _LINK and not is_astray)
