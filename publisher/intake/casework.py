"""Casework: one source on its way through its plan into manuscripts.

It promises that what an editor changed by hand is left alone, that a plan and its source belong
together, and that nothing is taken for the source's own that was never made of it. What is to be
written is given as values.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from publisher.editorial.assembly import read_folder_declaration
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.intake.asked import questions
from publisher.intake.counsel import spot
from publisher.intake.essays import PICTURES, Draft, drafted
from publisher.intake.filing import (
    PLANS,
    earlier_file,
    kept_source,
    known_record,
    offered_file,
    plan_file,
    planned_source,
    record_file,
    source_file,
)
from publisher.intake.handled import Handled, Wishes, Work
from publisher.intake.order import Row, takes_parts
from publisher.intake.plan import AdviceTable, Plan, line_count, names, renewed
from publisher.intake.planfile import legible, read_plan, written_plan
from publisher.intake.planning import (
    accepted,
    changed_source,
    gone_over,
    held,
    require_sense,
    up_to_date,
)
from publisher.intake.reading import Reading
from publisher.intake.ready import (
    essays_within,
    pictures,
    pictures_in_the_way,
    ready_draft,
    with_kept,
)
from publisher.intake.record import Record, written_record
from publisher.intake.sources import Source, read, read_source
from publisher.intake.standing import Standing, standing
from publisher.model.folders import DECLARATION


@dataclass(frozen=True)
class _Coming:
    """A source that comes in, and the version that it takes the place of, if any."""

    source: Source
    before: Source | None = None

    def files(self) -> dict[str, bytes]:
        """Both as they are kept."""
        older = {earlier_file(self.before): self.before.content} if self.before else {}
        return {source_file(self.source): self.source.content} | older


def taken(path: Path, folder: Path, wishes: Wishes) -> Work:
    """A source that comes in; see `desk.take_in`. Raises PublisherError with its faults."""
    source = read_source(path)
    before = _version_before(source, folder, replacing=wishes.replacing)
    coming = _Coming(source, before)
    if source.is_markdown:
        return _as_it_is(coming, folder)
    reading = read(source)
    _require_words(reading, source.path)
    plan = (
        gone_over(source, reading, before, folder)
        if before
        else up_to_date(source, reading, folder)
    )
    plan = replace(plan, rules_off=tuple(sorted(wishes.off.union(plan.rules_off))))
    plan = accepted(plan) if wishes.accept else plan
    return _worked(coming, reading, plan, folder, is_ready=plan.is_settled)


def applied(file: Path, folder: Path, accept: bool, *, settled: bool) -> Work:
    """What the plan in a file confirms; where `settled`, nothing as long as it has a question.

    Raises PublisherError with the faults of the plan.
    """
    plan = read_plan(read_file(file), str(file))
    source = planned_source(folder, plan, str(file))
    if source.sha256 != plan.sha256:
        raise changed_source(source.path)
    reading = read(source)
    require_sense(plan, line_count(reading.text), str(file))
    plan = accepted(plan) if accept else plan
    is_ready = plan.is_settled or not settled
    return _worked(_Coming(source), reading, plan, folder, is_ready=is_ready)


def _version_before(source: Source, folder: Path, *, replacing: bool) -> Source | None:
    """The other version of a source that came in before; None where there is none.

    Raises PublisherError for such a one unless the new one shall take its place.
    """
    before = kept_source(folder, source.name)
    if before is None or before.sha256 == source.sha256:
        return None
    if not replacing:
        raise PublisherError.of(
            say("this is not the file that came in under this name before"),
            Remedy.EDITOR,
            Place(str(source.path)),
            say(
                "rename it if it is another text; to take it in place of the old one, "
                "which is kept: publisher import {file} --into {folder} --replace",
                file=shlex.quote(str(source.path)),
                folder=shlex.quote(str(folder)),
            ),
        )
    return before


def _require_words(reading: Reading, path: Path) -> None:
    if not reading.text.strip():
        raise PublisherError.of(
            say("the text is empty"),
            Remedy.EDITOR,
            Place(str(path), 1),
            say("look whether it is the right file; words in pictures are not read"),
        )


def _as_it_is(coming: _Coming, folder: Path) -> Work:
    """A source that is a manuscript already."""
    source = coming.source
    record = known_record(folder, source)
    kept = kept_source(folder, source.name)
    stands = standing((ready_draft(source),), with_kept(record, kept), folder, source.path)
    shown = pictures(source)
    others = pictures_in_the_way(shown, folder, source.path, is_known=kept is not None)
    files = {name: content for name, content in shown.items() if name not in others}
    handled = _handled(source, "Markdown", "", stands)
    within = essays_within(source)
    handled = replace(handled, edited=(*handled.edited, *others), notices=within)
    return _filed(coming, replace(stands, known=record), folder, handled, files)


def _worked(coming: _Coming, reading: Reading, plan: Plan, folder: Path, *, is_ready: bool) -> Work:
    """A source under its plan; `is_ready`: whether what is confirmed goes out."""
    source = coming.source
    drafts = drafted(reading, plan if is_ready else held(plan), source.stem)
    file = plan_file(source.stem)
    plan = renewed(plan, replace(plan, advice=drafts.advice), file)
    stands = standing(drafts.drafts, known_record(folder, source), folder, source.path)
    files = _pictures(coming, reading, folder) if is_ready else {}
    files[file] = _plan_bytes(folder / file, plan, reading.text)
    if not source.is_text:
        # The lines of a Word file are nowhere to be counted: the plan speaks of these.
        files[f"{PLANS}/{source.stem}.txt"] = reading.text.encode()
    handled = replace(
        _handled(source, reading.how, file, stands),
        asked=tuple(item for item in plan.item if not item.confirmed),
        questions=len(questions(plan.item)),
        doubts=sum(not row.accepted for row in plan.advice),
        ledger=drafts.ledger,
        removed=tuple(_removed_lines(plan, reading.text)),
        notices=(
            *reading.notices,
            *_unmet(drafts.unmet, plan, str(folder / file)),
            *_remarks(stands, plan, folder),
        ),
    )
    return _filed(coming, stands, folder, handled, files)


def _handled(source: Source, how: str, plan: str, stands: Standing) -> Handled:
    return Handled(
        source=source.name,
        how=how,
        plan=plan,
        written=tuple((draft.entry.file, draft.title) for draft in stands.new),
        kept=tuple(draft.entry.file for draft in stands.same),
        edited=tuple(draft.entry.file for draft in stands.edited),
        mended=stands.mended,
        offered=tuple(offered_file(draft.entry.file) for draft in stands.offered),
        gone=tuple(draft.entry.file for draft in stands.gone),
    )


def _filed(
    coming: _Coming, stands: Standing, folder: Path, handled: Handled, files: dict[str, bytes]
) -> Work:
    """The work with all that is kept of a source."""
    source = coming.source
    record = replace(stands.record(), sha256=source.sha256)
    files = stands.files() | files | coming.files()
    files[record_file(source.stem)] = written_record(record)
    rows = tuple(_row(draft, stands.known, folder) for draft in stands.drafts)
    return Work(handled, files, rows)


def _removed_lines(plan: Plan, text: str) -> Iterator[tuple[int, str]]:
    """The lines that a plan leaves out for certain and that say something."""
    rows = text.split("\n")
    for item in plan.item:
        if item.kind == "removed" and item.confirmed:
            numbers = range(item.first, item.last + 1)
            yield from ((n, legible(rows[n - 1])) for n in numbers if rows[n - 1].strip())


def _plan_bytes(file: Path, plan: Plan, text: str) -> bytes:
    """The bytes of a plan's file; those that are there, comments and all, if they say the same."""
    there = read_file(file) if file.is_file() else b""
    return there if there and read_plan(there, str(file)) == plan else written_plan(plan, text)


