"""Namesakes: the people of a book where they are met in its text.

It promises a doubt wherever a person's name, or the given name alone, would be written otherwise
than the name is in the head: 余征 in a sentence beside the author 余征, 小云 beside 范小云. It
never decides: 余生 may be an author, and the rest of a life.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.ground.han import count_ideographs
from publisher.script.rules import Rules, is_person
from publisher.script.signals import Reason, Signal
from publisher.script.tracer import Rendering

# A given name of one character is met in too many words.
_SHORTEST = 2

Met = tuple[tuple[int, str], ...]


class Namesakes:
    """The people of a collection, with the forms that their names have in the heads."""

    def __init__(self, rules: Rules, config: str) -> None:
        self._forms: dict[str, str] = {}
        for name in dict.fromkeys((*rules.names, *rules.people)):
            for part, form in _parts(name, rules.name(name, config)):
                self._forms.setdefault(part, form)
        longest_first = sorted(self._forms, key=lambda part: (-len(part), part))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def met(self, text: str) -> Met:
        """Where people are met in a text, each with the form of the head."""
        found = self._pattern.finditer(text) if self._forms else ()
        return tuple((it.start(), self._forms[it[0]]) for it in found)


def namesake_signals(met: Met, rendering: Rendering, start: int) -> Iterator[Signal]:
    """A signal where a rendering writes some part of a name otherwise than the head does."""
    if not met or len(rendering.source) != len(rendering.output):
        return
    expected = list(rendering.output)
    for begin, form in met:
        for offset, character in enumerate(form, begin - start):
            if 0 <= offset < len(expected):
                expected[offset] = character
    if (other := "".join(expected)) != rendering.output:
        yield Signal(Reason.NAME, (other,))


def _parts(name: str, form: str) -> Iterator[tuple[str, str]]:
    """A person's name and the given name, with their forms; nothing of what is no person's."""
    size = count_ideographs(name)
    if not is_person(name) or size != len(name) or len(form) != size:
        return
    given = name[size // 2 :]
    for part in (name, given):
        if len(part) >= _SHORTEST:
            yield part, form[-len(part) :]
