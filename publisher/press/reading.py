"""Reading: manuscripts that were read before are not read again.

It promises the manuscript that reading its file gives. A file with faults is read each time, so
that they are told with their places.
"""

from __future__ import annotations

from dataclasses import is_dataclass

from publisher.editorial.assembly import Reader
from publisher.editorial.manuscripts import read_manuscript
from publisher.model import matter
from publisher.model.manuscript import Manuscript
from publisher.press.packing import packed, unpacked
from publisher.press.store import Store, key, program_digest

_READERS = ("markdown-it-py", "mdit-py-plugins", "PyYAML")
_KINDS: tuple[type, ...] = (
    Manuscript,
    *(it for it in vars(matter).values() if isinstance(it, type) and is_dataclass(it)),
)


def kept_reading(store: Store) -> Reader:
    """Reads manuscripts, and keeps them in a store."""

    def read(content: bytes, path: str, file: str) -> Manuscript:
        name = key((b"manuscript", program_digest(*_READERS), path.encode(), content))
        kept = store.get(name)
        found = unpacked(kept, _KINDS) if kept is not None else None
        if found and isinstance(found[0], Manuscript):
            return found[0]
        manuscript = read_manuscript(content, path, file)
        store.put(name, packed(manuscript))
        return manuscript

    return read
