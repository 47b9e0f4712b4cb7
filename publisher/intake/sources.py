"""Sources: the files that people send, read as they are, each once.

It promises bytes with their digest and the reading of them, by the ending of the file's name. It
refuses a kind of file that nobody here can read, and a file too large to be essays, before it is
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.files import is_file, read_file
from publisher.ground.fixity import digest
from publisher.ground.hygiene import unfit_characters
from publisher.ground.messages import say
from publisher.ground.places import NOWHERE, Place
from publisher.intake.encodings import decode
from publisher.intake.extractors.registry import EXTRACTORS, extractor
from publisher.intake.reading import Reading

TEXT = ".txt"
# A manuscript of this project already: taken as it is.
MARKDOWN = ".md"
KINDS = (TEXT, MARKDOWN, *EXTRACTORS)
# What a shell takes along with the texts of a folder: texts/*.
_PICTURES = frozenset((".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"))
# Bytes. Ten times the longest novel; a text that is larger is a heap, or no text.
LARGEST_TEXT = 64_000_000
LARGEST_ARCHIVE = 256_000_000
# Bytes, where the disk takes 255: 80 Chinese characters.
LONGEST_NAME = 240
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Source:
    """A file as it came."""

    path: Path
    content: bytes
    sha256: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def stem(self) -> str:
        """The name without its ending, after which everything made of the source is called."""
        return self.path.stem

    @property
    def is_markdown(self) -> bool:
        """Whether the source is a manuscript already."""
        return self.path.suffix.lower() == MARKDOWN

    @property
    def is_text(self) -> bool:
        """Whether the source is nothing but characters."""
        return self.path.suffix.lower() == TEXT


def read_source(path: Path) -> Source:
    """The bytes of a source. Raises PublisherError for what is not to be read."""
    _require_kind(path)
    _require_name(path)
    _require_size(path)
    content = read_file(path)
    return Source(path, content, digest(content))


def read(source: Source) -> Reading:
    """The reading of a source that is no manuscript yet. Raises PublisherError with its faults."""
    extract = extractor(source.path.suffix)
    if extract:
        return extract(source.content, str(source.path))
    decoded = decode(source.content, str(source.path))
    return Reading(decoded.text, decoded.how)


def without_pictures(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths without the pictures among them; all of them where nothing else is there."""
    others = (path for path in paths if path.suffix.lower() not in _PICTURES or path.is_dir())
    return tuple(others) or paths


def expanded(path: Path) -> list[Path]:
    """The files that a path stands for: itself, or what a folder holds, 2 before 10."""
    if path.is_dir():
        return sorted(filter(_is_source, path.iterdir()), key=_natural)
    if not is_file(path):
        raise PublisherError.of(say("there is no such file"), Remedy.CALLER, Place(str(path)))
    return [path]


def passed_over(path: Path) -> list[Path]:
    """What a folder holds besides: other kinds of files, folders."""
    if not path.is_dir():
        return []
    others = (other for other in sorted(path.iterdir()) if not other.name.startswith("."))
    return [other for other in others if not _is_source(other)]


def require_distinct(paths: Iterable[Path]) -> None:
    """Raise PublisherError for sources after which the same manuscript would be called."""
    faults = list(_doubled(paths))
    if faults:
        raise PublisherError(*faults)


def _doubled(paths: Iterable[Path]) -> Iterator[Fault]:
    seen: dict[str, Path] = {}
    for path in paths:
        other = seen.setdefault(path.stem, path)
        if other is not path:
            yield Fault(
                say('another source is called "{name}" too', name=path.stem),
                Remedy.CALLER,
                Place(str(path)),
                say("rename one of them: {other}", other=other),
            )


def _is_source(file: Path) -> bool:
    """Whether a folder's file is meant: hidden ones, as macOS makes beside others, are not."""
    is_known = file.suffix.lower() in KINDS and file.stem.upper() != "README"
    return is_known and file.is_file() and not file.name.startswith((".", "~$"))


def _natural(file: Path) -> list[tuple[bool, int, str]]:
    """A key by which 2 comes before 10, and numbers before words."""
    parts = re.findall(r"\d+|\D+", file.name)
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _require_kind(path: Path) -> None:
    if path.suffix.lower() not in KINDS:
        raise PublisherError.of(
            say('files ending in "{suffix}" cannot be imported', suffix=path.suffix),
            Remedy.CALLER,
            Place(str(path)),
            say("save it as one of {kinds}", kinds=" ".join(KINDS)),
        )


def _require_name(path: Path) -> None:
    """Raise PublisherError for a name that no list can hold, or after which no file can be called.

    What is made of a source is called after it with a few characters more.
    """
    place, size = ascii(str(path)), len(path.name.encode(errors="surrogateescape"))
    if any("\udc80" <= it <= "\udcff" for it in path.name):
        message = say("the name of the file is not UTF-8")
    elif any(it in path.name for it in "\n\r\t"):
        message = say("the name of the file holds a line end or a tab")
    elif unfit_characters(path.name, _nowhere):
        message = say("the name of the file holds a character that shows nothing")
    elif size > LONGEST_NAME:
        message = say("the name of the file is too long: {size} bytes", size=size)
        place = str(path)
    else:
        return
    hint = say("give it a name of ordinary characters, at most {most} bytes", most=LONGEST_NAME)
    raise PublisherError.of(message, Remedy.CALLER, Place(place), hint)


def _nowhere(_: int) -> Place:
    return NOWHERE


def _require_size(path: Path) -> None:
    is_text = path.suffix.lower() in (TEXT, MARKDOWN)
    most, size = (LARGEST_TEXT if is_text else LARGEST_ARCHIVE), path.stat().st_size
    if size > most:
        raise PublisherError.of(
            say("the file has {size} MB", size=size // _MEGABYTE),
            Remedy.EDITOR,
            Place(str(path)),
            say("a source may have {most} MB; cut it into several", most=most // _MEGABYTE),
        )
