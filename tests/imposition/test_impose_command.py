"""`publisher impose` on the command line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pikepdf
import pytest

from tests.imposition.folding import Cuts, cut, read
from tests.imposition.printed import numbered, papers
from tests.reading import publisher


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "书.pdf"
    file.write_bytes(numbered(10, 148, 210))
    return file


def test_a_pdf_becomes_sheets_that_read_in_order(book: Path) -> None:
    out = book.with_name("sheets.pdf")
    run = publisher("impose", book, out, "--sheet", "A4")
    assert (run.returncode, run.stdout) == (0, "")
    assert "3 sheets of 297 × 210 mm" in run.stderr
    assert "pages of 148 × 210 mm, blank pages added: 2" in run.stderr
    pieces = cut(papers(out.read_bytes()), Cuts(1, 1, 296, 210), "long")
    assert read(pieces, [3], "left", "saddle") == [*range(1, 11), 0, 0]
    assert sorted(file.name for file in book.parent.iterdir()) == ["sheets.pdf", "书.pdf"]


def test_two_runs_give_equal_bytes(book: Path) -> None:
    wishes = ("--scheme", "sewn", "--caliper", "0.1", "--marks", "--bind", "right")
    files = [book.with_name(name) for name in ("one.pdf", "two.pdf")]
    for file in files:
        assert publisher("impose", book, file, *wishes).returncode == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_after_a_refusal_the_old_file_stands(book: Path) -> None:
    out = book.with_name("sheets.pdf")
    out.write_bytes(b"old")
    run = publisher("impose", book, out, "--sheet", "A5", "--caliper", "9")
    assert run.returncode == 2
    assert "--caliper: 9.0 is not possible here" in run.stderr
    assert out.read_bytes() == b"old"


def test_a_page_too_large_is_refused_with_what_fits(book: Path) -> None:
    run = publisher("impose", book, book.with_name("out.pdf"), "--sheet", "A5")
    assert run.returncode == 2
    assert "need a sheet of 296 × 210 mm; this one is 148 × 210 mm" in run.stderr
    assert "at most 104.3 × 148 mm" in run.stderr
    assert not book.with_name("out.pdf").exists()


@pytest.mark.parametrize("link", [False, True])
def test_the_sheets_never_overwrite_their_own_source(book: Path, link: bool) -> None:
    out = book
    if link:
        out = book.with_name("link.pdf")
        out.symlink_to(book)
    before = book.read_bytes()
    run = publisher("impose", book, out)
    assert run.returncode == 2
    assert "would overwrite the PDF" in run.stderr
    assert book.read_bytes() == before


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    run = publisher("impose", tmp_path / "none.pdf", tmp_path / "out.pdf")
    assert run.returncode == 5
    assert "none.pdf" in run.stderr


def test_proofing_passes_sheets_over_and_refuses_them_by_name(book: Path) -> None:
    out = book.with_name("sheets.pdf")
    publisher("impose", book, out)
    refused = publisher("proof", out)
    assert refused.returncode == 2
    assert "sheets to fold" in refused.stderr
    book.unlink()
    assert "no finished PDF" in publisher("proof", out.parent).stderr


def test_it_speaks_chinese(book: Path) -> None:
    run = publisher(
        "impose", book, book.with_name("s.pdf"), "--sheet", "A5", env={"LANG": "zh_CN.UTF-8"}
    )
    assert "148 × 210 mm 的书页需要 296 × 210 mm 的纸" in run.stderr


def test_what_is_no_pdf_is_not_overwritten(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 400))
        pdf.save(tmp_path / "a.pdf")
    (tmp_path / "notes.txt").write_text("一", encoding="utf-8")
    run = publisher("impose", tmp_path / "a.pdf", tmp_path / "notes.txt")
    assert run.returncode == 2
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "一"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root could do away with a device")
def test_a_device_stays_a_device(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 400))
        pdf.save(tmp_path / "a.pdf")
    device = tmp_path / "null"
    os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    assert publisher("impose", tmp_path / "a.pdf", device).returncode == 2
    assert stat.S_ISCHR(device.stat().st_mode)


def test_a_turn_that_is_no_quarter_and_a_page_without_area(tmp_path: Path) -> None:
    for name, key, value, code in (
        ("turned", "/Rotate", 45, 0),
        ("flat", "/MediaBox", [0, 0, 0, 0], 2),
    ):
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=(300, 400))
            pdf.pages[0].obj[key] = value
            pdf.save(tmp_path / f"{name}.pdf")
        run = publisher("impose", tmp_path / f"{name}.pdf", tmp_path / f"{name}-out.pdf")
        assert run.returncode == code, run.stderr
