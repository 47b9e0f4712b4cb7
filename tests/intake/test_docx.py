"""DOCX: a Word document becomes text and spans; every character is kept or told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.ground.errors import PublisherError
from publisher.intake.extractors.docx import read_docx
from publisher.intake.extractors.numerals import numeral
from publisher.intake.extractors.registry import EXTRACTORS, extractor
from publisher.intake.reading import Reading, Role
from tests.intake import office
from tests.intake.office import PNG, docx, paragraph, ruby, run, table
from tests.intake.spans import codes, dense, dropped, figures, lines, words

BREAK = "<w:r><w:br/></w:r>"
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'


def _read(*blocks: str) -> Reading:
    return read_docx(docx(*blocks), "a.docx")


def test_headings_are_known_by_their_level_whatever_their_style_is_called() -> None:
    reading = _read(
        paragraph("书名", style="a5"),
        paragraph("一", style="1"),
        paragraph("篇", style="a3"),
        paragraph("节", style="2"),
        paragraph("自定", properties='<w:outlineLvl w:val="2"/>'),
        paragraph("正文", properties='<w:outlineLvl w:val="9"/>'),
    )
    assert words(reading, Role.HEADING) == [
        ("书名", "1"), ("一", "1"), ("篇", "1"), ("节", "2"), ("自定", "3"),
    ]  # fmt: skip
    assert lines(reading)[-1] == "正文"


def test_bold_italics_dots_and_links_are_spans_within_their_line() -> None:
    reading = read_docx(
        docx(
            paragraph(
                "　　甲", run("乙", "<w:b/>"), run("丙", "<w:i/>"),
                run("丁", '<w:em w:val="dot"/>'), run("戊", '<w:em w:val="none"/>'),
                f'<w:hyperlink r:id="l1">{run("己")}</w:hyperlink>',
                f'<w:hyperlink r:id="l2">{run("庚")}</w:hyperlink>',
                f'<w:hyperlink w:anchor="ruby-0">{run("辛")}</w:hyperlink>',
            ),
            links={"l1": "https://example.org/?a=1&b=2", "l2": "file:///etc/passwd"},
        ),
        "a.docx",
    )  # fmt: skip
    assert reading.text == "　　甲乙丙丁戊己庚辛\n"
    assert words(reading, Role.STRONG) == [("乙", "")]
    assert words(reading, Role.EMPHASIS) == [("丙丁", "")]
    assert words(reading, Role.LINK) == [("己", "https://example.org/?a=1&b=2")]
    assert words(reading, Role.RUBY) == []


def test_rubies_keep_base_and_reading() -> None:
    reading = _read(paragraph("他", ruby("蹀躞", "diéxiè"), ruby("着", "zhe"), "走"))
    assert reading.text == "他蹀躞着走\n"
    assert words(reading, Role.RUBY) == [("蹀躞", "diéxiè"), ("着", "zhe")]
    assert reading.how.endswith("14 of 14 characters kept")


def test_notes_are_numbered_by_their_calls() -> None:
    content = docx(
        paragraph("一", office.note_call(7), "二", office.note_call(3, "endnote"), "三"),
        footnotes={
            7: paragraph(" 脚", run("注", "<w:b/>")) + paragraph("二段"),
            8: paragraph("孤"),
        },
        endnotes={3: paragraph("尾注", ruby("字", "zì"))},
    )
    reading = read_docx(content, "a.docx")
    assert reading.text == "一二三\n"
    assert [(span.start, span.value) for span in reading.spans] == [(1, "1"), (2, "2")]
    first, second = reading.notes
    assert (first.label, first.text) == ("1", "脚注\n二段")
    assert [(span.role, first.text[span.start : span.stop]) for span in first.spans] == [
        (Role.STRONG, "注")
    ]
    assert (second.text, [span.value for span in second.spans]) == ("尾注字", ["zì"])
    assert dropped(reading) == {"孤": "a note that nothing calls"}
    assert codes(reading) == []


def test_short_lines_parted_by_line_breaks_are_verse_and_long_ones_are_not() -> None:
    long = "这一段很长很长" * 10
    reading = _read(
        paragraph("床前明月光，", BREAK, "疑是地上霜。"),
        paragraph(long, BREAK, long),
        paragraph("题", BREAK, "目", style="1"),
    )
    assert lines(reading) == ["床前明月光，", "疑是地上霜。", long, long, "题 目"]
    assert words(reading, Role.VERSE) == [("床前明月光，", ""), ("疑是地上霜。", "")]


def test_quotations_lists_tables_breaks_and_blank_lines() -> None:
    def item(text: str, level: int) -> str:
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        return paragraph(text, properties=numbering)

    reading = _read(
        paragraph("引来的话", style="a4"),
        item("甲", 0),
        item("乙", 1),
        paragraph(),
        table(
            (paragraph("年"), paragraph("月")), (paragraph("三"), paragraph(run("五", "<w:b/>")))
        ),
        paragraph(PAGE_BREAK),
        table((paragraph("格中一段") + paragraph("又一段"), paragraph("旁"))),
    )
    assert reading.text == "引来的话\n甲\n乙\n\n年\t月\n三\t五\n\n格中一段\n又一段\n旁\n"
    assert words(reading, Role.QUOTE) == [("引来的话", "")]
    assert words(reading, Role.ITEM) == [("甲", "1 -"), ("乙", "2 1.")]
    assert words(reading, Role.ROW) == [("年\t月", "1"), ("三\t五", "1")]
    assert words(reading, Role.BREAK) == [("", "page")]


def test_pictures_are_kept_with_their_names() -> None:
    content = docx(
        paragraph("图", office.picture("p1", "描述")),
        paragraph(office.picture("p1", "IMG_0001.JPG")),
        paragraph(office.picture("p9")),
        media={"p1": PNG, "p2": PNG + b"2"},
    )
    reading = read_docx(content, "a.docx")
    assert figures(reading) == [("", "p1.png", "描述"), ("", "p1.png", "")]
    assert reading.pictures == (("p1.png", PNG),)
    assert dropped(reading) == {
        "p2.png": "a picture outside the text",
        "p9": "a picture that is not in the file",
    }


def _kind(number: int, *levels: tuple[str, str, str]) -> str:
    """A kind of list whose levels have (way of counting, text, more properties)."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{way}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
        for depth, (way, text, more) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


