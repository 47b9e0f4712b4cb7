"""Media: the pictures of a source, by the names that figures give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.intake.extractors.passages import Passages
from publisher.intake.reading import Dropped, Role

# What a picture must end with to be one in a book; editorial.pictures looks into it later.
_USABLE = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}
Pictures = tuple[tuple[str, bytes], ...]


def short_names(paths: tuple[str, ...]) -> dict[str, str]:
    """A name for each path of an archive: its last step, numbered where another has the same."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in paths:
        file = PurePosixPath(path)
        name, number = file.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{file.stem}-{number}{file.suffix}"
        taken.add(name.casefold())
        names[path] = name
    return names


def shown(
    contents: Mapping[str, bytes], passages: Passages
) -> tuple[Pictures, tuple[Dropped, ...]]:
    """The pictures that figures name, in the order of `contents`, and those that none names."""
    named = set(_named(passages))
    pictures = tuple((name, content) for name, content in contents.items() if name in named)
    others = (name for name in contents if name not in named)
    return pictures, tuple(Dropped(name, say("a picture outside the text")) for name in others)


def picture_notices(pictures: Pictures, file: str) -> tuple[Notice, ...]:
    """A notice for each picture of a kind that no book can show."""
    return tuple(
        Notice(
            "picture-kind",
            say('the picture "{name}" is of a kind that no book can show', name=name),
            Place(file),
            say("save it as PNG, JPEG or SVG"),
            Severity.WARNING,
        )
        for name, _ in pictures
        if PurePosixPath(name).suffix.lower() not in _USABLE
    )


def _named(passages: Passages) -> Iterator[str]:
    spans = [span for line in passages.lines for span in line.spans]
    spans += [span for note in passages.notes for span in note.spans]
    return (span.picture for span in spans if span.role is Role.FIGURE)
