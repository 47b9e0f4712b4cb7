"""Filing: where an import keeps what it knows in a collection's folder, and what lies there.

It promises a source only under the name of a file, and a record only for the source it was kept
for. It reads; what is to be written is given to the press.
"""

from __future__ import annotations

from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.intake.plan import Plan
from publisher.intake.record import Record, read_record
from publisher.intake.sources import Source, read_source

SOURCES = "sources"
# Within the sources: the versions that another took the place of.
EARLIER = "earlier"
PLANS = "plan"
RECORD = ".log.json"
# How much of a digest tells two versions apart.
_TELLING = 12


def plan_file(stem: str) -> str:
    """The file of a plan in the collection's folder."""
    return f"{PLANS}/{stem}.toml"


def record_file(stem: str) -> str:
    """The file of a record in the collection's folder."""
    return f"{PLANS}/{stem}{RECORD}"


def source_file(source: Source) -> str:
    """Where a source is kept."""
    return f"{SOURCES}/{source.name}"


def earlier_file(source: Source) -> str:
    """Where a source is kept that another took the place of."""
    mark = source.sha256[:_TELLING]
    return f"{SOURCES}/{EARLIER}/{source.stem}-{mark}{Path(source.name).suffix}"


def offered_file(manuscript: str) -> str:
    """Where a manuscript lies as its plan would write it, beside the one that an editor changed."""
    return f"{PLANS}/{manuscript}"


def kept_source(folder: Path, name: str) -> Source | None:
    """The source of a name as it came in; None where none did."""
    file = folder / SOURCES / name
    return read_source(file) if file.is_file() else None


def planned_source(folder: Path, plan: Plan, file: str) -> Source:
    """The source of a plan. Raises PublisherError where the plan names no file of the sources."""
    if Path(plan.source).name != plan.source:
        raise PublisherError.of(
            say('"{name}" is not the name of a file', name=plan.source),
            Remedy.EDITOR,
            Place(file, key="source"),
        )
    return read_source(folder / SOURCES / plan.source)


def known_record(folder: Path, source: Source) -> Record:
    """The record of a source; an empty one before its first import.

    Raises PublisherError for the record of another source with the same name.
    """
    file = folder / record_file(source.stem)
    if not file.is_file():
        return Record(source.name, source.sha256, ())
    record = read_record(read_file(file), str(file))
    require_alone(source, record.source)
    return record


def require_alone(source: Source, other: str) -> None:
    """Raise PublisherError where what is kept under a source's name belongs to another one."""
    if other != source.name:
        raise PublisherError.of(
            say('another source is called "{name}" too', name=source.stem),
            Remedy.CALLER,
            Place(str(source.path)),
            say("rename one of them: {other}", other=other),
        )


def digest_there(file: Path) -> str:
    """The digest of a file's bytes; empty where there is none."""
    return digest(file.read_bytes()) if file.is_file() else ""


def differs(file: Path, content: bytes) -> bool:
    """Whether a file is not there, or holds other bytes."""
    return not (file.is_file() and file.read_bytes() == content)
