"""Doubts: the words of a conversion that an editor should look at, until they are settled.

It promises every doubtful word with its place, its sentence and what else it might be, in the order
of the book; nothing that was decided or accepted; nothing where the tracer could not explain what
OpenCC did. `grouped` puts those together that one answer may settle, the most doubtful first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from publisher.ground.places import Place
from publisher.script.conversion import Conversion
from publisher.script.decisions import DecisionTable
from publisher.script.essays import ConvertedPassage, Derivation
from publisher.script.masks import Layer
from publisher.script.opencc import converter
from publisher.script.passages import EssayText, Spot
from publisher.script.rules import Rules
from publisher.script.signals import Reason, Signal, Signals
from publisher.script.tracer import Rendering


@dataclass(frozen=True)
class Doubt:
    """A doubtful word: `source` became `chosen` by the dictionary's `key`.

    `occurrence` counts the word in its essay from 1, as a decision for one place does; `essay` is
    empty for the words of the declaration. `context` shows the word between eight characters.
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

    @property
    def weight(self) -> int:
        """How doubtful it is: every reason counts."""
        return sum(reason.weight for reason in self.reasons)

    def decided(self, value: str, script: str, scope: str = "occurrence") -> DecisionTable:
        """The row that settles it for `occurrence`, `essay` or `collection`.

        Among the decisions it makes the word `value`; among what is accepted, with `chosen` for the
        value, it ends the doubt.
        """
        here = DecisionTable(self.source, value, script, self.essay, self.occurrence, self.context)
        match scope:
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


def doubts(conversion: Conversion) -> tuple[Doubt, ...]:
    """Every unsettled doubt, in the order of the book; those of the declaration come last."""
    signals: dict[str, Signals] = {}
    found: list[Doubt] = []
    for derivation in conversion.derivations:
        of_config = signals.setdefault(derivation.config, Signals(derivation.config))
        found += _DerivationDoubts(derivation, conversion.rules, of_config).all()
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
        if doubt.reasons == (Reason.NAME,) and doubt.key == _NAMES:
            if doubt.source in named:
                continue
            named.add(doubt.source)
        yield doubt


# The key of a doubt about a whole name, which no dictionary decided.
_NAMES = ""


class _DerivationDoubts:
    """The doubts of one essay, found passage by passage."""

    def __init__(self, derivation: Derivation, rules: Rules, signals: Signals) -> None:
        self._derivation = derivation
        self._rules = rules
        self._signals = signals
        self._text = EssayText(tuple(it.passage for it in derivation.passages))
        self._accepted = self._accepted_spots()
        self._numbers: dict[str, dict[Spot, int]] = {}

    def all(self) -> Iterator[Doubt]:
        """Every unsettled doubt of the essay, in order."""
        for number, converted in enumerate(self._derivation.passages):
            if converted.is_traced:
                yield from self._in_passage(number, converted)

    def _in_passage(self, number: int, converted: ConvertedPassage) -> Iterator[Doubt]:
        text = converted.passage.text
        decided = {claim.start: claim for claim in converted.claims}
        start = 0
        for rendering in converted.renderings:
            if start in decided:
                claim = decided[start]
                found = self._of_name(rendering) if claim.override.layer is Layer.NAMES else ()
            else:
                found = self._in_style(rendering, self._signals.of(rendering, text, start))
            if found and not self._is_settled(rendering, Spot(number, start)):
                yield self._doubt(rendering, Spot(number, start), found)
            start += len(rendering.source)

    def _in_style(self, rendering: Rendering, found: tuple[Signal, ...]) -> tuple[Signal, ...]:
        """The signals in the house's forms, without those that then offer nothing else."""
        if not found or not self._rules.style:
            return found
        styled = (
            Signal(it.reason, tuple(form.translate(self._rules.style) for form in it.alternatives))
            for it in found
        )
        return tuple(it for it in styled if set(it.alternatives) - {rendering.output})

    def _of_name(self, rendering: Rendering) -> tuple[Signal, ...]:
        """Whether an undecided name might be another: by its words, or by its characters."""
        name = rendering.source
        if name in self._rules.names:
            return ()
        others = [converter(self._derivation.config)(name)]
        for offset, character in enumerate(name):
            others += (
                rendering.output[:offset] + form + rendering.output[offset + 1 :]
                for form in self._signals.forms(character)
            )
        if set(others) == {rendering.output} and name not in self._rules.decisions.names:
            return ()
        alternatives = (it for it in dict.fromkeys((*others, name)) if it != rendering.output)
        return (Signal(Reason.NAME, tuple(alternatives)),)

    def _doubt(self, rendering: Rendering, spot: Spot, found: tuple[Signal, ...]) -> Doubt:
        first = rendering.rulings[0].entry
        is_name = first.dictionary == Layer.NAMES.name.lower()
        others = (it for signal in found for it in signal.alternatives)
        return Doubt(
            essay=self._derivation.path,
            place=self._text.passages[spot.passage].at,
            source=rendering.source,
            chosen=rendering.output,
            key=_NAMES if is_name else first.key,
            alternatives=tuple(it for it in dict.fromkeys(others) if it != rendering.output),
            reasons=tuple(signal.reason for signal in found),
            context=self._text.context(spot, len(rendering.source)),
            occurrence=self._number(rendering.source, spot),
        )

    def _number(self, source: str, spot: Spot) -> int:
        """Which of a word's occurrences stands at a spot, from 1."""
        if source not in self._numbers:
            spots = self._text.occurrences(source)
            self._numbers[source] = {it: number for number, it in enumerate(spots, start=1)}
        return self._numbers[source][spot]

    def _is_settled(self, rendering: Rendering, spot: Spot) -> bool:
        wide = DecisionTable(rendering.source, rendering.output)
        rows = (wide, replace(wide, essay=self._derivation.path))
        at = (rendering.source, rendering.output, spot)
        return at in self._accepted or any(row in self._rules.accepted for row in rows)

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
