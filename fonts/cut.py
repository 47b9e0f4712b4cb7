"""Cut the faces of this folder out of the fonts that Debian packages.

Promises:

* Same input, same bytes.  `fonts.toml` names every source file with its sha-256, the repertoire,
  the features and the versions of the two libraries that write fonts; no clock, locale, environment
  or folder has a say.
* A cut keeps what it draws: outlines, metrics of both directions, positions and credits are those
  of the source.  It has fewer characters, features and languages, no hints, and another name.
  Where `fonts.toml` says so its ideographs fill the em, and stand as high as those of other faces.

Refuses, with exit status 1 and before a face is written:

* a source file that is missing or has another digest,
* other library versions than those recorded (they might write other bytes),
* a repertoire that names a character no source has, unless its table says `all = false`.

Usage::

    python fonts/cut.py [--sources DIR ...] [--check]

Without `--check` the faces are written beside this script, and each whose digest differs from
`fonts.toml` is reported with the line to put there.  With `--check` nothing is written here: the
faces are cut into a temporary folder and compared with `fonts.toml` and with the files beside this
script.  Exit status: 0 all digests agree, 1 some do not or the cut was refused.

This is a maintainers' tool.  It needs fontTools and uharfbuzz; setting books does not need it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
WINDOWS = (3, 1, 0x409)
CREDITS = (0, 7, 8, 9, 10, 11, 12, 13, 14)  # copyright, trademark, makers, licence
LANGUAGE_SYSTEMS = {"zh-Hans": "ZHS ", "zh-Hant-TW": "ZHT ", "zh-Hant-HK": "ZHH "}
STYLES = {400: "Regular", 700: "Bold"}
SURROGATES_AND_PRIVATE_USE = range(0xD800, 0xF900)
END_OF_PLANE_3 = 0x40000

# Numbers of name records.
FAMILY, STYLE, UNIQUE, FULL, VERSION, POSTSCRIPT, DESCRIPTION = 1, 2, 3, 4, 5, 6, 10


class CutError(Exception):
    """A reason not to cut."""


@dataclass(frozen=True)
class Source:
    """One face of one file of a package."""

    package: str
    package_version: str
    file: str
    index: int
    sha256: str
    name: str


@dataclass(frozen=True)
class Face:
    """One file of this folder."""

    family: str
    file: str
    weight: int
    role: str
    regions: tuple[str, ...]
    sha256: str
    source: Source

    @property
    def style(self) -> str:
        """The style as a font names it."""
        return STYLES[self.weight]

    @property
    def full_name(self) -> str:
        """The family, with the style unless it is the regular one."""
        return self.family if self.style == "Regular" else f"{self.family} {self.style}"

    @property
    def postscript_name(self) -> str:
        """The name without spaces, which a PDF shows."""
        return f"{self.family.replace(' ', '')}-{self.style}"


@dataclass(frozen=True)
class Book:
    """What `fonts.toml` says."""

    features: tuple[str, ...]
    libraries: dict[str, str]
    squares: dict[str, int]
    lifts: dict[str, int]
    repertoires: tuple[dict[str, Any], ...]
    faces: tuple[Face, ...]


def read_book(path: Path) -> Book:
    """Read `fonts.toml`."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    cut = table["cut"]
    return Book(
        features=tuple(cut["features"]),
        libraries=dict(cut["libraries"]),
        squares=dict(cut["squares"]),
        lifts=dict(cut["lifts"]),
        repertoires=tuple(table["repertoire"]),
        faces=tuple(read_face(face) for face in table["face"]),
    )


def read_face(table: dict[str, Any]) -> Face:
    """Read one `[[face]]` table."""
    return Face(
        family=table["family"],
        file=table["file"],
        weight=table["weight"],
        role=table["role"],
        regions=tuple(table["regions"]),
        sha256=table["sha256"],
        source=Source(**table["source"]),
    )


# ---- what must be true before a face is written ----


def check_libraries(libraries: dict[str, str]) -> None:
    """Refuse versions other than the recorded ones."""
    for name, wanted in libraries.items():
        found = version(name)
        if found != wanted:
            raise CutError(f"{name} {found} is installed, fonts.toml records {wanted}")


