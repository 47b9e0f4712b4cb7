"""Lines: the composer's lines as the engine's line boxes.

It promises boxes like the engine's own, so that everything that comes after (pages, notes, links,
backgrounds, tags) works on them unchanged, and hands every paragraph that the composer does not
set to the engine whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from weakref import ref

from publisher.composition.seam.paragraph import (
    Node,
    Paragraph,
    Reading,
    Words,
    forget,
    loosened,
    paragraph_of,
    without_room,
)
from publisher.composition.seam.register import MIDDLE
from publisher.composition.seam.voice import Voice
from publisher.typography.breaking import Measure
from publisher.typography.characters import TONES
from publisher.typography.setting import Fill, Line, set_line
from publisher.typography.tokens import Token


class Resume(dict[int, Any]):
    """Where a paragraph goes on: the engine passes it around as it passes its own skip stacks.

    Every line keeps one for ever; the paragraph goes when its document is laid out.
    """

    __slots__ = ("_paragraph", "token")

    def __init__(self, token: int, paragraph: Paragraph) -> None:
        super().__init__({0: None})
        self.token = token
        self._paragraph = ref(paragraph)

    def __deepcopy__(self, memo: object) -> Resume:
        """The engine copies places before it reads them; this one is never changed."""
        return self

    def exact(self) -> dict[int, Any] | None:
        """The same place in the engine's terms: indices of boxes, then bytes of text."""
        paragraph = self._paragraph()
        if paragraph is None:
            raise AssertionError("a document goes on after it was laid out")
        return _skip_stack(paragraph.root, paragraph.row.tokens, self.token)


def _skip_stack(node: Node, tokens: list[Token], place: int) -> dict[int, Any] | None:
    for child in node.children:
        if child.start <= place < child.stop:
            return {child.rank: _skip_stack(child, tokens, place)}
    if node.voice is None:
        return None
    return {len("".join(token.text for token in tokens[node.start : place]).encode()): None}


class Run:
    """Tokens of one text box on one line; stands where the engine expects its Pango layout.

    `moves` are what is added behind each token but, at a line's end, the last; `lead` what is
    added before the first. Units of the paragraph; `scale` of them make an em/1000 of the fount.
    """

    __slots__ = (
        "fount",
        "hyphenated",
        "lead",
        "moves",
        "rises",
        "scale",
        "text",
        "tokens",
        "voice",
    )
    first_line_direction = 0
    justification_spacing = 0

    def __init__(self, voice: Voice, tokens: list[Token], moves: list[int], lead: int, size: float):
        self.voice = voice
        self.fount = fount = voice.fount
        self.tokens = tokens
        self.moves = moves
        self.lead = lead
        self.hyphenated = False
        # How far each token sinks below the line, in px; empty where none does.
        self.rises: list[float] = []
        self.scale = fount.size / size
        self.text = "".join([token.text for token in tokens])

    def __getattr__(self, name: str) -> Any:
        try:
            return self.fount.decoration[name]
        except KeyError:
            raise AttributeError(name) from None

    def reactivate(self, style: Any) -> None:
        """Nothing to do: a run is drawn from its fount."""

    def deactivate(self) -> None:
        """Nothing to do."""


