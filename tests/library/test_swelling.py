"""Editions made to harm who opens them: zip files and PDFs that lead outside, lie, or swell."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from library import frozen
from library.forging import (
    GIGABYTE,
    PDF,
    VERSE,
    Files,
    bounded_run,
    forged,
    kinds,
    payload,
    with_file,
)

from publisher.ground.errors import Remedy
from publisher.library.bag import (
    PAYLOAD,
    TAG_MANIFEST,
)
from publisher.library.damage import Kind
from publisher.press.verifying import verify
from tests.reading import publisher


@pytest.fixture
def lean() -> Files:
    return dict(frozen.lean_files())


# ---- zip files ----


def zipped(file: Path, files: Files, top: str = "") -> Path:
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "w") as archive:
        for path, content in files.items():
            archive.writestr(f"{top}{path}", content)
    return file


@contextmanager
def extended(file: Path) -> Iterator[zipfile.ZipFile]:
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "a") as archive:
        yield archive


@pytest.mark.parametrize("name", ["../x", "/x", "data\\..\\x", "C:/x", "data/../../x"])
def test_a_part_that_leads_outside_is_told(name: str, lean: Files, tmp_path: Path) -> None:
    assert kinds(zipped(tmp_path / "a.zip", lean | {name: b""})) == {Kind.LINK}


def test_a_part_that_is_a_link_is_told(lean: Files, tmp_path: Path) -> None:
    del lean[VERSE]
    file = zipped(tmp_path / "a.zip", lean)
    link = zipfile.ZipInfo(VERSE)
    link.external_attr = 0o120777 << 16
    with extended(file) as archive:
        archive.writestr(link, "/etc/passwd")
    assert kinds(file) == {Kind.LINK}


def test_what_lies_beside_the_edition_never_stands_for_a_part_of_it(
    lean: Files, tmp_path: Path
) -> None:
    file = zipped(tmp_path / "a.zip", lean | {VERSE: b"forged"}, "1.0/")
    with extended(file) as archive:
        archive.writestr(VERSE, lean[VERSE])
    found = {(it.kind, it.path) for it in verify(file, ()).damages}
    assert (Kind.LINK, f"../{VERSE}") in found
    assert VERSE in {path for _, path in found}


def test_two_parts_of_one_name_are_told(lean: Files, tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", lean)
    with extended(file) as archive:
        archive.writestr(VERSE, lean[VERSE])
    assert [(it.kind, it.path) for it in verify(file, ()).damages] == [(Kind.ADDED, VERSE)]


def test_what_macos_puts_beside_a_folder_is_no_damage(lean: Files, tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", lean, "1.0/")
    with extended(file) as archive:
        archive.writestr("__MACOSX/1.0/._bagit.txt", b"x")
    assert verify(file, ()).damages == ()


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_without_a_bound_are_not_unpacked(
    packing: int, lean: Files, tmp_path: Path
) -> None:
    verse = lean.pop(VERSE)
    file = zipped(tmp_path / "a.zip", lean)
    with extended(file) as archive:
        archive.writestr(VERSE, verse, packing)
    (damage,) = verify(file, ()).damages
    assert (damage.kind, damage.path) == (Kind.UNREADABLE, VERSE)
    assert "uncommon" in str(damage.message)


def test_a_part_locked_by_a_password_is_told(lean: Files, tmp_path: Path) -> None:
    verse = lean.pop(VERSE)
    file = zipped(tmp_path / "a.zip", {VERSE: verse} | lean)
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        directory = archive.start_dir
    # The flag stands 6 bytes in where the part begins, and 8 in its row of the directory.
    content[6] |= 1
    content[directory + 8] |= 1
    file.write_bytes(content)
    (damage,) = verify(file, ()).damages
    assert (damage.kind, damage.path) == (Kind.UNREADABLE, VERSE)
    assert "password" in str(damage.message)


def zeros(archive: zipfile.ZipFile, name: str, size: int) -> None:
    with archive.open(name, "w", force_zip64=True) as part:
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))


def test_a_zip_file_that_swells_is_refused(lean: Files, tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", lean)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        zeros(archive, "data/zeros", 2 * GIGABYTE)
    run = bounded_run("verify", file)
    assert run.returncode == Remedy.CALLER.value, run.stderr
    assert "would grow from" in run.stderr


def test_a_list_that_swells_is_no_list(lean: Files, tmp_path: Path) -> None:
    del lean[TAG_MANIFEST]
    file = zipped(tmp_path / "a.zip", lean)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        zeros(archive, TAG_MANIFEST, GIGABYTE // 4)
    run = bounded_run("verify", file)
    assert run.returncode == Kind.NO_EDITION.value, run.stderr
    assert "no list of digests" in run.stdout


# ---- files that swell ----


@cache
def swelling() -> bytes:
    """A PDF of the edition with a page that unpacks to a gigabyte."""
    import zlib

    packing, piece = zlib.compressobj(9), bytes(1 << 20)
    packed = b"".join(packing.compress(piece) for _ in range(GIGABYTE >> 20)) + packing.flush()
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(payload()[PDF])) as pdf:
        stream = pikepdf.Stream(pdf, packed)
        stream.Filter = pikepdf.Name.FlateDecode
        pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
        pdf.save(buffer, compress_streams=False)
    return buffer.getvalue()


TOO_MUCH = "too large or too deep"


def test_a_strangers_pdf_that_swells_is_refused_by_every_command(tmp_path: Path) -> None:
    place = frozen.laid(forged(with_file(PDF, swelling())), tmp_path / "edition")
    verified = bounded_run("verify", place)
    assert verified.returncode == Kind.GATE.value, verified.stderr
    assert TOO_MUCH in verified.stdout
    for run in (
        bounded_run("diff", frozen.edition(), place),
        bounded_run("proof", place / PAYLOAD / PDF, "--json"),
    ):
        assert run.returncode == Remedy.CALLER.value, run.stderr
        assert TOO_MUCH in run.stderr
        assert PDF in run.stderr


def test_a_rebuild_reads_no_kept_pdf_that_swells(tmp_path: Path) -> None:
    heavy = {
        it.relative_to(frozen.edition() / PAYLOAD).as_posix(): it.read_bytes()
        for it in (frozen.edition() / PAYLOAD / "fonts").rglob("*")
        if it.is_file()
    }
    files = forged(with_file(PDF, swelling()) | heavy)
    run = publisher("rebuild", frozen.laid(files, tmp_path / "edition"))
    assert run.returncode == Remedy.CALLER.value, run.stderr
    assert TOO_MUCH in run.stderr
    assert PDF in run.stderr
