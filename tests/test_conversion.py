"""A collection in one script becomes the same collection in another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.model import matter as m
from publisher.model.collection import About, Collection, Contributor, Imprint, Part
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import LANGUAGES, SCRIPTS, Script
from publisher.script.essays import require_length
from publisher.script.opencc import converter
from publisher.script.rules import configuration_for
from tests.converting import new_words
from tests.script.books import converted

TAIWAN, HONG_KONG, SIMPLIFIED = (SCRIPTS[name] for name in ("hant-tw", "hant-hk", "hans"))
BODY: m.Inlines = (
    m.Text("他说：“头"),
    m.Emphasis((m.Text("发"),)),
    m.Text("白了。”"),
    m.Kept("门"),
    m.Link("https://example.org/门", (m.Text("里面"),)),
    m.NoteReference(1),
)
ESSAY = Manuscript(
    path="门.md",
    title="后门",
    subtitle="里面",
    authors=("叶圣陶",),
    date="二〇二〇年",
    source="《医报》",
    note="删节",
    blocks=(m.Paragraph(BODY, 5),),
    notes=(m.Note(1, (m.Paragraph((m.Text("注脚"),), 7),), 7),),
)
BOOK = Collection(
    about=About(
        "后门", "hou-men", "zh-Hans", "里面", ("编辑",), "2020", "1.0", "门-1", "权利", "简介"
    ),
    imprint=Imprint("印社", "砻渡镇"),
    front=(),
    parts=(Part("上车", (ESSAY,)),),
    back=(),
    contributors=(Contributor("叶圣陶", "医生"),),
    pictures=(),
)


def in_script(collection: Collection, script: Script) -> Collection:
    return converted(collection, script.name).collection


def test_a_passage_is_converted_whole_across_its_marks() -> None:
    (essay,) = in_script(BOOK, TAIWAN).essays()
    (paragraph,) = essay.blocks
    assert paragraph == m.Paragraph(
        (
            m.Text("他說：「頭"),
            m.Emphasis((m.Text("髮"),)),
            m.Text("白了。」"),
            m.Kept("门"),
            m.Link("https://example.org/门", (m.Text("裡面"),)),
            m.NoteReference(1),
        ),
        5,
    )


def test_every_word_of_the_front_matter_and_the_notes_is_converted() -> None:
    (essay,) = in_script(BOOK, TAIWAN).essays()
    assert (essay.title, essay.subtitle, essay.authors) == ("後門", "裡面", ("葉聖陶",))
    assert (essay.source, essay.note) == ("《醫報》", "刪節")
    assert essay.notes == (m.Note(1, (m.Paragraph((m.Text("註腳"),), 7),), 7),)


def test_the_declared_words_and_the_language_change_and_names_of_things_do_not() -> None:
    book = in_script(BOOK, TAIWAN)
    about = book.about
    assert (about.title, about.subtitle, about.editors) == ("後門", "裡面", ("編輯",))
    assert (about.rights, about.description) == ("權利", "簡介")
    assert (about.slug, about.identifier, about.date) == ("hou-men", "门-1", "2020")
    assert about.language == "zh-Hant-TW"
    assert (book.imprint, book.parts[0].title) == (Imprint("印社", "礱渡鎮"), "上車")
    assert book.contributors == (Contributor("葉聖陶", "醫生"),)


def test_a_contributors_name_agrees_with_the_byline_in_every_script() -> None:
    for script in SCRIPTS.values():
        book = in_script(BOOK, script)
        assert book.contributors[0].name in next(book.essays()).authors


def test_paths_and_identities_are_shared_between_scripts() -> None:
    names = {next(in_script(BOOK, s).essays()).identity for s in SCRIPTS.values()}
    assert names == {ESSAY.identity}


def test_regions_differ_where_their_habits_do() -> None:
    (essay,) = in_script(BOOK, HONG_KONG).essays()
    assert essay.subtitle == "裏面"


def test_simplified_to_simplified_is_the_same_book() -> None:
    assert in_script(BOOK, SIMPLIFIED) == BOOK


def test_a_book_already_in_the_wanted_script_is_not_touched() -> None:
    book = in_script(BOOK, TAIWAN)
    assert in_script(book, TAIWAN) is book


def test_every_essay_of_a_mixed_book_is_converted_from_what_it_is() -> None:
    words = m.Paragraph((m.Text("他說：「橋封了，皇后在後面」，車停了，門關了。"),), 3)
    book = replace(BOOK, front=(replace(ESSAY, path="老.md", title="門", blocks=(words,)),))
    (simplified,) = in_script(book, SIMPLIFIED).front
    assert simplified.blocks == (
        m.Paragraph((m.Text("他说：“桥封了，皇后在后面”，车停了，门关了。"),), 3),
    )
    taiwan = in_script(book, TAIWAN)
    assert taiwan.front[0].blocks == (words,)
    assert taiwan.parts[0].essays[0].title == "後門"


def test_a_traditional_quotation_that_is_kept_does_not_make_an_essay_traditional() -> None:
    quoted = m.Paragraph((m.Kept("橋封車停門關醫院滿"), m.Text("他说。")), 3)
    book = replace(BOOK, front=(replace(ESSAY, blocks=(quoted,)),))
    assert in_script(book, TAIWAN).front[0].blocks[0] == m.Paragraph(
        (m.Kept("橋封車停門關醫院滿"), m.Text("他說。")), 3
    )


def test_a_conversion_that_changes_a_length_is_never_cut_silently() -> None:
    with pytest.raises(AssertionError):
        require_length("甲乙", "甲乙！")


def test_there_is_a_way_from_every_language_into_every_script() -> None:
    for family in ("hans", "hant"):
        for language in LANGUAGES:
            for script in SCRIPTS.values():
                config = configuration_for(family, language, script)
                assert not config or converter(config)("山") == "山"


def test_an_empty_passage_stays_empty() -> None:
    assert new_words(("", ""), "hant-tw") == ("", "")
