"""Objects: the written form of a PDF file (ISO 32000-1, 7.5): objects by number, in order.

It promises the same bytes for the same objects. Objects that are no streams are packed into object
streams, a batch each, and found by a cross-reference stream.
"""

from __future__ import annotations

import struct
import zlib
from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Sequence
from hashlib import md5
from itertools import accumulate

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_ROW = struct.Struct(">BIH")  # a row of the cross-reference stream, /W [1 4 2]
_MOST_PACKED = 0xFFFF


class Objects:
    """A file that is written from its head on. Numbers count from 1."""

    def __init__(self) -> None:
        self._chunks = [_HEAD]
        self._length = len(_HEAD)
        self._last = 0
        self._rows: dict[int, bytes] = {}

    def reserve(self, count: int = 1) -> int:
        """The first of `count` numbers that nobody else gets."""
        self._last += count
        return self._last - count + 1

    def stream(self, number: int, head: bytes, content: bytes) -> None:
        """Write a stream whose head says its length and filter."""
        self._rows[number] = _ROW.pack(1, self._length, 0)
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, content))

    def deflated(self, number: int, entries: bytes, content: bytes) -> None:
        """Compress and write a stream; `entries` stand in its head beside length and filter."""
        packed = zlib.compress(content)
        head = b"<<%b/Filter /FlateDecode/Length %d>>" % (entries, len(packed))
        self.stream(number, head, packed)

    def pack(self, numbers: Sequence[int], written: Sequence[bytes]) -> None:
        """Write objects that are no streams, as one batch or several."""
        for start in range(0, len(numbers), _MOST_PACKED):
            part = slice(start, start + _MOST_PACKED)
            self._batch(numbers[part], written[part])

    def finish(self, catalogue: int, information: int) -> bytes:
        """The whole file."""
        own = self.reserve()
        self._rows[own] = _ROW.pack(1, self._length, 0)
        name = md5(b"".join(self._chunks), usedforsecurity=False).hexdigest().encode()
        free = _ROW.pack(0, 0, 0xFFFF)
        rows = b"".join(self._rows.get(number, free) for number in range(own + 1))
        entries = b"/Type /XRef/Size %d/W [1 4 2]/Root %d 0 R/Info %d 0 R/ID [<%b> <%b>]" % (
            own + 1, catalogue, information, name, name,
        )  # fmt: skip
        start = self._length
        self.deflated(own, entries, rows)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._chunks)

    def _batch(self, numbers: Sequence[int], written: Sequence[bytes]) -> None:
        own = self.reserve()
        starts = accumulate((len(it) + 1 for it in written), initial=0)
        index = b" ".join(b"%d %d" % pair for pair in zip(numbers, starts, strict=False))
        entries = b"/Type /ObjStm/N %d/First %d" % (len(numbers), len(index) + 1)
        for place, number in enumerate(numbers):
            self._rows[number] = _ROW.pack(2, own, place)
        self.deflated(own, entries, b"\n".join([index, *written]))

    def _write(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._length += len(chunk)


def reference(number: int) -> bytes:
    """How other objects name an object."""
    return b"%d 0 R" % number


def text(words: str) -> bytes:
    """Words as a PDF string: as they are where ASCII has them, else as UTF-16."""
    if words.isascii():
        plain = words.encode().replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        return b"(%b)" % plain
    return b"<%b>" % (BOM_UTF16_BE + words.encode("utf-16-be")).hex().encode()


def number(value: float) -> bytes:
    """A number: six decimals at most, no exponent."""
    if isinstance(value, int) or value == int(value):
        return b"%d" % int(value)
    return f"{value:.6f}".rstrip("0").encode()


def dictionary(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A dictionary of entries already written."""
    return b"<<%b>>" % b"".join(b"/%b %b" % (key.encode(), value) for key, value in entries)


def array(items: Iterable[bytes]) -> bytes:
    """An array of items already written."""
    return b"[%b]" % b" ".join(items)
