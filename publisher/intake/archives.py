"""Archive: a zip file unpacked in memory, once its sizes are known to be bearable.

It promises that nothing is unpacked before the directory was looked through: how many parts there
are, how large each and all will be, how much larger than they lie there, and what they are called.
What is inside a part stays shut, a zip within a zip too. It refuses what is damaged, locked by a
password or made to fill a machine.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.messages import Message, say
from publisher.ground.places import Place

MOST_PARTS = 2_000
MOST_BYTES_OF_A_PART = 64 << 20
MOST_BYTES = 256 << 20
MOST_GROWTH = 200
# What is smaller than this once unpacked may have grown by any factor: it fills nothing.
_SMALL = 1 << 20

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LOCKED = 0x1
_LINK = 0xA
_ASTRAY = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\\|\x00")
# "End of central directory" (APPNOTE 4.3.16): the number of parts stands 10 bytes in.
_END = b"PK\x05\x06"
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError,
)  # fmt: skip


def unpacked(content: bytes, file: str) -> Mapping[str, bytes]:
    """The parts of a zip file by name, in the order of its directory; folders are left out.

    Raises PublisherError with the reason for which it is not opened.
    """
    _require_few(_counted(content), file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            _require_bearable(parts, len(content), file)
            return {part.filename: archive.read(part) for part in parts}
    except _DAMAGES as error:
        raise _refused(
            say("the file is damaged and cannot be unpacked: {reason}", reason=error),
            file,
            say("open it in the program it was made with and save it again, or ask for a new copy"),
        ) from None


def _counted(content: bytes) -> int:
    """How many parts the file says it has; 0 where it does not say so."""
    end = content.rfind(_END)
    return int.from_bytes(content[end + 10 : end + 12], "little") if end >= 0 else 0


def _require_few(count: int, file: str) -> None:
    if count > MOST_PARTS:
        raise _refused(
            say("the file holds {count} parts", count=count),
            file,
            say("no more than {most} are taken in", most=MOST_PARTS),
        )


def _require_bearable(parts: list[zipfile.ZipInfo], size: int, file: str) -> None:
    _require_few(len(parts), file)
    whole = sum(part.file_size for part in parts)
    if whole > MOST_BYTES or _grows(whole, size):
        raise _too_large(say("the whole file"), size, whole, file)
    names: set[str] = set()
    for part in parts:
        if part.file_size > MOST_BYTES_OF_A_PART or _grows(part.file_size, part.compress_size):
            raise _too_large(_named(part), part.compress_size, part.file_size, file)
        for fault in _faults(part, names):
            raise _refused(fault, file, say("ask whoever sent it for a plain copy"))
        names.add(part.filename)


def _grows(unpacked_size: int, packed_size: int) -> bool:
    return unpacked_size > _SMALL and unpacked_size > MOST_GROWTH * max(packed_size, 1)


def _faults(part: zipfile.ZipInfo, names: set[str]) -> Iterator[Message]:
    name = _plain(part.filename)
    if _ASTRAY.search(part.orig_filename) or part.external_attr >> 28 == _LINK:
        yield say('the part "{name}" leads outside the file', name=name)
    if part.filename in names:
        yield say('two parts are called "{name}"', name=name)
    if part.flag_bits & _LOCKED:
        yield say('the part "{name}" is locked by a password', name=name)
    if part.compress_type not in _METHODS:
        yield say('the part "{name}" is packed in a way that office files do not use', name=name)


def _named(part: zipfile.ZipInfo) -> Message:
    return say('the part "{name}"', name=_plain(part.filename))


def _plain(name: str) -> str:
    """A name without what a terminal would obey."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", name)


def _too_large(what: Message, packed: int, size: int, file: str) -> PublisherError:
    return _refused(
        say(
            "{what} would grow from {packed} to {size} bytes",
            what=what,
            packed=f"{packed:,}",
            size=f"{size:,}",
        ),
        file,
        say(
            "at most {part} MB a part, {whole} MB in all, and {growth} times its size are taken in",
            part=MOST_BYTES_OF_A_PART >> 20,
            whole=MOST_BYTES >> 20,
            growth=MOST_GROWTH,
        ),
    )


def _refused(message: Message, file: str, hint: Message) -> PublisherError:
    return PublisherError.of(message, Remedy.EDITOR, Place(file), hint)
