"""Markdown as Chinese editors write it, read into matter."""

from __future__ import annotations

import pytest
from conftest import FaultsOf

from publisher.editorial.markdown import DEEPEST, read_markdown
from publisher.ground.errors import PublisherError
from publisher.ground.places import Place
from publisher.model import matter as m


def _blocks(text: str) -> m.Blocks:
    blocks, _ = read_markdown(text, "a.md")
    return blocks


def _content(text: str) -> m.Inlines:
    (block,) = _blocks(text)
    assert isinstance(block, m.Paragraph)
    return block.content


def _line(words: str) -> m.Inlines:
    return (m.Text(words),)


# ---- blocks ----


def test_a_blank_line_parts_paragraphs_and_each_knows_its_line() -> None:
    assert _blocks("雪。\n\n\n夜。\n") == (
        m.Paragraph(_line("雪。"), 1),
        m.Paragraph(_line("夜。"), 4),
    )


def test_lines_count_from_the_files_first_line() -> None:
    blocks, _ = read_markdown("雪。", "a.md", first_line=7)
    assert blocks == (m.Paragraph(_line("雪。"), 7),)


def test_an_indent_of_ideographic_or_plain_spaces_is_no_code() -> None:
    assert _blocks("\u3000\u3000雪。\n\n    夜。") == (
        m.Paragraph(_line("雪。"), 1),
        m.Paragraph(_line("夜。"), 3),
    )


def test_the_highest_heading_of_a_body_is_of_the_second_level() -> None:
    assert _blocks("# 一\n\n## 二") == (m.Heading(2, _line("一"), 1), m.Heading(2, _line("二"), 3))


def test_heading_levels_never_skip_one_on_the_way_down() -> None:
    levels = [block.level for block in _blocks("## 一\n\n##### 二\n\n#### 三\n\n## 四")
              if isinstance(block, m.Heading)]  # fmt: skip
    assert levels == [2, 3, 4, 2]


@pytest.mark.parametrize("mark", ["---", "***", "* * *", "___"])
def test_a_rule_is_a_change_of_scene_even_right_under_a_paragraph(mark: str) -> None:
    assert _blocks(f"雪。\n{mark}\n夜。") == (
        m.Paragraph(_line("雪。"), 1),
        m.Break(2),
        m.Paragraph(_line("夜。"), 3),
    )


def test_a_quotation_gives_its_last_line_of_dashes_as_its_source() -> None:
    (quotation,) = _blocks("> 雪落。\n>\n> ——《冬》")
    assert quotation == m.Quotation((m.Paragraph(_line("雪落。"), 1),), _line("——《冬》"), 1)


def test_a_quotation_without_dashes_has_no_source() -> None:
    assert _blocks("> 雪落。") == (m.Quotation((m.Paragraph(_line("雪落。"), 1),), (), 1),)


def test_verse_keeps_its_lines_and_stanzas() -> None:
    (verse,) = _blocks("::: verse\n雪落\n夜深\n\n灯在\n:::")
    assert verse == m.Verse(((_line("雪落"), _line("夜深")), (_line("灯在"),)), 1)


def test_verse_holds_nothing_but_lines(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks("::: verse\n雪落\n\n- 夜\n:::"))
    assert fault.at == Place("a.md", 4)
    assert "verse" in str(fault.message)


def test_a_signature_keeps_its_lines_and_knows_no_stanzas() -> None:
    _, signature = _blocks("盼回信。\n\n::: signature\n卢*有*田\n\n　　四月六日\n:::")
    name = (m.Text("卢"), m.Emphasis((m.Text("有"),)), m.Text("田"))
    assert signature == m.Signature((name, _line("四月六日")), 3)


def test_a_signature_of_no_words_is_none() -> None:
    assert _blocks("雪。\n\n::: signature\n:::") == (m.Paragraph(_line("雪。"), 1),)


def test_a_letter_within_a_quotation_has_its_signature_there() -> None:
    (letter,) = _blocks("> 盼信。\n>\n> ::: signature\n> 卢有田\n> :::")
    assert isinstance(letter, m.Quotation)
    assert letter.blocks[1] == m.Signature((_line("卢有田"),), 3)


