"""Desk: sources come in, plans and manuscripts go out to a collection's folder, as values.

It promises that what is certain is done at once and what is not is asked; that a manuscript which
an editor changed by hand is left alone; that a source which changed since it was planned is
refused; and that coming again with the same changes nothing. What is to be written is given as
values; the press writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from publisher.editorial.assembly import DECLARATION, read_folder_declaration
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError, Remedy, gather
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.ground.hygiene import decoded
from publisher.ground.messages import say
from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.intake.essays import PICTURES, Draft, drafted
from publisher.intake.ledger import Ledger
from publisher.intake.order import extended, listed
from publisher.intake.plan import Item, Plan, line_count, renewed, sealed
from publisher.intake.planfile import read_plan, written_plan
from publisher.intake.reading import Reading
from publisher.intake.record import Entry, Record, read_record, written_record
from publisher.intake.sources import (
    Source,
    expanded,
    passed_over,
    read,
    read_source,
    require_distinct,
)
from publisher.intake.splitting.proposal import propose

SOURCES = "sources"
PLANS = "plan"
SUMS = f"{SOURCES}/SHA256SUMS"
_RECORD = ".log.json"


@dataclass(frozen=True)
class Handled:
    """What became of one source.

    `written` are the manuscripts made of it as (file, title), `kept` those that were there
    already, `edited` those that an editor changed and that stay. `asked` are the items that wait
    for a word, `doubts` the advice that nobody accepted yet.
    """

    source: str
    how: str
    plan: str
    written: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]
    edited: tuple[str, ...]
    asked: tuple[Item, ...]
    doubts: int
    ledger: Ledger | None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Intake:
    """What an import comes to: files to write, by name, and what to tell of each source."""

    files: tuple[tuple[str, bytes], ...]
    handled: tuple[Handled, ...]
    passed: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Work:
    """One source done: its account, its files, its rows of (part, manuscript) for the order."""

    handled: Handled
    files: dict[str, bytes]
    rows: tuple[tuple[str, str], ...]


def take_in(
    paths: tuple[Path, ...], folder: Path, accept: bool = False, off: frozenset[str] = frozenset()
) -> Intake:
    """Take sources into the collection in `folder`; a folder among them stands for its files.

    `accept` confirms every proposal, `off` names rules of cleaning that are not applied.
    Raises PublisherError with the faults of all sources.
    """
    read_folder_declaration(folder)
    groups = gather(partial(expanded, path) for path in paths)
    named = [file for group in groups for file in group]
    require_distinct(named)
    works = gather(partial(_taken, path, folder, accept, off) for path in named)
    passed = tuple(other for path in paths for other in passed_over(path))
    return _intake(works, folder, passed)


def apply(folder: Path, accept: bool = False) -> Intake:
    """Do what the plans of a collection confirm. Raises PublisherError with all their faults."""
    read_folder_declaration(folder)
    works = gather(partial(_applied, file, folder, accept) for file in plan_files(folder))
    return _intake(works, folder)


def plans(folder: Path) -> tuple[tuple[str, Plan], ...]:
    """The plans of a collection by the names of their files."""
    return gather(partial(_named_plan, file, folder) for file in plan_files(folder))


def plan_files(folder: Path) -> list[Path]:
    """The plan files of a collection, in the order of their names."""
    return sorted((folder / PLANS).glob("*.toml"))


def _named_plan(file: Path, folder: Path) -> tuple[str, Plan]:
    return str(file.relative_to(folder)), read_plan(read_file(file), str(file))


def _intake(works: tuple[_Work, ...], folder: Path, passed: tuple[Path, ...] = ()) -> Intake:
    files = {name: content for work in works for name, content in work.files.items()}
    rows = tuple(row for work in works for row in work.rows)
    files |= _order(folder, rows)
    changed = {name: content for name, content in files.items() if _differs(folder / name, content)}
    sums = _sums(folder, changed)
    return Intake((*changed.items(), *sums), tuple(work.handled for work in works), passed)


def _differs(file: Path, content: bytes) -> bool:
    return not (file.is_file() and file.read_bytes() == content)


def _order(folder: Path, rows: tuple[tuple[str, str], ...]) -> dict[str, bytes]:
    """`collection.toml` with the manuscripts that it does not list yet."""
    declaration = read_folder_declaration(folder)
    known = set(listed(declaration))
    if all(name in known for _, name in rows):
        return {}
    file = folder / DECLARATION
    text = decoded(read_file(file), str(file))
    return {DECLARATION: extended(text, declaration, rows).encode()}


def _sums(folder: Path, changed: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """The list of the sources' digests, as `sha256sum -c` reads it."""
    new = {name: digest(content) for name, content in changed.items() if _is_source(name)}
    if not new:
        return []
    file = folder / SUMS
    old = read_file(file).decode() if file.is_file() else ""
    known = dict(_sum_row(line) for line in old.splitlines() if "  " in line)
    known |= {name.removeprefix(f"{SOURCES}/"): value for name, value in new.items()}
    return [(SUMS, "".join(f"{known[name]}  {name}\n" for name in sorted(known)).encode())]


def _is_source(name: str) -> bool:
    return name.startswith(f"{SOURCES}/")


def _sum_row(line: str) -> tuple[str, str]:
    value, _, name = line.partition("  ")
    return name, value


# One source -------------------------------------------------------------------------------------


def _taken(path: Path, folder: Path, accept: bool, off: frozenset[str]) -> _Work:
    source = read_source(path)
    _require_same(source, folder / SOURCES / source.name)
    if source.is_markdown:
        return _as_it_is(source, folder)
    reading = read(source)
    file = folder / PLANS / f"{source.stem}.toml"
    plan = _proposed(source, reading, off)
    if file.is_file():
        old = read_plan(read_file(file), str(file))
        plan = replace(renewed(old, plan, str(file)), advice=old.advice)
    plan = _accepted(plan) if accept else plan
    return _worked(source, reading, plan, folder, ready=plan.is_settled)


