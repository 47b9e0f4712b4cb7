"""Contents: the order of a book as its `collection.toml` has it, with the titles of the essays.

It refuses files that no essay is as large as before it reads them: whoever drops a film into the
folder shall not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from publisher.composition.markup import anchor_of
from publisher.editorial.assembly import read_folder_declaration
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.files import is_file, read_file
from publisher.ground.fixity import digest
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.intake.order import listed
from publisher.model.collection import Collection
from publisher.model.declaration import Declaration
from publisher.model.folders import DECISIONS, DECLARATION
from publisher.model.manuscript import Manuscript
from publisher.preview.showing import Contents, Entry, Section

# Some six million characters: five times 红楼梦.
_LARGEST = 20_000_000  # bytes
_MB = 1_000_000


def read_order(folder: Path) -> tuple[Declaration, str]:
    """The declaration of a folder and the digest of its file.

    Raises PublisherError with its faults, and for files that are too large to be what they are
    listed as.
    """
    _require_bearable(folder, (DECLARATION, DECISIONS))
    declaration = read_folder_declaration(folder)
    _require_bearable(folder, listed(declaration))
    return declaration, digest(read_file(folder / DECLARATION))


def contents_of(declaration: Declaration, collection: Collection, known: str) -> Contents:
    """The contents of a collection; `known` is the digest of its declaration."""
    return Contents(
        title=collection.about.title,
        language=collection.about.language,
        digest=known,
        sections=tuple(_sections(declaration, collection)),
        outputs=tuple(output.name for output in declaration.output),
    )


def _sections(declaration: Declaration, collection: Collection) -> Iterator[Section]:
    if declaration.front:
        yield _section("front", "", declaration.front.essays, collection.front)
    if declaration.part:
        for table, part in zip(declaration.part, collection.parts, strict=True):
            yield _section("part", part.title, table.essays, part.essays)
    else:
        yield _section("essays", "", declaration.essays, collection.parts[0].essays)
    if declaration.back:
        yield _section("back", "", declaration.back.essays, collection.back)


def _section(
    kind: str, title: str, files: Iterable[str], essays: tuple[Manuscript, ...]
) -> Section:
    rows = zip(files, essays, strict=True)
    return Section(kind, title, tuple(_entry(file, essay) for file, essay in rows))


def _entry(file: str, essay: Manuscript) -> Entry:
    return Entry(file, essay.title, essay.authors, anchor_of(essay.identity))


def _require_bearable(folder: Path, names: Iterable[str]) -> None:
    """Raise PublisherError for each file that is too large."""
    files = [folder / name for name in names]
    faults = [_too_large(file) for file in files if is_file(file) and _size(file) > _LARGEST]
    if faults:
        raise PublisherError(*faults)


def _size(file: Path) -> int:
    return file.stat().st_size


def _too_large(file: Path) -> Fault:
    return Fault(
        say("the file has {size} MB: no essay is as long", size=_size(file) // _MB),
        Remedy.EDITOR,
        Place(str(file)),
        say("see whether it is the right file"),
    )
