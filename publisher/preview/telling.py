"""Telling: a showing as JSON for the pages of a preview, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from publisher.ground.messages import Message
from publisher.preview.showing import Contents, Pull, Remark, Showing

# Puts a message into the reader's language.
Worded = Callable[[Message], str]


def told(showing: Showing, worded: Worded) -> str:
    """All of it on one line."""
    table = {
        "number": showing.number,
        "isResting": showing.resting,
        "contents": _contents(showing.contents) if showing.contents else None,
        "pulls": [_pull(it) for it in showing.pulls],
        "faults": [_remark(it, worded) for it in showing.faults],
        "remarks": [_remark(it, worded) for it in showing.remarks],
        "turn": vars(showing.turn) if showing.turn else None,
    }
    return json.dumps(table | {"work": _work(showing)}, ensure_ascii=False)


def work_told(showing: Showing) -> str:
    """What is being done, on one line: most changes are of nothing else."""
    return json.dumps(_work(showing), ensure_ascii=False)


def _work(showing: Showing) -> dict[str, Any] | None:
    return vars(showing.work) if showing.work else None


def _contents(contents: Contents) -> dict[str, Any]:
    sections = [
        {"kind": it.kind, "title": it.title, "entries": [vars(row) for row in it.entries]}
        for it in contents.sections
    ]
    return vars(contents) | {"sections": sections}


def _pull(pull: Pull) -> dict[str, Any]:
    artefact = pull.artefact
    return {
        "output": artefact.output,
        "file": artefact.file_name,
        "bytes": len(artefact.content),
        "digest": pull.digest,
        "format": pull.format,
        "script": pull.script,
        "language": pull.language,
        "sheets": [vars(it) for it in pull.sheets],
        "openings": pull.openings,
        "isRightBound": pull.is_right_bound,
        "starts": dict(pull.starts),
        "isExtra": pull.is_extra,
    }


def _remark(remark: Remark, worded: Worded) -> dict[str, Any]:
    return {
        "kind": remark.kind,
        "message": worded(remark.message),
        "hint": worded(remark.hint) if remark.hint else "",
        "file": remark.at.file,
        "line": remark.at.line,
        "key": remark.at.key,
        "words": remark.words,
        "anchor": remark.anchor,
        "pages": dict(remark.pages),
    }
