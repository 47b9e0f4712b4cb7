"""Noticing: what the titles and pictures of a collection have that its editors may not mean.

It promises a notice for each at its place, in the order of the book. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.model.collection import Collection

_LONG_TITLE = 40
_HEAVY_PICTURE = 4_000_000  # bytes


def noticed(folder: Path, collection: Collection) -> Iterator[Notice]:
    """What is noticed of a collection in a folder."""
    yield from _long_titles(folder, collection)
    yield from _heavy_pictures(folder, collection)
    yield from _undescribed_pictures(folder, collection)


def _long_titles(folder: Path, collection: Collection) -> Iterator[Notice]:
    """Titles that look like paragraphs."""
    for essay in collection.essays():
        if len(essay.title) > _LONG_TITLE or "。" in essay.title:
            yield Notice(
                "title-long",
                say('the title looks like a paragraph: "{title}"', title=essay.title[:_LONG_TITLE]),
                Place(str(folder / essay.path), 1),
                say("give the essay a title of its own"),
            )


def _heavy_pictures(folder: Path, collection: Collection) -> Iterator[Notice]:
    """Pictures that weigh more than a book."""
    for picture in collection.pictures:
        if len(picture.content) > _HEAVY_PICTURE:
            yield Notice(
                "picture-heavy",
                say("the picture weighs {n} MB", n=len(picture.content) // 1_000_000),
                Place(str(folder / picture.path)),
                say("scale it down to 2,000 pixels before it goes into every file"),
                Severity.ADVICE,
            )


def _undescribed_pictures(folder: Path, collection: Collection) -> Iterator[Notice]:
    """Pictures of which people who cannot see them learn nothing, but for ornaments."""
    for essay in collection.essays():
        for figure in essay.figures():
            if not (figure.alternative.strip() or figure.is_ornament):
                yield Notice(
                    "picture-undescribed",
                    say("nothing says what can be seen in the picture"),
                    Place(str(folder / essay.path), figure.line),
                    say(
                        "write it in the square brackets, or {mark} after the picture",
                        mark="{.ornament}",
                    ),
                )
