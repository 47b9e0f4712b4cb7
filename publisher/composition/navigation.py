"""Navigation: the contents of an EPUB, as its nav document and as the NCX older readers use.

It promises the same nested entries and the same pages in both, and landmarks for what the book has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from publisher.composition.divisions import Division
from publisher.composition.documents import PageMark

_LANDMARKS = {
    "cover": "cover",
    "title-page": "titlepage",
    "contents": "toc",
    "imprint-page": "copyright-page",
    "author-index": "index",
    "colophon": "colophon",
}
Address = Callable[[str], str]
Marks = tuple[PageMark, ...]


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


def contents_markup(tree: tuple[Entry, ...], address: Address, conjunction: str) -> str:
    """The entries as nested lists of links, bylines included."""
    items = "".join(
        f'<li class="{entry.division.kind}"><a href="{escape(address(entry.division.anchor))}">'
        f"{_words(entry.division, conjunction)}</a>"
        f"{contents_markup(entry.inner, address, conjunction)}</li>"
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


def page_list_markup(marks: Marks, address: Address) -> str:
    """Links to the places where the pages of the print edition begin."""
    items = "".join(
        f'<li><a href="{escape(_page_address(mark, address))}">{escape(mark.label)}</a></li>'
        for mark in marks
    )
    return f"<ol>{items}</ol>"


def _page_address(mark: PageMark, address: Address) -> str:
    return f"{address(mark.anchor)}#{mark.identity}"


def ncx(
    divisions: tuple[Division, ...],
    marks: Marks,
    address: Address,
    identifier: str,
    title: tuple[str, str],
) -> bytes:
    """The NCX (DAISY 2005) of the same entries; `title` is the book's and that of its pages."""
    tree = entries(divisions)
    orders = _orders(divisions, marks)
    points = "".join(_point(entry, address, orders) for entry in tree)
    depth = 2 if any(entry.inner for entry in tree) else 1
    numbers = [int(mark.label) for mark in marks if mark.label.isdecimal()]
    rows = {
        "dtb:uid": identifier,
        "dtb:depth": depth,
        "dtb:totalPageCount": len(marks),
        "dtb:maxPageNumber": max(numbers, default=0),
    }
    head = "".join(
        f'<meta name="{name}" content="{escape(str(value))}"/>' for name, value in rows.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
        f"<head>{head}</head><docTitle><text>{escape(title[0])}</text></docTitle>"
        f"<navMap>{points}</navMap>{_targets(marks, address, orders, title[1])}</ncx>\n"
    ).encode()


def _orders(divisions: tuple[Division, ...], marks: Marks) -> dict[str, int]:
    """The place in the reading order of every entry, by its anchor, and of every page."""
    begun: dict[str, list[str]] = defaultdict(list)
    for mark in marks:
        begun[mark.anchor].append(mark.identity)
    names: list[str] = []
    for division in divisions:
        names += [division.anchor] if division.level else []
        names += begun[division.anchor]
    return {name: number for number, name in enumerate(names, start=1)}


def _point(entry: Entry, address: Address, orders: dict[str, int]) -> str:
    number = orders[entry.division.anchor]
    inner = "".join(_point(below, address, orders) for below in entry.inner)
    return (
        f'<navPoint id="point-{number}" playOrder="{number}">'
        f"<navLabel><text>{escape(entry.division.title)}</text></navLabel>"
        f'<content src="{escape(address(entry.division.anchor))}"/>{inner}</navPoint>'
    )


def _targets(marks: Marks, address: Address, orders: dict[str, int], title: str) -> str:
    if not marks:
        return ""
    targets = "".join(
        _target(mark, address, number, orders[mark.identity])
        for number, mark in enumerate(marks, start=1)
    )
    label = f"<navLabel><text>{escape(title)}</text></navLabel>"
    return f"<pageList>{label}{targets}</pageList>"


def _target(mark: PageMark, address: Address, number: int, order: int) -> str:
    """A page: pages in Roman numerals are the front's, and are counted as they come."""
    is_normal = mark.label.isdecimal()
    kind, value = ("normal", mark.label) if is_normal else ("front", str(number))
    return (
        f'<pageTarget id="{mark.identity}" type="{kind}" value="{value}" playOrder="{order}">'
        f"<navLabel><text>{escape(mark.label)}</text></navLabel>"
        f'<content src="{escape(_page_address(mark, address))}"/></pageTarget>'
    )


def _words(division: Division, conjunction: str) -> str:
    title = f'<span class="entry-title">{escape(division.title, quote=False)}</span>'
    if not division.authors:
        return title
    authors = escape(conjunction.join(division.authors), quote=False)
    return f'{title} <span class="entry-authors">{authors}</span>'
