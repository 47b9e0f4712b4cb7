"""Book: a converted collection together with its layout, ready to be written out for a medium.

It promises for every division a template filled with plain values, and for every medium the style
sheets with the designer's quantities in them. It knows no engine: pages and documents are made of
its texts by others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, overload

from publisher.composition.divisions import Division, divide
from publisher.composition.faces import EXTRA, Face, Passage
from publisher.composition.layout import Layout
from publisher.composition.markup import Medium, anchor_of, essay_markup, notes_markup
from publisher.composition.templates import fill_sheet, fill_template
from publisher.ground.errors import PublisherError
from publisher.ground.han import count_ideographs
from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.collection import Collection
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import Script
from publisher.typography.barcode import isbn
from publisher.typography.pagesize import PageSize
from publisher.typography.typearea import TypeArea

# Among the labels of pages: how many pages the finished book has.
ALL_PAGES = "#pages"
_REGULAR = 400  # bold faces are cut from the same source


@dataclass(frozen=True)
class Book:
    """What every medium's writer needs. `folder` is only for messages: where the essays lie."""

    collection: Collection
    layout: Layout
    script: Script
    faces: tuple[Face, ...]
    folder: str = ""

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of the page in this book's script."""
        return self.layout.dictionary(self.script.family)

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """The whole row, in order."""
        return divide(self.collection, self.layout, self.words)

    def divisions_for(self, medium: str) -> tuple[Division, ...]:
        """Those of the row that are for a medium."""
        return tuple(it for it in self.divisions if it.medium in ("", medium))

    @cached_property
    def used_faces(self) -> tuple[Face, ...]:
        """The faces that the layout's roles name in this script."""
        families = {family for stack in self.stacks.values() for family in stack}
        return tuple(face for face in self.faces if face.family in families)

    @cached_property
    def stacks(self) -> dict[str, tuple[str, ...]]:
        """The families of each role in order, the collection's own fonts as the last resort."""
        extra = tuple(face.family for face in self.faces if face.role == EXTRA)
        stacks = self.layout.stacks(self.script.family)
        return {role: stack + extra for role, stack in stacks.items()}

    def passages(self) -> list[Passage]:
        """Every text that will be set, with its place, for the check of glyphs."""
        declared = Place(f"{self.folder}/collection.toml")
        found: list[Passage] = [(text, declared) for text in self._declared()]
        for essay in self.collection.essays():
            found += _essay_passages(essay, Place(f"{self.folder}/{essay.path}"))
        return found

    def _declared(self) -> Iterator[str]:
        """The words that stand in the declaration and in the layout."""
        collection = self.collection
        about, imprint = collection.about, collection.imprint
        yield from (about.title, about.subtitle, *about.editors, about.rights, about.description)
        yield from (about.version, about.identifier)
        yield from (imprint.name, imprint.place, imprint.printer, imprint.price)
        yield from (part.title for part in collection.parts)
        yield from (
            text for person in collection.contributors for text in (person.name, person.note)
        )
        yield from self.words.values()

    def sheet(self, names: tuple[str, ...], page: PageSize | None, area: TypeArea | None) -> str:
        """The layout's style sheets of the given names as one text, base before extension."""
        values = {
            "tokens": {key.replace("-", "_"): value for key, value in self.layout.tokens},
            "design": self.layout.design,
            "fonts": {
                role: ", ".join(f'"{family}"' for family in stack)
                for role, stack in self.stacks.items()
            },
            "page": page,
            "area": area,
            "script": self.script,
            "words": {key.replace("-", "_"): word for key, word in self.words.items()},
        }
        ordered = (s for name in names for s in self.layout.sheets if s.name == name)
        return "\n".join(fill_sheet(sheet, values) for sheet in ordered)

    def markup(
        self,
        division: Division,
        medium: Medium,
        labels: dict[str, str] | None = None,
        page: PageSize | None = None,
    ) -> str:
        """A division's markup; `labels` are page labels by anchor, for contents pages."""
        pages = int((labels or {}).get(ALL_PAGES, 0))
        values = self._values(medium, labels or {}) | {
            "sheets": f"{pages / page.leaves:g}" if page and pages else "",
            "division": division,
            "page": page,
            "essay": _essay_values(division.essay, medium) if division.essay else None,
        }
        return fill_template(self.layout, f"{division.kind}.html", values)

    def _values(self, medium: Medium, labels: dict[str, str]) -> dict[str, Any]:
        return {
            "medium": medium.name,
            "book": self.collection.about,
            "imprint": self.collection.imprint,
            "isbn": _isbn(self.collection.about.identifier),
            "words": {key.replace("-", "_"): word for key, word in self.words.items()},
            "date_words": self._in_words(self.collection.about.date),
            "printings": self._printings(),
            "characters": self._characters,
            "contents": Rows(partial(self._contents, medium, labels)),
            "contributors": Rows(partial(self._contributors, medium)),
            "authors": Rows(partial(self._authors, medium)),
            "faces": self._credits(),
            "script": self.script,
        }

    def _contents(self, medium: Medium, labels: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {
                "level": division.level,
                "kind": division.kind,
                "title": division.title,
                "authors": division.authors,
                "part": division.part,
                "address": medium.division(division.anchor),
                "label": labels.get(division.anchor, ""),
            }
            for division in self.divisions_for(medium.name)
            if division.level
        ]

    def _contributors(self, medium: Medium) -> list[dict[str, Any]]:
        return [
            {"name": person.name, "note": person.note, "essays": self._works(person.name, medium)}
            for person in self.collection.contributors
        ]

    def _authors(self, medium: Medium) -> list[dict[str, Any]]:
        names = self.collection.authors()
        return [{"name": name, "essays": self._works(name, medium)} for name in names]

    def _works(self, author: str, medium: Medium) -> list[dict[str, str]]:
        """What somebody wrote for the book."""
        return [
            {"title": essay.title, "address": medium.division(anchor_of(essay.identity))}
            for essay in self.collection.essays()
            if author in essay.authors
        ]

    def _credits(self) -> list[dict[str, str]]:
        """What the faces made for this script are cut from, each source once."""
        own = (
            face
            for face in self.used_faces
            if self.script.language in face.regions and face.weight == _REGULAR
        )
        rows = {face.name or face.family: face.licence for face in own}
        return [{"name": name, "licence": licence} for name, licence in sorted(rows.items())]

    @cached_property
    def _characters(self) -> int:
        return sum(
            count_ideographs(text)
            for essay in self.collection.essays()
            for text, _ in _essay_passages(essay, Place())
        )

    def _printings(self) -> list[dict[str, Any]]:
        rows = self.collection.imprint.printings
        return [
            {
                "date_words": self._in_words(row.date),
                "edition": row.edition,
                "number": row.number,
                "copies": row.copies,
            }
            for row in rows
        ]

    def _in_words(self, date: str) -> str:
        """A date in the words of the page: 2020年6月1日."""
        parts = [str(int(part)) for part in date.split("-") if part]
        units = ("year", "month", "day")
        return "".join(
            f"{part}{self.words.get(unit, '')}" for part, unit in zip(parts, units, strict=False)
        )


