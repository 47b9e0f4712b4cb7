"""WordprocessingML: the names of a Word document's elements, and their words.

The source of all names is ECMA-376, part 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.intake.extractors.markup import Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TEXTS = (f"{W}t", f"{W}delText", f"{M}t")
_OFF = ("0", "false", "off", "none")


def all_of(tree: Element, name: str) -> Iterator[Element]:
    """The elements of Word's own that are called so."""
    return tree.iter(f"{W}{name}")


def children_of(element: Element | None) -> list[Element]:
    """The children of an element; none where there is no element."""
    return [] if element is None else list(element.iterchildren())


def texts_of(element: Element | None) -> list[str]:
    """The words of an element, run by run."""
    return [] if element is None else [text.text or "" for text in element.iter(*_TEXTS)]


def lines_of(element: Element) -> str:
    """The words of an element, a line for each of its paragraphs."""
    lines: list[str] = []
    before: Element | None = None
    for text in element.iter(*_TEXTS):
        paragraph = next(text.iterancestors(f"{W}p"), None)
        if not lines or paragraph is not before:
            lines.append("")
        lines[-1] += text.text or ""
        before = paragraph
    return "\n".join(lines)


def value_of(element: Element | None, name: str) -> str:
    """The value of a property; empty where it is not said."""
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def is_on(mark: Element | None) -> bool:
    """Whether a property that is on or off is on (17.17.4)."""
    return mark is not None and mark.get(f"{W}val", "") not in _OFF


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def replace(old: Element, new: Element) -> None:
    """Put an element in the place of another."""
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is not None:
        index = parent.index(element)
        parent[index : index + 1] = list(element)
