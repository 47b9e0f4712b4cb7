"""Verifying: what `publisher verify` tells of kept editions."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from publisher.ground.hygiene import spelled
from publisher.ground.messages import Message, say
from publisher.library.bag import MANIFEST, TAG_MANIFEST
from publisher.library.damage import Damage, Kind
from publisher.library.seal import fingerprint, public_keys
from publisher.library.store import editions_below
from publisher.press.verifying import Verified, verify
from publisher.surface import report
from publisher.surface.progress import shown
from publisher.surface.wording import worded

_MOST = 20
_ANOTHER_COPY = say("look for a whole copy; an edition cannot be mended")
_HINTS = {
    Kind.NO_EDITION: say("name the folder of an edition, of a store, or a zip file of an edition"),
    Kind.SEAL_FOREIGN: say("ask whoever sealed it for the fingerprint of the key"),
    Kind.SEAL_MISSING: say("look for a copy with its seal; one never sealed needs no --signer"),
    Kind.SEAL_UNREAD: say("install it with: apt-get install openssh-client"),
    Kind.LINK: say("put the file itself in its place, or take it away"),
    Kind.SWAPPED: say("give each of the two the name of the other"),
    Kind.RENAMED: say("give the file its name back"),
    Kind.ADDED: say("take it away; what systems leave in folders does no harm (.DS_Store)"),
    Kind.GATE: say("the bytes are those that were kept; a later edition can do better"),
    Kind.LINE_ENDS: say("a tool took the file for a text of Windows: copy the edition as bytes"),
}


def verify_editions(arguments: Namespace) -> int:
    """Look through editions and tell of each; the code is that of the gravest damage."""
    keys = public_keys(arguments.signer) if arguments.signer else ()
    with shown(quiet=arguments.json) as progress:
        places = (it for place in arguments.editions for it in _editions(place))
        found = [_verified(place, keys, progress) for place in places]
    if arguments.json:
        print(json.dumps({"editions": list(map(_row, found))}, ensure_ascii=False, indent=2))
    else:
        for one in found:
            _show(one)
    return min((it.kind.value for one in found for it in one.damages), default=0)


def _editions(place: Path) -> tuple[Path, ...]:
    """The edition at a place, or the editions that lie in it."""
    if any((place / name).exists() for name in (MANIFEST, TAG_MANIFEST)):
        return (place,)
    return editions_below(place) or (place,)


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
    if found.is_edition:
        report.tell(_sealing(found))
    for message in _advice(found):
        report.tell(message)


def _advice(found: Verified) -> Iterator[Message]:
    """What to do about each kind of damage, the gravest first."""
    named = dict.fromkeys(it.kind for it in found.damages)
    for hint in dict.fromkeys(_HINTS.get(it, _ANOTHER_COPY) for it in named):
        yield say("→ {hint}", hint=hint)
    if named:
        yield say("docs/errors.md tells what each name means")


def _verdict(found: Verified) -> Message:
    if not found.is_edition:
        return say("no edition lies here")
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