@pytest.mark.parametrize("name", ["verse", "signature"])
def test_lines_that_do_not_end_are_refused(name: str, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks(f"雪\n\n::: {name}\n夜\n\n文\n"))
    assert f'"::: {name}" does not end' in str(fault.message)
    assert "three colons" in str(fault.hint)


def test_lists_keep_their_kind_start_and_items() -> None:
    bullets, numbers = _blocks("- 甲\n- 乙\n\n文\n\n3. 丙")[::2]
    assert bullets == m.Listing(
        None, ((m.Paragraph(_line("甲"), 1),), (m.Paragraph(_line("乙"), 2),)), 1
    )
    assert numbers == m.Listing(3, ((m.Paragraph(_line("丙"), 6),),), 6)


def test_a_year_at_the_head_of_a_line_is_no_list() -> None:
    assert _content("1999. 那一年下雪。") == _line("1999. 那一年下雪。")


def test_a_picture_alone_in_a_paragraph_is_a_figure() -> None:
    assert _blocks('![河上的**桥**](images/a.png "半石桥")') == (
        m.Figure("images/a.png", "河上的桥", _line("半石桥"), 1),
    )


@pytest.mark.parametrize("address", ["images/a.png", "images/a b.png"])
def test_a_picture_can_say_that_it_is_an_ornament(address: str) -> None:
    figure = m.Figure(address, "", (), 1, is_ornament=True)
    assert _blocks(f"![]({address}){{.ornament}}") == (figure,)


@pytest.mark.parametrize(
    "text",
    [
        "![桥](a.png){.ornament}",
        '![](a.png "桥"){.ornament}',
        "![](a.png){.flourish}",
        "![](a.png){.ornament lang=fr}",
        "![](a.png){#ornament}",
        "[桥]{.ornament}",
    ],
)
def test_an_ornament_has_no_words_and_nothing_else_is_one(text: str) -> None:
    with pytest.raises(PublisherError):
        _blocks(text)


def test_a_table_keeps_head_rows_alignment_and_the_caption_below() -> None:
    (table,) = _blocks("| 日 | 数 |\n|:--|--:|\n| 一 | 2 |\n\n: 表一")
    assert table == m.Table(
        ("left", "right"),
        (_line("日"), _line("数")),
        ((_line("一"), _line("2")),),
        _line("表一"),
        1,
    )


def test_a_fence_is_kept_line_by_line() -> None:
    assert _blocks("```\n 甲  *乙*\n\n丙\n```") == (m.Preformatted(" 甲  *乙*\n\n丙", 1),)


def test_definitions_of_links_and_underlined_headings_are_ordinary_text() -> None:
    assert _content("[雪]: 白的") == _line("[雪]: 白的")
    assert _content("雪\n===") == _line("雪===")


# ---- inlines ----


def test_a_line_end_between_han_leaves_no_space() -> None:
    assert _content("雪落\n下来，\n“走”") == _line("雪落下来，“走”")


def test_a_line_end_between_western_words_is_a_space() -> None:
    assert _content("he went\nhome") == _line("he went home")


def test_a_line_end_inside_emphasis_follows_the_same_rule() -> None:
    assert _content("*雪\n夜*\n来") == (m.Emphasis(_line("雪夜")), m.Text("来"))
    assert _content("*he*\nwent") == (m.Emphasis(_line("he")), m.Text(" went"))


def test_an_indented_second_line_leaves_no_space() -> None:
    assert _content("雪落\n\u3000\u3000下来") == _line("雪落下来")