def digest(data: bytes) -> str:
    """Return the sha-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def find_source(source: Source, folders: Iterable[Path]) -> Path:
    """Find a source file by its path in the package, or by its bare name."""
    for folder in folders:
        for path in (folder / source.file, folder / Path(source.file).name):
            if path.is_file():
                return path
    raise CutError(f"{source.file} not found: install {source.package} {source.package_version}")


def find_sources(faces: Iterable[Face], folders: list[Path]) -> dict[str, Path]:
    """Find every source file, and refuse one whose digest is not the recorded one."""
    paths: dict[str, Path] = {}
    checked: set[tuple[str, str]] = set()
    for face in faces:
        source = face.source
        path = paths.setdefault(source.file, find_source(source, folders))
        if (source.file, source.sha256) not in checked:
            if digest(path.read_bytes()) != source.sha256:
                raise CutError(f"{path} is not the file of {source.package_version}")
            checked.add((source.file, source.sha256))
    return paths


# ---- the repertoire ----


def ranges(lines: Iterable[str]) -> Iterator[int]:
    """Yield the code points of lines such as `3000-303F` or `2103`."""
    for line in lines:
        first, _, last = line.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def encodable(name: str, first: str, last: str) -> Iterator[int]:
    """Yield the code points beyond ASCII that a codec has between two codes (hexadecimal)."""
    low, high = bytes.fromhex(first), bytes.fromhex(last)
    for code in range(0x80, END_OF_PLANE_3):
        if code in SURROGATES_AND_PRIVATE_USE:
            continue
        try:
            encoded = chr(code).encode(name)
        except UnicodeEncodeError:
            continue
        if low <= encoded <= high and len(encoded) > 1:
            yield code


def characters(table: dict[str, Any]) -> set[int]:
    """Collect the code points of one `[[repertoire]]` table."""
    found = set(ranges(table.get("ranges", ())))
    found.update(map(ord, "".join(table.get("text", "").split())))
    for codec in table.get("codecs", ()):
        found.update(encodable(codec["name"], codec["first"], codec["last"]))
    return found


def repertoire(book: Book, face: Face, available: set[int]) -> set[int]:
    """Collect what a face keeps: the tables of its role, as far as the source has them."""
    wanted: set[int] = set()
    for table in book.repertoires:
        if face.role not in table["roles"] or not applies(table, face):
            continue
        found = characters(table)
        if table["all"] and not found <= available:
            lacking = " ".join(f"U+{code:04X}" for code in sorted(found - available))
            raise CutError(f"{face.source.name} lacks of “{table['name']}”: {lacking}")
        wanted |= found
    return wanted & available


def applies(table: dict[str, Any], face: Face) -> bool:
    """Say whether a repertoire is meant for the regions of a face."""
    return bool(set(table.get("regions", face.regions)) & set(face.regions))


# ---- the cut ----


def open_font(file: Path | io.BytesIO, index: int = 0) -> TTFont:
    """Open a face so that saving it changes no date and no bounds."""
    return TTFont(file, fontNumber=index, lazy=True, recalcTimestamp=False, recalcBBoxes=False)


def saved(font: TTFont) -> bytes:
    """Return the bytes of a font."""
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def only_languages(font: TTFont, regions: Iterable[str]) -> None:
    """Leave out the language systems of other regions, and with them their glyphs."""
    kept = {LANGUAGE_SYSTEMS[region] for region in regions}
    for tag in ("GSUB", "GPOS"):
        if tag not in font:
            continue
        for record in font[tag].table.ScriptList.ScriptRecord:
            script = record.Script
            systems = [system for system in script.LangSysRecord if system.LangSysTag in kept]
            script.LangSysRecord, script.LangSysCount = systems, len(systems)


def subset(data: bytes, codes: set[int], features: Iterable[str]) -> bytes:
    """Keep some characters and features; every glyph they can reach stays."""
    wanted = hb.SubsetInput()
    wanted.unicode_set.clear()
    wanted.unicode_set.update(codes)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(
        int.from_bytes(feature.encode("ascii"), "big") for feature in features
    )
    wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(hb.Face(hb.Blob(data)), wanted).blob.data)


def names(face: Face, upstream: TTFont) -> dict[int, str]:
    """Join upstream's credits and version to our own name."""
    found = {number: upstream["name"].getName(number, *WINDOWS) for number in (*CREDITS, VERSION)}
    records = {number: str(record) for number, record in found.items() if record}
    release = records[VERSION].split(";")[0]
    origin = f"A cut of {face.source.name}, {release}, with fewer characters."
    records[DESCRIPTION] = f"{records.get(DESCRIPTION, '')} {origin}".lstrip()
    records[UNIQUE] = f"{release.removeprefix('Version ')};{face.postscript_name}"
    records[FAMILY], records[STYLE] = face.family, face.style
    records[FULL], records[POSTSCRIPT] = face.full_name, face.postscript_name
    return records


