"""Fonts: a font file taken into a collection as its last resort for rare characters.

It promises that the file travels with the collection and is recorded with its digest, so the same
book comes out elsewhere. It refuses a file that is no single static face, or whose family name is
taken: two files of one name make the engine draw wrong glyphs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.composition.faces import EXTRA, FACES_FILE, read_faces
from publisher.editorial.assembly import read_folder_declaration
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.files import read_file
from publisher.ground.fixity import digest
from publisher.ground.forms import toml_value
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.model.scripts import LANGUAGES
from publisher.press.places import font_folders
from publisher.press.writing import write_into

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_LICENCE, _LICENCE_ADDRESS = 13, 14
_NEEDED = {"name", "OS/2", "head", "hmtx", "cmap"}


def add_font(file: Path, collection: Path) -> str:
    """Copy a font into `collection/fonts` and record it there; gives its family name.

    Raises PublisherError when it cannot be used.
    """
    read_folder_declaration(collection)
    content = read_file(file)
    font = _opened(file)
    family = font["name"].getBestFamilyName() or file.stem
    _require_new(family, file, collection)
    folder = collection / "fonts"
    record = folder / FACES_FILE
    before = record.read_text(encoding="utf-8") if record.is_file() else ""
    row = _row(font, family, file, digest(content))
    licence = _licence(font)
    files = {
        file.name: content,
        f"{file.stem}-licence.txt": licence.encode(),
        FACES_FILE: (before + row).encode(),
    }
    write_into(folder, files)
    return family


def _opened(file: Path) -> TTFont:
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(file, lazy=False)
        missing = _NEEDED - set(font.keys())
        for table in _NEEDED - missing:
            font[table]
    except Exception:
        # A damaged font fails in as many ways as it has tables.
        raise _unusable(file, say("this is not a single OTF or TTF face")) from None
    if missing or font.flavor:
        raise _unusable(file, say("this is not a single OTF or TTF face"))
    if "fvar" in font:
        raise _unusable(file, say("this is a variable font; a book needs fixed faces"))
    return font


def _require_new(family: str, file: Path, collection: Path) -> None:
    if not re.fullmatch(r"[\w .-]+", family):
        raise _unusable(file, say('"{family}" cannot be a family\'s name here', family=family))
    if (collection / "fonts" / file.name).exists():
        raise _unusable(file, say("another font file of this name is already there"))
    taken = {face.family for folder in font_folders(collection) for face in read_faces(folder)}
    if family in taken:
        raise _unusable(file, say('there is a family "{family}" already', family=family))


def _row(font: TTFont, family: str, file: Path, sha256: str) -> str:
    values = {
        "family": family,
        "file": file.name,
        "weight": int(font["OS/2"].usWeightClass),
        "role": EXTRA,
        "regions": list(LANGUAGES),
        "version": f"{font['head'].fontRevision:.3f}",
        "licence": font["name"].getDebugName(_LICENCE_ADDRESS) or "see licence_file",
        "licence_file": f"{file.stem}-licence.txt",
        "sha256": sha256,
    }
    rows = (f"{key} = {toml_value(value)}\n" for key, value in values.items())
    return f"\n[[face]]\n{''.join(rows)}"


def _licence(font: TTFont) -> str:
    names = (font["name"].getDebugName(number) for number in (0, _LICENCE, _LICENCE_ADDRESS))
    return "\n\n".join(name for name in names if name) + "\n"


def _unusable(file: Path, message: Message) -> PublisherError:
    return PublisherError.of(
        message,
        Remedy.CALLER,
        Place(str(file)),
        say("give a static OTF or TTF file whose family no other font here has"),
    )
