"""Foot: what stands at the foot of a page that is being set, and what of it goes on.

It promises that an area of notes is laid out as it will stand there: the first note from where it
goes on, with the area's rule above it, the last as far as it was cut.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any, NamedTuple


class Standing(NamedTuple):
    """Where a line stands: its top and height, and what is kept free below it, in px."""

    top: float
    height: float
    below: float

    @property
    def bottom(self) -> float:
        """Where notes may begin."""
        return self.top + self.height + self.below


class Cut(NamedTuple):
    """A note of which so many lines stand on this page; `place` is where the next goes on."""

    note: Any
    lines: int
    place: Any


class Foot:
    """The foot of a page that is being set.

    `begun` are the places where notes of the page before go on. `kept` are the lines to keep free
    below the call of a divided note, None where none is divided; `words` the px to keep for words
    where a note goes on, None where it waits for the next page.
    """

    def __init__(
        self,
        begun: dict[Any, Any] | None = None,
        kept: int | None = None,
        words: float | None = 0.0,
    ) -> None:
        self.begun = begun or {}
        self.kept = kept
        self.words = words
        self.line: Standing | None = None
        self.cut: Cut | None = None
        # Notes behind those that stand here, which begin on the next page; the line that filled it.
        self.behind: list[Any] = []
        self.last: Standing | None = None
        # Notes that leave a hole if they go: those that stood here, those that went again.
        self.large: list[Any] = []
        self.lost: list[Any] = []

    @property
    def is_full(self) -> bool:
        """Whether no further note can begin here."""
        return self.cut is not None or bool(self.behind)


def foot_of(context: Any) -> Foot:
    """The foot of the page that a layout is at."""
    foot: Foot = vars(context).setdefault("publisher_foot", Foot())
    return foot


def laid_out(context: Any, area: Any, **options: Any) -> Any:
    """The area of notes as it stands on this page, of a cut note its first lines alone."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout.block import block_level_layout

    foot = foot_of(context)
    line = foot.line
    own = build.create_anonymous_boxes(area.deepcopy())
    place = foot.begun.get(area.children[0])
    if place is not None:
        own.style = own.style.copy()
        own.style["box_decoration_break"] = "clone"
    skip_stack = None if place is None else {0: place}
    laid = block_level_layout(context, own, -inf, skip_stack, area.page, **options)[0]
    if foot.cut:
        _shorten(laid, foot.cut.lines)
    foot.line = line
    return laid


def _shorten(laid: Any, lines: int) -> None:
    """Take away what goes on of the last note of an area."""
    note = laid.children[-1]
    gone = bottom_of(note.children[-1]) - bottom_of(note.children[lines - 1])
    short = note.copy_with_children(note.children[:lines])
    short.height -= gone
    laid.height -= gone
    laid.children = [*laid.children[:-1], short]


def bottom_of(line: Any) -> float:
    """Where a line ends, in px."""
    return float(line.position_y + line.height)


def closing(original: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's layout of a page's parts, with the area of notes as it stands there."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    def block_level_layout(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        if not (isinstance(box, FootnoteAreaBox) and len(box.children)):
            return original(context, box, *rest, **options)
        given = {name: options[name] for name in ("absolute_boxes", "fixed_boxes")}
        return (laid_out(context, context.current_footnote_area, **given),)

    return block_level_layout
