"""Freezing: what `publisher freeze` tells of an edition that was made."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from publisher.ground.errors import PublisherError
from publisher.ground.messages import say
from publisher.library.seal import fingerprint
from publisher.press.freezing import Frozen, Wishes, freeze
from publisher.surface import report
from publisher.surface.progress import shown
from publisher.surface.wording import worded


def freeze_collection(arguments: Namespace) -> int:
    """Make an edition and tell of it."""
    wishes = Wishes(
        arguments.folder,
        arguments.version or "",
        arguments.into,
        arguments.key,
        arguments.despite_questions,
    )
    try:
        with shown(quiet=arguments.json) as progress:
            frozen = freeze(wishes, progress)
    except PublisherError as error:
        if arguments.json:
            print(report.faults_as_json(error.faults))
        raise
    if arguments.json:
        print(json.dumps(_row(frozen), ensure_ascii=False, indent=2))
    else:
        _show(frozen)
    return 0


def _show(frozen: Frozen) -> None:
    edition = frozen.edition
    print(frozen.folder)
    print(f"  {edition.title} {edition.version} · {edition.date} · {edition.identifier}")
    for work in edition.works:
        print(f"  {work.file}  sha256 {work.sha256}")
    print(f"  sha512 {frozen.digest}")
    absent = dict.fromkeys(it.checked.absent for it in frozen.rulings if it.checked.absent)
    for reason in absent:
        report.tell(say("a gate did not run: {reason}", reason=reason))
    for question in edition.open_questions:
        report.tell(say("recorded as open: {question}", question=question))
    if frozen.key:
        report.tell(say("sealed with {fingerprint}", fingerprint=fingerprint(frozen.key)))
    else:
        report.tell(say("it bears no seal; --key FILE seals one"))
    report.tell(say("to check it: {command}", command=f"publisher verify {frozen.folder}"))


def _row(frozen: Frozen) -> dict[str, Any]:
    edition = frozen.edition
    return {
        "folder": str(frozen.folder),
        "identifier": edition.identifier,
        "version": edition.version,
        "date": edition.date,
        "sha512": frozen.digest,
        "sealed": bool(frozen.key),
        "works": {work.file: work.sha256 for work in edition.works},
        "gates": [
            {
                "file": it.file,
                "gate": it.checked.checker,
                "ran": it.checked.absent is None,
                "reason": worded(it.checked.absent) if it.checked.absent else "",
            }
            for it in frozen.rulings
        ],
        "open_questions": list(edition.open_questions),
    }
