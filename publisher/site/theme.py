"""Theme: the templates, words and looks of a shelf's pages.

It promises the shipped theme with whatever a store has of its own in place of it, file by file and
word by word, and the words of both ways of writing. A page is a template filled with values that
are escaped; a template that fails is told with its file and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from publisher.composition.layout import Sheet
from publisher.composition.templates import filled
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import lies_inside, read_file
from publisher.ground.forms import STRICT, read_form
from publisher.ground.hygiene import decoded

NAME = "shelf"
WORDS = "words.toml"
TEMPLATES = "templates"
# What lies here is served as it is.
SERVED = "served"


@dataclass(frozen=True)
class WordsForm:
    """The whole of `words.toml`: the words of the pages, by key."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    hans: dict[str, str] = field(default_factory=dict)
    """In Simplified characters."""
    hant: dict[str, str] = field(default_factory=dict)
    """In Traditional characters."""


@dataclass(frozen=True)
class Theme:
    """`words` are (script family, key, word), `served` files by name."""

    templates: tuple[Sheet, ...]
    words: tuple[tuple[str, str, str], ...]
    served: tuple[tuple[str, bytes], ...]

    def dictionary(self, family: str) -> Mapping[str, str]:
        """The words for a script family, `hans` or `hant`."""
        return self._dictionaries[family]

    @cached_property
    def _dictionaries(self) -> Mapping[str, Mapping[str, str]]:
        families = {family for family, _, _ in self.words}
        return {
            family: {key: word for own, key, word in self.words if own == family}
            for family in families
        }

    def page(self, template: str, values: dict[str, Any]) -> bytes:
        """A page. Raises PublisherError where the template fails."""
        place = f"layouts/{NAME}/{TEMPLATES}/{template}"
        return filled(self.templates, template, values, place).encode()


def read_theme(folders: tuple[Path, ...]) -> Theme:
    """The theme in folders of which the first has the first say.

    Raises PublisherError where a file cannot be read.
    """
    files: dict[str, Path] = {}
    words: dict[tuple[str, str], str] = {}
    for folder in reversed(folders):
        files |= dict(_found(folder))
        words |= _words(folder / WORDS)
    contents = {name: read_file(files[name]) for name in sorted(files)}
    return Theme(
        templates=tuple(
            Sheet(NAME, Path(name).name, decoded(it, str(files[name])))
            for name, it in contents.items()
            if name.startswith(TEMPLATES)
        ),
        words=tuple((family, key, word) for (family, key), word in sorted(words.items())),
        served=tuple((Path(it).name, contents[it]) for it in contents if it.startswith(SERVED)),
    )


def _found(folder: Path) -> list[tuple[str, Path]]:
    return [
        (f"{part}/{file.name}", file)
        for part, pattern in ((TEMPLATES, "*.html"), (SERVED, "*.*"))
        for file in sorted((folder / part).glob(pattern))
        if file.is_file() and lies_inside(file, folder)
    ]


def _words(file: Path) -> dict[tuple[str, str], str]:
    try:
        content = read_file(file) if file.is_file() else b""
    except PublisherError as error:
        raise error.for_remedy(Remedy.DESIGNER) from None
    form = read_form(WordsForm, content, str(file), Remedy.DESIGNER)
    tables = {"hans": form.hans, "hant": form.hant}
    return {(family, key): word for family, table in tables.items() for key, word in table.items()}
