"""Ready: a source that is a manuscript already, taken with its pictures and not cleaned.

It promises that a picture which is there already stays, and that nothing of other origin is in the
way.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import gather
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.ground.hygiene import decoded
from publisher.intake.essays import Draft
from publisher.intake.filing import differs
from publisher.intake.record import Entry, Record
from publisher.intake.sources import Source
from publisher.intake.standing import require_free
from publisher.model.manuscript import Manuscript


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
