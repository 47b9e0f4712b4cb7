"""ODT: an OpenDocument text becomes text and spans, and nothing of it is lost."""

from __future__ import annotations

import pytest

from publisher.ground.errors import PublisherError
from publisher.intake.extractors.odt import read_odt
from publisher.intake.reading import Reading, Role
from tests.intake.office import PNG, odt
from tests.intake.spans import codes, dropped, figures, lines, words


def _read(*blocks: str) -> Reading:
    return read_odt(odt(*blocks), "a.odt")


def test_headings_emphasis_quotations_and_links_are_spans() -> None:
    reading = _read(
        '<text:h text:outline-level="2">雪</text:h>',
        '<text:p>他<text:span text:style-name="T1">重</text:span>而'
        '<text:span text:style-name="T2">轻</text:span></text:p>',
        '<text:p text:style-name="P1">引来的话</text:p>',
        '<text:p><text:a xlink:href="https://example.org/">去处</text:a>'
        '<text:a xlink:href="javascript:x">不去</text:a></text:p>',
    )
    assert lines(reading) == ["雪", "他重而轻", "引来的话", "去处不去"]
    assert words(reading, Role.HEADING) == [("雪", "2")]
    assert words(reading, Role.STRONG) == [("重", "")]
    assert words(reading, Role.EMPHASIS) == [("轻", "")]
    assert words(reading, Role.QUOTE) == [("引来的话", "")]
    assert words(reading, Role.LINK) == [("去处", "https://example.org/")]


def test_blanks_are_those_the_document_has() -> None:
    reading = _read(
        '<text:p>\n  <text:s text:c="4"/>缩<text:tab/>进\n 两  格</text:p>',
        "<text:p/>",
        "<text:p>完</text:p>",
    )
    assert reading.text == "    缩\t进 两 格\n\n完\n"


def test_notes_rubies_lists_tables_and_verse() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>注文</text:p></text:note-body></text:note>"
    )
    reading = _read(
        f"<text:p>正{note}文<text:ruby><text:ruby-base>蹀躞</text:ruby-base>"
        "<text:ruby-text>diéxiè</text:ruby-text></text:ruby></text:p>",
        "<text:p>床前明月光<text:line-break/>疑是地上霜</text:p>",
        '<text:list text:style-name="L1"><text:list-item><text:p>甲</text:p><text:list>'
        "<text:list-item><text:p>乙</text:p></text:list-item></text:list></text:list-item>"
        "</text:list>",
        "<table:table><table:table-row><table:table-cell><text:p>年</text:p></table:table-cell>"
        "<table:table-cell><text:p>月</text:p></table:table-cell></table:table-row></table:table>",
    )
    assert [(note.label, note.text) for note in reading.notes] == [("1", "注文")]
    assert words(reading, Role.NOTE) == [("", "1")]
    assert words(reading, Role.RUBY) == [("蹀躞", "diéxiè")]
    assert words(reading, Role.VERSE) == [("床前明月光", ""), ("疑是地上霜", "")]
    assert words(reading, Role.ITEM) == [("甲", "1 1."), ("乙", "2 1.")]
    assert words(reading, Role.ROW) == [("年\t月", "1")]


def test_pictures_come_with_their_names_and_text_boxes_after_their_paragraph() -> None:
    reading = read_odt(
        odt(
            '<text:p>前<draw:frame><draw:image xlink:href="Pictures/1.png"/>'
            "<svg:title>题</svg:title></draw:frame><draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box>"
            "</draw:frame>后</text:p>",
            media={"Pictures/1.png": PNG, "Pictures/2.png": PNG + b"2"},
        ),
        "a.odt",
    )
    assert lines(reading) == ["前后", "框里"]
    assert figures(reading) == [("", "1.png", "题")]
    assert reading.pictures == (("1.png", PNG),)
    assert dropped(reading) == {"2.png": "a picture outside the text"}
    assert codes(reading) == []


def test_what_no_reader_sees_is_told() -> None:
    reading = read_odt(
        odt(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>删了</text:p>"
            "</text:deletion></text:changed-region><text:changed-region><text:insertion/>"
            "</text:changed-region></text:tracked-changes>",
            "<text:table-of-content><text:index-body><text:p>目录一</text:p></text:index-body>"
            "</text:table-of-content>",
            "<text:p>留<office:annotation><dc:creator>某人</dc:creator><text:p>批语</text:p>"
            '</office:annotation><text:span text:style-name="T3">藏</text:span>下</text:p>',
            header="书眉",
        ),
        "a.odt",
    )
    assert lines(reading) == ["留下"]
    assert dropped(reading) == {
        "删了": "deleted in the source",
        "目录一": "table of contents",
        "批语": "comment",
        "藏": "hidden in the source",
        "书眉": "running head",
    }
    assert codes(reading) == ["source-revisions"]
    assert "insertions taken in: 1, deletions left out: 1" in str(reading.notices[0])
    assert reading.how == "OpenDocument text, 12 of 12 characters kept"


def test_a_page_break_before_a_paragraph_is_a_break() -> None:
    reading = _read("<text:p>一</text:p>", '<text:p text:style-name="P2">二</text:p>')
    assert words(reading, Role.BREAK) == [("", "page")]
    assert lines(reading) == ["一", "二"]


def test_title_and_author_are_suggested() -> None:
    content = odt("<text:p>文</text:p>", title="钟楼", creator="邬鹤年")
    suggestion = read_odt(content, "a.odt").suggestion
    assert (suggestion.title, suggestion.authors) == ("钟楼", ("邬鹤年",))


def test_a_locked_document_is_refused() -> None:
    locked = (
        '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    content = odt("<text:p>文</text:p>", more={"META-INF/manifest.xml": locked})
    with pytest.raises(PublisherError, match="locked by a password"):
        read_odt(content, "a.odt")


def test_lists_keep_the_numbers_that_they_begin_with_and_go_on_with() -> None:
    def listing(*items: str, more: str = "") -> str:
        return f'<text:list text:style-name="L1" {more}>{"".join(items)}</text:list>'

    def item(words: str, more: str = "") -> str:
        return f"<text:list-item {more}><text:p>{words}</text:p></text:list-item>"

    reading = read_odt(
        odt(
            listing(item("甲"), item("乙", 'text:start-value="5"')),
            "<text:p>隔</text:p>",
            listing(item("丙"), more='text:continue-numbering="true"'),
            listing(item("丁")),
        ),
        "a.odt",
    )
    assert words(reading, Role.ITEM) == [
        ("甲", "1 1."), ("乙", "1 5."), ("丙", "1 6."), ("丁", "1 1."),
    ]  # fmt: skip


def test_prompts_indexes_and_charts_are_told() -> None:
    reading = read_odt(
        odt(
            "<text:p>文<text:placeholder>请输入</text:placeholder><draw:frame>"
            '<draw:object xlink:href="./x"/><svg:desc>雨量</svg:desc></draw:frame></text:p>',
            "<text:alphabetical-index><text:index-body><text:p>钟，3</text:p></text:index-body>"
            "</text:alphabetical-index>",
        ),
        "a.odt",
    )
    assert lines(reading) == ["文"]
    assert dropped(reading) == {
        "请输入": "a prompt to write something",
        "雨量": "the description of a drawing",
        "钟，3": "an index of pages",
    }
    assert codes(reading) == []
