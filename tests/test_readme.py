"""README: its commands are run as they stand, its example is read."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.model import matter as m

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PUBLISHER = Path(sys.executable).with_name("publisher")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as a newcomer has it: the sample beside a letter of their own."""
    shutil.copytree(ROOT / "essays", tmp_path / "essays", ignore=shutil.ignore_patterns("dist"))
    (tmp_path / "letter.txt").write_text(
        "给邻居的信\n\n雪停了，明天我去扫楼梯。\n", encoding="utf-8"
    )
    return tmp_path


def test_the_five_minute_tour_ends_with_four_books(desk: Path) -> None:
    commands = [
        line
        for block in blocks("console")
        for line in block.splitlines()
        if line.startswith("publisher ")
    ]
    assert [line.split()[1] for line in commands] == ["new", "import", "check", "build"]
    for line in commands:
        done = subprocess.run([PUBLISHER, *line.split()[1:]], cwd=desk, check=False)
        assert done.returncode == 0, line
    made = sorted(file.name for file in (desk / "my-book" / "dist").iterdir())
    assert made == [
        "my-book-epub-hans.epub",
        "my-book-epub-hant-tw.epub",
        "my-book-screen-hans.pdf",
        "my-book-screen-hant-tw.pdf",
    ]


def test_the_make_targets_that_it_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^make ([a-z-]+)$", "\n".join(blocks("console")), re.MULTILINE)
    assert named == ["book", "test"]
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_example_essay_has_what_it_shows() -> None:
    (example,) = blocks("markdown")
    essay = read_manuscript(example.encode(), "example.md", "README.md")
    inlines = [type(one) for content, _ in m.passages(essay.blocks) for one in m.inlines(content)]
    assert (essay.title, essay.authors) == ("末班", ("卢有田",))
    assert {m.Ruby, m.Emphasis, m.Strong, m.NoteReference} <= set(inlines)
    assert len(essay.notes) == 1
    assert any(isinstance(block, m.Quotation) and block.source for block in essay.blocks)
