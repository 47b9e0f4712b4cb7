"""Embedding: the fonts of a PDF, each file once, cut to the glyphs that its pages show.

It promises that every glyph leads back to its characters: fonts of two formes become one where they
agree in what their glyphs stand for, and stay two where they do not. Glyph codes are those of the
whole font file, so that no page has to be written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from publisher.composition.formes import TypeUse
from publisher.composition.objects import Objects, array, dictionary, number, reference, text
from publisher.composition.seam.vertical_fount import ASCENT, EM

T = TypeVar("T")
# Gives the font file of a digest.
Files = Callable[[str], bytes]

_FIXED_PITCH = 1
_STEM = b"80"
_MOST_CODES = 100  # in a block of a CMap
# Of no use in a PDF, which places glyphs by itself.
_DROPPED = (
    "BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ",
)  # fmt: skip


class Fonts:
    """The fonts of a file; `number_of` says which object a forme's font becomes."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._founts: dict[str, list[_Font]] = {}

    def number_of(self, use: TypeUse) -> int:
        """The number of the font that shows what a forme shows with its own."""
        alike = self._founts.setdefault(use.name, [])
        found = next((font for font in alike if font.takes(use)), None)
        if found is None:
            found = _Font(use, self._objects.reserve())
            alike.append(found)
        else:
            found.take(use)
        return found.number

    def write(self, files: Files) -> None:
        """Write all fonts and their files."""
        fonts = [font for alike in self._founts.values() for font in alike]
        shown: dict[tuple[str, int], dict[int, str]] = {}
        for font in fonts:
            shown.setdefault(font.file, {}).update(font.said)
        written = {
            key: self._file(next(it for it in fonts if it.file == key), codes, files)
            for key, codes in shown.items()
        }
        for font in fonts:
            self._write(font, *written[font.file])

    def _file(self, font: _Font, codes: Iterable[int], files: Files) -> tuple[int, bool]:
        """Write a font file cut to some glyphs; its number, and if its curves are PostScript's."""
        use = font.use
        content = cut(use.content or files(use.sha256), use.index, codes)
        is_postscript = content[:4] == b"OTTO"
        entries = b"/Subtype /OpenType" if is_postscript else b"/Length1 %d" % len(content)
        own = self._objects.reserve()
        self._objects.deflated(own, entries, content)
        return own, is_postscript

    def _write(self, font: _Font, file: int, is_postscript: bool) -> None:
        descendant, descriptor, said, codes = (self._objects.reserve() for _ in range(4))
        self._objects.deflated(said, b"", _to_unicode(font.said))
        encoding = b"/Identity-H" if font.use.places is None else b"/Identity-V"
        if font.use.missing:
            self._objects.deflated(codes, _MAPPING, _encoding(font))
            encoding = reference(codes)
        rows = (
            ("Type", b"/Font"),
            ("Subtype", b"/Type0"),
            ("BaseFont", font.use.base),
            ("ToUnicode", reference(said)),
            ("Encoding", encoding),
            ("DescendantFonts", array([reference(descendant)])),
        )
        written = (
            dictionary(rows),
            dictionary(font.descendant(descriptor, is_postscript)),
            dictionary(font.descriptor(file, is_postscript)),
        )
        self._objects.pack((font.number, descendant, descriptor), written)


