"""The independent reader of lines, proven on pages whose positions are known."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

import pikepdf
import pytest

from tests.bench.measure import run_module
from tests.glyphs import Glyph, read_glyphs
from tests.lines import Figures, Line, Reading, align, figures, read_lines
from tests.reading import ESSAYS, temporary_folder

# Widths of the font below, in em.
_EM = {1: 1.0, 2: 1.0, 3: 0.5, 4: 0.25, 5: 0.25, 9: 2.0}
_CMAP = b"""
1 beginbfchar <0009> <20142014> endbfchar
2 beginbfrange <0001> <0002> <4E00> <0003> <0005> [<0061> <0062> <0063>] endbfrange
"""


# What is drawn -----------------------------------------------------------------------------------


def _pdf(content: bytes, form: bytes = b"") -> bytes:
    """A page of 100 by 200 pt with a font /F (two bytes a code), /S (one byte), a form /X."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 200))
    page.Contents = pdf.make_stream(content)
    drawn = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, Matrix=[2, 0, 0, 2, 10, 0]
    )
    page.Resources = pikepdf.Dictionary(
        Font={"/F": _wide_font(pdf), "/S": _simple_font(pdf)},
        XObject={"/X": pdf.make_stream(form, drawn)},
        Properties={"/P": pikepdf.Dictionary(ActualText="丁")},
    )
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def _wide_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    descendant = pikepdf.Dictionary(DW=1000, W=[3, [500], 4, 5, 250, 9, [2000]])
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[descendant],
            ToUnicode=pdf.make_stream(_CMAP),
        )
    )


def _simple_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            FirstChar=32,
            Widths=[200, 600],
            ToUnicode=pdf.make_stream(b"beginbfrange <20> <21> <0020> endbfrange"),
        )
    )


def _drawn(content: bytes, form: bytes = b"") -> list[tuple[str, float, float]]:
    glyphs = read_glyphs(_pdf(content, form))
    return [(glyph.text, round(glyph.x, 6), round(glyph.y, 6)) for glyph in glyphs]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"5 6 Td <00010002> Tj", [("一", 5, 6), ("丁", 15, 6)]),
        (b"[<0001> 500 <0002> -100 <0001>] TJ", [("一", 0, 0), ("丁", 5, 0), ("一", 16, 0)]),
        (b"<0003> Tj <0004> Tj <0001> Tj", [("a", 0, 0), ("b", 5, 0), ("一", 7.5, 0)]),
        (b"0 50 Td 3 -12 TD <0001> Tj T* <0001> Tj", [("一", 3, 38), ("一", 3, 26)]),
        (b"0 50 Td 17 TL <0001> Tj <0002> '", [("一", 0, 50), ("丁", 0, 33)]),
        (b'17 TL 1 2 <00010001> "', [("一", 0, -17), ("一", 12, -17)]),
        (b"2 Tc <00010001> Tj", [("一", 0, 0), ("一", 12, 0)]),
        (b"50 Tz 2 Tc [<0001> 200 <0001>] TJ", [("一", 0, 0), ("一", 5, 0)]),
        (b"4 Ts <0001> Tj 0 Ts <0001> Tj", [("一", 0, 4), ("一", 10, 0)]),
        (b"9 Tw <00200001> Tj", [("\ufffd", 0, 0), ("一", 10, 0)]),
        (b"/S 10 Tf 9 Tw ( !) Tj ( ) Tj", [(" ", 0, 0), ("!", 11, 0), (" ", 17, 0)]),
        (b"1 0 0 -1 5 6 Tm <0001> Tj", [("一", 5, 6)]),
        (b"<00090001> Tj", [("—", 0, 0), ("—", 10, 0), ("一", 20, 0)]),
        (b"/Span <</ActualText (x)>> BDC <0001> Tj EMC", [("x", 0, 0)]),
        (b"/Span /P BDC <0001> Tj EMC <0001> Tj", [("丁", 0, 0), ("一", 10, 0)]),
        (
            b"/Span <</ActualText (wxyz)>> BDC <00010001> Tj EMC",
            [(c, 5 * n, 0) for n, c in enumerate("wxyz")],
        ),
        (
            b"/Span <</ActualText (xy)>> BDC <00030001> Tj EMC",
            [("x", 0, 0), ("y", 5, 0)],
        ),
        (b"0 1 -1 0 50 60 Tm 4 Ts <0001> Tj", [("一", 46, 60)]),
        (b"/Artifact BMC <0001> Tj EMC", [("一", 0, 0)]),
    ],
)
def test_every_text_operator_moves_as_the_standard_says(
    content: bytes, expected: list[tuple[str, float, float]]
) -> None:
    assert _drawn(b"BT /F 10 Tf " + content + b" ET") == expected


