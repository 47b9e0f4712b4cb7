"""Screen: a PDF to read on a screen: facing pages, outline, links, tags, page labels.

It promises one PDF of all divisions with their numbers settled, and equal bytes for equal jobs.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from publisher.composition.book import Book
from publisher.composition.divisions import Division
from publisher.composition.pages import Engine, without_collector
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
    paging = _paging(job, rules)
    with without_collector():
        settings = paging.settle(divisions, _counter(watch, "setting", len(divisions)))
        documents = paging.documents(settings)
        pages = sum(len(document.pages) for document in documents)
        content = paging.engine.join(
            documents, paging.labels(settings), lambda number: watch("writing", number, pages)
        )
    return Artefact(
        output=job.output,
        file_name=f"{job.file_stem}.pdf",
        media_type=MEDIA_TYPE,
        content=content,
        pages=pages,
        notices=paging.engine.notices,
        starts=tuple(start for setting in settings for start in setting.starts()),
        size=str(job.page),
    )


def _wanted(job: Job) -> tuple[Division, ...]:
    with_cover = job.option("cover", standard=True)
    return tuple(
        division
        for division in job.book.divisions_for("print")
        if with_cover or division.kind != "cover"
    )


def _paging(job: Job, rules: str) -> Paging:
    medium, head, page = paged_medium(), metadata(job), job.page
    engine = _engine(job, job.book, rules)
    if job.facing is None:
        return Paging(job.book, medium, engine, head, page)
    other = Paging(job.facing, medium, _engine(job, job.facing, rules), "", page)
    return ParallelPaging(job.book, medium, engine, head, page, other=other)


def _engine(job: Job, book: Book, rules: str) -> Engine:
    if job.vertical:
        page, area = lying(job.page, book.layout.design)
        sheet = book.sheet(("common.css", "pages.css", "vertical.css"), page, area)
        return Engine(sheet + rules, resources(book), vertical=True)
    area = type_area(job.page, book.layout.design)
    sheet = book.sheet(("common.css", "pages.css"), job.page, area)
    return Engine(sheet + rules, resources(book))


def metadata(job: Job, maker: str = "publisher") -> str:
    """The head elements from which the engine takes the PDF's document information."""
    about = job.book.collection.about
    authors = (author for essay in job.book.collection.essays() for author in essay.authors)
    rows = [("author", name) for name in dict.fromkeys((*about.editors, *authors))]
    rows += [("description", about.description), ("generator", maker)]
    rows += [("Provenance", job.provenance), ("Binding", "right" if job.vertical else "")]
    rows += [("dcterms.created", job.date), ("dcterms.modified", job.date)]
    return "".join(
        f'<meta name="{name}" content="{escape(content)}"/>' for name, content in rows if content
    )


def _counter(watch: Watch, stage: str, total: int) -> Callable[[], None]:
    count = 0

    def done() -> None:
        nonlocal count
        count += 1
        watch(stage, min(count, total), total)

    return done
