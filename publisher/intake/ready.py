"""Ready: a source that is a manuscript already, taken with its pictures and not cleaned.

It promises that a picture which is there already stays, that nothing of other origin is in the way,
and that it says so where such a manuscript looks like several essays.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import gather
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.intake.essays import Draft
from publisher.intake.filing import differs
from publisher.intake.record import Entry, Record
from publisher.intake.sources import Source
from publisher.intake.splitting.names import signers
from publisher.intake.splitting.shapes import mark_of
from publisher.intake.standing import require_free
from publisher.model.manuscript import Manuscript
from publisher.model.matter import Heading, Paragraph, plain

_FEWEST_ESSAYS = 2


def ready_draft(source: Source) -> Draft:
    """The manuscript that a source is. Raises PublisherError with its faults."""
    name = f"{source.stem}.md"
    title = _manuscript(source).title
    content = decoded(source.content, str(source.path)).encode()
    return Draft(Entry(name, digest(content), (), ()), title, content, "")


def with_kept(record: Record, kept: Source | None) -> Record:
    """The record; where it says nothing, the kept source tells what was written of it."""
    if kept is None or record.entries:
        return record
    return Record(record.source, record.sha256, (ready_draft(kept).entry,))


def essays_within(source: Source) -> tuple[Notice, ...]:
    """A notice where two headings or more have a line below that says who wrote."""
    blocks = _manuscript(source).blocks
    signed = [
        head
        for head, below in pairwise(blocks)
        if isinstance(head, Heading) and isinstance(below, Paragraph) and _is_byline(below)
    ]
    if len(signed) < _FEWEST_ESSAYS:
        return ()
    return (
        Notice(
            "essays-within",
            say("{count} headings have the name of an author below them", count=len(signed)),
            Place(str(source.path), signed[0].line),
            say("if they are essays, put each into a file of its own, or import the file as .txt"),
        ),
    )


def _is_byline(paragraph: Paragraph) -> bool:
    words = plain(paragraph.content)
    mark = mark_of(words)
    return bool(signers(words)) or (mark is not None and mark.kind == "byline")


def pictures(source: Source) -> dict[str, bytes]:
    """The pictures beside a source, by their names in the collection's folder.

    One that lies elsewhere is left to the check of the collection, which names its line.
    """
    beside = source.path.parent
    found = {figure.path: beside / figure.path for figure in _manuscript(source).figures()}
    return {
        name: read_file(file)
        for name, file in found.items()
        if file.is_file() and file.resolve().is_relative_to(beside.resolve())
    }


def pictures_in_the_way(
    files: dict[str, bytes], folder: Path, source: Path, *, is_known: bool
) -> tuple[str, ...]:
    """The pictures that are there with other bytes, and stay.

    Raises PublisherError for them where the source never came in before.
    """
    there = [name for name in files if (folder / name).exists()]
    others = tuple(name for name in there if differs(folder / name, files[name]))
    if not is_known:
        gather(partial(require_free, folder / name, source) for name in others)
    return others


def _manuscript(source: Source) -> Manuscript:
    return read_manuscript(source.content, f"{source.stem}.md", str(source.path))
