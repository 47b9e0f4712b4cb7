"""Quality: how well a maker has set the running text of a book, read back from its PDF.

Run as `python -m tests.bench.quality COLLECTION PDF`; writes one JSON object to stdout. It has a
process of its own because a child's peak memory is never told as less than its parent's.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.books import Book
from tests.bench.measure import run_module
from tests.bench.table import aligned

# The measure of every maker, in pt: 30 characters of 10.5 pt.
MEASURE = 315.0
_HEAD = (
    "full lines",
    "flush %",
    "bad breaks",
    "pairs",
    "at 2 em",
    "one Han",
    "step p99",
    "widest",
    "lost",
    "strange",
)


@dataclass(frozen=True)
class Quality:
    """One maker's setting of one book, by the figures of `tests.lines`."""

    book: str
    maker: str
    figures: dict[str, Any]

    def as_values(self) -> dict[str, Any]:
        """The quality for a JSON file."""
        return {"book": self.book, "maker": self.maker, **self.figures}


def read_quality(book: Book, maker: str, pdf: Path) -> Quality:
    """What a PDF of the book is worth."""
    run = run_module("tests.bench.quality", str(book.folder), str(pdf))
    return Quality(book.name, maker, run.said)


def quality_table(qualities: list[Quality]) -> str:
    """One book's makers under a head."""
    return aligned([(qualities[0].book, *_HEAD), *map(_cells, qualities)])


def _cells(quality: Quality) -> tuple[str, ...]:
    found = quality.figures
    return (
        quality.maker,
        f"{found['full']:,}",
        # Rounded down: a hundred is said when it is all of them.
        f"{math.floor(found['flush'] * 10_000) / 100:.2f}",
        str(found["starts"] + found["ends"] + found["split"]),
        f"{found['pairs']:,}",
        f"{found['unsqueezed']:,}",
        str(found["lone"]),
        f"{found['steps']['p99']:.3f}",
        f"{found['steps']['most']:.3f}",
        str(found["missing"]),
        str(found["inserted"]),
    )


def main(collection: str, pdf: str) -> None:
    """Read a PDF beside the paragraphs of its essays, and say what it is worth."""
    from tests.lines import figures, read_lines

    reading = read_lines(Path(pdf).read_bytes(), _paragraphs(Path(collection)))
    strangers = {"missing": len(reading.missing), "inserted": len(reading.inserted)}
    sys.stdout.write(json.dumps(figures(reading.lines, MEASURE).as_values() | strangers))


def _paragraphs(folder: Path) -> list[str]:
    """The paragraphs of running text: those that stand in an essay itself, not in a quotation."""
    from publisher.editorial.assembly import read_collection
    from publisher.model import matter as m

    essays = read_collection(folder).collection.essays()
    blocks = (block for essay in essays for block in essay.blocks)
    return [m.plain(block.content) for block in blocks if isinstance(block, m.Paragraph)]


if __name__ == "__main__":
    main(*sys.argv[1:])
