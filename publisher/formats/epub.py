"""EPUB: the collection as an EPUB 3.3 publication that also opens in EPUB 2 readers.

It promises notes that pop up, navigation in both forms, the pages of the print edition where they
are asked for, no size and no colour forced on the reader, and equal bytes for equal jobs. It claims
to be accessible only where its own inspection finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.composition.binding import Files, Publication, bind, collect
from publisher.composition.metadata import CLAIM
from publisher.formats.job import Job, Watch
from publisher.formats.volume import Volume
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.inspection.registry import inspect
from publisher.model.artefact import Artefact

MEDIA_TYPE = "application/epub+zip"


def make_epub(job: Job, watch: Watch) -> Artefact:
    """The EPUB of a job."""
    volume = Volume(job, watch)
    files, publication = _claimed(volume.publication())
    name = f"{job.file_stem}.epub"
    return Artefact(
        output=job.output,
        file_name=name,
        media_type=MEDIA_TYPE,
        content=bind(files, publication),
        notices=tuple(_notices(name, volume.rare, CLAIM in publication.metadata)),
    )


def _claimed(publication: Publication) -> tuple[Files, Publication]:
    """The files with the claim to be accessible, or without it where something was found."""
    claiming = replace(publication, metadata=(*publication.metadata, CLAIM))
    files = collect(claiming)
    if not inspect(files):
        return files, claiming
    return collect(publication), publication


def _notices(name: str, rare: frozenset[str], is_claimed: bool) -> Iterator[Notice]:
    if rare:
        characters = "".join(sorted(rare))
        yield Notice(
            "epub-rare",
            say(
                "few systems have {characters}; the EPUB brings a font for them",
                characters=characters,
            ),
            hint=say("look at them in a reading system before you publish"),
            severity=Severity.ADVICE,
        )
    if not is_claimed:
        yield Notice(
            "epub-unclaimed",
            say("{file} does not say that it is accessible", file=name),
            hint=say("publisher check --epub FILE shows what stands against it"),
            severity=Severity.ADVICE,
        )
