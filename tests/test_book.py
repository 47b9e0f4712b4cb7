"""A converted collection together with its layout: divisions, passages, markup, sheets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import FaultsOf
from lxml import etree

from publisher.composition.book import Book
from publisher.composition.divisions import Division, divide
from publisher.composition.faces import read_faces
from publisher.composition.layout import read_layout
from publisher.composition.markup import Medium
from publisher.ground.errors import Remedy
from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.collection import About, Collection, Contributor, Imprint, Part
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import SCRIPTS
from publisher.press.places import shared_folder
from publisher.typography.pagesize import SIZES
from publisher.typography.typearea import type_area

MEDIUM = Medium("print", lambda path: path, lambda anchor: f"#{anchor}", notes_at_call=True)


def _essay(name: str, *authors: str) -> Manuscript:
    body = (m.Paragraph((m.Text(f"文{name}"), m.Ruby((("砻", "lóng"),)), m.NoteReference(1)), 3),)
    note = m.Note(1, (m.Paragraph((m.Text(f"注{name}"),), 7),), 7)
    return Manuscript(
        f"{name}.md",
        f"题{name}",
        f"副{name}",
        authors,
        f"时{name}",
        f"源{name}",
        f"记{name}",
        body,
        (note,),
    )


COLLECTION = Collection(
    about=About(
        "书名", "book", "zh-Hans", "书副", ("编者",), "2020-06-01", "版一", "号一", "权利", "简介"
    ),
    imprint=Imprint("印社", "地名"),
    front=(_essay("p"),),
    parts=(
        Part("辑一", (_essay("a", "叶蓁"), _essay("b", "叶蓁", "卢有田"))),
        Part("辑二", (_essay("c"),)),
    ),
    back=(_essay("z"),),
    contributors=(Contributor("叶蓁", "守桥<人>"),),
    pictures=(),
)
LAYOUT = read_layout("base", (shared_folder("layouts"),), Place())
FACES = read_faces(shared_folder("fonts"))
BOOK = Book(COLLECTION, LAYOUT, SCRIPTS["hans"], FACES, "书")


def _division(kind: str) -> Division:
    return next(division for division in BOOK.divisions if division.kind == kind)


def _markup(kind: str, book: Book = BOOK) -> etree._Element:
    written = book.markup(_division(kind), MEDIUM, {}, SIZES["A5"])
    return etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{written}</div>')


def _words(tree: etree._Element) -> str:
    return "".join(tree.itertext())


# ---- divisions ----


def test_divisions_follow_the_layouts_order_of_matter() -> None:
    assert [d.anchor for d in BOOK.divisions] == [
        "cover", "half-title", "title-page", "imprint-page", "contents", "essay-p",
        "part-1", "essay-a", "essay-b", "part-2", "essay-c", "essay-z", "contributors",
        "author-index", "colophon",
    ]  # fmt: skip


def test_a_division_knows_its_level_place_part_and_authors() -> None:
    essay = next(d for d in BOOK.divisions if d.anchor == "essay-b")
    assert (essay.level, essay.place, essay.part) == (2, "body", "辑一")
    assert essay.authors == ("叶蓁", "卢有田")
    levels = {d.anchor: (d.level, d.place) for d in BOOK.divisions}
    assert levels["essay-p"] == (1, "front")
    assert levels["part-1"] == (1, "body")
    assert levels["essay-z"] == (1, "back")
    assert levels["cover"] == (0, "front")


def test_matter_that_is_not_there_is_left_out() -> None:
    loose = replace(
        COLLECTION, front=(), back=(), contributors=(), parts=(Part("", (_essay("a"),)),)
    )
    divisions = divide(loose, replace(LAYOUT, order=("front", "parts", "back", "contributors")), {})
    assert [(d.anchor, d.level) for d in divisions] == [("essay-a", 1)]


def test_a_kind_of_matter_that_does_not_exist_is_the_designers_fault(faults_of: FaultsOf) -> None:
    layout = replace(LAYOUT, order=("cover", "content"))
    (fault,) = faults_of(lambda: divide(COLLECTION, layout, {}))
    assert (fault.at, fault.remedy) == (
        Place("layouts/base/layout.toml", key="order"),
        Remedy.DESIGNER,
    )
    assert str(fault.hint) == 'did you mean "contents"?'


def test_anchors_are_the_same_in_every_script() -> None:
    other = replace(BOOK, script=SCRIPTS["hant-tw"])
    assert [d.anchor for d in other.divisions] == [d.anchor for d in BOOK.divisions]


# ---- passages ----


@pytest.mark.parametrize(
    "words",
    ["书名", "书副", "编者", "版一", "号一", "权利", "简介", "印社", "地名", "辑一", "辑二", "叶蓁",
     "守桥<人>", "题a", "副a", "卢有田", "时a", "源a", "记a", "文p", "注z", "lóng",
     "目录", "版权页"],
)  # fmt: skip
def test_every_word_that_is_set_is_among_the_passages(words: str) -> None:
    assert any(words in text for text, _ in BOOK.passages())


def test_a_passage_has_the_line_of_its_block() -> None:
    places = {at for text, at in BOOK.passages() if "文b" in text or "注b" in text}
    assert places == {Place("书/b.md", 3), Place("书/b.md", 7)}


# ---- faces ----


def test_only_faces_that_a_role_names_are_used() -> None:
    families = {family for stack in LAYOUT.stacks("hans").values() for family in stack}
    assert {face.family for face in BOOK.used_faces} == families & {f.family for f in FACES}


def test_a_collections_own_face_is_the_last_resort_of_every_role() -> None:
    own = replace(FACES[0], family="Own", role="extra")
    book = replace(BOOK, faces=(*FACES, own))
    assert {stack[-1] for stack in book.stacks.values()} == {"Own"}
    assert own in book.used_faces


# ---- markup and sheets ----


@pytest.mark.parametrize("kind", sorted({d.kind for d in BOOK.divisions}))
def test_every_kind_of_division_is_well_formed_in_every_script_and_has_its_id(kind: str) -> None:
    for script in SCRIPTS.values():
        tree = _markup(kind, replace(BOOK, script=script))
        assert _division(kind).anchor in tree.xpath("//@id")


def test_a_book_with_nothing_but_a_title_still_fills_every_template() -> None:
    bare = Collection(
        About("书", "b", "zh-Hans"), Imprint(), (),
        (Part("辑", (replace(_essay("a"), notes=(), blocks=()),)),),
        (), (Contributor("甲", ""),), (),
    )  # fmt: skip
    book = replace(BOOK, collection=bare)
    for division in book.divisions:
        etree.fromstring(f'<div xmlns:epub="x">{book.markup(division, MEDIUM)}</div>')


def test_the_title_page_says_what_was_declared_and_the_date_in_words() -> None:
    words = _words(_markup("title-page"))
    assert all(word in words for word in ("书名", "书副", "编者", "印社", "地名", "2020年6月1日"))


def test_the_imprint_page_says_what_a_library_asks_for() -> None:
    words = _words(_markup("imprint-page"))
    assert all(word in words for word in ("版一", "号一", "权利", "简介", "A5", "148 × 210"))


@pytest.mark.parametrize(
    ("identifier", "label", "shown"),
    [
        ("978-7-02-000220-7", "书号", "ISBN 978-7-02-000220-7"),
        ("ISBN: 9787020002207", "书号", "ISBN 9787020002207"),
        ("978-7-02-000220-8", "标识", "978-7-02-000220-8"),
        ("halfstone-1", "标识", "halfstone-1"),
    ],
)
def test_an_isbn_is_called_one_and_another_name_is_not(
    identifier: str, label: str, shown: str
) -> None:
    about = replace(COLLECTION.about, identifier=identifier)
    tree = _markup("imprint-page", replace(BOOK, collection=replace(COLLECTION, about=about)))
    facts = dict(zip(tree.iter("dt"), tree.iter("dd"), strict=True))
    assert shown in {dd.text for dt, dd in facts.items() if dt.text == label}


def test_the_contents_list_what_has_a_level_with_its_label() -> None:
    written = BOOK.markup(_division("contents"), MEDIUM, {"essay-b": "17"})
    tree = etree.fromstring(f'<div xmlns:epub="x">{written}</div>')
    rows = {a.get("href"): a.get("data-label") for a in tree.iter("a")}
    assert list(rows) == [f"#{d.anchor}" for d in BOOK.divisions_for("print") if d.level]
    assert rows["#essay-b"] == "17"
    assert "叶蓁、卢有田" in _words(tree)


def test_an_essay_is_set_with_title_byline_body_and_foot() -> None:
    division = next(d for d in BOOK.divisions if d.anchor == "essay-b")
    tree = etree.fromstring(f'<div xmlns:epub="x">{BOOK.markup(division, MEDIUM)}</div>')
    words = _words(tree)
    order = ["题b", "副b", "叶蓁、卢有田", "文b", "注b", "时b", "源b", "记b"]
    assert sorted(order, key=words.index) == order
    assert tree[0].get("data-verso") == "辑一"


def test_the_contributors_notes_name_their_essays() -> None:
    tree = _markup("contributors")
    assert "守桥<人>" in _words(tree)
    assert [a.get("href") for a in tree.iter("a")] == ["#essay-a", "#essay-b"]


def test_the_number_of_characters_counts_every_han_character_once() -> None:
    one = replace(COLLECTION, front=(), back=(), parts=(Part("", (_essay("a"),)),))
    text = "题副时源记文砻注"
    assert f"{len(text)}字" in _words(_markup("imprint-page", replace(BOOK, collection=one)))


def test_a_sheet_holds_the_designers_quantities_and_base_comes_first() -> None:
    layout = read_layout("chapbook", (shared_folder("layouts"),), Place())
    area = type_area(SIZES["A5"], layout.design)
    book = replace(BOOK, layout=layout)
    sheet = book.sheet(("common.css", "pages.css"), SIZES["A5"], area)
    assert "{{" not in sheet
    assert "{%" not in sheet
    assert dict(layout.tokens)["accent"] in sheet
    assert "Publisher Serif SC" in sheet
