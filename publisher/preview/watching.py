"""Watching: what is saved in a collection's folder, as it is saved.

It promises the files by their paths within the folder, those that are saved together at once; that
what a build writes is no news; and that a folder which goes away is news, as is its return.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, awatch

from publisher.model.folders import DIST, EDITIONS

Saved = frozenset[str]
# Files that are saved within this time of each other are saved together.
_STEP, _MOST = 20, 400  # ms
_LOOK = 500  # ms: how often it is looked whether the folder is still the same
# Folders in which nothing of the book lies.
_ASIDE = {DIST, EDITIONS}


async def saves(folder: Path) -> AsyncIterator[Saved]:
    """What is saved, for ever."""
    while True:
        with suppress(OSError):
            async for saved in _saves_in(folder):
                yield saved
        yield frozenset()
        while not folder.is_dir():
            await asyncio.sleep(_LOOK / 1000)
        yield frozenset()


async def _saves_in(folder: Path) -> AsyncIterator[Saved]:
    """What is saved as long as the folder is where it was."""
    home = folder.resolve(strict=True)
    own = home.stat().st_ino
    rounds = awatch(
        home,
        watch_filter=_Books(home),
        step=_STEP,
        debounce=_MOST,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    )
    async for changes in rounds:
        if changes:
            yield frozenset(_within(home, path) for _, path in changes)
        if folder.stat().st_ino != own:
            return


class _Books:
    """Tells what belongs to a book from what a build or a text editor leaves beside it."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def __call__(self, _change: Change, path: str) -> bool:
        parts = Path(_within(self._home, path)).parts
        return not any(part.startswith(".") or part.endswith("~") for part in parts) and not (
            parts and parts[0] in _ASIDE
        )


def _within(home: Path, path: str) -> str:
    """A path as seen from the folder; the folder itself is empty."""
    own = Path(path)
    name = own.relative_to(home).as_posix() if own.is_relative_to(home) else own.as_posix()
    return "" if name == "." else name
