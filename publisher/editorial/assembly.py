"""Assembly: a folder with a `collection.toml` becomes a `Collection`.

It promises the essays in the configured order with every picture they show, and a notice for each
manuscript that nobody listed. It refuses a file that is missing, listed twice or outside the
folder, and links that lead to no essay; the faults of all files are reported together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from publisher.editorial.declarations import read_declaration
from publisher.editorial.manuscripts import read_manuscript
from publisher.editorial.noticing import noticed
from publisher.editorial.pictures import read_picture, require_picture
from publisher.ground.errors import Fault, Gathering, PublisherError, Remedy, gather
from publisher.ground.files import is_file, lies_inside, read_file
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.model import matter as m
from publisher.model.collection import (
    About,
    Collection,
    Contributor,
    Imprint,
    Part,
    Picture,
    Printing,
)
from publisher.model.declaration import Declaration, OutputTable
from publisher.model.folders import (
    DECLARATION,
    DIST,
    EDITIONS,
    PLAN,
    SOURCES,
    collection_folder,
)
from publisher.model.manuscript import Manuscript

# Folders of a collection that hold no manuscripts of the book.
_OTHER_ROOMS = {"layouts", "fonts", SOURCES, PLAN, "script", DIST, EDITIONS}


@dataclass(frozen=True)
class Assembly:
    """A collection with what its folder said beside it; `shelf` is a web address or empty."""

    collection: Collection
    outputs: tuple[OutputTable, ...]
    folder: Path
    notices: tuple[Notice, ...] = field(default=())
    shelf: str = ""


# What becomes of a file's bytes, of its path in the collection, and of its name in messages.
Reader = Callable[[bytes, str, str], Manuscript]


def read_collection(folder: Path, read: Reader = read_manuscript) -> Assembly:
    """Assemble the collection in a folder (or of a `collection.toml` given by its path).

    Raises PublisherError with every fault of the declaration, or of all the manuscripts.
    """
    folder = collection_folder(folder)
    declaration = read_folder_declaration(folder)
    _require_essays(declaration, folder)
    manuscripts = _Manuscripts(folder, read)
    collection = manuscripts.assembled(declaration)
    shelf = declaration.shelf.url if declaration.shelf else ""
    notices = tuple(_notices(folder, collection))
    return Assembly(collection, declaration.output, folder, notices, shelf)


def read_folder_declaration(folder: Path) -> Declaration:
    """The declaration of a folder; a missing one says how to begin."""
    file = folder / DECLARATION
    if not is_file(file):
        raise PublisherError.of(
            say("there is no {name} here", name=DECLARATION),
            Remedy.CALLER,
            Place(str(folder)),
            say("publisher new {folder} begins a collection", folder=folder),
        )
    return read_declaration(read_file(file), str(file))


def _require_essays(declaration: Declaration, folder: Path) -> None:
    if not declaration.essays and not any(part.essays for part in declaration.part):
        raise PublisherError.of(
            say("the collection lists no essay"),
            Remedy.EDITOR,
            Place(str(folder / DECLARATION), key="essays"),
            say("add some with: publisher import FILE… --into {folder}", folder=folder),
        )


class _Manuscripts:
    """Reads listed files once each; knows which were listed."""

    def __init__(self, folder: Path, read: Reader) -> None:
        self.folder = folder
        self.file = str(folder / DECLARATION)
        self.listed: dict[str, str] = {}
        self._reader = read

    def assembled(self, declaration: Declaration) -> Collection:
        steps: list[Callable[[], Manuscript]] = []
        counts = []
        for key, names in _sections(declaration):
            counts.append(len(names))
            steps += [
                partial(self._read, name, f"{key}[{number}]")
                for number, name in enumerate(names, start=1)
            ]
        read = iter(gather(steps))
        sections = [tuple(next(read) for _ in range(count)) for count in counts]
        return _collection(declaration, sections, self._pictures(sections))

    def _read(self, name: str, key: str) -> Manuscript:
        path = self._path(name, key)
        content = read_file(self.folder / path, key)
        return self._reader(content, path, str(self.folder / path))

    def _path(self, name: str, key: str) -> str:
        at = Place(self.file, key=key)
        if not lies_inside(self.folder / name, self.folder):
            raise PublisherError.of(
                say('the file "{name}" lies outside the collection', name=name),
                Remedy.EDITOR,
                at,
                say("copy it into the folder and list it by its name there"),
            )
        if not is_file(self.folder / name):
            raise PublisherError.of(
                say('the file "{name}" is missing', name=name),
                Remedy.EDITOR,
                at,
                meant(name, _manuscript_names(self.folder)),
            )
        if not name.endswith(".md"):
            raise PublisherError.of(
                say('"{name}" is not a manuscript: its name does not end in .md', name=name),
                Remedy.EDITOR,
                at,
                say("take it in with: publisher import FILE --into {folder}", folder=self.folder),
            )
        target = (self.folder / name).resolve()
        path = target.relative_to(self.folder.resolve()).as_posix()
        if path in self.listed:
            raise PublisherError.of(
                say('the essay "{name}" is listed twice', name=name),
                Remedy.EDITOR,
                at,
                say("it already stands at {key}", key=self.listed[path]),
            )
        self.listed[path] = key
        return path

    def _pictures(self, sections: list[tuple[Manuscript, ...]]) -> tuple[Picture, ...]:
        """Every picture once; wrong links of the essays are told beside wrong pictures."""
        essays = [essay for section in sections for essay in section]
        paths = {essay.path for essay in essays}
        gathering = Gathering()
        pictures: dict[str, Picture | None] = {}
        for essay in essays:
            gathering.attempt(partial(_require_targets, essay, paths, self.folder), None)
            for figure in essay.figures():
                if figure.path not in pictures:
                    step = partial(self._picture, essay, figure)
                    pictures[figure.path] = gathering.attempt(step, None)
        gathering.settle()
        return tuple(picture for _, picture in sorted(pictures.items()) if picture)

    def _picture(self, essay: Manuscript, figure: m.Figure) -> Picture | None:
        at = Place(str(self.folder / essay.path), figure.line)
        require_picture(figure.path, self.folder, at)
        return read_picture(figure.path, read_file(self.folder / figure.path), at)


def _sections(declaration: Declaration) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "front.essays", declaration.front.essays if declaration.front else ()
    yield "essays", declaration.essays
    for number, part in enumerate(declaration.part, start=1):
        yield f"part[{number}].essays", part.essays
    yield "back.essays", declaration.back.essays if declaration.back else ()


def _collection(
    declaration: Declaration,
    sections: list[tuple[Manuscript, ...]],
    pictures: tuple[Picture, ...],
) -> Collection:
    front, loose, *parts, back = sections
    titled = [
        Part(table.title.strip(), essays)
        for table, essays in zip(declaration.part, parts, strict=True)
    ]
    return Collection(
        about=_about(declaration),
        imprint=_imprint(declaration),
        front=front,
        parts=tuple(titled) or (Part("", loose),),
        back=back,
        contributors=tuple(Contributor(row.name, row.note) for row in declaration.contributor),
        pictures=pictures,
    )


def _imprint(declaration: Declaration) -> Imprint:
    table = declaration.imprint
    return Imprint(
        name=table.name.strip(),
        place=table.place.strip(),
        printer=table.printer.strip(),
        price=table.price.strip(),
        printings=tuple(
            Printing(row.date, row.edition, row.number, row.copies) for row in declaration.printing
        ),
    )


def _about(declaration: Declaration) -> About:
    return About(
        title=declaration.title.strip(),
        slug=declaration.slug or slug(declaration.title),
        language=declaration.language,
        subtitle=declaration.subtitle.strip(),
        editors=tuple(name.strip() for name in declaration.editors if name.strip()),
        date=declaration.date,
        version=declaration.version.strip(),
        identifier=declaration.identifier.strip(),
        rights=declaration.rights.strip(),
        description=declaration.description.strip(),
    )


def slug(title: str) -> str:
    """A beginning for file names out of a title's letters and digits, of any script."""
    return re.sub(r"[\W_]+", "-", title).strip("-").lower()[:40] or "collection"


