"""Edition: what was published once and is kept: what it is, what it holds, what it was made with.

It promises a value that stands in the edition itself as `data/build.json` and reads back equal. Its
identifier is derived from the collection's, so that the same version is always called the same.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.fixity import derived_urn
from publisher.ground.forms import STRICT, check_form
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.collection import Collection

RECORD = "build.json"
# Folders of the payload.
SOURCE, TEXT, LAYOUTS, FONTS = "source", "text", "layouts", "fonts"
METADATA, REPORTS = "metadata", "reports"
FORM = 1

Pairs = tuple[tuple[str, str], ...]
_VERSION = re.compile(r"[0-9A-Za-z][\w.+-]*")
# Windows takes these for devices, whatever follows a dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\.|$)", re.IGNORECASE)
# A name that begins with a letter or a figure, and is no way.
_NAME = re.compile(r"[^\W_][\w.-]*")


@dataclass(frozen=True)
class Work:
    """One file of an edition: `file` is its name in the payload; `pages` is 0 where it has none."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    output: str
    file: str
    format: str
    script: str
    layout: str
    page: str
    options: Pairs
    media_type: str
    identifier: str
    sha256: str
    pages: int


@dataclass(frozen=True)
class Essay:
    """An essay in its place: the part it stands in, its path in the sources, its title."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    part: str
    path: str
    title: str
    authors: tuple[str, ...]


@dataclass(frozen=True)
class FontFile:
    """A font that the edition was set in."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    family: str
    weight: int
    file: str
    version: str
    licence: str
    sha256: str


@dataclass(frozen=True)
class Edition:
    """`responsibility` says who made it; `open_questions` what was undecided when it was frozen.

    `tools` are names and versions of all that shaped the bytes.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    form: int
    identifier: str
    title: str
    subtitle: str
    slug: str
    version: str
    date: str
    responsibility: str
    publisher: str
    language: str
    rights: str
    description: str
    works: tuple[Work, ...] = ()
    essays: tuple[Essay, ...] = ()
    fonts: tuple[FontFile, ...] = ()
    tools: Pairs = ()
    open_questions: tuple[str, ...] = ()


def identifier_of(collection: Collection) -> str:
    """The name of this version of a collection, stable as long as it is called the same."""
    about = collection.about
    own = about.identifier or f"{about.title}/{collection.imprint.name}"
    return derived_urn(own, about.version, "edition")


def responsibility_of(collection: Collection) -> str:
    """Who answers for the book: its editors, or its authors where it names no editor."""
    return "、".join(collection.about.editors or collection.authors())


def named(collection: Collection) -> Edition:
    """The edition that a collection says it is, before anything was made of it."""
    about, imprint = collection.about, collection.imprint
    return Edition(
        form=FORM,
        identifier=identifier_of(collection),
        title=about.title,
        subtitle=about.subtitle,
        slug=about.slug,
        version=about.version,
        date=about.date,
        responsibility=responsibility_of(collection),
        publisher="，".join(filter(None, (imprint.place, imprint.name))),
        language=about.language,
        rights=about.rights,
        description=about.description,
    )


def is_version(text: str) -> bool:
    """Whether a version can name a folder everywhere: letters, digits, `.`, `+`, `-`, `_`."""
    return bool(_VERSION.fullmatch(text)) and not text.endswith(".") and not _DEVICE.match(text)


def written(edition: Edition) -> bytes:
    """An edition as the bytes of its record."""
    return f"{json.dumps(asdict(edition), ensure_ascii=False, indent=1)}\n".encode()


def read_edition(content: bytes, file: str) -> Edition:
    """The edition in a record. Raises PublisherError where it is none, or of a later form."""
    try:
        table = json.loads(content)
    except (ValueError, RecursionError):
        table = None
    if not isinstance(table, dict) or table.get("form") != FORM:
        raise PublisherError.of(
            say("this record of an edition cannot be read"),
            Remedy.CALLER,
            Place(file),
            say("an edition of a later form needs a later publisher"),
        )
    edition = check_form(Edition, table, file)
    _require_names(edition, file)
    return edition


def _require_names(edition: Edition, file: str) -> None:
    """Raise PublisherError where what shall be the name of a file or folder could lead away."""
    wrong = [
        say('"{name}" names no file of an edition', name=name)
        for name in (edition.slug, *(work.file for work in edition.works))
        if not _NAME.fullmatch(name)
    ]
    if not is_version(edition.version):
        wrong.append(say('"{name}" is no version of an edition', name=edition.version))
    if wrong:
        hint = say("look for another copy of this edition")
        raise PublisherError(*(Fault(it, Remedy.CALLER, Place(file), hint) for it in wrong))
