"""Rules: everything that decides a collection's words in one script, gathered before it starts.

It promises an order: one occurrence, an essay, the collection, names of people, the supplement,
OpenCC, and the house's forms last. It knows what each rule is called in the editor's file, so that
those that never came to use can be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from publisher.ground.han import count_ideographs
from publisher.model.collection import Collection
from publisher.model.scripts import LANGUAGES, Script
from publisher.script.decisions import Decisions, DecisionTable
from publisher.script.masks import Layer, Override, Overrides
from publisher.script.opencc import converter
from publisher.script.supplement import corrections, style_pairs, surnames

# From the family of an essay to each region: OpenCC's configuration.
_SIMPLIFIED = {
    "hans": "",
    "hant-tw": "s2tw",
    "hant-hk": "s2hk",
    "hant-tw-phrases": "s2twp",
    "hant-hk-phrases": "s2hkp",
}
_TRADITIONAL = {
    "zh-Hans": {"zh-Hans": "tw2s", "zh-Hant-TW": "t2tw", "zh-Hant-HK": "t2hk"},
    "zh-Hant-TW": {"zh-Hans": "tw2s", "zh-Hant-TW": "", "zh-Hant-HK": "t2hk"},
    "zh-Hant-HK": {"zh-Hans": "hk2s", "zh-Hant-TW": "t2tw", "zh-Hant-HK": ""},
}
# A name of so many characters is a person's; a longer one is an office's or a society's.
_LONGEST_NAME = 4
# A shorter name may be an everyday word in running text.
_TELLING_NAME = 3


def configuration_for(family: str, language: str, script: Script) -> str:
    """OpenCC's configuration for an essay; empty where its words stay as they are.

    `language` is what the collection is declared to be written in: it tells the region of a
    Traditional essay, which in a Simplified collection is not known.
    """
    if family == "hans":
        return _SIMPLIFIED[script.name]
    return _TRADITIONAL[language][script.language]


@dataclass(frozen=True)
class Rules:
    """What decides words in `script`. Without `is_supplemented`, OpenCC and the editor alone do."""

    script: Script
    decisions: Decisions
    people: tuple[str, ...] = ()
    is_supplemented: bool = True

    @cached_property
    def names(self) -> dict[str, str]:
        """The decided names, in the direction of the script."""
        decided = {name: value for name, value in self.decisions.names.items() if value}
        if self.script.family == "hans":
            # A name that was left as it is was looked at as Traditional.
            return {value: name for name, value in decided.items() if name != value}
        return decided

    @cached_property
    def tables(self) -> tuple[DecisionTable, ...]:
        """The decisions for the script."""
        return tuple(it for it in self.decisions.decision if it.is_for(self.script))

    @cached_property
    def accepted(self) -> frozenset[DecisionTable]:
        """The doubts that were left as they are, whatever the script's name."""
        mine = (it for it in self.decisions.accepted if it.is_for(self.script))
        return frozenset(replace(it, script="") for it in mine)

    @cached_property
    def style(self) -> dict[int, str]:
        """The house's forms, as `str.translate` takes them."""
        region = LANGUAGES[self.script.language].name
        return {
            ord(pair.source): pair.value
            for pair in style_pairs()
            if region in pair.scripts
            and (pair.name in self.decisions.style or (pair.is_standing and self.is_supplemented))
        }

    def layers(self, essay: str, config: str) -> tuple[Overrides, ...]:
        """The layers above OpenCC for an essay, without its single occurrences."""
        own = Overrides(map(wide_override, self._wide(essay) if essay else ()))
        if config not in self._shared:
            self._shared[config] = _shared_layers(self, config)
        return (own, *self._shared[config])

    def _wide(self, essay: str) -> Iterator[DecisionTable]:
        """The decisions for a whole essay; for the collection where it has no path."""
        return (it for it in self.tables if it.essay == essay and not it.occurrence)

    @cached_property
    def _shared(self) -> dict[str, tuple[Overrides, ...]]:
        return {}

    def name(self, name: str, config: str) -> str:
        """A person's name as decided, else by its characters, never by the words they make."""
        if name in self.names:
            return self.names[name]
        if not is_person(name):
            return converter(config)(name)
        return by_characters(name, config)

    def called_names(self, config: str) -> Iterator[Override]:
        """The names that are looked for in running text."""
        for name in dict.fromkeys((*self.names, *self._undecided(), *self.people)):
            if name and (name in self.names or name in self.decisions.names or _tells(name)):
                yield Override(name, self.name(name, config), Layer.NAMES)

    def _undecided(self) -> Iterator[str]:
        return (name for name, value in self.decisions.names.items() if not value)


def rules_for(
    collection: Collection, script: Script, decisions: Decisions, is_supplemented: bool = True
) -> Rules:
    """The rules of a collection: its decisions, and the people named in front matter."""
    named = (
        *(author for essay in collection.essays() for author in essay.authors),
        *collection.about.editors,
        *(person.name for person in collection.contributors),
    )
    return Rules(script, decisions, tuple(dict.fromkeys(named)), is_supplemented)


def wide_override(table: DecisionTable) -> Override:
    """A decision for a whole essay or collection.

    One of a single character is meant for where OpenCC decides that character alone; within a
    longer word OpenCC knows better, and the word itself can be decided.
    """
    layer = Layer.ESSAY if table.essay else Layer.COLLECTION
    return Override(table.source, table.value, layer, alone=len(table.source) == 1)


def is_person(name: str) -> bool:
    """Whether a name in front matter is short enough to be a person's."""
    return count_ideographs(name) <= _LONGEST_NAME


def by_characters(name: str, config: str) -> str:
    """A name converted character by character, its surname by what surnames are."""
    convert = converter(config)
    given = name
    surname = ""
    if config.startswith("s2") and len(name) > 1 and name[0] in surnames():
        surname, given = surnames()[name[0]], name[1:]
    return surname + "".join(map(convert, given))


def _shared_layers(rules: Rules, config: str) -> tuple[Overrides, ...]:
    wide = (wide_override(it) for it in rules.tables if not it.essay)
    supplement: Iterable[Override] = ()
    if rules.is_supplemented and config.startswith("s2"):
        to_region = converter("t2tw" if rules.script.language == "zh-Hant-TW" else "t2hk")
        supplement = (
            Override(it.source, to_region(it.value), Layer.SUPPLEMENT) for it in corrections()
        )
    # Where both have a say the longer word decides: 范小云 before 范.
    decided = (*wide, *rules.called_names(config))
    return Overrides(decided), Overrides(supplement)


def _tells(name: str) -> bool:
    return is_person(name) and count_ideographs(name) >= _TELLING_NAME