class _Font:
    """One font as all formes together use it."""

    def __init__(self, use: TypeUse, number: int) -> None:
        self.use = use
        self.number = number
        self.widths = dict(use.widths)
        self.said = dict(use.said)
        self.places = _by_code(use)

    @property
    def file(self) -> tuple[str, int]:
        """Which font file it is cut from."""
        return self.use.sha256, self.use.index

    def takes(self, use: TypeUse) -> bool:
        """Whether each glyph stands for the same, in the same place, as it did so far."""
        if (use.sha256, use.index, use.missing) != (*self.file, self.use.missing):
            return False
        return _agree(self.said, dict(use.said)) and _agree(self.places, _by_code(use))

    def take(self, use: TypeUse) -> None:
        """Show what another forme shows too."""
        self.said.update(use.said)
        self.widths.update(use.widths)
        self.places.update(_by_code(use))

    def descriptor(self, file: int, is_postscript: bool) -> Iterator[tuple[str, bytes]]:
        """The entries of a font descriptor (ISO 32000-1, 9.8)."""
        use, widths = self.use, self.widths.values()
        fixed = len(widths) > 1 and len(set(widths)) == 1
        box = (0, use.descent, max(widths, default=0), use.ascent)
        yield "Type", b"/FontDescriptor"
        yield "FontName", use.base
        yield "FontFamily", text(use.family)
        yield "Flags", number(use.flags + (_FIXED_PITCH if fixed else 0))
        yield "FontBBox", array(map(number, box))
        yield "ItalicAngle", b"0"
        yield "Ascent", number(use.ascent)
        yield "Descent", number(use.descent)
        yield "CapHeight", number(use.ascent)
        yield "StemV", _STEM
        yield "StemH", _STEM
        yield "FontFile3" if is_postscript else "FontFile2", reference(file)

    def descendant(self, descriptor: int, is_postscript: bool) -> Iterator[tuple[str, bytes]]:
        """The entries of a CID-keyed font (ISO 32000-1, 9.7.4)."""
        yield "Type", b"/Font"
        yield "Subtype", b"/CIDFontType0" if is_postscript else b"/CIDFontType2"
        yield "BaseFont", self.use.base
        yield "CIDSystemInfo", _SYSTEM
        yield "CIDToGIDMap", b"/Identity"
        yield "W", array(_rows(self.widths))
        yield "FontDescriptor", reference(descriptor)
        if self.use.places is not None:
            yield "DW2", b"[%d %d]" % (ASCENT, -EM)
            if placed := list(self._placed()):
                yield "W2", array(placed)

    def _placed(self) -> Iterator[bytes]:
        """The places of glyphs that do not stand in a cell of one em by their own middle."""
        for code, (advance, x, y) in sorted(self.places.items()):
            if (advance, y) != (EM, ASCENT) or abs(x - self.widths[code] / 2) > 1:
                yield b"%d [%d %d %d]" % (code, -advance, x, y)


_SYSTEM = b"<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>"
_MAPPING = b"/Type /CMap/CMapName /Publisher-Codes/CIDSystemInfo %b" % _SYSTEM


def cut(file: bytes, index: int, codes: Iterable[int]) -> bytes:
    """A font file with the glyphs of some codes, hinting and layout left out."""
    import uharfbuzz

    wish = uharfbuzz.SubsetInput()
    flags = uharfbuzz.SubsetFlags
    wish.flags = flags.RETAIN_GIDS | flags.DESUBROUTINIZE | flags.NO_HINTING | flags.NOTDEF_OUTLINE
    wish.glyph_set.update(codes)
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    return bytes(uharfbuzz.subset(uharfbuzz.Face(file, index), wish).blob.data)


def _by_code(use: TypeUse) -> dict[int, tuple[int, int, int]]:
    return {code: (advance, x, y) for code, advance, x, y in use.places or ()}


def _agree(known: dict[int, T], other: dict[int, T]) -> bool:
    """Whether two tables say the same wherever both say something."""
    return known | other == other | known


def _rows(widths: dict[int, float]) -> Iterator[bytes]:
    """Widths as runs of codes that follow one another: the first code, then the run's widths."""
    run: list[bytes] = []
    for code in sorted(widths):
        if code - 1 not in widths:
            if run:
                yield array(run)
            run = []
            yield number(code)
        run.append(number(widths[code]))
    if run:
        yield array(run)


def _to_unicode(said: dict[int, str]) -> bytes:
    """The CMap that leads from codes to characters (ISO 32000-1, 9.10.3)."""
    rows = [
        b"<%04x> <%b>" % (code, words.encode("utf-16-be").hex().encode())
        for code, words in sorted(said.items())
    ]
    return _cmap(b"Adobe-Identity-UCS", b"(UCS)", 2, b"bfchar", rows)


def _encoding(font: _Font) -> bytes:
    """The CMap from codes to glyphs, where some codes are of characters that the font lacks."""
    lacking = set(font.use.missing)
    rows = [b"<%04x> %d" % (code, 0 if code in lacking else code) for code in sorted(font.said)]
    return _cmap(b"Publisher-Codes", b"(Identity)", 1, b"cidchar", rows)


def _cmap(name: bytes, ordering: bytes, kind: int, block: bytes, rows: list[bytes]) -> bytes:
    lines = [
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        b"/CIDSystemInfo <</Registry (Adobe)/Ordering %b/Supplement 0>> def" % ordering,
        b"/CMapName /%b def\n/CMapType %d def" % (name, kind),
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
    ]
    for start in range(0, len(rows), _MOST_CODES):
        part = rows[start : start + _MOST_CODES]
        lines += [b"%d begin%b" % (len(part), block), *part, b"end%b" % block]
    lines += [b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"]
    return b"\n".join(lines)
