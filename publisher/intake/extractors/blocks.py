"""Blocks: the elements that are open around a line, and what they make of it.

It promises to know at any moment in which heading, list, quotation and containers a line stands.
Containers are numbered as they begin.
"""

from __future__ import annotations

from publisher.intake.extractors.markup import Element
from publisher.intake.extractors.tags import (
    CONTAINERS,
    HEADINGS,
    LISTS,
    first_number,
    is_of_text,
)


class Block:
    """A block that has begun and not ended: its first line, how its item is marked."""

    def __init__(self, element: Element, first: int, containers: tuple[int, ...]) -> None:
        self.element = element
        self.first = first
        self.containers = containers
        self.marker = ""


class Blocks:
    """The blocks that have begun and not ended, the innermost last."""

    def __init__(self) -> None:
        self._open: list[Block] = []
        # The numbers of the next items; None for lists without numbers.
        self._lists: list[int | None] = []
        self._count = 0

    @property
    def containers(self) -> tuple[int, ...]:
        """The containers that a line stands in now."""
        return self._open[-1].containers if self._open else ()

    @property
    def heading(self) -> str:
        """The level of the heading that a line stands in; empty where it stands in none."""
        tags = (str(block.element.tag) for block in reversed(self._open))
        return next((HEADINGS[tag] for tag in tags if tag in HEADINGS), "")

    @property
    def is_in_list(self) -> bool:
        """Whether a line stands in a list."""
        return bool(self._lists)

    def is_in(self, tag: str) -> bool:
        """Whether a line stands in an element of this name."""
        return any(block.element.tag == tag for block in self._open)

    def begin(self, element: Element, first: int) -> None:
        """Open a block whose first line has this number."""
        tag = str(element.tag)
        containers = self.containers
        if tag in CONTAINERS and not (tag in LISTS and is_of_text(element)):
            self._count += 1
            containers = (*containers, self._count)
        self._open.append(Block(element, first, containers))
        if tag in LISTS:
            self._lists.append(first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._open[-1].marker = self._next_marker(element)

    def innermost(self, element: Element) -> Block | None:
        """The block of this element, if it is the innermost."""
        is_innermost = bool(self._open) and self._open[-1].element is element
        return self._open[-1] if is_innermost else None

    def end(self) -> None:
        """Close the innermost block."""
        if self._open.pop().element.tag in LISTS:
            self._lists.pop()

    def item(self) -> str:
        """The depth of an item, and its marker where the line is its first."""
        depth = str(len(self._lists))
        items = (block for block in reversed(self._open) if block.element.tag == "li")
        block = next(items, None)
        if block is None:
            return depth
        marker, block.marker = block.marker, ""
        return f"{depth} {marker}".strip()

    def _next_marker(self, item: Element) -> str:
        if not self._lists or self._lists[-1] is None:
            return "-"
        value = item.get("value", "")
        number = int(value) if value.isdecimal() else self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}."
