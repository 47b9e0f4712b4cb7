"""Book pages: the page of a collection: what it is, what it holds, what can be taken home.

It promises the page in the collection's own script, and in each further one that it can be read in;
beside the files of each edition their digests as `sha256sum -c` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from publisher.site import places
from publisher.site.frame import Frame, Page, date_said, size_said
from publisher.site.linked import book
from publisher.site.shelf import Collection, Download, Edition, Essay, Section, Text
from publisher.site.ways import authors_of, essay_path, switch

Words = Mapping[str, str]
Row = dict[str, Any]


def book_pages(frame: Frame, collection: Collection) -> Iterator[Page]:
    """The pages of a collection itself, and the digests of its files."""
    for text in collection.told:
        yield _page(frame, collection, text)
    for edition in collection.editions:
        yield _list(collection, edition), digests(edition)


def digests(edition: Edition) -> bytes:
    """The list of the files of an edition that `sha256sum -c` reads."""
    return "".join(f"{it.sha256}  {it.name}\n" for it in edition.downloads).encode()


def _page(frame: Frame, collection: Collection, text: Text) -> Page:
    words = frame.theme.dictionary(text.script.family)
    own, slug = collection.own.script, collection.slug
    pages = {it.script: places.text_page(slug, it.script, own) for it in collection.told}
    values = {
        "kind": "collection",
        "collection": collection,
        "text": text,
        "scripts": switch(pages, text.script, words),
        "contents": [_section(collection, text, it) for it in text.sections],
        "linked": book(frame, collection, text),
    }
    path = places.text_page(slug, text.script, own)
    values |= _editions(collection, words)
    return frame.page(path, "collection.html", text.script, text.title, values)


def _list(collection: Collection, edition: Edition) -> str:
    return places.download(collection.slug, edition.version, places.DIGESTS)


def _editions(collection: Collection, words: Words) -> Row:
    """The files of the newest edition, what proves them, and older editions."""
    newest = collection.newest
    return {
        "date": date_said(newest.date),
        "files": _files(newest, words),
        "older": [
            {"edition": it, "date": date_said(it.date), "files": _files(it, words)}
            for it in collection.editions[1:]
        ],
        "proof": {
            "list": _list(collection, newest),
            "files": [{"path": it, "name": PurePosixPath(it).name} for it in newest.proof],
        },
    }


def _files(edition: Edition, words: Words) -> list[Row]:
    """The files of an edition as rows, grouped by their scripts."""
    scripts = dict.fromkeys(it.script for it in edition.downloads)
    return [
        {
            "script": words[f"script-{script}"],
            "rows": [_file(it, words) for it in edition.downloads if it.script == script],
        }
        for script in scripts
    ]


def _file(file: Download, words: Words) -> Row:
    return {
        "file": file,
        "what": words.get(f"file-{file.kind}", file.kind),
        "purpose": words.get(f"for-{file.kind}", ""),
        "size": size_said(file.size),
    }


def _section(collection: Collection, text: Text, section: Section) -> Row:
    essays = [_essay(collection, text, essay) for essay in section.essays]
    return {"title": section.title, "essays": essays}


def _essay(collection: Collection, text: Text, essay: Essay) -> Row:
    return {
        "title": essay.title,
        "authors": authors_of(collection, essay),
        "page": essay_path(collection, text, essay) if text.is_readable else "",
    }
