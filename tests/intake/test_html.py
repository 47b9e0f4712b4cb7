"""HTML: a saved page becomes its article; what stands around it is told."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.ground.errors import PublisherError
from publisher.ground.places import Place
from publisher.intake.extractors.html import read_html
from publisher.intake.extractors.markup import MOST_TAGS, read_page, texts
from publisher.intake.reading import Reading, Role
from publisher.intake.splitting.proposal import propose
from tests.intake.office import PNG, docx
from tests.intake.spans import codes, dense, dropped, lines, words

PARAGRAPHS = (
    "那年冬天，钟楼的钟比平时快了两分钟。镇上的人起初并不在意，后来才慢慢发觉什么都早了一点。",
    "修钟的师傅住在河对岸，一年只来两回。他说钟没有坏，是人的脚步慢了，钟等不及，就自己先走。",
    "我父亲不信这话。他每天清早站在楼下，拿自己的怀表去对，对完了总要叹一口气，再慢慢走回家去。",
    "多年以后我才明白，他对的不是钟，是日子。日子走得快了两分钟，他就少了两分钟同我们说话。",
)
SHORT = "“走吧。”"
FIRST, *REST = PARAGRAPHS

# Pages as they lie around: laid out by tables, by divisions, by a publishing system, by Word.
TABLES = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>钟楼_邬鹤年_某某文学网</title></head><body bgcolor=white>
<table><tr><td><a href="/">首页</a> | <a href="/s">散文</a> | <a href="/x">小说</a></td></tr>
</table>
<table><tr><td width=160>热门文章<br><a href=1>雨夜的来客</a><br><a href=2>山中的信</a></td>
<td><table><tr><td align=center><h1>钟楼</h1></td></tr>
<tr><td>作者：邬鹤年　来源：某某文学网　时间：2009-3-4 　点击：1024</td></tr>
<tr><td>　　{FIRST}<br><br>　　{REST[0]}<br><br>　　{SHORT}<br><br>　　{REST[1]}<br><br>
　　{REST[2]}</td></tr></table></td></tr></table>
<table><tr><td>上一篇：<a href=3>雨</a>　下一篇：<a href=4>雪</a></td></tr>
<tr><td>版权所有 某某文学网 京备00000000号</td></tr></table></body></html>"""
DIVISIONS = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>钟楼 - 河边小站</title>
<meta property="og:title" content="钟楼"><meta name="author" content="邬鹤年">
<meta property="article:published_time" content="2009-03-04T10:00:00+08:00"></head><body>
<header><a href="/">河边小站</a><nav><ul><li><a href="/a">散文</a></li><li><a href="/b">诗</a></li>
</ul></nav></header><main><article><h1>钟楼</h1><p>{FIRST}</p><p>{REST[0]}</p><h2>二</h2>
<p>{SHORT}</p><p>{REST[1]}</p><p>{REST[2]}</p></article></main>
<aside><h3>相关文章</h3><ul><li><a href="/3">春天里的三件小事</a></li>
<li><a href="/4">渡口</a></li></ul>
</aside><footer>© 河边小站</footer></body></html>"""
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>钟楼</title>
<style>p.MsoNormal {{margin:0}}</style></head><body lang=ZH-CN><div class=WordSection1>
<p class=MsoNormal align=center><b><span style='font-size:16.0pt'>钟楼</span></b></p>
<p class=MsoNormal><span>　　{FIRST}</span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal><span>　　{REST[0]}</span></p><p class=MsoNormal><span>　　{SHORT}</span></p>
<p class=MsoNormal>　　{REST[1]}</p><p class=MsoNormal>　　{REST[2]}</p></div></body></html>"""
PAGES = {
    "tables": TABLES.encode("gb18030"),
    "divisions": DIVISIONS.encode(),
    "word": WORD.encode("gb18030"),
}


def _read(page: str) -> Reading:
    return read_html(page.encode(), "a.html")


