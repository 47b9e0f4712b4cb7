"""Making: jobs become artefacts, each once, those with pages before those that bear their numbers.

It promises the artefacts in the order of the jobs, and that the boxes of one book are swept away
before the next is set.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from publisher.formats.job import Job, Watch
from publisher.formats.registry import FORMATS
from publisher.model.artefact import Artefact
from publisher.press.hands import Hands, Here

# Told the output, what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, str, int, int], None]


def all_made(
    jobs: Iterable[Job], progress: Progress, hands: Hands | None = None
) -> tuple[Artefact, ...]:
    """The artefacts of jobs, set by some hands or here."""
    return tuple(each_made(jobs, progress, hands))


def each_made(
    jobs: Iterable[Job], progress: Progress, hands: Hands | None = None
) -> Iterator[Artefact]:
    """The artefacts of jobs, each when it is asked for.

    A print edition that is no job itself is made for its pages alone.
    """
    bench = _Bench(progress, hands or Here())
    return (bench.artefact(job) for job in jobs)


class _Bench:
    """Holds what was made so far, by the name of its output."""

    def __init__(self, progress: Progress, hands: Hands) -> None:
        self._progress = progress
        self._hands = hands
        self._made: dict[str, Artefact] = {}

    def artefact(self, job: Job) -> Artefact:
        if job.output not in self._made:
            self._made[job.output] = self._new(self._numbered(job))
        return self._made[job.output]

    def _numbered(self, job: Job) -> Job:
        """The job told where the pages of its print edition begin, and how many there are."""
        edition = job.print_edition
        if edition is None:
            return job
        made = self.artefact(edition)
        return replace(job, starts=made.starts, pages=made.pages or 0)

    def _new(self, job: Job) -> Artefact:
        if self._made:
            gc.collect()
        watch = Watch(partial(self._progress, job.output), self._hands.set)
        return FORMATS[job.format].load()(job, watch)
