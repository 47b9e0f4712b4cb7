"""Type use: which characters an EPUB's documents show, in which role and weight.

Roles follow the elements that `subsets` dresses; what stands in none of them is body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lxml import etree

from publisher.composition.documents import Document
from publisher.composition.subsets import BODY, Uses

_REGULAR, _BOLD = 400, 700
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BOLD_TAGS = _HEADINGS | {"strong", "b", "th", "dt"}
_OTHER = {"verse", "byline"}


def characters(documents: Iterable[Document]) -> frozenset[str]:
    """All the characters of documents."""
    return frozenset().union(*("".join(map(str, it.body.itertext())) for it in documents))


def uses(documents: Iterable[Document]) -> Uses:
    """The characters by role and weight."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for document in documents:
        _gather(document.body, (BODY, _REGULAR), found)
    return {key: frozenset(characters) for key, characters in found.items()}


def _gather(
    element: etree._Element, outer: tuple[str, int], found: dict[tuple[str, int], set[str]]
) -> None:
    own = _dress(element, outer)
    found[own].update(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _gather(child, own, found)
        found[own].update(child.tail or "")


def _dress(element: etree._Element, outer: tuple[str, int]) -> tuple[str, int]:
    name = etree.QName(element).localname
    weight = _BOLD if name in _BOLD_TAGS else outer[1]
    if name in _HEADINGS:
        return "heading", weight
    if name == "blockquote" or not _OTHER.isdisjoint((element.get("class") or "").split()):
        return "other", weight
    return ("label", weight) if name == "th" else (outer[0], weight)