def _page(body: str) -> str:
    return f'<html><head><meta charset="utf-8"><title>钟楼</title></head><body>{body}</body></html>'


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_taken_whole_and_alone(name: str) -> None:
    reading = read_html(PAGES[name], "a.htm")
    body = [line.strip() for line in lines(reading) if line.strip() not in ("钟楼", "二")]
    assert body == [FIRST, REST[0], SHORT, REST[1], REST[2]]
    assert "article-not-found" not in codes(reading)


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_the_page_is_kept_or_told(name: str) -> None:
    reading = read_html(PAGES[name], "a.htm")
    root = read_page(PAGES[name].decode("utf-8" if name == "divisions" else "gb18030"), Place(""))
    shown = "".join("".join(texts(root)).split())
    assert dense(reading) == "".join(sorted(shown))
    assert "source-lost" not in codes(reading)


@pytest.mark.parametrize("name", ["tables", "divisions"])
def test_title_author_and_date_are_suggested(name: str) -> None:
    reading = read_html(PAGES[name], "a.htm")
    found = reading.suggestion
    assert (found.title, found.authors) == ("钟楼", ("邬鹤年",))
    assert found.published == "2009-03-04"
    assert reading.how.endswith("published 2009-03-04")
    assert words(reading, Role.HEADING)[0] == ("钟楼", "1")


def test_what_stands_around_is_told_with_its_reason() -> None:
    told = dropped(read_html(PAGES["tables"], "a.htm"))
    assert any("热门文章" in text for text in told)
    assert any("版权所有" in text for text in told)
    assert set(told.values()) == {"outside the article"}


def test_words_for_browsers_without_scripts_and_templates_are_told() -> None:
    reading = _read(
        _page(
            f"<article><h1>钟楼</h1><p>{FIRST}</p><noscript><p>请打开脚本</p></noscript>"
            f"<template><p>模板</p></template><p>{REST[0]}<q>走</q></p></article>"
        )
    )
    assert dropped(reading) == {
        "请打开脚本": "shown only without scripts",
        "模板": "a template of the page",
    }
    assert lines(reading)[-1] == f"{REST[0]}“走”"
    assert codes(reading) == []


def test_all_of_a_document_that_word_saved_as_a_page_is_taken() -> None:
    form = "<table><tr><td><p>姓名</p></td><td><p>邬鹤年</p></td></tr></table>"
    page = WORD.replace("</div></body>", f"{form}<p class=MsoNormal>抄送：文化站</p></div></body>")
    reading = read_html(page.encode("gb18030"), "a.htm")
    assert lines(reading)[-2:] == ["姓名\t邬鹤年", "抄送：文化站"]
    assert reading.dropped == ()


def test_a_picture_that_is_not_there_is_told_with_its_description() -> None:
    reading = _read(
        _page(f'<p>{FIRST}</p><p>{REST[0]}</p><img src="x.png" alt="老钟楼"><p>{REST[1]}</p>')
    )
    assert dropped(reading) == {"老钟楼 x.png": "a picture that is not in the file"}


def test_the_encoding_is_the_one_declared_unless_the_bytes_are_utf_8() -> None:
    assert read_html(PAGES["tables"], "a.htm").how.startswith("gb2312")
    saved = TABLES.encode()
    assert "UTF-8" in read_html(saved, "a.htm").how
    assert lines(read_html(saved, "a.htm")) == lines(read_html(PAGES["tables"], "a.htm"))
    big5 = _page("<p>鐘樓</p>").replace("utf-8", "big5").replace("钟楼", "鐘樓").encode("big5")
    assert lines(read_html(big5, "a.htm")) == ["鐘樓"]
    wide = _page("<p>钟楼</p>").replace('<meta charset="utf-8">', "").encode("utf-16")
    assert lines(read_html(wide, "a.htm")) == ["钟楼"]


def test_a_page_without_declaration_is_decoded_as_any_text_is() -> None:
    page = TABLES.replace("; charset=gb2312", "").encode("gb18030")
    assert lines(read_html(page, "a.htm")) == lines(read_html(PAGES["tables"], "a.htm"))


def test_bytes_that_are_not_what_they_declare_are_refused() -> None:
    broken = PAGES["tables"].replace("修钟".encode("gb18030"), b"\xff\xfe\xff")
    with pytest.raises(PublisherError):
        read_html(broken, "a.htm")


def test_line_ends_within_chinese_show_nothing_and_between_latin_words_a_space() -> None:
    reading = _read(_page("<p>第一\n  行，one\n two。\n第二</p>"))
    assert reading.text == "第一行，one two。第二\n"


