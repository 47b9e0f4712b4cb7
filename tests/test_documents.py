"""Marks in documents: page breaks and runs set apart, with no word added, lost or moved."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publisher.composition.documents import Document, framed
from publisher.composition.faces import read_faces
from publisher.composition.subsets import cut
from publisher.ground.visible import place_of, visible
from publisher.model.artefact import PageStart
from tests.reading import EPUB_TYPE, NAMES, ROOT

BODY = (
    '<section id="s"><h1>渡口</h1><p>河上起了<em>雾</em>，'
    "<ruby>渡<rt>dù</rt></ruby>船不来"
    '<a epub:type="noteref" href="#n"><sup>1</sup></a>。</p>'
    '<figure><img src="a.png" alt="岸"/><figcaption>对岸</figcaption></figure>'
    '<p>有人 喊船</p><aside id="n"><p>注：𠀀</p></aside></section>'
)
HERE = "\ue000"
# What is counted: no reading, no call, no note; the picture as one.
TEXT = "渡口河上起了雾，渡船不来。\ufffc对岸有人喊船"


def document(body: str = BODY) -> Document:
    return Document(framed("zh-Hans", "渡口", body, "../book.css"))


def start(character: int, label: str = "7") -> PageStart:
    return PageStart(label, "s", character, TEXT[character : character + 4])


def words(content: bytes) -> str:
    return "".join(etree.fromstring(content).find("x:body", NAMES).itertext())


def before(content: bytes, label: str) -> str:
    """The counted text that stands before a page break."""
    body = etree.fromstring(content).find("x:body", NAMES)
    (mark,) = body.xpath(f"//*[@id='page-{label}']")
    mark.text = HERE
    for image in body.iterfind(".//x:img", NAMES):
        image.text = "\ufffc"
    etree.strip_elements(body, "{*}rt", "{*}aside", "{*}a", with_tail=False)
    return visible("".join(body.itertext())).partition(HERE)[0]


@pytest.mark.parametrize("character", range(1, len(TEXT)))
def test_a_page_break_stands_before_its_character_wherever_that_is(character: int) -> None:
    made = document()
    (mark,) = made.mark_pages((start(character),))
    assert mark.identity == "page-7"
    assert words(made.content) == words(document().content)
    assert before(made.content, "7") == TEXT[:character]


def test_the_first_page_stands_at_the_head_of_its_section() -> None:
    made = document()
    made.mark_pages((PageStart("1", "s", 0, "渡口"),))
    section = etree.fromstring(made.content).find(".//x:section", NAMES)
    assert section[0].get("id") == "page-1"
    assert section[0].get(EPUB_TYPE) == "pagebreak"
    assert (section[0].get("role"), section[0].get("aria-label")) == ("doc-pagebreak", "1")


def test_a_page_break_stands_before_a_whole_ruby_and_before_a_picture() -> None:
    made = document()
    made.mark_pages((start(TEXT.index("船"), "8"), start(TEXT.index("\ufffc"), "9")))
    tree = etree.fromstring(made.content)
    assert tree.find(".//x:ruby", NAMES).getparent().find("x:ruby/x:span", NAMES) is None
    (picture,) = tree.iterfind(".//x:img", NAMES)
    assert picture.getprevious().get("id") == "page-9"


def test_several_pages_may_begin_in_one_run() -> None:
    made = document("<section><p>一二三四五六七八九</p></section>")
    starts = tuple(
        PageStart(str(n), "s", place, "一二三四五六七八九"[place : place + 2])
        for n, place in enumerate((0, 2, 5, 6), start=1)
    )
    assert [mark.label for mark in made.mark_pages(starts)] == ["1", "2", "3", "4"]
    assert words(made.content).strip() == "一二三四五六七八九"
    marks = etree.fromstring(made.content).xpath("//x:p/x:span", namespaces=NAMES)
    assert [mark.tail for mark in marks] == ["三四五", "六", "七八九"]


def test_a_page_is_found_by_its_words_where_the_count_is_out() -> None:
    made = document()
    made.mark_pages((PageStart("7", "s", 2, "船不来"),))
    assert before(made.content, "7") == TEXT[: TEXT.index("船不来")]


def test_a_page_whose_words_are_nowhere_gets_no_mark() -> None:
    made = document()
    assert made.mark_pages((PageStart("7", "s", 4, "没有这话"),)) == ()
    assert made.content == document().content


def test_runs_are_set_apart_as_they_stand_notes_included_readings_not() -> None:
    made = document("<section><p>甲𠀀𠀁乙𠀂<em>𠀃</em></p><ruby>渡<rt>𠀄</rt></ruby></section>")
    made.set_apart(re.compile("[\U00020000-\U0003ffff]+"), "rare")
    spans = etree.fromstring(made.content).xpath("//x:span[@class='rare']", namespaces=NAMES)
    assert [span.text for span in spans] == ["𠀀𠀁", "𠀂", "𠀃"]
    assert words(made.content).strip() == "甲𠀀𠀁乙𠀂𠀃渡𠀄"


def test_what_is_empty_keeps_its_end_for_readers_that_parse_html() -> None:
    made = document('<section><p id="p"></p><p>甲12<br/>乙</p></section>')
    made.set_apart(re.compile("[0-9]+"), "upright")
    assert b'<p id="p"></p>' in made.content
    assert b"<br/>" in made.content


@given(st.text("甲乙 \n1", max_size=12), st.integers(0, 12))
def test_the_place_of_a_visible_character_is_where_it_stands(text: str, number: int) -> None:
    place = place_of(text, number)
    assert len(visible(text[:place])) == min(number, len(visible(text)))
    assert place == len(text) or visible(text[place])


# Fonts for an EPUB -------------------------------------------------------------------------------


def test_a_font_that_may_travel_in_pdfs_alone_is_left_out() -> None:
    faces = read_faces(ROOT / "fonts")
    family = next(face.family for face in faces if "PS-or-PDF" in face.licence)
    uses = {("body", 400): frozenset("正文")}
    made = cut(faces, dict.fromkeys(("body", "heading", "other", "label"), (family,)), uses)
    assert made.members == ()
