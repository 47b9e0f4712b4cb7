"""Proofing: what `publisher proof` tells of finished PDFs, and the pages it writes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import say
from publisher.press.writing import write_into
from publisher.proofing.findings import Proof
from publisher.proofing.proof import finished_pdfs, proof
from publisher.proofing.summary import summary
from publisher.surface import report
from publisher.surface.progress import shown
from publisher.surface.wording import language, worded


def proof_files(arguments: Namespace) -> int:
    """Measure finished PDFs, tell what was found, and write a page with pictures for each."""
    try:
        rows = _measured(arguments)
    except PublisherError as error:
        if arguments.json:
            print(report.proofs_as_json((), error.faults))
        raise
    proofs = [measured for _, measured in rows]
    if arguments.json:
        print(report.proofs_as_json(proofs))
    else:
        report.show_proofs(proofs)
    if arguments.into or not arguments.json:
        _write_summaries(rows, arguments.into)
    found = any(measured.findings for measured in proofs)
    return Remedy.EDITOR.value if found and arguments.strict else 0


def _measured(arguments: Namespace) -> list[tuple[Path, Proof]]:
    files = finished_pdfs(arguments.place)
    with shown(quiet=arguments.json) as progress:
        return [(file, proof(file, partial(progress, file.name))) for file in files]


def _write_summaries(rows: Iterable[tuple[Path, Proof]], into: Path | None) -> None:
    for file, measured in rows:
        folder = into or file.parent
        name = f"{file.stem}-proof.html"
        page = summary(file, measured, worded, language())
        write_into(folder, {name: page.encode()})
        report.tell(say("with pictures of the worst lines: {file}", file=folder / name))
