"""A long essay in several documents: nothing lost, nothing moved, every link leads where it led."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urldefrag

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from properties import strategies as own

from publisher.composition.documents import Document, framed
from publisher.composition.markup import Medium, anchor_of, essay_markup, notes_markup
from publisher.composition.portions import Portion, portions
from publisher.ground.visible import visible
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript
from tests.reading import EPUB_TYPE, NAMES

ESSAY = Manuscript("a.md", "渡口", "", ("叶蓁",), "二月", "", "", (), ())
NAME = anchor_of("a")
MEDIUM = Medium("epub", lambda path: path, lambda anchor: f"{anchor}.xhtml", notes_at_call=False)
ORDINARY = "{notes}"
WRAPPED = '<section class="notes"><div>{notes}</div></section>'


def whole(essay: Manuscript, notes: str = ORDINARY) -> Document:
    """An essay as a layout would set it: head, body, foot, notes."""
    body = (
        f'<section id="{NAME}" epub:type="chapter" role="doc-chapter">\n'
        "<header><h1>渡口</h1></header>"
        f'\n<div class="essay-body">\n{essay_markup(essay, MEDIUM)}\n</div>'
        f"<footer><p>二月</p></footer>{notes.format(notes=notes_markup(essay, MEDIUM))}</section>"
        '<nav class="siblings"><p>另有</p></nav>'
    )
    return Document(framed("zh-Hans", "渡口", body, "../book.css"))


def divided(essay: Manuscript, limit: int, notes: str = ORDINARY) -> tuple[Portion, ...]:
    return portions(whole(essay, notes), NAME, limit)


def paragraphs(*texts: str) -> m.Blocks:
    return tuple(m.Paragraph((m.Text(text),), 1) for text in texts)


def heading(words: str, level: int = 2) -> m.Heading:
    return m.Heading(level, (m.Text(words),), 1)


def words(document: Document, kinds: str) -> str:
    """What shows in the text (`text`) or in the notes (`notes`) of a document."""
    test = "ancestor::x:aside" if kinds == "notes" else "not(ancestor::x:aside)"
    found = document.body.xpath(f".//text()[{test}]", namespaces=NAMES)
    return visible("".join(map(str, found)))


def ends(made: tuple[Portion, ...]) -> list[str]:
    """The first words of each portion but the first."""
    return [words(it.document, "text")[:2] for it in made[1:]]


def _calling(text: str, numbers: list[int]) -> m.Paragraph:
    """A paragraph that calls notes."""
    return m.Paragraph((m.Text(text), *map(m.NoteReference, numbers)), 1)


@st.composite
def essays(draw: st.DrawFn) -> Manuscript:
    """Essays of all kinds of blocks, with notes that are called once, often, or by other notes."""
    numbers = range(1, draw(st.integers(0, 4)) + 1)
    calls = st.lists(st.sampled_from(numbers), max_size=2) if numbers else st.just([])
    paragraph = st.builds(_calling, own.words, calls)
    rows = draw(st.lists(st.one_of(own.blocks, paragraph.map(lambda it: (it,))), max_size=9))
    called = m.Paragraph(tuple(map(m.NoteReference, numbers)), 1)
    blocks = (*(block for row in rows for block in row), called)
    notes = tuple(m.Note(number, paragraphs(draw(own.words)), 1) for number in numbers)
    return replace(ESSAY, blocks=blocks, notes=notes)


@given(essays(), st.integers(1, 80), st.sampled_from([ORDINARY, WRAPPED]))
def test_no_word_is_lost_or_moved_and_every_link_leads_somewhere(
    essay: Manuscript, limit: int, notes: str
) -> None:
    before = whole(essay, notes)
    made = divided(essay, limit, notes)
    assert "".join(words(it.document, "text") for it in made) == words(before, "text")
    assert sorted("".join(words(it.document, "notes") for it in made)) == sorted(
        words(before, "notes")
    )
    assert [it.name for it in made] == [NAME, *(f"{NAME}_{n + 2}" for n in range(len(made) - 1))]
    places = {(it.name, identity) for it in made for identity in it.document.identities}
    assert sorted(it for _, it in places) == sorted(before.identities)
    for name, target, fragment in links(made):
        assert not fragment or (target or name, fragment) in places
        assert target in {"", "essay-门", *(it.name for it in made)} or not fragment


def links(made: tuple[Portion, ...]) -> Iterator[tuple[str, str, str]]:
    """Of each link within the book: the document it stands in, the one it leads to, the id."""
    for portion in made:
        for link in portion.document.body.iter("{*}a"):
            address = link.get("href") or ""
            if not address.startswith("https:"):
                target, fragment = urldefrag(address)
                yield portion.name, target.removesuffix(".xhtml"), fragment


@given(essays(), st.integers(1, 80))
def test_a_note_stands_with_its_first_call_and_leads_back_within_one_document(
    essay: Manuscript, limit: int
) -> None:
    made = divided(essay, limit)
    homes = {identity: it.name for it in made for identity in it.document.identities}
    for note in essay.notes:
        assert homes[f"{NAME}_n{note.number}"] == homes[f"{NAME}_n{note.number}_call"]
    for portion in made:
        for link in portion.document.body.iterfind(".//x:a[@role='doc-backlink']", NAMES):
            assert (link.get("href") or "").startswith("#")


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.integers(10, 60))
def test_no_portion_is_longer_than_the_limit_unless_a_block_is(
    lengths: list[int], limit: int
) -> None:
    made = divided(replace(ESSAY, blocks=paragraphs(*("雪" * n for n in lengths))), limit)
    furniture = len("渡口" + "二月" + "另有")
    for portion in made:
        text = words(portion.document, "text")
        assert len(text) <= max(limit, max(lengths) + furniture)
        assert text


def test_what_is_short_stays_as_it_is() -> None:
    document = whole(replace(ESSAY, blocks=paragraphs("雪" * 50)))
    (only,) = portions(document, NAME, 80)
    assert only.document.content == document.content


def test_portions_are_of_one_length_rather_than_full_with_a_rest() -> None:
    blocks = paragraphs(*(f"{n:03}{'雪' * 7}" for n in range(12)))
    made = divided(replace(ESSAY, blocks=blocks), 100)
    assert ends(made) == ["00"]
    first, second = (words(it.document, "text") for it in made)
    assert abs(len(first) - len(second)) <= 10


def test_a_portion_begins_at_a_heading_near_by_and_never_ends_with_one() -> None:
    texts = paragraphs("雪" * 20, "夜" * 20, "桥" * 20, "封" * 20)
    far = replace(ESSAY, blocks=(*texts[:1], heading("甲"), *texts[1:]))
    assert ends(divided(far, 70)) == ["桥桥"]
    near = replace(ESSAY, blocks=(*texts[:3], heading("甲"), *texts[3:]))
    assert ends(divided(near, 80)) == ["甲封"]
    low = replace(ESSAY, blocks=(*texts[:2], heading("乙", 4), *texts[2:]))
    assert ends(divided(low, 60)) == ["乙桥"]


def test_a_block_is_never_divided_and_a_foot_never_left_alone() -> None:
    made = divided(replace(ESSAY, blocks=paragraphs("雪" * 500)), 50)
    assert len(made) == 1
    made = divided(replace(ESSAY, blocks=paragraphs("雪" * 500, "夜" * 5)), 50)
    assert ends(made) == ["夜夜"]
    verse = m.Verse((((m.Text("雪" * 40),),), ((m.Text("夜" * 40),),)), 1)
    assert ends(divided(replace(ESSAY, blocks=(verse, *paragraphs("桥"))), 50)) == ["桥二"]


def test_an_essay_goes_on_without_beginning_again() -> None:
    made = divided(replace(ESSAY, blocks=paragraphs(*["雪" * 30] * 4)), 70)
    assert len(made) > 1
    for number, portion in enumerate(made, start=1):
        root = etree.fromstring(portion.document.content)
        section = root.find(".//x:section", NAMES)
        first = number == 1
        assert (section.get("id") == NAME) is first
        assert (section.get("role") is not None) is first
        assert (section.get(EPUB_TYPE) is not None) is first
        assert root.findtext(".//x:title", namespaces=NAMES) == (
            "渡口" if first else f"渡口 ({number})"
        )
        assert re.match(rb"<\?xml[^>]+>\s*<!DOCTYPE html>", portion.document.content)