def test_a_wanted_line_end_stays() -> None:
    assert _content("雪\\\n夜") == (m.Text("雪"), m.LineBreak(), m.Text("夜"))
    assert _content("雪  \n夜") == (m.Text("雪"), m.LineBreak(), m.Text("夜"))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("*雪*", (m.Emphasis(_line("雪")),)),
        ("__雪__", (m.Strong(_line("雪")),)),
        ("他说**“雪”**了", (m.Text("他说"), m.Strong(_line("“雪”")), m.Text("了"))),
        ("**重点，**后", (m.Strong(_line("重点，")), m.Text("后"))),
        ("前**（重点）**后", (m.Text("前"), m.Strong(_line("（重点）")), m.Text("后"))),
        ("snake_case_name", _line("snake_case_name")),
        ("5 * 3 * 2", _line("5 * 3 * 2")),
        (r"\*雪\*", _line("*雪*")),
        ("~~雪~~", _line("~~雪~~")),
        ("{砻|lóng}渡", (m.Ruby((("砻", "lóng"),)), m.Text("渡"))),
        ("{砻渡|lóng|dù}", (m.Ruby((("砻", "lóng"), ("渡", "dù"))),)),
        ("{砻渡镇|lóng dù zhèn}", (m.Ruby((("砻渡镇", "lóng dù zhèn"),)),)),
        ("{砻渡}", _line("{砻渡}")),
        ("[家](https://example.org/x)", (m.Link("https://example.org/x", _line("家")),)),
        ("<https://example.org>", (m.Link("https://example.org", _line("https://example.org")),)),
        ("[那一篇](b.md)", (m.CrossReference("b.md", _line("那一篇")),)),
        ("`a*b*`", (m.Kept("a*b*", code=True),)),
        ("[Wuhan]{lang=en}", (m.Kept("Wuhan", "en"),)),
        ("[乾隆]{translate=no}", (m.Kept("乾隆"),)),
        ("&lt;雪&gt; &amp; A", _line("<雪> & A")),
    ],
)
def test_an_inline_mark_is_read_as_editors_mean_it(text: str, content: m.Inlines) -> None:
    assert _content(text) == content


@pytest.mark.parametrize(
    "address",
    ["图/雪 1.png", "图/雪%201.png", "%E5%9B%BE/%E9%9B%AA%201.png", "./图/../图/雪 1.png"],
)
def test_every_address_of_a_picture_is_the_same_path_from_the_essays_folder(address: str) -> None:
    (figure,), _ = read_markdown(f"![雪](<{address}>)", "a.md", folder="辑一")
    assert isinstance(figure, m.Figure)
    assert figure.path == "辑一/图/雪 1.png"


def test_an_address_may_lead_up_to_a_sister_folder() -> None:
    blocks, _ = read_markdown("[那一篇](../辑二/b.md)", "a.md", folder="辑一")
    assert blocks == (m.Paragraph((m.CrossReference("辑二/b.md", _line("那一篇")),), 1),)


@pytest.mark.parametrize("address", ["https://example.org/a.png", "//a/b.png"])
def test_a_picture_elsewhere_keeps_an_address_that_says_so(address: str) -> None:
    (figure,) = _blocks(f"![雪]({address})")
    assert isinstance(figure, m.Figure)
    assert figure.path == address


# ---- notes ----


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    blocks, notes = read_markdown("甲[^b]乙[^a]\n\n[^a]: 一\n\n[^b]: 二", "a.md")
    assert blocks[0] == m.Paragraph(
        (m.Text("甲"), m.NoteReference(1), m.Text("乙"), m.NoteReference(2)), 1
    )
    assert [(note.number, note.blocks) for note in notes] == [
        (1, (m.Paragraph(_line("二"), 5),)),
        (2, (m.Paragraph(_line("一"), 3),)),
    ]


def test_a_note_called_twice_is_one_note() -> None:
    blocks, notes = read_markdown("甲[^a]乙[^a]\n\n[^a]: 一", "a.md")
    assert [i for i in m.inlines(blocks[0].content) if isinstance(i, m.NoteReference)] == [  # type: ignore[union-attr]
        m.NoteReference(1)
    ] * 2
    assert len(notes) == 1


def test_a_note_may_have_several_paragraphs() -> None:
    _, (note,) = read_markdown("甲[^a]\n\n[^a]: 一\n\n    二", "a.md")
    assert [m.plain(content) for content, _ in m.passages(note.blocks)] == ["一", "二"]


def test_a_note_that_is_never_called_is_a_fault_on_its_line(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks("甲\n\n[^a]: 一"))
    assert (fault.at, "[^a] is never called" in str(fault.message)) == (Place("a.md", 3), True)


