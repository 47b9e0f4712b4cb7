"""Shapes: essays without words, paragraphs that never end, lines that look like headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checking.subject import Subject, Text
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice, Severity
from publisher.model import matter as m

_LONGEST = 1_500
_SHOWN = 24
_HASHES = re.compile(r"[#＃]{1,6}[^#＃\d\s]")
_CHAPTER = re.compile(
    "第[0-9０-９一二三四五六七八九十百千零〇两]{1,6}[章节節回篇卷](?:[ \u3000：:·、].{0,30})?"
)
_NUMERALS = "一二三四五六七八九十"


def empty_essays(subject: Subject) -> Iterator[Notice]:
    """Essays of a title alone."""
    for text in subject.texts:
        has_words = any(m.plain(content).strip() for content, _ in m.passages(text.essay.blocks))
        if not has_words and not any(text.essay.figures()):
            yield Notice(
                "essay-empty",
                say("the essay has no text"),
                text.at(),
                say("write it, or take it out of the list"),
            )


def long_paragraphs(subject: Subject) -> Iterator[Notice]:
    """Paragraphs of several pages."""
    for text in subject.texts:
        for words, line in _paragraphs(text):
            if len(words) > _LONGEST:
                yield Notice(
                    "paragraph-long",
                    say("the paragraph has {n} characters", n=f"{len(words):,}"),
                    text.at(line),
                    say("see whether several paragraphs ran together in it"),
                    Severity.ADVICE,
                )


def leftover_headings(subject: Subject) -> Iterator[Notice]:
    """Paragraphs that look like headings, and titles that stand in the text again."""
    for text in subject.texts:
        rows = list(_paragraphs(text))
        counted = _counted(rows)
        for number, (words, line) in enumerate(rows):
            if number == 0 and _dense(words) == _dense(text.essay.title):
                yield _leftover(text, words, line, say("take it out: the title is set already"))
            elif _HASHES.match(words) or _CHAPTER.fullmatch(words) or line in counted:
                yield _leftover(text, words, line, say("if it is one, write ## and a space first"))


def _leftover(text: Text, words: str, line: int, hint: Message) -> Notice:
    message = say('the line "{words}" looks like a heading', words=words[:_SHOWN])
    return Notice("heading-left", message, text.at(line), hint, Severity.ADVICE)


def _counted(rows: list[tuple[str, int]]) -> set[int]:
    """The lines of paragraphs that count 一, 二, 三 and say nothing else; one is no count."""
    found: list[int] = []
    for words, line in rows:
        if words.strip("、.．") == _NUMERALS[len(found) % len(_NUMERALS)]:
            found.append(line)
    return set(found) if len(found) > 1 else set()


def _paragraphs(text: Text) -> Iterator[tuple[str, int]]:
    """The paragraphs of the text itself, not of quotations and lists in it."""
    for block in text.essay.blocks:
        if isinstance(block, m.Paragraph):
            yield m.plain(block.content).strip(), block.line


def _dense(words: str) -> str:
    return "".join(words.split())
