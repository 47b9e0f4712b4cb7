"""Heads: what of an essay's lines goes to the front matter of its manuscript.

It promises that what a byline or a dateline says beyond authors and date is kept as a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.intake.copytext import Copytext
from publisher.intake.essay import Head
from publisher.intake.plan import Item
from publisher.intake.splitting.remains import remains, unsourced

# Evidence whose lines go to another key than `note`.
_SAID = {"first-printed": "source"}
# A dash, which goes, or a bracket, which stays.
_SUBTITLE_MARK = re.compile(r"[—–―─-]+[ \u3000]*|(?=[（(])")


def head_of(copy: Copytext, essay: Item, inner: tuple[Item, ...], more: str) -> Head:
    """The head of an essay; `more` are words of notes that belong to its note."""
    notes = [_said(copy, inner, "note"), *_remains(copy, essay, inner), more]
    return Head(
        title=copy.tidy(essay.title) or essay.title.strip(),
        subtitle=_subtitle(copy, essay, inner),
        authors=essay.authors,
        date=copy.tidy(essay.date),
        source=_said(copy, inner, "source"),
        note="\n".join(filter(None, notes)),
    )


def _subtitle(copy: Copytext, essay: Item, inner: tuple[Item, ...]) -> str:
    """What stands in the heading below the title, and begins with a dash or is in brackets."""
    rows = [row for item in inner if item.kind == "heading" for row in copy.tidy_rows(item)]
    below = (row for row in rows[1:] if _SUBTITLE_MARK.match(row))
    subtitle = " ".join(_SUBTITLE_MARK.sub("", row, count=1) for row in below)
    return "" if subtitle in essay.title else subtitle


def _said(copy: Copytext, inner: tuple[Item, ...], key: str) -> str:
    """The notes of an essay that go to a key of its front matter, a source without label."""
    wanted = (
        item for item in inner
        if item.kind == "note" and _SAID.get(item.evidence, "note") == key
    )  # fmt: skip
    words = (copy.words(item) for item in wanted)
    bare = map(unsourced, words) if key == "source" else words
    return " ".join(filter(None, bare))


def _remains(copy: Copytext, essay: Item, inner: tuple[Item, ...]) -> Iterator[str]:
    """What bylines and datelines say besides authors and date: a class, a place."""
    for item in inner:
        if item.kind in ("byline", "dateline"):
            known = (essay.date, item.date if item.date in essay.date else "")
            names = (*essay.authors, *item.authors)
            for row in copy.tidy_rows(item):
                yield remains(row, (*names, *known, *map(copy.tidy, known)))
