"""Build: a collection's outputs made, and written together.

It promises that `dist` changes only when everything asked for was made, and that a build of which
nothing changed needs nothing that sets pages. It refuses to start where another build is writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.ground.notices import Notice
from publisher.model.artefact import Artefact
from publisher.model.folders import DECLARATION, DIST, collection_folder
from publisher.press.reuse import Finished, Reuse, files_of
from publisher.press.store import own_store
from publisher.press.writing import held, write_together

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.editorial.assembly import Assembly
    from publisher.formats.job import Job
    from publisher.press.hands import Hands
    from publisher.press.making import Progress

    # Asks for hands when there is something to set.
    Hire = Callable[[], Hands]


@dataclass(frozen=True)
class BuildReport:
    """What a build made and what it noticed; `folder` is where the files lie."""

    folder: Path
    artefacts: tuple[Artefact, ...]
    notices: tuple[Notice, ...]

    @classmethod
    def of(cls, folder: Path, finished: Finished) -> BuildReport:
        """What lies finished in a folder."""
        return cls(folder, finished.artefacts, finished.notices)


def build(
    collection: Path,
    into: Path | None = None,
    outputs: tuple[str, ...] = (),
    progress: Progress = lambda *_: None,
    hire: Hire | None = None,
) -> BuildReport:
    """Make a collection's outputs, all or those named, into a folder (its own `dist` by default).

    Where nothing has changed since they were made, nothing is made again, and nobody hired. Hands
    set the pages: a helper for each processor by default.

    Raises PublisherError with every fault found; the folder is then as it was.
    """
    home = collection_folder(collection)
    folder = into or home / DIST
    reuse = Reuse(own_store(), home, outputs)
    if finished := reuse.finished(folder):
        return BuildReport.of(folder, finished)
    from publisher.press.hiring import hired

    # Before all else is loaded: helpers get ready meanwhile.
    with closing(hire() if hire else hired(collection, outputs)) as hands:
        assembly, jobs = _planned(collection, outputs)
        with held(folder):
            made = _made(assembly, jobs, progress, hands)
            write_together(folder, made.contents)
    reuse.keep(made.files, made.finished)
    return BuildReport.of(folder, made.finished)


def _planned(collection: Path, outputs: tuple[str, ...]) -> tuple[Assembly, tuple[Job, ...]]:
    from publisher.press.planning import plan
    from publisher.press.reading import kept_reading

    return plan(collection, outputs, kept_reading(own_store()))


@dataclass(frozen=True)
class Made:
    """What was made of a collection and not written yet; `files` of its folder it rests on."""

    finished: Finished
    files: tuple[str, ...]

    @property
    def contents(self) -> dict[str, bytes]:
        """The files to write, by name."""
        return {it.file_name: it.content for it in self.finished.artefacts}


def make(collection: Path, outputs: tuple[str, ...], hands: Hands) -> Made:
    """What `build` makes of a collection, for somebody else to write; errors as there."""
    return _made(*_planned(collection, outputs), lambda *_: None, hands)


def _made(assembly: Assembly, jobs: tuple[Job, ...], progress: Progress, hands: Hands) -> Made:
    from publisher.press.making import all_made
    from publisher.press.places import font_folders
    from publisher.press.room import prepare

    prepare(font_folders(assembly.folder))
    artefacts = all_made(jobs, progress, hands)
    notices = (*assembly.notices, *_dating(jobs, assembly), *_from(artefacts))
    return Made(Finished(artefacts, notices), tuple(files_of(assembly.collection)))


def _dating(jobs: tuple[Job, ...], assembly: Assembly) -> Iterator[Notice]:
    from publisher.checking.declared import undated

    if jobs and not jobs[0].date:
        yield undated(str(assembly.folder / DECLARATION))


def _from(artefacts: tuple[Artefact, ...]) -> Iterator[Notice]:
    seen = dict.fromkeys(notice for made in artefacts for notice in made.notices)
    yield from seen
