"""`publisher check --epub`: our rules first, then EPUBCheck and Ace where they are, one report."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.press.build import build
from tests.reading import ESSAY, has_ace, publisher

OUTPUT = '[[output]]\nname = "epub"\nformat = "epub"\n'
has_java = shutil.which("java") is not None or bool(os.environ.get("CI"))
Write = Callable[..., Path]


@pytest.fixture
def written(make_collection, tmp_path: Path) -> Write:
    """The file of an EPUB; `spoil` changes the text of its essay."""

    def write(spoil: tuple[str, str] = ("", "")) -> Path:
        folder = make_collection({"a.md": ESSAY}, outputs=OUTPUT)
        (made,) = build(folder, tmp_path / "dist").artefacts
        file = tmp_path / "dist" / made.file_name
        if spoil[0]:
            _spoil(file, *spoil)
        return file

    return write


def _spoil(file: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = [(part, archive.read(part)) for part in archive.infolist()]
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts:
            is_essay = part.filename.endswith("essay-a.xhtml")
            text = re.sub(old, new, content.decode()).encode() if is_essay else content
            archive.writestr(part, text)


def own(answer: str) -> dict[str, object]:
    checks = {check["checker"]: check for check in json.loads(answer)["checks"]}
    assert list(checks) == ["publisher", "EPUBCheck", "Ace"]
    return checks["publisher"]


@pytest.mark.skipif(not (has_java and has_ace()), reason="EPUBCheck or Ace is not installed")
def test_a_good_book_passes_all_three(written: Write) -> None:
    run = publisher("check", "--epub", written())
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("nothing found") == 3


def test_a_fault_is_told_with_its_code_and_place(written: Write) -> None:
    run = publisher("check", "--epub", written(("<h1 (.*?)</h1>", r"<h3 \1</h3><h5>x</h5>")))
    assert run.returncode == 3
    assert re.search(
        r"\[heading-skips\] EPUB/text/essay-a\.xhtml:\d+: a heading of level 5 follows", run.stdout
    )


def test_json_holds_every_finding_of_every_checker(written: Write) -> None:
    run = publisher("check", "--epub", written(("<title>.*?</title>", "")), "--json")
    assert run.returncode == 3
    check = own(run.stdout)
    assert check["ran"] is True
    assert check["findings"] == [
        {
            "code": "title-missing",
            "weight": "error",
            "message": "the document has no title",
            "file": "EPUB/text/essay-a.xhtml",
            "line": None,
        }
    ]


@pytest.mark.skipif(not has_java, reason="EPUBCheck runs on Java, and there is no java here")
def test_what_epubcheck_finds_stands_beside_ours(written: Write) -> None:
    run = publisher("check", "--epub", written(("<h1 ", '<h1 onclick="x" colour="red" ')), "--json")
    checks = {check["checker"]: check for check in json.loads(run.stdout)["checks"]}
    assert "RSC-005" in {finding["code"] for finding in checks["EPUBCheck"]["findings"]}
    assert run.returncode == 3


def test_a_checker_that_is_not_there_is_said_to_be_missing(written: Write, tmp_path: Path) -> None:
    run = publisher("check", "--epub", written(), env={"PATH": str(tmp_path)})
    assert run.returncode == 0
    assert "EPUBCheck: did not run: EPUBCheck or Java is not installed" in run.stdout
    assert "Ace: did not run: Ace, Node.js or Chromium is not installed" in run.stdout
    assert "was not held against all checkers; docs/epub.md tells how to get them" in run.stderr


def test_several_files_are_told_one_after_the_other(written: Write, tmp_path: Path) -> None:
    bare = {"PATH": str(tmp_path)}
    other = shutil.copy(written(), tmp_path / "other.epub")
    bad = written(("<title>.*?</title>", ""))
    run = publisher("check", "--epub", other, bad, env=bare)
    assert run.returncode == 3
    assert [line for line in run.stdout.splitlines() if line.endswith(".epub")] == [
        str(other),
        str(bad),
    ]
    table = json.loads(publisher("check", "--epub", other, bad, "--json", env=bare).stdout)
    assert [row["file"] for row in table] == [str(other), str(bad)]


def test_a_file_that_cannot_be_opened_keeps_no_other_from_being_checked(
    written: Write, tmp_path: Path
) -> None:
    run = publisher("check", "--epub", tmp_path / "no.epub", written(), env={"PATH": str(tmp_path)})
    assert run.returncode == 5
    assert "no.epub" in run.stderr
    assert "publisher: nothing found" in run.stdout


def test_a_sound_pdf_is_called_no_epub(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    run = publisher("check", "--epub", tmp_path / "a.pdf")
    assert run.returncode == 3
    assert "this is no EPUB" in run.stderr
    assert "publisher check --pdf FILE" in run.stderr


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_epub_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.epub"
    file.write_bytes(content)
    run = publisher("check", "--epub", file)
    assert run.returncode == 3
    assert "a.epub" in run.stderr
    assert publisher("check", "--epub", tmp_path / "none.epub").returncode == 5
