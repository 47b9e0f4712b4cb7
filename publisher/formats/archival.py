"""Archival: a PDF to keep: PDF/A-3a and PDF/UA-1, with its sources attached (docs/archival.md).

It promises the pages of `screen`, and refuses to give a file in which the gate finds anything. It
refuses a collection without a date: a file to keep bears one, and no clock is read.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.formats.job import Job, Watch
from publisher.formats.screen import make_screen
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.artefact import Artefact
from publisher.prepress.archival import archival
from publisher.prepress.validity.findings import Finding
from publisher.prepress.validity.registry import findings

_MOST = 20


def make_archival(job: Job, watch: Watch) -> Artefact:
    """The PDF of a job. Raises PublisherError with what stands against keeping it."""
    screen = make_screen(job, watch)
    watch("making ready", 1, 1)
    content = archival(screen.content, job.identity, job.sources)
    _require_valid(content, job)
    return replace(screen, content=content)


def _require_valid(content: bytes, job: Job) -> None:
    faults = [_fault(finding, job) for finding in findings(content)]
    if faults:
        raise PublisherError(*faults[:_MOST])


def _fault(finding: Finding, job: Job) -> Fault:
    return Fault(
        say("page {n}: {finding}", n=finding.page, finding=finding.message)
        if finding.page
        else finding.message,
        Remedy.DESIGNER,
        Place(f"{job.book.folder}/collection.toml", key=f"output {job.output}"),
        say("docs/archival.md tells of {code}", code=finding.code),
    )