def composing(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's maker of lines, with the composer before it."""

    def iter_line_boxes(  # noqa: PLR0917 (the engine's own parameters)
        context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any,
        containing_block: Any, absolute_boxes: list[Any], fixed_boxes: list[Any],
        first_letter_style: Any, first_line_style: Any,
    ) -> Iterator[tuple[Any, Any]]:  # fmt: skip
        paragraph = None
        if not (first_letter_style or first_line_style or _beside_shapes(context, position_y)):
            paragraph = _fitting(context, box, containing_block)
        if paragraph:
            visit = _Visit(context, box, containing_block, paragraph)
            return visit.lines(position_y, skip_stack)
        if isinstance(skip_stack, Resume):
            skip_stack = skip_stack.exact()
        lines: Iterator[tuple[Any, Any]] = original(
            context, box, position_y, bottom_space, skip_stack, containing_block,
            absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
        )  # fmt: skip
        return lines

    return iter_line_boxes


def _fitting(context: Any, box: Any, block: Any) -> Paragraph | None:
    """The paragraph of a line box, if nothing that is held together in it is wider than a line."""
    paragraph = paragraph_of(context, box, block)
    if paragraph and paragraph.phrased and _overfills(paragraph, block):
        paragraph = loosened(context, box, block)
    return None if paragraph is None or _overfills(paragraph, block) else paragraph


def _overfills(paragraph: Paragraph, block: Any) -> bool:
    return paragraph.row.widest > paragraph.units(block.width)


def _beside_shapes(context: Any, top: float) -> bool:
    return any(shape.position_y + shape.margin_height() > top for shape in context.excluded_shapes)


class _Heights(NamedTuple):
    """The engine's measures of a line of words alone, in px; `drop`: from its top to the words'."""

    baseline: float
    height: float
    drop: float


class _Visit:
    """One visit of the engine to a paragraph: its lines from some place on."""

    def __init__(self, context: Any, box: Any, block: Any, paragraph: Paragraph) -> None:
        self.context = context
        self.box = box
        self.block = block
        self.paragraph = paragraph
        # By the voices of a paragraph and of the words in it.
        known: dict[tuple[Voice, Voice | None], _Heights]
        known = vars(context).setdefault("publisher_heights", {})
        self._heights = known

    def lines(self, top: float, skip_stack: Any) -> Iterator[tuple[Any, Any]]:
        """Line boxes with the place where the next begins; None after the last."""
        from weasyprint.layout.leader import handle_leader

        paragraph, row = self.paragraph, self.paragraph.row
        start = _token_at(paragraph, skip_stack)
        indent = self._indent(start)
        measure = self._measure(indent)
        ends = {stop for _, stop in row.segments}
        for stop in paragraph.stops(measure, start):
            last = stop in ends
            width = measure.rest if start else measure.first
            line = set_line(row, start, stop, width, self._fill(last))
            box = self._box(line, top, indent, last)
            if paragraph.led:
                handle_leader(self.context, box, self.block)
            start, indent, top = stop, 0.0, box.position_y + box.height
            yield box, None if stop == len(row.tokens) else Resume(stop, paragraph)

    def _indent(self, start: int) -> float:
        """The first line's indent in px, resolved as the engine does it."""
        from weasyprint.layout.percent import resolve_one_percentage

        without_room(self.box)
        if start:
            return 0.0
        resolve_one_percentage(self.box, "text_indent", self.block.width)
        indent: float = self.box.text_indent
        return indent

    def _measure(self, indent: float) -> Measure:
        units, width = self.paragraph.units, self.block.width
        return Measure(units(width - indent), units(width), self._align(False) == "justify")

    def _align(self, last: bool) -> str:
        style = self.box.style
        if last and style["text_align_last"] != "auto":
            return str(style["text_align_last"])
        align = str(style["text_align_all"])
        return "start" if align == "justify" and style["text_justify"] == "none" else align

    def _fill(self, last: bool) -> Fill:
        """How a line fills its measure; a last line is stretched only where it is told to."""
        if self._align(False) != "justify":
            return Fill.NATURAL
        told = self.box.style["text_align_last"] == "justify"
        return Fill.JUSTIFIED if told or not last else Fill.SQUEEZED

    def _shift(self, width: float, last: bool) -> float:
        """How far a line of some width stands from the left, in px."""
        slack, align = self.block.width - width, self._align(last)
        shift = slack if align in ("right", "end") else slack / 2 if align == "center" else 0.0
        return max(0.0, shift)

    def _box(self, line: Line, top: float, indent: float, last: bool) -> Any:
        plain = self._plain(line, top, indent, last)
        if plain is not None:
            return plain
        box = self._mixed(line, indent)
        self._keep(line, box)
        box.translate(self._shift(box.width, last), top - box.position_y)
        box.position_y = top
        return box

    def _plain(self, line: Line, top: float, indent: float, last: bool) -> Any:
        """A line of words alone, at the heights of those before; None if it holds other boxes."""
        node = self._alone(line)
        heights = self._heights.get((self.paragraph.voice, node.voice)) if node else None
        if node is None or node.voice is None or heights is None:
            return None
        run = self._run(node.voice, line, line.start, line.seen)
        width = line.width * self.paragraph.size / 1000
        left = self.block.content_box_x() + self._shift(width + indent, last)
        text = _text_box(node.box, run, width)
        text.position_x, text.position_y = left + indent, top + heights.drop
        box = self.box.copy()
        forget(box)
        box.children = [text]
        box.position_x, box.position_y, box.width = left, top, width + indent
        box.baseline, box.height = heights.baseline, heights.height
        box.margin_top = box.margin_bottom = 0
        return box

    def _alone(self, line: Line) -> Node | None:
        """The text node that holds a line, where no other box begins or ends in it."""
        for node in self.paragraph.root.children:
            if node.start == node.stop:
                return None
            if node.voice and node.start <= line.start < line.seen <= node.stop:
                return node
        return None

    def _keep(self, line: Line, box: Any) -> None:
        """Keep the heights of a line of words alone for those to come, here and elsewhere."""
        node = self._alone(line)
        if node and node.voice:
            drop = box.children[0].position_y - box.position_y
            heights = _Heights(box.baseline, box.height, drop)
            self._heights[self.paragraph.voice, node.voice] = heights

    def _mixed(self, line: Line, indent: float) -> Any:
        """A line of any boxes, placed by the engine's own rules of height."""
        from weasyprint.layout.inline import _adjust_line_height, line_box_verticality

        left = self.block.content_box_x() + indent
        children, right = self._children(self.paragraph.root, line, left)
        box = self.box.copy_with_children(children)
        forget(box)
        box.position_x = left - indent
        box.width = right - box.position_x
        _adjust_line_height(box)
        bottom, top = line_box_verticality(box)
        box.baseline, box.position_y, box.height = -top, top, bottom - top
        box.margin_top = box.margin_bottom = 0
        return box

    def _children(self, parent: Node, line: Line, left: float) -> tuple[list[Any], float]:
        """The boxes of a parent that stand on a line, from `left` on, and where they end."""
        found: list[Any] = []
        for node in parent.children:
            if node.start == node.stop:
                on_line = line.start <= node.start < line.stop or self._is_end(node, line)
            else:
                on_line = node.start < line.seen and node.stop > line.start
            if on_line:
                box, left = self._inner(node, line, left)
                if box is not None:
                    found.append(box)
        return found, left

    def _is_end(self, node: Node, line: Line) -> bool:
        return node.start == line.stop == len(self.paragraph.row.tokens)

    def _inner(self, node: Node, line: Line, left: float) -> tuple[Any, float]:
        from weasyprint.formatting_structure import boxes

        if node.voice:
            return self._text(node, node.voice, line, left)
        if node.reading:
            return self._ruby(node, node.reading, line, left)
        if not node.box.is_in_normal_flow():
            self.context.add_running_element(node.box)
        elif isinstance(node.box, boxes.InlineBox):
            return self._inline(node, line, left)
        elif isinstance(node.box, boxes.AtomicInlineLevelBox):
            return self._object(node, line, left)
        return None, left

    def _text(self, node: Node, voice: Voice, line: Line, left: float) -> tuple[Any, float]:
        start, stop = max(node.start, line.start), min(node.stop, line.seen)
        if start >= stop:
            return None, left
        run = self._run(voice, line, start, stop)
        width = sum(token.advance for token in run.tokens) + sum(run.moves) + run.lead
        if stop == line.seen:
            width += self.paragraph.row.tokens[line.stop - 1].hyphen - line.over
        box = _text_box(node.box, run, width * self.paragraph.size / 1000)
        box.position_x = left
        return box, left + box.width

    def _run(self, voice: Voice, line: Line, start: int, stop: int) -> Run:
        """The tokens `start` to `stop - 1` of a line, with the moves behind them."""
        tokens = self.paragraph.row.tokens
        moves = line.moves[start - line.start : stop - line.start]
        lead = -line.trim if start == line.start else 0
        run = Run(voice, tokens[start:stop], moves, lead, self.paragraph.size)
        run.hyphenated = stop == line.seen and tokens[line.stop - 1].hyphen > 0
        return run

    def _inline(self, node: Node, line: Line, left: float) -> tuple[Any, float]:
        from weasyprint.layout.inline import _adjust_line_height

        starts, ends = node.start >= line.start, node.stop <= line.stop
        box = node.box
        room = box.margin_left + box.border_left_width + box.padding_left if starts else 0.0
        if room:
            room += self._move(node.start + 1, line)
        children, right = self._children(node, line, left + room)
        new = box.copy_with_children(children)
        new.remove_decoration(start=not starts, end=not ends)
        new.position_x = left
        new.width = right - left - room
        _adjust_line_height(new)
        room = box.margin_right + box.border_right_width + box.padding_right if ends else 0.0
        if room:
            room += self._move(node.stop, line)
        return new, right + room

    def _object(self, node: Node, line: Line, left: float) -> tuple[Any, float]:
        from weasyprint.layout.inline import atomic_box

        box = atomic_box(self.context, node.box, left, None, self.block, [], [])
        box.position_x = left
        return box, left + box.margin_width() + self._move(node.stop, line)

    def _move(self, boundary: int, line: Line) -> float:
        """What is added at a boundary, in px; nothing at the edges of a line."""
        place = boundary - line.start - 1
        move = line.moves[place] if 0 <= place < len(line.moves) else 0
        return move * self.paragraph.size / 1000

    def _ruby(self, node: Node, ruby: Reading, line: Line, left: float) -> tuple[Any, float]:
        """A base and its reading, each in the middle of what the wider one takes."""
        from weasyprint.layout.inline import _adjust_line_height

        size = self.paragraph.size
        width = self.paragraph.row.tokens[node.start].advance * size / 1000
        base = _words_box(ruby.base, size)
        reading = _words_box(ruby.reading, size, ruby.beside)
        room = width - size / 2 if ruby.beside else width
        base.position_x = left + (room - base.width) / 2
        reading.position_x = left + (base.width if ruby.beside else (width - reading.width) / 2)
        rt = ruby.rt.copy_with_children([reading])
        rt.position_x, rt.width = reading.position_x, reading.width
        new = node.box.copy_with_children([base, rt])
        new.position_x, new.width = left, width
        _adjust_line_height(rt)
        _adjust_line_height(new)
        return new, left + width + self._move(node.stop, line)


def _token_at(paragraph: Paragraph, skip_stack: Any) -> int:
    """The token where a visit begins; the engine's own places are looked up."""
    if skip_stack is None:
        return 0
    if isinstance(skip_stack, Resume):
        return skip_stack.token
    return _found(paragraph.root, paragraph.row.tokens, skip_stack)


def _found(node: Node, tokens: list[Token], skip_stack: Any) -> int:
    ((index, deeper),) = skip_stack.items() if skip_stack else ((0, None),)
    if node.voice:
        place, passed = node.start, 0
        while place < node.stop and passed < (index or 0):
            passed += len(tokens[place].text.encode())
            place += 1
        return place
    for child in node.children:
        if child.rank == index:
            return _found(child, tokens, deeper)
    return node.stop if node.children else node.start


def _words_box(words: Words, size: float, stacked: bool = False) -> Any:
    """The box of words that stand outside the row; `stacked` ones stand one below the other."""
    moves = [0] * (len(words.tokens) - 1)
    run = Run(words.voice, words.tokens, moves, 0, size)
    width = words.width * size / 1000
    if stacked:
        run.rises, run.moves = _stack(words.tokens, words.voice.fount.size, size)
        width = words.voice.fount.size
    return _text_box(words.box, run, width)


def _stack(tokens: list[Token], own: float, size: float) -> tuple[list[float], list[int]]:
    """Bopomofo one below the other in the middle of their base, a tone beside or above (CLREQ 3.5).

    Gives how far each token sinks from the line, in px, and the moves between them; `own` is the
    size of the letters, `size` that of the base, in px.
    """
    count = sum(token.text not in TONES for token in tokens)
    top = _ASCENT * own - MIDDLE * size - count * own / 2
    sinks, places, passed = [], [], 0
    for token in tokens:
        tone = token.text in TONES
        above = token.text == "˙"
        sinks.append(top + (-own / 2 if above else (passed - (1.5 if tone else 0)) * own))
        places.append(round(own / size * 1000) if tone and not above else 0)
        passed += not tone
    ends = [place + token.advance for place, token in zip(places, tokens, strict=True)]
    return sinks, [place - end for place, end in zip(places[1:], ends, strict=False)]


# em: how far the top of an ideograph lies above the line.
_ASCENT = 0.88


def _text_box(words: Any, run: Run, width: float) -> Any:
    box = words.copy_with_text(run.text)
    box.pango_layout = run
    box.width = width
    box.height = run.fount.height
    box.baseline = run.voice.baseline
    box.margin_top = box.baseline - run.fount.baseline
    box.margin_bottom = run.voice.leading - box.height - box.margin_top
    return box
