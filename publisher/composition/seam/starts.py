"""Starts: the text of every page, by which another medium knows where the page begins.

It promises the text as readers count it: words in their order and a picture as one character; no
running heads, no notes or their calls, no readings, nothing that a sheet generates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publisher.ground.visible import visible

PICTURE = "\ufffc"
_ASIDE = {"rt", "rp"}
# The second call of a note is written as a link with the note's number.
_CALL = "note-again"


def page_texts(document: Any) -> list[str]:
    """The visible text of each page of a document that the engine has laid out."""
    return [visible("".join(_words(page._page_box))) for page in document.pages]  # noqa: SLF001


def _words(box: Any) -> Iterator[str]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box.text
    elif isinstance(box, boxes.ReplacedBox):
        yield PICTURE
    elif not isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox):
        # The head of a table that goes on from the page before stands there again.
        goes_on = bool(getattr(box, "skipped_rows", 0))
        for child in getattr(box, "children", ()):
            if not (_is_aside(child) or (goes_on and child.is_header)):
                yield from _words(child)


def _is_aside(box: Any) -> bool:
    tag = box.element_tag or ""
    if "::" in tag or tag in _ASIDE:
        return True
    return tag == "a" and box.element.get("class") == _CALL
