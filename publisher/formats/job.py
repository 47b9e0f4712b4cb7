"""Job: everything one artefact is made of, closed and picklable.

A format is handed a job and gives an artefact; it reads nothing else but the font files that the
job names by path and digest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from publisher.composition.book import Book
from publisher.ground.fixity import derived_urn
from publisher.typography.pagesize import PageSize

# Told what is being done, how much of it is done, and how much there is.
Watch = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Job:
    """One output of one collection. `date` is ISO 8601 in UTC, or empty where nothing is dated.

    `provenance` states what words were converted by, empty where they are as they were written.
    """

    output: str
    format: str
    book: Book
    page: PageSize
    options: tuple[tuple[str, bool | int | str], ...] = ()
    date: str = ""
    provenance: str = ""

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

    def option(self, name: str, standard: bool) -> bool:
        """An on-off option of the output, or what stands where it is silent."""
        return bool(dict(self.options).get(name, standard))
