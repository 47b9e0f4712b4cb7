"""Conversions: a collection in each script that its outputs ask for, by what its editors decided.

It promises each script once, however many outputs want it; a notice for every decision that went
astray, and how many doubts nobody has looked at yet, as a review counts them. It refuses a file of
decisions with a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from publisher.editorial.assembly import Assembly
from publisher.ground.files import is_file, read_file
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.model.collection import Collection
from publisher.model.folders import DECISIONS
from publisher.model.scripts import Script
from publisher.script.conversion import Conversion, convert
from publisher.script.decisions import NONE, Decisions, read_decisions
from publisher.script.review import review_of
from publisher.script.rules import rules_for


@dataclass(frozen=True)
class Edition:
    """A collection in one script; `provenance` is the statement of what its words rest on."""

    collection: Collection
    provenance: str
    notices: tuple[Notice, ...]


class Conversions:
    """The editions of one assembled collection, each made when it is first asked for."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._editions: dict[str, Edition] = {}

    def edition(self, script: Script) -> Edition:
        """The collection in a script. Raises PublisherError with the faults of the decisions."""
        if script.name not in self._editions:
            self._editions[script.name] = self._edition(script)
        return self._editions[script.name]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was noticed in all the editions so far, each notice once."""
        editions = self._editions.values()
        return tuple(dict.fromkeys(notice for it in editions for notice in it.notices))

    def _edition(self, script: Script) -> Edition:
        collection = self._assembly.collection
        conversion = convert(collection, rules_for(collection, script, self._decisions))
        found = (*conversion.notices, *_open_doubts(conversion, self._assembly.folder))
        return Edition(
            conversion.collection,
            conversion.provenance.statement,
            tuple(in_folder(notice, self._assembly.folder) for notice in found),
        )

    @cached_property
    def _decisions(self) -> Decisions:
        return decisions_in(self._assembly.folder)


def decisions_in(folder: Path) -> Decisions:
    """What was decided in a collection's folder; nothing where there is no such file."""
    file = folder / DECISIONS
    return read_decisions(read_file(file), str(file)) if is_file(file) else NONE


def _open_doubts(conversion: Conversion, folder: Path) -> Iterator[Notice]:
    """A notice of all that a review would ask, where more is asked than names that are sure."""
    script = conversion.rules.script.name
    review = review_of(conversion)
    if review.open:
        yield Notice(
            "script-doubts",
            say(
                "{script}: doubts that nobody has looked at: {n}",
                script=script,
                n=len(review.undecided),
            ),
            Place(DECISIONS if is_file(folder / DECISIONS) else ""),
            say("publisher review {folder} --script {script}", folder=folder, script=script),
            Severity.ADVICE,
        )


def in_folder(notice: Notice, folder: Path) -> Notice:
    """The notice with its file as seen from where the reader stands."""
    at = notice.at
    return replace(notice, at=replace(at, file=str(folder / at.file))) if at.file else notice
