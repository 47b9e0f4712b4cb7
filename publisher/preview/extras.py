"""Extras: EPUBs that nobody declared, made so that every script of the book can be read.

A collection in one script alone gets the script into which it would be converted first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.editorial.assembly import Assembly
from publisher.formats.job import Job
from publisher.model.collection import Collection
from publisher.model.scripts import LANGUAGES, SCRIPTS
from publisher.press.conversions import Conversions
from publisher.script.review import script_to_review

# No declared output can be called so.
_EXTRA = "_read-"
_EPUB = "epub"


def extra_jobs(assembly: Assembly, jobs: tuple[Job, ...]) -> Iterator[Job]:
    """A job for each script that can be read and has no EPUB among the jobs."""
    there = {job.book.script.name for job in jobs if job.format == _EPUB}
    conversions = Conversions(assembly)
    for name in _scripts(assembly, jobs):
        if name not in there:
            collection = conversions.edition(SCRIPTS[name]).collection
            yield _job(_nearest(jobs, name), name, collection)


def is_extra(output: str) -> bool:
    """Whether an output of a name was made only to be read."""
    return output.startswith(_EXTRA)


def _scripts(assembly: Assembly, jobs: tuple[Job, ...]) -> tuple[str, ...]:
    """The scripts to be read: the essays' own, those of the outputs; at least two."""
    language = assembly.collection.about.language
    row = dict.fromkeys((LANGUAGES[language].name, *(job.book.script.name for job in jobs)))
    return (*row,) if len(row) > 1 else (*row, script_to_review(language, ()).name)


def _nearest(jobs: tuple[Job, ...], script: str) -> Job:
    """The job that an extra one is like: one in the same script, else the first."""
    return next((job for job in jobs if job.book.script.name == script), jobs[0])


def _job(like: Job, script: str, collection: Collection) -> Job:
    return Job(
        output=f"{_EXTRA}{script}",
        format=_EPUB,
        book=replace(like.book, collection=collection, script=SCRIPTS[script]),
        page=like.page,
        date=like.date,
    )
