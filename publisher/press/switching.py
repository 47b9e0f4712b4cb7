"""Switching: a whole tree of files put in the place of another in one step.

It promises that whoever looks at the folder sees all of the old tree or all of the new one; that a
file whose bytes did not change is the same file, with its date; that what others put into the
folder stays there. It refuses a folder that holds anything but has no record of a tree, and to
write over what is not its own.
"""

from __future__ import annotations

import ctypes
import filecmp
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.fixity import digest
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.press.writing import held

FORM = 1
_AT_FDCWD = -100  # linux/fcntl.h
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), RENAME_SWAP of renamex_np(2)


class Tree:
    """The tree that is being made: `old` lies where it will stand, `new` is its workshop."""

    def __init__(self, old: Path, new: Path, record: str) -> None:
        self._old = old
        self._new = new
        self._record = record
        self._before = _recorded(old / record)
        self._paths: set[str] = set()
        self._folders: set[str] = set()
        self.written: list[str] = []

    def put(self, path: str, content: bytes) -> None:
        """A file of these bytes."""
        new, old = self._places(path)
        if _holds(old, content):
            _link(old, new)
        else:
            self.written.append(path)
            new.write_bytes(content)

    def copy(self, path: str, file: Path) -> None:
        """A file with the bytes of another."""
        new, old = self._places(path)
        if _is_plain(old) and filecmp.cmp(file, old, shallow=False):
            _link(old, new)
        else:
            self.written.append(path)
            shutil.copyfile(file, new)

    def keep(self, digests: Mapping[str, str]) -> bool:
        """Take files over from the old tree if each has its SHA-256; whether they were taken."""
        if any(_digest(self._old / path) != known for path, known in digests.items()):
            return False
        for path in digests:
            new, old = self._places(path)
            _link(old, new)
        return True

    def finish(self) -> bool:
        """Complete the tree with its record and with what is not ours; whether anything changed."""
        removed = self._before - self._paths
        record = {"form": FORM, "files": sorted(self._paths)}
        self.put(self._record, f"{json.dumps(record, ensure_ascii=False, indent=0)}\n".encode())
        self._keep_foreign()
        return bool(self.written or removed)

    def _places(self, path: str) -> tuple[Path, Path]:
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(path)
        self._paths.add(path)
        self._make_folder(path.rpartition("/")[0])
        return self._new / path, self._old / path

    def _make_folder(self, path: str) -> None:
        if path not in self._folders:
            self._folders.add(path)
            (self._new / path).mkdir(parents=True, exist_ok=True)

    def _keep_foreign(self) -> None:
        own = self._before | {self._record}
        found = [(path, file) for path, file in _files(self._old) if path not in own]
        if taken := [file for path, file in found if path in self._paths]:
            raise PublisherError(*map(_taken, taken))
        for path, file in found:
            self._make_folder(path.rpartition("/")[0])
            _link(file, self._new / path)


@contextmanager
def switched(target: Path, record: str) -> Iterator[Tree]:
    """A tree that takes its place when all of it is on the disk; `record` is where it lists itself.

    Raises PublisherError where the folder is not one of ours, or another is writing it.
    """
    target = target.resolve()
    _require_own(target, record)
    workshop = target.parent / f".{target.name}.unfinished"
    with held(workshop):
        new = workshop / "tree"
        shutil.rmtree(new, ignore_errors=True)
        try:
            new.mkdir()
            tree = Tree(target, new, record)
            yield tree
            if tree.finish():
                _switch(new, target)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(workshop, ignore_errors=True)


def _require_own(target: Path, record: str) -> None:
    if (target / record).is_file() or not target.exists():
        return
    if not target.is_dir() or any(target.iterdir()):
        raise PublisherError.of(
            say("this folder holds something else than a shelf"),
            Remedy.CALLER,
            Place(str(target)),
            say("give an empty folder, or one that a shelf was written to"),
        )


def _taken(file: Path) -> Fault:
    return Fault(
        say("somebody else's file has the name that the shelf needs"),
        Remedy.CALLER,
        Place(str(file)),
        say("move it away"),
    )


def _recorded(file: Path) -> frozenset[str]:
    """The files of the tree that lies there; none where nobody recorded any."""
    try:
        record = json.loads(file.read_bytes())
        return frozenset(map(str, record["files"]))
    except (OSError, ValueError, TypeError, KeyError):
        return frozenset()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder with its path; links stand for themselves."""
    for home, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(home) / name).is_symlink()]
        for name in sorted([*files, *links]):
            file = Path(home) / name
            yield file.relative_to(folder).as_posix(), file


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _digest(file: Path) -> str:
    return digest(file.read_bytes()) if _is_plain(file) else ""


def _holds(file: Path, content: bytes) -> bool:
    return _is_plain(file) and file.stat().st_size == len(content) and file.read_bytes() == content


def _link(file: Path, name: Path) -> None:
    """A second name for a file; a copy where the disk knows no second names."""
    try:
        os.link(file, name, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(file, name, follow_symlinks=False)


def _switch(new: Path, target: Path) -> None:
    """Let a new tree take its place; what stood there lies in the workshop then."""
    os.sync()
    if not target.exists():
        new.rename(target)
        return
    shutil.copymode(target, new)
    if _exchange(new, target):
        return
    aside = new.with_name("aside")
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    aside.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; whether the system can."""
    library = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if linux := getattr(library, "renameat2", None):
        return bool(linux(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)
    if mac := getattr(library, "renamex_np", None):
        return bool(mac(*names, _EXCHANGE) == 0)
    return False
