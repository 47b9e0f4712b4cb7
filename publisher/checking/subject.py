"""Subject: all that the checks look at, read once.

It promises every listed manuscript with the words of its file, in the order of the book, and the
plans of the sources beside it. It refuses a plan that cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from publisher.checking.words import Words, words_of
from publisher.composition.book import Book
from publisher.composition.faces import brought
from publisher.editorial.assembly import Assembly
from publisher.ground.files import read_file
from publisher.ground.hygiene import decoded
from publisher.ground.places import Place
from publisher.intake.cleaning.changes import Cleaning
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.desk import plans
from publisher.intake.filing import RECORD
from publisher.intake.plan import Plan
from publisher.intake.record import Record, read_record
from publisher.model.folders import DECLARATION
from publisher.model.manuscript import Manuscript
from publisher.typography.typearea import TypeArea

# Markdown has lines of its own, which say nothing of the book's.
LINE_RULES = frozenset(("unwrap", "indents", "trailing-blanks", "blank-lines"))


@dataclass(frozen=True)
class Text:
    """A listed manuscript: its file, its words, what cleaning would make of them.

    `rules_off` are the names of rules that its plan switched off.
    """

    essay: Manuscript
    file: str
    content: bytes
    words: Words
    cleaning: Cleaning
    rules_off: tuple[str, ...] = ()

    def at(self, line: int = 1) -> Place:
        """A line of the file."""
        return Place(self.file, line)


@dataclass(frozen=True)
class Planned:
    """The plan of a source, by the name of its file, and the record of what was written by it."""

    file: str
    plan: Plan
    record: Record


@dataclass(frozen=True)
class Subject:
    """A collection to be checked.

    `areas` are the type areas of the outputs with pages; `is_dated` is whether the files will carry
    a date; `brought` are the characters that no layout's own faces have.
    """

    assembly: Assembly
    texts: tuple[Text, ...]
    plans: tuple[Planned, ...]
    areas: tuple[TypeArea, ...]
    is_dated: bool
    brought: frozenset[str] = frozenset()

    @property
    def declaration(self) -> str:
        """The file of the declaration."""
        return str(self.assembly.folder / DECLARATION)


def subject_of(
    assembly: Assembly,
    planned: tuple[Planned, ...],
    areas: Iterable[TypeArea],
    is_dated: bool,
    books: Iterable[Book] = (),
) -> Subject:
    """The subject of an assembled collection with its plans and the books made of it."""
    texts = texts_of(assembly, planned)
    characters = frozenset().union(*(brought(book.used_faces) for book in books))
    return Subject(assembly, texts, planned, tuple(areas), is_dated, characters)


def plans_of(folder: Path) -> tuple[Planned, ...]:
    """The plans in a collection's folder. Raises PublisherError with the faults of all."""
    return tuple(
        Planned(str(folder / name), plan, _record(folder, name)) for name, plan in plans(folder)
    )


def texts_of(assembly: Assembly, planned: tuple[Planned, ...]) -> tuple[Text, ...]:
    """The listed manuscripts in the order of the book."""
    folder = assembly.folder
    off = {entry.file: row.plan.rules_off for row in planned for entry in row.record.entries}
    return tuple(
        text_of(
            essay, str(folder / essay.path), read_file(folder / essay.path), off.get(essay.path, ())
        )
        for essay in assembly.collection.essays()
    )


def text_of(essay: Manuscript, file: str, content: bytes, rules_off: tuple[str, ...] = ()) -> Text:
    """The text of a manuscript that was read from the bytes of a file."""
    words = words_of(decoded(content, file))
    cleaning = clean(words.text, LINE_RULES | set(rules_off), words.fixed)
    return Text(essay, file, content, words, cleaning, rules_off)


def _record(folder: Path, name: str) -> Record:
    file = (folder / name).with_suffix(RECORD)
    return read_record(read_file(file), str(file)) if file.is_file() else Record("", "", ())
