"""Characters: those that no font of the book has, and those that few fonts anywhere have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.checking.subject import Subject
from publisher.composition.book import Book
from publisher.composition.faces import Passage, glyphless
from publisher.ground.errors import Fault
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.places import Place
from publisher.model import matter as m

# Extension B and all after it, with the compatibility supplement: planes 2 and 3.
_RARE = re.compile("[\U00020000-\U0003ffff]")
_CONTEXT = 6


def missing_glyphs(books: Iterable[Book]) -> tuple[Fault, ...]:
    """A fault for each character without a glyph in each place of the books."""
    found: dict[tuple[str, Place], Fault] = {}
    for book in books:
        passages = book.passages()
        lacking = frozenset(glyphless(passages, book.used_faces))
        for passage in passages if lacking else ():
            found = _in_one(passage, lacking, book) | found
    return tuple(fault for _, fault in sorted(found.items(), key=lambda row: _order(row[0][1])))


def _in_one(
    passage: Passage, lacking: frozenset[str], book: Book
) -> dict[tuple[str, Place], Fault]:
    if lacking.isdisjoint(passage[0]):
        return {}
    faults = glyphless([passage], book.used_faces)
    return {(character, passage[1]): fault for character, fault in faults.items()}


def _order(place: Place) -> tuple[str, int]:
    return place.file, place.line or 0


def rare_characters(subject: Subject) -> Iterator[Notice]:
    """Characters of Extension B and beyond, and those only an added font has: each once."""
    seen: set[str] = set()
    added = "".join(map(re.escape, sorted(subject.brought)))
    rare = re.compile(f"{_RARE.pattern}|[{added}]") if added else _RARE
    for text in subject.texts:
        rows = [(text.essay.title, 1), *_passages(text.essay.blocks)]
        for words, line in rows:
            for match in rare.finditer(words):
                if match[0] not in seen:
                    seen.add(match[0])
                    yield _rare(match, text.at(line))


def _passages(blocks: m.Blocks) -> Iterator[tuple[str, int]]:
    return ((m.plain(content), line) for content, line in m.passages(blocks))


def _rare(match: re.Match[str], at: Place) -> Notice:
    words = match.string[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT]
    return Notice(
        "character-rare",
        say(
            'the character "{character}" (U+{code}) is rare: "{words}"',
            character=match[0],
            code=f"{ord(match[0]):04X}",
            words=words,
        ),
        at,
        say("see whether it is meant; few programs of readers can search for it"),
        Severity.ADVICE,
    )
