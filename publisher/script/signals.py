"""Signals: what makes a converted word doubtful, told from its derivation and its neighbours.

It promises reasons and other forms for a rendering, never a verdict. On OpenCC's own choice there
are four signals: a word that crosses another, a surname beside a title, a character that is decided
alone where it is known to go wrong, and a word with several values. `tests/script` holds them to
what they find of a set of known errors, and to how often they speak on a long text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from publisher.script.callings import houses, named
from publisher.script.dictionaries import Entry
from publisher.script.opencc import converter
from publisher.script.supplement import risks, surnames
from publisher.script.tracer import Rendering, tracer

_TITLES = (
    "先生|女士|小姐|太太|老师|老師|师傅|師傅|大夫|医生|醫生|护士|大爷|大娘|大哥|大姐|大妈|大叔"
    "|老板|主任|校长|局长|院长|教授|同志|某|家的|氏"
)
_TITLE_AFTER = re.compile(f"[\u4e00-\u9fff]{{0,2}}?(?:{_TITLES})")
# A risky character makes its own choice in a phrase of so many characters at most.
_LONGEST_ALONE = 2
# Characters that make a phrase in OpenCC's lists with almost any other.
_GRAMMAR = frozenset("了上下中里内一不没再的得着过是又也很在有把被来去出起")
# With these such a phrase is a word of everyday: 一种, 里面, 只有, 后来.
_EVERYDAY = frozenset("种面只后")
_FAMILIAR = ("老", "小", "阿", "姓")
_FLOUR = "面"
# Where a word that begins with 面 may be noodles and the beginning of another: 他的面|分三种.
_FLOUR_HERE = re.compile("[的吃煮卖碗斤锅盘拌炒]面[分带如有无重熟生甜泛水嫩盆板盘]")
_FOOD = re.compile("[汤炒煮碗吃馆锅擀揉饺饭筷卤葱醋酱饿]")
# How far words of food are looked for.
_SENTENCE = 12


class Reason(Enum):
    """Why a word is doubtful; the more telling first."""

    NAME = "name"
    CROSSING = "crossing"
    ALONE = "alone"
    SEVERAL = "several"

    @property
    def weight(self) -> int:
        """How telling it is, from 4 down."""
        return 4 - list(Reason).index(self)


@dataclass(frozen=True)
class Signal:
    """A reason to doubt a rendering, and the forms that its characters might have instead."""

    reason: Reason
    alternatives: tuple[str, ...]


class Signals:
    """The signals of one of OpenCC's configurations."""

    def __init__(self, config: str) -> None:
        self._tracer = tracer(config)
        self._config = config
        self._quiet: dict[str, bool] = {}

    def of(self, rendering: Rendering, text: str, start: int) -> tuple[Signal, ...]:
        """The signals of a rendering that begins at `start` of a text, strongest first."""
        quiet = self._quiet.get(rendering.source)
        if quiet is None:
            quiet = self._quiet[rendering.source] = not self._is_ambiguous(rendering)
        entry = None if quiet else _whole_entry(rendering)
        if entry is None:
            return ()
        found = (*self._name(rendering, text, start), *self._called(rendering, text, start),
                 *self._crossing(entry, text, start), *self._flour(entry, rendering, text, start),
                 *self._alone(entry, rendering, text, start), *self._several(entry))  # fmt: skip
        return tuple(sorted(found, key=lambda signal: -signal.reason.weight))

    def forms(self, character: str) -> tuple[str, ...]:
        """What a character may become, in the forms of the region; OpenCC's choice first."""
        entry = self._tracer.entry(character)
        values = entry.values if entry else (character,)
        return tuple(dict.fromkeys(map(self.regional, values)))

    def regional(self, word: str) -> str:
        """A value of OpenCC's first stage in the forms of the region."""
        region = {"s2tw": "t2tw", "s2twp": "t2tw", "s2hk": "t2hk", "s2hkp": "t2hk"}
        return converter(region[self._config])(word) if self._config in region else word

    def _is_ambiguous(self, rendering: Rendering) -> bool:
        several = any(len(self.forms(it)) > 1 for it in rendering.source)
        surname = any(it in surnames() for it in rendering.source)
        return several or surname

    def _name(self, rendering: Rendering, text: str, start: int) -> Iterator[Signal]:
        """A surname beside a title, or after 老 and 小, that did not get a surname's form."""
        if len(rendering.source) != len(rendering.output):
            return
        for offset, (old, new) in enumerate(zip(rendering.source, rendering.output, strict=True)):
            form = surnames().get(old, new)
            at = start + offset
            is_called = (
                text[max(0, at - 1) : at] in _FAMILIAR
                or at in houses(text)
                or (len(rendering.source) == 1 and _TITLE_AFTER.match(text, at + 1))
            )
            if form != new and is_called:
                yield Signal(Reason.NAME, (_put(rendering.output, offset, form),))

    def _called(self, rendering: Rendering, text: str, start: int) -> Iterator[Signal]:
        """A part of a name after 叫 or 署名 that might be written otherwise."""
        spans = named(text)
        if not spans or len(rendering.source) != len(rendering.output):
            return
        for offset, (old, new) in enumerate(zip(rendering.source, rendering.output, strict=True)):
            if start + offset in spans:
                forms = dict.fromkeys((surnames().get(old, new), *self.forms(old)))
                others = (_put(rendering.output, offset, it) for it in forms if it != new)
                if alternatives := tuple(others):
                    yield Signal(Reason.NAME, alternatives)

    def _flour(self, entry: Entry, rendering: Rendering, text: str, start: int) -> Iterator[Signal]:
        """A 面 that OpenCC took into a word (他的面分三种), beside words of food."""
        word = entry.key
        if not self._config.startswith("s2") or len(word) != _LONGEST_ALONE:
            return
        if not (word.startswith(_FLOUR) and rendering.output == word and start):
            return
        near = text[max(0, start - _SENTENCE) : start + _SENTENCE]
        if _FLOUR_HERE.match(text, start - 1) and _FOOD.search(near):
            yield Signal(Reason.ALONE, (_put(rendering.output, 0, self.regional("麪")),))

    def _crossing(self, entry: Entry, text: str, start: int) -> Iterator[Signal]:
        """A phrase that OpenCC took, some end of which would be the beginning of another."""
        size = len(entry.key)
        chosen = entry.values[0]
        for offset in range(1, size):
            for other in self._tracer.phrases(text, start + offset):
                shared = size - offset
                if len(other.key) <= shared:
                    continue
                if other.values[0][:shared] != chosen[offset:]:
                    form = chosen[:offset] + other.values[0][:shared]
                    yield Signal(Reason.CROSSING, (self.regional(form),))
                    return

    def _alone(self, entry: Entry, rendering: Rendering, text: str, start: int) -> Iterator[Signal]:
        """A risky character by itself, or in a phrase of two with a word of grammar."""
        if not self._config.startswith("s2") or len(rendering.source) != len(rendering.output):
            return
        word = entry.key
        for offset, character in enumerate(word if len(word) <= _LONGEST_ALONE else ""):
            rows = risks().get(character, ()) if _is_alone(word, offset) else ()
            if any(row.fits(text, start + offset) for row in rows):
                others = (it for it in self.forms(character) if it != rendering.output[offset])
                yield Signal(
                    Reason.ALONE, tuple(_put(rendering.output, offset, it) for it in others)
                )

    def _several(self, entry: Entry) -> Iterator[Signal]:
        if len(entry.key) > 1 and len(entry.values) > 1:
            _, *others = dict.fromkeys(map(self.regional, entry.values))
            if others:
                yield Signal(Reason.SEVERAL, tuple(others))


def _whole_entry(rendering: Rendering) -> Entry | None:
    """The entry of the first stage, where it decided all of a rendering.

    A region's phrase may join what several entries decided: 软 and 件 for 軟體.
    """
    entries = (ruling.entry for ruling in rendering.rulings if ruling.stage == 1)
    first = next(entries, None)
    return first if first and first.key == rendering.source else None


def _is_alone(word: str, offset: int) -> bool:
    """Whether a character of a word stands by itself, or next to a word of grammar."""
    return len(word) == 1 or (word[offset] not in _EVERYDAY and word[1 - offset] in _GRAMMAR)


def _put(word: str, offset: int, character: str) -> str:
    return word[:offset] + character + word[offset + 1 :]
