"""Rules: what is looked for in a measured file. One row and one function for each kind.

Sources: CLREQ 3.1.5 (line start and end, marks that stay whole), 3.1.6 (adjacent marks), 3.3.1
(both edges flush; the last line of a paragraph holds more than one Han), and the trade's habit for
page ends and register. To add a kind: write its function, its row here, its row in docs/proof.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from publisher.ground.messages import Message, say
from publisher.proofing.findings import Finding
from publisher.proofing.gaps import NARROW, WIDE, Gap
from publisher.proofing.grid import Displaced, displaced
from publisher.proofing.lines import Line
from publisher.proofing.marks import (
    LONG,
    NEVER_AFTER_A_BREAK,
    NEVER_FIRST,
    NEVER_LAST,
)
from publisher.proofing.measuring import Measured, spot
from publisher.proofing.pairs import are_squeezed_in
from publisher.proofing.paragraphs import Placed
from publisher.proofing.texts import LinedPage

Find = Callable[[Measured], Iterator[Finding]]
UNSQUEEZED = "unsqueezed"


class Rule(NamedTuple):
    """A kind of finding: its name for scripts, its title and its meaning for people."""

    kind: str
    title: Message
    meaning: Message
    find: Find


def findings_of(book: Measured) -> tuple[Finding, ...]:
    """All findings of all rules, in the order of pages and lines, then of the rules."""
    found = [finding for rule in RULES for finding in rule.find(book)]
    return tuple(sorted(found, key=lambda finding: (finding.at.page, finding.at.line)))


def _not_flush(book: Measured) -> Iterator[Finding]:
    for paragraph in book.all_paragraphs:
        for placed, edge in paragraph.full:
            short = placed.short_of(edge)
            if short:
                em = short / placed.line.size
                message = (
                    say("ends {em} em before the edge", em=_figure(em))
                    if short > 0
                    else say("sticks out {em} em over the edge", em=_figure(-em))
                )
                at = replace(spot(placed.page, placed.line), x=placed.line.right)
                yield Finding("not-flush", at, message, abs(em))


def _line_start(book: Measured) -> Iterator[Finding]:
    later = {id(placed.line) for paragraph in book.all_paragraphs for placed in paragraph.lines[1:]}
    for page, line in _reading_lines(book):
        forbidden = NEVER_AFTER_A_BREAK if id(line) in later else NEVER_FIRST
        if line.text[0] in forbidden:
            message = say('a line begins with "{mark}"', mark=line.text[0])
            yield Finding("line-start", spot(page, line), message)


def _line_end(book: Measured) -> Iterator[Finding]:
    for page, line in _reading_lines(book):
        if line.text[-1] in NEVER_LAST and line.is_alone:
            message = say('a line ends with "{mark}"', mark=line.text[-1])
            yield Finding("line-end", spot(page, line, -1), message)


def _split_mark(book: Measured) -> Iterator[Finding]:
    for paragraph in book.all_paragraphs:
        for above, below in pairwise(paragraph.lines):
            mark = above.line.text[-1]
            if mark in LONG and below.line.text[0] == mark:
                message = say('"{mark}" is split over two lines', mark=mark * 2)
                yield _found("split-mark", above, message, place=-1)


def _unsqueezed(book: Measured) -> Iterator[Finding]:
    for placed, pair in book.pairs:
        if pair.is_loose and are_squeezed_in(book.language):
            message = say('"{marks}" takes 2 em', marks=pair.marks)
            yield _found(UNSQUEEZED, placed, message, place=pair.place)


def _single_han(book: Measured) -> Iterator[Finding]:
    for paragraph in book.all_paragraphs:
        if paragraph.ends_on_single_han:
            message = say("a paragraph ends with a single Han on its last line")
            yield _found("single-han", paragraph.lines[-1], message)


def _page_top(book: Measured) -> Iterator[Finding]:
    for on_pages in _turning(book):
        if len(on_pages[-1]) == 1:
            message = say("the last line of a paragraph stands alone at the top of a page")
            yield _found("page-top", on_pages[-1][0], message)


def _page_foot(book: Measured) -> Iterator[Finding]:
    for on_pages in _turning(book):
        if len(on_pages[0]) == 1:
            message = say("the first line of a paragraph stands alone at the foot of a page")
            yield _found("page-foot", on_pages[0][0], message)


def _turning(book: Measured) -> Iterator[list[list[Placed]]]:
    """The paragraphs of the body that run over a page turn, as lines by page."""
    for paragraph in book.body:
        groups = groupby(paragraph.lines, key=lambda placed: placed.page.number)
        on_pages = [list(group) for _, group in groups]
        if len(on_pages) > 1 and paragraph.is_justified:
            yield on_pages


def _wide_gap(book: Measured) -> Iterator[Finding]:
    return (_gap("wide-gap", *row) for row in book.gaps if row[1].step > WIDE)


def _narrow_gap(book: Measured) -> Iterator[Finding]:
    return (_gap("narrow-gap", *row) for row in book.gaps if row[1].step < NARROW)


def _gap(kind: str, placed: Placed, gap: Gap) -> Finding:
    message = say("characters stand {em} em apart", em=_figure(gap.step))
    return _found(kind, placed, message, abs(gap.step - 1), place=gap.place)


def _tofu(book: Measured) -> Iterator[Finding]:
    for page in book.pages:
        for line in page.lines:
            for place, shape in enumerate(line.shapes):
                if not shape.is_drawn:
                    code = f"{ord(shape.character):04X}"
                    message = say(
                        'the font "{font}" has no "{character}" (U+{code})',
                        font=shape.font.rpartition("+")[2],
                        character=shape.character,
                        code=code,
                    )
                    yield Finding("tofu", spot(page, line, place), message, 1)


def _off_grid(book: Measured) -> Iterator[Finding]:
    for text in book.texts[:1]:
        for run in displaced(text):
            yield Finding("off-grid", spot(run.page, run.lines[0]), _moved(run), len(run.lines))


def _moved(run: Displaced) -> Message:
    pt = _figure(abs(run.offset))
    if run.offset < 0:
        return say("lines from here that stand {pt} pt too low: {n}", pt=pt, n=len(run.lines))
    return say("lines from here that stand {pt} pt too high: {n}", pt=pt, n=len(run.lines))


def _reading_lines(book: Measured) -> Iterator[tuple[LinedPage, Line]]:
    """Every line with Han, of every size; of lines side by side the first."""
    for page in book.pages:
        for line in page.lines:
            if line.han and line.is_first and not line.is_reading:
                yield page, line


def _found(
    kind: str, placed: Placed, message: Message, amount: float = 0.0, place: int = 0
) -> Finding:
    return Finding(kind, spot(placed.page, placed.line, place), message, amount)


def _figure(number: float) -> str:
    return f"{number:.2f}"


RULES: tuple[Rule, ...] = (
    Rule(
        "not-flush",
        say("lines not flush"),
        say("A full line should end exactly where the others end; these do not."),
        _not_flush,
    ),
    Rule(
        "line-start",
        say("marks that may not begin a line"),
        say("A comma, a stop or a closing mark stands first on a line."),
        _line_start,
    ),
    Rule(
        "line-end",
        say("marks that may not end a line"),
        say("An opening quote or bracket stands last on a line."),
        _line_end,
    ),
    Rule(
        "split-mark",
        say("dashes and ellipses split"),
        say("—— and …… are one mark of two characters; a line ended between them."),
        _split_mark,
    ),
    Rule(
        UNSQUEEZED,
        say("pairs of marks with a hole between"),
        say("Two marks side by side take two characters' room; one and a half is enough."),
        _unsqueezed,
    ),
    Rule(
        "single-han",
        say("paragraphs that end on a single character"),
        say("The last line of a paragraph holds one character and perhaps a mark."),
        _single_han,
    ),
    Rule(
        "page-top",
        say("single lines at the top of a page"),
        say("The last line of a paragraph went over to the next page by itself."),
        _page_top,
    ),
    Rule(
        "page-foot",
        say("single lines at the foot of a page"),
        say("The first line of a paragraph was left behind by itself."),
        _page_foot,
    ),
    Rule(
        "wide-gap",
        say("lines spread too far"),
        say("To fill the line its characters were moved apart so far that it shows."),
        _wide_gap,
    ),
    Rule(
        "narrow-gap",
        say("lines pressed too close"),
        say("To fit the line its characters were pushed into each other."),
        _narrow_gap,
    ),
    Rule(
        "tofu",
        say("characters that no font has"),
        say("An empty box or nothing is printed in place of a character."),
        _tofu,
    ),
    Rule(
        "off-grid",
        say("lines out of register"),
        say("Lines of facing pages should stand at the same height; from here they do not."),
        _off_grid,
    ),
)