def test_matrices_are_kept_and_given_back() -> None:
    content = b"q 1 0 0 -1 0 200 cm BT /F 10 Tf 5 6 Td <0001> Tj ET Q BT /F 10 Tf <0001> Tj ET"
    assert _drawn(content) == [("一", 5, 194), ("一", 0, 0)]


def test_a_form_is_drawn_where_its_matrix_puts_it() -> None:
    content = b"q 1 0 0 1 0 30 cm /X Do Q BT /F 10 Tf <0002> Tj ET"
    glyphs = read_glyphs(_pdf(content, b"BT /F 10 Tf 1 1 Td <0001> Tj ET"))
    assert [(glyph.text, glyph.x, glyph.y) for glyph in glyphs] == [("一", 12, 32), ("丁", 0, 0)]
    assert [(glyph.size, glyph.advance) for glyph in glyphs] == [(20, 20), (10, 10)]


def test_the_size_is_that_on_the_page() -> None:
    (glyph,) = read_glyphs(_pdf(b"0.75 0 0 0.75 0 0 cm BT /F 14 Tf <0003> Tj ET"))
    assert (glyph.size, glyph.advance) == (10.5, 5.25)


def test_another_encoding_is_refused() -> None:
    with pikepdf.open(io.BytesIO(_pdf(b"BT /F 10 Tf <0001> Tj ET"))) as pdf:
        pdf.pages[0].Resources.Font.F.Encoding = pikepdf.Name("/UniGB-UCS2-H")
        target = io.BytesIO()
        pdf.save(target)
    with pytest.raises(ValueError, match="UniGB-UCS2-H"):
        read_glyphs(target.getvalue())


# What it says ------------------------------------------------------------------------------------


def _row(
    words: str, page: int = 1, x: float = 0.0, y: float = 0.0, size: float = 10.0
) -> list[Glyph]:
    """Words as glyphs of a full em; spaces a quarter."""
    glyphs = []
    for character in words:
        advance = size / 4 if character == " " else size
        glyphs.append(Glyph(character, page, x, y, advance, size))
        x += advance
    return glyphs


def _reading(paragraphs: list[str], *rows: list[Glyph]) -> Reading:
    return align([glyph for row in rows for glyph in row], paragraphs)


def _texts(reading: Reading) -> list[tuple[int, str, bool, bool]]:
    return [(line.paragraph, line.text, line.is_first, line.is_last) for line in reading.lines]


def test_paragraphs_are_known_by_their_words_alone() -> None:
    reading = _reading(
        ["甲乙丙丁", "戊己"], _row("甲乙", y=40), _row("丙丁", y=20), _row("戊己", y=0)
    )
    assert reading.is_true
    assert _texts(reading) == [
        (0, "甲乙", True, False),
        (0, "丙丁", False, True),
        (1, "戊己", True, True),
    ]


def test_what_stands_around_the_paragraphs_is_left_aside() -> None:
    reading = _reading(
        ["甲乙丙丁戊己"],
        _row("目录 甲乙", y=60),
        _row("甲乙丙", y=40),
        _row("12", y=5),
        _row("书名", page=2, y=90),
        _row("丁戊己", page=2, y=40),
    )
    assert reading.is_true
    assert [line.page for line in reading.lines] == [1, 2]
    assert "".join(glyph.text for glyph in reading.others) == "目录甲乙12书名"


def test_a_title_that_begins_like_the_text_is_not_taken_for_it() -> None:
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    reading = _reading([words], _row("甲乙丙丁", y=60), _row("序", y=40), _row(words, y=20))
    assert reading.is_true
    assert [line.baseline for line in reading.lines] == [20]


