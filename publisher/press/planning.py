"""Planning: a collection's outputs as jobs.

It promises that every fault that can be found before the first page is set is found then, all at
once; that nothing depends on the clock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from publisher.composition.book import Book
from publisher.composition.faces import Face, glyphless, read_faces, require_intact
from publisher.composition.layout import Layout, read_layout
from publisher.editorial.assembly import Assembly, Reader, read_collection
from publisher.editorial.manuscripts import read_manuscript
from publisher.formats.job import Job
from publisher.formats.registry import FORMATS
from publisher.ground.errors import Fault, PublisherError, Remedy, gather
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.model.addresses import Sibling
from publisher.model.declaration import OutputTable
from publisher.model.folders import DECLARATION
from publisher.model.scripts import SCRIPTS
from publisher.model.sources import Source
from publisher.press.conversions import Conversions
from publisher.press.options import (
    Wish,
    parallel_script,
    print_edition,
    require_possible,
    sibling_scripts,
)
from publisher.press.places import font_folders, layout_shelves
from publisher.press.sources import sources_of
from publisher.typography.pagesize import SIZES, PageSize, page_size

_MOST_GLYPHS = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def plan(
    collection: Path, outputs: tuple[str, ...] = (), read: Reader = read_manuscript
) -> tuple[Assembly, tuple[Job, ...]]:
    """The jobs for a collection's outputs, with everything checked that needs no engine."""
    assembly, jobs = drawn_up(collection, outputs, read)
    _require_glyphs(books_of(jobs))
    return assembly, jobs


def drawn_up(
    collection: Path, outputs: tuple[str, ...] = (), read: Reader = read_manuscript
) -> tuple[Assembly, tuple[Job, ...]]:
    """The jobs as `plan` gives them, before anybody asked whether the fonts have all glyphs.

    What was noticed of the conversions stands among the assembly's notices.
    """
    assembly = read_collection(collection, read)
    file = str(assembly.folder / DECLARATION)
    wanted = _wanted(assembly.outputs, outputs, file)
    faces = tuple(face for folder in font_folders(assembly.folder) for face in read_faces(folder))
    planner = _Planner(assembly, faces, file)
    jobs = gather(partial(planner.job, number, output) for number, output in wanted)
    gather(partial(_require_families, book) for book in books_of(jobs))
    require_intact({face: None for book in books_of(jobs) for face in book.used_faces})
    noticed = (*assembly.notices, *planner.conversions.notices)
    return replace(assembly, notices=noticed), jobs


def books_of(jobs: Iterable[Job]) -> tuple[Book, ...]:
    """The books of jobs, each script in each layout once."""
    books = (book for job in jobs for book in (job.book, job.facing) if book)
    return tuple({(book.script.name, book.layout.name): book for book in books}.values())


