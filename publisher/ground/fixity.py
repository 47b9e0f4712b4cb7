"""Fixity: digests by which bytes and values are known again."""

from __future__ import annotations

import hashlib
import uuid
from functools import cache
from pathlib import Path


def digest(content: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(content).hexdigest()


def file_digest(file: Path) -> str:
    """The SHA-256 of a file; worked out again by this process only where the file was touched.

    Raises OSError where it cannot be read.
    """
    at = file.stat()
    return _known_digest(file, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)


@cache
def _known_digest(file: Path, *_state: int) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def derived_urn(*parts: str) -> str:
    """A stable `urn:uuid:` name from the given parts (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\x1f".join(("publisher", *parts))).urn
