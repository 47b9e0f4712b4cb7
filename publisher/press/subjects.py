"""Subjects: a collection as its checks look at it, with the pages that its outputs will have."""

from __future__ import annotations

from publisher.checking.subject import Planned, Subject, subject_of
from publisher.editorial.assembly import Assembly
from publisher.formats.job import Job
from publisher.press.planning import books_of
from publisher.typography.typearea import type_area

# Formats whose pages are the reader's.
_FLOWING = {"epub"}


def planned_subject(
    assembly: Assembly, planned: tuple[Planned, ...], jobs: tuple[Job, ...]
) -> Subject:
    """What is looked at: the collection, its plans of imports, and what is to be made of it."""
    paged = [job for job in jobs if job.format not in _FLOWING]
    areas = dict.fromkeys(type_area(job.page, job.book.layout.design) for job in paged)
    is_dated = not jobs or bool(jobs[0].date)
    return subject_of(assembly, planned, areas, is_dated, books_of(jobs))
