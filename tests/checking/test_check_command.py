"""`publisher check` as it is called: what it prints, what it writes, with which code it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publisher.surface.cli import main
from tests.conftest import MakeCollection
from tests.reading import OUTPUTS

Book = Callable[..., Path]

CLEAN = "---\ntitle: 桥\nauthor: 甲\n---\n\n桥下有水。\n"
DIRTY = CLEAN.replace("桥下有水。", "桥下,有水。")
DOUBTFUL = CLEAN.replace("桥下有水。", "他说：“桥下有水。")
GLYPHLESS = CLEAN.replace("桥下有水。", "桥🧶下。\n\n水🧶上。")


@pytest.fixture
def book(make_collection: MakeCollection) -> Book:
    """`book(text)` gives the folder of a dated collection of one essay."""

    def made(text: str) -> Path:
        return make_collection({"a.md": text}, head='date = "2020"', outputs=OUTPUTS)

    return made


def _asked(folder: Path, *words: str) -> int:
    return main(["check", str(folder), *words])


def _json(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    _asked(folder, "--json", *words)
    table: dict[str, Any] = json.loads(capsys.readouterr().out)
    return table


@pytest.mark.parametrize(
    ("text", "never", "warning", "advice"),
    [(CLEAN, 0, 0, 0), (DOUBTFUL, 0, 0, 3), (DIRTY, 0, 3, 3), (GLYPHLESS, 3, 3, 3)],
)
def test_the_code_says_what_was_asked_for(
    text: str, never: int, warning: int, advice: int, book: Book
) -> None:
    folder = book(text)
    assert _asked(folder) == never
    assert _asked(folder, "--fail-on", "never") == never
    assert _asked(folder, "--fail-on", "warning") == warning
    assert _asked(folder, "--fail-on", "advice") == advice


def test_checking_alone_writes_nothing(book: Book) -> None:
    folder = book(DIRTY)
    before = {file: file.read_bytes() for file in folder.rglob("*")}
    _asked(folder)
    assert {file: file.read_bytes() for file in folder.rglob("*")} == before


def test_fixing_mends_tells_it_and_shows_what_is_left(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = book(DIRTY)
    assert _asked(folder, "--fix", "--fail-on", "warning") == 0
    said = capsys.readouterr().err
    assert "a.md: put right: half-width-marks 1" in said
    assert "unclean" not in said
    assert (folder / "a.md").read_text(encoding="utf-8") == DIRTY.replace(",", "，")
    assert _asked(folder, "--fix") == 0
    assert "put right" not in capsys.readouterr().err


def test_a_book_with_a_fault_is_not_fixed(book: Book) -> None:
    folder = book(DIRTY + "\n<b>好</b>\n")
    assert _asked(folder, "--fix") == 3
    assert "桥下,有水" in (folder / "a.md").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_fixed_stays_and_is_told(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CLEAN.replace("桥下有水。", "１. 桥,水")
    folder = book(text)
    _asked(folder, "--fix")
    assert "[mending-left]" in capsys.readouterr().err
    assert (folder / "a.md").read_text(encoding="utf-8") == text


def test_all_notices_are_in_the_json_with_their_places(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = book(CLEAN + "\n桥,水。\n" * 50)
    table = _json(folder, capsys)
    lines = [row["line"] for row in table["notices"] if row["code"] == "unclean"]
    assert lines == [8 + 2 * number for number in range(50)]
    assert (table["essays"], table["outputs"], table["faults"]) == (1, 2, [])
    assert table["notices"][0].keys() >= {"code", "severity", "file", "line", "message", "hint"}


def test_a_terminal_is_told_some_of_many_and_how_many_more(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    _asked(book(CLEAN + "\n桥,水。\n" * 50))
    said = capsys.readouterr().err
    shown = said.count("[unclean]: ") - 1
    assert 0 < shown < 50
    assert f"[unclean]: and {50 - shown} more" in said
    assert said.count("publisher check --fix") == 1


def test_every_place_of_a_missing_glyph_is_told_beside_the_notices(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = book(GLYPHLESS.replace("上", ",上"))
    table = _json(folder, capsys)
    assert [row["line"] for row in table["faults"]] == [6, 8]
    assert [row["code"] for row in table["notices"]] == ["unclean"]
    assert _asked(folder) == 3
    assert "no errors" not in capsys.readouterr().err


def test_a_plan_with_a_fault_hides_nothing_else(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = book(DIRTY)
    (folder / "plan").mkdir()
    (folder / "plan" / "x.toml").write_text("source = 1\n", encoding="utf-8")
    table = _json(folder, capsys)
    assert {Path(row["file"]).name for row in table["faults"]} == {"x.toml"}
    assert [row["code"] for row in table["notices"]] == ["unclean"]


def test_a_collection_that_cannot_be_read_is_told_in_the_json_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = _json(tmp_path, capsys)
    assert [row["remedy"] for row in table["faults"]] == ["caller"]
    assert _asked(tmp_path, "--json") == 2
