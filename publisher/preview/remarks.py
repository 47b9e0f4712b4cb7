"""Remarks: what checks, builds and reviews have to say, at the places they speak of.

It promises every notice that `publisher check` gives, every open doubt of a script, each with the
passage and the pages where it stands, as far as these are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from publisher.checking.registry import noticed
from publisher.checking.subject import plans_of
from publisher.composition.markup import anchor_of
from publisher.editorial.assembly import Assembly
from publisher.formats.job import Job
from publisher.ground.errors import Fault
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.ground.visible import visible
from publisher.model.collection import Collection
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import LANGUAGES
from publisher.press.making import Progress
from publisher.press.reviews import review
from publisher.press.store import own_store
from publisher.press.subjects import planned_subject
from publisher.preview.pulling import OpenBook, passages
from publisher.preview.showing import DOUBT, ERROR, Remark
from publisher.script.doubts import Doubt

Books = Mapping[str, OpenBook]
# So many doubts of a script are shown: whoever has more decides them in `publisher review`.
_MOST_DOUBTS = 200
_WORDS = 16
_STAGE = "looking through"


class Places:
    """Where things stand: the essays of a collection, and the outputs that show them."""

    def __init__(self, folder: Path, collection: Collection | None, books: Books) -> None:
        self._folder = folder
        self._essays = {it.path: it for it in collection.essays()} if collection else {}
        self._books = books

    def placed(self, remark: Remark) -> Remark:
        """The remark with its file as seen from the folder, its passage, its pages."""
        at = replace(remark.at, file=self._relative(remark.at.file))
        essay = self._essays.get(at.file)
        if essay is None:
            return replace(remark, at=at)
        passage = _passage(essay, at.line or 0)
        text = passages(essay)[passage][0] if passage is not None else essay.title
        return replace(
            remark,
            at=at,
            words=visible(text)[:_WORDS],
            anchor=anchor_of(essay.identity),
            pages=tuple(self._pages(at.file, passage, remark.script)),
        )

    def _relative(self, file: str) -> str:
        path = Path(file)
        return path.relative_to(self._folder).as_posix() if self._is_inside(path) else file

    def _is_inside(self, path: Path) -> bool:
        return path.is_relative_to(self._folder)

    def _pages(self, path: str, passage: int | None, script: str) -> Iterator[tuple[str, int]]:
        for name, book in self._books.items():
            page = book.page_of(path, passage) if book.is_in(script) else None
            if page is not None:
                yield name, page


def _passage(essay: Manuscript, line: int) -> int | None:
    """The passage in which a line lies, by its number; None before the first."""
    above = [(own, number) for number, (_, own) in enumerate(passages(essay)) if own <= line]
    return max(above)[1] if above else None


def refusals(folder: Path, books: Books, faults: Iterable[Fault]) -> tuple[Remark, ...]:
    """What faults say, at their places in what was made last."""
    collections = (book.collection for book in books.values())
    places = Places(folder, next(collections, None), books)
    rows = (Remark(ERROR, fault.message, fault.at, fault.hint) for fault in faults)
    return tuple(map(places.placed, rows))


def remarks(
    assembly: Assembly, jobs: tuple[Job, ...], books: Books, progress: Progress
) -> tuple[Remark, ...]:
    """All that is to be said of a collection that can be made; `progress` is told on the way."""
    places = Places(assembly.folder, assembly.collection, books)
    made = [notice for book in books.values() for notice in book.artefact.notices]
    subject = planned_subject(assembly, plans_of(assembly.folder), jobs)
    notices = dict.fromkeys((*noticed(subject), *made))
    rows = list(map(_remark, notices))
    scripts = _converted(assembly, jobs)
    for number, script in enumerate(scripts, start=1):
        progress(script, _STAGE, number, len(scripts))
        rows += _doubts(assembly.folder, script)
    progress("", _STAGE, len(scripts), len(scripts))
    return tuple(map(places.placed, rows))


def _remark(notice: Notice) -> Remark:
    return Remark(notice.severity.value, notice.message, notice.at, notice.hint)


def _converted(assembly: Assembly, jobs: tuple[Job, ...]) -> tuple[str, ...]:
    """The scripts that the outputs are converted to."""
    own = LANGUAGES[assembly.collection.about.language].name
    return tuple(dict.fromkeys(it for job in jobs if (it := job.book.script.name) != own))


def _doubts(folder: Path, script: str) -> Iterator[Remark]:
    """The open doubts of a script."""
    doubts = review(folder, script, own_store()).review.open
    return (_doubt(it, script, folder) for it in doubts[:_MOST_DOUBTS])


def _doubt(doubt: Doubt, script: str, folder: Path) -> Remark:
    message = say(
        '{script}: "{source}" became "{chosen}", and may be {others}: {context}',
        script=script,
        source=doubt.source,
        chosen=doubt.chosen,
        others=" / ".join(doubt.alternatives),
        context=doubt.context,
    )
    at = doubt.place
    place = Place(str(folder / doubt.essay), at.line, at.column)
    return Remark(DOUBT, message, place, script=script)
