"""Navigation: the contents of an EPUB, as its nav document and as the NCX older readers use.

It promises the same nested entries and the same pages in both, and landmarks for what the book has.
Addresses are relative to the package document; one without a fragment is a whole document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape

from publisher.composition.divisions import Division

_LANDMARKS = {
    "cover": "cover",
    "title-page": "titlepage",
    "contents": "toc",
    "imprint-page": "copyright-page",
    "author-index": "index",
    "colophon": "colophon",
}
# The address of a division by its anchor.
Address = Callable[[str], str]


@dataclass(frozen=True)
class Entry:
    """A line of the contents: what it leads to, and the lines below it."""

    kind: str
    title: str
    address: str
    authors: tuple[str, ...] = ()
    inner: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of the print edition: its label, and the place where it begins."""

    label: str
    address: str

    @property
    def identity(self) -> str:
        """The id of that place."""
        return self.address.rpartition("#")[2]


def entries(
    divisions: Iterable[Division], address: Address, headings: Mapping[str, tuple[Entry, ...]]
) -> tuple[Entry, ...]:
    """The listed divisions as a tree by their level, with headings below some, by their anchor."""
    rows: list[tuple[Entry, list[Entry]]] = []
    for division in divisions:
        inner = headings.get(division.anchor, ())
        own = Entry(
            division.kind, division.title, address(division.anchor), division.authors, inner
        )
        if division.level > 1 and rows:
            rows[-1][1].append(own)
        elif division.level:
            rows.append((own, list(inner)))
    return tuple(replace(own, inner=tuple(inner)) for own, inner in rows)


def contents_markup(tree: tuple[Entry, ...], conjunction: str) -> str:
    """The entries as nested lists of links, bylines included."""
    items = "".join(
        f'<li class="{entry.kind}"><a href="{escape(entry.address)}">'
        f"{_words(entry, conjunction)}</a>"
        f"{contents_markup(entry.inner, conjunction)}</li>"
        for entry in tree
    )
    return f'<ol class="entries">{items}</ol>' if items else ""


def landmarks_markup(divisions: tuple[Division, ...], address: Address) -> str:
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


def page_list_markup(pages: tuple[Page, ...]) -> str:
    """Links to the places where the pages of the print edition begin."""
    items = "".join(
        f'<li><a href="{escape(page.address)}">{escape(page.label)}</a></li>' for page in pages
    )
    return f"<ol>{items}</ol>"


def ncx(
    tree: tuple[Entry, ...],
    pages: tuple[Page, ...],
    places: Iterable[str],
    identifier: str,
    title: tuple[str, str],
) -> bytes:
    """The NCX (DAISY 2005) of the same entries; `title` is the book's and that of its pages.

    `places` are addresses in the order of the book, those of entries and pages among them.
    """
    orders = _orders(tree, pages, places)
    points = "".join(_point(entry, orders) for entry in tree)
    head = _head(tree, pages, identifier)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
        f"<head>{head}</head><docTitle><text>{escape(title[0])}</text></docTitle>"
        f"<navMap>{points}</navMap>{_targets(pages, orders, title[1])}</ncx>\n"
    ).encode()


def _head(tree: tuple[Entry, ...], pages: tuple[Page, ...], identifier: str) -> str:
    numbers = [int(page.label) for page in pages if page.label.isdecimal()]
    rows = {
        "dtb:uid": identifier,
        "dtb:depth": _depth(tree),
        "dtb:totalPageCount": len(pages),
        "dtb:maxPageNumber": max(numbers, default=0),
    }
    return "".join(
        f'<meta name="{name}" content="{escape(str(value))}"/>' for name, value in rows.items()
    )


def _depth(tree: tuple[Entry, ...]) -> int:
    """How deep the entries are nested; 1 where there are none, as the NCX wants it."""
    return 1 + max((_depth(entry.inner) for entry in tree if entry.inner), default=0)


def _orders(
    tree: tuple[Entry, ...], pages: tuple[Page, ...], places: Iterable[str]
) -> dict[str, int]:
    """The number of every entry and page in one reading order, by its address."""
    wanted = {page.address for page in pages} | set(_addresses(tree))
    met = dict.fromkeys(place for place in places if place in wanted)
    return {place: number for number, place in enumerate(met, start=1)}


def _addresses(tree: tuple[Entry, ...]) -> Iterable[str]:
    for entry in tree:
        yield entry.address
        yield from _addresses(entry.inner)


def _point(entry: Entry, orders: Mapping[str, int]) -> str:
    number = orders[entry.address]
    inner = "".join(_point(below, orders) for below in entry.inner)
    return (
        f'<navPoint id="point-{number}" playOrder="{number}">'
        f"<navLabel><text>{escape(entry.title)}</text></navLabel>"
        f'<content src="{escape(entry.address)}"/>{inner}</navPoint>'
    )


def _targets(pages: tuple[Page, ...], orders: Mapping[str, int], title: str) -> str:
    if not pages:
        return ""
    targets = "".join(
        _target(page, number, orders[page.address]) for number, page in enumerate(pages, start=1)
    )
    label = f"<navLabel><text>{escape(title)}</text></navLabel>"
    return f"<pageList>{label}{targets}</pageList>"


def _target(page: Page, number: int, order: int) -> str:
    """A page: pages in Roman numerals are the front's, and are counted as they come."""
    is_normal = page.label.isdecimal()
    kind, value = ("normal", page.label) if is_normal else ("front", str(number))
    return (
        f'<pageTarget id="{page.identity}" type="{kind}" value="{value}" playOrder="{order}">'
        f"<navLabel><text>{escape(page.label)}</text></navLabel>"
        f'<content src="{escape(page.address)}"/></pageTarget>'
    )


def _words(entry: Entry, conjunction: str) -> str:
    title = f'<span class="entry-title">{escape(entry.title, quote=False)}</span>'
    if not entry.authors:
        return title
    authors = escape(conjunction.join(entry.authors), quote=False)
    return f'{title} <span class="entry-authors">{authors}</span>'
