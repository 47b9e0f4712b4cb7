"""Fount: the type of one style, cut and measured piece by piece.

It promises that a piece of text is shaped once for a style, between ideographs, as it stands in
Chinese text; that widths are whole em/1000, so that what is composed is what is drawn; and that
the blank halves of marks are those the font itself knows (OpenType `halt`). A piece that it cannot
draw faithfully (a colour font, a missing glyph) has no cut, and its paragraph is left to the
engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from publisher.typography.characters import MARKS, Kind, kind_of
from publisher.typography.tokens import Token

# What of a style decides shapes and widths.
SHAPING = (
    "font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "font_variation_settings", "font_language_override", "lang",
    "text_autospace", "hyphenate_character", "writing_mode",
    "text_combine_upright",
)  # fmt: skip
# A mark that the font can halve becomes narrower than this.
_HALVED = 700
_HALVABLE = MARKS | {Kind.MIDDLE_DOT}
_BLANK = frozenset((Kind.JOINER, Kind.CHANCE, Kind.BREAK))
_IDEOGRAPH = "国"
# A middle dot stands in half an em at least (CLREQ 3.1.2).
_DOT = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Glyphs of one font at one height above the line: codes and kerning, as a PDF shows them."""

    font: int
    rise: float
    shown: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece as it is drawn; glyphs as (font, glyph, width, text), widths in em/1000.

    `before` and `after` are the blank halves that may be cut away.
    """

    parts: tuple[Part, ...]
    glyphs: tuple[tuple[int, int, int, str], ...]
    advance: int
    before: int = 0
    after: int = 0


class _Glyph(NamedTuple):
    """A shaped glyph; width, x and y in em/1000."""

    font: int
    code: int
    width: float
    x: float
    y: float
    text: str


_EMPTY = Cut((), (), 0)


def expect(font_config: Any, text: str) -> None:
    """Tell the founts of a configuration which ideographs are to come."""
    font_config.publisher_expected = frozenset(filter(_HAN.match, set(text)))


def expected(font_config: Any) -> frozenset[str]:
    """The ideographs that are to come, as far as they were told."""
    told: frozenset[str] = vars(font_config).get("publisher_expected", frozenset())
    return told


_HAN = re.compile("[\u4e00-\u9fff]")
# A fount that knows more pieces is one of running text, or of folios.
_RUNNING = 100
_MOST_FIGURES = 4
_NEXT_NUMBERS = 50


def _counted_on(piece: str) -> Iterator[str]:
    """The numbers that follow a number: a folio is never alone."""
    if piece.isdecimal() and piece.isascii() and len(piece) <= _MOST_FIGURES:
        yield from (str(int(piece) + step) for step in range(1, _NEXT_NUMBERS))


class Fount:
    """Pieces of one style, in em/1000 of its size (px)."""

    vertical = False

    def __init__(self, style: Any) -> None:
        from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
        from weasyprint.text.line_break import Layout, line_size

        self.style = style = style.copy()
        style["letter_spacing"], style["word_spacing"] = "normal", 0
        self.size: float = int(style["font_size"] * TO_UNITS) * FROM_UNITS
        self.fonts: list[Any] = []
        self.cuts: dict[str, Cut | None] = {}
        # What the drawing of the latest PDF knows of this fount.
        self.drawn: Any = None
        self._tokens: dict[tuple[float, bool], dict[str, Token]] = {}
        self._widths: dict[tuple[int, int], int] = {}
        self._rectangles = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
        self.hyphen = str(style["hyphenate_character"])
        self._spaced = style["text_autospace"] == "normal"
        layout = Layout(style)
        layout.set_text(_IDEOGRAPH)
        line, _ = layout.get_first_line()
        # Pango's fonts live as long as the layouts that hold them.
        self._layouts: list[Any] = [layout]
        _, self.height = line_size(line, style)
        self.baseline: float = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        self.decoration = {name: getattr(layout, name, None) for name in _DECORATION}

    def tokens(self, pieces: list[str], scale: float, glued: bool) -> list[Token] | None:
        """Tokens of pieces, `scale` units to an em/1000 of this fount; None if one has no cut.

        No line ends before a token that is `glued`.
        """
        known = self._tokens.setdefault((scale, glued), {})
        try:
            return list(map(known.__getitem__, pieces))
        except KeyError:
            pass
        unknown = set(pieces) - known.keys()
        self._learn(self._ahead(unknown.difference(self.cuts)))
        for piece in unknown:
            cut = self.cuts[piece]
            if cut is None:
                return None
            known[piece] = self._token(piece, cut, scale, glued)
        return list(map(known.__getitem__, pieces))

    def _ahead(self, unknown: set[str]) -> list[str]:
        """What to learn now: type that is much used learns what is to come in one go."""
        if len(self.cuts) > _RUNNING:
            if any(map(_HAN.match, unknown)):
                unknown |= expected(self.style.font_config)
            unknown.update(*map(_counted_on, unknown))
        return sorted(unknown.difference(self.cuts))

    def _token(self, piece: str, cut: Cut, scale: float, glued: bool) -> Token:
        hyphen = self.cut(self.hyphen) if piece == "\u00ad" else None
        return Token(
            text=piece,
            kind=kind_of(piece),
            advance=round(cut.advance * scale),
            before=round(cut.before * scale),
            after=round(cut.after * scale),
            spaced=self._spaced,
            glued=glued,
            hyphen=round(hyphen.advance * scale) if hyphen else 0,
        )

    def cut(self, piece: str) -> Cut | None:
        """The cut of one piece."""
        if piece not in self.cuts:
            self._learn([piece])
        return self.cuts[piece]

    def _learn(self, pieces: list[str]) -> None:
        seen = [piece for piece in pieces if kind_of(piece) not in _BLANK]
        shaped = self._shaped(seen) if seen else {}
        marks = [piece for piece in shaped if kind_of(piece) in _HALVABLE]
        halved = self._shaped(marks, (("halt", 1),)) if marks else {}
        for piece in pieces:
            if piece in shaped:
                self.cuts[piece] = self._new_cut(piece, shaped[piece], halved.get(piece, []))
            else:
                self.cuts[piece] = _EMPTY

    def _new_cut(self, piece: str, glyphs: list[_Glyph], halved: list[_Glyph]) -> Cut | None:
        if not glyphs or any(glyph.font < 0 for glyph in glyphs):
            return None
        parts: list[Part] = []
        total = 0
        for glyph in glyphs:
            nominal = self._widths[glyph.font, glyph.code]
            kerning = int(nominal - glyph.width)
            total += nominal - kerning
            _append(parts, glyph, kerning)
        before, after = _blanks(glyphs, halved)
        if kind_of(piece) == Kind.MIDDLE_DOT and total < _DOT:
            total = _widen(parts, total)
        known = tuple((g.font, g.code, self._widths[g.font, g.code], g.text) for g in glyphs)
        return Cut(tuple(parts), known, total, before, after)

    def _shaped(
        self, pieces: Iterable[str], features: tuple[tuple[str, int], ...] = ()
    ) -> dict[str, list[_Glyph]]:
        """The glyphs of pieces, set between ideographs, so that marks take their Chinese form."""
        from weasyprint.text.line_break import Layout

        pieces = list(pieces)
        style = self.style
        if features:
            style = style.copy()
            known = style["font_feature_settings"]
            style["font_feature_settings"] = (*(() if known == "normal" else known), *features)
        layout = Layout(style)
        layout.set_text(_IDEOGRAPH + "".join(piece + _IDEOGRAPH for piece in pieces))
        self._layouts.append(layout)
        found: dict[str, list[_Glyph]] = {piece: [] for piece in pieces}
        owners = _owners(pieces)
        for offset, glyph in self._glyphs(layout):
            if offset in owners:
                found[owners[offset]].append(glyph)
        return found

    def _glyphs(self, layout: Any) -> Iterator[tuple[int, _Glyph]]:
        """Each glyph of a layout's line with its place in the text, in bytes."""
        from weasyprint.text.ffi import FROM_UNITS, ffi

        text = layout.text.encode()
        milli = 1000 * FROM_UNITS / self.size
        line, _ = layout.get_first_line()
        run = line.runs
        while run != ffi.NULL:
            item, glyphs = run.data.item, run.data.glyphs
            font = self._font(item.analysis.font)
            bounds = [glyphs.log_clusters[i] for i in range(glyphs.num_glyphs)]
            stops = dict(pairwise([*dict.fromkeys(bounds), item.length]))
            for index, start in enumerate(bounds):
                glyph = glyphs.glyphs[index]
                code = glyph.glyph
                known = self._knows(font, code)
                place, stop = item.offset + start, item.offset + stops[start]
                shape = glyph.geometry
                first = index == 0 or bounds[index - 1] != start
                said = text[place:stop].decode() if first else ""
                yield place, _Glyph(
                    font if known else -1, code, shape.width * milli,
                    shape.x_offset * milli, shape.y_offset * FROM_UNITS, said,
                )  # fmt: skip
            run = run.next

    def _font(self, font: Any) -> int:
        """The number of a font among the fount's own; less than 0 where it draws pictures."""
        if font in self.fonts:
            return self.fonts.index(font)
        if _is_coloured(font):
            return -1
        self.fonts.append(font)
        return len(self.fonts) - 1

    def _knows(self, font: int, glyph: int) -> bool:
        """Whether a font can draw a glyph; its width is then known too."""
        from weasyprint.text.ffi import FROM_UNITS, pango

        if (font, glyph) in self._widths:
            return True
        if font < 0 or glyph >= _UNKNOWN:
            return False
        pango.pango_font_get_glyph_extents(self.fonts[font], glyph, *self._rectangles)
        width = self._rectangles[1].width * 1000 * FROM_UNITS / self.size
        self._widths[font, glyph] = round(width)
        return True


