"""Store: results kept on disk between runs, each under the digest of all that it rests on.

It promises that what it gives is what was kept under that very key: an entry that is damaged, cut
short, or lies under another's name is a miss. Any number of runs may use one store at once. It is
bounded; what was not asked for longest goes first. A disk that will not take an entry is no fault:
the result is then made again next time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from publisher.ground.fixity import digest
from publisher.press.places import cache_folder
from publisher.press.writing import write_atomically

_PACKAGE = Path(__file__).resolve().parent.parent
# Of the program's own files, those whose change changes no result: words of messages, caches.
_ASIDE = (".pyc", ".po", ".mo")
_DIGEST = 64  # hexadecimal digits
LIMIT = 500_000_000  # bytes
# So often the room is looked through while it is filled once: it is never a fiftieth too full.
_LOOKS = 50


class Store:
    """The entries in a folder. A key is a digest, as `key` makes it."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        # As if much had been kept: the first entry of a run looks for room.
        self._new = limit

    def get(self, name: str) -> bytes | None:
        """What was kept under a key; None where nothing sound is."""
        file = self._file(name)
        with suppress(OSError):
            entry = file.read_bytes()
            seal, content = entry[:_DIGEST], entry[_DIGEST:]
            if seal == _seal(name, content):
                os.utime(file)
                return content
            file.unlink(missing_ok=True)
        return None

    def put(self, name: str, content: bytes) -> None:
        """Keep a result under a key, and let the oldest ones go where there is no room."""
        file = self._file(name)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, _seal(name, content) + content, lasting=False)
            self._grow(len(content))

    @property
    def folder(self) -> Path:
        """Where the entries lie."""
        return self._folder

    def holds(self) -> tuple[int, int]:
        """How many entries there are, and how many bytes they take."""
        sizes = [size for size in map(_size, self._entries()) if size is not None]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Let all entries go."""
        for entry in self._entries():
            with suppress(OSError):
                entry.unlink()

    def _entries(self) -> list[Path]:
        return sorted(self._folder.glob("??/*"))

    def _file(self, name: str) -> Path:
        return self._folder / name[:2] / name[2:]

    def _grow(self, size: int) -> None:
        """Look for room when something is kept for the first time, and now and then."""
        self._new += size
        if self._new >= self._limit // _LOOKS:
            self._new = 0
            self._make_room()

    def _make_room(self) -> None:
        found = [(entry.stat(), entry) for entry in self._entries()]
        room = self._limit - sum(stat.st_size for stat, _ in found)
        for stat, entry in sorted(found, key=lambda it: it[0].st_mtime_ns):
            if room >= 0:
                return
            entry.unlink(missing_ok=True)
            room += stat.st_size


def own_store() -> Store:
    """The store in the user's folder for caches."""
    return Store(cache_folder("results"))


def key(parts: Iterable[bytes]) -> str:
    """The key of a result that rests on these parts, in their order."""
    return digest("".join(map(digest, parts)).encode())


@cache
def program_digest(*distributions: str) -> bytes:
    """What the program's own files are, and which versions of others it works with."""
    files = sorted(
        file for file in _PACKAGE.rglob("*") if file.is_file() and file.suffix not in _ASIDE
    )
    own = ((str(file.relative_to(_PACKAGE)).encode(), file.read_bytes()) for file in files)
    others = (f"{name} {version(name)}".encode() for name in distributions)
    return key([*(part for pair in own for part in pair), *others]).encode()


def _size(entry: Path) -> int | None:
    """The bytes of an entry; None where it went away meanwhile."""
    with suppress(OSError):
        return entry.stat().st_size
    return None


def _seal(name: str, content: bytes) -> bytes:
    return digest(name.encode() + content).encode()