def _isbn(identifier: str) -> str:
    """An ISBN in the groups in which it is written; empty where it is another name or mistyped."""
    try:
        return re.sub(r"(?i)^isbn[:\s]*", "", identifier.strip()) if isbn(identifier) else ""
    except PublisherError:
        return ""


class Rows(Sequence[dict[str, Any]]):
    """Rows that are made when a template first asks for them: few templates do."""

    def __init__(self, make: Callable[[], list[dict[str, Any]]]) -> None:
        self._make = make

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return self._make()

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        return self._rows[index]


def _essay_values(essay: Manuscript, medium: Medium) -> dict[str, Any]:
    from markupsafe import Markup

    return {
        "title": essay.title,
        "subtitle": essay.subtitle,
        "authors": essay.authors,
        "date": essay.date,
        "source": essay.source,
        "note": essay.note,
        "body": Markup(essay_markup(essay, medium)),  # noqa: S704 (made of escaped words)
        "notes": Markup(notes_markup(essay, medium)),  # noqa: S704
    }


def _essay_passages(essay: Manuscript, at: Place) -> list[Passage]:
    found: list[Passage] = [
        (text, Place(at.file, 1))
        for text in (essay.title, essay.subtitle, *essay.authors, essay.date, essay.source)
    ]
    found.append((essay.note, Place(at.file, 1)))
    for blocks in (essay.blocks, *(note.blocks for note in essay.notes)):
        for content, line in m.passages(blocks):
            found.append((m.plain(content) + m.readings(content), Place(at.file, line)))
    return found
