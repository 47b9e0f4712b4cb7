"""Article: which lines of a web page are the article, and which are the page around it.

trafilatura finds the article; the words are the page's own, so that notes, readings and headings
stay. It promises that what is left out is given back, and that nothing between two lines of the
article is lost only because it is short. It never fetches.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import groupby

from lxml import etree

from publisher.ground.messages import say
from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.notes import cut
from publisher.intake.extractors.passages import Line
from publisher.intake.extractors.tags import NOTE_CALL
from publisher.intake.reading import Dropped, Role

# A line of so many characters that is found in the article does not stand in it by chance.
_TELLING = 10
_LONGEST_TITLE = 60
_MOST_IN_ONE = 4000
_SENTENCE = re.compile(r"[。！？…；][”’」』）]?$|[，。！？].*[，。！？]")
# The containers html, body and one more: what stands beside it is another part of the page.
_PAGE_ITSELF = 3
# What trafilatura writes before items and between cells.
_MARKS = str.maketrans("", "", "|-")


def article_lines(root: Element, lines: tuple[Line, ...], title: str) -> frozenset[int]:
    """The numbers of the lines that are the article's, from 0; none where no article is found.

    `title` is what the page says its title is, with whatever stands around it.
    """
    found = _extracted(root)
    if not found:
        return frozenset()
    whole = "".join(found)
    known = frozenset(found)
    matched = [index for index, line in enumerate(lines) if _is_in(line, known, whole)]
    telling = _telling(lines, matched)
    if not telling:
        return frozenset()
    first, last = telling[0], telling[-1]
    homes = {lines[index].containers for index in telling}
    kept = {index for index in matched if first <= index <= last}
    kept |= {index for index in range(first, last + 1) if lines[index].containers in homes}
    kept |= {index for index in matched if _is_kin(lines[index], homes)}
    kept |= {index for index, line in enumerate(lines) if line.containers in homes and _says(line)}
    return frozenset(kept | _heading(lines, first, title))


def _telling(lines: tuple[Line, ...], matched: list[int]) -> list[int]:
    """Those of the matched lines that are the article for sure: sentences, else longer lines."""
    longer = [index for index in matched if len(_dense(lines[index].text)) >= _TELLING]
    sentences = [index for index in longer if _says(lines[index])]
    return sentences or longer or matched


def _says(line: Line) -> bool:
    """Whether a line is made of sentences, as no menu and no imprint is."""
    return len(line.text) >= _TELLING and bool(_SENTENCE.search(line.text))


def _is_kin(line: Line, homes: set[tuple[int, ...]]) -> bool:
    """Whether a line stands in a container of the article, or in one beside it, below the page."""
    return (
        any(
            line.containers[: len(home) - 1] == home[:-1] and len(home) > _PAGE_ITSELF
            for home in homes
        )
        or line.containers in homes
    )


def left_out(lines: tuple[Line, ...], kept: frozenset[int]) -> tuple[Dropped, ...]:
    """What is not kept, neighbours together."""
    others = ((line, index in kept) for index, line in enumerate(lines))
    groups = (
        [line.text for line, _ in group if line.text.strip()]
        for is_kept, group in groupby(others, key=lambda row: row[1])
        if not is_kept
    )
    return tuple(Dropped("\n".join(texts), say("outside the article")) for texts in groups if texts)


def _extracted(root: Element) -> tuple[str, ...]:
    """The lines of the article as trafilatura has them, dense; none of a page that is a heap.

    Its time grows with the square of what one element holds.
    """
    import trafilatura

    if any(len(element) > _MOST_IN_ONE for element in root.iter("p", "li", "td", "span", "div")):
        return ()
    page = deepcopy(root)
    for element in list(page.iter("rt", "rp", NOTE_CALL)):
        cut(element)
    written: str = etree.tostring(page, encoding="unicode", method="html")
    document = trafilatura.bare_extraction(
        written, include_comments=False, include_tables=True, with_metadata=False
    )
    text = getattr(document, "text", None) or ""
    return tuple(dense for dense in map(_dense, text.split("\n")) if dense)


def _is_in(line: Line, known: frozenset[str], whole: str) -> bool:
    dense = _dense(line.text)
    return bool(dense) and (dense in known or (len(dense) >= _TELLING and dense in whole))


def _heading(lines: tuple[Line, ...], first: int, title: str) -> set[int]:
    """The heading before the article that the page is called by; the nearest, where several are."""
    for index in reversed(range(first)):
        dense = _dense(lines[index].text)
        is_heading = any(span.role is Role.HEADING for span in lines[index].spans)
        if is_heading and 0 < len(dense) <= _LONGEST_TITLE and dense in _dense(title):
            return {index}
    return set()


def _dense(text: str) -> str:
    return "".join(text.split()).translate(_MARKS)