def _row(draft: Draft, record: Record, folder: Path) -> Row:
    """A manuscript for the order; what was there before has its line, or lost it by intent."""
    name = draft.entry.file
    is_new = not (record.entry(name) and (folder / name).is_file())
    return Row(name, draft.part, is_new)


def _pictures(coming: _Coming, reading: Reading, folder: Path) -> dict[str, bytes]:
    """The pictures of a source, save those that are there and may be an editor's own."""
    below = f"{PICTURES}/{coming.source.stem}/"
    older = dict(read(coming.before).pictures) if coming.before else {}
    return {
        f"{below}{name}": content
        for name, content in reading.pictures
        if not (file := folder / below / name).exists() or file.read_bytes() == older.get(name)
    }


def _unmet(rows: tuple[AdviceTable, ...], plan: Plan, file: str) -> Iterator[Notice]:
    """Advice that an editor accepted and that nothing in the words answers to."""
    numbers = {spot(row): number for number, row in enumerate(plan.advice, start=1)}
    for row in rows:
        yield Notice(
            "advice-unmet",
            say("{rule}: nothing there can be changed so, and nothing was", rule=row.rule),
            Place(file, key=f"advice[{numbers[spot(row)]}]"),
            say("look whether line and words are still so; else delete it"),
        )


def _remarks(stands: Standing, plan: Plan, folder: Path) -> Iterator[Notice]:
    """What an editor should know: manuscripts of an older plan, parts that the book cannot have."""
    own = names(plan, Path(plan.source).stem)
    for entry in stands.known.entries:
        if entry.file not in own and (folder / entry.file).is_file():
            yield Notice(
                "manuscript-left",
                say("this manuscript is no longer in the plan of {source}", source=plan.source),
                Place(str(folder / entry.file)),
                say("delete it, and its line in collection.toml"),
            )
    has_parts = any(draft.part for draft in stands.drafts)
    if has_parts and not takes_parts(read_folder_declaration(folder)):
        yield Notice(
            "parts-left-out",
            say("{source} has parts, but the book lists essays without any", source=plan.source),
            Place(str(folder / DECLARATION)),
            say("put all essays into parts, if the book shall have them"),
            Severity.ADVICE,
        )
