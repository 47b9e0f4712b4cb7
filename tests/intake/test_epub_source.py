"""EPUB as a source: its chapters become text with headings, notes, pictures and readings."""

from __future__ import annotations

import pytest

from publisher.ground.errors import PublisherError
from publisher.intake.extractors.epub import read_epub
from publisher.intake.reading import Role
from publisher.intake.splitting.proposal import propose
from tests import reading as finished
from tests.intake.office import PNG, docx, epub, repacked, xhtml, zipped
from tests.intake.spans import codes, dropped, figures, lines, words

PROSE = "那年冬天，钟楼的钟比平时快了两分钟。镇上的人起初并不在意，后来才慢慢发觉什么都早了一点。"


def test_each_chapter_begins_with_its_own_heading_or_that_of_the_contents() -> None:
    reading = read_epub(
        epub(
            {
                "a.xhtml": "<section><h2>钟楼</h2><p>一</p></section>",
                "b.xhtml": "<p>二</p><h3>小节</h3>",
                "c d.xhtml": "<p>三</p>",
                "e.xhtml": "<p>四</p>",
            },
            nav={"a.xhtml": "旧名", "b.xhtml#x": "雪", "nowhere.xhtml": "无"},
            ncx={"b.xhtml": "另一个名", "c%20d.xhtml": "渡口"},
        ),
        "a.epub",
    )
    assert lines(reading) == ["钟楼", "一", "雪", "二", "小节", "渡口", "三", "四"]
    assert words(reading, Role.HEADING) == [
        ("钟楼", "1"),
        ("雪", "1"),
        ("小节", "3"),
        ("渡口", "1"),
    ]
    assert words(reading, Role.BREAK) == [("", "page")]
    assert codes(reading) == []


def test_only_the_titles_of_chapters_stand_highest_where_the_contents_list_them() -> None:
    """A title page before them, and a second heading of the same level within one, stand lower."""
    reading = read_epub(
        epub(
            {
                "title.xhtml": "<h1>海边的人</h1><p>文友会编</p>",
                "a.xhtml": "<h2>晒网</h2><p>一</p><h2>补记</h2><p>二</p>",
                "b.xhtml": "<h1>潮汐</h1><p>三</p>",
                "after.xhtml": "<h1>后记</h1><p>四</p>",
            },
            ncx={"a.xhtml": "晒网", "b.xhtml": "潮汐"},
        ),
        "a.epub",
    )
    assert words(reading, Role.HEADING) == [
        ("海边的人", "2"),
        ("晒网", "1"),
        ("补记", "2"),
        ("潮汐", "1"),
        ("后记", "1"),
    ]


def test_notes_are_found_within_a_document_and_across() -> None:
    reading = read_epub(
        epub(
            {
                "a.xhtml": '<p>甲<a epub:type="noteref" href="#n1">①</a>，乙<sup>'
                '<a id="r2" href="notes.xhtml#n2">[2]</a></sup>，'
                '<a epub:type="noteref" href="#n1">此语</a>。</p>'
                '<aside epub:type="footnote" id="n1"><p>同处的注</p></aside>',
                "notes.xhtml": '<h1>注释</h1><p id="n2"><a href="a.xhtml#r2">[2]</a>别处的注</p>',
            }
        ),
        "a.epub",
    )
    assert [(note.label, note.text) for note in reading.notes] == [
        ("1", "同处的注"),
        ("2", "别处的注"),
    ]
    assert [value for _, value in words(reading, Role.NOTE)] == ["1", "2", "1"]
    assert lines(reading) == ["甲，乙，此语。"]
    assert dropped(reading) == {"注释": "the heading of notes"}
    assert codes(reading) == []


def test_notes_and_words_in_documents_outside_the_spine_are_taken_or_told() -> None:
    reading = read_epub(
        epub(
            {"a.xhtml": '<h1>题</h1><p>甲<a id="r" href="n.xhtml#n1">[1]</a>。</p>'},
            more={
                "OEBPS/n.xhtml": xhtml('<p id="n1"><a href="a.xhtml#r">[1]</a>外面的注</p>'),
                "OEBPS/x.xhtml": xhtml("<p>无人引到的话</p>"),
            },
        ),
        "a.epub",
    )
    assert [note.text for note in reading.notes] == ["外面的注"]
    assert lines(reading) == ["题", "甲。"]
    assert dropped(reading) == {"无人引到的话": "outside the order of the book"}
    assert codes(reading) == []


def test_a_note_that_is_the_description_of_a_sign_is_a_note() -> None:
    content = epub(
        {"a.xhtml": '<h1>题</h1><p>甲<img class="footnote" alt="注文" src="n.png"/>。</p>'},
        media={"OEBPS/n.png": PNG},
    )
    reading = read_epub(content, "a.epub")
    assert [note.text for note in reading.notes] == ["注文"]
    assert (lines(reading), figures(reading)) == (["题", "甲。"], [])


