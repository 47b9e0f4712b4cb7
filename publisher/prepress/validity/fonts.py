"""Fonts that show every character, and say which it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.ground.messages import say
from publisher.prepress.validity.findings import Found
from publisher.prepress.validity.subject import Subject

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_SUBSET = re.compile(r"^/([A-Z]{6}\+)?")


def fonts_elsewhere(subject: Subject) -> Iterator[Found]:
    """Every font is in the file."""
    for font in subject.fonts:
        own = font.get("/DescendantFonts", [font])[0]
        descriptor = own.get("/FontDescriptor", Dictionary())
        if font.get("/Subtype") != Name.Type3 and not any(it in descriptor for it in _FILES):
            yield say('the font "{name}" is not in the file', name=_name(font)), 0


def unreadable_fonts(subject: Subject) -> Iterator[Found]:
    """Every composite font says which characters its glyphs are."""
    for font in subject.fonts:
        if font.get("/Subtype") == Name.Type0 and "/ToUnicode" not in font:
            message = say(
                'the font "{name}" does not say which characters it shows', name=_name(font)
            )
            yield message, 0


def private_characters(subject: Subject) -> Iterator[Found]:
    """No character of private use, which nobody else can read (ISO 19005-3, 6.2.11.7.3)."""
    for font in subject.fonts:
        if "/ToUnicode" in font:
            strange = next((it for it in _characters(font) if unicodedata.category(it) == "Co"), "")
            if strange:
                code = f"{ord(strange):04X}"
                yield say('the font "{name}" shows U+{code}', name=_name(font), code=code), 0


def missing_glyphs(subject: Subject) -> Iterator[Found]:
    """No text is shown with the glyph that stands for none (.notdef)."""
    for number, drawing, resources in subject.contents():
        fonts = resources.get("/Font", Dictionary())
        if any(_shows_nothing(codes) for codes in _shown(drawing, fonts)):
            yield say("a character has no glyph"), number


def _name(font: pikepdf.Object) -> str:
    return _SUBSET.sub("", str(font.get("/BaseFont", "/?")))


def _characters(font: pikepdf.Object) -> str:
    """The characters that a font's table gives; of ranges the first ones."""
    found = []
    for kind, block in _BLOCK.findall(font.ToUnicode.read_bytes()):
        for line in block.splitlines():
            codes = _HEX.findall(line)
            if len(codes) >= (2 if kind == b"bfchar" else 3):
                found.append(_decoded(codes[-1]))
    return "".join(found)


@cache
def _decoded(code: bytes) -> str:
    text = code.decode("ascii")
    return bytes.fromhex(text.zfill(len(text) + len(text) % 2)).decode("utf-16-be", "replace")


def _shown(drawing: pikepdf.Object, fonts: pikepdf.Object) -> Iterator[bytes]:
    """The codes of each text that is shown with a composite font."""
    is_composite = False
    for row in pikepdf.parse_content_stream(drawing, "Tf Tj TJ ' \""):
        name, operands = str(row.operator), row.operands
        if name == "Tf":
            font = fonts.get(str(operands[0]), Dictionary())
            is_composite = font.get("/Subtype") == Name.Type0
        elif is_composite:
            rows = operands[0] if name == "TJ" else Array([operands[-1]])
            yield b"".join(bytes(it) for it in rows if isinstance(it, pikepdf.String))


def _shows_nothing(codes: bytes) -> bool:
    return any(codes[at : at + 2] == b"\0\0" for at in range(0, len(codes), 2))
