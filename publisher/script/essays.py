"""Essays: one essay put into another script, with the derivation of every character.

It promises that every passage is converted whole, across emphasis, links and ruby; that what was
decided comes out as decided; that OpenCC decides all the rest, whether the tracer can explain it
or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from publisher.model.manuscript import Manuscript
from publisher.script.decisions import DecisionTable
from publisher.script.masks import (
    Claim,
    Layer,
    Override,
    Overrides,
    claimed,
    cut,
    masked,
    unmasked,
    untraced,
)
from publisher.script.opencc import converter
from publisher.script.passages import EssayText, Passage, passages, rewritten
from publisher.script.quotes import corner_quotes, curly_quotes
from publisher.script.rules import Rules, is_person
from publisher.script.surnamed import certain_claims
from publisher.script.tracer import Rendering, Renderings, traced, tracer


@dataclass(frozen=True)
class ConvertedPassage:
    """A passage and where its new words come from: `renderings` cover it, `claims` were decided.

    Where the tracer could not explain OpenCC's part, `is_traced` is false.
    """

    passage: Passage
    renderings: Renderings
    claims: tuple[Claim, ...]
    is_traced: bool


@dataclass(frozen=True)
class Derivation:
    """How the words of an essay came about, and which decisions about it are stale.

    `path` is the essay's, or that of the declaration whose words they are.
    """

    path: str
    config: str
    passages: tuple[ConvertedPassage, ...]
    stale: tuple[DecisionTable, ...] = ()

    @property
    def used(self) -> frozenset[tuple[Layer, str]]:
        """The layer and the source of every override that came to use."""
        claims = (claim.override for it in self.passages for claim in it.claims)
        return frozenset((override.layer, override.source) for override in claims)


@dataclass(frozen=True)
class ConvertedEssay:
    """An essay in its new script, and how it came about."""

    essay: Manuscript
    derivation: Derivation


def convert_essay(essay: Manuscript, config: str, rules: Rules) -> ConvertedEssay:
    """The essay by one of OpenCC's configurations and the rules above it."""
    derivation = convert_passages(passages(essay), essay.path, config, rules)
    words = (new_pieces(it, rules) for it in derivation.passages)
    return ConvertedEssay(rewritten(essay, words), derivation)


def convert_passages(
    taken: tuple[Passage, ...], path: str, config: str, rules: Rules
) -> Derivation:
    """The passages of one file, `path` being what decisions for one place in it call it."""
    text = EssayText(taken)
    layers = rules.layers(path, config)
    single, stale = _occurrences(text, path, rules)
    converted = tuple(
        convert_passage(passage, config, rules, layers, single.get(number, ()))
        for number, passage in enumerate(taken)
    )
    return Derivation(path, config, converted, stale)


def convert_passage(
    passage: Passage,
    config: str,
    rules: Rules,
    layers: tuple[Overrides, ...],
    single: tuple[Claim, ...] = (),
) -> ConvertedPassage:
    """One passage; `single` are the claims of decisions for one occurrence."""
    text = passage.text

    def solitary(whole: str) -> frozenset[int]:
        return _solitary(config, whole)

    names = _whole_name(passage, config, rules)
    certain = certain_claims(text, config, solitary) if rules.is_supplemented else ()
    wide = (it.claims(text, solitary) for it in layers)
    claims = claimed(text, (single, names, *wide, certain))
    hidden = masked(text, claims)
    new = converter(config)(hidden)
    if not config.endswith(_BY_WORDS):
        require_length(hidden, new)
    explained = traced(config, hidden, new)
    renderings = untraced(hidden, new) if explained is None else explained
    if any(chr(it) in new for it in rules.style):
        renderings = _styled(renderings, rules.style)
    return ConvertedPassage(passage, unmasked(renderings, claims), claims, explained is not None)


# OpenCC's configurations that change words, and with them lengths, end so.
_BY_WORDS = "p"


def require_length(source: str, converted: str) -> None:
    """Raise AssertionError where a conversion by characters changed how many there are.

    Pieces are cut back at the offsets of their source.
    """
    if len(source) != len(converted):
        raise AssertionError("a character conversion changed the length of a passage")


def new_pieces(converted: ConvertedPassage, rules: Rules) -> tuple[str, ...]:
    """The new words of a passage, in the pieces that its markup makes."""
    pieces = cut(converted.renderings, converted.passage.pieces)
    whole = "".join(pieces)
    quoted = corner_quotes(whole) if rules.script.family == "hant" else curly_quotes(whole)
    return pieces if quoted == whole else tuple(_as_long(quoted, pieces))


def _as_long(text: str, pieces: tuple[str, ...]) -> Iterator[str]:
    start = 0
    for piece in pieces:
        yield text[start : start + len(piece)]
        start += len(piece)


def _whole_name(passage: Passage, config: str, rules: Rules) -> Iterator[Claim]:
    """The claim of a person's name on a passage that holds nothing else."""
    name = passage.text
    if passage.is_name and name and (name in rules.names or is_person(name)):
        override = Override(name, rules.name(name, config), Layer.NAMES)
        yield Claim(0, len(name), override)


def _styled(renderings: Renderings, style: dict[int, str]) -> Renderings:
    """The renderings in the house's forms."""
    return tuple(Rendering(it.source, it.output.translate(style), it.rulings) for it in renderings)


@lru_cache(maxsize=1)
def _solitary(config: str, text: str) -> frozenset[int]:
    """The offsets of the characters that stand in no phrase of OpenCC's."""
    found: list[int] = []
    start = 0
    for segment, is_phrase in tracer(config).segments(text):
        if not is_phrase:
            found += range(start, start + len(segment))
        start += len(segment)
    return frozenset(found)


def _occurrences(
    text: EssayText, path: str, rules: Rules
) -> tuple[dict[int, tuple[Claim, ...]], tuple[DecisionTable, ...]]:
    """The claims of decisions for one occurrence, by passage, and those that are stale."""
    claims: dict[int, tuple[Claim, ...]] = {}
    stale: list[DecisionTable] = []
    for table in rules.tables:
        if not table.occurrence or table.essay != path:
            continue
        spot = text.found(table.source, table.occurrence, table.context)
        if spot is None:
            stale.append(table)
            continue
        override = Override(table.source, table.value, Layer.OCCURRENCE)
        claim = Claim(spot.start, spot.start + len(table.source), override)
        claims[spot.passage] = (*claims.get(spot.passage, ()), claim)
    return claims, tuple(stale)
