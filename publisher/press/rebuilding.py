"""Rebuilding: an edition's files made again from what lies in the edition itself.

It promises to use the edition's own sources, layouts and fonts, none from here; to leave the
edition untouched; to say for each file how like the new one is, and which tools have other
versions today. It refuses an edition whose bytes are damaged, or whose seal is broken or lost;
where nobody can read a seal it goes on, and says so.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from publisher.formats.job import Job
from publisher.library.bag import PAYLOAD
from publisher.library.edition import FONTS, LAYOUTS, SOURCE, TEXT, Edition, Pairs, Work
from publisher.library.fixity import require_sound
from publisher.library.holding import Holding, held_at
from publisher.library.identity import edition_in
from publisher.library.likeness import Likeness, likeness
from publisher.model.artefact import Artefact
from publisher.press.gates import coverage
from publisher.press.inventory import texts
from publisher.press.making import Progress, all_made
from publisher.press.places import font_folders
from publisher.press.planning import plan
from publisher.press.processes import Processes, processors
from publisher.press.room import prepare
from publisher.press.sealing import require_sealed
from publisher.press.tools import tools
from publisher.press.writing import write_into

# A tool, its version then, its version now; empty where it was or is not there.
Change = tuple[str, str, str]


@dataclass(frozen=True)
class Remade:
    """A file that was made again, and how like it is to the one that was kept."""

    file: str
    likeness: Likeness


@dataclass(frozen=True)
class Rebuilt:
    """What became of the files of an edition, and the tools that are others now.

    `seal_was_read` is false for a seal of which nobody could say here whether it is true.
    """

    edition: Edition
    files: tuple[Remade, ...]
    changed_tools: tuple[Change, ...]
    seal_was_read: bool


def rebuild(place: Path, into: Path | None, progress: Progress = lambda *_: None) -> Rebuilt:
    """Make the files of an edition again. Raises PublisherError where it is damaged."""
    holding = held_at(place)
    require_sound(holding)
    seal_was_read = require_sealed(holding)
    edition = edition_in(holding)
    with _unpacked(holding) as home, closing(Processes(processors())) as hands:
        _, jobs = plan(home)
        prepare(font_folders(home))
        every = zip(jobs, all_made(jobs, progress, hands), strict=True)
        made = {it.file_name: (job, it) for job, it in every}
        files = tuple(Remade(it.file, _likeness(holding, it, made)) for it in edition.works)
    if into:
        write_into(into, {name: it.content for name, (_, it) in made.items()})
    return Rebuilt(edition, files, tuple(_changes(edition.tools, tools())), seal_was_read)


@contextmanager
def _unpacked(holding: Holding) -> Iterator[Path]:
    """A folder with the collection, its layouts and its fonts, as long as it is used."""
    with tempfile.TemporaryDirectory(prefix="publisher-") as folder:
        home = Path(folder)
        for entry in holding.entries:
            if path := _working_path(entry.path):
                file = home / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(holding.read(entry.path))
        yield home


def _working_path(path: str) -> str:
    """Where a file of the edition lies in a collection; empty for one that none has."""
    room, _, rest = path.removeprefix(PAYLOAD).partition("/")
    if room == SOURCE:
        return rest
    return f"{room}/{rest}" if room in (LAYOUTS, FONTS) else ""


def _likeness(holding: Holding, work: Work, made: dict[str, tuple[Job, Artefact]]) -> Likeness:
    """How like the new file is; where pages fall otherwise, by the words of the essays alone."""
    if work.file not in made:
        return Likeness.DIFFERENT
    job, artefact = made[work.file]
    path = PAYLOAD + work.file
    kept = replace(artefact, content=holding.read(path))
    found = likeness(kept.content, artefact.content, work.media_type, holding.at(path))
    if found is Likeness.DIFFERENT and _have_same_words(holding, job, (kept, artefact)):
        return Likeness.TEXT
    return found


def _have_same_words(holding: Holding, job: Job, both: tuple[Artefact, Artefact]) -> bool:
    """Whether the essays are those of the edition, and every character of them is in both files."""
    kept = {it.path: holding.read(it.path) for it in holding.entries if _is_text(it.path)}
    same = all(kept.get(f"{PAYLOAD}{path}") == text for path, text in texts([job]))
    return same and not any(it.remarks for file in both for it in coverage(job, file))


def _is_text(path: str) -> bool:
    return path.startswith(f"{PAYLOAD}{TEXT}/")


def _changes(before: Pairs, now: Pairs) -> Iterator[Change]:
    old, new = dict(before), dict(now)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name, "") != new.get(name, ""):
            yield name, old.get(name, ""), new.get(name, "")
