"""Paragraph: the engine's inline boxes read as one row of tokens for the composer.

It promises that a paragraph is the composer's whole or not at all: text from right to left,
letter-spaced or preformatted words, floats, leaders and what hangs on positions are left to the
engine. It remembers the lines it was broken into, so that a paragraph which continues on another
page goes on where it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from publisher.composition.seam.voice import Voice, voice_of
from publisher.ground.han import is_chinese
from publisher.typography.breaking import Measure, break_lines
from publisher.typography.characters import BOPOMOFO, TONES, Kind, is_settable, kind_of, pieces
from publisher.typography.galley import Galley, galley
from publisher.typography.orientation import settled
from publisher.typography.tokens import Token


class Node(NamedTuple):
    """A box of the paragraph and the tokens it holds: `start` to `stop - 1`.

    `voice` is that of a text box, `reading` that of a ruby; `rank` is the box's place among its
    parent's children.
    """

    box: Any
    rank: int
    start: int
    stop: int
    voice: Voice | None
    reading: Reading | None
    children: tuple[Node, ...]


@dataclass(frozen=True)
class Words:
    """The words of one text box outside the row: of a base, or of the reading beside it."""

    box: Any
    voice: Voice
    tokens: list[Token]
    width: int


@dataclass(frozen=True)
class Reading:
    """A base and its reading (CSS Ruby 1): one object of the row.

    `rt` is the reading's own box, `beside` whether it stands to the right of its base.
    """

    base: Words
    rt: Any
    reading: Words
    beside: bool


@dataclass(frozen=True)
class Paragraph:
    """Tokens in a row, the boxes they stand in, and the em in px.

    `led`: whether dots lead on; `phrased`: whether phrases of it are held together.
    """

    voice: Voice
    root: Node
    row: Galley
    size: float
    leaves: list[tuple[Any, str]]
    led: bool
    phrased: bool
    _broken: dict[tuple[int, Measure], list[int]] = field(default_factory=dict)

    def units(self, pixels: float) -> int:
        """A length in em/1000 of the paragraph; a hair of rounding is forgiven."""
        return int(pixels * 1000 / self.size + 0.01)

    def stops(self, measure: Measure, start: int) -> list[int]:
        """Where lines end, from token `start` on; a line begun earlier is remembered."""
        for (begun, known), stops in self._broken.items():
            same = known == measure or (start and _but_first(known) == _but_first(measure))
            place = bisect_right(stops, start)
            if same and (begun == start or (place and stops[place - 1] == start)):
                return stops[place:]
        if start:
            measure = Measure(measure.rest, measure.rest, measure.justified)
        return self._broken.setdefault((start, measure), break_lines(self.row, measure, start))


def _but_first(measure: Measure) -> tuple[int, bool]:
    return measure.rest, measure.justified


def paragraph_of(context: Any, line: Any, containing_block: Any) -> Paragraph | None:
    """The paragraph of a line box that holds all its content; None if it is left to the engine."""
    leaves = list(_leaves(line))
    known: tuple[object, Paragraph | None] = vars(line).get("publisher_paragraph", (None, None))
    if known[0] != leaves:
        return _kept(context, line, _read(context, line, containing_block, leaves), leaves)
    return known[1]


def loosened(context: Any, line: Any, containing_block: Any) -> Paragraph | None:
    """The paragraph again, for a measure that a phrase of it is wider than: any place may open."""
    leaves = list(_leaves(line))
    return _kept(context, line, _read(context, line, containing_block, leaves, loose=True), leaves)


def _kept(
    context: Any, line: Any, paragraph: Paragraph | None, leaves: list[tuple[Any, str]]
) -> Paragraph | None:
    line.publisher_paragraph = leaves, paragraph
    # Lines know their paragraph as long as the document is laid out.
    vars(context).setdefault("publisher_kept", []).append(paragraph)
    return paragraph


def forget(line: Any) -> None:
    """Let a set line go without the paragraph that it was copied with: a book of them is much."""
    vars(line).pop("publisher_paragraph", None)


def _leaves(box: Any) -> Iterator[tuple[Any, str]]:
    """Boxes without children and their words, by identity: what a kept paragraph depends on."""
    for child in box.children:
        if child.children and not hasattr(child, "text"):
            yield from _leaves(child)
        else:
            yield child, getattr(child, "text", "")


def _read(
    context: Any,
    line: Any,
    containing_block: Any,
    leaves: list[tuple[Any, str]],
    loose: bool = False,
) -> Paragraph | None:
    # Words without Han are Western text, which the engine sets well, hyphens and all.
    words = "".join(text for _, text in leaves)
    if not is_settable(words) or (" " in words and not any(map(is_chinese, words))):
        return None
    return _Reader(context, line, containing_block, loose).paragraph(leaves)


class _Reader:
    """Walks over a line box and writes down its tokens, as long as all are the composer's."""

    def __init__(self, context: Any, line: Any, containing_block: Any, loose: bool) -> None:
        self.loose = loose
        self.phrased = False
        self.voice = voice_of(line.style)
        self.ours = self.voice.settable and self.voice.whole and line.text_overflow == "clip"
        self.context = context
        self.line = line
        self.containing_block = containing_block
        self.size = self.voice.fount.size
        self.tokens: list[Token] = []
        self.led = False
        # The token with which the outermost box began that lines do not end in.
        self.held: int | None = 0 if self.voice.glued else None

    def paragraph(self, leaves: list[tuple[Any, str]]) -> Paragraph | None:
        """The paragraph, or None where something in it is not the composer's."""
        children = self._children(self.line)
        if not (self.ours and self.tokens):
            return None
        root = Node(None, 0, 0, len(self.tokens), None, None, children)
        tokens = settled(self.tokens) if self.voice.fount.vertical else self.tokens
        row = galley(tokens, self.voice.joints)
        return Paragraph(self.voice, root, row, self.size, leaves, self.led, self.phrased)

    def _children(self, parent: Any) -> tuple[Node, ...]:
        return tuple(self._node(box, index) for index, box in enumerate(parent.children))

    def _node(self, box: Any, index: int) -> Node:
        from weasyprint.formatting_structure import boxes

        start = len(self.tokens)
        voice: Voice | None = None
        reading: Reading | None = None
        children: tuple[Node, ...] = ()
        if not self.ours:
            pass
        elif not box.is_in_normal_flow():
            self._require(box.is_running() or box.is_note())
        elif isinstance(box, boxes.TextBox):
            voice = self._words(box)
        elif isinstance(box, boxes.InlineBox) and box.element_tag == "ruby":
            reading = self._ruby(box)
        elif isinstance(box, boxes.InlineBox):
            children = self._inline(box)
        elif isinstance(box, boxes.AtomicInlineLevelBox):
            self._object(box)
        else:
            self.ours = False
        return Node(box, index, start, len(self.tokens), voice, reading, children)

    def _words(self, box: Any) -> Voice | None:
        if not box.text:
            return None
        voice = voice_of(box.style)
        # Words of a leader keep their spaces; those of a forced break are the break.
        self._require(voice.settable or box.text == "\n" or self.led)
        tokens = self._cut(box, voice)
        if tokens and tokens[0].text[0] == " " and self._at_line_start():
            tokens[0] = replace(tokens[0], advance=0)
        self.tokens += tokens
        return voice

    def _cut(self, box: Any, voice: Voice, cut: list[str] | None = None) -> list[Token]:
        without_room(box)
        cut, scale = cut or pieces(box.text), voice.fount.size / self.size
        if voice.phrased and not self.loose:
            return self._phrases(cut, scale, voice)
        tokens = voice.fount.tokens(cut[:1], scale, self._glued())
        others = voice.fount.tokens(cut[1:], scale, voice.glued)
        self._require(tokens is not None and others is not None)
        return [*(tokens or ()), *(others or ())]

    def _phrases(self, cut: list[str], scale: float, voice: Voice) -> list[Token]:
        """Pieces of which those within a phrase hold together (CSS Text, word-break: keep-all)."""
        self.phrased = True
        before = self.tokens[-1].kind if self.tokens else Kind.BREAK
        found: list[Token] = []
        for piece in cut:
            kind = kind_of(piece)
            glued = self._glued() or (kind in _LETTERS and before in _LETTERS)
            tokens = voice.fount.tokens([piece], scale, glued)
            self._require(tokens is not None)
            found += tokens or ()
            before = kind
        return found

    def _glued(self) -> bool:
        """Whether no line may end before the next token: it is not the first of those held."""
        return self.held is not None and len(self.tokens) > self.held

    def _ruby(self, box: Any) -> Reading | None:
        """A base with its reading: one box of words, then one of the tag `rt` with another."""
        parts = box.children
        self._require(len(parts) == _BASE_AND_READING and parts[1].element_tag == "rt")
        self._require(self.ours and len(parts[1].children) == 1)
        if not self.ours:
            return None
        beside = _stands_beside(parts[1])
        base, reading = self._aside(parts[0]), self._aside(parts[1].children[0], whole=beside)
        # In a vertical line what stands to the right of its base stands where readings do anyway.
        beside = beside and not self.voice.fount.vertical
        if base is None or reading is None:
            self.ours = False
            return None
        _resolve(parts[1], self.containing_block)
        _resolve(box, self.containing_block)
        width = base.width + 1000 // 2 if beside else max(base.width, reading.width + _APART)
        self.tokens.append(Token("\ufffc", Kind.OBJECT, width, glued=self._glued()))
        return Reading(base, parts[1], reading, beside)

    def _aside(self, box: Any, whole: bool = False) -> Words | None:
        """The words of a text box that holds no place in the row; None if they cannot be set.

        In a vertical line a `whole` reading is one piece: its font knows where its tone stands.
        """
        if not getattr(box, "text", ""):
            return None
        voice = voice_of(box.style)
        self._require(voice.settable)
        vertical = voice.fount.vertical
        tokens = self._cut(box, voice, [box.text] if whole and vertical else None)
        tokens = settled(tokens) if vertical else tokens
        return Words(box, voice, tokens, sum(token.advance for token in tokens))

    def _require(self, holds: bool) -> None:
        self.ours = self.ours and holds

    def _at_line_start(self) -> bool:
        return not self.tokens or self.tokens[-1].kind == Kind.BREAK

    def _inline(self, box: Any) -> tuple[Node, ...]:
        style = box.style
        self._require(style["position"] == "static")
        self.led = self.led or box.is_leader
        self._require(style["box_decoration_break"] != "clone")
        _resolve(box, self.containing_block)
        held = self.held
        if held is None and voice_of(style).glued:
            self.held = len(self.tokens)
        self._room(Kind.HEAD, box.margin_left + box.border_left_width + box.padding_left)
        children = self._children(box)
        self.held = held
        self._room(Kind.TAIL, box.margin_right + box.border_right_width + box.padding_right)
        return children

    def _room(self, kind: Kind, pixels: float) -> None:
        if pixels:
            self.tokens.append(Token("", kind, round(pixels * 1000 / self.size)))

    def _object(self, box: Any) -> None:
        from weasyprint.formatting_structure.boxes import Box
        from weasyprint.layout.inline import atomic_box

        for inner in box.descendants(placeholders=True):
            self._require(not isinstance(inner, Box) or inner.is_in_normal_flow())
        _resolve(box, self.containing_block)
        laid = atomic_box(self.context, box, 0, None, self.containing_block, [], [])
        width = round(laid.margin_width() * 1000 / self.size)
        self.tokens.append(Token("\ufffc", Kind.OBJECT, width, glued=self._glued()))


def _stands_beside(rt: Any) -> bool:
    """Whether a reading is written beside its base: bopomofo, where the style asks for it."""
    words = rt.children[0].text
    return rt.style["ruby_position"] == "inter-character" and set(words) <= BOPOMOFO | TONES


def _resolve(box: Any, containing_block: Any) -> None:
    from weasyprint.layout.percent import resolve_percentages

    resolve_percentages(box, containing_block)
    for side in ("margin_left", "margin_right"):
        if getattr(box, side) == "auto":
            setattr(box, side, 0)


# What makes up phrases; whatever else stands between two of them parts them.
_LETTERS = frozenset((Kind.HAN, Kind.WESTERN))
_BASE_AND_READING = 2
# em/1000: readings keep apart from one another by so much.
_APART = 100
_NO_ROOM = {
    f"{kind}_{side}{'_width' if kind == 'border' else ''}": 0
    for kind in ("margin", "border", "padding")
    for side in ("top", "right", "bottom", "left")
}


def without_room(box: Any) -> None:
    """Note that an anonymous box has no room around it: nothing is declared for it.

    One by one: a dict that is updated by another grows to hold both.
    """
    for name, value in _NO_ROOM.items():
        setattr(box, name, value)
