"""Manuscript: a cleaned essay with its marks becomes a file of Markdown with front matter.

It promises a file that reads back as the words it was made of, in its text and in its notes; a mark
that Markdown cannot carry beside them is left out and not written wrongly. It refuses characters
that no manuscript may hold, which only a cleaning rule that is off can leave here.
"""

from __future__ import annotations

import json

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.intake.blocks import Writer, dense, words_of
from publisher.intake.essay import Essay, Head


def written(essay: Essay, name: str) -> bytes:
    """The bytes of the manuscript called `name`, proven to read back as the essay's words.

    Raises PublisherError for characters that a manuscript cannot hold.
    """
    content = _content(essay, careful=False)
    if _is_read_as(content, essay, name):
        return content
    content = _content(essay, careful=True)
    _require_read_as(content, essay, name)
    return content


def _content(essay: Essay, *, careful: bool) -> bytes:
    blocks = Writer(essay, careful=careful).blocks()
    return (_front_matter(essay.head) + "".join(f"\n{block}\n" for block in blocks)).encode()


def _is_read_as(content: bytes, essay: Essay, name: str) -> bool:
    try:
        _require_read_as(content, essay, name)
    except (PublisherError, AssertionError):
        return False
    return True


def _require_read_as(content: bytes, essay: Essay, name: str) -> None:
    manuscript = read_manuscript(content, name, name)
    called = sorted(dense(note.text) for note in essay.called())
    if words_of(manuscript.blocks) != dense(essay.text):
        raise AssertionError(f"{name} does not read back as it was written")
    if sorted(words_of(note.blocks) for note in manuscript.notes) != called:
        raise AssertionError(f"the notes of {name} do not read back as they were written")


def _front_matter(head: Head) -> str:
    names = ", ".join(map(_quote, head.authors))
    rows = {
        "title": _quote(head.title),
        "subtitle": head.subtitle and _quote(head.subtitle),
        "author": f"[{names}]" if len(head.authors) > 1 else names,
        "date": head.date and _quote(head.date),
        "source": head.source and _quote(head.source),
        "note": head.note and _quote(head.note),
    }
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in rows.items() if value) + "---\n"


def _quote(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
