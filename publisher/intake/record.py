"""Record: what was done to a source, kept beside its plan for whoever asks later.

It promises that each manuscript's words can be made again from the source: the lines that were
taken, and every change of every rule in the order in which they were made. It also tells a
manuscript that an editor changed by hand from one that still is as the program left it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.intake.cleaning.changes import Change, Log, Pass


@dataclass(frozen=True)
class Entry:
    """One manuscript: its file, the digest it was written with, its lines, what cleaned them.

    `lines` are the numbers of the source's lines that are its text, as (first, last). `mended` is
    the digest of what a check put right in it afterwards, if one did.
    """

    file: str
    sha256: str
    lines: tuple[tuple[int, int], ...]
    log: Log
    mended: str = ""

    def is_own(self, there: str) -> bool:
        """Whether a file of this digest is as the program left it."""
        return there != "" and there in (self.sha256, self.mended)

    def stands(self, there: str, wanted: str) -> bool:
        """Whether a file of digest `there` is the one written as `wanted`, or that one mended."""
        return there == wanted or (there == self.mended != "" and wanted == self.sha256)


@dataclass(frozen=True)
class Record:
    """The manuscripts made of one source."""

    source: str
    sha256: str
    entries: tuple[Entry, ...]

    def entry(self, file: str) -> Entry | None:
        """What is known of a manuscript; None of one never written."""
        return next((entry for entry in self.entries if entry.file == file), None)

    def with_mended(self, digests: Mapping[str, str]) -> Record:
        """The record that knows what a check put right, by file."""
        entries = (replace(row, mended=digests.get(row.file, row.mended)) for row in self.entries)
        return replace(self, entries=tuple(entries))


def written_record(record: Record) -> bytes:
    """The bytes of the record's file."""
    rows = [
        {
            "file": entry.file,
            "sha256": entry.sha256,
            "lines": entry.lines,
            "passes": [
                [step.rule, [[c.start, c.stop, c.after] for c in step.changes]]
                for step in entry.log
            ],
        }
        | ({"mended": entry.mended} if entry.mended else {})
        for entry in record.entries
    ]
    table = {"source": record.source, "sha256": record.sha256, "manuscripts": rows}
    return f"{json.dumps(table, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def read_record(content: bytes, file: str) -> Record:
    """The record in the bytes of its file. Raises PublisherError for anything else."""
    try:
        table = json.loads(content)
        entries = tuple(map(_entry, table["manuscripts"]))
        return Record(str(table["source"]), str(table["sha256"]), entries)
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError):
        raise PublisherError.of(
            say("the record of an import is damaged"),
            Remedy.EDITOR,
            Place(file),
            say("move it away; what it tells of manuscripts is then forgotten"),
        ) from None


def _entry(row: dict[str, Any]) -> Entry:
    log = tuple(
        Pass(str(rule), tuple(Change(int(a), int(b), str(after)) for a, b, after in changes))
        for rule, changes in row["passes"]
    )
    lines = tuple((int(first), int(last)) for first, last in row["lines"])
    return Entry(str(row["file"]), str(row["sha256"]), lines, log, str(row.get("mended", "")))
