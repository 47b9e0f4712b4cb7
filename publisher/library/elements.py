"""Elements: records for catalogues as XML: only what is known is said.

It promises that an element without words and without others in it is left out, and so is whatever
would hold nothing but such elements.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

Element = etree._Element  # noqa: SLF001 (lxml has no other name for it)


class Vocabulary:
    """Makes elements of one namespace."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        # The namespace without a prefix, which the types of lxml do not know.
        self._names: Any = {None: namespace}

    def __call__(
        self, name: str, *content: str | Element | None, **attributes: str
    ) -> Element | None:
        """An element with words or others in it; None where it would be empty."""
        filled = [it for it in content if it is not None and it != ""]
        if not filled:
            return None
        made = etree.Element(f"{{{self._namespace}}}{name}", attributes, self._names)
        for it in filled:
            if isinstance(it, str):
                made.text = it
            else:
                made.append(it)
        return made


def written(root: Element | None) -> bytes:
    """A record as a file; each element on a line of its own."""
    if root is None:
        return b""
    etree.indent(root, " ")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
