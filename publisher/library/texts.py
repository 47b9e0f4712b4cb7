"""Texts: the essays of an edition as plain text, to be read when nothing else can be.

It promises every word of an essay, a passage to a line: readings in brackets behind what they are
the readings of, notes at the end under their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.model import matter as m
from publisher.model.manuscript import Manuscript


def plain_text(essay: Manuscript) -> str:
    """An essay as lines of text."""
    head = (essay.title, essay.subtitle, "、".join(essay.authors))
    notes = (f"[{note.number}] {line}" for note in essay.notes for line in _lines(note.blocks))
    tail = (essay.date, essay.source, essay.note)
    rows = (*filter(None, head), "", *_lines(essay.blocks), "", *notes, *filter(None, tail))
    return "\n".join(rows).strip("\n") + "\n"


def _lines(blocks: m.Blocks) -> Iterator[str]:
    for content, _ in m.passages(blocks):
        if words := "".join(_words(content)):
            yield words


def _words(content: m.Inlines) -> Iterator[str]:
    for inline in content:
        match inline:
            case m.Text(words) | m.Kept(words):
                yield words
            case m.Ruby(pairs):
                yield from (f"{base}（{reading}）" if reading else base for base, reading in pairs)
            case m.NoteReference(number):
                yield f"[{number}]"
            case m.LineBreak():
                yield "\n"
            case m.Emphasis(inner) | m.Strong(inner) | m.Link(_, inner):
                yield from _words(inner)
            case m.CrossReference(_, inner):
                yield from _words(inner)
