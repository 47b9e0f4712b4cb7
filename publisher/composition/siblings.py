"""Siblings: at the end of an essay, the way to the same essay in another script.

It promises a nav of one line for each script, said in that script's own words and language, so that
who cannot read this one can read the way to the other. It is no part of the essay: nothing counts
its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from publisher.composition.layout import Layout
from publisher.model.addresses import Sibling

# The class of the element: what bears it is left out where an essay's words are counted.
SIBLINGS = "siblings"


def siblings_markup(siblings: Iterable[Sibling], anchor: str, layout: Layout) -> str:
    """The nav for the essay of a division; empty where there is no sibling, or no word for one."""
    rows = "".join(_row(sibling, anchor, layout) for sibling in siblings)
    return f'<nav class="{SIBLINGS}">{rows}</nav>' if rows else ""


def _row(sibling: Sibling, anchor: str, layout: Layout) -> str:
    words = layout.dictionary(sibling.script.family)
    name = words.get(f"script-{sibling.script.name}", "")
    if not name:
        return ""
    language = f'lang="{sibling.script.language}" xml:lang="{sibling.script.language}"'
    address = f'href="{escape(sibling.essay(anchor))}" hreflang="{sibling.script.language}"'
    text = escape(words.get("also-in", "") + name, quote=False)
    return f"<p {language}><a {address}>{text}</a></p>"