def test_notes_leave_the_text_and_their_calls_stay() -> None:
    reading = _read(
        _page(
            f'<p>{FIRST}<a id="r1" href="#n1"><sup>[1]</sup></a>{REST[0]}'
            f'<sup><a href="#n2" id="r2">②</a></sup></p><p>{REST[1]}</p><hr>'
            '<p><a id="n1" href="#r1">[1]</a> 钟楼：在镇东。</p>'
            '<p id="n2">② 师傅姓<b>林</b>。<a href="#r2">↩</a></p><p><a href="#top">顶</a></p>'
        )
    )
    assert [(note.label, note.text) for note in reading.notes] == [
        ("1", "钟楼：在镇东。"),
        ("2", "师傅姓林。"),
    ]
    calls = [span.start for span in reading.spans if span.role is Role.NOTE]
    assert calls == [len(FIRST), len(FIRST + REST[0])]


def test_a_link_to_a_chapter_is_no_note() -> None:
    reading = _read(_page(f'<p><a href="#c1">1</a></p><h2 id="c1">1</h2><p>{FIRST}</p>'))
    assert reading.notes == ()
    assert "1" in lines(reading)


def test_rubies_links_verse_and_lists() -> None:
    reading = _read(
        _page(
            f"<p>{FIRST}他<ruby>蹀<rp>(</rp><rt>dié</rt><rp>)</rp>躞<rt>xiè</rt></ruby>着</p>"
            "<p>床前明月光，<br>疑是地上霜。</p>"
            '<p><a href="https://example.org/">去</a><a href="javascript:alert(1)">不去</a>'
            f'{REST[0]}</p><ol start="3"><li>{REST[1]}</li><li>{REST[2]}</li></ol>'
        )
    )
    assert words(reading, Role.RUBY) == [("蹀", "dié"), ("躞", "xiè")]
    assert [line for line, _ in words(reading, Role.VERSE)] == ["床前明月光，", "疑是地上霜。"]
    assert words(reading, Role.LINK) == [("去", "https://example.org/")]
    assert [value for _, value in words(reading, Role.ITEM)] == ["1 3.", "1 4."]


def test_a_table_of_words_is_rows_and_a_table_of_layout_is_lines() -> None:
    reading = _read(
        _page(
            f"<p>{FIRST}</p><table><tr><th>年</th><th>月</th></tr><tr><td>一九</td><td>三</td></tr>"
            f"</table><p>{REST[0]}</p><table><tr><td><p>{REST[1]}</p><p>{REST[2]}</p></td>"
            "<td>旁边的话</td></tr></table>"
        )
    )
    assert words(reading, Role.ROW) == [("年\t月", "1"), ("一九\t三", "2")]
    assert REST[2] in lines(reading)


def test_nothing_is_fetched_and_nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def reached(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", reached)
    embedded = base64.b64encode(PNG).decode()
    reading = _read(
        _page(
            f'<script>document.write("广告")</script><style>p{{}}</style><p>{FIRST}'
            f'<img src="http://example.org/a.png"><img src="data:image/png;base64,{embedded}">'
            '<iframe src="http://example.org/">框</iframe><span style="display: none">暗</span></p>'
            f"<p>{REST[0]}</p>"
        )
    )
    assert lines(reading) == [FIRST, REST[0]]
    assert dropped(reading) == {
        "http://example.org/a.png": "a picture that is not in the file",
        "框": "something embedded in the page",
        "暗": "hidden in the source",
    }
    assert reading.pictures == (("picture-1.png", PNG),)


def test_a_page_without_an_article_is_taken_whole_and_that_is_told(
    capfd: pytest.CaptureFixture[str],
) -> None:
    reading = _read(_page("<script>甲</script><table><tr><td><img alt='乙'></td></tr></table>"))
    assert lines(reading) == []
    assert codes(reading) == ["article-not-found"]
    assert lines(_read(_page("<div><a href='/x'>甲</a></div>"))) == ["甲"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (docx(), "a Word document"),
        (b"%PDF-1.4", "a PDF"),
        (("<div>" * 3000 + "底").encode(), "nested too deep"),
        (b"<p>" * (MOST_TAGS + 1), "tags"),
    ],
)
def test_what_is_no_page_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(PublisherError, match=said):
        read_html(content, "a.html")


