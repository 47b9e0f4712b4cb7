"""The layouts that come with publisher: every block, script and size, whole and flawless."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publisher.press.build import build
from publisher.proofing.findings import Finding
from publisher.proofing.proof import proof
from publisher.typography.pagesize import SIZES
from tests.layouts.shelf import GROUND, LAYOUTS, SHELF, little_book, lost, made
from tests.reading import epubcheck

SCRIPTS = ("hans", "hant-tw", "hant-hk")
# What docs/layouts.md says they are at their best on.
BEST = {
    "chapbook": ("A5", "小32开", "大32开", "B6"),
    "memorial": ("A5", "大32开", "B5", "正16开"),
    "quarterly": ("B5", "正16开", "大16开", "A4"),
    "reader": ("A5", "B5", "正16开", "A4"),
    "verse": ("大32开", "A5", "B5"),
}


def _of_the_layout(finding: Finding) -> bool:
    """Whether a layout can help it: around a long Western word, or with a wide reading at the end
    of a line, the composer has no better way."""
    if finding.kind == "not-flush":
        return finding.amount > 0.1
    return finding.kind not in {"single-han", "wide-gap"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_sets_its_best_size_whole_and_flawless(layout: str) -> None:
    book = made(layout, "hans", BEST[layout][0])
    assert book.artefact.notices == ()
    assert not lost(book)
    assert proof(book.file).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(("layout", "page"), [(it, page) for it in BEST for page in BEST[it]])
def test_a_layout_sets_every_size_it_is_made_for_without_a_finding(
    layout: str, page: str, script: str, tmp_path: Path
) -> None:
    book = made(layout, script, page)
    assert not lost(book)
    assert not [finding for finding in proof(book.file).findings if _of_the_layout(finding)]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("page", [*SIZES, "300 × 300", "50 × 600"])
def test_a_layout_sets_every_size_there_is_whole(layout: str, page: str) -> None:
    book = made(layout, "hans", page)
    assert book.artefact.notices == ()
    assert not lost(book)


def test_the_table_of_best_sizes_is_that_of_the_guide() -> None:
    assert set(BEST) == set(LAYOUTS)
    guide = (SHELF.parent / "docs" / "layouts.md").read_text(encoding="utf-8")
    for layout, pages in BEST.items():
        row = next(line for line in guide.split("\n") if line.startswith(f"| `{layout}` |"))
        assert {page.strip() for page in row.split("|")[4].split(",")} == set(pages)


@pytest.mark.parametrize("name", [GROUND, *LAYOUTS])
def test_a_layout_has_no_logic_but_for_if_and_include(name: str) -> None:
    for file in [*(SHELF / name).rglob("*.html"), *(SHELF / name).rglob("*.css")]:
        tags = [tag.split()[0].strip("-") for tag in file.read_text("utf-8").split("{%")[1:]]
        assert set(tags) <= {"for", "endfor", "if", "elif", "else", "endif", "include"}, file


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_epub_in_a_layout_is_valid(layout: str, tmp_path: Path) -> None:
    table = f'[[output]]\nname = "e"\nformat = "epub"\nlayout = "{layout}"\nscript = "hant-hk"\n'
    (artefact,) = build(little_book(tmp_path / layout, table)).artefacts
    assert artefact.notices == ()
    assert epubcheck(artefact.content) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_sheet_for_epub_leaves_size_face_and_colours_to_the_reader(layout: str) -> None:
    for name in ("common.css", "epub.css"):
        file = SHELF / layout / "sheets" / name
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        assert not re.search(r"font-family|[^-]color:|background|\d(pt|px|mm)\b(?<!1px)", text), (
            file
        )
