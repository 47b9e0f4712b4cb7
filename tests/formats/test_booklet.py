"""The booklet format: the pages of `screen` on sheets, and what is refused before any is set."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from publisher.model.artefact import Artefact
from publisher.press.build import build
from publisher.press.planning import plan
from tests.imposition.printed import PT

ESSAY = (
    "---\ntitle: 渡口\nauthor: 邬鹤年\n---\n\n"
    + "河上起了雾，看不见对岸，只听见有人在喊船。\n\n" * 40
)


def outputs(options: str = "{}", page: str = "A5") -> str:
    return (
        f'[[output]]\nname = "screen"\nformat = "screen"\npage = "{page}"\n'
        f'[[output]]\nname = "fold"\nformat = "booklet"\npage = "{page}"\noptions = {options}\n'
    )


def made(make_collection, into: Path, options: str = "{}") -> tuple[Artefact, Artefact]:
    screen, booklet = build(
        make_collection({"a.md": ESSAY}, outputs=outputs(options)), into
    ).artefacts
    return screen, booklet


def forms(content: bytes) -> list[list[str]]:
    """The names of the pages that each side of a sheet shows."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [sorted(page.Resources.XObject.keys()) for page in pdf.pages]


def test_a_booklet_has_a_side_for_every_two_pages_of_the_book(make_collection, tmp_path) -> None:
    screen, booklet = made(make_collection, tmp_path)
    assert booklet.file_name == screen.file_name.replace("screen", "fold")
    assert booklet.pages == len(forms(booklet.content))
    assert booklet.pages == -(-screen.pages // 4) * 2
    shown = [name for side in forms(booklet.content) for name in side]
    assert len(shown) == len(set(shown)) == screen.pages


def test_its_sheets_are_of_the_paper_that_was_wished_for(make_collection, tmp_path) -> None:
    _, booklet = made(make_collection, tmp_path, '{ sheet = "SRA3", marks = true, caliper = 0 }')
    with pikepdf.open(io.BytesIO(booklet.content)) as pdf:
        for page in pdf.pages:
            size = sorted(float(edge) / PT for edge in page.mediabox[2:])
            assert size == pytest.approx([320, 450], abs=0.01)


def first_place(content: bytes) -> float:
    """How far right the first page of the book stands on the first side, in pt."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        places = {}
        matrix = None
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(operator) == "cm":
                matrix = operands
            elif str(operator) == "Do":
                places[str(operands[0])] = float(matrix[4])
        return places["/P1"]


@pytest.mark.parametrize(
    ("options", "is_left"),
    [
        ("{}", False),
        ('{ bind = "right" }', True),
        ('{ writing = "vertical" }', True),
        ('{ writing = "vertical", bind = "left" }', False),
    ],
)
def test_vertical_books_are_bound_on_the_right_unless_said_otherwise(
    options: str, is_left: bool, make_collection, tmp_path
) -> None:
    _, booklet = made(make_collection, tmp_path, options)
    assert (first_place(booklet.content) < 297 * PT / 4) == is_left


@pytest.mark.parametrize(
    ("options", "key", "words"),
    [
        ('{ sheet = "A5" }', "sheet", "need a sheet of 296 × 210 mm; this one is 148 × 210 mm"),
        ('{ sheet = "A44" }', "sheet", 'no paper size "A44"'),
        ('{ scheme = "sadle" }', "scheme", "sadle"),
        ("{ caliper = 3.5 }", "caliper", "3.5 is not possible here"),
        ('{ caliper = "thick" }', "caliper", "thick"),
        ("{ signature = -2 }", "signature", "-2 is not possible here"),
    ],
)
def test_what_no_paper_fulfils_is_refused_at_its_key_before_any_page_is_set(
    options: str, key: str, words: str, make_collection, faults_of
) -> None:
    folder = make_collection({"a.md": ESSAY}, outputs=outputs(options))
    (fault,) = faults_of(lambda: plan(folder))
    assert fault.at.key == f"output[2].options.{key}"
    assert words in str(fault.message)


def test_a_larger_page_is_made_smaller_where_that_is_wished(make_collection) -> None:
    folder = make_collection({"a.md": ESSAY}, outputs=outputs("{ fit = true }", page="A4"))
    assert len(plan(folder)[1]) == 2


def test_a_book_too_thick_to_staple_is_refused_with_what_would_do(
    make_collection, tmp_path, faults_of
) -> None:
    files = {f"{number:03}.md": ESSAY for number in range(50)}
    folder = make_collection(files, outputs=outputs())
    (fault,) = faults_of(lambda: build(folder, tmp_path / "dist", ("fold",)))
    assert "signature" in str(fault.hint)
    assert fault.at.key == "output fold"
    assert not (tmp_path / "dist").exists()
