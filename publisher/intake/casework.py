"""Casework: one source on its way through its plan into manuscripts.

It promises that what an editor changed by hand is left alone, that a plan and its source belong
together, and that nothing is taken for the source's own that was never made of it. What is to be
written is given as values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from publisher.editorial.assembly import DECLARATION, read_folder_declaration
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError, Remedy, gather
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.ground.hygiene import decoded, fit
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.intake.cleaning.advisories import ADVISORIES
from publisher.intake.cleaning.registry import RULES
from publisher.intake.essays import PICTURES, Draft, drafted, names
from publisher.intake.ledger import Ledger
from publisher.intake.order import Row, Rows, takes_parts
from publisher.intake.plan import Item, Plan, line_count, renewed, sealed
from publisher.intake.planfile import legible, read_plan, written_plan
from publisher.intake.reading import Reading
from publisher.intake.record import Entry, Record, read_record, written_record
from publisher.intake.sources import (
    Source,
    read,
    read_source,
)
from publisher.intake.splitting.proposal import propose

SOURCES = "sources"
PLANS = "plan"
RECORD = ".log.json"


@dataclass(frozen=True)
class Handled:
    """What became of one source.

    `written` are the manuscripts made of it as (file, title), `kept` those that were there
    already, `edited` those that an editor changed and that stay. `asked` are the items that wait
    for a word, `doubts` the advice that nobody accepted yet. `removed` are the lines that are left
    out, each with its number.
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
    removed: tuple[tuple[int, str], ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Work:
    """One source done: its account, its files, its essays for the order of the book."""

    handled: Handled
    files: dict[str, bytes]
    rows: Rows


def taken(path: Path, folder: Path, accept: bool, off: frozenset[str]) -> Work:
    """A source that comes in; see `desk.take_in`. Raises PublisherError with its faults."""
    source = read_source(path)
    _require_same(source, folder / SOURCES / source.name)
    if source.is_markdown:
        return _as_it_is(source, folder)
    reading = read(source)
    _require_words(reading, source.path)
    plan = _renewed(_proposed(source, reading), folder / PLANS / f"{source.stem}.toml", source)
    plan = replace(plan, rules_off=tuple(sorted(off.union(plan.rules_off))))
    plan = _accepted(plan) if accept else plan
    return _worked(source, reading, plan, folder, ready=plan.is_settled)


def applied(file: Path, folder: Path, accept: bool) -> Work:
    """What the plan in a file confirms. Raises PublisherError with the faults of the plan."""
    plan = read_plan(read_file(file), str(file))
    _require_rules(plan, str(file))
    source = planned_source(folder, plan, str(file))
    if source.sha256 != plan.sha256:
        raise _changed(source.path)
    reading = read(source)
    _require_measure(plan, line_count(reading.text), str(file))
    plan = _accepted(plan) if accept else plan
    return _worked(source, reading, plan, folder, ready=True)


def planned_source(folder: Path, plan: Plan, file: str) -> Source:
    """The source of a plan. Raises PublisherError where the plan names no file of the sources."""
    if Path(plan.source).name != plan.source:
        raise PublisherError.of(
            say('"{name}" is not the name of a file', name=plan.source),
            Remedy.EDITOR,
            Place(file, key="source"),
        )
    return read_source(folder / SOURCES / plan.source)


def _require_measure(plan: Plan, count: int, file: str) -> None:
    """Raise PublisherError where a plan counts other lines than its source has."""
    if plan.lines != count:
        raise PublisherError.of(
            say("the plan counts {n} lines, the source has {m}", n=plan.lines, m=count),
            Remedy.EDITOR,
            Place(file, key="lines"),
            say("write lines = {m}", m=count),
        )


def _legible(item: Item) -> Item:
    """An item that a plan file can hold: a source's titles may have marks in them to no purpose."""
    authors = tuple(map(fit, item.authors))
    return replace(item, title=fit(item.title).strip(), authors=authors, date=fit(item.date))


def _renewed(new: Plan, file: Path, source: Source) -> Plan:
    """A proposal, or the plan that is there already brought up to date with it."""
    if not file.is_file():
        return new
    old = read_plan(read_file(file), str(file))
    _require_rules(old, str(file))
    if old.source != source.name:
        raise PublisherError.of(
            say('another source is called "{name}" too', name=source.stem),
            Remedy.CALLER,
            Place(str(source.path)),
            say("rename one of them: {other}", other=old.source),
        )
    plan = replace(renewed(old, new, str(file)), advice=old.advice)
    _require_measure(old, new.lines, str(file))
    return plan


def _proposed(source: Source, reading: Reading) -> Plan:
    items = tuple(map(_legible, propose(reading)))
    return Plan(
        source=source.name,
        sha256=source.sha256,
        how=reading.how,
        lines=line_count(reading.text),
        characters=len(reading.text),
        seal=sealed(items),
        # The lines of rich sources are paragraphs and never wrapped ones.
        rules_off=() if source.is_text else ("unwrap",),
        item=items,
    )


def _require_words(reading: Reading, path: Path) -> None:
    if not reading.text.strip():
        raise PublisherError.of(
            say("the text is empty"),
            Remedy.EDITOR,
            Place(str(path), 1),
            say("look whether it is the right file; words in pictures are not read"),
        )


def _require_rules(plan: Plan, file: str) -> None:
    """Raise PublisherError for names in `rules_off` that no rule and no advisory has."""
    names = [row.name for row in (*RULES, *ADVISORIES)]
    unknown = [name for name in plan.rules_off if name not in names]
    if unknown:
        raise PublisherError.of(
            say('there is no cleaning rule "{name}"', name=unknown[0]),
            Remedy.EDITOR,
            Place(file, key="rules_off"),
            meant(unknown[0], names),
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


def _as_it_is(source: Source, folder: Path) -> Work:
    """A source that is a manuscript already: taken with its pictures, not cleaned."""
    name = f"{source.stem}.md"
    manuscript = read_manuscript(source.content, name, str(source.path))
    files = {name: decoded(source.content, str(source.path)).encode()}
    for figure in manuscript.figures():
        picture = source.path.parent / figure.path
        # A picture elsewhere is left to the check of the collection, which names its line.
        if picture.is_file() and picture.resolve().is_relative_to(source.path.parent.resolve()):
            files[figure.path] = read_file(picture)
    there = [file for file in files if (folder / file).exists()]
    differing = [file for file in there if differs(folder / file, files[file])]
    if not (folder / SOURCES / source.name).is_file():
        gather(partial(_require_free, folder / file, source.path) for file in differing)
    files = {file: content for file, content in files.items() if file not in differing}
    kept = (name,) if name in there and name not in differing else ()
    written = () if name in there else ((name, manuscript.title),)
    edited = (name,) if name in differing else ()
    handled = Handled(source.name, "Markdown", "", written, kept, edited, (), 0, None)
    files[f"{SOURCES}/{source.name}"] = source.content
    return Work(handled, files, (Row(name, "", is_new=not edited),))


def _require_free(target: Path, source: Path) -> None:
    """Raise PublisherError for a file that is there and was never written for this source."""
    raise PublisherError.of(
        say("another file of this name is already there"),
        Remedy.CALLER,
        Place(str(target)),
        say("rename the source, or move that file away: {file}", file=source),
    )


def _accepted(plan: Plan) -> Plan:
    return replace(plan, item=tuple(replace(item, confirmed=True) for item in plan.item))


def _worked(source: Source, reading: Reading, plan: Plan, folder: Path, *, ready: bool) -> Work:
    """A source under its plan; `ready`: whether what is confirmed goes out."""
    drafts = drafted(reading, plan if ready else _held(plan), source.stem)
    plan_file = f"{PLANS}/{source.stem}.toml"
    plan = renewed(plan, replace(plan, advice=drafts.advice), plan_file)
    record_file = f"{PLANS}/{source.stem}{RECORD}"
    record = _known_record(folder / record_file, source)
    out = _sorted_out(drafts.drafts, record, folder, source.path)
    entries = [draft.entry for draft in (*out.new, *out.same)]
    pictures = _pictures(reading, source.stem, folder) if ready else {}
    files = {draft.entry.file: draft.content for draft in out.new} | pictures
    files |= {
        f"{SOURCES}/{source.name}": source.content,
        plan_file: _plan_bytes(folder / plan_file, plan, reading.text),
        record_file: written_record(_renewed_record(record, entries)),
    }
    if not source.is_text:
        # The lines of a Word file are nowhere to be counted: the plan speaks of these.
        files[f"{PLANS}/{source.stem}.txt"] = reading.text.encode()
    handled = Handled(
        source=source.name,
        how=reading.how,
        plan=plan_file,
        written=tuple((draft.entry.file, draft.title) for draft in out.new),
        kept=tuple(draft.entry.file for draft in out.same),
        edited=tuple(draft.entry.file for draft in out.edited),
        asked=tuple(item for item in plan.item if not item.confirmed),
        doubts=sum(not row.accepted for row in plan.advice),
        ledger=drafts.ledger,
        removed=tuple(_removed_lines(plan, reading.text)),
        notices=(*reading.notices, *_remarks(drafts.drafts, plan, record, folder)),
    )
    rows = tuple(_row(draft, record, folder) for draft in drafts.drafts)
    return Work(handled, files, rows)


def _removed_lines(plan: Plan, text: str) -> Iterator[tuple[int, str]]:
    """The lines that a plan leaves out and that say something."""
    rows = text.split("\n")
    for item in plan.item:
        if item.kind == "removed":
            numbers = range(item.first, item.last + 1)
            yield from ((n, legible(rows[n - 1])) for n in numbers if rows[n - 1].strip())


def _plan_bytes(file: Path, plan: Plan, text: str) -> bytes:
    """The bytes of a plan's file; those that are there, comments and all, if they say the same."""
    there = read_file(file) if file.is_file() else b""
    return there if there and read_plan(there, str(file)) == plan else written_plan(plan, text)


def _held(plan: Plan) -> Plan:
    """The plan without a confirmed essay, so that all of them wait for the last answer."""
    items = (replace(row, confirmed=row.confirmed and row.kind != "essay") for row in plan.item)
    return replace(plan, item=tuple(items))


def _row(draft: Draft, record: Record, folder: Path) -> Row:
    """A manuscript for the order; what was there before has its line, or lost it by intent."""
    name = draft.entry.file
    is_new = not (record.written(name) and (folder / name).is_file())
    return Row(name, draft.part, is_new)


def _pictures(reading: Reading, stem: str, folder: Path) -> dict[str, bytes]:
    """The pictures of a source that are not there yet: an editor may have mended the others."""
    files = {f"{PICTURES}/{stem}/{name}": content for name, content in reading.pictures}
    return {name: content for name, content in files.items() if not (folder / name).exists()}


def _remarks(
    drafts: tuple[Draft, ...], plan: Plan, record: Record, folder: Path
) -> Iterator[Notice]:
    """What an editor should know: manuscripts of an older plan, parts that the book cannot have."""
    own = names(plan, Path(plan.source).stem)
    for entry in record.entries:
        if entry.file not in own and (folder / entry.file).is_file():
            yield Notice(
                "manuscript-left",
                say("this manuscript is no longer in the plan of {source}", source=plan.source),
                Place(str(folder / entry.file)),
                say("delete it, and its line in collection.toml"),
            )
    if any(draft.part for draft in drafts) and not takes_parts(read_folder_declaration(folder)):
        yield Notice(
            "parts-left-out",
            say("{source} has parts, but the book lists essays without any", source=plan.source),
            Place(str(folder / DECLARATION)),
            say("put all essays into parts, if the book shall have them"),
            Severity.ADVICE,
        )


@dataclass(frozen=True)
class _Sorted:
    """Drafts by what stands in the folder: nothing or an older one, the same, an editor's own."""

    new: tuple[Draft, ...]
    same: tuple[Draft, ...]
    edited: tuple[Draft, ...]


def _sorted_out(drafts: tuple[Draft, ...], record: Record, folder: Path, source: Path) -> _Sorted:
    """Raises PublisherError for manuscripts in the way that were never made of this source."""
    new, same, edited, foreign = [], [], [], []
    for draft in drafts:
        target = folder / draft.entry.file
        there = digest(target.read_bytes()) if target.is_file() else ""
        known = record.written(draft.entry.file)
        if there == draft.entry.sha256:
            same.append(draft)
        elif there and not known:
            foreign.append(target)
        elif there and there != known:
            edited.append(draft)
        else:
            new.append(draft)
    gather(partial(_require_free, target, source) for target in foreign)
    return _Sorted(tuple(new), tuple(same), tuple(edited))


def _known_record(file: Path, source: Source) -> Record:
    empty = Record(source.name, source.sha256, ())
    return read_record(read_file(file), str(file)) if file.is_file() else empty


def _renewed_record(record: Record, entries: list[Entry]) -> Record:
    new = {entry.file: entry for entry in entries}
    kept = tuple(entry for entry in record.entries if entry.file not in new)
    entries = sorted((*kept, *new.values()), key=lambda entry: entry.file)
    return replace(record, entries=tuple(entries))


def differs(file: Path, content: bytes) -> bool:
    """Whether a file is not there, or holds other bytes."""
    return not (file.is_file() and file.read_bytes() == content)
