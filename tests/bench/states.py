"""States: a book built by a process of its own: from nothing, again, and after one change."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tests.bench.books import Book
from tests.bench.measure import Run, run_module
from tests.bench.turns import Makers

COLD, UNCHANGED, CHANGED = "cold", "unchanged", "changed"
STATES = (COLD, UNCHANGED, CHANGED)
OUTPUTS = {"PDF": "screen-hans", "EPUB": "epub-hans"}


class Shop:
    """A copy of a book, with a cache and a dist that belong to it."""

    def __init__(self, book: Book, scratch: Path, hands: str = "process") -> None:
        self._home = scratch / "shop" / book.name
        self._cache = scratch / "cache"
        self._hands = hands
        shutil.copytree(book.folder, self._home, ignore=shutil.ignore_patterns("dist"))
        self._essay = self._middle_essay()

    def makers(self, kinds: Mapping[str, str] = OUTPUTS) -> Makers:
        """What makes each output in each state, in an order in which they can be made."""
        return {
            f"{kind} {state}": partial(getattr(self, state), output)
            for kind, output in kinds.items()
            for state in STATES
        }

    def cold(self, output: str, turn: int) -> Run:
        """With nothing kept but what fontconfig knows of the fonts."""
        shutil.rmtree(self._cache / "publisher" / "results", ignore_errors=True)
        shutil.rmtree(self._dist(output), ignore_errors=True)
        return self._built(output)

    def unchanged(self, output: str, turn: int) -> Run:
        """Once more."""
        return self._built(output)

    def changed(self, output: str, turn: int) -> Run:
        """With a sentence more in the essay in the middle, another one each time."""
        words = self._essay.read_text("utf-8")
        self._essay.write_text(f"{words}\n又过了{turn}天，什么也没有发生。\n", encoding="utf-8")
        return self._built(output)

    def file(self, output: str) -> Path:
        """The finished file of an output."""
        return next(self._dist(output).iterdir())

    def _built(self, output: str) -> Run:
        command = ("publisher", "build", str(self._home), "--output", output, "--json")
        into = ("--into", str(self._dist(output)), "--on", self._hands)
        return run_module(*command, *into, env={"XDG_CACHE_HOME": str(self._cache)})

    def _dist(self, output: str) -> Path:
        return self._home / "dist" / output

    def _middle_essay(self) -> Path:
        from publisher.editorial.assembly import read_collection

        essays = tuple(read_collection(self._home).collection.essays())
        return self._home / essays[len(essays) // 2].path
