"""Navigation: the contents of an EPUB, as its nav document and as the NCX older readers use.

It promises the same nested entries in both, and landmarks for what the book has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from publisher.composition.divisions import Division

_LANDMARKS = {
    "cover": "cover",
    "title-page": "titlepage",
    "contents": "toc",
    "imprint-page": "copyright-page",
    "colophon": "colophon",
}


@dataclass(frozen=True)
class Entry:
    """A division in the contents, with those below it."""

    division: Division
    inner: tuple[Entry, ...]


def entries(divisions: Iterable[Division]) -> tuple[Entry, ...]:
    """The listed divisions as a tree by their level."""
    rows: list[tuple[Division, list[Division]]] = []
    for division in divisions:
        if division.level > 1 and rows:
            rows[-1][1].append(division)
        elif division.level:
            rows.append((division, []))
    return tuple(Entry(own, tuple(Entry(below, ()) for below in inner)) for own, inner in rows)


def contents_markup(
    tree: tuple[Entry, ...], address: Callable[[str], str], conjunction: str
) -> str:
    """The entries as nested lists of links, bylines included."""
    items = "".join(
        f'<li class="{entry.division.kind}"><a href="{escape(address(entry.division.anchor))}">'
        f"{_words(entry.division, conjunction)}</a>"
        f"{contents_markup(entry.inner, address, conjunction)}</li>"
        for entry in tree
    )
    return f'<ol class="entries">{items}</ol>' if items else ""


def landmarks_markup(divisions: tuple[Division, ...], address: Callable[[str], str]) -> str:
    """Links to the places that reading systems look for."""
    rows = [
        (_LANDMARKS[division.kind], division)
        for division in divisions
        if division.kind in _LANDMARKS
    ]
    body = next((division for division in divisions if division.place == "body"), None)
    if body:
        rows.append(("bodymatter", body))
    items = "".join(
        f'<li><a epub:type="{kind}" href="{escape(address(division.anchor))}">'
        f"{escape(division.title, quote=False)}</a></li>"
        for kind, division in rows
    )
    return f"<ol>{items}</ol>"


def ncx(
    tree: tuple[Entry, ...], address: Callable[[str], str], identifier: str, title: str
) -> bytes:
    """The NCX (DAISY 2005) of the same entries."""
    numbers = iter(range(1, 1_000_000))
    points = "".join(_point(entry, address, numbers) for entry in tree)
    depth = 2 if any(entry.inner for entry in tree) else 1
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head>'
        f'<meta name="dtb:uid" content="{escape(identifier)}"/>'
        f'<meta name="dtb:depth" content="{depth}"/>'
        '<meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/>'
        f"</head><docTitle><text>{escape(title)}</text></docTitle><navMap>{points}</navMap></ncx>\n"
    ).encode()


def _point(entry: Entry, address: Callable[[str], str], numbers: Iterable[int]) -> str:
    number = next(iter(numbers))
    inner = "".join(_point(below, address, numbers) for below in entry.inner)
    return (
        f'<navPoint id="point-{number}" playOrder="{number}">'
        f"<navLabel><text>{escape(entry.division.title)}</text></navLabel>"
        f'<content src="{escape(address(entry.division.anchor))}"/>{inner}</navPoint>'
    )


def _words(division: Division, conjunction: str) -> str:
    title = f'<span class="entry-title">{escape(division.title, quote=False)}</span>'
    if not division.authors:
        return title
    authors = escape(conjunction.join(division.authors), quote=False)
    return f'{title} <span class="entry-authors">{authors}</span>'