def _applied(file: Path, folder: Path, accept: bool) -> _Work:
    plan = read_plan(read_file(file), str(file))
    source = read_source(folder / SOURCES / plan.source)
    if source.sha256 != plan.sha256:
        raise _changed(source.path)
    plan = _accepted(plan) if accept else plan
    return _worked(source, read(source), plan, folder, ready=True)


def _proposed(source: Source, reading: Reading, off: frozenset[str]) -> Plan:
    items = propose(reading)
    return Plan(
        source=source.name,
        sha256=source.sha256,
        how=reading.how,
        lines=line_count(reading.text),
        characters=len(reading.text),
        seal=sealed(items),
        rules_off=tuple(sorted(off)),
        item=items,
    )


def _require_same(source: Source, kept: Path) -> None:
    """Raise PublisherError where another file of this name came in before."""
    if kept.is_file() and digest(kept.read_bytes()) != source.sha256:
        raise _changed(source.path)


def _changed(path: Path) -> PublisherError:
    return PublisherError.of(
        say("this is not the file that came in under this name before"),
        Remedy.EDITOR,
        Place(str(path)),
        say("rename it; or move the old one in {folder}, and its plan, away", folder=SOURCES),
    )


def _as_it_is(source: Source, folder: Path) -> _Work:
    """A source that is a manuscript already: taken with its pictures, not cleaned."""
    name = f"{source.stem}.md"
    manuscript = read_manuscript(source.content, name, str(source.path))
    text = decoded(source.content, str(source.path)).encode()
    files = {name: text, f"{SOURCES}/{source.name}": source.content}
    for figure in manuscript.figures():
        picture = source.path.parent / figure.path
        # A picture elsewhere is left to the check of the collection, which names its line.
        if picture.is_file() and picture.resolve().is_relative_to(source.path.parent.resolve()):
            files[figure.path] = read_file(picture)
    gather(
        partial(_require_free, folder / file, content, source.path)
        for file, content in files.items()
    )
    kept = (name,) if (folder / name).is_file() else ()
    written = () if kept else ((name, manuscript.title),)
    handled = Handled(source.name, "Markdown", "", written, kept, (), (), 0, None)
    return _Work(handled, files, (("", name),))


def _require_free(target: Path, content: bytes, source: Path) -> None:
    if target.exists() and target.read_bytes() != content:
        raise PublisherError.of(
            say("another file of this name is already there"),
            Remedy.CALLER,
            Place(str(target)),
            say("rename the source, or move that file away: {file}", file=source),
        )


def _accepted(plan: Plan) -> Plan:
    return replace(plan, item=tuple(replace(item, confirmed=True) for item in plan.item))


def _worked(source: Source, reading: Reading, plan: Plan, folder: Path, *, ready: bool) -> _Work:
    """A source under its plan; `ready`: whether what is confirmed goes out."""
    drafts = drafted(reading, plan, source.stem)
    plan_file = f"{PLANS}/{source.stem}.toml"
    plan = renewed(plan, replace(plan, advice=drafts.advice), plan_file)
    record_file = f"{PLANS}/{source.stem}{_RECORD}"
    record = _known_record(folder / record_file, source)
    out = drafts.drafts if ready else ()
    sorted_out = _sorted_out(out, record, folder)
    entries = [draft.entry for draft in (*sorted_out.new, *sorted_out.same)]
    files = {draft.entry.file: draft.content for draft in sorted_out.new}
    files |= {
        f"{SOURCES}/{source.name}": source.content,
        plan_file: written_plan(plan, reading.text),
        record_file: written_record(_renewed_record(record, entries)),
    }
    if out:
        files |= {f"{PICTURES}/{source.stem}/{name}": data for name, data in reading.pictures}
    handled = Handled(
        source=source.name,
        how=reading.how,
        plan=plan_file,
        written=tuple((draft.entry.file, draft.title) for draft in sorted_out.new),
        kept=tuple(draft.entry.file for draft in sorted_out.same),
        edited=tuple(draft.entry.file for draft in sorted_out.edited),
        asked=tuple(item for item in plan.item if not item.confirmed),
        doubts=sum(not row.accepted for row in plan.advice),
        ledger=drafts.ledger,
        notices=reading.notices,
    )
    return _Work(handled, files, tuple((draft.part, draft.entry.file) for draft in out))


@dataclass(frozen=True)
class _Sorted:
    """Drafts by what stands in the folder: nothing or an older one, the same, an editor's own."""

    new: tuple[Draft, ...]
    same: tuple[Draft, ...]
    edited: tuple[Draft, ...]


def _sorted_out(drafts: tuple[Draft, ...], record: Record, folder: Path) -> _Sorted:
    new, same, edited = [], [], []
    for draft in drafts:
        target = folder / draft.entry.file
        there = digest(target.read_bytes()) if target.is_file() else ""
        if there == draft.entry.sha256:
            same.append(draft)
        elif there and there != record.written(draft.entry.file):
            edited.append(draft)
        else:
            new.append(draft)
    return _Sorted(tuple(new), tuple(same), tuple(edited))


def _known_record(file: Path, source: Source) -> Record:
    empty = Record(source.name, source.sha256, ())
    return read_record(read_file(file), str(file)) if file.is_file() else empty


def _renewed_record(record: Record, entries: list[Entry]) -> Record:
    new = {entry.file: entry for entry in entries}
    kept = tuple(entry for entry in record.entries if entry.file not in new)
    return replace(record, entries=(*kept, *new.values()))
