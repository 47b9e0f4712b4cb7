"""Gates: what has to be found faultless before a file may be kept.

It promises every gate that fits a file: each character of each essay is there; a PDF to keep holds
against our rules for such files, an EPUB against ours, EPUBCheck's and Ace's where these are
installed. A checker that is missing is told as such, never taken for one that found nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from publisher.formats.job import Job
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.inspection.opened import Opened
from publisher.inspection.registry import inspect
from publisher.intake.archives import unpacked
from publisher.library.coverage import Lack, lacking_in_epub, lacking_in_pdf
from publisher.library.pages import PDF
from publisher.model.artefact import Artefact
from publisher.prepress.validity.registry import findings
from publisher.press.checkers import EPUB_CHECKERS, Checked, Remark, checked
from publisher.press.making import Progress

EPUB = "application/epub+zip"
ARCHIVAL = "archival"
# It shows the book's title and no essay.
_WITHOUT_ESSAYS = {"cover"}
_HARMLESS = {"usage", "info"}
_SHOWN = 20


@dataclass(frozen=True)
class Ruling:
    """What one gate said of one file."""

    file: str
    checked: Checked

    @property
    def objections(self) -> tuple[Remark, ...]:
        """What stands against keeping the file."""
        return tuple(it for it in self.checked.remarks if it.weight not in _HARMLESS)


def rulings(
    jobs: Iterable[Job], made: tuple[Artefact, ...], progress: Progress
) -> tuple[Ruling, ...]:
    """What every gate says of files that were just made.

    Other people's programs take longest; they work side by side, beside our own gates.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        others = pool.map(_others, made)
        own = []
        for number, (job, it) in enumerate(zip(jobs, made, strict=True), start=1):
            progress(job.output, "checking", number, len(made))
            own.append((*coverage(job, it), *_rules(job, it)))
        rows = zip(made, own, others, strict=True)
        return tuple(
            Ruling(artefact.file_name, it) for artefact, *both in rows for its in both for it in its
        )


def _rules(job: Job, made: Artefact) -> Iterator[Checked]:
    """What our rules say of a file that was just made."""
    if job.format == ARCHIVAL:
        yield Checked("PDF")  # the format gives no file to which they object
    else:
        yield from own_rules(job.format, made.media_type, made.content)


def own_rules(kind: str, media_type: str, content: bytes) -> Iterator[Checked]:
    """What our rules find in a finished file, by its format's name and its media type."""
    if kind == ARCHIVAL:
        try:
            found = findings(content)
        except pikepdf.PdfError as error:
            yield Checked("PDF", (Remark("pdf-damaged", "error", str(error), Place()),))
            return
        yield Checked("PDF", tuple(_remark(it.code, str(it.message), it.page) for it in found))
    if media_type == EPUB:
        parts = tuple(unpacked(content, "").items())
        rows = (Remark(it.code, "error", str(it.message), it.at) for it in inspect(parts))
        yield Checked("EPUB", tuple(rows))


def require_passed(every: tuple[Ruling, ...]) -> None:
    """Raise PublisherError with what the gates object to."""
    faults = [
        Fault(
            say("{gate}: {finding}", gate=ruling.checked.checker, finding=remark.words),
            Remedy.EDITOR,
            Place(ruling.file, key=str(remark.at)),
            say("nothing was frozen: put it right, and freeze again"),
        )
        for ruling in every
        for remark in ruling.objections
    ]
    if faults:
        raise PublisherError(*faults[:_SHOWN])


def coverage(job: Job, made: Artefact) -> Iterator[Checked]:
    """Whether every character of every essay is in a file that was just made."""
    if job.format in _WITHOUT_ESSAYS:
        return
    if made.media_type == PDF:
        books = (job.book, job.facing) if job.facing else (job.book,)
        lacks = lacking_in_pdf(books, made.content)
    else:
        parts = tuple(unpacked(made.content, made.file_name).items())
        lacks = lacking_in_epub(job.book, Opened(parts))
    yield Checked("coverage", tuple(map(_lack, lacks)))


def _lack(lack: Lack) -> Remark:
    shown = lack.characters[:_SHOWN]
    message = say("characters are missing: {n} ({shown})", n=len(lack.characters), shown=shown)
    return Remark("coverage", "error", str(message), Place(lack.path))


def _others(made: Artefact) -> tuple[Checked, ...]:
    """What other people's checkers say of an EPUB; nothing of other files."""
    if made.media_type != EPUB:
        return ()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / made.file_name
        file.write_bytes(made.content)
        return checked(file, EPUB_CHECKERS)


def _remark(code: str, words: str, page: int) -> Remark:
    return Remark(code, "error", words, Place(line=page or None))
