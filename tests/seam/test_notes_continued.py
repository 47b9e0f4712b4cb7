"""Long notes: they begin below the line of their call and go on at the foot of the next page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from publisher.composition.formes import Hint
from publisher.composition.joining import Placed
from publisher.composition.pages import Engine
from publisher.ground.places import NOWHERE
from tests.reading import Pdf
from tests.seam import stone
from tests.seam.test_furniture import document as at_number
from tests.seam.test_furniture import looks

# A note's words are told from all others by these, and stand in an order of their own.
SAID = "甲乙丙丁戊己庚辛壬癸"
LINE = 30  # characters on a line of the page; 37 in a note
# In lines of words: what a divided note needs, the room above its rule and two of its own lines.
NEEDED = 1 + 2 * 12 / stone.LEADING
RULED = "@page { @footnote { border-top: 1pt solid } }"
PX = 4 / 3


def note(characters: int) -> str:
    """A note of so many characters."""
    return f"<span class='note'>{_said(characters)}</span>"


def _said(characters: int) -> str:
    return "".join(SAID[n * n % 10] for n in range(characters))


def called(before: int, behind: int, inside: str) -> str:
    """A paragraph of whole lines, so many before the one with the call and so many behind it."""
    return (
        f"<p>{'春' * (before * LINE + LINE // 2)}{inside}{'来' * (behind * LINE + LINE // 2)}</p>"
    )


def lines(count: int) -> str:
    """Paragraphs of one line."""
    return f"<p>{'夜' * 20}</p>" * count


@dataclass(frozen=True)
class Page:
    """What stands on a page, in px from its head: lines of words, lines of notes, calls."""

    foot: float
    words: tuple[float, ...]
    top: float
    rule: float
    notes: tuple[tuple[str, int], ...]
    calls: int


@cache
def house(*, vertical: bool) -> Engine:
    """An engine with lines along or down the page."""
    stone.engine()
    return Engine(stone.SHEET + RULED, stone.RESOURCES, vertical=vertical)


def pages(body: str, *, vertical: bool = False) -> list[Page]:
    """The pages of a body."""
    laid = house(vertical=vertical).lay_out(stone.document(body))
    return [_page(page._page_box) for page in laid.pages]


def _page(page: Any) -> Page:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    foot = page.content_box_y() + page.height
    area = next((it for it in page.children if isinstance(it, FootnoteAreaBox)), None)
    inside = [*page.children[0].descendants()]
    return Page(
        foot,
        tuple(sorted(it.position_y + it.height for it in inside if _is_piece(it))),
        area.border_box_y() if area else foot,
        area.border_top_width if area else 0.0,
        tuple((_words(it), len(it.children)) for it in area.children) if area else (),
        sum(it.footnote is not None for it in inside),
    )


def _is_piece(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox

    return isinstance(box, LineBox | ReplacedBox)


def _words(box: Any) -> str:
    texts = (getattr(it, "text", "") for it in box.descendants())
    return "".join(character for text in texts for character in text if character in SAID)


def _require_sound(book: list[Page], *said: int) -> None:
    """Every note's words stand there once, in order, below the words and below a rule."""
    found = "".join(words for page in book for words, _ in page.notes)
    assert found == "".join(map(_said, said))
    for page in book:
        assert page.words[-1] <= page.top + 0.01
        assert page.rule == pytest.approx(PX if page.notes else 0)


def _holes(book: list[Page]) -> Iterator[float]:
    """What is free on every page but the last, in lines of words."""
    margin = stone.LEADING * PX
    for page in book[:-1]:
        end = page.top - (margin if page.notes else 0)
        yield (end - page.words[-1]) / (stone.LEADING * PX)


CALLS = [(0, 6), (1, 6), (2, 6), (6, 1), (6, 0), (1, 1)]


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("lines_around", CALLS)
@pytest.mark.parametrize("above", [0, 3, 6, 9, 10, 11, 12])
def test_a_long_note_leaves_no_hole(
    above: int, lines_around: tuple[int, int], vertical: bool
) -> None:
    body = lines(above) + called(*lines_around, note(700)) + lines(30)
    book = pages(body, vertical=vertical)
    _require_sound(book, 700)
    begun = next(page for page in book if page.notes)
    assert begun.calls == 1
    parts = [count for page in book for _, count in page.notes]
    assert len(parts) > 1
    assert min(parts) >= 2
    assert max(_holes(book)) < 2 + NEEDED


