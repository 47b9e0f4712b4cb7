"""Pages: what leads to the collections: front page, years, authors, and the list to search.

It promises a front page that stays small however many collections there are: the newest with their
covers, all others by year and by author. Whoever has no JavaScript finds every collection that way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publisher.model.addresses import collection_page, essay_page
from publisher.model.scripts import SCRIPTS, Script
from publisher.site import places
from publisher.site.frame import Frame, Page
from publisher.site.shelf import Collection, Essay, Shelf, Text

# How many collections the front page shows.
NEWEST = 48


def shelf_pages(frame: Frame, shelf: Shelf) -> Iterator[Page]:
    """All pages that are about more than one collection."""
    script = main_script(shelf)
    yield _front(frame, shelf, script)
    yield _all_authors(frame, shelf, script)
    for year in shelf.years:
        yield _year(frame, shelf, script, year)
    for name, rows in _works(shelf).items():
        yield _author(frame, script, name, rows)
    yield places.CATALOGUE, catalogue(shelf)


def main_script(shelf: Shelf) -> Script:
    """The script that most collections were written in; the newest decides between equals."""
    found = Counter(it.own.script.name for it in shelf.collections)
    return SCRIPTS[found.most_common(1)[0][0]] if found else SCRIPTS["hans"]


def _front(frame: Frame, shelf: Shelf, script: Script) -> Page:
    words = frame.theme.dictionary(script.family)
    values = {
        "kind": "front",
        "cards": [_card(it, words) for it in shelf.collections[:NEWEST]],
        "count": len(shelf.collections),
        "authors": len(shelf.authors),
        "years": _years(shelf),
        "scripts": _scripts(shelf, words),
        "is_all": len(shelf.collections) <= NEWEST,
    }
    return frame.page(places.FRONT, "front.html", script, "", values)


def _years(shelf: Shelf) -> list[dict[str, Any]]:
    counted = Counter(it.year for it in shelf.collections)
    return [
        {"year": year, "count": counted[year], "page": places.year_page(year)}
        for year in shelf.years
    ]


def _scripts(shelf: Shelf, words: Mapping[str, str]) -> list[dict[str, str]]:
    names = {name for it in shelf.collections for name in _script_names(it)}
    return [{"name": name, "said": words[f"script-{name}"]} for name in SCRIPTS if name in names]


def _year(frame: Frame, shelf: Shelf, script: Script, year: str) -> Page:
    words = frame.theme.dictionary(script.family)
    values = {
        "kind": "year",
        "year": year,
        "cards": [_card(it, words) for it in shelf.of_year(year)],
        "years": _years(shelf),
    }
    return frame.page(places.year_page(year), "year.html", script, year, values)


def _card(collection: Collection, words: Mapping[str, str]) -> dict[str, Any]:
    own = collection.own
    return {
        "page": collection_page(collection.slug),
        "title": own.title,
        "subtitle": own.subtitle,
        "language": own.script.language,
        "by": own.responsibility,
        "year": collection.year,
        "cover": collection.cover,
        "scripts": [words[f"script-{name}"] for name in _script_names(collection)],
        "is_draft": collection.is_draft,
    }


def _script_names(collection: Collection) -> list[str]:
    """The scripts in which a collection can be read or taken home, in their usual order."""
    having = {it.script for it in collection.newest.downloads}
    having |= {it.script.name for it in collection.readable}
    return [name for name in SCRIPTS if name in having]


# ---- authors ----

Works = list[tuple[Collection, list[Essay]]]


def _works(shelf: Shelf) -> dict[str, Works]:
    """For each author the collections with the author's essays."""
    found: dict[str, Works] = {name: [] for name in shelf.authors}
    for collection in shelf.collections:
        for name in collection.own.authors:
            essays = [it for it in collection.own.essays() if name in it.authors]
            found[name].append((collection, essays))
    return found


def _all_authors(frame: Frame, shelf: Shelf, script: Script) -> Page:
    counted = Counter(name for it in shelf.collections for name in it.own.authors)
    rows = [
        {"name": name, "page": places.author_page(name), "count": counted[name]}
        for name in shelf.authors
    ]
    title = frame.theme.dictionary(script.family)["authors"]
    values = {"kind": "authors", "rows": rows}
    return frame.page(places.AUTHORS, "authors.html", script, title, values)


def _author(frame: Frame, script: Script, name: str, works: Works) -> Page:
    words = frame.theme.dictionary(script.family)
    rows = [
        {
            "card": _card(collection, words),
            "essays": [_essay(collection, essay, words) for essay in essays],
        }
        for collection, essays in works
    ]
    values = {"kind": "author", "name": name, "works": rows}
    return frame.page(places.author_page(name), "author.html", script, name, values)


def _essay(collection: Collection, essay: Essay, words: Mapping[str, str]) -> dict[str, Any]:
    """An essay with the page of each script that it can be read in."""
    ways = [
        {
            "name": words[f"script-{text.script.name}"],
            "title": other.title,
            "language": text.script.language,
            "page": essay_page(collection.slug, text.script.name, essay.anchor),
        }
        for text in collection.readable
        for other in text.essays()
        if other.anchor == essay.anchor
    ]
    return {"title": essay.title, "ways": ways, "language": collection.own.script.language}


# ---- the list to search ----


def catalogue(shelf: Shelf) -> bytes:
    """All collections, to be searched: a script, since a page of a folder may load nothing else."""
    rows = ",\n".join(_json(_row(it)) for it in shelf.collections)
    return f"self.shelfCatalogue = [\n{rows}\n];\n".encode()


def _row(collection: Collection) -> dict[str, Any]:
    texts = collection.told
    return {
        "page": collection_page(collection.slug),
        "titles": _once(title for it in texts for title in (it.title, it.subtitle)),
        "by": collection.own.responsibility,
        "authors": _once(name for it in texts for name in it.authors),
        "year": collection.year,
        "scripts": _script_names(collection),
        "language": collection.own.script.language,
        "cover": collection.cover.path if collection.cover else "",
        "essays": _searched(collection, texts),
    }


def _searched(collection: Collection, texts: Sequence[Text]) -> list[list[str]]:
    """For each essay its page and its titles: in its own script first, then as others read it."""
    titles: dict[str, list[str]] = {}
    for text in texts:
        for essay in text.essays():
            titles.setdefault(essay.anchor, []).append(essay.title)
    script = collection.readable[0].script.name if collection.readable else ""
    pages = {it: essay_page(collection.slug, script, it) for it in titles} if script else {}
    return [[pages.get(anchor, ""), *_once(iter(row))] for anchor, row in titles.items()]


def _once(words: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, words)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
