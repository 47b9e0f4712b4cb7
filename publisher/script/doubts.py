"""Doubts: the words of a conversion that an editor should look at, and what was settled of them.

It promises every doubtful word with its place, its sentence and what else it might be, in the order
of the book; a person's name once for the whole book; nothing where the tracer could not explain
what OpenCC did. `grouped` puts those together that one answer may settle, the most doubtful first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Literal

from publisher.ground.places import Place
from publisher.script.conversion import Conversion
from publisher.script.decisions import DecisionTable
from publisher.script.doubting import NAME, Doubting, Word, in_titles
from publisher.script.essays import Derivation
from publisher.script.passages import EssayText, Spot
from publisher.script.rules import Rules
from publisher.script.signals import Reason
from publisher.script.titles import MARK, titles

# For how much an answer holds: one place, all of its essay, the whole collection.
Scope = Literal["occurrence", "essay", "collection"]
SCOPES: tuple[Scope, ...] = ("occurrence", "essay", "collection")


@dataclass(frozen=True)
class Doubt:
    """A doubtful word: `source` became `chosen` by the dictionary's `key`.

    `occurrence` counts the word in its essay from 1, as a decision for one place does; `essay` is
    `collection.toml` for the words of the declaration. `context` shows the word between eight
    characters.
    `decided` is what an editor made of it, be it what it was; empty while nobody did.
    """

    essay: str
    place: Place
    source: str
    chosen: str
    key: str
    alternatives: tuple[str, ...]
    reasons: tuple[Reason, ...]
    context: str
    occurrence: int
    decided: str = ""

    @property
    def weight(self) -> int:
        """How doubtful it is: every reason counts; nothing where it can be nothing else."""
        return sum(reason.weight for reason in self.reasons) if self.alternatives else 0

    @property
    def is_open(self) -> bool:
        """Whether it waits for an editor."""
        return not self.decided and self.weight > 0

    @property
    def is_name(self) -> bool:
        """Whether it is a whole name of a person, which is decided among the names."""
        return self.key == NAME

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """For how much an answer can hold: a name or a title is one everywhere."""
        is_one = self.is_name or self.source.startswith(MARK)
        return ("collection",) if is_one else SCOPES

    def settled_by(self, value: str, script: str, scope: Scope = "occurrence") -> DecisionTable:
        """The row that settles it; a scope that it cannot have becomes the widest.

        Among the decisions the row makes the word `value`; among what is accepted, with `chosen`
        for the value, it ends the doubt.
        """
        here = DecisionTable(self.source, value, script, self.essay, self.occurrence, self.context)
        match scope if scope in self.scopes else "collection":
            case "occurrence":
                return here
            case "essay":
                return replace(here, occurrence=0, context="")
        return replace(here, essay="", occurrence=0, context="")


@dataclass(frozen=True)
class Group:
    """Doubts that share the deciding key, the word and its form."""

    key: str
    source: str
    chosen: str
    doubts: tuple[Doubt, ...]

    @property
    def weight(self) -> int:
        """The weight of the most doubtful of them."""
        return max(doubt.weight for doubt in self.doubts)

    @cached_property
    def alternatives(self) -> tuple[str, ...]:
        """What any of them may be instead."""
        return tuple(dict.fromkeys(it for doubt in self.doubts for it in doubt.alternatives))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why any of them is doubted."""
        return tuple(dict.fromkeys(it for doubt in self.doubts for it in doubt.reasons))


def listed(conversion: Conversion) -> tuple[Doubt, ...]:
    """All that a review lists, in that order: settled doubts too, and every name of a person."""
    doubting: dict[str, Doubting] = {}
    found: list[Doubt] = []
    for derivation in conversion.derivations:
        config = derivation.config
        of_config = doubting.setdefault(config, Doubting(config, conversion.rules))
        found += _EssayDoubts(derivation, conversion.rules).all(of_config)
    return tuple(_names_once(found))


def grouped(found: Iterable[Doubt]) -> tuple[Group, ...]:
    """The doubts in groups, the most doubtful first, then the largest."""
    ordered = sorted(found, key=_group_key)
    groups = (Group(*key, tuple(members)) for key, members in groupby(ordered, key=_group_key))
    return tuple(sorted(groups, key=lambda it: (-it.weight, -len(it.doubts), it.source)))


def _group_key(doubt: Doubt) -> tuple[str, str, str]:
    return doubt.key, doubt.source, doubt.chosen


def _names_once(found: list[Doubt]) -> Iterator[Doubt]:
    """The doubts, a whole name only where it is first met: it is decided once for all."""
    named: set[str] = set()
    for doubt in found:
        if doubt.is_name:
            if doubt.source in named:
                continue
            named.add(doubt.source)
        yield doubt


class _EssayDoubts:
    """The doubtful words of one essay in their places."""

    def __init__(self, derivation: Derivation, rules: Rules) -> None:
        self._derivation = derivation
        self._rules = rules
        self._text = EssayText(tuple(it.passage for it in derivation.passages))
        self._accepted = self._accepted_spots()
        self._numbers: dict[str, dict[Spot, int]] = {}

    def all(self, doubting: Doubting) -> Iterator[Doubt]:
        """Every doubt of the essay, in order."""
        for number, converted in enumerate(self._derivation.passages):
            words = [self._settled(it, number) for it in doubting.words(converted)]
            whole = titles(converted.passage.text, converted.renderings) if words else ()
            for word in in_titles(words, whole):
                yield self._doubt(self._settled(word, number), Spot(number, word.start))

    def _doubt(self, word: Word, spot: Spot) -> Doubt:
        return Doubt(
            essay=self._derivation.path,
            place=self._text.passages[spot.passage].at,
            source=word.source,
            chosen=word.chosen,
            key=word.key,
            alternatives=word.alternatives,
            reasons=word.reasons,
            context=self._text.context(spot, len(word.source)),
            occurrence=self._number(word.source, spot),
            decided=word.decided,
        )

    def _number(self, source: str, spot: Spot) -> int:
        """Which of a word's occurrences stands at a spot, from 1."""
        if source not in self._numbers:
            spots = self._text.occurrences(source)
            self._numbers[source] = {it: number for number, it in enumerate(spots, start=1)}
        return self._numbers[source][spot]

    def _settled(self, word: Word, passage: int) -> Word:
        """The word, decided to be what it is where an editor accepted that."""
        if word.decided:
            return word
        wide = DecisionTable(word.source, word.chosen)
        rows = (wide, replace(wide, essay=self._derivation.path))
        at = (word.source, word.chosen, Spot(passage, word.start))
        is_accepted = at in self._accepted or any(it in self._rules.accepted for it in rows)
        return replace(word, decided=word.chosen) if is_accepted else word

    def _accepted_spots(self) -> frozenset[tuple[str, str, Spot]]:
        """The places at which an editor left what OpenCC has, where their sentence is the same."""
        rows = (
            it for it in self._rules.accepted if it.occurrence and it.essay == self._derivation.path
        )
        found = (
            (it.source, it.value, self._text.found(it.source, it.occurrence, it.context))
            for it in rows
        )
        return frozenset((source, value, spot) for source, value, spot in found if spot)
