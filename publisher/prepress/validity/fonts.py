"""Fonts that show every character, and say which it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

from publisher.ground.messages import say
from publisher.prepress.shown import characters, numbers, steps
from publisher.prepress.validity.findings import Found
from publisher.prepress.validity.subject import Subject

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
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
            shown = "".join(characters(font).values())
            strange = next((it for it in shown if unicodedata.category(it) == "Co"), "")
            if strange:
                code = f"{ord(strange):04X}"
                yield say('the font "{name}" shows U+{code}', name=_name(font), code=code), 0


def missing_glyphs(subject: Subject) -> Iterator[Found]:
    """No text is shown with the glyph that stands for none (.notdef)."""
    for number, drawing, resources in subject.contents():
        if any(_shows_nothing(font, codes) for font, codes in steps(drawing, resources)):
            yield say("a character has no glyph"), number


def _shows_nothing(font: pikepdf.Object, codes: bytes | None) -> bool:
    """Whether glyph 0 of a composite font is shown; other fonts have no such glyph."""
    return codes is not None and font.get("/Subtype") == Name.Type0 and 0 in numbers(font, codes)


def _name(font: pikepdf.Object) -> str:
    return _SUBSET.sub("", str(font.get("/BaseFont", "/?")))
