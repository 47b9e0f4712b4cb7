"""Seam: the one module that reaches into the setting engine's own parts.

It promises the same bytes as the engine alone, made faster, and only under the versions it knows:
another version is refused, because what it replaces may have changed.

What it replaces: `pydyf.PDF.page_references` builds the list of all pages each time it is asked for
one of them. Tagging asks once for every box, so a book of a thousand pages pays a million times.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say

KNOWN = {"weasyprint": "70.0", "pydyf": "0.13.0"}


def install() -> None:
    """Put the replacements in place; once is enough, again does no harm.

    Raises PublisherError under versions of the engine that this module does not know.
    """
    import pydyf

    for name, known in KNOWN.items():
        _require(name, known)
    pydyf.PDF.page_references = property(_page_references)


def _require(name: str, known: str) -> None:
    found = version(name)
    if found != known:
        raise PublisherError.of(
            say(
                "{name} {found} is installed, {known} is needed",
                name=name,
                found=found,
                known=known,
            ),
            Remedy.MACHINE,
            hint=say("install publisher again, with the versions it pins"),
        )


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """The references of a PDF's pages, built again only when pages were added."""
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = vars(pdf).get("known_page_references", ())
    if len(known) * 3 != len(kids):
        known = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
        pdf.known_page_references = known
    return known
