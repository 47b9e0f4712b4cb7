"""Encodings: the bytes of a text file become text, and it is said how.

It promises characters that were all meant: a byte order mark is believed, then strict UTF-8 is,
then HZ, then the encoding whose reading is most familiar among GB18030, Big5, Big5-HKSCS and
UTF-16. Nothing is ever replaced or left out. It refuses, with the place, what is no text, bytes of
no encoding, two encodings in one file, text that was once read wrongly or is written in ASCII, kana
that may be others, and characters no book may hold. Lines end with line feeds afterwards. Bidi
marks pass, for a rule of cleaning takes them away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.hygiene import require_fit
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.intake.big5 import count_common_signs, open_place, read_hkscs
from publisher.intake.frequency import familiarity
from publisher.intake.mojibake import find_mistake
from publisher.intake.sevenbit import find_packed, read_hz
from publisher.intake.signatures import kind_of_file

# UTF-32 first: its little-endian mark begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be")
# In this order where they are equally familiar.
_BIG5 = ("cp950", "big5hkscs")
_LEGACY = ("gb18030", *_BIG5)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "gb18030": "GB18030",
    "cp950": "Big5",
    "big5hkscs": "Big5-HKSCS",
    "hz": "HZ",
}
# What a plan says of a reading: Big5 has several tables, and this is the one of Windows.
_TABLES = _NAMES | {"cp950": "Big5 (cp950)"}
# Shares of familiar characters.
_SURE = 0.5
_LIKELY = 0.3
# A line tells its encoding by itself where it has so many bytes beyond ASCII, and one reading is
# far more familiar than the other.
_TELLING = 16
_FAR = 0.4

_LINE_ENDS = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_LINE_END_NAMES = {"\r\n": "CR LF", "\r": "CR", "\v": "VT", "\f": "FF"}
# What the rule `invisible` of cleaning takes away, of all that the gate refuses.
_TAKEN_LATER = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BEYOND_LATIN = re.compile("[\u0800-\U0010ffff]")
_HIGH = re.compile(b"[\x80-\xff]")


@dataclass(frozen=True)
class Decoded:
    """A text and how it was read, for people: "GB18030, no BOM, 0 undecodable"."""

    text: str
    how: str


def decode(content: bytes, file: str) -> Decoded:
    """The text in the bytes of a file; `file` is its name in messages.

    Raises PublisherError with the byte offset or the line and column of what is refused.
    """
    encoding, mark = _marked(content)
    if not encoding:
        _require_text(content, file)
        encoding = _told(content, file)
    raw = _strictly(content, mark, encoding, file)
    text = _LINE_ENDS.sub("\n", raw)
    _require_as_meant(text, content, file)
    require_fit(_TAKEN_LATER.sub(" ", text), file)
    return Decoded(text, _how(encoding, mark, raw))


def _marked(content: bytes) -> tuple[str, bytes]:
    marks = ((name, mark) for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark))
    return next(marks, ("", b""))


def _require_text(content: bytes, file: str) -> None:
    kind = kind_of_file(content)
    if kind:
        raise PublisherError.of(
            say("this is not a text file; it seems to be {kind}", kind=kind),
            Remedy.EDITOR,
            Place(file),
            say("save it as plain text (.txt) in UTF-8 from the program that made it"),
        )


def _told(content: bytes, file: str) -> str:
    """The encoding of bytes without a mark."""
    if b"\0" in content:
        return _wide(content) or "utf-8"
    if content.isascii():
        return "hz" if read_hz(content) is not None else "utf-8"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(content, error.start, file)
    return "utf-8" if _BEYOND_LATIN.search(text) else _legacy_by_chance(content)


def _readings(content: bytes, names: tuple[str, ...]) -> dict[str, str]:
    """What the bytes say in each encoding that has a character for all of them."""
    readings = {}
    for name in names:
        try:
            readings[name] = decoded_as(content, name)
        except UnicodeDecodeError:
            continue
    return readings


def decoded_as(content: bytes, name: str) -> str:
    """Bytes in the encoding that is called so here. Raises UnicodeDecodeError."""
    return read_hkscs(content) if name == "big5hkscs" else content.decode(name)


def _best(readings: dict[str, str]) -> tuple[str, float]:
    """The name of the most familiar reading and how familiar it is; the first of equals."""
    worths = {
        name: (familiarity(text), count_common_signs(text)) for name, text in readings.items()
    }
    best = max(worths, key=worths.__getitem__, default="")
    return best, worths[best][0] if best else 0.0


def _wide(content: bytes) -> str:
    """UTF-16 in an order that makes sense: Chinese, or ASCII in which no NUL is left; else ""."""
    readings = _readings(content, _WIDE)
    best, worth = _best(readings)
    if worth > _LIKELY:
        return best
    spread = (name for name, text in readings.items() if text.isascii() and "\0" not in text)
    return next(spread, "")


def _legacy_by_chance(content: bytes) -> str:
    """UTF-8, or a legacy encoding that is UTF-8 by chance: 一 in GB18030, D2 BB, is Cyrillic."""
    best, worth = _best(_readings(content, _LEGACY))
    return best if worth > _SURE else "utf-8"


def _legacy(content: bytes, offset: int, file: str) -> str:
    """The most familiar encoding of bytes that are not UTF-8 at `offset`."""
    readings = _readings(content, _LEGACY)
    best, worth = _best(readings)
    if worth < _SURE:
        wide, wide_worth = _best(_readings(content, _WIDE))
        if wide_worth > max(_LIKELY, worth + _FAR / 2):
            return wide
    if worth < _LIKELY:
        _require_one_encoding(content, file)
        raise _in_no_encoding(content, offset, file)
    if best in _BIG5:
        _require_one_table([readings[name] for name in _BIG5 if name in readings], file)
    return best


def _require_one_table(readings: list[str], file: str) -> None:
    """Raise PublisherError where Big5's two tables have other kana, and nothing tells which."""
    place = open_place(readings[0], readings[-1])
    if place is not None:
        raise _refused(
            say(
                "this is Big5, in which {one} may be {other} as well",
                one=f'"{readings[0][place]}"',
                other=f'"{readings[-1][place]}"',
            ),
            readings[0],
            place,
            file,
            say("open the file where it is shown rightly and save it as UTF-8"),
        )


