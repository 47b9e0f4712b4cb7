"""Mending: the rules of cleaning carried out in manuscripts, on their words alone.

It promises that whatever is not words stays byte for byte, line ends and byte order mark too, and
that the file reads back with the same structure; else it is left as it was, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from publisher.checking.subject import Text, text_of
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice
from publisher.intake.cleaning.changes import INSERTED
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript

_LINE_END = re.compile("\r\n|\r|\n")
_MARK = "\ufeff"
# A line end that was a space may be none beside marks that were mended: then once more.
_MOST_ROUNDS = 4


@dataclass(frozen=True)
class Mended:
    """A manuscript's new bytes, by its path in the collection; how often each rule changed it."""

    path: str
    content: bytes
    rules: tuple[tuple[str, int], ...]

    def told(self, folder: Path) -> Message:
        """What was put right, in the file as it lies in `folder`."""
        rules = ", ".join(f"{rule} {count}" for rule, count in self.rules)
        return say("{file}: put right: {rules}", file=folder / self.path, rules=rules)


@dataclass(frozen=True)
class Mending:
    """What can be written, and a notice for each manuscript that had to be left."""

    mended: tuple[Mended, ...]
    left: tuple[Notice, ...]


def mend(texts: Iterable[Text]) -> Mending:
    """All manuscripts in which a rule has something to change."""
    tried = [(text, _mended(text)) for text in texts if text.cleaning.log]
    left = tuple(_left(text) for text, mended in tried if mended is None)
    return Mending(tuple(mended for _, mended in tried if mended), left)


def _mended(text: Text) -> Mended | None:
    """The manuscript mended; None where it would not read as it did."""
    counts: Counter[str] = Counter()
    for _ in range(_MOST_ROUNDS):
        if not text.cleaning.log:
            return Mended(text.essay.path, text.content, tuple(counts.items()))
        for step in text.cleaning.log:
            counts[step.rule] += len(step.changes)
        after = _carried_out(text)
        if after is None:
            return None
        text = after
    return None


def _carried_out(text: Text) -> Text | None:
    """The text after its cleaning; None where the file would not say that, or have that shape."""
    content = _written(text)
    try:
        essay = read_manuscript(content, text.essay.path, text.file)
    except PublisherError:
        return None
    after = text_of(essay, text.file, content, text.rules_off)
    is_said = _dense(after.words.text) == _dense(text.cleaning.text)
    return after if is_said and _shape(essay) == _shape(text.essay) else None


def _dense(words: str) -> str:
    return "".join(words.split())


def _left(text: Text) -> Notice:
    return Notice(
        "mending-left",
        say("the file was left as it is: cleaned, it would be read in another way"),
        text.at(),
        say("put it right by hand"),
    )


def _written(text: Text) -> bytes:
    """The file with every changed word in its place."""
    source = text.content.decode()
    mark = _MARK if source.startswith(_MARK) else ""
    body = source.removeprefix(mark)
    characters = list(_LINE_END.sub("\n", body))
    for place, words in _edits(text):
        characters[place] = words
    rows = "".join(characters).split("\n")
    pieces = zip_longest(rows, _LINE_END.findall(body), fillvalue="")
    return (mark + "".join(chain.from_iterable(pieces))).encode()


def _edits(text: Text) -> Iterator[tuple[int, str]]:
    """Offsets in the file's text with what shall stand there for the one character."""
    after = _replacements(text)
    for offset, (before, place) in enumerate(zip(text.words.text, text.words.places, strict=True)):
        words = after.get(offset, "")
        if words != before:
            yield place, words


def _replacements(text: Text) -> dict[int, str]:
    """What each character of the words became, with what was inserted behind it."""
    found: dict[int, str] = {}
    last = 0
    for character, origin in zip(text.cleaning.text, text.cleaning.origins, strict=True):
        last = last if origin == INSERTED else origin
        found[last] = found.get(last, "") + character
    return found


def _shape(essay: Manuscript) -> Manuscript:
    """A manuscript without its words; a heading may stand for its title."""
    return replace(
        essay,
        title="",
        blocks=m.map_text(essay.blocks, _blank),
        notes=m.map_notes(essay.notes, _blank),
    )


def _blank(pieces: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece if piece in (m.KEPT, "\n") else "" for piece in pieces)
