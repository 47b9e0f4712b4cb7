"""Columns are measured as lines are, once their page lies on its left side."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.press.build import build
from publisher.proofing.columns import LETTERS, Cell, is_letter, runs_down, side_by_side
from publisher.proofing.findings import Proof
from publisher.proofing.glyphs import Glyph, Shape
from publisher.proofing.proof import proof
from tests.conftest import MakeCollection
from tests.proofing.paper import han

HEIGHT = 500.0
LAYOUT = {
    "layouts/rough/layout.toml": 'name = "rough"\nlicence = "CC0-1.0"\nextends = "chapbook"\n',
    "layouts/rough/sheets/vertical.css": (
        ".essay-body { text-align: left; text-spacing-trim: space-all }\n"
    ),
}
OUTPUT = (
    '[[output]]\nname = "v"\nformat = "screen"\nlayout = "rough"\n'
    'options = { writing = "vertical" }\n'
)


def _shape(character: str = "国", size: float = 10.0) -> Shape:
    return Shape(character, "f", size, size, 0.0, size)


def _row(right: float, down: float) -> list[Glyph]:
    return [Glyph(_shape(), 100 + step * right, 400 - step * down) for step in range(20)]


@pytest.mark.parametrize(
    ("right", "down", "runs"),
    [(0, 10, True), (0.1, 10.5, True), (10, 0, False), (10, 10, False), (0, 40, False)],
    ids=["a column", "a loose one", "a line", "a slope", "a list of single Han"],
)
def test_a_page_runs_down_when_its_characters_do(right: float, down: float, runs: bool) -> None:
    assert runs_down(_row(right, down)) is runs


def test_a_cell_is_laid_with_its_head_to_the_left_and_its_line_below_its_middle() -> None:
    laid = Cell(_shape(), rise=8.8, across=5.0).laid(100, 400, HEIGHT)
    assert laid.x == pytest.approx(HEIGHT - 400 - 8.8)
    assert laid.y == pytest.approx(100 + 5 - LETTERS * 10)


def test_letters_that_lie_stand_on_the_same_line_as_upright_characters() -> None:
    upright = Cell(_shape(), rise=8.8, across=5.0).laid(100, 400, HEIGHT)
    lying = Cell(_shape("a"), 0, LETTERS * 10, lies=True).laid(100 + 5 - LETTERS * 10, 300, HEIGHT)
    assert lying.y == pytest.approx(upright.y)


def test_letters_of_a_square_share_its_length() -> None:
    letters = [
        Glyph(Shape(one, "f", 10.0, 5.0, 0.0, 5.0), 95 + 5 * at, 400) for at, one in enumerate("24")
    ]
    first, second = side_by_side(letters, HEIGHT, [100 - LETTERS * 10])
    assert second.x - first.x == pytest.approx(5)
    assert first.y == second.y == pytest.approx(100 - LETTERS * 10)
    assert first.shape.advance == second.shape.advance == 5


@pytest.mark.parametrize(
    ("character", "is_one"), [("A", True), ("7", True), ("国", False), ("—", False)]
)
def test_letters_are_those_of_the_west(character: str, is_one: bool) -> None:
    assert is_letter(character) is is_one


def test_faults_planted_in_columns_are_found(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    words = "".join(f"{han(20 + step)}。“{han(7)}”（{han(5)}）" for step in range(40))
    (made,) = build(
        make_collection({"a.md": f"# 题\n\n{words}\n", **LAYOUT}, outputs=OUTPUT)
    ).artefacts
    file = tmp_path / "v.pdf"
    file.write_bytes(made.content)
    found = proof(file)
    assert {finding.kind for finding in found.findings} >= {"not-flush", "unsqueezed"}
    assert all(finding.at.text for finding in found.findings)


# Where the binding margin and that at the fore edge are unlike, the two sides of a leaf agree as
# they are counted from the binding, and from nowhere else.
VERSE = {"layouts/rough/layout.toml": 'name = "rough"\nlicence = "CC0-1.0"\nextends = "verse"\n'}


def _verse(make: MakeCollection, tmp_path: Path, sheet: str = "") -> Proof:
    paragraphs = "\n\n".join(f"{han(60 + step % 7)}。" for step in range(90))
    sheets = {"layouts/rough/sheets/vertical.css": sheet}
    (made,) = build(
        make({"a.md": f"# 题\n\n{paragraphs}\n", **VERSE, **sheets}, outputs=OUTPUT)
    ).artefacts
    (file := tmp_path / "v.pdf").write_bytes(made.content)
    return proof(file)


def test_vertical_lines_of_both_sides_of_a_leaf_are_in_register(
    make_collection: MakeCollection, tmp_path: Path
) -> None:
    found = _verse(make_collection, tmp_path)
    assert found.pages > 6
    assert found.register.lines == found.register.on_grid > 100


@pytest.mark.parametrize(("margin", "words"), [("5pt", "5.00 pt too low"), ("16pt", "too high")])
def test_vertical_lines_out_of_register_are_found_on_either_side(
    make_collection: MakeCollection, tmp_path: Path, margin: str, words: str
) -> None:
    found = _verse(make_collection, tmp_path, f"p:nth-child(8n) {{ margin-top: {margin} }}")
    displaced = [finding for finding in found.findings if finding.kind == "off-grid"]
    assert {finding.at.page % 2 for finding in displaced} == {0, 1}
    first = {finding.at.page: finding for finding in reversed(displaced)}
    assert all(words in str(finding.message) for finding in first.values())