def test_a_call_without_a_note_is_a_fault_on_its_line(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks("甲\n\n乙[^a]"))
    assert (fault.at, "[^a] is called but not written" in str(fault.message)) == (
        Place("a.md", 3),
        True,
    )
    assert "[^a]:" in str(fault.hint)


def test_two_notes_of_one_name_lose_no_word(faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: _blocks("甲[^a]\n\n[^a]: 一\n\n[^a]: 二"))
    assert {fault.at.line for fault in faults} <= {3, 5}


def test_a_note_written_only_inside_a_fence_is_not_written(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks("甲[^a]\n\n```\n[^a]: 一\n```"))
    assert "called but not written" in str(fault.message)


def test_a_note_written_inside_a_quotation_is_written() -> None:
    _, notes = read_markdown("甲[^a]\n\n> [^a]: 一", "a.md")
    assert [m.plain(c) for note in notes for c, _ in m.passages(note.blocks)] == ["一"]


def test_a_note_holds_words_and_no_displays(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks("甲[^a]\n\n[^a]: 一\n\n    ![图](a.png)"))
    assert (fault.at, "a note holds" in str(fault.message)) == (Place("a.md", 5), True)


# ---- refusals ----


def test_raw_html_is_refused_as_block_and_inline_each_on_its_line(faults_of: FaultsOf) -> None:
    text = "雪\n夜<br>来\n\n<div>\n雪\n</div>\n\n<!-- 注 -->"
    faults = faults_of(lambda: _blocks(text))
    assert [fault.at.line for fault in faults] == [2, 4, 8]
    assert '"<br>"' in str(faults[0].message)
    assert all("\\<" in str(fault.hint) for fault in faults)


def test_a_picture_inside_a_sentence_is_refused_on_its_line(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks("雪\n夜![图](a.png)来"))
    assert fault.at == Place("a.md", 2)
    assert "blank lines" in str(fault.hint)


@pytest.mark.parametrize("target", ["#top", "b.html", "ftp://example.org", "/b"])
def test_a_link_that_leads_nowhere_is_refused(target: str, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _blocks(f"[雪]({target})"))
    assert f'"{target}"' in str(fault.message)


def test_all_faults_of_a_text_come_together_in_its_order(faults_of: FaultsOf) -> None:
    text = "a<b>\n\n[雪](#x)\n\n夜![图](a.png)\n\n乙[^a]\n\n[^b]: 一"
    assert [fault.at.line for fault in faults_of(lambda: _blocks(text))] == [1, 3, 5, 7, 9]


def test_nesting_without_end_is_refused_and_not_a_crash(faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: _blocks("> " * (DEEPEST + 20) + "雪"))
    assert any("nested deeper" in str(fault.message) for fault in faults)


@pytest.mark.parametrize(
    "reference", ["&#x202E;", "&#12;", "&#x2028;", "&#0;", "&#xFFFD;"], ids=lambda r: r.strip("&;")
)
def test_an_unfit_character_written_as_a_reference_is_refused(
    reference: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: _blocks(f"雪\n\n夜{reference}来"))
    assert fault.at.line == 3


@pytest.mark.parametrize(
    ("source", "caption"),
    [
        ('![雪](我的 图/雪 景.png "第 一 张")', (m.Text("第 一 张"),)),
        ("![雪](我的 图/雪 景.png)", ()),
        ('![雪](<我的 图/雪 景.png> "图")', (m.Text("图"),)),
    ],
)
def test_a_picture_may_have_spaces_in_its_name(source: str, caption: m.Inlines) -> None:
    ((figure,), _) = read_markdown(f"{source}\n", "a.md")
    assert figure == m.Figure("我的 图/雪 景.png", "雪", caption, 1)


@pytest.mark.parametrize("target", ["javascript:1", "file:///etc/hostname", "data:text/html,x"])
def test_a_link_or_picture_that_leads_elsewhere_is_refused(
    target: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: read_markdown(f"[词]({target})", "a.md"))
    assert target in str(fault.message)
    ((figure,), _) = read_markdown(f"![图]({target})", "a.md")
    assert isinstance(figure, m.Figure)
    assert figure.path == target
