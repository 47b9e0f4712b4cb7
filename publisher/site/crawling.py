"""Crawling: what search engines ask for: the list of all pages, and that they may read them.

It promises a list of lists (Sitemaps 0.9): one for each collection, so that a new edition changes
the list of its own collection, and one for the pages that they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from publisher.model.addresses import essay_page
from publisher.site import places
from publisher.site.frame import Frame, Page
from publisher.site.shelf import Collection, Shelf

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def crawled(frame: Frame, shelf: Shelf) -> Iterator[Page]:
    """The list of lists, and the invitation that names it."""
    rows = [(frame.address(places.sitemap(it.slug)), it.newest.date) for it in shelf.collections]
    own = places.sitemap(places.OWN)
    yield places.SITEMAP, _listed("sitemapindex", "sitemap", [(frame.address(own), ""), *rows])
    yield own, _listed("urlset", "url", ((frame.address(path), "") for path in _shared(shelf)))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {frame.address(places.SITEMAP)}\n"
    yield places.ROBOTS, robots.encode()


def _shared(shelf: Shelf) -> Iterator[str]:
    """The pages that are about more than one collection."""
    yield from (places.FRONT, places.AUTHORS)
    yield from map(places.year_page, shelf.years)
    yield from map(places.author_page, shelf.authors)


def collection_map(frame: Frame, collection: Collection) -> Page:
    """The list of a collection's pages."""
    own, slug = collection.own.script, collection.slug
    paths = {places.text_page(slug, own, own): None}
    for text in collection.readable:
        paths[places.text_page(slug, text.script, own)] = None
        paths |= {essay_page(slug, text.script.name, it.anchor): None for it in text.essays()}
    rows = ((frame.address(path), collection.newest.date) for path in paths)
    return places.sitemap(slug), _listed("urlset", "url", rows)


def _listed(whole: str, part: str, rows: Iterable[tuple[str, str]]) -> bytes:
    """A list of addresses, each with the date of its last change where it has one."""
    body = "".join(
        f"<{part}><loc>{escape(address)}</loc>"
        + (f"<lastmod>{escape(date)}</lastmod>" if date else "")
        + f"</{part}>\n"
        for address, date in rows
    )
    return f"{_OPEN}<{whole} {_SPACE}>\n{body}</{whole}>\n".encode()
