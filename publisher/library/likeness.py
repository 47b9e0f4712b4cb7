"""Likeness: how much of one finished file another one repeats.

It promises the strongest word that is true: the same bytes; the same members of a ZIP or the same
objects of a PDF, packed otherwise; the same text on other pages or in other looks; else different.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from enum import Enum

import pikepdf

from publisher.ground.errors import PublisherError
from publisher.ground.fixity import digest
from publisher.inspection.opened import Opened, words_of
from publisher.intake.archives import unpacked
from publisher.library.pages import PDF, read_pages


class Likeness(Enum):
    """How like two files are, from most to least."""

    BYTES = "bytes"
    PARTS = "parts"
    TEXT = "text"
    DIFFERENT = "different"


def likeness(before: bytes, after: bytes, media_type: str) -> Likeness:
    """How like a file of a media type, PDF or EPUB, is to another."""
    if before == after:
        return Likeness.BYTES
    try:
        if media_type == PDF:
            return _like(_objects(before), _objects(after), _pdf_words(before), _pdf_words(after))
        one, other = (unpacked(content, "") for content in (before, after))
        texts = (_epub_words(tuple(parts.items())) for parts in (one, other))
        return _like(one, other, *texts)
    except (pikepdf.PdfError, PublisherError):
        return Likeness.DIFFERENT


def _like(parts: object, others: object, words: str, other_words: str) -> Likeness:
    if parts == others:
        return Likeness.PARTS
    return Likeness.TEXT if words == other_words else Likeness.DIFFERENT


def _objects(content: bytes) -> list[str]:
    """The digest of every object of a PDF, streams unpacked, in the order of their numbers."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [digest(b"\0".join(_parts(item))) for item in pdf.objects]


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


def _pdf_words(content: bytes) -> str:
    return _dense("".join(read_pages(content).texts))


def _epub_words(parts: tuple[tuple[str, bytes], ...]) -> str:
    return _dense("".join(words_of(text.root) for text in Opened(parts).texts))


def _dense(text: str) -> str:
    return "".join(text.split())