_LISTS = office.part(
    "numbering",
    _kind(
        0,
        ("chineseCountingThousand", "第%1章", '<w:pStyle w:val="1"/>'),
        ("decimal", "%1.%2", "<w:isLgl/>"),
    )
    + _kind(1, ("japaneseCounting", "%1、", ""), ("decimalEnclosedCircle", "%2", ""))
    + _kind(2, ("decimal", "%1.", ""), ("bullet", "·", ""), ("none", "", ""))
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>',
)


def _item(text: str, number: int, depth: int = 0, style: str = "") -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, style=style, properties=place)


def _numbered(*blocks: str) -> Reading:
    return read_docx(docx(*blocks, more={"word/numbering.xml": _LISTS}), "a.docx")


def test_numbers_that_word_writes_become_words_of_headings_and_paragraphs() -> None:
    reading = _numbered(
        _item("河边", 1, style="1"),
        _item("事由", 2),
        _item("甲", 2, 1),
        _item("乙", 2, 1),
        paragraph("正文。"),
        _item("经过", 2),
        _item("丙", 2, 1),
        _item("山上", 1, style="1"),
        _item("节", 1, 1, style="2"),
        paragraph("没有号", style="1", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    assert lines(reading) == [
        "第一章　河边", "一、事由", "①　甲", "②　乙", "正文。", "二、经过", "①　丙", "第二章　山上",
        "2.1 节", "没有号",
    ]  # fmt: skip
    assert words(reading, Role.HEADING)[0] == ("第一章　河边", "1")
    assert codes(reading) == []


def test_numbers_by_a_style_are_counted_like_others() -> None:
    styles = office.STYLES.replace(
        '<w:outlineLvl w:val="0"/>',
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>',
    )
    more = {"word/numbering.xml": _LISTS, "word/styles.xml": office.part("styles", styles)}
    content = docx(paragraph("河边", style="1"), paragraph("山上", style="a3"), more=more)
    assert lines(read_docx(content, "a.docx")) == ["第一章　河边", "第二章　山上"]


def test_words_own_headings_are_known_by_name_where_a_program_left_out_their_levels() -> None:
    styles = re.sub("<w:outlineLvl[^>]*>", "", office.STYLES)
    reading = read_docx(
        docx(
            paragraph("雪夜", style="1"),
            paragraph("小节", style="2"),
            paragraph("正文"),
            more={"word/styles.xml": office.part("styles", styles)},
        ),
        "a.docx",
    )
    assert words(reading, Role.HEADING) == [("雪夜", "1"), ("小节", "2")]


def test_plain_lists_count_on_past_other_paragraphs_and_begin_anew_where_it_is_said() -> None:
    reading = _numbered(
        _item("甲", 3), _item("点", 3, 1), paragraph("插话"), _item("乙", 3), _item("无", 3, 2),
        _item("丙", 4), _item("丁", 3),
    )  # fmt: skip
    assert words(reading, Role.ITEM) == [
        ("甲", "1 1."), ("点", "2 -"), ("乙", "1 2."), ("丙", "1 7."), ("丁", "1 8."),
    ]  # fmt: skip
    assert lines(reading) == ["甲", "点", "插话", "乙", "无", "丙", "丁"]


@pytest.mark.parametrize(
    ("way", "number", "said"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 103, "一百零三"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("ideographDigital", 103, "一〇三"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 12, "⑫"),
        ("decimalEnclosedCircle", 77, "77"),
        ("upperRoman", 4, "Ⅳ"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("none", 5, ""),
        ("unheardOf", 5, "5"),
        ("chineseCounting", 0, "0"),
    ],
)
def test_numerals(way: str, number: int, said: str) -> None:
    assert numeral(number, way) == said


def test_revisions_are_accepted_and_told() -> None:
    reading = _read(
        paragraph(
            "留", f'<w:ins w:id="1">{run("新")}</w:ins>',
            '<w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del>',
            f'<w:moveFrom w:id="3">{run("移")}</w:moveFrom>',
        ),
        paragraph(f'<w:moveTo w:id="4">{run("移")}</w:moveTo>'),
        paragraph("合", properties='<w:rPr><w:del w:id="5"/></w:rPr>'),
        paragraph("并"),
        "<w:tbl><w:tr><w:trPr><w:del w:id='6'/></w:trPr><w:tc>" + paragraph("删行")
        + "</w:tc></w:tr><w:tr><w:tc>" + paragraph("留行") + "</w:tc></w:tr></w:tbl>",
        paragraph("末", properties='<w:rPr><w:del w:id="7"/></w:rPr>'),
    )  # fmt: skip
    assert lines(reading) == ["留新", "移", "合并", "留行", "末"]
    assert codes(reading) == ["source-revisions"]
    assert "insertions taken in: 1, deletions left out: 1" in str(reading.notices[0])
    assert dropped(reading) == {
        "旧": "deleted in the source",
        "移": "moved elsewhere in the source",
        "删行": "deleted in the source",
    }


def test_what_no_reader_sees_is_told() -> None:
    content = docx(
        paragraph("目录一……3", style="10"),
        paragraph("见", run("藏", "<w:vanish/>"), run("显", '<w:vanish w:val="0"/>')),
        more={
            "word/comments.xml": office.part(
                "comments", f'<w:comment w:id="0">{paragraph("批语")}</w:comment>'
            ),
            "word/header1.xml": office.part("hdr", paragraph("书眉")),
            "word/footer1.xml": office.part("ftr", paragraph("第1页")),
        },
    )
    reading = read_docx(content, "a.docx")
    assert lines(reading) == ["见显"]
    assert dropped(reading) == {
        "目录一……3": "table of contents",
        "藏": "hidden in the source",
        "批语": "comment",
        "书眉": "running head",
        "第1页": "running foot",
    }
    assert codes(reading) == []


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = office.text_box(
        paragraph("框里", office.text_box(paragraph("框中框"))), paragraph("二段")
    )
    reading = _read(paragraph("前", box, "后"), paragraph("下一段"))
    assert sorted(lines(reading)) == sorted(["前后", "框里", "框中框", "二段", "下一段"])
    assert lines(reading)[0] == "前后"
    assert codes(reading) == []


def test_fields_formulas_and_wrappers_keep_their_words() -> None:
    reading = _read(
        paragraph(
            "一", '<w:fldSimple w:instr="PAGE">' + run("二") + "</w:fldSimple>",
            "<w:bdo>" + run("三") + "</w:bdo>",
            "<m:oMathPara><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></m:oMathPara>",
            "<w:smartTag>" + run("四") + "</w:smartTag>",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>DATE</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("五")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        "<w:sdt><w:sdtContent>" + paragraph("六") + "</w:sdtContent></w:sdt>",
    )  # fmt: skip
    assert lines(reading) == ["一二三x+y四五", "六"]


def _eq(instruction: str) -> str:
    """A field whose instruction is cut up between runs, as Word cuts it."""
    middle = len(instruction) // 2
    pieces = "".join(
        f"<w:r><w:instrText>{piece}</w:instrText></w:r>"
        for piece in (instruction[:middle], instruction[middle:])
    )
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + pieces
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip


def test_what_old_fields_show_is_read_out_of_their_instructions() -> None:
    reading = _read(
        paragraph(
            "他", _eq(' EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(dié),蹀) '), "走",
            _eq("eq \\o\\ac(○,3)").replace("eq", "EQ"), _eq(" EQ \\x(框) "), _eq(" PAGE "),
        )
    )  # fmt: skip
    assert lines(reading) == ["他蹀走③框"]
    assert words(reading, Role.RUBY) == [("蹀", "dié")]


def test_parts_of_formulas_do_not_run_into_each_other() -> None:
    def made(name: str, **parts: str) -> str:
        inside = "".join(
            f"<m:{part}><m:r><m:t>{words}</m:t></m:r></m:{part}>" for part, words in parts.items()
        )
        return f"<m:oMath><m:{name}>{inside}</m:{name}></m:oMath>"

    reading = _read(
        paragraph(
            made("f", num="1", den="2"), "，", made("sSup", e="x", sup="2"), "，",
            made("f", num="a+b", den="c"), "，", made("sSub", e="a", sub="n"), "，",
            made("rad", deg="", e="5"),
        )
    )  # fmt: skip
    assert lines(reading) == ["1/2，x^2，(a+b)/c，a_n，√5"]


def test_word_art_drop_caps_and_returns_are_words_of_their_place() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="钟楼"/></v:shape></w:pict></w:r>'
    reading = _read(
        paragraph(art),
        paragraph("河", properties='<w:framePr w:dropCap="drop" w:lines="2"/>'),
        paragraph("边的", run("旧", "<w:b/>"), "楼。"),
        paragraph("<w:r><w:t>一</w:t><w:cr/><w:t>二</w:t><w:ptab/><w:t>三</w:t></w:r>"),
    )
    assert lines(reading) == ["钟楼", "河边的旧楼。", "一", "二\t三"]
    assert words(reading, Role.STRONG) == [("旧", "")]


def test_prompts_charts_and_diagrams_are_told() -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("单击此处输入。")
        + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    chart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="c" descr="雨量"/><a:graphic/>'
        "</wp:inline></w:drawing></w:r>"
    )
    diagram = (
        '<d:dataModel xmlns:d="d" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:t>甲</a:t><a:t>乙</a:t></d:dataModel>"
    )
    reading = read_docx(
        docx(paragraph("文", prompt, chart), more={"word/diagrams/data1.xml": diagram}), "a.docx"
    )
    assert lines(reading) == ["文"]
    assert dropped(reading) == {
        "单击此处输入。": "a prompt to write something",
        "雨量": "the description of a drawing",
        "甲\n乙": "words of a drawing",
    }
    assert codes(reading) == []


def test_a_character_that_does_not_come_over_is_told() -> None:
    reading = _read(paragraph("有", "<w:unheardOf>" + run("遗失") + "</w:unheardOf>", "的"))
    assert lines(reading) == ["有的"]
    assert reading.how == "Word document, 2 of 4 characters kept"
    assert codes(reading) == ["source-lost"]
    assert "2 of 4 characters did not come over: 遗失" in str(reading.notices[0])


def test_title_and_authors_are_suggested_and_programs_are_nobody() -> None:
    content = docx(paragraph("文"), title="钟楼", creator="邬鹤年；林石")
    suggestion = read_docx(content, "a.docx").suggestion
    assert (suggestion.title, suggestion.authors) == ("钟楼", ("邬鹤年", "林石"))
    content = docx(paragraph("文"), title="文档1", creator="Administrator")
    suggestion = read_docx(content, "a.docx").suggestion
    assert (suggestion.title, suggestion.authors, suggestion.evidence) == ("", (), "")


def test_strict_documents_are_read_alike() -> None:
    content = docx(paragraph("文", ruby("字", "zì")))
    strict = office.repacked(
        content,
        "word/document.xml",
        lambda part: part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )
    assert read_docx(strict, "a.docx") == read_docx(content, "a.docx")


def test_instructions_in_the_document_are_not_obeyed() -> None:
    content = docx(paragraph("文"), more={"mammoth/style-map": "p => !"})
    assert lines(read_docx(content, "a.docx")) == ["文"]


def test_a_linked_picture_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(PNG)
    linked = office.picture("p1").replace("r:embed", "r:link")
    content = office.repacked(
        docx(paragraph("文", linked), media={"p1": PNG}),
        "word/_rels/document.xml.rels",
        lambda part: part.replace(b"media/p1.png", secret.as_uri().encode()),
    )
    reading = read_docx(content, "a.docx")
    assert reading.pictures == ()
    assert lines(reading) == ["文"]


# Refused ------------------------------------------------------------------------------------------

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "an old Word"),
        (office.odt("<text:p>文</text:p>"), "an OpenDocument text"),
        (office.epub({"a.xhtml": "<p>文</p>"}), "an EPUB"),
        ("<html><body>文</body></html>".encode(), "a web page"),
        ("只是文字".encode(), "a plain text"),
        (b"{\\rtf1 x}", "rtf"),
        (b"%PDF-1.7", "a PDF"),
        (PNG, "a picture"),
        (b"", "something unknown"),
        (office.zipped({"a.txt": "x"}), 'no part "word/document.xml"'),
        (docx(paragraph("文"))[:-40], "damaged"),
        (office.repacked(docx(), "word/document.xml", lambda _: b"<w:document"), "not well-formed"),
        (
            office.repacked(
                docx(),
                "word/document.xml",
                lambda _: b'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="w">&b;</w:document>',
            ),
            "document type",
        ),
        (office.repacked(docx(), "word/document.xml", lambda _: b"<x/>"), "cannot be read"),
        (office.repacked(docx(), "_rels/.rels", lambda _: b"<!DOCTYPE a><a/>"), "document type"),
        (office.repacked(docx(), "[Content_Types].xml", lambda _: b"<a"), "not well-formed"),
    ],
)  # fmt: skip
def test_what_is_no_sound_word_document_is_refused_by_name(content: bytes, said: str) -> None:
    with pytest.raises(PublisherError) as refused:
        read_docx(content, "a.docx")
    (fault,) = refused.value.faults
    assert said in str(fault)
    assert fault.at.file == "a.docx"
    assert fault.hint


