"""Sorts: which glyphs of which fonts the pages of one forme show.

It promises that a font file is asked about itself once for all formes of an engine, and that what
one forme shows is told to no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from hashlib import sha256
from typing import Any

from publisher.composition.formes import TypeUse

# What a font notes of glyphs that were shown.
_SHOWN = {"widths", "to_unicode", "missing", "publisher_places"}


class Types(dict[Any, Any]):
    """The fonts of one forme, with glyphs told apart from those of others.

    What a font file says of itself is read once for all formes of an engine, into `models`.
    """

    def __init__(self, models: dict[Any, Any]) -> None:
        super().__init__()
        self._models = models

    def __contains__(self, key: object) -> bool:
        if not super().__contains__(key) and key in self._models:
            super().__setitem__(key, _blank(self._models[key]))
        return super().__contains__(key)

    def __setitem__(self, key: Any, font: Any) -> None:
        self._models[key] = font
        super().__setitem__(key, _blank(font))

    def take(self, others: Types) -> None:
        """Show all that is shown in other ones, of the same models."""
        for key, font in others.items():
            if key not in self:
                self[key] = font
            for name in _SHOWN & vars(font).keys():
                vars(self[key])[name] = vars(font)[name] | vars(self[key])[name]


def _blank(model: Any) -> Any:
    """A font of which no glyph was shown yet."""
    font = copy(model)
    font.publisher_model = model
    font.widths, font.to_unicode, font.missing = {}, {}, {}
    if "publisher_places" in vars(font):
        font.publisher_places = {}
    return font


def types_of(fonts: Types, pdf: Any) -> Iterator[TypeUse]:
    """What is used of each font, under a code for it."""
    import pydyf

    by_name: dict[str, list[Any]] = {}
    for font in fonts.values():
        by_name.setdefault(font.hash, []).append(font)
    for name, alike in by_name.items():
        pdf.add_object(pydyf.Dictionary())
        widths: dict[int, float] = {}
        said: dict[int, str] = {}
        missing: dict[int, int] = {}
        for font in reversed(alike):
            widths |= font.widths
            said |= font.to_unicode
            missing |= font.missing
        yield replace(
            _type(alike[0], pdf.objects[-1].number),
            name=name,
            widths=tuple(sorted(widths.items())),
            said=tuple(sorted(said.items())),
            missing=tuple(sorted(missing.values())),
        )


def _type(font: Any, number: int) -> TypeUse:
    digest, content = _file(font)
    known: dict[int, tuple[int, int, int]] | None = vars(font).get("publisher_places")
    places = None
    if known is not None:
        places = tuple((code, *place) for code, place in sorted(known.items()))
    return TypeUse(
        "", number, font.name, font.family, digest, font.index, font.ascent, font.descent,
        font.flags, (), (), content, places,
    )  # fmt: skip


def _file(font: Any) -> tuple[str, bytes]:
    """The digest of a font's file; and the file where it had to be made of the one given."""
    known: tuple[str, bytes] | None = vars(font.publisher_model).get("publisher_file")
    if known is None:
        odd = font.png or font.svg or font.colr or "fvar" in font.tables
        made = copy(font)
        if odd:
            made.clean({}, hinting=False)
        digest = sha256(made.file_content).hexdigest()
        known = font.publisher_model.publisher_file = digest, made.file_content if odd else b""
    return known
