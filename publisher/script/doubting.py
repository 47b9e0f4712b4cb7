"""Doubting: the doubtful words of one converted passage, also of those that an editor decided.

It promises words in the order of the passage with what OpenCC makes of them, why that is doubted
and what they might be instead; of a title in 《》 one word, so that it is decided as a whole. It
knows nothing of essays and of what was accepted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.script.essays import ConvertedPassage
from publisher.script.masks import Claim, Layer
from publisher.script.namesakes import Met, Namesakes, namesake_signals
from publisher.script.opencc import converter
from publisher.script.rules import Rules, by_characters
from publisher.script.signals import Reason, Signal, Signals
from publisher.script.titles import MARK, Title
from publisher.script.tracer import Rendering, Renderings, placed, traced

# The key of a whole name, which no dictionary decided.
NAME = ""


@dataclass(frozen=True)
class Word:
    """A doubtful word that begins at `start` of a passage, as it is while no editor decides it."""

    start: int
    source: str
    chosen: str
    key: str
    alternatives: tuple[str, ...]
    reasons: tuple[Reason, ...]
    decided: str = ""


class Doubting:
    """What is doubtful in the passages that one of OpenCC's configurations converted."""

    def __init__(self, config: str, rules: Rules) -> None:
        self._config = config
        self._rules = rules
        self._signals = Signals(config)
        self._namesakes = Namesakes(rules, config)

    def words(self, converted: ConvertedPassage) -> list[Word]:
        """The doubtful words of a passage; of one that was not traced, none."""
        if not converted.is_traced:
            return []
        found = [*self._unclaimed(converted), *self._overruled(converted)]
        return sorted(found, key=lambda word: word.start)

    def _unclaimed(self, converted: ConvertedPassage) -> Iterator[Word]:
        """The words that no decision claims, and the names."""
        claims = {claim.start: claim for claim in converted.claims}
        text = converted.passage.text
        met = self._namesakes.met(text)
        for start, rendering in placed(converted.renderings):
            if start not in claims:
                if signals := self._speaking(rendering, text, start, met):
                    yield from self._doubted(rendering, start, signals)
            elif claims[start].override.layer is Layer.NAMES:
                yield self._name(rendering.source, start)

    def _overruled(self, converted: ConvertedPassage) -> Iterator[Word]:
        """The words that would be doubtful, had an editor not decided them."""
        claims = [it for it in converted.claims if it.override.layer <= Layer.COLLECTION]
        if not claims:
            return
        text = converted.passage.text
        explained = traced(self._config, text, converter(self._config)(text))
        untouched = dict(placed(explained or ()))
        for claim in claims:
            renderings = tuple(_within(untouched, claim))
            words = tuple(self._of_claim(claim, renderings, text))
            if words and claim.override.source.startswith(MARK):
                title = Title(claim.start, claim.override.source, renderings)
                words = (_whole(title, words),)
            yield from (replace(it, decided=_part(claim, it)) for it in words)

    def _of_claim(self, claim: Claim, renderings: Renderings, text: str) -> Iterator[Word]:
        met = self._namesakes.met(text)
        for start, rendering in placed(renderings, claim.start):
            signals = self._speaking(rendering, text, start, met)
            yield from self._doubted(rendering, start, signals)

    def _speaking(
        self, rendering: Rendering, text: str, start: int, met: Met
    ) -> tuple[Signal, ...]:
        """What speaks of a rendering: a person of the book first, as that is most telling."""
        signals = self._signals.of(rendering, text, start)
        return (*namesake_signals(met, rendering, start), *signals) if met else signals

    def _doubted(
        self, rendering: Rendering, start: int, signals: tuple[Signal, ...]
    ) -> Iterator[Word]:
        """A word as OpenCC has it, where signals speak in the house's forms too."""
        signals = self._in_style(rendering, signals)
        if not signals:
            return
        chosen = rendering.output.translate(self._rules.style)
        others = (it for signal in signals for it in signal.alternatives)
        yield Word(
            start,
            rendering.source,
            chosen,
            rendering.rulings[0].entry.key if rendering.rulings else rendering.source,
            tuple(it for it in dict.fromkeys(others) if it != chosen),
            tuple(dict.fromkeys(signal.reason for signal in signals)),
        )

    def _in_style(self, rendering: Rendering, signals: tuple[Signal, ...]) -> tuple[Signal, ...]:
        """The signals in the house's forms, without those that then offer nothing else."""
        style = self._rules.style
        if not signals or not style:
            return signals
        styled = (
            Signal(it.reason, tuple(form.translate(style) for form in it.alternatives))
            for it in signals
        )
        output = rendering.output.translate(style)
        return tuple(it for it in styled if set(it.alternatives) - {output})

    def _name(self, name: str, start: int) -> Word:
        """A person's name: by its characters, unless it is decided."""
        chosen = by_characters(name, self._config)
        others = [converter(self._config)(name)]
        for offset, character in enumerate(name):
            forms = self._signals.forms(character)
            others += (chosen[:offset] + form + chosen[offset + 1 :] for form in forms)
        if set(others) - {chosen}:
            others.append(name)
        alternatives = tuple(it for it in dict.fromkeys(others) if it != chosen)
        decided = self._rules.names.get(name, "")
        return Word(start, name, chosen, NAME, alternatives, (Reason.NAME,), decided)


def in_titles(words: Iterable[Word], titles: Iterable[Title]) -> list[Word]:
    """The words in order; those of a title that nobody decided as one word."""
    found = tuple(titles)
    starts = [title.start for title in found]
    inside: dict[int, list[Word]] = {}
    left: list[Word] = []
    for word in words:
        number = bisect_right(starts, word.start) - 1
        is_inside = number >= 0 and word.start < found[number].end
        if is_inside and not word.decided and word.source != found[number].source:
            inside.setdefault(number, []).append(word)
        else:
            left.append(word)
    left += (_whole(found[number], own) for number, own in inside.items())
    return sorted(left, key=lambda word: word.start)


def _within(untouched: dict[int, Rendering], claim: Claim) -> Iterator[Rendering]:
    """The renderings that a claim begins with, as far as it covers them whole."""
    start = claim.start
    while start in untouched and start + len(untouched[start].source) <= claim.end:
        yield untouched[start]
        start += len(untouched[start].source)


def _part(claim: Claim, word: Word) -> str:
    """What a claim makes of one of its words; all that it makes, where lengths differ."""
    source, value = claim.override.source, claim.override.value
    if len(source) != len(value):
        return value
    offset = word.start - claim.start
    return value[offset : offset + len(word.source)]


def _whole(title: Title, words: Sequence[Word]) -> Word:
    """A title in the place of its doubtful words."""
    forms = (title.with_form(word.start, it) for word in words for it in word.alternatives)
    reasons = (reason for word in words for reason in word.reasons)
    return Word(
        title.start,
        title.source,
        title.output,
        words[0].key,
        tuple(it for it in dict.fromkeys(forms) if it != title.output),
        tuple(dict.fromkeys(reasons)),
    )
