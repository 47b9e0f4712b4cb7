"""Kind: what a file is by its bytes, whatever its name says.

It knows the kinds that people send under a wrong ending. It looks at signatures and at the names of
a zip file's parts where they lie; it unpacks nothing and proves nothing sound.
"""

from __future__ import annotations

import re
from enum import Enum

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.intake.signatures import kind_of_file


class Kind(Enum):
    """A kind of file; the value is the ending it should have, for those that can be taken in."""

    DOCX = ".docx"
    ODT = ".odt"
    EPUB = ".epub"
    HTML = ".html"
    TEXT = ".txt"
    LOCKED_OFFICE = "locked"
    OLD_WORD = "old Word"
    ZIP = "zip"
    OTHER = "other"


# Compound File Binary ([MS-CFB] 2.2): what Word wrote before 2007, and wraps encrypted files in.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# The first part of an OpenDocument file and of an EPUB: its name at byte 30, its words after it.
_DECLARED = re.compile(rb"PK\x03\x04.{26}mimetype(application/[a-z.+-]+)", re.DOTALL)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/epub+zip": Kind.EPUB,
}
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p)\b", re.IGNORECASE)
_BEGINNING = 2_048

_PACKED = (Kind.DOCX, Kind.ODT, Kind.EPUB)
_NAMES = {
    Kind.DOCX: say("a Word document"),
    Kind.ODT: say("an OpenDocument text"),
    Kind.EPUB: say("an EPUB"),
    Kind.HTML: say("a web page"),
    Kind.TEXT: say("a plain text"),
}


def require_kind(content: bytes, wanted: Kind, file: str) -> None:
    """Raise PublisherError where a file is of another kind than its ending says.

    A zip file of no known kind passes for any kind that is packed: opening it tells more.
    """
    found = kind_of(content)
    if found is not wanted and not (found is Kind.ZIP and wanted in _PACKED):
        message, hint = _told(found, wanted, kind_of_file(content))
        raise PublisherError.of(message, Remedy.EDITOR, Place(file), hint)


def kind_of(content: bytes) -> Kind:
    """What a file seems to be."""
    if content.startswith(_COMPOUND):
        return Kind.LOCKED_OFFICE if _ENCRYPTED in content else Kind.OLD_WORD
    if content.startswith(_ZIP):
        return _packed_kind(content)
    if kind_of_file(content) is not None or not content:
        return Kind.OTHER
    if _PAGE.search(content[:_BEGINNING].replace(b"\x00", b"")):
        return Kind.HTML
    return Kind.OTHER if b"\x00" in content[:_BEGINNING] else Kind.TEXT


def _packed_kind(content: bytes) -> Kind:
    declared = _DECLARED.match(content)
    if declared:
        return _MIMETYPES.get(declared[1], Kind.ZIP)
    if b"META-INF/container.xml" in content:
        return Kind.EPUB
    return Kind.DOCX if b"word/document.xml" in content else Kind.ZIP


def _told(found: Kind, wanted: Kind, name: Message | None) -> tuple[Message, Message]:
    match found:
        case Kind.LOCKED_OFFICE:
            return (
                say("the document is locked by a password"),
                say("open it with its password, take the password away, and save it again"),
            )
        case Kind.OLD_WORD:
            return (
                say("this is a document of an old Word (.doc)"),
                say("open it in Word, WPS or LibreOffice and save it as .docx"),
            )
        case Kind.OTHER | Kind.ZIP:
            return (
                _is_rather(wanted, name or say("something unknown")),
                say("open it in the program it was made with and save it as .docx, .odt or .txt"),
            )
    return _is_rather(wanted, _NAMES[found]), say("give it the ending {suffix}", suffix=found.value)


def _is_rather(wanted: Kind, found: Message) -> Message:
    return say(
        "its name ends with {wanted}, but the file is {found}", wanted=wanted.value, found=found
    )
