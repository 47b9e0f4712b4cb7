"""Finding: one place at which a PDF is not what it says it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.ground.messages import Message
from publisher.prepress.validity.subject import Subject

# A sentence, and the page it is about; 0 where it is about the whole file.
Found = tuple[Message, int]


@dataclass(frozen=True)
class Finding:
    """`code` is stable and explained in docs/archival.md; `page` counts from 1, 0 is the file."""

    code: str
    message: Message
    page: int


@dataclass(frozen=True)
class Rule:
    """A row of the registry: a code, the clause it comes from, and the function that finds it."""

    code: str
    clause: str
    find: Callable[[Subject], Iterator[Found]]
