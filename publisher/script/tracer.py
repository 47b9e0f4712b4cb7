"""Tracer: OpenCC's conversion done again step by step, with the entry that decided each piece.

It promises renderings that cover a text without a gap, and that their outputs together are what
OpenCC gives; `traced` compares the two and answers None where they differ, so that a wrong
explanation is never shown. It refuses configurations of another build than those in
`CONFIGURATIONS`.

The steps are those of OpenCC 1.4: compatibility ideographs are unified; a text is cut into
segments at the longest phrases, from left to right; each segment goes alone through the stages of
the conversion chain, and in each stage the longest key wins.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import PurePath
from typing import Any

from publisher.script.dictionaries import Entry, Lexicon, Tier, shipped_digest, shipped_tier
from publisher.script.opencc import configuration

CONFIGURATIONS = (
    "s2t", "s2tw", "s2hk", "s2twp", "s2hkp", "t2s", "t2tw", "t2hk", "tw2s", "tw2sp", "hk2s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ruling:
    """An entry that spoke, and in which stage: 0 unifies, the chain counts from 1."""

    stage: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Rendering:
    """A piece of a text that was converted as one: characters in, characters out, and why."""

    source: str
    output: str
    rulings: tuple[Ruling, ...] = ()


Renderings = tuple[Rendering, ...]
_LONGEST_REMEMBERED = 16


def placed(renderings: Renderings, start: int = 0) -> Iterator[tuple[int, Rendering]]:
    """Renderings, each with the offset at which its source begins."""
    lengths = (len(rendering.source) for rendering in renderings)
    return zip(accumulate(lengths, initial=start), renderings, strict=False)


def traced(config: str, text: str, converted: str) -> Renderings | None:
    """The renderings of a text that OpenCC made into `converted`; None where they differ."""
    renderings = tracer(config).renderings(text)
    return (
        renderings if "".join([rendering.output for rendering in renderings]) == converted else None
    )


@cache
def tracer(config: str) -> Tracer:
    """The tracer of a built-in configuration, e.g. `s2tw`; made once a process."""
    return Tracer(json.loads(configuration(config).read_text(encoding="utf-8")))


@cache
def dictionary_digests(config: str) -> tuple[tuple[str, str], ...]:
    """The names of a configuration's dictionaries with their SHA-256, in alphabetical order."""
    table = json.loads(configuration(config).read_text(encoding="utf-8"))
    return tuple((name, shipped_digest(name)) for name in sorted(set(_names(table))))


