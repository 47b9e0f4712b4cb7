"""Planned: plans of sources that wait for an editor's word, or whose word has not been carried out.

A plan that nobody touched since it was carried out is not read again: it says what it said then.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publisher.checking.subject import Planned, Subject
from publisher.ground.errors import PublisherError
from publisher.ground.fixity import digest
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.intake.essays import drafted
from publisher.intake.filing import planned_source
from publisher.intake.plan import CERTAIN, Item
from publisher.intake.sources import read


def waiting_plans(subject: Subject) -> Iterator[Notice]:
    """Plans with items that nobody confirmed, and the doubts in them."""
    for row in subject.plans:
        asked = [item for item in row.plan.item if not item.confirmed]
        doubts = sum(not advice.accepted for advice in row.plan.advice)
        if asked:
            yield Notice(
                "plan-waits",
                say("items that wait to be confirmed: {n}; doubts: {m}", n=len(asked), m=doubts),
                Place(row.file),
                say("publisher import --plan {folder} shows them", folder=subject.assembly.folder),
            )
            yield from _doubtful_splits(row)


def _doubtful_splits(row: Planned) -> Iterator[Notice]:
    several = sum(item.kind == "essay" for item in row.plan.item) > 1
    for number, item in enumerate(row.plan.item, start=1):
        if several and item.kind == "essay" and not item.confirmed and item.confidence < CERTAIN:
            yield _doubtful(row.file, number, item)


def _doubtful(file: str, number: int, item: Item) -> Notice:
    return Notice(
        "split-doubtful",
        say(
            "the lines {first} to {last} may not be an essay of their own",
            first=item.first,
            last=item.last,
        ),
        Place(file, key=f"item[{number}]"),
        say("look where they begin and end, then confirm them"),
        Severity.ADVICE,
    )


def stale_manuscripts(subject: Subject) -> Iterator[Notice]:
    """Manuscripts as their plan wrote them, which it would write otherwise now."""
    for row in subject.plans:
        if row.plan.is_touched or any(advice.accepted for advice in row.plan.advice):
            for file in _stale(row, subject.assembly.folder):
                yield Notice(
                    "plan-unapplied",
                    say("its plan was changed since, and would write it otherwise"),
                    Place(str(subject.assembly.folder / file)),
                    say(
                        "publisher import --apply {folder} writes it",
                        folder=subject.assembly.folder,
                    ),
                )


def _stale(row: Planned, folder: Path) -> Iterator[str]:
    """The manuscripts of a plan that differ from it, save those that an editor changed."""
    try:
        source = planned_source(folder, row.plan, row.file)
        drafts = drafted(read(source), row.plan, source.stem).drafts
    except PublisherError:
        # A source that is gone or changed is told where it is read: by import.
        return
    for draft in drafts:
        target = folder / draft.entry.file
        there = digest(target.read_bytes()) if target.is_file() else ""
        known = row.record.entry(draft.entry.file)
        if known and known.is_own(there) and not known.stands(there, draft.entry.sha256):
            yield draft.entry.file
