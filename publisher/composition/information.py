"""Information: what a PDF says of itself as a whole: its title and makers, its pages' labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.composition.objects import array, dictionary, number, text
from publisher.composition.seam.guard import KNOWN

# The engine whose pages they are.
_PRODUCER = f"WeasyPrint {KNOWN['weasyprint']}"
_DATE = re.compile(r"[-T:]")


@dataclass(frozen=True)
class PageLabels:
    """From page `index` (from 0) on, labels count from `start` in a PDF style: D, r, or none."""

    index: int
    style: str
    start: int
    prefix: str = ""


@dataclass(frozen=True)
class Information:
    """What a file says of itself; `date` is ISO 8601 in UTC or empty, `own` are more entries."""

    title: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    maker: str = ""
    date: str = ""
    language: str = ""
    own: tuple[tuple[str, str], ...] = ()

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Its entries in a file (ISO 32000-1, 14.3.3); those without words are left out."""
        date = f"D:{_DATE.sub('', self.date)}" if self.date else ""
        rows = (
            ("Producer", _PRODUCER),
            ("Title", self.title),
            ("Author", ", ".join(self.authors)),
            ("Subject", self.description),
            ("Creator", self.maker),
            ("CreationDate", date),
            ("ModDate", date),
            *self.own,
        )
        return ((name, text(value)) for name, value in rows if value)


def number_tree(labels: tuple[PageLabels, ...]) -> bytes:
    """The number tree of page labels (ISO 32000-1, 12.4.2)."""
    rows: list[bytes] = []
    for label in labels:
        row = [("S", b"/%b" % label.style.encode()), ("St", number(label.start))]
        prefix = [("P", text(label.prefix))] if label.prefix else []
        rows += [number(label.index), dictionary([*(row if label.style else []), *prefix])]
    return dictionary([("Nums", array(rows))])
