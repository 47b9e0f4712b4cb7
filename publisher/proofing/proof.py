"""Proof: a finished PDF measured from its first page to its last.

It takes any PDF with Chinese text in lines or columns, whoever made it, and changes nothing. It
refuses a file without such text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model.folders import DECLARATION, DIST
from publisher.proofing.figures import proof_of
from publisher.proofing.findings import Proof
from publisher.proofing.glyphs import Page
from publisher.proofing.measuring import measured
from publisher.proofing.reader import Pdf, opened

# Told what is being done, how much of it is done, and how much there is.
Watch = Callable[[str, int, int], None]


def proof(file: Path, watch: Watch = lambda *_: None) -> Proof:
    """The proof of one PDF. Raises PublisherError when it cannot be read or holds no lines."""
    with opened(file) as pdf:
        if pdf.holds_sheets:
            raise _folded(file)
        book = measured(_watched(pdf, watch), pdf.language)
    if not book.texts:
        raise PublisherError.of(
            say("no full lines of Chinese text in this file"),
            Remedy.CALLER,
            Place(str(file)),
            say("give a PDF with words in it; scanned pages hold pictures only"),
        )
    return proof_of(str(file), book)


def finished_pdfs(place: Path) -> tuple[Path, ...]:
    """The PDFs meant by a path: itself, those in a collection's `dist`, else those in the folder.

    Sheets to fold are passed over. Raises PublisherError when there are none.
    """
    if place.is_file():
        return (place,)
    folder = place / DIST if (place / DECLARATION).is_file() else place
    found = tuple(file for file in sorted(folder.glob("*.pdf")) if not _holds_sheets(file))
    if not found:
        raise PublisherError.of(
            say("there is no finished PDF here"),
            Remedy.CALLER,
            Place(str(folder)),
            say("make one with publisher build, or name a PDF"),
        )
    return found


def _holds_sheets(file: Path) -> bool:
    try:
        with opened(file) as pdf:
            return pdf.holds_sheets
    except PublisherError:
        return False  # what is wrong with it is told when it is measured


def _folded(file: Path) -> PublisherError:
    return PublisherError.of(
        say("this file holds sheets to fold, and no pages in order"),
        Remedy.CALLER,
        Place(str(file)),
        say("give the PDF that the sheets were made of"),
    )


def _watched(pdf: Pdf, watch: Watch) -> Iterator[Page]:
    for page in pdf.pages():
        watch("measuring", page.number, len(pdf))
        yield page
