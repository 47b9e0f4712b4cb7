"""Fixity: digests by which bytes and values are known again."""

from __future__ import annotations

import hashlib
import uuid


def digest(content: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(content).hexdigest()


def derived_urn(*parts: str) -> str:
    """A stable `urn:uuid:` name from the given parts (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\x1f".join(("publisher", *parts))).urn