def rename(font: TTFont, records: dict[int, str]) -> None:
    """Give a cut its own name, in the name table and in the CFF table."""
    font["name"].names = []
    for number, text in sorted(records.items()):
        font["name"].setName(text, number, *WINDOWS)
    font["OS/2"].achVendID = "    "
    if "CFF " in font:
        rename_cff(font["CFF "].cff, records)


def rename_cff(cff: Any, records: dict[int, str]) -> None:
    """Rename the font, its family and its parts inside a CFF table."""
    old, new = cff.fontNames[0], records[POSTSCRIPT]
    cff.fontNames = [new]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = records[FULL], records[FAMILY]
    top.Weight = records[STYLE]
    for part in top.FDArray:
        part.FontName = part.FontName.replace(old, new)


def place(font: TTFont, square: int | None, lift: int) -> None:
    """Make the square of an ideograph the em, and lift the outlines of a CFF font by some units."""
    if square:
        font["head"].unitsPerEm = square
    if not lift:
        return
    outlines, glyphs = font["CFF "].cff.topDictIndex[0].CharStrings, font.getGlyphSet()
    for name in outlines.keys():  # noqa: SIM118 (no mapping)
        old, advance = outlines[name], font["hmtx"][name][0]
        other = advance != old.private.defaultWidthX
        pen = T2CharStringPen(advance - old.private.nominalWidthX if other else None, glyphs)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, 0, lift)))
        outlines[name] = pen.getCharString(old.private, old.globalSubrs)


def cut(face: Face, path: Path, book: Book) -> bytes:
    """Cut one face: other regions' languages, then characters, then place and name."""
    with open_font(path, face.source.index) as upstream:
        codes = repertoire(book, face, set(upstream.getBestCmap()))
        only_languages(upstream, face.regions)
        data = subset(saved(upstream), codes, book.features)
        with open_font(io.BytesIO(data)) as font:
            place(font, book.squares.get(face.family), book.lifts.get(face.family, 0))
            rename(font, names(face, upstream))
            return saved(font)


# ---- the command ----


def cut_all(book: Book, folders: list[Path], output: Path) -> list[str]:
    """Cut every face into a folder; return what does not agree with `fonts.toml`."""
    check_libraries(book.libraries)
    paths = find_sources(book.faces, folders)
    complaints = []
    for face in book.faces:
        data = cut(face, paths[face.source.file], book)
        (output / face.file).write_bytes(data)
        sys.stdout.write(f"{digest(data)}  {len(data) / 1e6:5.1f} MB  {face.file}\n")
        if digest(data) != face.sha256:
            complaints.append(f'{face.file}: fonts.toml should say sha256 = "{digest(data)}"')
    return complaints


def differing_files(book: Book, folder: Path) -> list[str]:
    """Return the faces of a folder that are not those of `fonts.toml`."""
    complaints = []
    for face in book.faces:
        path = folder / face.file
        if not path.is_file():
            complaints.append(f"{face.file}: missing")
        elif digest(path.read_bytes()) != face.sha256:
            complaints.append(f"{face.file}: not the file that fonts.toml names")
    return complaints


def run(check: bool, folders: list[Path]) -> list[str]:
    """Cut or check; return the complaints."""
    book = read_book(HERE / "fonts.toml")
    if not check:
        return cut_all(book, folders, HERE)
    with tempfile.TemporaryDirectory() as folder:
        return cut_all(book, folders, Path(folder)) + differing_files(book, HERE)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Cut the faces of this folder.")
    sources = "folders with the unpacked packages or the bare font files (default: /)"
    parser.add_argument("--sources", nargs="+", type=Path, metavar="DIR", help=sources)
    parser.add_argument("--check", action="store_true", help="compare, write nothing here")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = parse(arguments)
    try:
        complaints = run(options.check, options.sources or [Path("/")])
    except CutError as error:
        complaints = [str(error)]
    for complaint in complaints:
        sys.stderr.write(f"{complaint}\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
