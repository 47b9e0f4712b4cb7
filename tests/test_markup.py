"""Matter as well-formed XHTML."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from publisher.composition.markup import Medium, anchor_of, essay_markup, notes_markup
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript

EPUB = "http://www.idpf.org/2007/ops"
BARE = Manuscript("雪.md", "雪", "", (), "", "", "", (), ())
SCREEN = Medium("print", lambda path: f"p/{path}", lambda anchor: f"#{anchor}", notes_at_call=True)
READER = replace(SCREEN, name="epub", division=lambda a: f"{a}.xhtml", notes_at_call=False)


def _tree(markup: str) -> etree._Element:
    return etree.fromstring(f'<div xmlns:epub="{EPUB}">{markup}</div>')


def _written(
    *blocks: m.Block, medium: Medium = SCREEN, notes: tuple[m.Note, ...] = ()
) -> etree._Element:
    return _tree(essay_markup(replace(BARE, blocks=blocks, notes=notes), medium))


def _inline(*content: m.Inline) -> str:
    (paragraph,) = _written(m.Paragraph(content, 1))
    return etree.tostring(paragraph, encoding="unicode").split(">", 1)[1].rpartition("</p>")[0]


@pytest.mark.parametrize(
    ("inline", "markup"),
    [
        (m.Text('<雪> & "夜"'), '&lt;雪&gt; &amp; "夜"'),
        (m.Emphasis((m.Text("雪"),)), "<em>雪</em>"),
        (m.Strong((m.Emphasis((m.Text("雪"),)),)), "<strong><em>雪</em></strong>"),
        (m.Ruby((("砻", "lóng"), ("渡", "dù"))),
         "<ruby>砻<rt>lóng</rt></ruby><ruby>渡<rt>dù</rt></ruby>"),
        (m.LineBreak(), "<br/>"),
        (m.Kept("<b>", code=True), "<code>&lt;b&gt;</code>"),
        (m.Kept("乾隆"), '<span translate="no">乾隆</span>'),
        (m.Kept("a&b", "en"), '<span class="foreign" lang="en" xml:lang="en">a&amp;b</span>'),
        (m.Link('https://example.org/?a=1&b="', (m.Text("家"),)),
         '<a href="https://example.org/?a=1&amp;b=&quot;">家</a>'),
    ],
)  # fmt: skip
def test_an_inline_is_an_element_with_every_word_escaped(inline: m.Inline, markup: str) -> None:
    assert _inline(inline) == markup


def test_a_link_to_an_essay_leads_where_the_medium_has_it() -> None:
    link = m.Paragraph((m.CrossReference("01-snow.md", (m.Text("雪"),)),), 1)
    assert _written(link).find(".//a").get("href") == "#essay-01-snow"
    assert _written(link, medium=READER).find(".//a").get("href") == "essay-01-snow.xhtml"


def test_headings_have_ids_of_their_own_that_follow_the_essay() -> None:
    tree = _written(m.Heading(2, (m.Text("一"),), 1), m.Heading(9, (m.Text("二"),), 2))
    first, second = tree
    assert (first.tag, second.tag) == ("h2", "h6")
    assert first.get("id").startswith(anchor_of(BARE.identity))
    assert first.get("id") != second.get("id")


def test_verse_keeps_lines_and_stanzas_apart() -> None:
    row = ((m.Text("一"),), (m.Text("二"),))
    tree = _written(m.Verse((row, row), 1))
    stanzas = tree.findall(".//p")
    assert [[line.text for line in stanza.iter("span")] for stanza in stanzas] == [["一", "二"]] * 2


def test_a_signature_has_a_paragraph_for_each_line() -> None:
    (signature,) = _written(m.Signature(((m.Text("卢有田"),), (m.Text("四月"),)), 1))
    assert signature.get("class") == "signature"
    assert [line.text for line in signature.findall("p")] == ["卢有田", "四月"]


def test_a_quotation_has_its_source_at_its_foot() -> None:
    inner = (m.Paragraph((m.Text("雪"),), 1),)
    tree = _written(m.Quotation(inner, (m.Text("——书"),), 1), m.Quotation(inner, (), 1))
    assert [[p.text for p in quotation] for quotation in tree] == [["雪", "——书"], ["雪"]]
    assert tree[0][1].get("class") == "source"


def test_an_ordered_list_begins_with_its_number() -> None:
    items = ((m.Paragraph((m.Text("雪"),), 1),),)
    third, first, bullets = _written(
        m.Listing(3, items, 1), m.Listing(1, items, 1), m.Listing(None, items, 1)
    )
    assert (third.tag, third.get("start")) == ("ol", "3")
    assert (first.tag, first.get("start")) == ("ol", None)
    assert bullets.tag == "ul"


def test_a_figure_has_its_description_and_its_caption_only_where_there_is_one() -> None:
    figure = m.Figure("雪.png", '桥"上"', (m.Text("半石桥"),), 1)
    captioned, bare = _written(figure, replace(figure, caption=()))
    image = captioned.find("img")
    assert (image.get("src"), image.get("alt")) == ("p/雪.png", '桥"上"')
    assert captioned.findtext("figcaption") == "半石桥"
    assert bare.find("figcaption") is None


def test_an_ornament_is_nothing_to_a_voice() -> None:
    (figure,) = _written(m.Figure("花.png", "", (), 1, is_ornament=True))
    (image,) = figure
    assert (image.get("alt"), image.get("role")) == ("", "presentation")


def test_a_call_stands_in_one_element_with_the_character_before_it() -> None:
    tree = _written(TWO_CALLS, medium=READER, notes=(NOTE,))
    assert ["".join(it.itertext()) for it in tree.iter("span")] == ["雪1", "夜1"]
    assert "".join(tree.itertext()) == "雪1夜1"


def test_a_table_has_head_rows_caption_and_alignment() -> None:
    def cells(*words: str) -> tuple[m.Inlines, ...]:
        return tuple((m.Text(word),) for word in words)

    table = m.Table(("", "right"), cells("日", "数"), (cells("一", "2"),), (m.Text("表"),), 1)
    ((tree,),) = _written(table)
    assert [node.tag for node in tree] == ["caption", "thead", "tbody"]
    assert [(cell.text, cell.get("scope")) for cell in tree.iter("th")] == [
        ("日", "col"),
        ("数", "col"),
    ]
    assert [(cell.text, cell.get("class")) for cell in tree.iter("td")] == [
        ("一", None),
        ("2", "right"),
    ]


def test_what_is_preformatted_keeps_its_spaces() -> None:
    (pre,) = _written(m.Preformatted(" 一\n  <二>", 1))
    assert (pre.tag, pre.text) == ("pre", " 一\n  <二>")


NOTE = m.Note(1, (m.Paragraph((m.Text("注"),), 3), m.Paragraph((m.Text("又"),), 4)), 3)
TWO_CALLS = m.Paragraph((m.Text("雪"), m.NoteReference(1), m.Text("夜"), m.NoteReference(1)), 1)


def test_on_paper_a_note_stands_at_its_first_call_and_is_pointed_to_from_the_second() -> None:
    tree = _written(TWO_CALLS, notes=(NOTE,))
    note, again = tree.find(".//span"), tree.find(".//a")
    assert note.get("class") == "note"
    assert "".join(note.itertext()) == "注又"
    assert again.get("href") == f"#{note.get('id')}"
    assert notes_markup(replace(BARE, notes=(NOTE,)), SCREEN) == ""


def test_in_a_reading_system_calls_and_notes_lead_to_each_other() -> None:
    essay = replace(BARE, blocks=(TWO_CALLS,), notes=(NOTE,))
    body, notes = _tree(essay_markup(essay, READER)), _tree(notes_markup(essay, READER))
    first, second = body.iter("a")
    aside = notes.find("aside")
    assert first.get(f"{{{EPUB}}}type") == "noteref"
    assert aside.get(f"{{{EPUB}}}type") == "footnote"
    assert first.get("href") == second.get("href") == f"#{aside.find('.//li').get('id')}"
    assert aside.find(".//a").get("href") == f"#{first.get('id')}"
    assert second.get("id") is None


def test_no_two_things_of_an_essay_share_an_id() -> None:
    blocks = (m.Heading(2, (m.Text("一"),), 1), TWO_CALLS, m.Heading(2, (m.Text("二"),), 5))
    essay = replace(BARE, blocks=blocks, notes=(NOTE,))
    for medium in (SCREEN, READER):
        tree = _tree(essay_markup(essay, medium) + notes_markup(essay, medium))
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)) > 2


def test_an_essay_called_like_another_ones_heading_does_not_take_its_id() -> None:
    essay = replace(BARE, path="a.md", blocks=(m.Heading(2, (m.Text("一"),), 1),), notes=(NOTE,))
    ids = set(_tree(essay_markup(essay, READER) + notes_markup(essay, READER)).xpath("//@id"))
    others = {anchor_of(replace(BARE, path=f"a-{end}.md").identity) for end in ("h1", "n1")}
    assert not ids & others


def test_a_list_begins_with_its_number_in_every_medium() -> None:
    item = (m.Paragraph((m.Text("甲"),), 1),)
    (third,) = _written(m.Listing(3, (item,), 1))
    assert third.get("start") == "3"
    assert third.get("style") == "counter-reset: list-item 2"
    (first,) = _written(m.Listing(1, (item,), 1))
    assert not first.attrib