def test_nesting_without_end_is_refused() -> None:
    deep = paragraph("底")
    for _ in range(80):
        deep = table((deep,))
    with pytest.raises(PublisherError, match=r"nested too deep|not well-formed"):
        _read(deep)


# Laws ---------------------------------------------------------------------------------------------

_WORDS = st.text(st.sampled_from("天地玄黄宇宙洪荒，。abc 12“”"), min_size=1, max_size=6)
_RUNS = st.one_of(
    st.builds(run, _WORDS, st.sampled_from(["<w:b/>", "<w:i/>", '<w:em w:val="dot"/>', "<w:u/>"])),
    st.builds(run, _WORDS),
    st.builds(ruby, st.text("疫情重", min_size=1, max_size=3), st.text("yiqng", min_size=1)),
    st.just(BREAK),
)
_PARAGRAPHS = st.builds(
    lambda runs, style: paragraph(*runs, style=style),
    st.lists(_RUNS, max_size=5),
    st.sampled_from(["", "1", "2", "a4"]),
)
_TABLES = st.lists(st.tuples(_PARAGRAPHS, _PARAGRAPHS), min_size=1, max_size=3).map(
    lambda rows: table(*rows)
)
_BOXES = st.lists(_PARAGRAPHS, min_size=1, max_size=2).map(
    lambda blocks: paragraph("框前", office.text_box(*blocks))
)
_DOCUMENTS = st.lists(st.one_of(_PARAGRAPHS, _TABLES, _BOXES), min_size=1, max_size=6)


