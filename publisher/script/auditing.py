"""Auditing: what an editor should know of the decisions once a collection is converted.

It promises a notice for each entry that never came to use, for two that disagree, for a value that
is no form of its word, and for a title that was not written alike everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.model.folders import DECISIONS
from publisher.script.decisions import DecisionTable
from publisher.script.essays import Derivation
from publisher.script.masks import Layer
from publisher.script.opencc import converter
from publisher.script.passages import Passage
from publisher.script.rules import Rules
from publisher.script.titles import titles

# A form is judged by what it is in Simplified, which in Taiwan 著 as well as 着 is.
_SIMPLIFYING = {"zh-Hans": "t2s", "zh-Hant-TW": "tw2s", "zh-Hant-HK": "hk2s"}


def audited(
    rules: Rules,
    derivations: tuple[Derivation, ...],
) -> tuple[Notice, ...]:
    """All notices of a conversion."""
    return (
        *_titles(derivations),
        *(_stale(table) for derivation in derivations for table in derivation.stale),
        *_unused(rules, derivations),
        *_disagreeing(rules),
        *_unlike(rules),
    )


def _titles(derivations: tuple[Derivation, ...]) -> Iterator[Notice]:
    """A notice for each title in 《》 that became two things."""
    forms: dict[str, dict[str, Passage]] = {}
    for derivation in derivations:
        for it in derivation.passages:
            for title in titles(it.passage.text, it.renderings):
                forms.setdefault(title.source, {}).setdefault(title.output, it.passage)
    for source, places in forms.items():
        if len(places) > 1:
            yield Notice(
                "title-differs",
                say(
                    "{title} is written in several ways: {forms}",
                    title=source,
                    forms=", ".join(places),
                ),
                list(places.values())[-1].at,
                say("decide it once for the collection"),
            )


def _stale(table: DecisionTable) -> Notice:
    message = say(
        'the decision for "{source}" no. {number} in {essay} is stale: its sentence changed',
        source=table.source,
        number=table.occurrence,
        essay=table.essay,
    )
    hint = say("decide it anew, or delete the entry")
    return Notice("decision-stale", message, Place(DECISIONS), hint)


def _unused(rules: Rules, derivations: tuple[Derivation, ...]) -> Iterator[Notice]:
    used = {(derivation.path, *use) for derivation in derivations for use in derivation.used}
    anywhere = {(layer, source) for _, layer, source in used}
    stale = {table for derivation in derivations for table in derivation.stale}
    for table in rules.tables:
        use = (_layer(table), table.source)
        if table in stale or ((table.essay, *use) in used if table.essay else use in anywhere):
            continue
        yield Notice(
            "decision-unused",
            say('the decision for "{source}" never came to use', source=table.source),
            Place(DECISIONS),
            _meant_for(table.essay),
        )
    # In Simplified only the essays that were Traditional speak of a name.
    decided = rules.decisions.names if rules.script.family == "hant" else {}
    for name, value in decided.items():
        if derivations and not any((Layer.NAMES, it) in anywhere for it in (name, value)):
            message = say('the name "{source}" is met nowhere', source=name)
            yield Notice("decision-unused", message, Place(DECISIONS, key="names"))


def _disagreeing(rules: Rules) -> Iterator[Notice]:
    """A notice for each word that has two values in one layer."""
    values: dict[tuple[str, str, int, str], set[str]] = {}
    for it in rules.tables:
        key = (it.essay, it.source, it.occurrence, it.context)
        values.setdefault(key, set()).add(it.value)
    for (essay, source, _, _), found in values.items():
        if len(found) > 1:
            yield Notice(
                "decision-disagrees",
                say(
                    'two decisions for "{source}" disagree: {values}; the first in the file counts',
                    source=source,
                    values=", ".join(sorted(found)),
                ),
                Place(DECISIONS),
                _meant_for(essay),
            )


def _unlike(rules: Rules) -> Iterator[Notice]:
    """A notice for each value that is another word than its source."""
    pairs = (
        *((it.source, it.value) for it in rules.tables),
        *((name, value) for name, value in rules.decisions.names.items() if value),
    )
    config = _SIMPLIFYING[rules.script.language]
    for source, value in dict.fromkeys(pairs):
        if not _is_form(value, source, config):
            yield Notice(
                "decision-unlike",
                say('"{value}" is not a form of "{source}"', value=value, source=source),
                Place(DECISIONS),
                severity=Severity.ADVICE,
            )


def _is_form(value: str, source: str, config: str) -> bool:
    """Whether two words are one in Simplified, character by character."""
    simplify = converter(config)
    return len(value) == len(source) and all(
        simplify(new) == simplify(old) for new, old in zip(value, source, strict=True)
    )


def _layer(table: DecisionTable) -> Layer:
    if table.occurrence:
        return Layer.OCCURRENCE
    return Layer.ESSAY if table.essay else Layer.COLLECTION


def _meant_for(essay: str) -> Message | None:
    return say("it is meant for {essay}", essay=essay) if essay else None