class _Planner:
    """Makes jobs of one collection; reads each layout and converts to each script once."""

    def __init__(self, assembly: Assembly, faces: tuple[Face, ...], file: str) -> None:
        self.assembly = assembly
        self.faces = faces
        self.file = file
        self.conversions = Conversions(assembly)
        self._layouts: dict[str, Layout] = {}

    def job(self, number: int, output: OutputTable) -> Job:
        """The job for one output. Raises PublisherError with all that is wrong with it."""
        wish = Wish(output, self.assembly.outputs, self.file, number)
        steps: tuple[Callable[[], object], ...] = (
            partial(self._page, number, output),
            partial(self._layout, number, output),
            partial(self.conversions.edition, SCRIPTS[output.script]),
            partial(require_possible, wish),
        )
        gather(steps)
        book, facing = self._book(number, output, output.script), self._facing(wish)
        job = Job(
            output=output.name,
            format=output.format,
            book=book,
            page=self._page(number, output),
            options=tuple(sorted(output.options.items())),
            date=stamp(book.collection.about.date),
            provenance=" | ".join(self._provenances(book, facing)),
            facing=facing,
            sources=self._sources(output),
            siblings=self._siblings(wish),
            print_edition=self._print_edition(wish),
        )
        FORMATS[output.format].require_ready(job)
        return job

    def _book(self, number: int, output: OutputTable, script: str) -> Book:
        return Book(
            self.conversions.edition(SCRIPTS[script]).collection,
            self._layout(number, output),
            SCRIPTS[script],
            self.faces,
            str(self.assembly.folder),
        )

    def _facing(self, wish: Wish) -> Book | None:
        """The book for the right-hand pages of a parallel edition."""
        script = parallel_script(wish)
        return (
            self._book(wish.number, wish.output, script) if script != wish.output.script else None
        )

    def _provenances(self, *books: Book | None) -> Iterator[str]:
        for book in books:
            if book and (stated := self.conversions.edition(book.script).provenance):
                yield stated

    def _sources(self, output: OutputTable) -> tuple[Source, ...]:
        """The files the book is made of, for a format that carries them."""
        if not FORMATS[output.format].has_sources:
            return ()
        return sources_of(self.assembly, output.layout)

    def _siblings(self, wish: Wish) -> tuple[Sibling, ...]:
        """The other scripts of the book, where its essays stand on a shelf."""
        root, slug = self.assembly.shelf, self.assembly.collection.about.slug
        scripts = sibling_scripts(wish) if root else ()
        return tuple(Sibling(SCRIPTS[name], root, slug) for name in scripts)

    def _print_edition(self, wish: Wish) -> Job | None:
        """The job of the output whose page numbers an output bears."""
        edition = print_edition(wish)
        return self.job(wish.declared.index(edition) + 1, edition) if edition else None

    def _page(self, number: int, output: OutputTable) -> PageSize:
        size = page_size(output.page)
        if size is None:
            raise PublisherError.of(
                say('there is no page size "{size}"', size=output.page),
                Remedy.EDITOR,
                Place(self.file, key=f"output[{number}].page"),
                say(
                    "write width × height in mm, from 50 to 600, or one of {names}",
                    names=", ".join(SIZES),
                ),
            )
        return size

    def _layout(self, number: int, output: OutputTable) -> Layout:
        if output.layout not in self._layouts:
            at = Place(self.file, key=f"output[{number}].layout")
            shelves = layout_shelves(self.assembly.folder)
            self._layouts[output.layout] = read_layout(output.layout, shelves, at)
        return self._layouts[output.layout]


def stamp(date: str) -> str:
    """The moment that files are dated with: the collection's date, else SOURCE_DATE_EPOCH.

    ISO 8601 in UTC with seconds; empty where neither is given. Never the clock.
    """
    if date:
        year, month, day = (*date.split("-"), "01", "01")[:3]
        return f"{year}-{month}-{day}T00:00:00Z"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return ""
    try:
        moment = _EPOCH + timedelta(seconds=int(epoch if epoch.isdecimal() else ""))
    except (ValueError, OverflowError):
        raise PublisherError.of(
            say('SOURCE_DATE_EPOCH is "{value}", which is no moment', value=epoch),
            Remedy.MACHINE,
            hint=say("give seconds since 1970, or leave it unset"),
        ) from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _wanted(
    declared: tuple[OutputTable, ...], names: tuple[str, ...], file: str
) -> list[tuple[int, OutputTable]]:
    known = [output.name for output in declared]
    if not declared:
        raise PublisherError.of(
            say("the collection declares no output"),
            Remedy.EDITOR,
            Place(file, key="output"),
            say('add [[output]] with name = "screen-hans" and format = "screen"'),
        )
    unknown = [name for name in names if name not in known]
    if unknown:
        raise PublisherError(
            *(
                Fault(
                    say('there is no output "{name}"', name=name),
                    Remedy.CALLER,
                    Place(file, key="output"),
                    meant(name, known),
                )
                for name in unknown
            )
        )
    numbered = enumerate(declared, start=1)
    return [(number, output) for number, output in numbered if not names or output.name in names]


def _require_glyphs(books: Iterable[Book]) -> None:
    """Raise PublisherError naming each character no font has, once for all scripts."""
    faults: dict[str, Fault] = {}
    for book in books:
        faults = glyphless(book.passages(), book.used_faces) | faults
    if faults:
        raise PublisherError(*list(faults.values())[:_MOST_GLYPHS])


def _require_families(book: Book) -> None:
    """Raise PublisherError for each font family that a layout names and nobody has."""
    known = sorted({face.family for face in book.faces})
    faults = [
        Fault(
            say('there is no font family "{family}"', family=family),
            Remedy.DESIGNER,
            Place(f"layouts/{book.layout.name}/layout.toml", key=f"fonts.{role}"),
            meant(family, known),
        )
        for role, stack in book.stacks.items()
        for family in stack
        if family not in known
    ]
    if faults:
        raise PublisherError(*faults)
