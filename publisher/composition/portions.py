"""Portions: a long essay's document divided into several, between its blocks.

It promises that the words of the portions, one after the other, are those of the whole; that a note
stands in the portion that first calls it; that every link leads where it led. A block is never
divided: a paragraph longer than the limit stays whole. What is short enough stays as it is, byte
for byte.

A block here is an element that is set as one: what stands between the blocks are the elements that
only hold them, such as the section around an essay. Those are there again in every portion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from lxml import etree

from publisher.composition.documents import TYPE, XHTML, Document, body_of, serialised

# Characters. Three bytes each in UTF-8: with its markup a portion stays below 240 kB, above which
# reading systems of e-ink devices begin to falter; docs/epub.md has the figures.
LIMIT = 60_000
_HOLDERS = {f"{XHTML}{tag}" for tag in ("body", "section", "article", "main", "div")}
# Holders in name only: each is set as one.
_WHOLE = {"verse", "table"}
_NOTE = f"{XHTML}aside"
# What nobody wants at the end of a portion: it belongs to what follows.
_LEADING = {f"{XHTML}{tag}" for tag in ("header", "span", "h1", "h2", "h3", "h4", "h5", "h6")}
_OPENING = {f"{XHTML}h2", f"{XHTML}h3"}
# What nobody wants at the beginning of one: it belongs to what precedes.
_CLOSING = {f"{XHTML}footer", f"{XHTML}nav"}


class Portion(NamedTuple):
    """A document that holds a part of an essay; `name` is what its file is called by."""

    name: str
    document: Document


def portions(document: Document, name: str, limit: int = LIMIT) -> tuple[Portion, ...]:
    """The portions of a document, the first under its own name, the next as `NAME_2`, `NAME_3`.

    `limit` is how many characters a portion has at most, notes counted where they are called.
    """
    if sum(map(len, map(str, document.body.itertext()))) <= limit:
        return (Portion(name, document),)
    blocks = list(_blocks(document.body))
    places = _places(blocks, _owners(blocks), limit)
    count = max(places, default=0) + 1
    if count == 1:
        return (Portion(name, document),)
    names = [name, *(f"{name}_{number}" for number in range(2, count + 1))]
    homes = _homes(blocks, places, names)
    return tuple(
        Portion(own, _portion(document, places, number, homes, own))
        for number, own in enumerate(names)
    )


def anchor_in(name: str) -> str:
    """The anchor of the division that a document shows, by its name: anchors hold no underscore."""
    return name.partition("_")[0]


# ---- blocks and notes ----


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """The elements below one that are set as one, in order."""
    for child in element:
        if _is_holder(child):
            yield from _blocks(child)
        elif isinstance(child.tag, str):
            yield child


def _is_holder(element: etree._Element) -> bool:
    """Whether an element only holds blocks: text of its own would be lost between portions."""
    texts = (element.text, *(child.tail for child in element))
    is_bare = len(element) > 0 and not any(text and text.strip() for text in texts)
    return is_bare and element.tag in _HOLDERS and element.get("class") not in _WHOLE


def _ids(block: etree._Element) -> Iterator[str]:
    return (identity for it in block.iter("*") if (identity := it.get("id")))


def _owners(blocks: Sequence[etree._Element]) -> dict[int, int]:
    """For each note, by its number among the blocks, the block that first calls it."""
    notes = {it: n for n, block in enumerate(blocks) if block.tag == _NOTE for it in _ids(block)}
    owners: dict[int, int] = {}
    for number, block in enumerate(blocks):
        for link in block.iter(f"{XHTML}a") if block.tag != _NOTE else ():
            note = notes.get((link.get("href") or "").removeprefix("#"))
            if note is not None:
                owners.setdefault(note, number)
    return owners


# ---- where to divide ----


def _places(
    blocks: Sequence[etree._Element], owners: Mapping[int, int], limit: int
) -> tuple[int, ...]:
    """For each block the portion it stands in, from 0; a note nobody calls stands in the last."""
    lengths = [len("".join(map(str, block.itertext()))) for block in blocks]
    for note, owner in owners.items():
        lengths[owner] += lengths[note]
    text = [number for number, block in enumerate(blocks) if block.tag != _NOTE]
    tags = [str(blocks[number].tag) for number in text]
    ends = _ends([lengths[number] for number in text], tags, limit)
    rows = dict(zip(text, _ranks(ends, len(text)), strict=True))
    last = len(ends)
    return tuple(
        rows.get(number, rows.get(owners.get(number, -1), last)) for number in range(len(blocks))
    )


def _ranks(ends: Sequence[int], count: int) -> Iterator[int]:
    """Which portion each of so many blocks stands in."""
    return (sum(end <= number for end in ends) for number in range(count))


def _ends(lengths: Sequence[int], tags: Sequence[str], limit: int) -> list[int]:
    """Where portions end but the last: each time before the block of that number."""
    sums = [0, *accumulate(lengths)]
    ends: list[int] = []
    start = 0
    while sums[-1] - sums[start] > limit:
        end = _end(sums, tags, start, limit)
        if end == len(lengths):
            break
        ends.append(end)
        start = end
    return ends


def _end(sums: Sequence[int], tags: Sequence[str], start: int, limit: int) -> int:
    """Where the portion that begins with a block ends: at a heading, else between paragraphs.

    The portions still to come are to be of one length; a heading may move that by half a limit.
    """
    rest = sums[-1] - sums[start]
    aim = sums[start] + rest / -(-rest // limit)
    fit = [
        end
        for end in range(start + 1, len(tags))
        if tags[end - 1] not in _LEADING and tags[end] not in _CLOSING and sums[end] < sums[-1]
    ]
    near = [end for end in fit if sums[end] - sums[start] <= limit]
    titled = [it for it in near if tags[it] in _OPENING and sums[it] - sums[start] >= limit / 2]
    return min(titled or near or fit[:1] or [len(tags)], key=lambda end: abs(sums[end] - aim))


# ---- one portion ----


def _homes(
    blocks: Sequence[etree._Element], places: Sequence[int], names: Sequence[str]
) -> dict[str, str]:
    """The name of the portion that each id stands in; a holder's is that of its first."""
    homes: dict[str, str] = {}
    for place, block in sorted(zip(places, blocks, strict=True), key=itemgetter(0)):
        for element in (*block.iterancestors(), *block.iter("*")):
            if identity := element.get("id"):
                homes.setdefault(identity, names[place])
    return homes


