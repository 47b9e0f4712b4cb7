"""Essay pages: every essay of a collection to be read, in every script that has an EPUB.

It promises from each the way to the essays before and after it, to the contents, to its authors,
and to the same essay in the other scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from publisher.site import places
from publisher.site.frame import Frame, Page
from publisher.site.shelf import Collection, Essay, Text
from publisher.site.ways import authors_of, essay_path, switch

# Gives the markup of an essay by its script and anchor.
Prose = Callable[[str, str], str]
Row = dict[str, Any]


def essay_pages(frame: Frame, collection: Collection, prose: Prose) -> Iterator[Page]:
    """The pages of all essays."""
    for text in collection.readable:
        for values in _rows(collection, text):
            essay: Essay = values["essay"]
            markup = Markup(prose(text.script.name, essay.anchor))  # noqa: S704
            values |= {"prose": markup, "scripts": _switch(frame, collection, text, essay)}
            path = essay_path(collection, text, essay)
            yield frame.page(path, "essay.html", text.script, essay.title, values)


def _rows(collection: Collection, text: Text) -> Iterator[Row]:
    """What the page of each essay shows beside its text."""
    essays = tuple(text.essays())
    parts = (section.title for section in text.sections for _ in section.essays)
    around = zip((None, *essays), essays, parts, (*essays[1:], None), strict=False)
    for before, essay, part, after in around:
        yield {
            "kind": "essay",
            "text": text,
            "essay": essay,
            "part": part,
            "authors": authors_of(collection, essay),
            "home": places.text_page(collection.slug, text.script, collection.own.script),
            "before": _neighbour(collection, text, before),
            "after": _neighbour(collection, text, after),
        }


def _neighbour(collection: Collection, text: Text, essay: Essay | None) -> dict[str, str]:
    if essay is None:
        return {}
    return {"title": essay.title, "page": essay_path(collection, text, essay)}


def _switch(frame: Frame, collection: Collection, text: Text, essay: Essay) -> list[Row]:
    having = [it for it in collection.readable if essay.anchor in it.anchors]
    pages = {it.script: essay_path(collection, it, essay) for it in having}
    return switch(pages, text.script, frame.theme.dictionary(text.script.family))
