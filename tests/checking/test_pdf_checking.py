"""`publisher check --pdf` holds any PDF against the rules for files to keep, and asks veraPDF."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pikepdf
import pytest

from tests.reading import publisher

# Speaks as veraPDF does with --format text.
VERAPDF = """#!/bin/sh
for file; do :; done
if grep -q kept "$file"; then echo "PASS $file 3a"; else echo "FAIL $file 3a"; fi
"""


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "a.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(file)
    return file


def test_findings_are_told_with_their_codes(pdf: Path) -> None:
    run = publisher("check", "--pdf", pdf)
    assert run.returncode == 3
    assert "[pdf-untagged] the file has no tags" in run.stdout
    assert "[pdf-language] the file does not say its language" in run.stdout


def test_scripts_get_them_as_json(pdf: Path) -> None:
    table = json.loads(publisher("check", "--pdf", pdf, "--json").stdout)
    own = table["checks"][0]
    assert own["checker"] == "publisher"
    assert {"pdf-metadata", "pdf-undeclared"} <= {row["code"] for row in own["findings"]}


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    run = publisher("check", "--pdf", tmp_path / "a.pdf")
    assert run.returncode == 2
    assert "a.pdf: this is no PDF that can be read" in run.stderr


@pytest.mark.parametrize(("content", "verdict"), [("kept", "nothing found"), ("", "findings: 1")])
def test_verapdf_is_asked_where_it_is(
    pdf: Path, tmp_path: Path, content: str, verdict: str
) -> None:
    command = tmp_path / "bin/verapdf"
    command.parent.mkdir()
    command.write_text(VERAPDF, encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    with pdf.open("ab") as file:
        file.write(f"\n% {content}\n".encode())
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    assert f"veraPDF: {verdict}" in publisher("check", "--pdf", pdf, env={"PATH": path}).stdout
