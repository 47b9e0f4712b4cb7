"""Doubles: what stands in the book twice: titles, long paragraphs, whole essays.

Words are compared by their Han, letters and digits alone, so that marks and blanks do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from publisher.checking.subject import Subject, Text
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.model import matter as m
from publisher.model.matter import Blocks

_LONG = 30
# Sentences shorter than this are anybody's.
_TELLING = 8
# So much of the shorter essay stands in the longer: it is the same essay.
_SAME = 0.5
_LEAST = 100
_SHOWN = 16
_SENTENCE_END = re.compile("[。！？!?；;\n]")
_IDLE = re.compile(r"[\W_]+")


def titles(subject: Subject) -> Iterator[Notice]:
    """Essays that are called alike."""
    first: dict[tuple[str, str], Text] = {}
    for text in subject.texts:
        key = _plain(text.essay.title), _plain(text.essay.subtitle)
        other = first.setdefault(key, text)
        if other is not text:
            yield Notice(
                "title-twice",
                say('another essay is called "{title}" too', title=text.essay.title),
                text.at(),
                say("the other is {file}", file=other.essay.path),
                Severity.ADVICE,
            )


def essays_and_paragraphs(subject: Subject) -> Iterator[Notice]:
    """Essays of which most stands in another, and long paragraphs that stand in two essays."""
    same: set[tuple[str, str]] = set()
    for text, other, share in _same_essays(subject):
        same.add((text.essay.path, other.essay.path))
        yield Notice(
            "essay-twice",
            say(
                "{share} of a hundred characters stand in {file} too",
                share=round(100 * share),
                file=other.essay.path,
            ),
            text.at(),
            say("leave one of them out of the book"),
        )
    yield from _paragraphs(subject, same)


def _paragraphs(subject: Subject, same: set[tuple[str, str]]) -> Iterator[Notice]:
    first: dict[str, Text] = {}
    for text in subject.texts:
        for words, line in _passages(text):
            key = _plain(words)
            other = first.setdefault(key, text) if len(key) >= _LONG else text
            if other is not text and (text.essay.path, other.essay.path) not in same:
                yield Notice(
                    "paragraph-twice",
                    say('the paragraph "{words}…" stands in two essays', words=words[:_SHOWN]),
                    text.at(line),
                    say("the other is {file}", file=other.essay.path),
                    Severity.ADVICE,
                )


@dataclass(frozen=True)
class _Sentences:
    """The telling sentences of an essay, and how many characters they have."""

    text: Text
    all: tuple[str, ...]
    length: int


def _same_essays(subject: Subject) -> Iterator[tuple[Text, Text, float]]:
    """Each essay with the first before it that it has most in common with, and how much."""
    rows: list[_Sentences] = []
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(subject.texts):
        rows.append(_sentences(text))
        shared: dict[int, int] = {}
        for sentence in rows[-1].all:
            for holder in holders.setdefault(sentence, []):
                shared[holder] = shared.get(holder, 0) + len(sentence)
            holders[sentence].append(number)
        for holder, count in sorted(shared.items()):
            shorter = min(rows[holder].length, rows[-1].length)
            if shorter >= _LEAST and count >= _SAME * shorter:
                yield text, rows[holder].text, count / shorter
                break


def _sentences(text: Text) -> _Sentences:
    pieces = chain.from_iterable(_SENTENCE_END.split(words) for words, _ in _passages(text))
    telling = dict.fromkeys(plain for plain in map(_plain, pieces) if len(plain) >= _TELLING)
    return _Sentences(text, tuple(telling), sum(map(len, telling)))


def _passages(text: Text) -> Iterator[tuple[str, int]]:
    blocks: Blocks = text.essay.blocks
    return ((m.plain(content), line) for content, line in m.passages(blocks))


def _plain(words: str) -> str:
    return _IDLE.sub("", words).casefold()
