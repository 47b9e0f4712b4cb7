"""Desk: sources come in, plans and manuscripts go out to a collection's folder, as values.

It promises that what is certain is done at once and what is not is asked; that a manuscript which
an editor changed by hand is left alone; that a source which changed since it was planned is
refused unless it shall take the place of that one; and that coming again with the same changes
nothing. What is to be written is given as
values; the press writes it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from publisher.editorial.assembly import read_folder_declaration
from publisher.ground.errors import Fault, PublisherError, Remedy, gather
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.intake.casework import applied, taken
from publisher.intake.filing import EARLIER, PLANS, RECORD, SOURCES, differs
from publisher.intake.handled import Handled, Wishes, Work
from publisher.intake.order import Rows, extended
from publisher.intake.plan import Plan
from publisher.intake.planfile import read_plan
from publisher.intake.sources import (
    expanded,
    passed_over,
    require_distinct,
    without_pictures,
)
from publisher.model.folders import DECLARATION

SUMS = f"{SOURCES}/SHA256SUMS"
NO_WISHES = Wishes()


@dataclass(frozen=True)
class Intake:
    """What an import comes to: files to write, by name, and what to tell of each source."""

    files: tuple[tuple[str, bytes], ...]
    handled: tuple[Handled, ...]
    passed: tuple[Path, ...] = ()

    def touched(self, answered: Collection[str] = ()) -> tuple[Handled, ...]:
        """The sources that anything came of, or whose plan is among those answered."""
        return tuple(row for row in self.handled if row.is_touched or row.plan in answered)


def take_in(paths: tuple[Path, ...], folder: Path, wishes: Wishes = NO_WISHES) -> Intake:
    """Take sources into the collection in `folder`; a folder among them stands for its files.

    Pictures among other files are passed over, as in a folder. Raises PublisherError with the
    faults of all sources.
    """
    read_folder_declaration(folder)
    meant = without_pictures(paths)
    groups = gather(partial(expanded, path) for path in meant)
    named = [file for group in groups for file in group]
    require_distinct(named)
    works = gather(partial(taken, path, folder, wishes) for path in named)
    pictures = (path for path in paths if path not in meant)
    passed = (*pictures, *(other for path in meant for other in passed_over(path)))
    return _intake(works, folder, passed)


def apply(folder: Path, accept: bool = False, *, settled: bool = False) -> Intake:
    """Do what the plans of a collection confirm, or where `settled` those without a question alone.

    Raises PublisherError with the faults of all plans.
    """
    read_folder_declaration(folder)
    do = partial(applied, folder=folder, accept=accept, settled=settled)
    works = gather(partial(do, file) for file in plan_files(folder))
    return _intake(works, folder)


def plans(folder: Path) -> tuple[tuple[str, Plan], ...]:
    """The plans of a collection by the names of their files."""
    return gather(partial(_named_plan, file, folder) for file in plan_files(folder))


def plan_files(folder: Path) -> list[Path]:
    """The plan files of a collection, in the order of their names."""
    return sorted((folder / PLANS).glob("*.toml"))


def _named_plan(file: Path, folder: Path) -> tuple[str, Plan]:
    return str(file.relative_to(folder)), read_plan(read_file(file), str(file))


def _intake(works: tuple[Work, ...], folder: Path, passed: tuple[Path, ...] = ()) -> Intake:
    _require_apart(works)
    files = {name: content for work in works for name, content in work.files.items()}
    files |= _order(folder, tuple(work.rows for work in works))
    files |= _sums(folder, files)
    changed = (row for row in files.items() if differs(folder / row[0], row[1]))
    rows = dict(sorted(changed, key=_rank))
    handled = (
        replace(work.handled, is_touched=not rows.keys().isdisjoint(work.files)) for work in works
    )
    return Intake(tuple(rows.items()), tuple(handled), passed)


def _rank(row: tuple[str, bytes]) -> int:
    """When a file takes its name: essays, the list of them, sources, and last the records.

    A record says what was done, and a source that its plan is of it; were the program killed
    before, another import does the rest.
    """
    name, _ = row
    if name.endswith(RECORD):
        return 3
    if _is_source(name):
        return 0 if name.startswith(f"{SOURCES}/{EARLIER}/") else 2
    return int(name == DECLARATION)


def _require_apart(works: tuple[Work, ...]) -> None:
    """Raise PublisherError for manuscripts of one name out of two sources: a-01.txt, a.txt."""
    makers: dict[str, str] = {}
    faults = []
    for work in works:
        for row in work.rows:
            source = work.handled.source
            if makers.setdefault(row.name, source) != source:
                message = say(
                    "{name} is made of {other} too", name=row.name, other=makers[row.name]
                )
                faults.append(Fault(message, Remedy.CALLER, Place(source), say("rename it")))
    if faults:
        raise PublisherError(*faults)


def _order(folder: Path, sources: tuple[Rows, ...]) -> dict[str, bytes]:
    """`collection.toml` with the new manuscripts."""
    file = folder / DECLARATION
    text = decoded(read_file(file), str(file))
    new = extended(text, read_folder_declaration(folder), sources)
    return {} if new == text else {DECLARATION: new.encode()}


def _sums(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """The list of the sources' digests, as `sha256sum -c` reads it."""
    file = folder / SUMS
    old = read_file(file).decode(errors="surrogateescape") if file.is_file() else ""
    known = dict(_sum_row(line) for line in old.splitlines() if "  " in line)
    for name, content in files.items():
        if _is_source(name):
            known[name.removeprefix(f"{SOURCES}/")] = digest(content)
    lines = "".join(f"{known[name]}  {name}\n" for name in sorted(known))
    return {SUMS: lines.encode(errors="surrogateescape")} if known else {}


def _is_source(name: str) -> bool:
    return name.startswith(f"{SOURCES}/")


def _sum_row(line: str) -> tuple[str, str]:
    value, _, name = line.partition("  ")
    return name, value
