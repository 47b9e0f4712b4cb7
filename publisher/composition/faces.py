"""Faces: the project's fonts, and which characters they can show.

It promises that only fonts listed in a `fonts.toml` take part, each with the digest written there;
nothing of the machine's own fonts leaks in. It refuses a font file that differs from its record,
and a text with a character that none of a book's faces has: before anything is set.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.files import is_file, lies_inside, read_file
from publisher.ground.fixity import file_digest
from publisher.ground.forms import STRICT, read_form
from publisher.ground.messages import say
from publisher.ground.places import Place

FACES_FILE = "fonts.toml"
# The role of a face that a collection brings along: the last resort of every stack.
EXTRA = "extra"
_CONTEXT = 8


@dataclass(frozen=True)
class Face:
    """One font file: `role` is what it is cut for, `regions` the language tags it serves."""

    family: str
    file: Path
    weight: int
    role: str
    regions: tuple[str, ...]
    version: str
    licence: str
    licence_file: Path
    sha256: str
    name: str = ""


@dataclass(frozen=True)
class SourceTable:
    """What a face was cut from."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    package: str = ""
    package_version: str = ""
    file: str = ""
    index: int = 0
    sha256: str = ""
    name: str = ""


@dataclass(frozen=True)
class FaceTable:
    """One face of the record."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    family: str
    file: str
    weight: int
    role: str
    regions: tuple[str, ...]
    version: str
    licence: str
    licence_file: str
    sha256: str
    style: str = "normal"
    source: SourceTable | None = None


@dataclass(frozen=True)
class FacesForm:
    """The whole of `fonts.toml`; what only the cutting script reads is passed over."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    face: tuple[FaceTable, ...] = ()
    cut: dict[str, Any] = field(default_factory=dict)
    repertoire: tuple[dict[str, Any], ...] = ()


def read_faces(folder: Path) -> tuple[Face, ...]:
    """The faces that a folder's `fonts.toml` records; none where there is no such file.

    Raises PublisherError for a record of another form, or one that names files elsewhere.
    """
    record = folder / FACES_FILE
    if not is_file(record):
        return ()
    form = read_form(FacesForm, read_file(record), str(record), Remedy.DESIGNER)
    return tuple(_face(row, folder) for row in form.face)


def _face(row: FaceTable, folder: Path) -> Face:
    for name in (row.file, row.licence_file):
        if not lies_inside(folder / name, folder):
            raise PublisherError.of(
                say('the file "{name}" lies outside its folder', name=name),
                Remedy.DESIGNER,
                Place(str(folder / FACES_FILE)),
                say("fonts lie beside their record"),
            )
    return Face(
        family=row.family,
        file=folder / row.file,
        weight=row.weight,
        role=row.role,
        regions=row.regions,
        version=row.version,
        licence=row.licence,
        licence_file=folder / row.licence_file,
        sha256=row.sha256,
        name=row.source.name if row.source else "",
    )


def font_files(faces: Iterable[Face]) -> Callable[[str], bytes]:
    """Gives the font file of a digest."""
    files = {face.sha256: face.file for face in faces}
    return lambda digest: files[digest].read_bytes()


def require_intact(faces: Iterable[Face]) -> None:
    """Raise PublisherError for every font file that is missing or is not what its record says."""
    faults = [fault for face in faces for fault in _damage(face)]
    if faults:
        raise PublisherError(*faults)


def _damage(face: Face) -> Iterator[Fault]:
    at = Place(str(face.file))
    hint = say("restore the file as it was recorded in {record}", record=FACES_FILE)
    if not face.file.is_file():
        yield Fault(say("the font file is missing"), Remedy.MACHINE, at, hint)
    elif file_digest(face.file) != face.sha256:
        message = say("the font file differs from its record")
        yield Fault(message, Remedy.MACHINE, at, hint)


def fontconfig_text(folders: Iterable[Path], cache_folder: Path) -> str:
    """A fontconfig configuration in which only the given folders exist."""
    cache = escape(str(cache_folder), quote=False)
    rows = "".join(f"<dir>{escape(str(folder), quote=False)}</dir>" for folder in folders)
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{rows}<cachedir>{cache}</cachedir></fontconfig>\n"
    )


@cache
def coverage(file: Path) -> frozenset[int]:
    """The code points a font file has glyphs for."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
    return frozenset(face.unicodes)


def brought(faces: Iterable[Face]) -> frozenset[str]:
    """The visible characters that only faces have which the collection brings along."""
    own: set[int] = set()
    extra: set[int] = set()
    for face in faces:
        (extra if face.role == EXTRA else own).update(coverage(face.file))
    found = map(chr, extra - own)
    return frozenset(it for it in found if not (it.isspace() or _is_invisible(it)))


Passage = tuple[str, Place]


def glyphless(passages: Iterable[Passage], faces: Iterable[Face]) -> dict[str, Fault]:
    """A fault for each character that no face has, at its first place."""
    codes = frozenset().union(*(coverage(face.file) for face in faces))
    known = frozenset(map(chr, codes))
    faults: dict[str, Fault] = {}
    for text, at in passages:
        for character in sorted({*text} - known - faults.keys(), key=text.index):
            if not _is_invisible(character):
                faults[character] = _glyphless(character, text, at)
    return faults


def _is_invisible(character: str) -> bool:
    """Line ends, joiners and variation selectors need no glyph."""
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_selector or unicodedata.category(character) in ("Cc", "Cf")


def _glyphless(character: str, text: str, at: Place) -> Fault:
    spot = text.index(character)
    context = text[max(0, spot - _CONTEXT) : spot + _CONTEXT + 1].replace("\n", " ")
    return Fault(
        say(
            'no font has the character "{character}" (U+{code}) in "{context}"',
            character=character,
            code=f"{ord(character):04X}",
            context=context,
        ),
        Remedy.EDITOR,
        at,
        say("write it in another way, or add a font that has it (docs/fonts.md)"),
    )
