"""Conversion: a collection in one script becomes the same collection in another.

It promises that each essay is converted once, from the script it is written in, by the rules above
OpenCC and then by OpenCC; that `Kept` runs, link targets, ids and file names stay; that what was
left of the decisions unused, stale or at odds is said. It refuses nothing: an essay that is in the
wanted script already is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from publisher.ground.notices import Notice
from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.collection import Collection, Contributor, Part
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import LANGUAGES
from publisher.script.auditing import audited
from publisher.script.decisions import decisions_digest
from publisher.script.detection import script_family, traditional_region
from publisher.script.essays import (
    ConvertedEssay,
    Derivation,
    convert_essay,
    convert_passages,
    new_pieces,
)
from publisher.script.opencc import version
from publisher.script.passages import Passage
from publisher.script.provenance import Provenance
from publisher.script.rules import Rules, configuration_for
from publisher.script.supplement import supplement_digest
from publisher.script.tracer import dictionary_digests

DECLARED = "collection.toml"


@dataclass(frozen=True)
class Conversion:
    """A collection in its new script, and how it came about, essay by essay.

    Essays that stayed as they were are not among `derivations`; what is declared stands at their
    end, as if it were an essay of that name.
    """

    collection: Collection
    derivations: tuple[Derivation, ...]
    rules: Rules
    provenance: Provenance
    notices: tuple[Notice, ...]


def convert(collection: Collection, rules: Rules) -> Conversion:
    """The collection in the script of its rules, with the derivation of every word."""
    attempts = tuple(_converted(essay, collection, rules) for essay in collection.essays())
    done, declared = _with_declared(_with_essays(collection, attempts), rules)
    derivations = (*(it.derivation for it in attempts if it), *declared)
    return Conversion(
        done, derivations, rules, _provenance(rules, derivations), audited(rules, derivations)
    )


def _configuration(words: str, collection: Collection, rules: Rules) -> str:
    """OpenCC's configuration for words of a collection; empty where they stay."""
    language = collection.about.language
    family = script_family(words, otherwise=LANGUAGES[language].family)
    if family == "hant" and language == rules.script.language == "zh-Hans":
        language = traditional_region(words)
    return configuration_for(family, language, rules.script)


def _words(essay: Manuscript) -> str:
    """The convertible words of an essay: what is kept says nothing of its script."""
    words = "".join(
        inline.words
        for content, _ in m.passages(essay.blocks)
        for inline in m.inlines(content)
        if isinstance(inline, m.Text)
    )
    return words or essay.title


def _converted(essay: Manuscript, collection: Collection, rules: Rules) -> ConvertedEssay | None:
    """An essay in the script of the rules; None for one that stays."""
    config = _configuration(_words(essay), collection, rules)
    return convert_essay(essay, config, rules) if config else None


def _with_essays(collection: Collection, attempts: tuple[ConvertedEssay | None, ...]) -> Collection:
    """The collection with those of its essays that were converted, in the order of the book."""
    if not any(attempts):
        return collection
    done = iter(attempts)

    def section(manuscripts: tuple[Manuscript, ...]) -> tuple[Manuscript, ...]:
        return tuple(new.essay if (new := next(done)) else old for old in manuscripts)

    front = section(collection.front)
    parts = tuple(replace(part, essays=section(part.essays)) for part in collection.parts)
    return replace(collection, front=front, parts=parts, back=section(collection.back))


def _with_declared(
    collection: Collection, rules: Rules
) -> tuple[Collection, tuple[Derivation, ...]]:
    """The collection with the words of its declaration converted, and where they come from."""
    declared = _declared(collection)
    words = "".join(it.text for it in declared if not it.is_name)
    config = _configuration(words, collection, rules)
    language = rules.script.language
    if not config:
        if collection.about.language == language:
            return collection, ()
        return replace(collection, about=replace(collection.about, language=language)), ()
    derivation = convert_passages(declared, DECLARED, config, rules)
    new = (new_pieces(it, rules)[0] for it in derivation.passages)

    def word(_key: str, _text: str, is_name: bool = False) -> str:
        return next(new)

    return _declaration_mapped(collection, word, language), (derivation,)


_Word = Callable[..., str]


def _declared(collection: Collection) -> tuple[Passage, ...]:
    """The words of the declaration, in the order in which they are put back."""
    taken: list[Passage] = []

    def word(key: str, text: str, is_name: bool = False) -> str:
        taken.append(Passage((text,), Place(DECLARED, key=key), is_name))
        return text

    _declaration_mapped(collection, word, "")
    return tuple(taken)


def _declaration_mapped(collection: Collection, word: _Word, language: str) -> Collection:
    about, imprint = collection.about, collection.imprint
    return replace(
        collection,
        about=replace(
            about,
            language=language,
            title=word("title", about.title),
            subtitle=word("subtitle", about.subtitle),
            editors=tuple(word("editors", editor, is_name=True) for editor in about.editors),
            rights=word("rights", about.rights),
            description=word("description", about.description),
        ),
        imprint=replace(
            imprint,
            name=word("imprint.name", imprint.name),
            place=word("imprint.place", imprint.place),
            printer=word("imprint.printer", imprint.printer),
            price=word("imprint.price", imprint.price),
        ),
        parts=tuple(
            Part(word(f"part[{number}].title", part.title), part.essays)
            for number, part in enumerate(collection.parts, start=1)
        ),
        contributors=tuple(
            Contributor(
                word(f"contributor[{number}].name", person.name, is_name=True),
                word(f"contributor[{number}].note", person.note),
            )
            for number, person in enumerate(collection.contributors, start=1)
        ),
    )


def _provenance(rules: Rules, derivations: tuple[Derivation, ...]) -> Provenance:
    configs = tuple(sorted({derivation.config for derivation in derivations}))
    digests = {pair for config in configs for pair in dictionary_digests(config)}
    return Provenance(
        rules.script.name,
        configs,
        version(),
        tuple(sorted(digests)),
        supplement_digest() if rules.is_supplemented else "",
        decisions_digest(rules.decisions),
    )
