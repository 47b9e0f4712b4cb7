"""Declaration: what `collection.toml` may say, key by key.

The classes below are the one description of the file: the reader checks against them, `publisher
schema` prints them as JSON Schema, and docs/collection.md is made from them. Texts under the fields
are written for an organiser who is no programmer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from publisher.ground.forms import STRICT

Language = Literal["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"]
ScriptName = Literal["hans", "hant-tw", "hant-hk", "hant-tw-phrases", "hant-hk-phrases"]


@dataclass(frozen=True)
class ImprintTable:
    """Who publishes the collection."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str = ""
    """The publisher's name as it stands on the title page, e.g. a school, an office, a press."""
    place: str = ""
    """The town."""
    printer: str = ""
    """Who prints the book."""
    price: str = ""
    """The price as it shall be printed, e.g. `"28元"` or `"赠阅"`."""


@dataclass(frozen=True)
class PrintingTable:
    """A printing of the book (版次, 印次), the first one first; the imprint page lists them all."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    date: str
    """When it was printed: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    edition: int = 1
    """The edition (版次): another one when the text was changed."""
    number: int = 1
    """Which printing of this edition (印次)."""
    copies: int = 0
    """How many copies. 0: not said."""


@dataclass(frozen=True)
class SectionTable:
    """Essays in order: the front matter or the back matter."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    essays: tuple[str, ...]
    """File names in the order of the book, relative to this file, e.g. `"preface.md"`."""


@dataclass(frozen=True)
class PartTable:
    """A part of the book: a title and its essays in order."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str
    """The part's title, on a page of its own."""
    essays: tuple[str, ...]
    """File names in the order of the part, relative to this file, e.g. `"01-snow.md"`."""


@dataclass(frozen=True)
class ContributorTable:
    """A note on one of the authors, for the notes on contributors."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    """The author's name, spelt as in the essays' front matter."""
    note: str = ""
    """One or two sentences."""


@dataclass(frozen=True)
class ShelfTable:
    """Where the collection is read on the web; EPUBs then link each essay to its other scripts."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    url: str
    """The address of the shelf, where all its collections begin: `https://` and no `?` or `#`."""


@dataclass(frozen=True)
class OutputTable:
    """One file to make."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    """The output's name; the file is called after the collection's slug and this name."""
    format: str
    """The kind of file, such as `"screen"` (a PDF) or `"epub"`; the table below has them all."""
    script: ScriptName = "hans"
    """The script: Simplified, or Traditional as in Taiwan or Hong Kong, or with its words too."""
    layout: str = "chapbook"
    """The design: the name of a layout, or of a folder in the collection's own `layouts/`."""
    page: str = "A5"
    """The page size of a PDF: `"A5"`, `"B6"`, … or width × height in mm, e.g. `"148x210"`."""
    options: dict[str, bool | int | float | str] = field(default_factory=dict)
    """Further wishes that the format understands, e.g. `{ cover = false }`."""


@dataclass(frozen=True)
class Declaration:
    """The whole of `collection.toml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: str
    """The title of the collection."""
    slug: str = ""
    """The beginning of every file name: letters, digits, hyphens. Empty: made from the title."""
    subtitle: str = ""
    """The subtitle."""
    editors: tuple[str, ...] = ()
    """Who gathered and edited the essays."""
    date: str = ""
    """When it was published: YYYY, YYYY-MM or YYYY-MM-DD. Nothing is dated by the clock."""
    version: str = ""
    """The version of the text, e.g. `"1.0"`."""
    identifier: str = ""
    """An ISBN or another name that is this book's alone. Empty: derived from the title."""
    rights: str = ""
    """Who holds the rights and what readers may do."""
    description: str = ""
    """Two or three sentences for a catalogue."""
    language: Language = "zh-Hans"
    """What the essays are written in."""
    imprint: ImprintTable = field(default_factory=ImprintTable)
    """Who publishes the collection."""
    front: SectionTable | None = None
    """Front matter: preface, dedication."""
    essays: tuple[str, ...] = ()
    """The essays of a book without parts, in order. A book has these or parts, not both."""
    part: tuple[PartTable, ...] = ()
    """The parts of the book, in order."""
    back: SectionTable | None = None
    """Back matter: afterword, appendices."""
    printing: tuple[PrintingTable, ...] = ()
    """The printings of the book, from the first to this one."""
    contributor: tuple[ContributorTable, ...] = ()
    """Notes on the authors, in the order they shall stand."""
    shelf: ShelfTable | None = None
    """The shelf on the web where the collection is read."""
    output: tuple[OutputTable, ...] = ()
    """The files to make."""
