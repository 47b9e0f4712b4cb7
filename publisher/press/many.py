"""Many: several collections built side by side, each as it is built alone.

It promises an outcome for every collection, in their order, whatever becomes of the others; and
that no more of them are in hand at once than there are helpers.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.files import is_file
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.folders import DECLARATION
from publisher.press.build import BuildReport, build
from publisher.press.hiring import own_hands
from publisher.press.making import Progress
from publisher.press.processes import helper_begins, start_method


@dataclass(frozen=True)
class Outcome:
    """What became of one collection: a report, or the faults that stand against it."""

    folder: Path
    report: BuildReport | None = None
    faults: tuple[Fault, ...] = ()


def build_many(
    folders: Iterable[Path], outputs: tuple[str, ...], helpers: int, progress: Progress
) -> Iterator[Outcome]:
    """Build collections by so many helpers; `progress` is told when one is done."""
    row = tuple(folders)
    one = partial(built, outputs=outputs)
    found = map(one, row) if helpers < 2 else _side_by_side(one, row, helpers)  # noqa: PLR2004
    for number, outcome in enumerate(found, start=1):
        progress("", "building", number, len(row))
        yield outcome


def collections_in(folder: Path) -> tuple[Path, ...]:
    """The collections in a folder and in those below it, by their paths.

    Raises PublisherError where there is none. What lies in a collection belongs to it.
    """
    found = tuple(_collections(folder))
    if not found:
        raise PublisherError.of(
            say("there is no collection in this folder or below it"),
            Remedy.CALLER,
            Place(str(folder)),
            say("a collection is a folder with a {name}", name=DECLARATION),
        )
    return found


def _collections(folder: Path) -> Iterator[Path]:
    for place, folders, _ in os.walk(folder):
        folders[:] = sorted(it for it in folders if not it.startswith("."))
        if is_file(Path(place) / DECLARATION):
            folders.clear()
            yield Path(place)


def _side_by_side(one: partial[Outcome], row: tuple[Path, ...], helpers: int) -> Iterator[Outcome]:
    begin = partial(helper_begins, os.getpid())
    with ProcessPoolExecutor(helpers, start_method(), initializer=begin) as executor:
        waiting: list[tuple[Path, Future[Outcome] | None]] = []
        for folder in row:
            waiting.append((folder, _asked(executor, one, folder)))
            if len(waiting) > 2 * helpers:
                yield _outcome(one, *waiting.pop(0))
        for folder, future in waiting:
            yield _outcome(one, folder, future)


def _asked(
    executor: ProcessPoolExecutor, one: partial[Outcome], folder: Path
) -> Future[Outcome] | None:
    """What a helper will find; None where no helper takes anything any more, for one died."""
    with suppress(BrokenProcessPool):
        return executor.submit(one, folder)
    return None


def _outcome(one: partial[Outcome], folder: Path, future: Future[Outcome] | None) -> Outcome:
    """What a helper found; where it died, the collection is built here."""
    if future:
        with suppress(BrokenProcessPool):
            return future.result()
    return one(folder)


def built(folder: Path, outputs: tuple[str, ...]) -> Outcome:
    """A collection built by this process alone."""
    gc.collect()
    try:
        return Outcome(folder, build(folder, outputs=outputs, hire=partial(own_hands, 1)))
    except PublisherError as error:
        return Outcome(folder, faults=error.faults)