def test_a_note_of_three_lines_stays_whole() -> None:
    for above in range(16):
        book = pages(lines(above) + called(0, 0, note(3 * 37 - 5)) + lines(20))
        _require_sound(book, 3 * 37 - 5)
        assert [page.calls for page in book if page.notes] == [1]


@pytest.mark.parametrize("tag", ["blockquote", "figure"])
@pytest.mark.parametrize("above", range(2, 14, 2))
def test_what_is_not_broken_takes_less_of_its_note_along(above: int, tag: str) -> None:
    whole = f"<{tag} style='break-inside: avoid'>{called(0, 3, note(700))}</{tag}>"
    book = pages(lines(above) + whole + lines(20))
    _require_sound(book, 700)
    begun = next(page for page in book if page.notes)
    assert begun.calls == 1
    assert max(_holes(book)) < 5 + NEEDED


def test_a_note_longer_than_pages_leaves_a_third_of_each_to_the_words() -> None:
    book = pages(called(1, 1, note(3000)) + lines(60))
    _require_sound(book, 3000)
    between = [page for page in book[1:] if page.notes][:-1]
    assert len(between) >= 2
    for page in between:
        assert len(page.words) >= 16 // 3
    assert max(_holes(book)) < 2 + NEEDED


def test_a_note_goes_on_where_the_words_have_ended() -> None:
    book = pages(called(1, 1, note(1500)))
    assert len(book) > 2
    assert "".join(words for page in book for words, _ in page.notes) == _said(1500)


@pytest.mark.parametrize("height", [60, 120, 150, 170, 200])
def test_a_picture_on_the_next_page_is_not_covered(height: int) -> None:
    picture = f"<figure><img src='dot.png' style='display: block; height: {height}pt'/></figure>"
    _require_sound(pages(lines(9) + called(1, 0, note(900)) + picture + lines(9)), 900)


@pytest.mark.parametrize("above", range(16))
def test_notes_of_one_line_stand_in_their_order(above: int) -> None:
    two = f"{note(500)}处{note(300)}"
    book = pages(lines(above) + called(1, 3, two) + lines(20))
    _require_sound(book, 500, 300)
    assert max(_holes(book)) < 2 + NEEDED


def test_a_note_is_read_in_order_and_linked_to_where_it_begins() -> None:
    own = note(500).replace("<span", "<span id='n'", 1)
    again = "<p id='again'><a href='#n'>又</a></p>"
    pdf = Pdf(stone.pdf(lines(8) + called(2, 3, own) + lines(20) + again))
    spoken = "".join(words for _, words in pdf.spoken)
    assert "".join(it for it in spoken if it in SAID) == _said(500)
    notes = [leaf for leaf in pdf.leaves if set(leaf.text()) & set(SAID)]
    assert len(notes) == 2
    assert pdf.destinations["n"] == pdf.leaves.index(notes[0])


def test_the_same_bytes_in_another_process() -> None:
    document = stone.document(
        lines(8) + called(2, 3, note(700)) + lines(9) + called(1, 1, note(900))
    )
    ours, theirs = stone.both(document, "whole")
    assert ours.pdf == theirs.pdf
    assert ours.pdf


@pytest.mark.parametrize("vertical", [False, True])
def test_a_free_forme_with_a_long_note_looks_like_one_set_for_its_place(vertical: bool) -> None:
    body = f'<section data-head="头">{lines(6) + called(2, 3, note(700)) + lines(20)}</section>'
    folio = "@bottom-center { content: counter(page) }"
    own = Engine(f"{stone.SHEET}{RULED}@page {{ {folio} }}", stone.RESOURCES, vertical=vertical)
    free = own.set_free(at_number(1, True, body), "free", NOWHERE, Hint(1, 99))
    assert free is not None
    for number, recto in ((7, True), (12, False)):
        bound = own.set(at_number(number, recto, body), "bound")
        assert len(bound.pages) > 2
        assert [*looks(Placed(free, number, recto))] == [*looks(Placed(bound))]


# Sums of these lengths come out now a hair above what they are compared with, now below.
SUMMED = "margin-top: 17pt; border-top: 0.4pt solid; padding-top: 4pt"


@pytest.mark.parametrize("height", range(2800, 3400, 23))
def test_lengths_that_are_rounded_send_no_note_away(height: int) -> None:
    style = f"@page {{ size: 360pt {height / 10}pt; @footnote {{ {SUMMED} }} }}"
    body = called(1, 2, note(2)) + lines(20)
    laid = stone.lay_out(body, style + ".note { line-height: 13pt }")
    first = _page(laid.pages[0]._page_box)
    assert first.calls == len(first.notes) == 1
