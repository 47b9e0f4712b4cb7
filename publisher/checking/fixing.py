"""Fixing: manuscripts that were mended, and the records of the imports that made them.

It promises that a manuscript which was as its import left it counts as such when it is mended, so
that its plan can still write it; one that an editor changed stays the editor's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from publisher.checking.mending import Mended, Mending, mend
from publisher.checking.subject import Text, plans_of, text_of
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.intake.filing import PLANS, RECORD, digest_there
from publisher.intake.record import Record, read_record, written_record


def fixed_files(folder: Path, mended: Iterable[Mended]) -> dict[str, bytes]:
    """The files of a collection's folder that change: manuscripts, and records that know of it."""
    files = {row.path: row.content for row in mended}
    return files | dict(_records(folder, files))


def mended_again(folder: Path, names: Iterable[str]) -> Mending:
    """The mending of manuscripts that were mended before their plans wrote them anew."""
    off = {
        entry.file: row.plan.rules_off for row in plans_of(folder) for entry in row.record.entries
    }
    return mend([_text(folder, name, off.get(name, ())) for name in names])


def _text(folder: Path, name: str, rules_off: tuple[str, ...]) -> Text:
    file = folder / name
    content = read_file(file)
    return text_of(read_manuscript(content, name, str(file)), str(file), content, rules_off)


def _records(folder: Path, files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The records of manuscripts among the files that were as they had been written."""
    for file in sorted((folder / PLANS).glob(f"*{RECORD}")):
        record = read_record(read_file(file), str(file))
        digests = dict(_digests(folder, record, files))
        if digests:
            yield str(file.relative_to(folder)), written_record(record.with_mended(digests))


def _digests(folder: Path, record: Record, files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    for entry in record.entries:
        if entry.file in files and entry.is_own(digest_there(folder / entry.file)):
            yield entry.file, digest(files[entry.file])
