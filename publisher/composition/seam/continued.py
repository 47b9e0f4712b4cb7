"""Continued: a note that is too long for its page goes on at the foot of the next.

It promises that a note begins on the page of its call and takes all the room there is below the
line of the call; that at least two lines of it stand on either page; that the area's rule stands
above the second part too; and that a note is left whole where that costs the page three lines at
most (CSS GCPM 3, 2.5 leaves all of this open). What goes on is the first note of the next page, and
leaves a third of it to the words. A note called behind it, in a line that must stand on this page,
waits for the next. No note is divided in columns, or where the engine's own way is asked for.

The engine knows notes as boxes on one page or another. So a page is set anew until it is settled: a
note that was divided may push away the very line of its call, where that line may not end a page,
and then takes less. What it takes is told by a `Foot`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from publisher.composition.seam.foot import Cut, Foot, Standing, bottom_of, foot_of, laid_out

# Lines of a divided note on either page.
_LEAST = 2
# Lines of words: a note that leaves no larger hole stays whole, on the next page.
_HOLE = 3
# The part of a page that is kept for words where a note goes on.
_KEPT = 1 / 3
# Lines of words that are kept free below the line of a divided note's call, one try after another:
# a line may not be the first or last of its paragraph, or stand in something that is not broken.
_TRIES = (0, 1, 2, 4, 8, 16, 32)
# px; less than this is rounding.
_HAIR = 0.01


def watching(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The maker of lines; where the last one stands is known when its notes are laid out."""

    def iter_line_boxes(
        context: Any, box: Any, position_y: float, bottom_space: float, *rest: Any
    ) -> Iterator[Any]:
        foot = foot_of(context)
        for line, resume_at in original(context, box, position_y, bottom_space, *rest):
            foot.line = Standing(line.position_y, line.height, bottom_space)
            yield line, resume_at

    return iter_line_boxes


