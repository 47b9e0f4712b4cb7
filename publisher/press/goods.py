"""Goods: files that go along with a job to another machine, known by the digest of all of them.

It promises that a digest is always computed from what is there: what was changed on its way is
other goods. It packs no collection with links in it: what they mean is settled where they lie.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from publisher.model.folders import DIST
from publisher.press.reuse import files_below
from publisher.press.store import key

# In the folder of a collection: what no output is made of.
_LEFT_HERE = {DIST, "sources", "plan", "editions"}
_MOST = 100_000_000  # bytes


@dataclass(frozen=True)
class Goods:
    """Files: their paths in some folder, and their bytes."""

    files: tuple[tuple[str, bytes], ...]

    @cached_property
    def digest(self) -> str:
        """What tells these goods from all others."""
        return key(it for path, content in self.files for it in (os.fsencode(path), content))

    def unpack(self, folder: Path) -> None:
        """Write the files to a folder."""
        for path, content in self.files:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def collection_goods(folder: Path) -> Goods | None:
    """All that a collection is made of; None where it can only be made where it lies.

    That is one with links in its folder, with more than 100 MB, or with a file nobody may read.
    """
    try:
        entries = sorted(_entries(folder))
        if any(map(Path.is_symlink, entries)) or sum(map(_size, entries)) > _MOST:
            return None
        files = (it for it in entries if it.is_file())
        return Goods(tuple((str(it.relative_to(folder)), it.read_bytes()) for it in files))
    except OSError:
        return None


def folder_goods(folders: Iterable[tuple[str, Path]]) -> Goods:
    """The files of folders, links followed, each folder under a name. Raises OSError."""
    return Goods(
        tuple(
            (f"{name}/{file.relative_to(folder)}", file.read_bytes())
            for name, folder in folders
            for file in sorted(files_below(folder))
        )
    )


def _entries(folder: Path) -> Iterator[Path]:
    """Files and folders at any depth, but for what is left here and what is hidden."""
    for own in folder.iterdir():
        if own.name.startswith(".") or own.name in _LEFT_HERE:
            continue
        yield own
        for place, folders, names in os.walk(own):
            yield from (Path(place) / name for name in (*folders, *names))


def _size(entry: Path) -> int:
    return entry.stat().st_size
