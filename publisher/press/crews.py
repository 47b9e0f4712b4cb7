"""Crews: who builds: this process, helpers beside it, or the workers of a cluster.

A crew gives hands for the pages of one collection, and builds many. It promises the same files
whoever makes them. A crew is a row here and a class with two functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say

if TYPE_CHECKING:
    from publisher.press.hands import Hands
    from publisher.press.making import Progress
    from publisher.press.many import Outcome


class Crew(Protocol):
    """Who builds."""

    def hands(self, collection: Path, outputs: tuple[str, ...], progress: Progress) -> Hands:
        """Who sets the pages of one collection."""
        ...

    def build(
        self, folders: Iterable[Path], outputs: tuple[str, ...], progress: Progress
    ) -> Iterator[Outcome]:
        """What becomes of each collection, in their order; `progress` is told when one is done."""
        ...


class Helpers:
    """So many processes on this machine, or one for each processor; one is this process alone."""

    def __init__(self, count: str | None = "1") -> None:
        self._count = int(count) if count else 0

    def hands(self, collection: Path, outputs: tuple[str, ...], progress: Progress) -> Hands:
        """Helpers, for a long book."""
        from publisher.press.hiring import hired

        return hired(collection, outputs, self._count)

    def build(
        self, folders: Iterable[Path], outputs: tuple[str, ...], progress: Progress
    ) -> Iterator[Outcome]:
        """Several collections at a time."""
        from publisher.press.many import build_many
        from publisher.press.processes import processors

        return build_many(folders, outputs, self._count or processors(), progress)


# What is asked for, and who comes: a class that is told what stands in the brackets.
_CREWS = (
    (r"serial", "publisher.press.crews:Helpers"),
    (r"process(?::([1-9][0-9]{0,2}))?", "publisher.press.crews:Helpers"),
    (r"dask:((?:tcp|tls)://[^\s/]+)", "publisher.press.remote:Workers"),
)


def crew_of(wish: str) -> Crew:
    """The crew that somebody wishes to build on. Raises PublisherError where there is none."""
    for pattern, name in _CREWS:
        if found := re.fullmatch(pattern, wish):
            module, _, own = name.partition(":")
            crew: Crew = getattr(import_module(module), own)(*found.groups())
            return crew
    raise PublisherError.of(
        say('nothing can be built on "{wish}"', wish=wish),
        Remedy.CALLER,
        hint=say("write serial, process, process:4 or dask:tcp://host:8786"),
    )