@pytest.mark.parametrize(
    ("drawn", "missing", "inserted"),
    [
        ("甲乙丁戊己庚", "丙", ""),
        ("甲乙丙丁戊己子庚", "", "子"),
        ("甲乙丙丑丁戊己庚", "", "丑"),
        ("甲乙 丙丁戊己庚", "", " "),
    ],
)
def test_lost_and_strange_characters_are_found(drawn: str, missing: str, inserted: str) -> None:
    reading = _reading(["甲乙丙丁戊己庚", "辛"], _row(drawn, y=20), _row("辛", y=0))
    assert "".join(character for _, character in reading.missing) == missing
    assert "".join(glyph.text for glyph in reading.inserted) == inserted
    assert not reading.is_true
    assert reading.lines[-1].text == "辛"


def test_characters_out_of_order_are_both_lost_and_strange() -> None:
    reading = _reading(["甲乙丙丁戊己庚"], _row("甲丙乙丁戊己庚"))
    ((_, lost),) = reading.missing
    assert [glyph.text for glyph in reading.inserted] == [lost]


def test_a_stray_character_is_not_taken_for_a_damaged_line() -> None:
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    reading = _reading([words], _row("乙", y=60), _row("甲乙丙酉" + words[3:], y=20))
    assert [glyph.text for glyph in reading.others] == ["乙"]
    assert [glyph.text for glyph in reading.inserted] == ["酉"]
    assert reading.missing == ()


def test_a_lost_page_is_passed_over() -> None:
    first, lost, last = ("".join(map(chr, range(n, n + 40))) for n in (0x4E00, 0x5000, 0x6000))
    reading = _reading([first, lost, last], _row(first, y=20), _row(last, page=2), _row("12", 2))
    assert [line.paragraph for line in reading.lines] == [0, 2]
    assert {paragraph for paragraph, _ in reading.missing} == {1}
    assert len(reading.missing) == len(lost)


def test_spaces_belong_between_words_and_nowhere_else() -> None:
    rows = _row("用 PDF", y=20), _row("about it", y=0)
    assert _reading(["用 PDF about it"], *rows).is_true
    assert _reading(["用PDF about it"], *rows).inserted == (rows[0][1],)
    joined = _row("用PDF", y=20), _row("about it", y=0)
    assert _reading(["用 PDF about it"], *joined).missing == ((0, " "),)
    trailing = _row("用 PDF ", y=20), _row("about it", y=0)
    assert _reading(["用 PDFabout it"], *trailing).inserted == (trailing[0][-1],)


def test_a_note_call_belongs_to_its_line_and_a_reading_does_not() -> None:
    call, reading_beside = _row("1", x=20, y=4, size=5), _row("a", x=0, y=9, size=5)
    found = _reading(["甲乙丙"], _row("甲乙", y=0), reading_beside, call, _row("丙", y=-17))
    assert found.is_true
    assert found.lines[0].attached == tuple(call)
    assert found.lines[0].right == 25
    assert found.lines[1].attached == ()


def test_a_line_knows_its_edges() -> None:
    (line,) = _reading(["甲。"], _row("甲。 ", x=3, y=7)).lines
    assert (line.left, line.right, line.baseline, line.size) == (3, 23, 7, 10)
    assert (line.origins, line.advances) == ((3, 13), (10, 10))


# What it is worth --------------------------------------------------------------------------------


def _set(*paragraphs: tuple[str, ...]) -> Figures:
    """Figures of paragraphs given as lines, on a measure of 10 em at 50 pt, without indent."""
    rows = [row for paragraph in paragraphs for row in paragraph]
    glyphs = [
        glyph for number, row in enumerate(rows) for glyph in _row(row, x=50, y=1000 - 17 * number)
    ]
    return figures(align(glyphs, ["".join(lines) for lines in paragraphs]).lines, 100, indent=0)