_DECORATION = (
    "ascent", "underline_position", "underline_thickness",
    "strikethrough_position", "strikethrough_thickness",
)  # fmt: skip
# Glyph codes beyond are Pango's own words for "empty" and "missing".
_UNKNOWN = 0x10000


def _is_coloured(font: Any) -> bool:
    """Whether a font draws pictures of its own, which need more than glyph codes."""
    from weasyprint.text.ffi import harfbuzz
    from weasyprint.text.fonts import get_pango_font_hb_face

    face = get_pango_font_hb_face(font)
    return bool(
        harfbuzz.hb_ot_color_has_png(face)
        or harfbuzz.hb_ot_color_has_svg(face)
        or harfbuzz.hb_ot_color_has_layers(face)
    )


def _owners(pieces: list[str]) -> dict[int, str]:
    """By place in the shaped text, in bytes: the piece that stands there."""
    owners: dict[int, str] = {}
    wide = len(_IDEOGRAPH.encode())
    place = wide
    for piece in pieces:
        length = len(piece.encode())
        owners.update(dict.fromkeys(range(place, place + length), piece))
        place += length + wide
    return owners


def _append(parts: list[Part], glyph: _Glyph, kerning: int) -> None:
    """Add a glyph to the last part, or a new one where font or height differ."""
    shown = f"{glyph.code:04x}"
    shift = int(glyph.x)
    if shift:
        shown = f">{-shift}<{shown}>{shift}<"
    if kerning:
        shown += f">{kerning}<"
    if parts and parts[-1].font == glyph.font and parts[-1].rise == glyph.y:
        last = parts.pop()
        parts.append(Part(last.font, last.rise, last.shown + shown))
    else:
        parts.append(Part(glyph.font, glyph.y, shown))


def _blanks(glyphs: list[_Glyph], halved: list[_Glyph]) -> tuple[int, int]:
    """The blank halves of a full-width mark: what the font itself takes away on either side."""
    if len(glyphs) != 1 or len(halved) != 1 or halved[0].width >= _HALVED:
        return 0, 0
    width, shift = round(halved[0].width), round(halved[0].x)
    return -shift, round(glyphs[0].width) - width + shift


def _widen(parts: list[Part], total: int) -> int:
    """Centre a dot in half an em; gives its new width."""
    left = (_DOT - total) // 2
    first = parts[0]
    parts[0] = Part(first.font, first.rise, f">{-left}<{first.shown}")
    last = parts[-1]
    parts[-1] = Part(last.font, last.rise, f"{last.shown}>{-(_DOT - total - left)}<")
    return _DOT
