"""Review: the doubts of a collection in one script, and what an editor's answers make of them.

It promises that an answer takes the place of an older one for the same words; that what was
answered is known at once, without another conversion; that `Decisions` alone carry it all, so that
a review goes on where it was left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from publisher.ground.notices import Notice
from publisher.model.collection import Collection
from publisher.model.scripts import LANGUAGES, SCRIPTS, Script
from publisher.script.conversion import Conversion, convert
from publisher.script.decisions import Decisions, DecisionTable
from publisher.script.doubts import Doubt, Scope, listed
from publisher.script.rules import rules_for


@dataclass(frozen=True)
class Review:
    """What is to be looked at in a script, in the order of the book, and what went astray."""

    script: str
    doubts: tuple[Doubt, ...]
    notices: tuple[Notice, ...]

    @property
    def open(self) -> tuple[Doubt, ...]:
        """The doubts that wait for an editor."""
        return tuple(doubt for doubt in self.doubts if doubt.is_open)

    @property
    def undecided(self) -> tuple[Doubt, ...]:
        """The same, and the names that are hardly in doubt."""
        return tuple(doubt for doubt in self.doubts if not doubt.decided)


@dataclass(frozen=True)
class Answer:
    """What an editor says of a doubt; `value` may be what it was."""

    doubt: Doubt
    value: str
    scope: Scope = "occurrence"


def reviewed(collection: Collection, script: Script, decisions: Decisions) -> Review:
    """The review of a collection in a script, by what was decided so far."""
    return review_of(convert(collection, rules_for(collection, script, decisions)))


def review_of(conversion: Conversion) -> Review:
    """The review of what was converted."""
    return Review(conversion.rules.script.name, listed(conversion), conversion.notices)


def script_to_review(language: str, wanted: Iterable[str]) -> Script:
    """The first of the wanted scripts that is another than the essays', else Taiwan's."""
    others = (SCRIPTS[name] for name in wanted if SCRIPTS[name].language != language)
    return next(others, SCRIPTS["hans" if language == "zh-Hant-TW" else "hant-tw"])


def answered(decisions: Decisions, answer: Answer, script: str) -> Decisions:
    """The decisions with an answer that was given while looking at a script."""
    if answer.doubt.is_name:
        return replace(decisions, names=_named(decisions.names, answer, script))
    row = row_of(answer, script)
    left = replace(
        decisions,
        decision=tuple(it for it in decisions.decision if not _is_instead(row, it)),
        accepted=tuple(it for it in decisions.accepted if not _is_instead(row, it)),
    )
    if answer.value == answer.doubt.chosen and not any(_rules(it, row) for it in left.decision):
        return replace(left, accepted=(*left.accepted, row))
    return replace(left, decision=(*left.decision, row))


def row_of(answer: Answer, script: str) -> DecisionTable:
    """The row for an answer; one that was given for characters serves in phrases too."""
    region = LANGUAGES[SCRIPTS[script].language].name
    return answer.doubt.settled_by(answer.value, region, answer.scope)


def settles(answer: Answer, doubt: Doubt) -> bool:
    """Whether an answer settles a doubt, its own or another one."""
    own = answer.doubt
    if (own.source, own.chosen, own.is_name) != (doubt.source, doubt.chosen, doubt.is_name):
        return False
    match answer.scope if answer.scope in own.scopes else "collection":
        case "occurrence":
            return (own.essay, own.occurrence) == (doubt.essay, doubt.occurrence)
        case "essay":
            return own.essay == doubt.essay
    return True


def _named(names: dict[str, str], answer: Answer, script: str) -> dict[str, str]:
    """The names with one more, as they are kept: Simplified first, whatever the direction."""
    name, value = answer.doubt.source, answer.value
    if SCRIPTS[script].family == "hant":
        return names | {name: value}
    without = {key: own for key, own in names.items() if name not in (key, own)}
    return without | {value: name}


def _is_instead(row: DecisionTable, old: DecisionTable) -> bool:
    """Whether a row says anew what an old one says: of the same word, place and script."""
    same = (row.source, row.essay, row.occurrence) == (old.source, old.essay, old.occurrence)
    return same and old.is_for(SCRIPTS[row.script])


def _rules(wide: DecisionTable, row: DecisionTable) -> bool:
    """Whether a wider decision reaches the place of a row, so that accepting would not do."""
    reaches = not wide.occurrence and wide.essay in ("", row.essay)
    return reaches and wide.source == row.source and wide.is_for(SCRIPTS[row.script])
