"""Pictures: those of essays as far as they are fit to be shown, and covers made small.

It promises that a picture is known by its bytes and not by its name, that none runs or fetches
anything, and that the same cover gives the same bytes.
"""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from publisher.editorial.pictures import read_picture
from publisher.ground.errors import PublisherError
from publisher.ground.places import NOWHERE
from publisher.site import places
from publisher.site.shelf import Cover

_SUFFIXES = {"GIF": ".gif", "JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
# Pixels: twice what a card shows, for screens of high density.
_BOX = (400, 640)
_QUALITY = 82
_UNREADABLE = (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError)


@lru_cache(maxsize=64)
def suffix_of(name: str, content: bytes) -> str:
    """The ending that a picture's name has on the shelf; empty for what is not fit to be shown."""
    if content.lstrip()[:1] == b"<":
        return ".svg" if _is_plain(name, content) else ""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_SUFFIXES)) as image:
            return _SUFFIXES[image.format or ""]
    except _UNREADABLE:
        return ""


def small_cover(slug: str, content: bytes) -> tuple[Cover, bytes] | None:
    """The small cover and its bytes, a JPEG in sRGB; None where there is no picture to be shown."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_SUFFIXES)) as image:
            # Lets a JPEG be decoded at a fraction of its size.
            image.draft("RGB", _BOX)
            small = image.convert("RGB")
    except _UNREADABLE:
        return None
    small.thumbnail(_BOX, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=_QUALITY)
    return Cover(places.cover(slug), small.width, small.height), buffer.getvalue()


def _is_plain(name: str, content: bytes) -> bool:
    """Whether an SVG runs nothing and fetches nothing, as the pictures of a collection have to."""
    try:
        read_picture(name, content, NOWHERE)
    except PublisherError:
        return False
    return True
