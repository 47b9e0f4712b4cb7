"""Record: what was done to a source, kept beside its plan for whoever asks later.

It promises that each manuscript's words can be made again from the source: the lines that were
taken, and every change of every rule in the order in which they were made. It also tells a
manuscript that an editor changed by hand from one that still is as it was written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.intake.cleaning.changes import Change, Log, Pass


@dataclass(frozen=True)
class Entry:
    """One manuscript: its file, the digest it was written with, its lines, what cleaned them.

    `lines` are the numbers of the source's lines that are its text, as (first, last).
    """

    file: str
    sha256: str
    lines: tuple[tuple[int, int], ...]
    log: Log


@dataclass(frozen=True)
class Record:
    """The manuscripts made of one source."""

    source: str
    sha256: str
    entries: tuple[Entry, ...]

    def written(self, file: str) -> str:
        """The digest a manuscript was last written with; empty for one never written."""
        return next((entry.sha256 for entry in self.entries if entry.file == file), "")


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
    return Entry(str(row["file"]), str(row["sha256"]), lines, log)
