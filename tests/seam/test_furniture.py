"""Formes that can stand anywhere look as if they had been set where they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from publisher.composition.faces import font_files, read_faces
from publisher.composition.formes import Forme, Hint
from publisher.composition.information import Information
from publisher.composition.joining import Placed, joined
from publisher.composition.pages import Engine
from publisher.ground.errors import PublisherError
from publisher.ground.places import NOWHERE, Place
from tests.seam import stone

if TYPE_CHECKING:
    from weasyprint import Document

SIDES = """
@page { size: 300pt 260pt }
@page :left { margin: 40pt 60pt 40pt 30pt; %s }
@page :right { margin: 40pt 30pt 40pt 60pt; %s }
@page :first { @top-left { content: none } @top-right { content: none } }
section { string-set: head attr(data-head) }
h2 { bookmark-level: 1; font-size: 10pt; margin: 0 }
"""
TEXT = "他出门去了，走得很慢。" * 90
BODY = (
    '<section data-head="222 又 777"><h2 id="top">题</h2>'
    f'<p><a href="#there">看下面</a>{TEXT}</p><p id="there">{TEXT}</p></section>'
)
FOLIOS = {
    "outside": (
        "@bottom-left { width: 100%; content: counter(page) } @top-left { content: string(head) }",
        "@bottom-right { width: 100%; content: counter(page); text-align: right }",
    ),
    "centred": ("@bottom-center { content: '— ' counter(page) ' —' }",) * 2,
    "twice": ("@top-center { content: counter(page) } @bottom-center { content: counter(page) }",)
    * 2,
    "beside the head": (
        "@top-left { width: 100%; content: counter(page) '　' string(head) }",
        "@top-right { width: 100%; content: string(head) '　' counter(page); text-align: right }",
    ),
    "Chinese figures": ("@bottom-center { content: counter(page, cjk-decimal) }",) * 2,
    "none": ("", ""),
}
REFUSED = {
    "roman": "@page { @bottom-center { content: counter(page, lower-roman) } }",
    "letters": "@page { @bottom-center { content: counter(page, upper-alpha) } }",
    "all pages": "@page { @bottom-center { content: counter(page) '/' counter(pages) } }",
    "a ground": "@page { background: #ffe } @page { @bottom-center { content: counter(page) } }",
    "unequal sides": "@page :left { margin: 40pt 90pt 40pt 30pt }",
    "a page for one side": "p + p { break-before: right }",
    "numbers in words": "p::before { content: counter(page) }",
    "numbers of goals": "a::after { content: target-counter(attr(href), page) }",
    "a ground below": "@page { @bottom-center { content: counter(page); background: #fee } }",
    "a shade": "@page { @bottom-center { content: 'a'; background: linear-gradient(red, blue) } }",
    "numbers in heads": "p { string-set: n counter(page) } @page { @top-left{content: string(n)} }",
    "numbers in the outline": "h2 { bookmark-label: counter(page) }",
    "pages counted by twos": "@page { counter-increment: page 2 }",
    "other padding": "@page :left { padding-left: 9pt; margin-left: 21pt }",
    "a border": "@page { border-top: 1pt solid }",
    "another area of notes": "@page :left { @footnote { border-top: 1pt solid red } }",
    "a page half seen": "@page { opacity: 0.5 }",
    "no figures": "@page { @bottom-center { content: counter(page, japanese-informal) } }",
}


def engine(sheet: str, *, vertical: bool = False) -> Engine:
    stone.engine()
    return Engine(stone.SHEET + sheet, {}, vertical=vertical)


def document(number: int, recto: bool, body: str = BODY) -> str:
    side = "right" if recto else "left"
    style = f"html{{break-before:{side}}}@page :first{{counter-reset:page {number}}}"
    return stone.document(body, style)


def free(house: Engine, hint: Hint) -> Forme | None:
    return house.set_free(document(1, recto=True), "free", NOWHERE, hint)


def looks(placed: Placed) -> Iterator[tuple[bytes, str]]:
    """What is seen of each page, and what is read."""
    files = font_files(read_faces(stone.ROOT / "fonts"))
    pdf = pypdfium2.PdfDocument(joined([placed], Information(language="zh"), files))
    for leaf in pdf:
        yield leaf.render(scale=2).to_pil().tobytes(), leaf.get_textpage().get_text_range()


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("name", FOLIOS)
def test_a_free_forme_looks_like_one_set_for_its_place(name: str, vertical: bool) -> None:
    house = engine(SIDES % FOLIOS[name], vertical=vertical)
    forme = free(house, Hint(1, 10_000))
    assert forme is not None
    for number, recto in (
        (1, True),
        (2, False),
        (9, True),
        (98, False),
        (997, True),
        (9999, False),
    ):
        bound = house.set(document(number, recto), "bound")
        assert len(bound.pages) > 2
        assert list(looks(Placed(forme, number, recto))) == list(looks(Placed(bound)))


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_foreseen_is_set_for_its_place(name: str) -> None:
    assert free(engine(SIDES % ("", "") + REFUSED[name]), Hint(1, 1)) is None


class Idle(Engine):
    """An engine that sets nothing."""

    def lay_out(self, document: str, at: Place = NOWHERE) -> Document:
        raise AssertionError("an essay is set in vain")


def test_where_figures_stand_side_by_side_nothing_is_set_in_vain() -> None:
    stone.engine()
    folio = "@bottom-left { content: counter(page); text-combine-upright: all }"
    idle = Idle(stone.SHEET + SIDES % (folio, folio), {}, vertical=True)
    assert free(idle, Hint(1, 99)) is None


def test_a_head_that_leaves_the_page_is_refused_as_any_words_are() -> None:
    sheet = SIDES % (("@top-left { content: string(head); white-space: nowrap }",) * 2)
    body = BODY.replace("222 又 777", "长，" * 60)
    house = engine(sheet)
    with pytest.raises(PublisherError, match="words leave the page"):
        house.set(document(2, recto=False, body=body), "bound")
    with pytest.raises(PublisherError, match="words leave the page"):
        house.set_free(document(1, recto=True, body=body), "free", NOWHERE, Hint(1, 9))


def test_a_forme_serves_the_numbers_it_was_set_for() -> None:
    forme = free(engine(SIDES % FOLIOS["outside"]), Hint(1, 60))
    assert forme is not None
    assert forme.serves(Hint(1, 1))
    assert forme.serves(Hint(60, 60))
    assert not forme.serves(Hint(2000, 2000))


def test_links_and_goals_move_with_their_words() -> None:
    house = engine(SIDES % FOLIOS["outside"])
    forme = free(house, Hint(4, 4))
    assert forme is not None
    for recto in (True, False):
        bound = house.set(document(4, recto), "bound")
        assert _places(Placed(forme, 4, recto)) == _places(Placed(bound))


def _places(placed: Placed) -> list[object]:
    """Frames of links, and where names lead, in whole points."""
    files = font_files(read_faces(stone.ROOT / "fonts"))
    pdf = pikepdf.open(io.BytesIO(joined([placed], Information(language="zh"), files)))
    frames = [
        [round(float(edge)) for edge in annotation.Rect]
        for leaf in pdf.pages
        for annotation in leaf.get("/Annots", ())
    ]
    goals = {
        name: [round(float(it)) for it in list(goal)[2:4]]
        for name, goal in pikepdf.NameTree(pdf.Root.Names.Dests).items()
    }
    with pdf.open_outline() as outline:
        lines = [[round(float(it)) for it in list(row.destination)[2:4]] for row in outline.root]
    assert frames
    assert goals
    assert lines
    return [frames, goals, lines]
