"""Sources: the files that a book is made of, as an edition carries them.

It promises the declaration, every listed essay, the pictures they show, the decisions about other
scripts, and the layout with all that it extends, each by a path that is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publisher.composition.layout import layout_folders
from publisher.editorial.assembly import Assembly
from publisher.ground.files import is_file, read_file
from publisher.ground.places import Place
from publisher.model.folders import DECISIONS, DECLARATION
from publisher.model.sources import Source
from publisher.press.places import layout_shelves

# Never asked of the machine, whose tables differ.
_MEDIA_TYPES = {
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".toml": "application/toml",
    ".html": "text/html",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_OTHER = "application/octet-stream"


def sources_of(assembly: Assembly, layout: str) -> tuple[Source, ...]:
    """The sources of a collection in a layout, by path."""
    files = {**dict(_collection(assembly)), **dict(_layout(assembly.folder, layout))}
    return tuple(
        Source(path, _MEDIA_TYPES.get(file.suffix.lower(), _OTHER), read_file(file))
        for path, file in sorted(files.items())
    )


def _collection(assembly: Assembly) -> Iterator[tuple[str, Path]]:
    paths = [DECLARATION, *(essay.path for essay in assembly.collection.essays())]
    paths += [picture.path for picture in assembly.collection.pictures]
    paths += [DECISIONS] if is_file(assembly.folder / DECISIONS) else []
    return ((f"collection/{path}", assembly.folder / path) for path in paths)


def _layout(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    for own in layout_folders(name, layout_shelves(folder), Place()):
        for file in sorted(it for it in own.rglob("*") if it.is_file()):
            yield f"layouts/{own.name}/{file.relative_to(own).as_posix()}", file
