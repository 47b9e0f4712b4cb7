"""The writer of PDFs: outlines, names, numbers, fonts and pictures read back by another library."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.composition import objects
from publisher.composition.faces import font_files, read_faces
from publisher.composition.formes import Forme
from publisher.composition.information import Information, PageLabels
from publisher.composition.joining import Placed, joined
from publisher.composition.objects import Objects, dictionary, reference
from publisher.composition.outlines import Line, Outline
from publisher.composition.pages import Engine, remarked
from tests.seam import stone


def written(*formes: Forme, labels: tuple[PageLabels, ...] = ()) -> bytes:
    files = font_files(read_faces(stone.ROOT / "fonts"))
    information = Information(title="书", date="2020-06-01T00:00:00Z", language="zh-Hans")
    return joined([Placed(it) for it in formes], information, files, labels)


def opened(*formes: Forme, labels: tuple[PageLabels, ...] = ()) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(written(*formes, labels=labels)))


def forme(body: str, name: str = "one", style: str = "") -> Forme:
    return stone.engine().set(stone.document(body, style), name)


# Objects ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["plain", "a (b) \\ c)", "书（一）", "", "é", "𠮷 12 0 R", "1 0 R"]
)
def test_words_are_read_back_as_they_were_written(words: str) -> None:
    file = Objects()
    catalogue, pages, information = (file.reserve() for _ in range(3))
    rows = [
        dictionary([("Type", b"/Catalog"), ("Pages", reference(pages))]),
        dictionary([("Type", b"/Pages"), ("Kids", b"[]"), ("Count", b"0")]),
        dictionary([("Title", objects.text(words))]),
    ]
    file.pack((catalogue, pages, information), rows)
    read = pikepdf.open(io.BytesIO(file.finish(catalogue, information)))
    assert str(read.docinfo.Title) == words


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3, b"3"), (3.0, b"3"), (-0.5, b"-0.5"), (1e-9, b"0.0"), (1 / 3, b"0.333333")],
)
def test_numbers_have_no_exponent(value: float, shown: bytes) -> None:
    assert float(objects.number(value)) == float(shown)
    assert b"e" not in objects.number(value)


# Outline ------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=30))
def test_a_line_stands_under_the_last_one_of_a_lower_level(ranks: list[tuple[int, bool]]) -> None:
    lines = [
        Line(level, closed, b"/Title (%d)" % index) for index, (level, closed) in enumerate(ranks)
    ]
    found = list(_tree(lines))
    assert [index for index, _ in found] == list(range(len(ranks)))
    for index, parent in found:
        lower = [it for it in range(index) if ranks[it][0] < ranks[index][0]]
        between = [
            it for it in lower if all(ranks[k][0] >= ranks[index][0] for k in range(it + 1, index))
        ]
        assert parent == (between[-1] if between else -1)


def _tree(lines: list[Line]) -> list[tuple[int, int]]:
    """Every line with its parent, as another library walks them."""
    file = Objects()
    catalogue, pages, information = (file.reserve() for _ in range(3))
    root = file.reserve(len(lines) + 1)
    file.pack(range(root, root + len(lines) + 1), Outline(lines, root).written())
    rows = [
        dictionary([("Pages", reference(pages)), ("Outlines", reference(root))]),
        dictionary([("Type", b"/Pages"), ("Kids", b"[]"), ("Count", b"0")]),
        dictionary([]),
    ]
    file.pack((catalogue, pages, information), rows)
    read = pikepdf.open(io.BytesIO(file.finish(catalogue, information)))
    rows_found: list[tuple[int, int]] = []

    def walk(node: pikepdf.Object, parent: int) -> int:
        shown, child, before = 0, node.get("/First"), None
        while child is not None:
            index = int(str(child.Title))
            rows_found.append((index, parent))
            assert child.get("/Prev") == before
            below = walk(child, index)
            shown += 1 + (0 if lines[index].is_closed else below)
            before, child = child, child.get("/Next")
        count = shown if parent < 0 or not lines[parent].is_closed else -shown
        assert node.get("/Count", 0) == count
        return shown

    walk(read.Root.Outlines, -1)
    return rows_found


# Formes -------------------------------------------------------------------------------------------


def test_links_lead_from_one_forme_into_another() -> None:
    there = forme('<p id="目的地">那里</p>', "two")
    here = forme('<p><a href="#目的地">去</a></p>')
    file = opened(here, there)
    (link,) = file.pages[0].Annots
    goal = pikepdf.NameTree(file.Root.Names.Dests)[str(link.Dest)]
    assert goal[0] == file.pages[1].obj


def test_a_link_to_nothing_is_remarked_on_and_one_into_another_forme_is_not() -> None:
    here = forme('<p><a href="#目的地">去</a><a href="#没有">无</a></p>')
    (notice,) = remarked([here, forme('<p id="目的地">那里</p>', "two")])
    assert "#没有" in str(notice.message)


def test_a_picture_of_two_formes_is_there_once() -> None:
    body = '<p><img src="dot.png" alt="点"/></p>'
    file = opened(forme(body), forme(body, "two"))
    pictures = {it.objgen for leaf in file.pages for it in leaf.Resources.XObject.values()}
    assert len(pictures) == 1


def test_a_font_of_two_formes_is_there_once_and_shows_the_glyphs_of_both() -> None:
    file = opened(forme("<p>天</p>"), forme("<p>地</p>", "two"))
    programs = {
        font.DescendantFonts[0].FontDescriptor.FontFile3.objgen
        for leaf in file.pages
        for font in leaf.Resources.Font.values()
    }
    assert len(programs) == 1
    read = pypdfium2.PdfDocument(written(forme("<p>天</p>"), forme("<p>地</p>", "two")))
    assert [leaf.get_textpage().get_text_range() for leaf in read] == ["天", "地"]


def test_one_glyph_stands_for_two_characters_in_two_formes() -> None:
    # The Kangxi radical and the ideograph are one glyph of the font.
    read = pypdfium2.PdfDocument(written(forme("<p>⼈</p>"), forme("<p>人</p>", "two")))
    assert [leaf.get_textpage().get_text_range() for leaf in read] == ["⼈", "人"]


def test_labels_information_and_language_are_told() -> None:
    file = opened(forme("<p>书</p>"), labels=(PageLabels(0, "r", 5, "前"),))
    assert file.Root.Lang == "zh-Hans"
    assert file.docinfo.Title == "书"
    assert file.docinfo.CreationDate == "D:20200601000000Z"
    (row,) = pikepdf.NumberTree(file.Root.PageLabels).values()
    assert (row.S, row.St, row.P) == ("/r", 5, "前")


def test_every_piece_of_content_leads_to_its_element_and_back() -> None:
    table = "<table><tr><th>甲</th><th>乙</th></tr><tr><td>一</td><td>二</td></tr></table>"
    file = opened(
        *(forme(f"<p>文</p>{table}<p><a href='https://a.b'>网</a></p>", it) for it in "ab")
    )
    parents = pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree)
    for leaf in file.pages:
        assert all(it.Type == "/StructElem" for it in parents[int(leaf.StructParents)])
        for annotation in leaf.Annots:
            assert parents[int(annotation.StructParent)].S == "/Link"
    heads = [str(it.ID) for it in file.objects if _is(it, "/TH")]
    named = {str(head) for it in file.objects if _is(it, "/TD") for head in it.A.Headers}
    assert len(heads) == len(set(heads)) == 4
    assert named == set(heads)


def _is(found: pikepdf.Object, tag: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == tag


def test_an_ornament_is_no_figure_and_a_picture_with_words_is() -> None:
    body = '<p><img src="dot.png" alt=""/><img src="dot.png" alt="点"/></p>'
    file = opened(forme(body))
    figures = [it for it in file.objects if _is(it, "/Figure")]
    assert [str(it.Alt) for it in figures] == ["点"]


def test_the_same_formes_give_the_same_bytes_whoever_set_them() -> None:
    stone.engine()
    other = Engine(stone.SHEET, stone.RESOURCES)
    bodies = ("<p>春眠不觉晓</p>", "<p>处处闻啼鸟<em>鸟</em></p>")
    rows = [
        [house.set(stone.document(it), it) for it in bodies] for house in (stone.engine(), other)
    ]
    assert rows[0] == rows[1]
    assert written(*rows[0]) == written(*rows[1])
