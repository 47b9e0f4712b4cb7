"""Writing: bytes to files so that nothing is ever half there.

It promises that after any end, a crash or a pulled plug, each file is the old one or the new one;
that a folder takes all new files or none of them; and that only one build at a time writes to a
folder. What a killed build left behind is swept up by the next.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.library.bag import DECLARATION, TAG_MANIFEST

_UNFINISHED = ".publisher-"
_UNFINISHED_FOLDER = ".unfinished"
# More files than these go to the disk together: one wait instead of thousands.
_MANY = 100


def write_atomically(target: Path, content: bytes, *, lasting: bool = True) -> None:
    """Put one file in place of another in a single step.

    What need not outlast a failure of power, since it can be made again, is written sooner.
    """
    unfinished = _written_beside(target, content, lasting=lasting)
    try:
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    if lasting:
        _settle(target.parent)


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files to a folder: all of them take their names, or none does.

    Raises PublisherError when the folder cannot be written, with every file as it was.
    """
    ready: dict[Path, Path] = {}
    at_once = len(files) > _MANY
    try:
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            ready[folder / name] = _written_beside(folder / name, content, lasting=not at_once)
        if at_once:
            os.sync()
        _exchange(ready)
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        for unfinished in ready.values():
            unfinished.unlink(missing_ok=True)
    for parent in {folder: None} | {target.parent: None for target in ready}:
        _settle(parent)


def _exchange(ready: Mapping[Path, Path]) -> None:
    """Give every finished file its name; on any interruption give the old files theirs back."""
    kept = {target: _kept_beside(target) for target in ready if target.exists()}
    try:
        for target, unfinished in ready.items():
            unfinished.replace(target)
    except BaseException:
        for target in ready:
            if target in kept:
                kept[target].replace(target)
            else:
                target.unlink(missing_ok=True)
        raise
    finally:
        for old in kept.values():
            old.unlink(missing_ok=True)


def _kept_beside(target: Path) -> Path:
    """A second name for a file, under which it outlives the loss of its own."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_UNFINISHED)
    os.close(handle)
    kept = Path(name)
    kept.unlink()
    try:
        os.link(target, kept)
    except OSError:
        shutil.copy2(target, kept)  # a disk without hard links
    return kept


def write_new_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write files to a folder that is not there yet: it takes its name when all of it is on disk.

    Whoever calls this holds the folder above. What is written is for reading alone. Raises
    PublisherError when it cannot be written; then nothing of it is left.
    """
    unfinished = target.parent / _UNFINISHED_FOLDER
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        for name, content in files.items():
            file = unfinished / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            file.chmod(0o444 & ~_umask())
        os.sync()
        unfinished.rename(target)
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _settle(target.parent)


def write_into(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files to a folder that is made if need be, with nobody else writing there."""
    with held(folder):
        write_together(folder, files)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder for one build; make it if need be, and take it away if nothing came of it.

    The lock is on the folder itself, so no lock file lies about, and it ends with the process.
    Raises PublisherError when another build holds it, when it cannot be made or written, and for
    a folder within a kept edition.
    """
    _require_unkept(folder)
    made = _made(folder)
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Only who holds the folder may take it away again.
        _lock(handle, folder)
        try:
            _require_writable(folder)
            _sweep(folder)
            yield
        finally:
            for parent in made:
                with suppress(OSError):
                    parent.rmdir()
    finally:
        os.close(handle)


def _require_unkept(folder: Path) -> None:
    """Raise PublisherError where an edition lies: nothing is added to it either."""
    own = folder.resolve()
    for home in (own, *own.parents):
        if (home / DECLARATION).is_file() and (home / TAG_MANIFEST).is_file():
            raise PublisherError.of(
                say("an edition is kept here, and editions are never changed"),
                Remedy.CALLER,
                Place(str(folder)),
                say("name a folder elsewhere"),
            )


def _made(folder: Path) -> list[Path]:
    """Make a folder with its parents; give those that were made, innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None
    return missing


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The folder may have been taken away by its holder between opening and locking it.
        is_held = os.fstat(handle).st_ino == folder.stat().st_ino
    except OSError:
        is_held = False
    if not is_held:
        raise PublisherError.of(
            say("another build is writing to this folder"),
            Remedy.WAIT,
            Place(str(folder)),
            say("wait until it has ended, or build into another folder with --into"),
        )


def _require_writable(folder: Path) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
    except OSError as error:
        raise _unwritable(folder, error) from None
    os.close(handle)
    Path(name).unlink()


def _require_replaceable(target: Path) -> None:
    """Raise OSError where a folder or a device has the name: renaming would do away with it."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not target.is_file():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _sweep(folder: Path) -> None:
    """Take away what a killed build left here and in the folders below."""
    for leftover in (*folder.glob(f"{_UNFINISHED}*"), *folder.glob(f"*/{_UNFINISHED}*")):
        if re.fullmatch(r"[a-z0-9_]{8}", leftover.name.removeprefix(_UNFINISHED)):
            leftover.unlink(missing_ok=True)


def _written_beside(target: Path, content: bytes, *, lasting: bool = True) -> Path:
    """A finished file beside its target; `lasting`: whether it is on the disk already."""
    _require_replaceable(target)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_UNFINISHED)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        unfinished.chmod(0o666 & ~_umask())
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return unfinished


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _settle(folder: Path) -> None:
    """Make the renaming last: the folder's own entry goes to disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(folder: Path, error: OSError) -> PublisherError:
    return PublisherError.of(
        say("the folder cannot be written: {reason}", reason=error.strerror or error),
        Remedy.MACHINE,
        Place(str(folder)),
        say("make room or give permission, or build into another folder with --into"),
    )
