"""Facing: an essay's markup in two scripts, cut alike for the two pages of a spread.

It promises that every piece stands once in each script, in order, and that piece n says the same in
both. Pieces are cut between blocks and, within a paragraph, behind a sentence; quotations and lists
are gone into, tables, pictures and verse stay whole. It refuses two essays of different shape: they
are not one essay in two scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property
from itertools import accumulate
from xml.etree import ElementTree as ET

from publisher.ground.visible import visible

_OPS = "http://www.idpf.org/2007/ops"
_CONTAINERS = {"section", "div", "blockquote", "ul", "ol", "li"}
_UNDIVIDED = {"verse", "figure", "signature"}
_HEADS = {"header", "h1", "h2", "h3", "h4", "h5", "h6"}
_COUNT = "data-pieces"
# A sentence ends behind its mark and the marks that close with it.
_SENTENCE = re.compile(r"[^。！？]*[。！？…]*[。！？][”’」』）)]*")


class FacingEssay:
    """One essay as two trees of equal shape."""

    def __init__(self, left: ET.Element, right: ET.Element) -> None:
        self.left = left
        self.right = right

    @cached_property
    def pieces(self) -> int:
        """How many pieces there are."""
        return _count(self.left)

    @cached_property
    def cuts(self) -> tuple[int, ...]:
        """Where it may be cut, as numbers of pieces: behind a head only at the very end."""
        barred = {number + 1 for number, it in enumerate(_leaves(self.left)) if it.tag in _HEADS}
        places = range(1, self.pieces + 1)
        return tuple(it for it in places if it not in barred or it == self.pieces)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """How many characters of running text stand before each piece, and before the end."""
        pieces = (_sliced(self.left, number, number + 1) for number in range(self.pieces))
        return tuple(accumulate(map(_running_length, pieces), initial=0))

    def notes_before(self, first: int) -> int:
        """How many notes are called before a piece."""
        return sum(it.get("class") == "note" for it in _sliced(self.left, 0, first).iter("span"))

    def halves(self, first: int, last: int) -> tuple[str, str]:
        """The markup of pieces `first` up to `last` on the left and on the right."""
        return _markup(_sliced(self.left, first, last)), _markup(_sliced(self.right, first, last))


def facing_essay(left: str, right: str) -> FacingEssay:
    """The essay of two scripts' markup; the right one loses its ids, which the left one has.

    Raises ValueError where the two have different shapes.
    """
    trees = _tree(left), _tree(right)
    for pair in zip(*map(_paragraphs, trees), strict=True):
        counts = {len(_sentences(paragraph)) for paragraph in pair}
        count = counts.pop() if len(counts) == 1 else 1
        for paragraph in pair:
            paragraph.set(_COUNT, str(count))
    for element in trees[1].iter():
        element.attrib.pop("id", None)
    if _count(trees[0]) != _count(trees[1]):
        raise ValueError("the essay has another shape in the other script")
    return FacingEssay(*trees)


def _tree(markup: str) -> ET.Element:
    ET.register_namespace("epub", _OPS)
    root = ET.fromstring(f'<body xmlns:epub="{_OPS}">{markup}</body>')  # noqa: S314 (our own)
    (section,) = root
    return section


def _running_length(element: ET.Element) -> int:
    """The visible characters of an element without its notes and readings."""
    if element.tag == "rt" or element.get("class") == "note":
        return 0
    own = len(visible(element.text or "")) + (element.tag == "img")
    return own + sum(_running_length(it) + len(visible(it.tail or "")) for it in element)


def _markup(section: ET.Element) -> str:
    for element in section.iter():
        element.attrib.pop(_COUNT, None)
    return ET.tostring(section, encoding="unicode")


def _is_container(element: ET.Element) -> bool:
    kinds = set(element.get("class", "").split())
    return element.tag in _CONTAINERS and not kinds & _UNDIVIDED and not _has_words(element)


def _has_words(element: ET.Element) -> bool:
    """Whether words stand in an element beside its children."""
    texts = (element.text, *(child.tail for child in element))
    return any(text and text.strip() for text in texts)


def _leaves(element: ET.Element) -> Iterator[ET.Element]:
    """The element of each piece; a paragraph once for each of its sentences."""
    if _is_container(element) and len(element):
        for child in element:
            yield from _leaves(child)
    else:
        yield from [element] * _count(element)


def _paragraphs(element: ET.Element) -> Iterator[ET.Element]:
    return (it for it in dict.fromkeys(_leaves(element)) if it.tag == "p")


def _count(element: ET.Element) -> int:
    if _is_container(element) and len(element):
        return sum(map(_count, element))
    return int(element.get(_COUNT, "1"))


def _sliced(element: ET.Element, first: int, last: int) -> ET.Element:
    """A copy of an element with its pieces from `first` up to `last`."""
    if first <= 0 and last >= _count(element):
        return deepcopy(element)
    if element.tag == "p":
        return _sentences_of(element, first, last)
    copy = _emptied(element, is_begun=first > 0)
    start = 0
    for number, child in enumerate(element):
        end = start + _count(child)
        if start < last and end > first:
            if element.tag == "ol" and not len(copy):
                copy.set("start", str(int(element.get("start", "1")) + number))
            copy.append(_sliced(child, first - start, last - start))
        start = end
    return copy


def _emptied(element: ET.Element, *, is_begun: bool) -> ET.Element:
    """An element without its content; one that began on a page before has no id and no indent."""
    attributes = dict(element.attrib)
    attributes.pop(_COUNT, None)
    if is_begun:
        attributes.pop("id", None)
    if is_begun and element.tag == "p":
        attributes["class"] = f"{attributes.get('class', '')} continued".strip()
    copy = ET.Element(element.tag, attributes)
    copy.tail = element.tail
    return copy


def _sentences_of(paragraph: ET.Element, first: int, last: int) -> ET.Element:
    copy = _emptied(paragraph, is_begun=first > 0)
    for sentence in _sentences(paragraph)[max(first, 0) : last]:
        for run in sentence:
            _append(copy, run)
    return copy


def _append(element: ET.Element, run: str | ET.Element) -> None:
    if isinstance(run, ET.Element):
        element.append(deepcopy(run))
        element[-1].tail = None
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + run
    else:
        element.text = (element.text or "") + run


def _sentences(paragraph: ET.Element) -> list[list[str | ET.Element]]:
    """A paragraph's sentences as runs of words and elements; none ends within an element.

    A note that is called behind a sentence belongs to it.
    """
    sentences: list[list[str | ET.Element]] = [[]]
    for run in _runs(paragraph):
        if isinstance(run, ET.Element):
            is_note = run.get("class") == "note" and not sentences[-1] and len(sentences) > 1
            sentences[-2 if is_note else -1].append(run)
            continue
        for found in re.finditer(f"{_SENTENCE.pattern}|.+", run, re.DOTALL):
            sentences[-1].append(found[0])
            if _SENTENCE.fullmatch(found[0]):
                sentences.append([])
    return [it for it in sentences if it]


def _runs(paragraph: ET.Element) -> Iterator[str | ET.Element]:
    if paragraph.text:
        yield paragraph.text
    for child in paragraph:
        yield child
        if child.tail:
            yield child.tail