def test_the_only_author_of_a_book_is_proposed_for_each_of_its_essays_and_asked_about() -> None:
    chapters = {f"{name}.xhtml": f"<h1>{name}</h1><p>{PROSE}</p>" for name in ("河边", "山上")}
    essays = propose(read_epub(epub(chapters, creators=("柴静姝",)), "a.epub"))
    assert [(it.title, it.authors, it.confirmed) for it in essays if it.kind == "essay"] == [
        ("河边", ("柴静姝",), False),
        ("山上", ("柴静姝",), False),
    ]
    several = propose(read_epub(epub(chapters, creators=("柴静姝", "林石")), "a.epub"))
    assert {item.authors for item in several} == {()}


def test_the_notes_of_duokan_are_found() -> None:
    reading = read_epub(
        epub(
            {
                "a.xhtml": '<p>甲<a class="duokan-footnote" href="#f1" id="b1">'
                '<img src="note.png"/></a></p><ol class="duokan-footnote-content">'
                '<li class="duokan-footnote-item" id="f1"><a href="#b1">◎</a>注</li></ol>'
            }
        ),
        "a.epub",
    )
    assert [note.text for note in reading.notes] == ["注"]
    assert lines(reading) == ["甲"]


def test_pictures_rubies_entities_and_title() -> None:
    reading = read_epub(
        epub(
            {
                "cover.xhtml": '<svg xmlns="http://www.w3.org/2000/svg" '
                'xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="i/c.png"/></svg>',
                "t/a.xhtml": "<h1>题</h1><p>&nbsp;他&hellip;<ruby>蹀<rt>dié</rt></ruby>&amp;</p>"
                '<figure><img src="../i/p.png" alt="碗 柜"/><figcaption>图一</figcaption></figure>',
            },
            title="钟楼集",
            creators=("邬鹤年", "林石"),
            media={"OEBPS/i/c.png": PNG, "OEBPS/i/p.png": PNG, "OEBPS/j/p.png": PNG},
        ),
        "a.epub",
    )
    assert lines(reading) == ["题", "\xa0他…蹀&", "图一"]
    assert figures(reading) == [("", "c.png", ""), ("图一", "p.png", "碗 柜")]
    assert words(reading, Role.RUBY) == [("蹀", "dié")]
    assert dict(reading.pictures).keys() == {"c.png", "p.png"}
    assert dropped(reading) == {"p-2.png": "a picture outside the text"}
    assert (reading.suggestion.title, reading.suggestion.authors) == ("钟楼集", ("邬鹤年", "林石"))


def test_a_document_that_is_not_well_formed_is_read_as_a_page() -> None:
    reading = read_epub(epub({"a.xhtml": "<h1>题</h1><p>一<br>二<p>三"}), "a.epub")
    assert lines(reading) == ["题", "一", "二", "三"]


def test_the_contents_in_the_spine_are_told_and_not_taken() -> None:
    content = epub({"a.xhtml": "<h1>题</h1><p>一</p>"}, nav={"a.xhtml": "题"})
    content = repacked(
        content,
        "OEBPS/book.opf",
        lambda part: part.replace(b"<spine>", b'<spine><itemref idref="nav"/>'),
    )
    reading = read_epub(content, "a.epub")
    assert lines(reading) == ["题", "一"]
    assert dropped(reading) == {"题": "table of contents"}


def test_a_document_that_is_named_and_not_there_is_told() -> None:
    content = repacked(
        epub({"a.xhtml": "<p>一</p>", "b.xhtml": "<p>二</p>"}),
        "OEBPS/book.opf",
        lambda part: part.replace(b'href="b.xhtml"', b'href="lost.xhtml"'),
    )
    reading = read_epub(content, "a.epub")
    assert lines(reading) == ["一"]
    assert codes(reading) == ["chapter-missing"]


def test_this_projects_own_book_is_read_with_all_its_words() -> None:
    content = finished.sample("epub-hans")
    reading = read_epub(content, "a.epub")
    essays = sorted(finished.ESSAYS.glob("*.md"))
    titles = {finished.front_matter(essay)["title"] for essay in essays}
    headings = {text for text, _ in words(reading, Role.HEADING)}
    assert titles <= headings
    assert reading.notes
    assert codes(reading) == []


def _encrypted(algorithm: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
    )


def test_scrambled_fonts_are_no_lock_and_locked_words_are() -> None:
    name = "META-INF/encryption.xml"
    fonts = _encrypted("http://www.idpf.org/2008/embedding")
    assert lines(read_epub(epub({"a.xhtml": "<p>一</p>"}, more={name: fonts}), "a.epub")) == ["一"]
    locked = _encrypted("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    with pytest.raises(PublisherError, match="DRM"):
        read_epub(epub({"a.xhtml": "<p>一</p>"}, more={name: locked}), "a.epub")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (docx(), "a Word document"),
        (zipped({"a": "b"}), "META-INF/container.xml"),
        (epub({}), "names no document"),
        (repacked(epub({}), "META-INF/container.xml", lambda _: b"<c/>"), "names no package"),
        (
            repacked(
                epub({"a.xhtml": ""}),
                "OEBPS/a.xhtml",
                lambda _: b'<!DOCTYPE html [<!ENTITY a "b">]><html><body>&a;</body></html>',
            ),
            "entities of its own",
        ),
    ],
)
def test_what_is_no_open_book_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(PublisherError, match=said):
        read_epub(content, "a.epub")
