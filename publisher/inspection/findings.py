"""Finding: one thing in an EPUB that would trip a reader or a reading system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.ground.messages import Message
from publisher.ground.places import Place
from publisher.inspection.opened import Opened


@dataclass(frozen=True)
class Finding:
    """`code` is stable and explained in docs/epub.md; `at` names the file in the ZIP and a line."""

    code: str
    message: Message
    at: Place


@dataclass(frozen=True)
class Rule:
    """A row of the registry: a code, and the function that finds it."""

    code: str
    find: Callable[[Opened], Iterator[tuple[Message, Place]]]
