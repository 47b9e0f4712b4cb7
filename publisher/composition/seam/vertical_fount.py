"""Vertical fount: the type of one style, cut and measured for lines that run downwards.

It promises for every piece that stands upright the glyphs and lengths that its font gives for
vertical lines (OpenType `vert` and `vrt2`, the blank halves by `vhal`), shaped by HarfBuzz in that
direction; for a short word the letters side by side in one em; for the rest, and for brackets and
dashes whose font has no vertical form of them, the horizontal cut, which lies on its right side.
Sources: UAX #50; CLREQ 3.1.2 (marks), 3.2.4 (縱中橫).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.composition.seam.fount import Cut, Fount
from publisher.typography.characters import BOPOMOFO, TONES, Kind, kind_of
from publisher.typography.orientation import (
    TURNING,
    TURNING_SIGNS,
    Combined,
    Posture,
    posture_of,
)
from publisher.typography.tokens import Token

if TYPE_CHECKING:
    import uharfbuzz

# em/1000: the height of a vertical cell, and what of it lies above the letters' line.
EM, ASCENT = 1000, 880
# Letters side by side are made no narrower than this share of themselves.
_NARROWEST = 0.5
# em/1000: letters that a sheet sets side by side whatever their number are no wider together.
_WIDEST = 1600
# em/1000: how far the line of letters side by side lies below the top of their square.
_SQUARE_LINE = 865
# em/1000; a middle dot stands in half an em (CLREQ 3.1.2).
_DOT = 500
# Stands between pieces that are shaped in one go, so that none joins another.
_APART = "\u3000"
_FORMS = {"vert": True, "vrt2": True}
_HALVES = {**_FORMS, "vhal": True}
_READING = BOPOMOFO | TONES
# Tones that stand beside the last letter; em/1000 from the middle of its foot, to their ink.
_BESIDE = TONES - {"˙"}
_TONE_LEFT, _TONE_UP = 450, 750


class Standing(NamedTuple):
    """An upright glyph: its code, its text, and its place in its cell (PDF 32000-1, 9.7.4.3).

    `advance` is how far it moves on downwards, `x` and `y` where its cell's top middle lies from
    its own origin; all in em/1000.
    """

    code: int
    said: str
    advance: int
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upright(Cut):
    """A piece whose glyphs, of one font, stand one below the other; `lead` units above them."""

    font: int
    standing: tuple[Standing, ...]
    lead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Square(Upright):
    """Letters side by side in one em, made narrower by `scale` to fit."""

    scale: float


class VerticalFount(Fount):
    """Pieces of one style in vertical lines, in em/1000 of its size (px)."""

    vertical = True

    def __init__(self, style: Any) -> None:
        super().__init__(style)
        # Short words by their text; the same words lying are among the cuts.
        self.squares: dict[str, Square | None] = {}
        self._combines = str(style["text_combine_upright"])
        self._faces: dict[int, uharfbuzz.Font] = {}

    def cut_of(self, token: Token) -> Cut | None:
        """The cut that a token is drawn with."""
        if isinstance(token, Combined):
            return self.squares[token.text]
        return self.cut(token.text)

    def width(self, font: int, code: int) -> int:
        """How wide a glyph is, in em/1000."""
        self._knows(font, code)
        return self._widths[font, code]

    def set_apart(self, layout: Any) -> Iterator[tuple[str, float, float]]:
        """What the engine set on a line by itself: each piece with its place and its width."""
        place = 0.0
        for _, glyph in self._glyphs(layout):
            if glyph.text:
                yield glyph.text, place, glyph.width
            place += glyph.width

    def _token(self, piece: str, cut: Cut, scale: float, glued: bool) -> Token:
        lying = super()._token(piece, cut, scale, glued)
        square = self._square(piece, cut)
        if square is None:
            return lying
        advance = round(square.advance * scale)
        return Combined(piece, Kind.HAN, advance, glued=glued, lying=lying)

    def _square(self, piece: str, cut: Cut) -> Square | None:
        """A short word in the square of one Han; None where it is none, or would be too narrow."""
        if piece not in self.squares:
            combines = cut.advance and self._may_combine(piece)
            self.squares[piece] = self._squeezed(piece, cut) if combines else None
        return self.squares[piece]

    def _may_combine(self, piece: str) -> bool:
        """Whether the style sets a word's letters side by side; `all` does it with every word."""
        if self._combines == "auto":
            return posture_of(piece) == Posture.COMBINED
        return self._combines == "all" and piece.isalnum() and kind_of(piece) == Kind.WESTERN

    def _squeezed(self, piece: str, cut: Cut) -> Square | None:
        """The letters of a cut each in a cell beside the last; figures in cells of one width."""
        if len(cut.glyphs) != len(piece) or len(cut.parts) != 1:
            return None
        figure = self.cut("0") if piece.isdecimal() else None
        widths = [width for _, _, width, _ in cut.glyphs]
        cells = [figure.advance] * len(widths) if figure else widths
        scale = min(1.0, (_WIDEST if self._combines == "all" else EM) / sum(cells))
        standing = tuple(_side_by_side(cut, cells))
        made = Square(
            (), cut.glyphs, EM, font=cut.parts[0].font, standing=standing, scale=round(scale, 4)
        )
        return made if scale >= _NARROWEST else None

    def _learn(self, pieces: list[str]) -> None:
        super()._learn(pieces)
        upright = [piece for piece in pieces if self._stands(piece)]
        for font, own in groupby(sorted(upright, key=self._font_of), self._font_of):
            self.cuts.update(self._stood(font, list(own)))

    def _stands(self, piece: str) -> bool:
        """Whether a piece is upright, and drawn with one font from first to last."""
        cut = self.cuts[piece]
        if cut is None or not cut.glyphs or posture_of(piece) != Posture.UPRIGHT:
            return False
        return len({glyph[0] for glyph in cut.glyphs}) == 1

    def _font_of(self, piece: str) -> int:
        cut = self.cuts[piece]
        return cut.glyphs[0][0] if cut else 0

    def _stood(self, font: int, pieces: list[str]) -> dict[str, Cut]:
        """The upright cuts of pieces of one font, as far as it has vertical forms of them."""
        plain, halved = (self._column(font, pieces, features) for features in (_FORMS, _HALVES))
        found: dict[str, Cut] = {}
        for piece in pieces:
            glyphs = plain[piece]
            if all(glyph.code for glyph in glyphs) and not self._falls(piece, glyphs):
                found[piece] = _upright(piece, font, glyphs, halved[piece])
        return found

    def _falls(self, piece: str, glyphs: list[Standing]) -> bool:
        """Whether a mark that must turn has no vertical form: the horizontal one lies down."""
        turns = kind_of(piece) in TURNING or piece[0] in TURNING_SIGNS
        cut = self.cuts[piece]
        same = cut and [glyph[1] for glyph in cut.glyphs] == [glyph.code for glyph in glyphs]
        return bool(turns and same)

    def _column(
        self, font: int, pieces: list[str], features: dict[str, bool]
    ) -> dict[str, list[Standing]]:
        """The glyphs of pieces in one column, by piece; readings in a column of their own."""
        found: dict[str, list[Standing]] = {piece: [] for piece in pieces}
        words = [piece for piece in pieces if piece[0] not in _READING]
        readings = [[piece] for piece in pieces if piece[0] in _READING]
        for row in filter(None, (words, *readings)):
            owners = [piece for piece in row for _ in piece + _APART]
            for place, glyph in self._shaped_down(font, _APART.join(row), features):
                if glyph.said in _BESIDE:
                    found[owners[place]].append(self._beside(font, glyph))
                elif glyph.said != _APART:
                    found[owners[place]].append(glyph)
        return found

    def _beside(self, font: int, tone: Standing) -> Standing:
        """A tone at the upper right of the letter above it (CLREQ 3.3.3), by its ink."""
        face = self._face(font)
        ink = face.get_glyph_extents(tone.code)
        milli = EM / face.face.upem
        middle = (ink.y_bearing + ink.height / 2) * milli
        left = ink.x_bearing * milli
        return tone._replace(advance=0, x=round(left - _TONE_LEFT), y=round(middle - _TONE_UP))

    def _shaped_down(
        self, font: int, text: str, features: dict[str, bool]
    ) -> Iterator[tuple[int, Standing]]:
        """Every glyph of a column with the place of its first character."""
        buffer = self._column_of(font, text, features)
        milli = EM / self._face(font).face.upem
        starts = [info.cluster for info in buffer.glyph_infos]
        stops = dict(pairwise([*dict.fromkeys(starts), len(text)]))
        shapes = zip(buffer.glyph_infos, buffer.glyph_positions, starts, strict=True)
        before = -1
        for info, shape, start in shapes:
            said = text[start : stops[start]] if start != before else ""
            down, x, y = -shape.y_advance, -shape.x_offset, -shape.y_offset
            places = (round(length * milli) for length in (down, x, y))
            yield start, Standing(info.codepoint, said, *places)
            before = start

    def _column_of(self, font: int, text: str, features: dict[str, bool]) -> uharfbuzz.Buffer:
        """A text shaped for a line that runs downwards."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction = "ttb"
        buffer.script = "Bopo" if text[0] in _READING else "Hani"
        buffer.language = self.style["lang"] or "zh"
        uharfbuzz.shape(self._face(font), buffer, features)
        return buffer

    def _face(self, font: int) -> uharfbuzz.Font:
        """HarfBuzz's own font of the same file: the engine's is bound for horizontal lines."""
        if font not in self._faces:
            self._faces[font] = _shared_face(self.style.font_config, self.fonts[font])
        return self._faces[font]


def _shared_face(font_config: Any, font: Any) -> uharfbuzz.Font:
    """A font opened for shaping, once for all founts of a book that use its file."""
    import uharfbuzz
    from weasyprint.text.ffi import ffi, harfbuzz
    from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face

    known = vars(font_config).setdefault("publisher_faces", {})
    face = get_pango_font_hb_face(font)
    address = int(ffi.cast("uintptr_t", face))
    if address not in known:
        blob = uharfbuzz.Blob(get_hb_object_data(face))
        index = harfbuzz.hb_face_get_index(face)
        # The engine's face is kept with it, so that its address serves no other.
        known[address] = face, uharfbuzz.Font(uharfbuzz.Face(blob, index))
    opened: uharfbuzz.Font = known[address][1]
    return opened


def _side_by_side(cut: Cut, cells: list[int]) -> Iterator[Standing]:
    """Letters beside each other, each with its share of the em, so that readers take turns."""
    left, share, down = -sum(cells) / 2, EM // len(cells), 0
    for (_, code, width, said), cell in zip(cut.glyphs, cells, strict=True):
        advance = share if down + 2 * share <= EM else EM - down
        x = round(left + (cell - width) / 2)
        yield Standing(code, said, advance, -x, _SQUARE_LINE - down)
        left, down = left + cell, down + advance


def _upright(piece: str, font: int, glyphs: list[Standing], halved: list[Standing]) -> Upright:
    advance, lead = sum(glyph.advance for glyph in glyphs), 0
    before, after = _blanks(glyphs, halved)
    if kind_of(piece) == Kind.MIDDLE_DOT and not before and advance > _DOT:
        lead, advance = (_DOT - advance) // 2, _DOT
    told = tuple((font, glyph.code, glyph.advance, glyph.said) for glyph in glyphs)
    return Upright((), told, advance, before, after, font=font, standing=tuple(glyphs), lead=lead)


def _blanks(glyphs: Iterable[Standing], halved: Iterable[Standing]) -> tuple[int, int]:
    """The blank halves of a mark: what the font itself takes away above and below (`vhal`)."""
    (whole, *more), (half, *_) = glyphs, halved
    if more or half.code != whole.code or half.advance >= whole.advance:
        return 0, 0
    before = whole.y - half.y
    return before, whole.advance - half.advance - before