class Tracer:
    """One configuration, taken apart. It remembers what became of each word it has met."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._unifying = _lexicon([step["dict"] for step in table.get("normalization", ())])
        self._chain = tuple(_lexicon([step["dict"]]) for step in table["conversion_chain"])
        self._segmenting = self._segmentation(table)
        # In an unlisted segment the phrases that cut the text match nowhere: the first stage can
        # join characters by its other tiers alone.
        self._joining = tuple(
            tuple(tier for tier in stage.tiers if number or tier is not self._segmenting)
            for number, stage in enumerate(self._chain)
        )
        self._unified = {
            ord(key): entry.values[0]
            for tier in self._unifying.tiers
            for key, entry in tier.singles.items()
        }
        self._words: dict[str, Renderings] = {}
        self._held: dict[str, bool] = {}
        self._become: dict[str, tuple[frozenset[str], ...]] = {}

    def renderings(self, text: str) -> Renderings:
        """The pieces of a text in order, none left out."""
        unified = text.translate(self._unified)
        if len(unified) != len(text):
            raise ValueError("unifying changed the length of a text")
        words = self._words
        renderings: list[Rendering] = []
        for segment, is_phrase in self.segments(unified):
            for word in (segment,) if is_phrase or len(segment) == 1 else self._parts(segment):
                renderings += words.get(word) or self._learned(word)
        return tuple(renderings if unified == text else self._with_sources(renderings, text))

    def segments(self, text: str) -> Iterator[tuple[str, bool]]:
        """The segments of a unified text, and whether each is a phrase that was looked up."""
        sizes, phrases = self._segmenting.sizes, self._segmenting.phrases
        begin = start = 0
        end = len(text)
        while start < end:
            for size in sizes.get(text[start : start + 2], ()):
                phrase = text[start : start + size]
                if phrase in phrases:
                    if begin < start:
                        yield text[begin:start], False
                    yield phrase, True
                    begin = start = start + len(phrase)
                    break
            else:
                start += 1
        if begin < end:
            yield text[begin:], False

    def phrases(self, text: str, start: int) -> Iterator[Entry]:
        """Every phrase that a text could be cut into at `start`, longest first."""
        for size in self._segmenting.sizes.get(text[start : start + 2], ()):
            entry = self._segmenting.phrases.get(text[start : start + size])
            if entry is not None and len(entry.key) == size:
                yield entry

    def entry(self, character: str) -> Entry | None:
        """The row of a character in the first stage, which has its other forms."""
        return self._chain[0].match(character, 0)

    def _segmentation(self, table: dict[str, Any]) -> Tier:
        """The tier whose phrases cut a text.

        A chain of one stage without a segmentation cuts by its own phrases: each match stands
        alone. Were there more tiers of phrases or more stages, it would not.
        """
        declared = table.get("segmentation")
        tiers = _lexicon([declared["dict"]]).tiers if declared else self._chain[0].tiers
        many = [tier for tier in tiers if tier.phrases]
        is_alone = len(self._chain) == 1 and many == [tiers[0]]
        if len(many) != 1 or not (declared or is_alone):
            raise ValueError("a configuration of another build than the tracer's")
        return many[0]

    def _learned(self, word: str) -> Renderings:
        """What becomes of a word, which is remembered unless it is a long one."""
        renderings = tuple(self._through_chain(word))
        if len(word) <= _LONGEST_REMEMBERED:
            self._words[word] = renderings
        return renderings

    def _parts(self, segment: str) -> Iterator[str]:
        """An unlisted segment cut wherever no stage can take the two sides as one."""
        if not any(tier.links for tiers in self._joining for tier in tiers):
            yield from segment
            return
        held = self._held
        begin = 0
        for middle in range(1, len(segment)):
            pair = segment[middle - 1 : middle + 1]
            hold = held.get(pair)
            if hold is None:
                hold = held[pair] = self._may_hold(*pair)
            if not hold:
                yield segment[begin:middle]
                begin = middle
        yield segment[begin:]

    def _may_hold(self, left: str, right: str) -> bool:
        """Whether a key of some stage may reach from one character to the next."""
        lefts, rights = self._forms(left), self._forms(right)
        return any(
            one + other in tier.links
            for tiers, ones, others in zip(self._joining, lefts, rights, strict=True)
            for tier in tiers
            for one in ones
            for other in others
        )

    def _forms(self, character: str) -> tuple[frozenset[str], ...]:
        """What a character of an unlisted segment may have become before each stage."""
        if character not in self._become:
            forms = [frozenset(character)]
            for tiers in self._joining[:-1]:
                after = (tier.outcomes.get(it) for it in forms[-1] for tier in tiers)
                forms.append(forms[-1].union(*filter(None, after)))
            self._become[character] = tuple(forms)
        return self._become[character]

    def _through_chain(self, segment: str) -> list[Rendering]:
        renderings: list[Rendering] = [Rendering(character, character) for character in segment]
        for number, stage in enumerate(self._chain, start=1):
            renderings = list(_merged(renderings, list(_hits(stage, renderings, number))))
        return renderings

    def _with_sources(self, renderings: list[Rendering], text: str) -> Iterator[Rendering]:
        """The renderings of the unified text as renderings of the text itself."""
        start = 0
        for rendering in renderings:
            source = text[start : start + len(rendering.source)]
            start += len(source)
            if source == rendering.source:
                yield rendering
                continue
            unifying = (self._unifying.match(it, 0) for it in source)
            rulings = tuple(Ruling(0, entry) for entry in unifying if entry)
            yield Rendering(source, rendering.output, rulings + rendering.rulings)


def _hits(stage: Lexicon, renderings: list[Rendering], number: int) -> Iterator[Rendering]:
    """What one stage makes of the outputs so far, entry by entry."""
    text = "".join([rendering.output for rendering in renderings])
    start = 0
    while start < len(text):
        entry = stage.match(text, start)
        if entry is None:
            yield Rendering(text[start], text[start])
            start += 1
        else:
            yield Rendering(entry.key, entry.values[0], (Ruling(number, entry),))
            start += len(entry.key)


def _merged(renderings: list[Rendering], hits: list[Rendering]) -> Iterator[Rendering]:
    """Renderings of the source to the new output: as short as both divisions allow."""
    rest, more = iter(renderings), iter(hits)
    for rendering in rest:
        if not rendering.output:
            yield rendering
            continue
        hit = next(more)
        while len(rendering.output) != len(hit.source):
            if len(rendering.output) < len(hit.source):
                rendering = _joined(rendering, next(rest))  # noqa: PLW2901
            else:
                following = next(more)
                hit = Rendering(
                    hit.source + following.source,
                    hit.output + following.output,
                    hit.rulings + following.rulings,
                )
        yield replace(rendering, output=hit.output, rulings=rendering.rulings + hit.rulings)


def _joined(one: Rendering, other: Rendering) -> Rendering:
    return Rendering(
        one.source + other.source, one.output + other.output, one.rulings + other.rulings
    )


def _lexicon(tables: list[dict[str, Any]]) -> Lexicon:
    return Lexicon(tuple(tier for table in tables for tier in _tiers(table)))


def _tiers(table: dict[str, Any]) -> Iterator[Tier]:
    match table:
        case {"type": "group", "match_policy": "short_circuit", "dicts": inner}:
            for one in inner:
                yield from _tiers(one)
        case {"type": "group", "match_policy": "union"} | {"file": _}:
            yield shipped_tier(tuple(_names(table)))
        case _:
            raise ValueError("a dictionary of another kind than the tracer's")


def _names(table: object) -> Iterator[str]:
    """The names of the dictionaries anywhere in a configuration, in its order."""
    match table:
        case {"file": str(file)}:
            yield PurePath(file).stem
        case dict():
            for inner in table.values():
                yield from _names(inner)
        case list():
            for inner in table:
                yield from _names(inner)
