"""Pulling: a finished output becomes one to be looked at, and is laid open beside the last one.

It promises for every essay the pages on which it stands, and for a passage of it the page on which
it begins, as far as the words of the page can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from publisher.composition.markup import anchor_of
from publisher.formats.job import Job
from publisher.ground.visible import visible
from publisher.model import matter as m
from publisher.model.artefact import Artefact
from publisher.model.collection import Collection
from publisher.model.manuscript import Manuscript
from publisher.preview.extras import is_extra
from publisher.preview.leaves import Leaves, first_changed, openings
from publisher.preview.showing import Pull

_PDF = "application/pdf"
# So many characters of a passage are looked for; fewer where a note's number stands among them.
_TELLING = (14, 6)


class OpenBook:
    """An output laid open: its pages, and the words that it was made of."""

    def __init__(self, job: Job, artefact: Artefact) -> None:
        self.job = job
        self.artefact = artefact
        self.digest = artefact.sha256
        self.has_pages = artefact.media_type == _PDF

    @cached_property
    def leaves(self) -> Leaves:
        """The pages; only of an output that has them."""
        return Leaves(self.artefact.content)

    @cached_property
    def pages(self) -> dict[str, range]:
        """The pages of each essay, by its anchor: numbers from 0."""
        if not self.has_pages:
            return {}
        places = {sheet.label: index for index, sheet in enumerate(self.leaves.sheets())}
        found: dict[str, range] = {}
        for start in self.artefact.starts:
            at = places[start.label]
            first = found[start.anchor].start if start.anchor in found else at
            found[start.anchor] = range(first, at + 1)
        return found

    def page_of(self, path: str, passage: int | None) -> int | None:
        """The page on which a passage of an essay begins, its first where that is not found.

        `passage` counts from 0, as `passages` does; None is the head of the essay.
        """
        essay = self._essays.get(path)
        pages = self.pages.get(anchor_of(essay.identity)) if essay else None
        if essay is None or not pages:
            return None
        words = visible(passages(essay)[passage][0]) if passage is not None else ""
        return next(self._found(pages, words), pages.start)

    def _found(self, pages: range, words: str) -> Iterator[int]:
        for length in _TELLING:
            part = words[:length]
            yield from (page for page in pages if part and part in self.leaves.words(page))

    @cached_property
    def _essays(self) -> dict[str, Manuscript]:
        return {essay.path: essay for essay in self.collection.essays()}

    def is_in(self, script: str) -> bool:
        """Whether any of its pages are in a script; every output is in none in particular."""
        books = (self.job.book, self.job.facing)
        return not script or any(book.script.name == script for book in books if book)

    @property
    def collection(self) -> Collection:
        """The words, in the script of the output."""
        return self.job.book.collection


def passages(essay: Manuscript) -> tuple[tuple[str, int], ...]:
    """Every passage of an essay and of its notes, with its line."""
    rows = (essay.blocks, *(note.blocks for note in essay.notes))
    return tuple(
        (m.plain(content), line) for blocks in rows for content, line in m.passages(blocks)
    )


def pull_of(book: OpenBook) -> Pull:
    """What is shown of an output."""
    job, sheets = book.job, tuple(book.leaves.sheets()) if book.has_pages else ()
    return Pull(
        artefact=book.artefact,
        digest=book.digest,
        format=job.format,
        script=job.book.script.name,
        language=job.book.script.language,
        sheets=sheets,
        # Pages without numbers are sheets of paper, or a cover: they do not face each other.
        openings=openings(len(sheets), facing=bool(book.pages), is_right_bound=job.vertical),
        is_right_bound=job.vertical,
        starts=tuple((anchor, pages.start) for anchor, pages in book.pages.items()),
        is_extra=is_extra(job.output),
    )


def changed_page(old: OpenBook, new: OpenBook, saved: frozenset[str]) -> int | None:
    """The page to turn to when files were saved: the first of an essay that looks another now."""
    touched = (essay for essay in new.collection.essays() if _is_of(essay, saved))
    for anchor in (anchor_of(essay.identity) for essay in touched):
        before, after = (book.pages.get(anchor, range(0)) for book in (old, new))
        page = first_changed(old.leaves, new.leaves, before, after)
        if page is not None:
            return page
    return None


def _is_of(essay: Manuscript, saved: frozenset[str]) -> bool:
    """Whether a saved file is an essay's, or a picture's in it."""
    return essay.path in saved or any(figure.path in saved for figure in essay.figures())