@given(_DOCUMENTS, st.lists(_PARAGRAPHS, max_size=2))
def test_every_character_is_kept(blocks: list[str], notes: list[str]) -> None:
    calls = [paragraph("注", office.note_call(number)) for number, _ in enumerate(notes, 1)]
    content = docx(*blocks, *calls, footnotes=dict(enumerate(notes, 1)))
    reading = read_docx(content, "a.docx")
    written = "".join([*map(office.seen, blocks), *map(office.seen, notes), "注" * len(calls)])
    assert dense(reading) == "".join(sorted("".join(written.split())))
    assert codes(reading) == []
    assert all(0 <= span.start <= span.stop <= len(reading.text) for span in reading.spans)


@given(st.lists(st.one_of(_PARAGRAPHS, _TABLES), min_size=1, max_size=6))
def test_characters_stay_in_their_order(blocks: list[str]) -> None:
    reading = read_docx(docx(*blocks), "a.docx")
    bases = "".join(office.seen(block, readings=False) for block in blocks)
    assert "".join(reading.text.split()) == "".join(bases.split())


# Cost ---------------------------------------------------------------------------------------------


def test_every_row_of_the_registry_leads_to_an_extractor() -> None:
    assert all(callable(extractor(suffix.upper())) for suffix in EXTRACTORS)
    assert extractor(".doc") is None
