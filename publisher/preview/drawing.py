"""Drawing: pages as pictures, each drawn once for a width, as long as they are looked at.

It promises the picture of a page of a file by the file's digest, so that a browser may keep it for
ever. It keeps the files that are shown, and a bounded number of pictures.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from publisher.preview.leaves import Leaves
from publisher.preview.showing import Pull

NARROWEST, WIDEST = 100, 3000  # px
_MOST = 60_000_000  # bytes
_MOST_FILES = 6


class Drawing:
    """Draws pages; one at a time, for the library that does it knows no threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._leaves: OrderedDict[str, Leaves] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()

    def picture(self, pull: Pull, index: int, width: int) -> bytes:
        """A page of an output as PNG; the width is brought within bounds."""
        name = (pull.digest, index, min(max(width, NARROWEST), WIDEST))
        with self._lock:
            if name not in self._pictures:
                self._pictures[name] = self._opened(pull).picture(*name[1:])
            self._pictures.move_to_end(name)
            self._make_room()
            return self._pictures[name]

    def _opened(self, pull: Pull) -> Leaves:
        if pull.digest not in self._leaves:
            self._leaves[pull.digest] = Leaves(pull.artefact.content)
        self._leaves.move_to_end(pull.digest)
        if len(self._leaves) > _MOST_FILES:
            self._leaves.popitem(last=False)[1].close()
        return self._leaves[pull.digest]

    def _make_room(self) -> None:
        while sum(map(len, self._pictures.values())) > _MOST and len(self._pictures) > 1:
            self._pictures.popitem(last=False)
