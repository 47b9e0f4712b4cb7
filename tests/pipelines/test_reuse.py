"""A build of which nothing changed is found again; anything else makes it anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.ground.files import read_file
from publisher.press.build import BuildReport, build
from tests.reading import environment

DECLARED = """
title = "街上"
essays = ["one.md"]

[[output]]
name = "epub"
format = "epub"
script = "hant-tw"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book = tmp_path / "book"
    book.mkdir()
    (book / "collection.toml").write_text(DECLARED, encoding="utf-8")
    (book / "one.md").write_text("---\ntitle: 街上\n---\n\n老范来了。\n", encoding="utf-8")
    return book


def was_made(folder: Path) -> bool:
    """Whether a build makes anything, as its progress tells."""
    stages: list[str] = []
    build(folder, progress=lambda *told: stages.append(told[0]))
    return bool(stages)


def test_nothing_is_made_twice(folder: Path) -> None:
    assert was_made(folder)
    assert not was_made(folder)


def test_what_is_found_again_is_told_again(folder: Path) -> None:
    first, again = build(folder), build(folder)
    assert isinstance(again, BuildReport)
    assert again == first
    assert {notice.code for notice in again.notices} >= {"script-doubts", "undated"}


def _decide(book: Path) -> None:
    (book / "script").mkdir()
    text = '[[decision]]\nsource = "老范"\nvalue = "老范"\n'
    (book / "script/decisions.toml").write_text(text, encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "an essay": lambda book: (book / "one.md").write_text("---\ntitle: 街\n---\n\n一。\n", "utf-8"),
    "a finished file": lambda book: next((book / "dist").glob("*.epub")).write_bytes(b"PK"),
    "no finished file": lambda book: next((book / "dist").glob("*.epub")).unlink(),
    "decisions": _decide,
    "a layout of its own": lambda book: (
        (book / "layouts/mine").mkdir(parents=True)
        or (book / "layouts/mine/layout.toml").write_text("x", "utf-8")
    ),
    "a new file": lambda book: (book / "two.md").write_text("二", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_it_anew(folder: Path, change: str) -> None:
    build(folder)
    CHANGES[change](folder)
    assert was_made(folder)


def test_another_date_of_the_environment_makes_it_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert was_made(folder)


def test_sources_and_plans_are_no_change(folder: Path) -> None:
    build(folder)
    for name in ("sources", "plan"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text("一", encoding="utf-8")
    assert not was_made(folder)


def test_a_damaged_store_is_a_miss(folder: Path, tmp_path: Path) -> None:
    build(folder)
    for entry in (tmp_path / "cache/publisher/results").glob("*/*"):
        entry.write_bytes(read_file(entry)[:-1] + b"?")
    assert was_made(folder)


def test_a_build_that_changes_nothing_does_not_load_the_engine(folder: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "publisher", "build", str(folder)]
    own = environment() | {"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
    first, again = (
        subprocess.run(command, env=own, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert "weasyprint" in first.stderr or "ebooklib" in first.stderr
    loaded = set(re.findall(r"\| +(\w+)$", again.stderr, re.MULTILINE))
    assert "publisher" in loaded
    assert not loaded & {"weasyprint", "ebooklib"}


@pytest.mark.parametrize("place", ["sources", ".hidden", "plan"])
def test_a_listed_essay_counts_wherever_it_lies(folder: Path, place: str) -> None:
    (folder / place).mkdir()
    essay = folder / place / "two.md"
    essay.write_text("---\ntitle: 二\n---\n\n一。\n", encoding="utf-8")
    declared = DECLARED.replace('["one.md"]', f'["one.md", "{place}/two.md"]')
    (folder / "collection.toml").write_text(declared, encoding="utf-8")
    build(folder)
    assert not was_made(folder)
    essay.write_text("---\ntitle: 二\n---\n\n二。\n", encoding="utf-8")
    assert was_made(folder)


def test_a_layout_that_is_linked_counts(folder: Path, tmp_path: Path) -> None:
    layout = tmp_path / "elsewhere"
    (layout / "sheets").mkdir(parents=True)
    (layout / "layout.toml").write_text(
        'name = "mine"\nlicence = "CC0-1.0"\nextends = "chapbook"\n', encoding="utf-8"
    )
    (folder / "layouts").mkdir()
    (folder / "layouts/mine").symlink_to(layout)
    declared = DECLARED + 'layout = "mine"\n'
    (folder / "collection.toml").write_text(declared, encoding="utf-8")
    build(folder)
    assert not was_made(folder)
    (layout / "sheets/epub.css").write_text("p { margin: 1em }", encoding="utf-8")
    assert was_made(folder)


def test_files_of_strange_names_break_nothing(folder: Path) -> None:
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text("一", encoding="utf-8")
    (folder / "loop").symlink_to(folder)
    assert was_made(folder)
    assert not was_made(folder)
