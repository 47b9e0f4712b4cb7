"""Word numbers: the numbers that Word writes before paragraphs and keeps apart from the text.

It promises for each paragraph the label that a reader of the document sees: counted on through the
text, begun anew where the document says so. Its names are those of ECMA-376, part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.numerals import numeral
from publisher.intake.extractors.wordstyles import Styles
from publisher.intake.extractors.wordxml import W, is_on, value_of

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8
# Digits of a number that somebody may have meant.
_MOST_DIGITS = 6
_LONGEST_LABEL = 60


@dataclass(frozen=True)
class Level:
    """One level of a kind of list: how it counts and what is written around the number.

    `restarts` is whether it begins anew below each number above it.
    """

    start: int = 1
    way: str = "decimal"
    pattern: str = ""
    style: str = ""
    is_legal: bool = False
    restarts: bool = True


@dataclass(frozen=True)
class Label:
    """The label of a paragraph: its words, its list and depth from 0, and its number.

    `is_plain` is whether it is a number with a point, as in any list; a bullet has no words.
    """

    words: str
    numbering: str
    depth: int
    number: int
    is_plain: bool
    is_bullet: bool


class Numbering:
    """The kinds of lists of a document, and how far each has counted."""

    def __init__(self, parts: Iterable[Element], styles: Styles) -> None:
        trees = list(parts)
        self._styles = styles
        self._kinds = {
            kind.get(f"{W}abstractNumId", ""): _levels(kind)
            for tree in trees
            for kind in tree.iter(f"{W}abstractNum")
        }
        numbers = [number for tree in trees for number in tree.iterchildren(f"{W}num")]
        self._kind_of = {
            number.get(f"{W}numId", ""): value_of(number, "abstractNumId") for number in numbers
        }
        self._anew = {
            (number.get(f"{W}numId", ""), _depth(override.get(f"{W}ilvl", ""))): _number(
                value_of(override, "startOverride")
            )
            for number in numbers
            for override in number.iterchildren(f"{W}lvlOverride")
            if value_of(override, "startOverride")
        }
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, paragraph: Element) -> Label | None:
        """The label of the next paragraph of the document; None where it has none."""
        numbering, depth = self._place(paragraph)
        kind = self._kind_of.get(numbering, "")
        levels = self._kinds.get(kind, {})
        if depth not in levels:
            return None
        counts = self._counts.setdefault(kind, {})
        self._count(numbering, depth, levels, counts)
        level = levels[depth]
        return Label(
            _words(depth, levels, counts),
            numbering,
            depth,
            counts[depth],
            level.way == "decimal" and level.pattern == f"%{depth + 1}.",
            level.way == "bullet",
        )

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list of a paragraph, by itself or by its style, and its depth there."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        numbering, depth = value_of(own, "numId"), value_of(own, "ilvl")
        for style in () if numbering else self._styles.of(paragraph):
            if style.numbering:
                numbering = style.numbering
                return numbering, self._depth_of(style.key, numbering, depth or style.depth)
        return numbering, _depth(depth)

    def _depth_of(self, style: str, numbering: str, depth: str) -> int:
        """The depth of a style: a level of the list may say that it is this style's."""
        levels = self._kinds.get(self._kind_of.get(numbering, ""), {})
        tied = (at for at, level in levels.items() if level.style == style)
        return next(tied, _depth(depth))

    def _count(
        self, numbering: str, depth: int, levels: dict[int, Level], counts: dict[int, int]
    ) -> None:
        anew = self._anew.pop((numbering, depth), None)
        if anew is not None:
            counts[depth] = anew
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for below in [at for at in counts if at > depth and at in levels and levels[at].restarts]:
            del counts[below]


def _levels(kind: Element) -> dict[int, Level]:
    return {_depth(level.get(f"{W}ilvl", "")): _level(level) for level in kind.iter(f"{W}lvl")}


def _level(level: Element) -> Level:
    depth = _depth(level.get(f"{W}ilvl", ""))
    pattern = level.find(f"{W}lvlText")
    return Level(
        _number(value_of(level, "start") or "1"),
        value_of(level, "numFmt") or "decimal",
        # Where nothing is said mammoth and others write a number with a point.
        f"%{depth + 1}." if pattern is None else pattern.get(f"{W}val", "")[:_LONGEST_LABEL],
        value_of(level, "pStyle"),
        is_on(level.find(f"{W}isLgl")),
        value_of(level, "lvlRestart") != "0",
    )


def _words(depth: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    own = levels[depth]
    if own.way == "bullet":
        return ""

    def written(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = levels.get(at, Level())
        way = "decimal" if own.is_legal and level.way != "none" else level.way
        return numeral(counts.get(at, level.start), way)

    return _PLACE.sub(written, own.pattern).strip()


def _depth(value: str) -> int:
    return min(int(value), _DEEPEST) if value.isdecimal() else 0


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= _MOST_DIGITS else 1
