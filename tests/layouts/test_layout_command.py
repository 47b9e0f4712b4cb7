"""`publisher layout`: what there is, a new one, a specimen to look at."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from publisher.composition.layout import read_layout
from publisher.ground.places import NOWHERE
from publisher.press.places import layout_shelves
from publisher.press.specimen import make_specimen
from tests.layouts.shelf import GROUND, LAYOUTS
from tests.reading import publisher


def test_every_layout_is_listed_with_its_character(tmp_path: Path) -> None:
    run = publisher("layout", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    names = [line.split()[0] for line in run.stdout.splitlines()[1:]]
    assert names == [*sorted([GROUND, *LAYOUTS])]
    assert all(len(line.split()) > 3 for line in run.stdout.splitlines()[1:])


@pytest.mark.parametrize("model", LAYOUTS)
@pytest.mark.parametrize("language", ["C.UTF-8", "zh_CN.UTF-8"])
def test_a_new_layout_is_what_it_extends_until_it_is_changed(
    model: str, language: str, tmp_path: Path
) -> None:
    run = publisher(
        "layout", "new", "lantern", "--from", model, "--into", tmp_path, env={"LANG": language}
    )
    assert run.returncode == 0, run.stderr
    shelves = layout_shelves(tmp_path)
    mine, whole = (read_layout(name, shelves, NOWHERE) for name in ("lantern", model))
    for part in ("order", "design", "tokens", "fonts", "pages", "words", "templates", "assets"):
        assert getattr(mine, part) == getattr(whole, part), part


def test_the_comments_of_a_new_layout_are_in_the_language_of_the_reader(tmp_path: Path) -> None:
    for language, words in (("C.UTF-8", "whole characters"), ("zh_CN.UTF-8", "行长是整数个字")):
        folder = tmp_path / language
        publisher("layout", "new", "lantern", "--into", folder, env={"LANG": language})
        text = (folder / "layouts/lantern/layout.toml").read_text(encoding="utf-8")
        assert words in text


@pytest.mark.parametrize(
    ("name", "words"),
    [("chapbook", "already"), ("Lantern", "small letters"), ("../x", "small letters")],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_made(
    name: str, words: str, tmp_path: Path
) -> None:
    run = publisher("layout", "new", name, "--into", tmp_path)
    assert run.returncode != 0
    assert words in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_new_layout_can_be_looked_at(tmp_path: Path) -> None:
    publisher("layout", "new", "lantern", "--from", "verse", "--into", tmp_path / "my book")
    sheet = tmp_path / "my book/layouts/lantern/sheets/pages.css"
    sheet.write_text("@page { background: #ff0000; }", encoding="utf-8")
    run = publisher("layout", "show", "lantern", "--for", "my book", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    shown = tmp_path / "lantern-specimen"
    pictures = sorted(shown.glob("*.png"))
    with pypdfium2.PdfDocument(shown / "lantern.pdf") as document:
        assert len(document) == len(pictures)
    with Image.open(pictures[-1]) as picture:
        assert picture.getpixel((5, 5)) == (255, 0, 0)


def test_a_shorter_specimen_leaves_no_pages_of_a_longer_one(tmp_path: Path) -> None:
    shown = tmp_path / "shown"
    counts = []
    (tmp_path / "shown").mkdir()
    (shown / "reader-notes.png").write_bytes(b"mine")
    for page in ("A6", "A4"):
        publisher("layout", "show", "reader", "--page", page, "--into", shown)
        counts.append(len(list(shown.glob("reader-[0-9]*.png"))))
    with pypdfium2.PdfDocument(shown / "reader.pdf") as document:
        assert len(document) == counts[1] < counts[0]
    assert (shown / "reader-notes.png").read_bytes() == b"mine"


def test_a_specimen_is_the_same_twice_and_shows_all_kinds_of_pages(tmp_path: Path) -> None:
    first, second = (make_specimen("chapbook", tmp_path, "hant-hk", "A5") for _ in range(2))
    assert first == second
    assert first.notices == ()
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(first.pdf)
    )
    for words in ("目錄", "失物招領", "作者簡介", "搪瓷缸行蹤"):
        assert words in "".join(text.split())
    (size,) = {Image.open(io.BytesIO(page)).size for page in first.pages}
    assert size[0] / size[1] == pytest.approx(148 / 210, abs=0.002)


def test_a_layouts_own_sample_comes_first(tmp_path: Path) -> None:
    publisher("layout", "new", "lantern", "--into", tmp_path)
    own = tmp_path / "layouts/lantern/sample.md"
    own.write_text("---\ntitle: 灯\n---\n\n一盏灯。\n", encoding="utf-8")
    pdf = make_specimen("lantern", tmp_path, "hans", "A5").pdf
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    assert "一盏灯。" in text
    assert "先进生产者" not in text


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (("nix",), 'there is no layout "nix"'),
        (("chapbook", "--page", "12x12"), 'there is no page size "12x12"'),
    ],
)
def test_what_cannot_be_shown_is_refused(wish: tuple[str, ...], words: str, tmp_path: Path) -> None:
    run = publisher("layout", "show", *wish, cwd=tmp_path)
    assert run.returncode != 0
    assert words in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_specimen_stands_up_where_its_lines_are_vertical(tmp_path: Path) -> None:
    run = publisher(
        "layout", "show", "verse", "--script", "hant-tw", "--writing", "vertical", cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr
    with pikepdf.open(tmp_path / "verse-specimen" / "verse.pdf") as pdf:
        assert str(pdf.docinfo["/binding"]) == "right"
