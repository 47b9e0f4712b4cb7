"""Likeness: how much of one finished file another one repeats.

It promises the strongest word that is true: the same bytes; the same members of a ZIP or the same
objects of a PDF, packed otherwise; the same text on other pages or in other looks; else different.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import pikepdf

from publisher.ground.fixity import digest
from publisher.ground.places import Place
from publisher.inspection.opened import Opened, words_of
from publisher.intake.archives import unpacked
from publisher.library.pages import PDF, read_pages
from publisher.prepress.bounds import opened


class Likeness(Enum):
    """How like two files are, from most to least."""

    BYTES = "bytes"
    PARTS = "parts"
    TEXT = "text"
    DIFFERENT = "different"


def likeness(before: bytes, after: bytes, media_type: str, at: Place) -> Likeness:
    """How like a file of a media type, PDF or EPUB, is to another.

    Raises PublisherError, with the place `at`, for one that cannot be read, or not safely.
    """
    if before == after:
        return Likeness.BYTES
    read = _read_pdf if media_type == PDF else _read_epub
    (parts, words), (others, other_words) = read(before, at), read(after, at)
    if parts == others:
        return Likeness.PARTS
    return Likeness.TEXT if words == other_words else Likeness.DIFFERENT


def _read_pdf(content: bytes, at: Place) -> tuple[object, str]:
    """The digest of every object, streams unpacked, in the order of their numbers; the words."""
    with opened(content, at) as pdf:
        objects = [digest(b"\0".join(_parts(item))) for item in pdf.objects]
        return objects, _dense("".join(read_pages(pdf).texts))


def _read_epub(content: bytes, at: Place) -> tuple[object, str]:
    """The members by name, and the words."""
    members = unpacked(content, str(at))
    texts = Opened(tuple(members.items())).texts
    return members, _dense("".join(words_of(text.root) for text in texts))


def _parts(item: pikepdf.Object) -> Iterator[bytes]:
    if not isinstance(item, pikepdf.Stream):
        yield item.unparse()
        return
    for key, value in sorted(item.stream_dict.items()):
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            yield key.encode()
            yield value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()
    try:
        yield item.read_bytes()
    except pikepdf.PdfError:
        yield item.read_raw_bytes()  # a picture in a packing of its own


def _dense(text: str) -> str:
    return "".join(text.split())