def _words(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


_TEN = "一二三四五六七八九十"


def test_a_line_is_flush_when_it_fills_its_measure() -> None:
    found = _set((_TEN, "一二三四五六七八九", "短"), ("也短",))
    assert (found.lines, found.full, found.paragraphs) == (4, 2, 2)
    assert _words(found.ragged) == ["一二三四五六七八九"]
    assert found.flush == 0.5


@pytest.mark.parametrize(
    ("shift", "text", "flush"),
    [
        (0.09, _TEN, True),
        (-0.09, _TEN, True),
        (0.11, _TEN, False),
        (-0.11, _TEN, False),
        (5.0, _TEN[:9] + "。", True),
        (3.0, _TEN[:9] + "”", True),
        (5.2, _TEN[:9] + "。", False),
        (-0.2, _TEN[:9] + "。", False),
        (5.0, _TEN[:9] + "“", False),
    ],
)
def test_the_right_edge_lets_half_a_closing_mark_out(shift: float, text: str, flush: bool) -> None:
    glyphs = _row(text)
    glyphs[-1] = replace(glyphs[-1], x=glyphs[-1].x + shift)
    reading = _reading([text + _TEN * 2], glyphs, _row(_TEN, y=-17), _row(_TEN, y=-34))
    assert (figures(reading.lines, 100, indent=0).ragged == ()) == flush


@pytest.mark.parametrize(
    ("x", "first", "flush"),
    [
        (20, "文", True),
        (15, "“", True),
        (15, "文", False),
        (20, "“", True),
        (0, "文", False),
        (14.8, "《", False),
    ],
)
def test_a_first_line_begins_at_the_indent(x: float, first: str, flush: bool) -> None:
    line = _row(first + _TEN[: 9 - int(x) // 10], x=x)
    line[-1] = replace(line[-1], x=90)
    words = "".join(glyph.text for glyph in line)
    reading = _reading([words + _TEN * 2], line, _row(_TEN, y=-17), _row(_TEN, y=-34))
    assert (figures(reading.lines, 100).ragged == ()) == flush


def test_odd_and_even_pages_have_their_own_edge() -> None:
    rows = [_row(_TEN, page=page, x=page % 2 * 8, y=-17 * n) for page in (1, 2) for n in range(3)]
    assert figures(_reading([_TEN * 6], *rows).lines, 100, indent=0).flush == 1


def test_prohibited_starts_and_ends_are_found_within_paragraphs() -> None:
    found = _set((_TEN, "，" + _TEN[:9], "·甲"), (_TEN[:9] + "《", "甲/"), ("”甲（",), ("／甲",))
    assert _words(found.starts) == ["，" + _TEN[:9], "·甲"]
    assert _words(found.ends) == [_TEN[:9] + "《"]


@pytest.mark.parametrize(
    ("before", "after", "split"),
    [
        ("甲—", "—乙", True),
        ("甲…", "…乙", True),
        ("甲——", "乙", False),
        ("甲——", "——乙", False),
        ("甲———", "—乙", True),
        ("甲", "——乙", False),
        ("甲—", "…乙", False),
    ],
)
def test_dashes_and_ellipses_stay_whole(before: str, after: str, split: bool) -> None:
    assert bool(_set((before, after)).split) == split


@pytest.mark.parametrize(
    ("pair", "step", "unsqueezed"),
    [
        ("，“", 10, 1),
        ("，“", 5, 0),
        ("”。", 10, 1),
        ("”。", 7, 0),
        ("（《", 10, 1),
        ("“甲", 10, 0),
        ("甲，", 10, 0),
        ("“”", 10, 0),
        ("——", 10, 0),
    ],
)
def test_pairs_of_marks_at_two_em_are_found(pair: str, step: float, unsqueezed: int) -> None:
    first, second = _row(pair)
    found = figures(_reading([pair], [first, replace(second, x=step)]).lines, 100)
    assert len(found.unsqueezed) == unsqueezed


@pytest.mark.parametrize(
    ("last", "lone"),
    [("了", 1), ("了。”", 1), ("去了。", 0), ("A。", 0), ("A了", 0), ("3。", 0), ("……”", 0)],
)
def test_last_lines_of_one_han_are_found(last: str, lone: int) -> None:
    assert len(_set((_TEN, last)).lone) == lone


def test_a_paragraph_of_one_han_is_no_lone_ending() -> None:
    assert _set(("哦。",)).lone == ()


def test_steps_are_measured_between_neighbouring_han() -> None:
    row = _row("甲乙，丙A丁戊")
    row[1] = replace(row[1], x=10.4)
    row[-1] = replace(row[-1], x=59.5)
    steps = figures(_reading(["甲乙，丙A丁戊"], row).lines, 100).steps
    assert steps.count == 2
    assert (steps.least, steps.most) == pytest.approx((0.95, 1.04))


def test_no_step_is_measured_between_two_sizes() -> None:
    reading = _reading(["甲乙丙丁"], _row("甲乙", size=8), _row("丙丁", x=19))
    steps = figures(reading.lines, 100).steps
    assert (steps.count, steps.least, steps.most) == (2, 1, 1)


def test_no_step_is_measured_across_the_call_of_a_note() -> None:
    call = _row("1", x=20, y=4, size=5)
    rows = _row("甲乙"), call, _row("丙丁", x=25), _row("，", x=45), _row("“", x=55)
    steps = figures(_reading(["甲乙丙丁，“"], *rows).lines, 100).steps
    assert (steps.count, steps.most) == (2, 1)


def test_percentiles_are_taken_over_all_lines() -> None:
    row = [
        replace(glyph, x=glyph.x + (5 if n == 100 else 0))
        for n, glyph in enumerate(_row("字" * 101))
    ]
    steps = figures(_reading(["字" * 101], row).lines, 100).steps
    assert (steps.count, steps.p1, steps.p50, steps.p99) == (100, 1, 1, 1)
    assert steps.most == pytest.approx(1.5)


def test_figures_become_numbers() -> None:
    values = _set((_TEN, "，甲", "乙")).as_values()
    assert (values["full"], values["starts"], values["lone"], values["flush"]) == (2, 1, 1, 0.5)
    assert values["steps"]["count"] == 9


# Files of the engine -----------------------------------------------------------------------------

_SHEET = """
@page { size: 200pt 240pt; margin: 20pt 20pt 20pt 60pt; @bottom-left { content: counter(page) } }
html { font: 10pt/17pt "Publisher Serif SC" }
body { margin: 0; width: 100.05pt }
p { margin: 0; text-indent: 2em }
sup { font-size: 5pt; line-height: 0 }
.wide { letter-spacing: 1pt }
.tight { margin-right: -5pt }
"""
_PARAGRAPHS = (
    "一二三四五六七八<br>一二三四五六七八九十<br>了。",
    "一二三四五，<b>“</b><br>四五六七八九<sup>1</sup><br>，七八——<i>九十</i>",
    "<i class='wide'>一二三</i>四<i class='tight'>，</i>“五",
    "用 PDF 吧。",
)
_SOURCE = (
    "一二三四五六七八一二三四五六七八九十了。",
    "一二三四五，“四五六七八九，七八——九十",
    "一二三四，“五",
    "用 PDF 吧。",
)


@cache
def _engine_file() -> bytes:
    """A page of plain WeasyPrint with the project's fonts and forced line ends."""
    html, pdf = temporary_folder() / "lines.html", temporary_folder() / "lines.pdf"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS)
    html.write_text(
        f'<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><style>{escape(_SHEET, False)}'
        f"</style>{body}",
        encoding="utf-8",
    )
    run_module("tests.bench.peers", str(html), str(pdf), str(ESSAYS), "plain")
    return pdf.read_bytes()


def test_a_file_of_the_engine_is_read_where_its_sheet_puts_it() -> None:
    reading = read_lines(_engine_file(), _SOURCE)
    assert reading.is_true
    lines = reading.lines
    assert [line.text for line in lines[:3]] == ["一二三四五六七八", "一二三四五六七八九十", "了。"]
    assert [round(line.left, 2) for line in lines[:3]] == [80, 60, 60]
    assert [round(line.right, 2) for line in lines[:3]] == [160, 160, 80]
    assert lines[0].baseline - lines[1].baseline == pytest.approx(17, abs=0.01)
    assert "".join(glyph.text for glyph in reading.others) == "11"


def test_planted_faults_are_found_in_a_file_of_the_engine() -> None:
    found = figures(read_lines(_engine_file(), _SOURCE).lines, 100)
    assert _words(found.lone) == ["了。"]
    assert _words(found.starts) == ["，七八——九十"]
    assert _words(found.ends) == ["一二三四五，“"]
    assert _words(found.unsqueezed) == ["一二三四五，“"]
    assert found.pairs == 2
    assert _words(found.ragged) == ["一二三四五，“", "四五六七八九"]
    assert found.steps.most == pytest.approx(1.1, abs=0.002)


def test_every_width_of_the_engine_is_that_of_the_font() -> None:
    for line in read_lines(_engine_file(), _SOURCE).lines:
        for glyph in line.glyphs:
            if "\u4e00" <= glyph.text <= "\u9fff":
                assert glyph.advance == pytest.approx(glyph.size)


def test_the_reader_shares_nothing_with_the_command() -> None:
    for name in ("glyphs.py", "lines.py"):
        words = (Path(__file__).parent / name).read_text("utf-8")
        assert "import publisher" not in words
        assert "from publisher" not in words
