"""The screen PDF in its corners: options, page sizes, odd essays; read back with pdfium."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.model.artefact import Artefact
from publisher.press.build import build
from publisher.press.planning import plan
from publisher.typography.typearea import type_area
from tests.reading import Area, Leaf, Pdf

MM = 72 / 25.4
SCREEN = '[[output]]\nname = "screen"\nformat = "screen"\n'
LINE = "河上起了雾，看不见对岸，只听见有人在喊船。"
Make = Callable[..., Artefact]


@pytest.fixture
def screen(make_collection, tmp_path: Path) -> Make:
    """The PDF of essays given by name; `more` are further lines of its output."""

    def make(files: dict[str, str | bytes], more: str = "", head: str = "") -> Artefact:
        folder = make_collection(files, head=head, outputs=SCREEN + more)
        (artefact,) = build(folder, tmp_path / "dist").artefacts
        return artefact

    return make


def essay(body: str, title: str = "渡口", author: str = "") -> str:
    byline = f"author: {author}\n" if author else ""
    return f"---\ntitle: {title}\n{byline}---\n\n{body}\n"


def leaves_of(artefact: Artefact, anchor: str) -> tuple[Leaf, ...]:
    pdf = Pdf(artefact.content)
    return pdf.span(
        anchor, [name for name in pdf.destinations if not re.search(r"_[hn]\d+$", name)]
    )


def test_pages_say_how_many_there_are(screen: Make) -> None:
    artefact = screen({"a.md": essay(LINE)})
    assert artefact.pages == len(Pdf(artefact.content).file.pages)


def test_a_cover_can_be_left_out(screen: Make) -> None:
    artefact = screen({"a.md": essay(LINE)}, more="options = { cover = false }")
    pdf = Pdf(artefact.content)
    assert "cover" not in pdf.destinations
    assert pdf.leaves[0].label == "i"
    assert pdf.destinations["half-title"] == 0


def test_a_picture_without_words_is_told_by_us_and_not_by_the_engine(screen: Make) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    text = essay(f"{LINE}\n\n![](a.svg)\n\n![](a.svg){{.ornament}}")
    assert screen({"a.md": text, "a.svg": svg}).notices == ()


@pytest.mark.parametrize(
    ("wish", "width", "height"), [("B6", 125, 176), ("大32开", 140, 203), ("148x210", 148, 210)]
)
def test_pages_have_the_size_that_was_wished_for(
    wish: str, width: float, height: float, screen: Make
) -> None:
    artefact = screen({"a.md": essay(LINE * 40)}, more=f'page = "{wish}"')
    for leaf in Pdf(artefact.content).leaves:
        assert leaf.width == pytest.approx(width * MM, abs=0.01)
        assert leaf.height == pytest.approx(height * MM, abs=0.01)


def test_a_long_paragraph_fills_whole_lines_of_whole_characters(
    screen: Make, make_collection
) -> None:
    artefact = screen({"a.md": essay("河" * 3000)})
    _, jobs = plan(make_collection({"a.md": essay(LINE)}, outputs=SCREEN))
    own = type_area(jobs[0].page, jobs[0].book.layout.design)
    _, second, *_ = leaves_of(artefact, "essay-a")
    left = (own.outer if second.index % 2 else own.inner) * MM
    bottom = own.bottom * MM
    area = Area(left, bottom, left + own.width * MM, bottom + own.height * MM)
    assert len(second.body(area)) == own.characters * own.lines


def test_an_essay_without_an_author_sets_no_byline_and_no_blank(screen: Make) -> None:
    artefact = screen({"a.md": essay(f"{LINE}\n\n" * 80, title="说“渡”")})
    assert artefact.notices == ()
    first = leaves_of(artefact, "essay-a")[0]
    assert first.text().startswith("说“渡”" + LINE[:4])


def test_a_source_after_a_dash_and_a_space_is_set_without_a_remark(screen: Make) -> None:
    artefact = screen({"a.md": essay(f"> {LINE}\n> —— 撑船的人")})
    assert artefact.notices == ()
    assert "——撑船的人" in leaves_of(artefact, "essay-a")[0].text()


def test_an_essay_that_opens_with_a_tall_picture_begins_on_its_first_page(screen: Make) -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    artefact = screen({"a.md": essay(f"![岸](b.svg)\n\n{LINE}"), "b.svg": picture})
    first, *rest = leaves_of(artefact, "essay-a")
    assert first.text().startswith("渡口")
    assert not any(leaf.text().startswith("渡口") and leaf.boxes for leaf in rest)


def test_a_picture_wider_than_the_page_is_fitted_in(screen: Make) -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="300">'
        '<rect width="3000" height="300"/></svg>'
    )
    artefact = screen({"a.md": essay(f"{LINE}\n\n![岸](b.svg)"), "b.svg": picture})
    (first,) = leaves_of(artefact, "essay-a")
    assert max(right - left for left, _, right, _ in first.boxes) < first.width


def test_two_notes_of_one_line_both_stand_below_it(screen: Make) -> None:
    text = "甲[^1]，乙[^2]。\n\n[^1]: 注一。\n[^2]: 注二。"
    (first,) = leaves_of(screen({"a.md": essay(text)}), "essay-a")
    assert re.search("1注一。2注二。1$", first.text())


def test_a_note_called_twice_is_written_once(screen: Make) -> None:
    text = "甲[^1]，乙[^1]。\n\n[^1]: 注一。"
    (first,) = leaves_of(screen({"a.md": essay(text)}), "essay-a")
    assert first.text().count("注一。") == 1
    assert first.text(smallest=0).count("1") == 4, "two calls, the note's number, the folio"


@pytest.mark.parametrize("lines_before", range(12, 20))
def test_a_note_stays_on_its_page_wherever_the_call_falls(lines_before: int, screen: Make) -> None:
    filling = f"{'河' * 28}\n\n" * lines_before
    text = f"{filling}甲[^1]。\n\n{LINE * 3}\n\n{LINE * 4}\n\n{LINE * 30}\n\n[^1]: {LINE * 3}"
    leaves = leaves_of(screen({"a.md": essay(text)}), "essay-a")
    (calling,) = (leaf for leaf in leaves if "甲" in leaf.text())
    assert f"1{LINE}" in calling.text()


@pytest.mark.parametrize("lines_before", range(12, 20))
def test_text_ends_above_the_notes_of_its_page(lines_before: int, screen: Make) -> None:
    filling = f"{'河' * 28}\n\n" * lines_before
    text = f"{filling}甲[^1]。\n\n{LINE * 30}\n\n[^1]: {LINE * 3}"
    leaves = leaves_of(screen({"a.md": essay(text)}), "essay-a")
    (calling,) = (leaf for leaf in leaves if "甲" in leaf.text())
    low = [glyph for glyph in calling.glyphs if glyph.y < calling.height / 2]
    noted = max(glyph.y for glyph in low if abs(glyph.size - 8.5) < 0.1)
    body = min(glyph.y for glyph in calling.glyphs if abs(glyph.size - 10.5) < 0.1)
    assert body > noted + 17, "a line's leading at least, for the rule stands between"


def test_cross_references_lead_to_the_other_essay(screen: Make) -> None:
    artefact = screen({"a.md": essay("见[彼岸](b.md)。"), "b.md": essay(LINE, title="彼岸")})
    pdf = Pdf(artefact.content)
    page = pdf.destinations["essay-a"]
    assert {link.target for link in pdf.links if link.page == page} == {"essay-b"}


def test_web_addresses_are_links_out_of_the_file(screen: Make) -> None:
    artefact = screen({"a.md": essay("见[此](https://example.org/渡?a=1&b=2)。")})
    assert Pdf(artefact.content).web_links == {"https://example.org/%E6%B8%A1?a=1&b=2"}


def test_a_book_without_parts_has_a_flat_outline(screen: Make) -> None:
    artefact = screen({"a.md": essay(LINE), "b.md": essay(LINE, title="彼岸")})
    outline = Pdf(artefact.content).outline
    assert [(depth, title) for depth, title, _ in outline] == [
        (1, "目录"), (1, "渡口"), (1, "彼岸")
    ]  # fmt: skip


def test_contents_of_many_essays_run_over_pages_with_right_numbers(screen: Make) -> None:
    files = {f"{n:03}.md": essay(LINE * (n % 7 + 1), title=f"第{n}渡") for n in range(90)}
    pdf = Pdf(screen(files).content)
    assert pdf.destinations["essay-000"] - pdf.destinations["contents"] >= 4
    for link in pdf.links:
        if link.page < pdf.destinations["essay-000"]:
            begins = pdf.leaves[pdf.destinations[link.target]].label
            row = pdf.leaves[link.page].text(link.area.bottom, link.area.top)
            assert row.endswith(f"·{begins}"), (row, begins)


def test_a_title_of_two_lines_fits_its_page_and_its_head(screen: Make) -> None:
    title = "在砻渡镇半石桥西头的桥墩底下等一班不知道还来不来的渡船的人们"
    artefact = screen({"a.md": essay(f"{LINE}\n\n" * 60, title=title, author="祝筱萍")})
    for leaf in leaves_of(artefact, "essay-a"):
        assert min(glyph.left for glyph in leaf.glyphs) >= 0
        assert max(glyph.right for glyph in leaf.glyphs) <= leaf.width
