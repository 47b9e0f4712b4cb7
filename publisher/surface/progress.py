"""Progress: how far long work is: bars on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from publisher.surface.wording import translated

if TYPE_CHECKING:
    from rich.progress import TaskID

    from publisher.press.making import Progress


@contextmanager
def shown(quiet: bool) -> Iterator[Progress]:
    """A function to hand to a build, which shows what it is told."""
    if quiet:
        yield lambda *_: None
    elif sys.stderr.isatty():
        with _bars() as progress:
            yield progress
    else:
        yield _Lines()


class _Lines:
    """One line when a stage of an output begins."""

    def __init__(self) -> None:
        self._begun: set[tuple[str, str]] = set()

    def __call__(self, output: str, stage: str, done: int, total: int) -> None:
        if (output, stage) not in self._begun:
            self._begun.add((output, stage))
            print(f"{output}: {translated(stage)} ({total})", file=sys.stderr, flush=True)


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[tuple[str, str], TaskID] = {}

    def progress(output: str, stage: str, done: int, total: int) -> None:
        key = (output, stage)
        if key not in tasks:
            tasks[key] = bars.add_task(f"{output} · {translated(stage)}", total=total)
        bars.update(tasks[key], completed=done)

    with bars:
        yield progress