_INLINE = st.sampled_from(["b", "i", "span", "a", "font", "sup", "u"])
_BLOCK = st.sampled_from(["p", "div", "li", "td", "h2", "blockquote", "pre", "center", "dd"])
_TEXT = st.text("天地玄黄ab ，。\n", max_size=8)


def _wrapped(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>"


_PLAIN = st.one_of(_TEXT, st.just("<br>"))
_MARKED = st.one_of(_PLAIN, st.builds(_wrapped, _INLINE, _PLAIN))
_INLINES = st.lists(
    st.one_of(_MARKED, st.builds(_wrapped, _INLINE, _MARKED)), min_size=1, max_size=3
).map("".join)
_LEAVES = st.builds(_wrapped, _BLOCK, _INLINES)
_ROWS = st.lists(_LEAVES, min_size=1, max_size=3).map("".join)
_BLOCKS = st.lists(
    st.one_of(_LEAVES, st.builds(_wrapped, _BLOCK, _ROWS)), min_size=1, max_size=3
).map("".join)


@given(_BLOCKS)
def test_no_word_of_any_page_is_lost(body: str) -> None:
    reading = _read(_page(body))
    shown = "".join(texts(read_page(_page(body), Place(""))))
    assert dense(reading) == "".join(sorted("".join(shown.split())))
    assert all(0 <= span.start <= span.stop <= len(reading.text) for span in reading.spans)


def test_what_only_a_script_will_show_is_read() -> None:
    # WeChat saves its articles so.
    page = _page(
        f'<div id="js_content" style="visibility: hidden"><p>{"桥封了，没有人走。" * 12}</p></div>'
    )
    reading = read_html(page.encode(), "a.html")
    assert "桥封了" in reading.text
    assert not reading.dropped


INFO = [
    "作者：凌小舟　来源：河边文学网　2016-05-06",
    "撰文：凌小舟　摄影：龚小北",
    "文／凌小舟",
]


@pytest.mark.parametrize("info", INFO)
def test_a_byline_above_the_article_is_believed_before_the_site(info: str) -> None:
    """The author that a page declares for machines is often the site."""
    page = (
        '<html><head><meta charset="utf-8"><title>钟楼_河边文学网</title>'
        '<meta name="author" content="河边文学网"></head><body><div><a href="/">首页</a></div>'
        f'<div><h1>钟楼</h1><div class="info">{info}</div><div class="text"><p>{FIRST}</p>'
        f"<p>{REST[0]}</p><p>{REST[1]}</p><p>{REST[2]}</p></div></div></body></html>"
    )
    reading = _read(page)
    essay = next(item for item in propose(reading) if item.kind == "essay")
    assert essay.authors == ("凌小舟",)


@pytest.mark.parametrize("info", ["作者：河边文学网", "作者：佚名", "来源：河边文学网"])
def test_a_byline_that_names_nobody_leaves_the_author_that_is_declared(info: str) -> None:
    page = DIVISIONS.replace("<h1>钟楼</h1>", f"<h1>钟楼</h1><div>{info}</div>")
    assert _read(page).suggestion.authors == ("邬鹤年",)


def test_an_author_who_is_called_after_the_site_is_none() -> None:
    head = '<html><head><meta charset="utf-8"><title>钟楼 - 河边人家 - 博客</title>'
    text = "".join(f"<p>{row}</p>" for row in (FIRST, *REST))
    for author, found in (
        ("河边人家编者", ()),
        ("河边人家", ("河边人家",)),
        ("邬鹤年", ("邬鹤年",)),
    ):
        page = f'{head}<meta name="author" content="{author}"></head><body>{text}</body></html>'
        assert _read(page).suggestion.authors == found


def test_a_byline_with_the_counters_of_a_page_is_believed_before_the_site() -> None:
    info = "(2014-12-30 22:41:07) 作者：白渡客 阅读(1033) 评论(4) 标签：杂谈"
    text = "".join(f"<p>{row}</p>" for row in (FIRST, *REST))
    page = (
        '<html><head><meta charset="utf-8"><title>钟楼</title>'
        '<meta name="author" content="河边人家"></head>'
        f"<body><div><h2>钟楼</h2><p>{info}</p><div>{text}</div></div></body></html>"
    )
    assert _read(page).suggestion.authors == ("白渡客",)
