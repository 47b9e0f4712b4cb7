"""Languages: sentences in a Western language of which nobody says which it is."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checking.subject import Subject
from publisher.ground.messages import say
from publisher.ground.notices import Notice, Severity
from publisher.ground.western import western
from publisher.model import matter as m

_SHOWN = 40


def unsaid_languages(subject: Subject) -> Iterator[Notice]:
    """Western sentences that a voice would read as if they were Chinese."""
    for text in subject.texts:
        for blocks in (text.essay.blocks, *(note.blocks for note in text.essay.notes)):
            for content, line in m.passages(blocks):
                if found := western("".join(_words(content))):
                    mark = f"[…]{{lang={found.language or 'fr'}}}"
                    yield Notice(
                        "language-unsaid",
                        say('nothing says the language of "{words}"', words=found.words[:_SHOWN]),
                        text.at(line),
                        say("put it in brackets with its language, as in {mark}", mark=mark),
                        Severity.ADVICE,
                    )


def _words(content: m.Inlines) -> Iterator[str]:
    """The words of a passage, with a mark in the place of what is code or has its language."""
    for inline in m.inlines(content):
        match inline:
            case m.Text(words):
                yield words
            case m.Kept(words, language, code):
                yield m.KEPT if language or code else words
            case m.Ruby(pairs):
                yield from (base for base, _ in pairs)
            case m.LineBreak():
                yield "\n"