def dividing(original: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """The engine's way to put a note on a page, which divides one that is too long for it."""

    def layout_footnote(context: Any, note: Any) -> bool:
        foot, bottom = foot_of(context), context.page_bottom
        if foot.is_full:
            return _await(context, foot, note)
        overflows = original(context, note)
        if not overflows and not context.in_column:
            _divide(context, foot, note, bottom)
            _remember(context, foot, note, bottom)
        return overflows

    return layout_footnote


def _await(context: Any, foot: Foot, note: Any) -> bool:
    """Let a note wait for the next page, if the line of its call is needed here; else refuse it."""
    context.footnotes.remove(note)
    waits = foot.line in (None, foot.last) or bool(foot.kept)
    (foot.behind if waits else context.current_page_footnotes).append(note)
    return not waits


def _divide(context: Any, foot: Foot, note: Any, bottom: float) -> None:
    """Cut the last note of a page where it is too high; `bottom` is the page's without it."""
    heights = _heights(context, foot, bottom)
    if heights is None or not context.overflows(context.page_bottom, max(heights)):
        return
    laid = laid_out(context, context.current_footnote_area)
    most, wished = (context.page_bottom + laid.height - height for height in heights)
    lines = _lines_in(laid, wished, most)
    if lines:
        resume_at = laid.children[-1].children[lines - 1].resume_at
        foot.cut, foot.last = Cut(note, lines, {0: resume_at}), foot.line
    elif foot.line is None and len(laid.children) > 1:
        context.current_page_footnotes.remove(note)
        foot.behind.append(note)
    context._update_footnote_area()  # noqa: SLF001


def _heights(context: Any, foot: Foot, bottom: float) -> tuple[float, float] | None:
    """Up to where notes may reach, and up to where they should; None where they stay whole."""
    line = foot.line
    if line is None:
        page = context.current_footnote_area.page
        words = 0.0 if page.page_type.blank else max(foot.words or 0.0, page.height * _KEPT)
        top = page.content_box_y() + words
        return (top, top) if foot.begun or foot.kept is not None else None
    if foot.kept is None or bottom - line.below - line.top <= _HOLE * line.height:
        return None
    return line.bottom, line.bottom + foot.kept * line.height


def _remember(context: Any, foot: Foot, note: Any, bottom: float) -> None:
    """Remember a note that leaves a hole if the line of its call goes again."""
    line = foot.line
    if line is None or context.overflows(context.page_bottom, line.bottom):
        return
    if foot.cut or bottom - context.page_bottom > _HOLE * line.height:
        foot.large.append(note)


def _lines_in(laid: Any, wished: float, most: float) -> int:
    """How many lines of an area's last note may stand in a height, less than all; 0 if too few.

    Two lines may take more than is `wished`, up to what there is at `most`; px.
    """
    from weasyprint.formatting_structure.boxes import LineBox

    lines = laid.children[-1].children
    if not all(isinstance(line, LineBox) for line in lines):
        return 0
    bottoms = [bottom_of(line) - laid.content_box_y() - _HAIR for line in lines[:-_LEAST]]
    count, limit = (sum(it <= room for it in bottoms) for room in (wished, most))
    return max(count, _LEAST) if limit >= _LEAST else 0


def undoing(original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """The engine's ways to take a note from a page again; a cut one becomes whole."""

    def take_away(context: Any, note: Any) -> None:
        foot = foot_of(context)
        if foot.cut and foot.cut.note is note:
            foot.cut = None
        if note in foot.behind:
            foot.behind.remove(note)
        if note in foot.large:
            foot.lost.append(note)
        original(context, note)

    return take_away


class _Carried(NamedTuple):
    """The notes with which a page begins, and the places where they go on."""

    notes: tuple[Any, ...]
    places: dict[Any, Any]


def carrying(
    original: Callable[..., tuple[Any, Any]], may_divide: Callable[[], bool]
) -> Callable[..., tuple[Any, Any]]:
    """The engine's way to make a page, again until its notes are settled."""

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> tuple[Any, Any]:
        pages: dict[int, _Carried] = vars(context).setdefault("publisher_carried", {})
        if index not in pages:
            pages[index] = _Carried(tuple(context.reported_footnotes), {})
        page = _Page(context, pages[index], may_divide())
        made = page.settled(lambda: original(index, context, root_box, html))
        pages[index + 1] = page.carried()
        context.reported_footnotes = [*pages[index + 1].notes]
        return made

    return remake_page


class _Page:
    """A page that is made again and again from the same beginning."""

    def __init__(self, context: Any, carried: _Carried, may_divide: bool) -> None:
        self._context = context
        self._begins = carried
        self._may_divide = may_divide
        self._waiting = [*context.footnotes]
        self._floats = context.broken_out_of_flow

    def settled(self, make: Callable[[], tuple[Any, Any]]) -> tuple[Any, Any]:
        """The page with as much of its notes as it can hold."""
        kept: list[int | None] = [*(_TRIES if self._may_divide else ()), None]
        words: float | None = 0.0
        while True:
            made = self._tried(make, kept[0], words)
            foot, need = foot_of(self._context), self._need(made[0])
            if kept[1:] and any(it not in self._standing() for it in foot.lost):
                kept = kept[1:]
            elif need and words is not None:
                words = None if words else need
            else:
                return made

    def _standing(self) -> list[Any]:
        return [*self._context.current_page_footnotes]

    def _tried(
        self, make: Callable[[], tuple[Any, Any]], kept: int | None, words: float | None
    ) -> tuple[Any, Any]:
        context = self._context
        context.footnotes = [*self._waiting]
        context.broken_out_of_flow = self._floats
        context.reported_footnotes = [*self._begins.notes] if words is not None else []
        context.publisher_foot = Foot(self._begins.places, None if words is None else kept, words)
        return make()

    def _need(self, page: Any) -> float:
        """How many px of a page its words need that stand on the notes; 0 where none do."""
        if not (self._may_divide and self._begins.notes) or page.page_type.blank:
            return 0.0
        foot = max(map(bottom_of, _pieces(page.children[0])), default=0.0)
        is_over = foot > self._context.page_bottom + _HAIR
        return float(foot - page.content_box_y()) if is_over else 0.0

    def carried(self) -> _Carried:
        """What the next page begins with."""
        foot, reported = foot_of(self._context), tuple(self._context.reported_footnotes)
        if foot.words is None:
            return _Carried((*self._begins.notes, *reported), self._begins.places)
        if foot.cut is None:
            return _Carried((*foot.behind, *reported), {})
        notes = foot.cut.note, *foot.behind, *reported
        return _Carried(notes, {foot.cut.note: foot.cut.place})


def _pieces(body: Any) -> Iterator[Any]:
    """The lines and pictures of a page's words."""
    from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox

    for box in body.descendants():
        if isinstance(box, LineBox | ReplacedBox):
            yield box
