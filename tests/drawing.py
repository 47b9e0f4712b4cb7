"""Pictures: small picture files for tests, sound ones and liars."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def picture_bytes(kind: str, size: tuple[int, int] = (6, 4)) -> bytes:
    """A plain picture in one of Pillow's formats."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 40, 30)).save(buffer, kind)
    return buffer.getvalue()


def claiming_png(width: int, height: int) -> bytes:
    """A small PNG whose header claims a size that its data do not have."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    row = chunk(b"IDAT", zlib.compress(b""))
    return b"\x89PNG\r\n\x1a\n" + header + row + chunk(b"IEND", b"")
