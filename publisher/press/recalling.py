"""Recalling: a collection whose pages stand on a shelf already is not made again.

It promises that pages are called the same only if everything they rest on is: the records of the
editions, the theme, the shelf's own facts, the program and the libraries that it writes with; and
only if they lie there byte for byte. Where anything is in doubt, they are made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from publisher.ground.errors import PublisherError
from publisher.ground.fixity import digest
from publisher.ground.forms import check_form
from publisher.library.edition import written
from publisher.press.stocking import Stocked
from publisher.press.store import Store, key, program_digest
from publisher.site.frame import Frame
from publisher.site.shelf import Collection

_LIBRARIES = ("Jinja2", "lxml", "pillow")


@dataclass(frozen=True)
class Made:
    """What a collection is, and the digests of the files that were made of it, by path."""

    key: str
    collection: Collection
    digests: Mapping[str, str]


class Memory:
    """What was made of each collection when a shelf was last written to a place."""

    def __init__(self, store: Store, site: Path, frame: Frame) -> None:
        self._store = store
        self._name = key((b"shelf", os.fsencode(site.absolute())))
        facts = (repr(frame.theme), frame.title, frame.root)
        self._ground = (program_digest(*_LIBRARIES), *(it.encode() for it in facts))
        self._known: dict[str, dict[str, object]] = json.loads(store.get(self._name) or b"{}")
        self._made: list[Made] = []

    def key(self, editions: Iterable[Stocked]) -> str:
        """The key of what is made of a collection's editions, the newest first."""
        rows = (f"{it.digest} {it.key} {digest(written(it.edition))}" for it in editions)
        return key((*self._ground, *(row.encode() for row in rows)))

    def recall(self, name: str) -> Made | None:
        """What was made under a key; None where nothing was, or nobody can read it."""
        row = self._known.get(name)
        try:
            return check_form(Made, row, self._name) if row else None
        except PublisherError:
            return None

    def keep(self, made: Made) -> None:
        """Remember what was made or recalled."""
        self._made.append(made)

    def save(self) -> None:
        """Write down what is remembered, and forget what no longer stands there."""
        rows = {made.key: asdict(made) for made in self._made}
        self._store.put(self._name, json.dumps(rows, ensure_ascii=False).encode())
