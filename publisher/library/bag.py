"""Bag: files with the lists of their digests beside them (BagIt 1.0, RFC 8493).

It promises that every file is in a list with its SHA-512, that `sha512sum -c` understands the lists
where `sha512sum` can name the files at all, and the same bytes for the same files. What lies in
`data/` is the payload; what explains it lies beside that.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place

Files = Mapping[str, bytes]

PAYLOAD = "data/"
DECLARATION = "bagit.txt"
INFORMATION = "bag-info.txt"
MANIFEST = "manifest-sha512.txt"
TAG_MANIFEST = "tagmanifest-sha512.txt"
# Our own list: BagIt knows the sum of all sizes alone, and a file cut short shall be told as such.
SIZES = "sizes.txt"
ALGORITHM = "sha512"
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_ROW = re.compile(r"([0-9a-f]{128})[ \t]+\*?(\S.*)", re.IGNORECASE)
_SIZE = re.compile(r"(\d+) {2}(\S.*)")
_INFORMATION = re.compile(r"([^:\s][^:]*):[ \t]+(.*)")
_OXUM = "Payload-Oxum"
# RFC 8493, 2.1.3: what would break a line, and the mark that stands for it.
_CODED = {"%": "%25", "\r": "%0D", "\n": "%0A"}
# Of these sha512sum writes and reads names in a way of its own.
_UNSPEAKABLE = re.compile(r"[%\\\r\n]")


def bag(payload: Files, information: Mapping[str, str], beside: Files) -> dict[str, bytes]:
    """The files of a bag by path: `payload` goes below `data/`, `beside` beside it."""
    content = {f"{PAYLOAD}{path}": payload[path] for path in sorted(payload)}
    oxum = f"{sum(map(len, content.values()))}.{len(content)}"
    tags = dict(beside)
    tags[DECLARATION] = DECLARED
    tags[INFORMATION] = _information({**information, _OXUM: oxum})
    tags[MANIFEST] = written_manifest({path: sha512(it) for path, it in content.items()})
    tags[SIZES] = _sizes({**content, **beside, INFORMATION: tags[INFORMATION]})
    listed = {path: sha512(tags[path]) for path in sorted(tags)}
    return {**content, **tags, TAG_MANIFEST: written_manifest(listed)}


def sha512(content: bytes) -> str:
    """The SHA-512 of bytes, as 128 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha512(content).hexdigest()


def plain_ends(content: bytes) -> bytes:
    """A text with LF for each CR LF: what a tool made of it that knows texts of Windows alone."""
    return content.replace(b"\r\n", b"\n")


def written_manifest(digests: Mapping[str, str]) -> bytes:
    """A list of digests by path."""
    rows = (f"{digests[path]}  {_coded(path)}\n" for path in sorted(digests))
    return "".join(rows).encode()


def read_manifest(content: bytes) -> dict[str, str]:
    """The digests by path that a list holds. Raises ValueError for what is no such list."""
    rows: dict[str, str] = {}
    for line in plain_ends(content).decode("utf-8").split("\n"):
        match = _ROW.fullmatch(line)
        if match and _decoded(match[2]) not in rows:
            rows[_decoded(match[2])] = match[1].lower()
        elif line:
            raise ValueError(line)
    return rows


def read_sizes(content: bytes) -> dict[str, int]:
    """The sizes in bytes by path; what is no row of the list is passed over."""
    matches = map(_SIZE.fullmatch, plain_ends(content).decode("utf-8", "replace").split("\n"))
    return {_decoded(match[2]): int(match[1]) for match in matches if match}


def read_information(content: bytes) -> dict[str, str]:
    """What the bag says of itself, by label; what is no row of it is passed over."""
    rows = plain_ends(content).decode("utf-8", "replace").split("\n")
    matches = map(_INFORMATION.fullmatch, rows)
    return {match[1]: match[2] for match in matches if match}


def require_plain_names(paths: Iterable[str]) -> None:
    """Raise PublisherError for names with which an edition could not be checked everywhere.

    These are names that `sha512sum -c` cannot read, and two that some disks hold for one.
    """
    every = tuple(paths)
    if faults := (*_unspeakable(every), *_alike(every)):
        raise PublisherError(*faults)


def _unspeakable(paths: Iterable[str]) -> list[Fault]:
    return [
        Fault(
            say("the name of this file cannot stand in a list of digests"),
            Remedy.EDITOR,
            Place(path),
            say(r"take % and \ and line ends out of it"),
        )
        for path in paths
        if _UNSPEAKABLE.search(path)
    ]


def _alike(paths: Iterable[str]) -> Iterator[Fault]:
    """Names that differ in capitals or in their Unicode form alone."""
    known: dict[str, str] = {}
    for path in paths:
        first = known.setdefault(normalize("NFC", path).casefold(), path)
        if first != path:
            message = say("some disks hold this name and {name} for one", name=first)
            yield Fault(message, Remedy.EDITOR, Place(path), say("give one of them another name"))


def _information(rows: Mapping[str, str]) -> bytes:
    """Labels and values a line each; line ends within a value become blanks (2.2.2)."""
    spoken = {label: " ".join(value.split()) for label, value in rows.items()}
    return "".join(f"{label}: {value}\n" for label, value in spoken.items() if value).encode()


def _sizes(files: Files) -> bytes:
    rows = (f"{len(files[path])}  {_coded(path)}\n" for path in sorted(files))
    return "".join(rows).encode()


def _coded(path: str) -> str:
    return re.sub("[%\r\n]", lambda match: _CODED[match[0]], path)


def _decoded(path: str) -> str:
    plain = {code: mark for mark, code in _CODED.items()}
    return re.sub("%(?:25|0D|0A)", lambda match: plain[match[0].upper()], path, flags=re.IGNORECASE)
