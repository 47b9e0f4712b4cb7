"""OpenDocument styles: what the styles of a text document say of its words and paragraphs.

A style says what it does not say itself by those that it is based on. The source of all names is
ODF 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.intake.extractors.markup import Element

NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE = NAMESPACE % "office"
TEXT = NAMESPACE % "text"
TABLE = NAMESPACE % "table"
DRAW = NAMESPACE % "drawing"
STYLE = NAMESPACE % "style"
SVG = NAMESPACE % "svg-compatible"
FO = NAMESPACE % "xsl-fo-compatible"


@dataclass(frozen=True)
class _Style:
    """What a style says, without those that it is based on."""

    based_on: str = ""
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    new_page: bool | None = None


class Styles:
    """The styles of a document, and the names of its lists with numbers."""

    def __init__(self, trees: Iterable[Element]) -> None:
        parts = list(trees)
        self._styles = {key: style for tree in parts for key, style in _styles(tree)}
        self.numbered_lists = {name for tree in parts for name in _numbered_lists(tree)}

    def line(self, family: str, name: str) -> Iterator[str]:
        """A style's name and those it is based on."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self._styles.get((family, name), _Style()).based_on

    def says(self, family: str, name: str, what: str) -> bool:
        """Whether a style, or the nearest it is based on that speaks of it, says so."""
        styles = (self._styles.get((family, each), _Style()) for each in self.line(family, name))
        said = (getattr(style, what) for style in styles)
        return bool(next((value for value in said if value is not None), False))


def _styles(tree: Element) -> Iterator[tuple[tuple[str, str], _Style]]:
    for style in tree.iter(f"{STYLE}style"):
        key = (style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", ""))
        yield (
            key,
            _Style(
                style.get(f"{STYLE}parent-style-name", ""),
                _compared(style, f"{FO}font-weight", "normal"),
                _is_slanted_or_dotted(style),
                _compared(style, f"{TEXT}display", "true"),
                _compared(style, f"{FO}break-before", "auto"),
            ),
        )


def _compared(style: Element, attribute: str, usual: str) -> bool | None:
    """Whether a property differs from the usual; None where a style does not speak of it."""
    values = (child.get(attribute) for child in style)
    value = next((value for value in values if value is not None), None)
    return None if value is None else value != usual


def _is_slanted_or_dotted(style: Element) -> bool | None:
    """Dots under characters are what Chinese has for italics."""
    slanted = _compared(style, f"{FO}font-style", "normal")
    dotted = _compared(style, f"{STYLE}text-emphasize", "none")
    return None if slanted is None and dotted is None else bool(slanted or dotted)


def _numbered_lists(tree: Element) -> Iterator[str]:
    for style in tree.iter(f"{TEXT}list-style"):
        if style.find(f"{TEXT}list-level-style-number") is not None:
            yield style.get(f"{STYLE}name", "")
