"""Verifying: whether a kept edition is what it was on the day it was frozen.

It promises to look at every file, at the seal, at what the edition calls itself, and to hold the
finished files against our rules again. It writes nothing where the edition lies. Where the bytes
are damaged it stops there: what damaged files say is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.ground.errors import PublisherError
from publisher.ground.messages import say
from publisher.library.bag import PAYLOAD, TAG_MANIFEST, sha512
from publisher.library.damage import Damage, Kind, ordered
from publisher.library.edition import Edition
from publisher.library.fixity import damaged, fixity
from publisher.library.holding import Holding, held_at
from publisher.library.identity import edition_in, identity
from publisher.press.gates import Ruling, own_rules
from publisher.press.sealing import named_key, seal_damages

_SEALING = (Kind.SEAL_BROKEN, Kind.SEAL_FOREIGN, Kind.SEAL_MISSING, Kind.SEAL_UNREAD)
# Told what is being done, how much of it is done, and how much there is.
Watch = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Verified:
    """What was found of an edition. `edition` is None where no record of one can be read.

    `key` is the public key of a true seal, empty where there is none; `digest` is that of the list
    of lists; `known` says whether the caller gave this very key.
    """

    place: Path
    edition: Edition | None
    files: int
    digest: str
    key: str
    known: bool
    damages: tuple[Damage, ...]

    @property
    def is_edition(self) -> bool:
        """Whether there is anything that tells of an edition, be it a damaged one."""
        return not any(it.kind is Kind.NO_EDITION and not it.path for it in self.damages)


def verify(place: Path, keys: tuple[str, ...], watch: Watch = lambda *_: None) -> Verified:
    """Look through an edition; `keys` are those that may have sealed it, if the caller knows them.

    Raises PublisherError where there is nothing that could be an edition.
    """
    holding = held_at(place)
    found = _found(holding, keys, watch)
    is_sealed = not any(it.kind in (Kind.NO_EDITION, *_SEALING) for it in found)
    key = named_key(holding) if is_sealed else ""
    return Verified(
        place=place,
        edition=_edition(holding),
        files=len(holding.entries),
        digest=sha512(holding.tag(TAG_MANIFEST)),
        key=key,
        known=key in keys,
        damages=ordered(found),
    )


def require_proven(place: Path) -> None:
    """Raise PublisherError where anything is wrong with an edition, be it with its seal."""
    if damages := verify(place, ()).damages:
        raise damaged(place, damages)


def _found(holding: Holding, keys: tuple[str, ...], watch: Watch) -> list[Damage]:
    """All damages; what lies deeper is asked only where nothing was found before."""
    found = [*fixity(holding, lambda done, total: watch("hashing", done, total))]
    if all(it.kind is not Kind.NO_EDITION for it in found):
        found += seal_damages(holding, keys)
    found = found or [*identity(holding)]
    return found or [*_gates(holding, watch)]


def _gates(holding: Holding, watch: Watch) -> Iterator[Damage]:
    """What our rules find today in the finished files."""
    works = edition_in(holding).works
    for number, work in enumerate(works, start=1):
        watch("checking", number, len(works))
        content = holding.read(PAYLOAD + work.file)
        for checked in own_rules(work.format, work.media_type, content):
            for remark in Ruling(work.file, checked).objections:
                message = say("{code}: {finding}", code=remark.code, finding=remark.words)
                yield Damage(Kind.GATE, message, PAYLOAD + work.file)


def _edition(holding: Holding) -> Edition | None:
    try:
        return edition_in(holding)
    except PublisherError:
        return None
