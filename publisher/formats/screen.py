"""Screen: a PDF to read on a screen: facing pages, outline, links, tags, page labels.

It promises one PDF of all divisions with their numbers settled, and equal bytes for equal jobs.
"""

from __future__ import annotations

from collections.abc import Callable

from publisher.composition.book import Book
from publisher.composition.compositor import Case, Setter
from publisher.composition.divisions import Division
from publisher.composition.faces import font_files
from publisher.composition.information import Information, PageLabels
from publisher.composition.joining import Placed, joined
from publisher.composition.pages import remarked, without_collector
from publisher.composition.paging import Paging, paged_medium, resources
from publisher.composition.parallel import ParallelPaging
from publisher.formats.job import Job, Watch
from publisher.model.artefact import Artefact
from publisher.typography.typearea import type_area
from publisher.typography.verticalarea import lying

MEDIA_TYPE = "application/pdf"


def make_screen(job: Job, watch: Watch, rules: str = "") -> Artefact:
    """The PDF of a job; `rules` stand behind those of the layout's sheets."""
    divisions = _wanted(job)
    paging = _paging(job, rules, watch.setter)
    with without_collector():
        settings = paging.settle(divisions, _counter(watch, "setting", len(divisions)))
    placed = paging.placed(settings)
    watch("writing", 0, 1)
    content = written(job, placed, paging.labels(settings))
    watch("writing", 1, 1)
    return Artefact(
        output=job.output,
        file_name=f"{job.file_stem}.pdf",
        media_type=MEDIA_TYPE,
        content=content,
        pages=sum(len(it.forme.pages) for it in placed),
        notices=remarked(it.forme for it in placed),
        starts=tuple(start for setting in settings for start in setting.starts()),
        size=str(job.page),
    )


def written(
    job: Job, placed: list[Placed], labels: tuple[PageLabels, ...] = (), maker: str = "publisher"
) -> bytes:
    """The PDF of formes that were set with a job's fonts."""
    told, files = information(job, maker), font_files(job.book.faces)
    return joined(placed, told, files, labels, facing=not job.vertical)


def _wanted(job: Job) -> tuple[Division, ...]:
    with_cover = job.option("cover", standard=True)
    return tuple(
        division
        for division in job.book.divisions_for("print")
        if with_cover or division.kind != "cover"
    )


def _paging(job: Job, rules: str, setter: Setter) -> Paging:
    medium, case = paged_medium(), _case(job, job.book, rules)
    if job.facing is None:
        return Paging(job.book, medium, case, job.page, setter)
    other = Paging(job.facing, medium, _case(job, job.facing, rules), job.page, setter)
    return ParallelPaging(job.book, medium, case, job.page, setter, other=other)


def _case(job: Job, book: Book, rules: str) -> Case:
    if job.vertical:
        page, area = lying(job.page, book.layout.design)
        sheet = book.sheet(("common.css", "pages.css", "vertical.css"), page, area)
    else:
        area = type_area(job.page, book.layout.design)
        sheet = book.sheet(("common.css", "pages.css"), job.page, area)
    fonts = tuple(face.sha256 for face in book.faces)
    return Case(sheet + rules, tuple(resources(book).items()), fonts, job.vertical)


def information(job: Job, maker: str) -> Information:
    """What the PDF of a job says of itself."""
    about = job.book.collection.about
    authors = (author for essay in job.book.collection.essays() for author in essay.authors)
    own = (("provenance", job.provenance), ("binding", "right" if job.vertical else ""))
    return Information(
        title=about.title,
        authors=tuple(dict.fromkeys((*about.editors, *authors))),
        description=about.description,
        maker=maker,
        date=job.date,
        language=job.book.script.language,
        own=own,
    )


def _counter(watch: Watch, stage: str, total: int) -> Callable[[], None]:
    count = 0

    def done() -> None:
        nonlocal count
        count += 1
        watch(stage, min(count, total), total)

    return done
