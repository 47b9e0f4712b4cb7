"""Signatures: which kind of file bytes are that hold no plain text, told by how they begin.

It promises a name for people, or nothing. The tables are those of the formats' own specifications;
what a ZIP holds is told by the names of its first parts, without unpacking any.
"""

from __future__ import annotations

from publisher.ground.messages import Message, say

_BEGINNINGS = (
    (b"%PDF-", say("a PDF")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", say("an old Word file (.doc), or a locked one")),
    (b"{\\rtf", say("a rich text file (.rtf)")),
    (b"\x89PNG\r\n", say("a picture")),
    (b"\xff\xd8\xff", say("a picture")),
    (b"GIF8", say("a picture")),
    (b"II*\0", say("a picture")),
    (b"MM\0*", say("a picture")),
    (b"Rar!\x1a\x07", say("an archive")),
    (b"7z\xbc\xaf\x27\x1c", say("an archive")),
    (b"\x1f\x8b\x08", say("an archive")),
)
_ZIP = b"PK\x03\x04"
_IN_ZIP = (
    (b"application/epub+zip", say("an EPUB")),
    (b"application/vnd.oasis.opendocument.text", say("an OpenDocument text (.odt)")),
    (b"word/", say("a Word file (.docx)")),
    (b"[Content_Types].xml", say("an Office file")),
)
# Far enough to meet the names of the first parts of a ZIP.
_HEAD = 4096


def kind_of_file(content: bytes) -> Message | None:
    """What the bytes seem to be, where they begin as no text does."""
    if content.startswith(_ZIP):
        head = content[:_HEAD]
        return next((kind for name, kind in _IN_ZIP if name in head), say("an archive"))
    return next((kind for begin, kind in _BEGINNINGS if content.startswith(begin)), None)
