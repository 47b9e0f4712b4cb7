"""Verifying: what `publisher verify` tells of kept editions."""

from __future__ import annotations

import json
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

from publisher.ground.hygiene import spelled
from publisher.ground.messages import Message, say
from publisher.library.damage import Damage
from publisher.library.seal import fingerprint, public_keys
from publisher.press.verifying import Verified, verify
from publisher.surface import report
from publisher.surface.progress import shown
from publisher.surface.wording import worded

_MOST = 20


def verify_editions(arguments: Namespace) -> int:
    """Look through editions and tell of each; the code is that of the gravest damage."""
    keys = public_keys(arguments.signer) if arguments.signer else ()
    with shown(quiet=arguments.json) as progress:
        found = [_verified(place, keys, progress) for place in arguments.editions]
    if arguments.json:
        print(json.dumps({"editions": list(map(_row, found))}, ensure_ascii=False, indent=2))
    else:
        for one in found:
            _show(one)
    return min((it.kind.value for one in found for it in one.damages), default=0)


def _verified(place: Path, keys: tuple[str, ...], progress: Any) -> Verified:
    return verify(place, keys, partial(progress, place.name))


def _show(found: Verified) -> None:
    print(spelled(str(found.place)))
    if edition := found.edition:
        print(f"  {edition.title} {edition.version} · {edition.date} · {edition.identifier}")
    print(f"  {worded(_verdict(found))}")
    for damage in found.damages[:_MOST]:
        print(f"    {_line(damage)}")
    if len(found.damages) > _MOST:
        print(f"    {worded(say('and {n} more', n=len(found.damages) - _MOST))}")
    report.tell(_sealing(found))
    if found.damages:
        report.tell(say("docs/errors.md tells what each name means; look for a whole copy"))


def _verdict(found: Verified) -> Message:
    if found.damages:
        return say("DAMAGED; things that are wrong: {n}", n=len(found.damages))
    return say("whole: all {n} files are as they were", n=found.files)


def _line(damage: Damage) -> str:
    where = f"{damage.path}: " if damage.path else ""
    told = spelled(f"[{_name(damage)}] {where}{worded(damage.message)}")
    return told.replace("\n", "\\n")


def _name(damage: Damage) -> str:
    return damage.kind.name.lower().replace("_", "-")


def _sealing(found: Verified) -> Message:
    """What the seal proves, and what it does not."""
    if not found.key:
        return say("no true seal: that nobody rewrote files and lists together is not proven")
    key = fingerprint(found.key)
    if found.known:
        return say("sealed with a key you know: {fingerprint}", fingerprint=key)
    return say("sealed with {fingerprint}; --signer FILE tells whose key that is", fingerprint=key)


def _row(found: Verified) -> dict[str, Any]:
    return {
        "place": str(found.place),
        "identifier": found.edition.identifier if found.edition else "",
        "version": found.edition.version if found.edition else "",
        "files": found.files,
        "sha512": found.digest,
        "sealed": bool(found.key),
        "signer_known": found.known,
        "damages": [
            {"kind": _name(it), "path": it.path, "message": str(it.message)} for it in found.damages
        ],
    }