def _portion(
    document: Document, places: Sequence[int], number: int, homes: Mapping[str, str], name: str
) -> Document:
    """The whole without what stands in other portions."""
    root = deepcopy(document.root.getroottree()).getroot()
    body = body_of(root)
    holders = [it for it in body.iter(*_HOLDERS) if _is_holder(it)]
    blocks = list(zip(_blocks(body), places, strict=True))
    earlier = (block for block, place in blocks if place < number)
    begun = {holder for block in earlier for holder in block.iterancestors(*_HOLDERS)}
    for block, place in blocks:
        if place != number:
            _remove(block)
    for holder in reversed(holders):
        _continue(holder, is_begun=holder in begun)
    _retitle(root, number)
    _relink(body, homes, name)
    return Document(serialised(root))


def _remove(element: etree._Element) -> None:
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def _continue(holder: etree._Element, *, is_begun: bool) -> None:
    """Take away a holder that is left with nothing; one that goes on is not begun again."""
    if not len(holder):
        _remove(holder)
    if is_begun:
        for name in ("id", "role", TYPE):
            holder.attrib.pop(name, "")


def _retitle(root: etree._Element, number: int) -> None:
    title = root.find(f"{XHTML}head/{XHTML}title")
    if number and title is not None:
        title.text = f"{title.text} ({number + 1})"


def _relink(body: etree._Element, homes: Mapping[str, str], name: str) -> None:
    """Let links to what stands in another portion lead into its document."""
    for link in body.iter(f"{XHTML}a"):
        address = link.get("href") or ""
        home = homes.get(address.removeprefix("#"), name)
        if address.startswith("#") and home != name:
            link.set("href", f"{home}.xhtml{address}")
