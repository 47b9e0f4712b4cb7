"""Real books: a hundred essays and a novel of 120 chapters, imported and made in every output.

Every character of the essays that the import made, spaces aside, has to be in the PDF's type areas
and in the EPUB, in order; that the essays hold what the sources held is for `tests/intake`. The
texts are not part of this repository; where they are not beside it, the tests skip.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from publisher.composition.layout import read_layout
from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.places import Place
from publisher.press.places import shared_folder
from publisher.press.planning import plan
from publisher.typography.pagesize import SIZES
from publisher.typography.typearea import TypeArea, type_area
from tests.reading import (
    DATA,
    Area,
    Epub,
    Leaf,
    Pdf,
    epubcheck,
    essay_words,
    publisher,
)

MM = 72 / 25.4
TIMEOUT = 1200


def _set(name: str, *marks: pytest.MarkDecorator) -> object:
    folder = DATA / name
    absent = pytest.mark.skipif(
        not folder.is_dir(), reason=f"the texts of {name} are not beside this repository"
    )
    return pytest.param(name, marks=(absent, *marks))


BOOKS = [_set("luxun"), _set("hongloumeng", pytest.mark.slow)]


@dataclass(frozen=True)
class Made:
    """A library imported and built: its sources in the order of the book, and its files."""

    sources: tuple[Path, ...]
    folder: Path
    report: dict[str, list[dict[str, object]]]

    def file(self, output: str) -> Path:
        row = next(row for row in self.report["artefacts"] if row["output"] == output)
        return Path(str(row["path"]))


@cache
def pdf_of(file: Path) -> Pdf:
    return Pdf(file.read_bytes())


@cache
def epub_of(file: Path) -> Epub:
    return Epub(file.read_bytes())


@pytest.fixture(scope="module", params=BOOKS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    name: str = request.param
    folder = tmp_path_factory.mktemp(name) / name
    sources = tuple(sorted((DATA / name).glob("*.txt")))
    assert sources
    steps = (
        ("new", folder, "--title", "试印"),
        ("import", DATA / name, "--into", folder, "--accept"),
    )
    for words in steps:
        run = publisher(*words, timeout=TIMEOUT)
        assert run.returncode == 0, run.stderr
    run = publisher("build", folder, "--json", timeout=TIMEOUT)
    assert run.returncode == 0, run.stderr
    return Made(sources, folder, json.loads(run.stdout))


def words_of(made: Made, source: Path) -> str:
    """The words of the essay that was made of a source."""
    name = f"{source.stem}.md"
    return essay_words(read_manuscript((made.folder / name).read_bytes(), name, name))


def test_every_output_is_made(made: Made) -> None:
    assert [row["output"] for row in made.report["artefacts"]] == [
        "screen-hans", "screen-hant-tw", "epub-hans", "epub-hant-tw"
    ]  # fmt: skip
    assert {notice["code"] for notice in made.report["notices"]} <= {"undated", "script-doubts"}


def test_every_character_is_in_the_pages_in_order(made: Made) -> None:
    pdf = pdf_of(made.file("screen-hans"))
    chapters = list(chapters_of(pdf))
    assert len(chapters) == len(made.sources)
    for source, leaves in zip(made.sources, chapters, strict=True):
        read = "".join(leaf.body(area(leaf)) for leaf in leaves)
        assert read == words_of(made, source), source.name


def test_every_character_is_in_the_epub_in_order(made: Made) -> None:
    epub = epub_of(made.file("epub-hans"))
    names = [name for name in epub.spine if name.startswith("text/essay-")]
    assert len(names) == len(made.sources)
    for source, name in zip(made.sources, names, strict=True):
        assert epub.words(name) == words_of(made, source), source.name


def test_the_traditional_edition_loses_nothing(made: Made) -> None:
    _, jobs = plan(made.folder, ("screen-hant-tw",))
    essays = list(jobs[0].book.collection.essays())
    chapters = list(chapters_of(pdf_of(made.file("screen-hant-tw"))))
    epub = epub_of(made.file("epub-hant-tw"))
    names = [name for name in epub.spine if name.startswith("text/essay-")]
    for essay, leaves, name in zip(essays, chapters, names, strict=True):
        wanted = essay_words(essay)
        assert "".join(leaf.body(area(leaf)) for leaf in leaves) == wanted, essay.path
        assert epub.words(name) == wanted, essay.path
    for essay, source in zip(essays, made.sources, strict=True):
        assert len(essay_words(essay)) == len(words_of(made, source)), source.name


def test_no_line_runs_out_of_the_type_area(made: Made) -> None:
    for leaves in chapters_of(pdf_of(made.file("screen-hans"))):
        for leaf in leaves:
            own = area(leaf)
            lines = [glyph for glyph in leaf.glyphs if own.bottom <= glyph.y < own.top]
            assert min((glyph.left for glyph in lines), default=own.left) >= own.left - 1
            assert max((glyph.right for glyph in lines), default=own.right) <= own.right + 1


def test_contents_show_where_every_chapter_begins(made: Made) -> None:
    pdf = pdf_of(made.file("screen-hans"))
    contents = {link.target: link for link in reversed(pdf.links)}
    assert len(contents) >= len(made.sources)
    for target, link in contents.items():
        row = pdf.leaves[link.page].text(link.area.bottom, link.area.top)
        number = re.search(r"·([0-9ivxl]+)$", row)
        assert number
        assert number[1] == pdf.leaves[pdf.destinations[target]].label


def test_epubcheck_is_content(made: Made) -> None:
    if made.folder.name != "luxun":
        pytest.skip("one real book through EPUBCheck is enough")
    assert epubcheck(made.file("epub-hans").read_bytes()) == []


def chapters_of(pdf: Pdf) -> Iterator[tuple[Leaf, ...]]:
    """The pages of every essay, in the order of the book."""
    places = pdf.destinations
    anchors = sorted(places, key=lambda anchor: places[anchor])
    beginnings = [a for a in anchors if not re.search(r"_[hn]\d+$", a)]
    for anchor in beginnings:
        if anchor.startswith("essay-"):
            yield pdf.span(anchor, beginnings)


@cache
def standard() -> TypeArea:
    """The type area of the standard layout on A5."""
    layout = read_layout("chapbook", (shared_folder("layouts"),), Place())
    return type_area(SIZES["A5"], layout.design)


def area(leaf: Leaf) -> Area:
    """The type area of a page; on left pages the inner margin lies at the right."""
    own = standard()
    left = (own.outer if leaf.index % 2 else own.inner) * MM
    bottom = own.bottom * MM
    return Area(left, bottom, left + own.width * MM, bottom + own.height * MM)
