"""Rounds: what is made of a collection whenever something in it was saved.

A round begins with the output that somebody looks at, so that its pages are there at once; then
come the others, and what is to be said of the collection. It promises news in that order, and that
a collection which cannot be made is news too, never an exception. What was made last is kept from
round to round, and so are the hands with their cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.checking.characters import missing_glyphs
from publisher.editorial.assembly import Assembly
from publisher.formats.job import Job
from publisher.ground.errors import PublisherError
from publisher.model.declaration import Declaration
from publisher.model.folders import collection_folder
from publisher.press.hands import Hands
from publisher.press.making import Progress, each_made
from publisher.press.places import font_folders
from publisher.press.planning import books_of, drawn_up
from publisher.press.room import prepare
from publisher.preview.contents import contents_of, read_order
from publisher.preview.extras import extra_jobs, is_extra
from publisher.preview.pulling import OpenBook, changed_page, pull_of
from publisher.preview.remarks import refusals, remarks
from publisher.preview.showing import News, Ordered, Pulled, Refused, Remarked, Rested

_MOST_FAULTS = 20


@dataclass(frozen=True)
class Wish:
    """What sets a round off: the files that were saved, and the output that is looked at."""

    saved: frozenset[str] = frozenset()
    looked_at: str = ""

    def and_then(self, later: Wish) -> Wish:
        """Both wishes in one."""
        return Wish(self.saved | later.saved, later.looked_at)


class Rounds:
    """The rounds of one collection, and what they have in common."""

    def __init__(self, place: Path, hands: Hands) -> None:
        self._folder = collection_folder(place)
        self._hands = hands
        self._books: dict[str, OpenBook] = {}

    def round(self, wish: Wish, progress: Progress) -> Iterator[News]:
        """All that is made, and what stands against the rest of it."""
        try:
            yield from self._round(wish, progress)
        except PublisherError as error:
            yield Refused(refusals(self._folder, self._books, error.faults))
        yield Rested()

    def _round(self, wish: Wish, progress: Progress) -> Iterator[News]:
        declaration, known = read_order(self._folder)
        assembly, jobs = self._ready(_first(declaration, wish.looked_at))
        contents = contents_of(declaration, assembly.collection, known)
        self._keep(it for it in self._books if it in contents.outputs or is_extra(it))
        yield Ordered(contents)
        yield from self._pulled(jobs, progress, wish.saved)
        assembly, jobs = self._ready(())
        everything = (*jobs, *extra_jobs(assembly, jobs))
        yield from self._pulled(everything, progress, frozenset())
        self._keep(job.output for job in everything)
        found = remarks(assembly, jobs, self._books, progress)
        yield Remarked(found, tuple(self._books))

    def _keep(self, outputs: Iterable[str]) -> None:
        """Forget what was made of all other outputs."""
        self._books = {name: self._books[name] for name in outputs}

    def _ready(self, outputs: tuple[str, ...]) -> tuple[Assembly, tuple[Job, ...]]:
        """The jobs of outputs, all or those named, with everything checked before pages are set."""
        assembly, jobs = drawn_up(self._folder, outputs)
        faults = missing_glyphs(books_of(jobs))[:_MOST_FAULTS]
        if faults:
            raise PublisherError(*faults)
        prepare(font_folders(self._folder))
        return assembly, jobs

    def _pulled(
        self, jobs: Iterable[Job], progress: Progress, saved: frozenset[str]
    ) -> Iterator[Pulled]:
        """The outputs that are others than they were, each when it is made."""
        row = tuple(jobs)
        for job, artefact in zip(row, each_made(row, progress, self._hands), strict=True):
            old, new = self._books.get(job.output), OpenBook(job, artefact)
            if old and old.digest == new.digest:
                old.job = job
                continue
            turn = changed_page(old, new, saved) if old and saved else None
            self._books[job.output] = new
            yield Pulled(pull_of(new), turn)


def _first(declaration: Declaration, looked_at: str) -> tuple[str, ...]:
    """The output to begin with: the one that is looked at, else the first that is declared."""
    names = [output.name for output in declaration.output]
    return (looked_at,) if looked_at in names else tuple(names[:1])