def _in_no_encoding(content: bytes, offset: int, file: str) -> PublisherError:
    """The fault of bytes that no encoding explains; named where the best of them gives up."""
    offsets = [offset]
    for name in _LEGACY:
        try:
            content.decode(name)
        except UnicodeDecodeError as error:
            offsets.append(error.start)
    last = max(offsets)
    return PublisherError.of(
        say(
            "the bytes are neither UTF-8 nor GB18030 nor Big5: 0x{byte} at offset {offset}",
            byte=f"{content[last]:02x}",
            offset=last,
        ),
        Remedy.EDITOR,
        Place(file, content.count(b"\n", 0, last) + 1),
        say("save the file as UTF-8 in your editor"),
    )


def _require_one_encoding(content: bytes, file: str) -> None:
    """Raise PublisherError where lines that tell their encoding by themselves disagree."""
    told = list(_telling_lines(content))
    for (_, before), (offset, name) in pairwise(told):
        if name != before:
            raise PublisherError.of(
                say(
                    "the file is in two encodings: {first}, and from offset {offset} {second}",
                    first=_NAMES[before],
                    second=_NAMES[name],
                    offset=offset,
                ),
                Remedy.EDITOR,
                Place(file, content.count(b"\n", 0, offset) + 1),
                say("cut the file in two where its encoding changes"),
            )


def _telling_lines(content: bytes) -> Iterator[tuple[int, str]]:
    """(offset, encoding) of every line that can be in one encoding alone."""
    offset = 0
    for line in content.split(b"\n"):
        name = _line_encoding(line) if len(_HIGH.findall(line)) >= _TELLING else ""
        if name:
            yield offset, name
        offset += len(line) + 1


def _line_encoding(line: bytes) -> str:
    readings = _readings(line, ("utf-8", *_LEGACY[:2]))
    best, worth = _best(readings)
    others = {name: text for name, text in readings.items() if name != best}
    return best if worth > _SURE and worth - _best(others)[1] > _FAR else ""


def _strictly(content: bytes, mark: bytes, encoding: str, file: str) -> str:
    try:
        return decoded_as(content[len(mark) :], encoding)
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
        before = content[len(mark) : offset].decode(encoding, errors="ignore")
        raise PublisherError.of(
            say(
                "the bytes are not {encoding}: 0x{byte} at offset {offset}",
                encoding=_NAMES[encoding],
                byte=f"{content[offset]:02x}",
                offset=offset,
            ),
            Remedy.EDITOR,
            Place(file, before.count("\n") + 1),
            say("save the file as UTF-8 in your editor"),
        ) from None


def _require_as_meant(text: str, content: bytes, file: str) -> None:
    """Raise PublisherError for a text that is not what was written once."""
    mistake = find_mistake(text)
    if mistake:
        _require_one_encoding(content, file)
        raise _refused(
            say(
                "this was {was} once, was read as {read_as}, and saved so",
                was=mistake.was,
                read_as=mistake.read_as,
            ),
            text,
            mistake.offset,
            file,
            say("the text was damaged before it came here; copy it again from its source"),
        )
    packed = find_packed(text)
    if packed:
        raise _refused(
            say("Chinese is written in ASCII here, in {name}", name=packed.name),
            text,
            packed.offset,
            file,
            say("open the file in the program it was made with and save it as UTF-8"),
        )


def _refused(message: Message, text: str, offset: int, file: str, hint: Message) -> PublisherError:
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return PublisherError.of(message, Remedy.EDITOR, Place(file, line, column), hint)


def _how(encoding: str, mark: bytes, raw: str) -> str:
    """The reason in the words of a plan file, which are the same in every reader's language."""
    how = f"{_TABLES[encoding]}, {'BOM' if mark else 'no BOM'}, 0 undecodable"
    ends = dict.fromkeys(_LINE_ENDS.findall(raw))
    names = [_LINE_END_NAMES.get(end, f"U+{ord(end[0]):04X}") for end in ends]
    return f"{how}, line ends {' and '.join(sorted(names))}" if names else how
