"""Laws of imposition: any number of pages of any size, in any way to bind, or a refusal."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publisher.ground.errors import PublisherError
from publisher.imposition.fitting import fitted, largest_share
from publisher.imposition.gathering import gather_pages
from publisher.imposition.imposing import Imposition, impose
from publisher.imposition.schemes import MOST_SHEETS, SCHEMES
from publisher.imposition.sheets import Position, Room, Side
from publisher.imposition.wishes import Binding, Blanks, Extent, Turn, Wish
from tests.imposition.folding import Cuts, Paper, Printed, cut, read

_SLACK = 0.2
lengths = st.floats(40, 700).map(lambda length: round(length, 2))
extents = st.builds(Extent, lengths, lengths)
wishes = st.builds(
    Wish,
    sheet=extents,
    scheme=st.sampled_from(list(SCHEMES.values())),
    binding=st.sampled_from(Binding),
    turn=st.sampled_from(Turn),
    signature=st.integers(0, 30),
    up=st.integers(0, 6),
    caliper=st.floats(0, 0.4),
    blanks=st.sampled_from(Blanks),
)
counts = st.integers(1, 400)


def made(pages: int, page: Extent, wish: Wish, bleed: float = 0.0) -> Imposition:
    try:
        return impose(pages, page, wish, bleed)
    except PublisherError:
        assume(False)
        raise


def shrunk(wish: Wish) -> Extent:
    """A page that fits the paper."""
    share = largest_share(Extent(10, 14), wish)
    return Extent(10 * share, 14 * share)


def sides(imposition: Imposition) -> list[Side]:
    return [side for sheet in imposition.sheets for side in (sheet.front, sheet.back)]


@given(counts, wishes)
def test_every_page_stands_on_paper_once(pages: int, wish: Wish) -> None:
    imposition = made(pages, shrunk(wish), wish)
    found = Counter(place.page for side in sides(imposition) for place in side.places)
    del found[None]
    assert found == Counter(range(1, pages + 1))


@given(counts, wishes)
def test_folded_and_gathered_any_sheets_read_in_order(pages: int, wish: Wish) -> None:
    page = shrunk(wish)
    imposition = made(pages, page, wish)
    grid = fitted(page, wish)
    cuts = Cuts(grid.columns, grid.rows, grid.piece.width, grid.piece.height)
    papers = [
        Paper(sheet.extent.width, sheet.extent.height, seen(sheet.front), seen(sheet.back))
        for sheet in imposition.sheets
    ]
    signatures = imposition.gathering.signatures
    pieces = cut(papers, cuts, wish.turn.value)
    numbers = read(pieces, signatures, wish.binding.value, wish.scheme.name)
    assert [number for number in numbers if number] == list(range(1, pages + 1))
    last = pages if wish.blanks is Blanks.END else pages + imposition.gathering.blanks
    assert numbers[last - 1] == pages


def seen(side: Side) -> tuple[Printed, ...]:
    """The numbers of a side, each in the middle of its page's room."""
    return tuple(
        Printed(
            place.page,
            place.room.left + place.room.width / 2,
            place.room.bottom + place.room.height / 2,
            not place.is_turned,
        )
        for place in side.places
        if place.page is not None
    )


@given(counts, wishes, st.floats(0, 5))
def test_pages_lie_on_the_paper_beside_each_other(pages: int, wish: Wish, bleed: float) -> None:
    imposition = made(pages, shrunk(wish), wish, bleed)
    for side in sides(imposition)[:4]:
        within = imposition.sheets[0].extent
        rooms = [place.room for place in side.places]
        assert all(room.left >= -_SLACK and room.bottom >= -_SLACK for room in rooms)
        assert all(room.right <= within.width + _SLACK for room in rooms)
        assert all(room.top <= within.height + _SLACK for room in rooms)
        assert not any(overlap(a.room, b.room) for a in side.places for b in side.places if a != b)
        assert not any(overlap(a.seen, b.room) for a in side.places for b in side.places if a != b)


def overlap(one: Room, other: Room, hair: float = 1e-6) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > hair and up > hair


@given(counts, wishes, st.floats(0, 5))
def test_outer_marks_touch_no_page(pages: int, wish: Wish, bleed: float) -> None:
    imposition = made(pages, shrunk(wish), wish, bleed)
    side = imposition.sheets[0].front
    within = imposition.sheets[0].extent
    for line in side.marks:
        low, high = sorted((line.x1, line.x2)), sorted((line.y1, line.y2))
        hull = Room(low[0], high[0], low[1] - low[0], high[1] - high[0])
        assert hull.left >= -1e-6 - _SLACK
        assert hull.right <= within.width + _SLACK + 1e-6
        assert not any(strictly_inside(hull, place) for place in side.places)


def strictly_inside(hull: Room, place: Position) -> bool:
    """Whether a line runs through a page other than along its edge."""
    hair, room = 1e-6, place.room
    across = hull.right > room.left + hair and hull.left < room.right - hair
    return across and hull.top > room.bottom + hair and hull.bottom < room.top - hair


@given(counts, wishes)
def test_signatures_are_as_even_as_can_be_and_never_too_thick(pages: int, wish: Wish) -> None:
    try:
        gathering = gather_pages(pages, wish)
    except PublisherError:
        return
    sizes = gathering.signatures
    assert bool(sizes) == wish.scheme.is_folded
    if sizes:
        assert max(sizes) <= min(MOST_SHEETS, wish.signature or MOST_SHEETS)
        assert max(sizes) - min(sizes) <= 1
        assert sum(sizes) * 4 == pages + gathering.blanks


@given(counts, wishes)
def test_no_more_blanks_than_a_piece_of_paper_needs(pages: int, wish: Wish) -> None:
    imposition = made(pages, shrunk(wish), wish)
    assert imposition.gathering.blanks < (4 if wish.scheme.is_folded else 2)


@given(counts, wishes)
def test_creep_moves_pages_towards_the_fold_sheet_by_sheet(pages: int, wish: Wish) -> None:
    imposition = made(pages, shrunk(wish), wish)
    shifts = {abs(place.shift) for side in sides(imposition) for place in side.places}
    deepest = max(imposition.gathering.signatures, default=1) - 1
    assert max(shifts) == imposition.creep
    assert imposition.creep <= deepest * wish.caliper + 1e-9
    for side in sides(imposition):
        if wish.scheme.is_folded:
            assert abs(sum(place.shift for place in side.places)) < 1e-9


@given(extents, wishes)
def test_a_page_fits_or_the_largest_that_does_is_named(page: Extent, wish: Wish) -> None:
    share = largest_share(page, wish)
    try:
        fitted(page, wish)
    except PublisherError:
        assert share < 1
        fitted(Extent(page.width * share, page.height * share), wish)


@settings(max_examples=30)
@given(wishes)
def test_the_same_wish_gives_the_same_sheets(wish: Wish) -> None:
    page = shrunk(wish)
    assert made(30, page, wish) == made(30, page, wish)
