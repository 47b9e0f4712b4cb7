"""Damage: one thing that is wrong with a kept edition, and of which kind.

Each kind has an exit code of its own (docs/errors.md), so that a script can tell a lost file from a
forged seal. What is listed first is graver: where several kinds meet, its code counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from publisher.ground.messages import Message


class Kind(Enum):
    """What became of an edition; the value is the exit code."""

    NO_EDITION = 20
    SEAL_BROKEN = 21
    SEAL_FOREIGN = 22
    SEAL_MISSING = 23
    SEAL_UNREAD = 24
    LISTS = 25
    LINK = 26
    UNREADABLE = 27
    SWAPPED = 28
    RENAMED = 29
    CUT_SHORT = 30
    CHANGED = 31
    MISSING = 32
    ADDED = 33
    IDENTITY = 34
    GATE = 35
    LINE_ENDS = 36


@dataclass(frozen=True)
class Damage:
    """`path` is the file in the edition that it is about, empty where it is about the whole."""

    kind: Kind
    message: Message
    path: str = ""


def ordered(found: Iterable[Damage]) -> tuple[Damage, ...]:
    """Damages, each once, the gravest first, then by path."""
    return tuple(sorted(dict.fromkeys(found), key=lambda it: (it.kind.value, it.path)))
