"""Job: everything one artefact is made of, closed and picklable.

A format is handed a job and gives an artefact; it reads nothing else but the font files that the
job names by path and digest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from publisher.composition.book import Book
from publisher.composition.compositor import Bench, Setter
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.fixity import derived_urn
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.addresses import Sibling
from publisher.model.artefact import PageStart
from publisher.model.sources import Source
from publisher.prepress.metadata import Identity
from publisher.typography.pagesize import PageSize

# Told what is being done, how much of it is done, and how much there is.
Teller = Callable[[str, int, int], None]


class Watch:
    """Who looks on while a job is done, and the hands that set its formes: if none, those here."""

    def __init__(self, tell: Teller, setter: Setter | None = None) -> None:
        self.tell = tell
        self.setter = setter or Bench().set

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say what is being done, how much of it is done, and how much there is."""
        self.tell(stage, done, total)


@dataclass(frozen=True)
class Job:
    """One output of one collection. `date` is ISO 8601 in UTC, or empty where nothing is dated.

    `provenance` states what words were converted by, empty where they are as they were written.
    `facing` is the same book in the script of the right-hand pages of a parallel edition.
    `sources` are the files the book is made of, where the format wants them.
    `siblings` are the same book in other scripts, where the format links to their essays.
    `print_edition` is the job whose page numbers this one bears, or which a cover is put around;
    `starts` are where its pages begin, `pages` is how many it has, 0 where nobody knows.
    """

    output: str
    format: str
    book: Book
    page: PageSize
    options: tuple[tuple[str, bool | int | float | str], ...] = ()
    date: str = ""
    provenance: str = ""
    facing: Book | None = None
    print_edition: Job | None = None
    starts: tuple[PageStart, ...] = ()
    pages: int = 0
    sources: tuple[Source, ...] = ()
    siblings: tuple[Sibling, ...] = ()

    @property
    def file_stem(self) -> str:
        """The artefact's name without its ending."""
        return f"{self.book.collection.about.slug}-{self.output}"

    @property
    def identifier(self) -> str:
        """A stable name for this output of this version of the collection."""
        about = self.book.collection.about
        own = about.identifier or f"{about.title}/{self.book.collection.imprint.name}"
        return derived_urn(own, about.version, self.output)

    @property
    def vertical(self) -> bool:
        """Whether lines run downwards, from right to left; `writing` is horizontal by default."""
        return dict(self.options).get("writing") == "vertical"

    @property
    def identity(self) -> Identity:
        """What tells the finished file from every other."""
        version = self.book.collection.about.version
        return Identity(self.identifier, version or "1", self.date)

    def require_date(self) -> None:
        """Raise PublisherError where nothing dates the collection, and no clock is to be read."""
        if not self.date:
            raise PublisherError.of(
                say(
                    'the output "{name}" bears a date, and this collection has none',
                    name=self.output,
                ),
                Remedy.EDITOR,
                Place(f"{self.book.folder}/collection.toml", key="date"),
                say('write date = "YYYY-MM-DD"'),
            )

    def option(self, name: str, standard: bool) -> bool:
        """An on-off option of the output, or what stands where it is silent."""
        return bool(dict(self.options).get(name, standard))

    def word(self, name: str, standard: str) -> str:
        """An option of the output that is a word, or what stands where it is silent."""
        return str(dict(self.options).get(name, standard))
