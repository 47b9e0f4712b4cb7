"""Hygiene: the one gate that every text and every metadata string passes on its way in.

It promises that what passed holds no character that vanishes, crashes a library, reorders lines
or is used by this program as a marker. It refuses such characters with their place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import islice

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place

# C0 without tab and line feed, C1, bidi embeddings and isolates, line/paragraph separators,
# surrogates, noncharacters, the replacement character and the tag/interlinear specials.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_MOST_FAULTS = 20
_REPLACEMENT = "\ufffd"


def decoded(content: bytes, file: str) -> str:
    """UTF-8 bytes as text with line feeds alone and no byte order mark.

    Raises PublisherError with the offset and line of the first byte that is not UTF-8, or with
    the line and column of every unfit character.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _undecodable(content, error, file) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    require_fit(text, file)
    return text


def require_fit(text: str, file: str, key: str = "") -> None:
    """Raise PublisherError for every character that no text of a book may hold."""
    faults = unfit_characters(text, lambda offset: _place(text, offset, file, key))
    if faults:
        raise PublisherError(*faults)


def fit(text: str) -> str:
    """The text without the characters that no text of a book may hold."""
    return _UNFIT.sub("", text)


def spelled(text: str) -> str:
    """The text with each such character written as its number, so that no terminal obeys it."""
    return _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def unfit_characters(text: str, place: Callable[[int], Place]) -> list[Fault]:
    """A fault for each unfit character; `place` says where an offset in the text is."""
    matches = islice(_UNFIT.finditer(text), _MOST_FAULTS)
    return [
        Fault(_unfit(match[0]), Remedy.EDITOR, place(match.start()), _remedy(match[0]))
        for match in matches
    ]


def _undecodable(content: bytes, error: UnicodeDecodeError, file: str) -> PublisherError:
    # utf-8-sig counts offsets from after the mark; the mark is put back to name the file's own.
    offset = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
    line = content.count(b"\n", 0, offset) + 1
    return PublisherError.of(
        say(
            "the bytes are not UTF-8: 0x{byte} at offset {offset}",
            byte=f"{content[offset]:02x}",
            offset=offset,
        ),
        Remedy.EDITOR,
        Place(file, line),
        say("save the file as UTF-8 in your editor"),
    )


def _place(text: str, offset: int, file: str, key: str) -> Place:
    if key:
        return Place(file, key=key)
    line_begin = text.rfind("\n", 0, offset)
    return Place(file, text.count("\n", 0, offset) + 1, offset - line_begin)


def _unfit(character: str) -> Message:
    return say(
        "the character U+{code} ({name}) cannot stand in a text",
        code=f"{ord(character):04X}",
        name=_name(character),
    )


def _name(character: str) -> str | Message:
    if "\ud800" <= character <= "\udfff":
        return say("lone surrogate")
    is_control = unicodedata.category(character) == "Cc"
    name = unicodedata.name(character, "").lower()
    return name or (say("control character") if is_control else say("noncharacter"))


def _remedy(character: str) -> Message:
    if character == _REPLACEMENT:
        return say("the text was damaged before it came here; copy it again from its source")
    return say("delete it; it shows nothing and breaks readers")
