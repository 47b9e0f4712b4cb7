"""Masks: words that somebody decided, kept out of OpenCC's sight while it converts the rest.

It promises that a decided word comes out as decided whatever stands beside it, and that what
stands beside it is converted as if the word were a mark of punctuation: each word is put aside for
one noncharacter, `MASK`, which no dictionary knows and no source holds. Where several want the
same characters the more particular layer wins, and within a layer the word that begins first, then
the longest. A mask never reaches over a `Kept` run or a line end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.model.matter import KEPT
from publisher.script.dictionaries import Entry
from publisher.script.tracer import Rendering, Renderings, Ruling

# A Unicode noncharacter, as `matter.KEPT` is: the gate in `ground.hygiene` keeps both out.
MASK = "\ufdd1"


class Layer(IntEnum):
    """Who decided, the most particular first; inline markup comes before all, as `Kept`."""

    OCCURRENCE = 1
    ESSAY = 2
    COLLECTION = 3
    NAMES = 4
    SUPPLEMENT = 5


@dataclass(frozen=True, slots=True)
class Override:
    """`source` becomes `value`; `alone` says: only where no longer word of OpenCC's holds it."""

    source: str
    value: str
    layer: Layer
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """The characters from `start` to `end` of a passage, taken by an override."""

    start: int
    end: int
    override: Override


# The offsets of a text at which OpenCC decides a character by itself.
Solitary = Callable[[str], frozenset[int]]


class Overrides:
    """The overrides of one layer, ready to be looked for. Of two with one source the first wins."""

    def __init__(self, overrides: Iterable[Override]) -> None:
        self._by_source: dict[str, Override] = {}
        for override in overrides:
            self._by_source.setdefault(override.source, override)
        longest_first = sorted(self._by_source, key=lambda source: (-len(source), source))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __iter__(self) -> Iterator[Override]:
        return iter(self._by_source.values())

    def claims(self, text: str, solitary: Solitary) -> Iterator[Claim]:
        """Where the layer wants something, from left to right, without overlaps."""
        for found in self._pattern.finditer(text):
            override = self._by_source[found[0]]
            if not override.alone or found.start() in solitary(text):
                yield Claim(found.start(), found.end(), override)


def claimed(text: str, layers: Iterable[Iterable[Claim]]) -> tuple[Claim, ...]:
    """What each layer gets, in the order of the text; `layers` come most particular first."""
    taken: dict[int, Claim] = {}
    for claims in layers:
        for claim in claims:
            if not any(offset in taken for offset in range(claim.start, claim.end)):
                taken.update(dict.fromkeys(range(claim.start, claim.end), claim))
    return tuple(dict.fromkeys(taken[offset] for offset in sorted(taken)))


def masked(text: str, claims: tuple[Claim, ...]) -> str:
    """The text with one `MASK` for each claim. Raises PublisherError where it holds one already."""
    if MASK in text:
        raise PublisherError.of(
            say("the character U+{code} ({name}) cannot stand in a text",
                code=f"{ord(MASK):04X}", name=say("noncharacter")),
            Remedy.EDITOR,
        )  # fmt: skip
    parts: list[str] = []
    end = 0
    for claim in claims:
        parts += (text[end : claim.start], MASK)
        end = claim.end
    return "".join((*parts, text[end:]))


def unmasked(renderings: Renderings, claims: tuple[Claim, ...]) -> Renderings:
    """The renderings of a masked text with the decided words in the place of their masks."""
    if not claims:
        return renderings
    decided = iter(claims)
    return tuple(
        _decided(next(decided)) if rendering.source == MASK else rendering
        for rendering in renderings
    )


def untraced(source: str, converted: str) -> Renderings:
    """Renderings without rulings, for a text that the tracer cannot explain.

    Character by character where the length is the same; else one rendering for all that stands
    between two untouchable characters.
    """
    if len(source) == len(converted):
        return tuple(map(Rendering, source, converted))
    between = re.compile(f"([{KEPT}{MASK}\n])")
    ins, outs = between.split(source), between.split(converted)
    return tuple(Rendering(one, new) for one, new in zip(ins, outs, strict=True) if one or new)


def cut(renderings: Renderings, pieces: tuple[str, ...]) -> tuple[str, ...]:
    """The output of a passage divided as its source is.

    A rendering of as many characters out as in is divided with its source; another goes whole to
    the piece in which it begins.
    """
    if len(pieces) == 1:
        return ("".join([rendering.output for rendering in renderings]),)
    characters = _by_source_character(renderings)
    return tuple("".join([next(characters) for _ in piece]) for piece in pieces)


def _by_source_character(renderings: Renderings) -> Iterator[str]:
    for rendering in renderings:
        if len(rendering.source) == len(rendering.output):
            yield from rendering.output
        else:
            yield rendering.output
            yield from ("" for _ in rendering.source[1:])


def _decided(claim: Claim) -> Rendering:
    override = claim.override
    entry = Entry(override.layer.name.lower(), override.source, (override.value,))
    return Rendering(override.source, override.value, (Ruling(0, entry),))
