"""Word styles: what paragraphs are by their style, by those that it is based on, or by themselves.

It knows headings by their outline level, whatever the style is called, and Word's own by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.wordxml import W, children_of, value_of

HEADING_STYLE = "PublisherHeading"
QUOTE_STYLE = "PublisherQuote"
_QUOTES = {"quote", "intense quote", "block text", "block quotation", "引文", "明显引用", "引用"}
_CONTENTS = re.compile(r"toc (?:\d|heading)|目录", re.IGNORECASE)
_TITLE = "title"
# Word's own headings have a level even where a program leaves it out of the styles.
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")
_LOWEST_HEADING = 6


@dataclass(frozen=True)
class Style:
    """What a paragraph style is to us; `key` is the id that paragraphs name it by."""

    key: str
    name: str
    based_on: str
    level: int | None
    numbering: str = ""
    depth: str = ""


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, parts: Iterable[Element]) -> None:
        self._styles = {
            style.get(f"{W}styleId", ""): _style(style)
            for part in parts
            for style in part.iter(f"{W}style")
            if style.get(f"{W}type") == "paragraph"
        }

    def of(self, paragraph: Element) -> Iterator[Style]:
        """A paragraph's style and those it is based on."""
        key = value_of(paragraph.find(f"{W}pPr"), "pStyle")
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = self._styles[key].based_on

    def is_contents(self, paragraph: Element) -> bool:
        """Whether a paragraph is a line of the table of contents."""
        return any(_CONTENTS.match(style.name) for style in self.of(paragraph))

    def level(self, paragraph: Element) -> int | None:
        """1 to 6, from the paragraph itself, or from the nearest style that has a level."""
        own = _outline_level(paragraph.find(f"{W}pPr"))
        levels = [own, *(style.level for style in self.of(paragraph))]
        level = next((level for level in levels if level is not None), None)
        return level if level is not None and level <= _LOWEST_HEADING else None

    def rename(self, paragraph: Element) -> None:
        """Give a heading or a quotation the style by which it is known from here on."""
        level = self.level(paragraph)
        if level is not None:
            _set_style(paragraph, f"{HEADING_STYLE}{level}")
        elif any(style.name in _QUOTES for style in self.of(paragraph)):
            _set_style(paragraph, QUOTE_STYLE)


def properties_of(paragraph: Element) -> Element:
    """The properties of a paragraph, which come first in it; made where there are none."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def _style(style: Element) -> Style:
    name = value_of(style, "name").casefold()
    properties = style.find(f"{W}pPr")
    numbering = None if properties is None else properties.find(f"{W}numPr")
    return Style(
        style.get(f"{W}styleId", ""),
        name,
        value_of(style, "basedOn"),
        _named_level(name) if (level := _outline_level(properties)) is None else level,
        value_of(numbering, "numId"),
        value_of(numbering, "ilvl"),
    )


def _named_level(name: str) -> int | None:
    """The level of a style that is known by its name."""
    match = _HEADING.fullmatch(name)
    return int(match[1]) if match else 1 if name == _TITLE else None


def _outline_level(properties: Element | None) -> int | None:
    """An outline level, counted from 1; level 10 of Word is body text (17.3.1.20)."""
    value = value_of(properties, "outlineLvl")
    return int(value) + 1 if value.isdecimal() else None


def _set_style(paragraph: Element, style: str) -> None:
    properties = properties_of(paragraph)
    for child in children_of(properties):
        if child.tag in (f"{W}pStyle", f"{W}numPr"):
            properties.remove(child)
    etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", style)
