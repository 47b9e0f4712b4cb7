"""Freezing: what `publisher freeze` tells of an edition that was made."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publisher.ground.errors import PublisherError
from publisher.ground.messages import Message, say
from publisher.library.seal import fingerprint
from publisher.press.freezing import Frozen, Wishes, freeze
from publisher.press.gates import Ruling
from publisher.press.sealing import make_key, own_key
from publisher.surface import report
from publisher.surface.progress import shown
from publisher.surface.questions import chosen
from publisher.surface.wording import translated as _
from publisher.surface.wording import worded


def freeze_collection(arguments: Namespace) -> int:
    """Make an edition and tell of it."""
    try:
        wishes = _wishes(arguments)
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


def _wishes(arguments: Namespace) -> Wishes:
    return Wishes(
        arguments.folder,
        arguments.version or "",
        arguments.into,
        _key(arguments),
        arguments.despite_questions,
        arguments.unsealed,
    )


def _key(arguments: Namespace) -> Path | None:
    """The key to seal with: the one that is named, else the user's own; None for no seal.

    Who has no key yet is asked once whether to make one, if somebody is there to answer.
    """
    if arguments.unsealed or arguments.key:
        return None if arguments.unsealed else arguments.key
    own = own_key()
    if own.is_file():
        return own
    is_attended = sys.stdin.isatty() and sys.stderr.isatty() and not arguments.json
    return own if is_attended and _is_made(own) else None


def _is_made(key: Path) -> bool:
    """Ask for a key, and whether it was made."""
    report.tell(say("a seal shows that nobody rewrote an edition; for one you need a key"))
    report.tell(say("it would lie in {file}; keep a copy of it in a safe place", file=key))
    if chosen(_("make a key for sealing?  [y]es  [n]o"), "yn") != "y":
        return False
    make_key(key)
    return True


def _show(frozen: Frozen) -> None:
    edition = frozen.edition
    print(frozen.folder)
    print(f"  {edition.title} {edition.version} · {edition.date} · {edition.identifier}")
    for work in edition.works:
        print(f"  {work.file}  sha256 {work.sha256}")
    print(f"  sha512 {frozen.digest}")
    for message in _remarks(frozen):
        report.tell(message)


def _remarks(frozen: Frozen) -> Iterator[Message]:
    """What is to be known of an edition beside what it is."""
    for reason in dict.fromkeys(it.checked.absent for it in frozen.rulings):
        if reason:
            yield say("a gate did not run: {reason}", reason=reason)
    for question in frozen.edition.open_questions:
        yield say("recorded as open: {question}", question=question)
    if frozen.key:
        yield say("sealed with {fingerprint}", fingerprint=fingerprint(frozen.key))
    else:
        yield say("it bears no seal; --key FILE seals one")
    yield say("to check it: {command}", command=f"publisher verify {frozen.folder}")


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
        "gates": list(map(_gate, frozen.rulings)),
        "open_questions": list(edition.open_questions),
    }


def _gate(ruling: Ruling) -> dict[str, Any]:
    absent = ruling.checked.absent
    return {
        "file": ruling.file,
        "gate": ruling.checked.checker,
        "ran": absent is None,
        "reason": worded(absent) if absent else "",
    }
