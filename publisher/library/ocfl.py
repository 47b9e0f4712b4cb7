"""OCFL: all editions of a collection as one object in which equal files lie once (OCFL 1.1).

It promises version N for the Nth edition, whole as its bag, and the same bytes for the same
editions. Dates are those of the editions; no clock is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from publisher.library.bag import ALGORITHM, sha512
from publisher.library.edition import Edition
from publisher.library.holding import Holding

DECLARATION = "0=ocfl_object_1.1"
_INVENTORY = "inventory.json"
_TYPE = "https://ocfl.io/1.1/spec/#inventory"


def ocfl_object(editions: Iterable[tuple[Edition, Holding]]) -> dict[str, bytes]:
    """The files of an object by path, from the editions of one collection in their order."""
    growing = _Object()
    for edition, holding in editions:
        growing.add(edition, holding)
    return {DECLARATION: b"ocfl_object_1.1\n", **growing.files}


class _Object:
    """An object as it grows version by version: where the bytes of each digest lie, the files."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._identity = ""
        self._manifest: dict[str, list[str]] = {}
        self._versions: dict[str, Any] = {}

    def add(self, edition: Edition, holding: Holding) -> None:
        """Put in an edition as the next version."""
        head = f"v{len(self._versions) + 1}"
        self._identity = self._identity or edition.identifier
        self._versions[head] = _version(edition, self._state(head, holding))
        inventory = self._inventory(head)
        for folder in ("", f"{head}/"):
            self.files.update(_written(folder, inventory))

    def _state(self, head: str, holding: Holding) -> dict[str, list[str]]:
        """The files of a version by digest; bytes that no version had before are put in."""
        state: dict[str, list[str]] = {}
        for entry in holding.entries:
            content = holding.read(entry.path)
            digest = sha512(content)
            state.setdefault(digest, []).append(entry.path)
            if digest not in self._manifest:
                place = f"{head}/content/{entry.path}"
                self._manifest[digest] = [place]
                self.files[place] = content
        return state

    def _inventory(self, head: str) -> bytes:
        table = {
            "digestAlgorithm": ALGORITHM,
            "head": head,
            "id": self._identity,
            "manifest": self._manifest,
            "type": _TYPE,
            "versions": self._versions,
        }
        return f"{json.dumps(table, ensure_ascii=False, indent=1)}\n".encode()


def _version(edition: Edition, state: dict[str, list[str]]) -> dict[str, Any]:
    year, month, day = (*edition.date.split("-"), "01", "01")[:3]
    return {
        "created": f"{year}-{month}-{day}T00:00:00Z",
        "message": f"{edition.title} {edition.version}",
        "state": state,
        "user": {"name": edition.responsibility or edition.title, "address": edition.identifier},
    }


def _written(folder: str, inventory: bytes) -> Iterator[tuple[str, bytes]]:
    name = f"{folder}{_INVENTORY}"
    yield name, inventory
    yield f"{name}.{ALGORITHM}", f"{sha512(inventory)}  {_INVENTORY}\n".encode()
