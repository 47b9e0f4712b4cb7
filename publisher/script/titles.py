"""Titles: works named between 《 and 》 in a converted passage.

It promises each title whose two marks stand by themselves, with what it became, so that a title can
be decided once for all its places. It passes over one that is nested, broken by a line end or a
kept run, or so long that its closing mark was probably forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.script.tracer import Renderings, placed

MARK = "《"
_LONGEST = 40
_TITLE = re.compile(f"{MARK}[^《》\ufdd0\n]{{1,{_LONGEST}}}》")


@dataclass(frozen=True)
class Title:
    """A title with its marks, and the renderings that it is made of; it begins at `start`."""

    start: int
    source: str
    renderings: Renderings

    @property
    def end(self) -> int:
        """The offset behind its closing mark."""
        return self.start + len(self.source)

    @property
    def output(self) -> str:
        """What became of it."""
        return "".join([rendering.output for rendering in self.renderings])

    def with_form(self, start: int, form: str) -> str:
        """What becomes of it where the word that begins at `start` of the passage has a form."""
        own = placed(self.renderings, self.start)
        return "".join([form if at == start else it.output for at, it in own])


def titles(text: str, renderings: Renderings) -> Iterator[Title]:
    """The titles of a passage, in order."""
    if MARK not in text:
        return
    begun = {start: number for number, (start, _) in enumerate(placed(renderings))}
    begun[len(text)] = len(renderings)
    for found in _TITLE.finditer(text):
        if found.start() in begun and found.end() in begun:
            own = renderings[begun[found.start()] : begun[found.end()]]
            yield Title(found.start(), found[0], own)