def _require_targets(essay: Manuscript, paths: set[str], folder: Path) -> None:
    faults = [
        Fault(
            say('the link "{target}" leads to no essay of this collection', target=link.path),
            Remedy.EDITOR,
            Place(str(folder / essay.path), line),
            meant(link.path, sorted(paths)),
        )
        for link, line in _cross_references(essay)
        if link.path not in paths
    ]
    if faults:
        raise PublisherError(*faults)


def _cross_references(essay: Manuscript) -> Iterator[tuple[m.CrossReference, int]]:
    for blocks in (essay.blocks, *(note.blocks for note in essay.notes)):
        for content, line in m.passages(blocks):
            for inline in m.inlines(content):
                if isinstance(inline, m.CrossReference):
                    yield inline, line


def _notices(folder: Path, collection: Collection) -> Iterator[Notice]:
    listed = {essay.path for essay in collection.essays()}
    for name in _manuscript_names(folder):
        if name not in listed:
            yield Notice(
                "unlisted",
                say("no section lists this file, so it is not in the book"),
                Place(str(folder / name)),
                say("add it to {name}, or move it away", name=DECLARATION),
            )
    yield from _authorless(folder, collection)
    yield from noticed(folder, collection)


def _authorless(folder: Path, collection: Collection) -> Iterator[Notice]:
    named = {contributor.name for contributor in collection.contributors}
    authors = {author for essay in collection.essays() for author in essay.authors}
    for name in sorted(named - authors - set(collection.about.editors)):
        yield Notice(
            "contributor-unknown",
            say('there is a note on "{name}", who wrote no essay', name=name),
            Place(str(folder / DECLARATION)),
            say("spell the name as in the essay's front matter"),
            Severity.ADVICE,
        )


def _manuscript_names(folder: Path) -> list[str]:
    """The Markdown files of a collection's folder, by path, README and other rooms left out."""
    files = (path for path in sorted(folder.rglob("*.md")) if path.is_file())
    names = (path.relative_to(folder) for path in files)
    return [
        name.as_posix()
        for name in names
        if not _OTHER_ROOMS & set(name.parts[:-1])
        and not any(part.startswith(".") for part in name.parts)
        and name.stem.upper() != "README"
    ]
