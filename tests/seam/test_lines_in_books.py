"""Lines of all that a book's paragraph may hold: flush, linked, tagged and counted on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, groupby

import pytest

from tests.glyphs import Glyph, read_glyphs
from tests.lines import figures, read_lines
from tests.reading import Area, Pdf
from tests.seam import stone
from tests.seam.contents import VERSES

MEASURE = stone.RIGHT - stone.LEFT
# Each says its own words in the midst of a long paragraph; `{}` is where they stand.
INSIDE = {
    "nothing": "",
    "emphasis": "<em>处处闻啼鸟</em>",
    "dots": "<em style='text-emphasis: dot'>处处闻啼鸟</em>",
    "strong": "<strong>处处闻，啼鸟</strong>",
    "link": "<a href='#home'>处处闻啼鸟</a>",
    "note": "<span class='note'>注释</span>",
    "ruby": "<ruby>鸟<rt>li</rt></ruby>",
    "Latin": "Spring sleep, unaware of dawn",
    "numbers": "1919年5月4日37.5%",
    "picture": "<span style='white-space: nowrap'>处<img src='dot.png' alt='点'/>处</span>",
    "code": "<code>x = 'y'</code>",
    "other face": "<span class='kai'>故人具“鸡黍”</span>",
    "smaller": "<small>故人（具鸡）黍</small>",
    "frame": "<span style='padding: 0 3pt; border: 1pt solid'>故人具鸡黍</span>",
    "nested": "<a href='#home'>甲<em>乙<strong>丙《丁》</strong></em><code>w</code></a>",
    "underlined": "<u>故人具，“鸡黍”</u>",
    "soft hyphens": "in\u00adcom\u00adpre\u00adhen\u00adsi\u00adble",
    "fixed spaces": "故\u00a0人",
    "accents": "cafe\u0301 naïve",
    "kept together": "<span style='white-space: nowrap'>故人具鸡黍</span>",
}  # fmt: skip
_SAID = re.compile("<rt>[^<]*</rt>|<span class='note'>[^<]*</span>|<[^>]*>|\u00ad")


def _paragraph(inside: str) -> str:
    """Many lines; every other sentence has something inside."""
    marked = (f"{line[:3]}{inside if n % 2 else ''}{line[3:]}" for n, line in enumerate(VERSES))
    return "".join(marked)


def _plain(markup: str) -> str:
    return _SAID.sub("", markup)


@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_full_lines_are_flush_and_say_what_was_written(inside: str) -> None:
    markup = _paragraph(inside)
    reading = read_lines(stone.pdf(f"<p id='home'>{markup}</p>"), [_plain(markup)])
    assert not reading.missing
    assert {glyph.text for glyph in reading.inserted} <= {"‐"}
    found = figures(reading.lines, MEASURE)
    assert found.full >= 9
    hyphens = {(glyph.page, glyph.y): glyph.end for glyph in reading.inserted}
    for line in found.ragged:
        assert hyphens[line.page, line.baseline] == pytest.approx(stone.RIGHT, abs=0.1), line.text
    assert found.starts == found.ends == found.split == found.unsqueezed == found.lone == ()


def test_everything_at_once_in_a_narrow_measure() -> None:
    # What ends beyond its last word, or half an em of another size, is told as ragged.
    kinds = cycle(INSIDE[name] for name in INSIDE if name not in ("smaller", "soft hyphens"))
    markup = "".join(f"{line[:4]}{next(kinds)}{line[4:]}" for line in VERSES)
    pdf = stone.pdf(f"<p id='home'>{markup}</p>", "p { width: 20em }")
    reading = read_lines(pdf, [_plain(markup)])
    assert not reading.missing
    found = figures(reading.lines, 20 * stone.EM)
    assert found.full >= 20
    assert not found.ragged


@pytest.mark.parametrize("face", ["strong", "code", "em"])
def test_a_soft_hyphen_shows_itself_behind_words_of_another_face(face: str) -> None:
    # A size of its own, so that no other words have shown a hyphen in this face before.
    style = f"p {{ width: 6.5em; text-indent: 0; text-align: left }} {face} {{ font-size: 9.7pt }}"
    pdf = stone.pdf(f"<p>春眠不觉<{face}>晓</{face}>\u00adSpringtime</p>", style)
    glyphs = read_glyphs(pdf)
    first = "".join(glyph.text for glyph in glyphs if glyph.y == glyphs[0].y)
    assert first == "春眠不觉晓‐"


# Links --------------------------------------------------------------------------------------------


def _inside(glyph: Glyph, area: Area) -> bool:
    middle = glyph.x + glyph.advance / 2
    return area.left - 0.1 < middle < area.right + 0.1 and area.bottom < glyph.y < area.top


def test_what_is_clickable_is_the_words_of_the_link() -> None:
    link = "<a href='#home'>故人具“鸡黍”Spring</a>"
    pdf = stone.pdf(f"<p id='home'>{_paragraph(link)}</p>")
    links = Pdf(pdf).links
    glyphs = read_glyphs(pdf)
    text = "".join(glyph.text for glyph in glyphs)
    wanted = {n for m in re.finditer(_plain(link), text) for n in range(*m.span())}
    clickable = {
        number
        for number, glyph in enumerate(glyphs)
        if any(link.page + 1 == glyph.page and _inside(glyph, link.area) for link in links)
    }
    assert len(wanted) == len(VERSES) // 2 * len(_plain(link))
    assert clickable == wanted


# Tags ---------------------------------------------------------------------------------------------


def _kinds(pdf: bytes) -> list[str]:
    """What the words are told to be, in order."""
    read = Pdf(pdf)
    return [str(element.S) for element in read.elements]


# What goes on over pages depends on the lines, and what goes on over lines is tagged twice.
_HIGH, _WIDE = "@page { size: 360pt 9000pt }", "@page { size: 9000pt 900pt }"


def test_tags_are_complete_and_in_order() -> None:
    marked = "".join(f"<h1>题</h1><p>{_paragraph(inside)}</p>" for inside in INSIDE.values())
    body = f"{marked}<ul id='home'><li>{_paragraph('')}</li></ul>"
    ours, theirs = stone.both(stone.document(body, _HIGH), "bare")
    assert _heard(ours.pdf) == _heard(theirs.pdf)
    ours, theirs = stone.both(stone.document(body, _WIDE), "bare")
    assert _kinds(ours.pdf) == _kinds(theirs.pdf)


def _heard(pdf: bytes) -> str:
    """The words as they are read aloud, without spaces, hyphens and numbers of notes."""
    spoken = "".join(words for _, words in Pdf(pdf).spoken)
    return re.sub("[\\s\u00ad\u2010\u2060\x02\ufffe]+", "", spoken)


# What counts on pages -----------------------------------------------------------------------------

_CHAPTERS = ("春眠", "登鹳雀楼", "过故人庄", "“静夜思”")
_STYLE = """
h1 { bookmark-level: 1; string-set: chapter content(); break-after: avoid }
@page { @top-left { content: string(chapter) } @bottom-left { content: counter(page) } }
a::after { content: target-counter(attr(href), page) }
"""


def _book() -> str:
    entries = "".join(f"<p><a href='#c{n}'>{name}</a></p>" for n, name in enumerate(_CHAPTERS))
    chapters = (
        f"<h1 id='c{n}'>{name}</h1><p>{_paragraph(INSIDE['strong']) * (n + 1)}</p>"
        for n, name in enumerate(_CHAPTERS)
    )
    return entries + "".join(chapters)


def test_contents_running_heads_and_outline_know_the_pages() -> None:
    pdf = stone.pdf(_book(), _STYLE)
    glyphs = read_glyphs(pdf)
    first = {n: _page_of(glyphs, name, skip=1) for n, name in enumerate(_CHAPTERS)}
    assert len(set(first.values())) > 1
    assert [page + 1 for _, _, page in Pdf(pdf).outline] == list(first.values())
    assert [title for _, title, _ in Pdf(pdf).outline] == list(_CHAPTERS)
    for n, name in enumerate(_CHAPTERS):
        assert f"{name}{first[n]}" in "".join(g.text for g in glyphs if g.page == 1)
    assert dict(_heads(glyphs)) == {
        page: _CHAPTERS[_current(first, page)] for page in range(1, glyphs[-1].page + 1)
    }


def _page_of(glyphs: tuple[Glyph, ...], words: str, skip: int) -> int:
    """The page of the type area where words stand, passing over the first times."""
    area = [glyph for glyph in glyphs if stone.FOOT < glyph.y < stone.HEAD]
    text = "".join(glyph.text for glyph in area)
    return area[[m.start() for m in re.finditer(words, text)][skip]].page


def _heads(glyphs: tuple[Glyph, ...]) -> Iterator[tuple[int, str]]:
    for page, own in groupby(glyphs, key=lambda glyph: glyph.page):
        yield page, "".join(glyph.text for glyph in own if glyph.y >= stone.HEAD)


def _current(first: dict[int, int], page: int) -> int:
    """The first chapter that begins on a page, else the last one before."""
    begun = [n for n in first if first[n] == page]
    return begun[0] if begun else max(n for n in first if first[n] < page)
