"""Rebuilding: what `publisher rebuild` tells of files that were made again."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from publisher.ground.errors import Remedy
from publisher.ground.messages import Message, say
from publisher.library.likeness import Likeness
from publisher.press.rebuilding import Rebuilt, Remade, rebuild
from publisher.surface import report
from publisher.surface.progress import shown
from publisher.surface.wording import worded


def rebuild_edition(arguments: Namespace) -> int:
    """Make an edition's files again; code 3 where one is not the same byte for byte."""
    with shown(quiet=arguments.json) as progress:
        rebuilt = rebuild(arguments.edition, arguments.into, progress)
    if arguments.json:
        print(json.dumps(_row(rebuilt), ensure_ascii=False, indent=2))
    else:
        _show(rebuilt)
    is_same = all(it.likeness is Likeness.BYTES for it in rebuilt.files)
    return 0 if is_same else Remedy.EDITOR.value


def _show(rebuilt: Rebuilt) -> None:
    if not rebuilt.seal_was_read:
        report.tell(say("ssh-keygen is missing or does not run here, so nobody read the seal"))
    for remade in rebuilt.files:
        print(f"{remade.file}: {worded(_words(remade))}")
    for name, before, now in rebuilt.changed_tools:
        report.tell(say("{tool} was {before} and is {now}", tool=name, before=before, now=now))
    if not rebuilt.changed_tools:
        report.tell(say("all tools have the versions they had"))


def _words(remade: Remade) -> Message:
    words = {
        Likeness.BYTES: say("the same bytes"),
        Likeness.PARTS: say("other bytes, the same parts inside"),
        Likeness.TEXT: say("the same text, set otherwise"),
        Likeness.DIFFERENT: say("DIFFERENT"),
    }
    return words[remade.likeness]


def _row(rebuilt: Rebuilt) -> dict[str, Any]:
    return {
        "identifier": rebuilt.edition.identifier,
        "seal_was_read": rebuilt.seal_was_read,
        "files": {it.file: it.likeness.value for it in rebuilt.files},
        "changed_tools": [
            {"tool": name, "before": before, "now": now}
            for name, before, now in rebuilt.changed_tools
        ],
    }
