"""What a check puts right in an imported essay is the program's own doing, and stays so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publisher.surface.cli import main
from tests.conftest import MakeCollection
from tests.reading import OUTPUTS

# The advice is a comma for the space; an editor types a half-width one.
SOURCE = "雪夜\n\n桥封了，灯亮着 钟也敲着，没有人走，河水照样流。\n"


@pytest.fixture
def book(make_collection: MakeCollection, tmp_path: Path) -> Path:
    folder = make_collection({}, head='date = "2020"', outputs=OUTPUTS)
    (tmp_path / "a.txt").write_text(SOURCE, encoding="utf-8")
    assert main(["import", str(tmp_path / "a.txt"), "--into", str(folder)]) == 0
    _edit(
        folder / "plan/a.toml",
        ('after = "、"', 'after = ","'),
        ("accepted = false", "accepted = true"),
    )
    assert main(["import", "--apply", str(folder)]) == 0
    assert "灯亮着,钟" in _essay(folder)
    assert main(["check", str(folder), "--fix"]) == 0
    assert "灯亮着，钟" in _essay(folder)
    return folder


def _edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


def _essay(folder: Path) -> str:
    return (folder / "a.md").read_text(encoding="utf-8")


def test_another_import_leaves_what_was_put_right_and_calls_it_unchanged(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _essay(book)
    capsys.readouterr()
    assert main(["import", str(tmp_path / "a.txt"), "--into", str(book), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["sources"]
    assert (row["kept"], row["edited"], row["written"]) == (["a.md"], [], [])
    assert main(["import", "--apply", str(book)]) == 0
    assert _essay(book) == before


def test_a_change_of_the_plan_reaches_the_essay_which_is_put_right_again(book: Path) -> None:
    _edit(book / "plan/a.toml", ('title = "雪夜"', 'title = "桥"'))
    assert main(["import", "--apply", str(book)]) == 0
    assert 'title: "桥"' in _essay(book)
    assert "灯亮着，钟" in _essay(book)
    _edit(book / "plan/a.toml", ('title = "桥"', 'title = "灯"'))
    assert main(["import", "--apply", str(book)]) == 0
    assert 'title: "灯"' in _essay(book)
    assert "灯亮着，钟" in _essay(book)


def test_a_check_tells_that_a_changed_plan_was_not_carried_out(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def codes() -> list[str]:
        capsys.readouterr()
        main(["check", str(book), "--json"])
        return [row["code"] for row in json.loads(capsys.readouterr().out)["notices"]]

    assert "plan-unapplied" not in codes()
    _edit(book / "plan/a.toml", ('title = "雪夜"', 'title = "桥"'))
    assert "plan-unapplied" in codes()


def test_what_an_editor_wrote_before_or_behind_it_is_the_editors(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(book / "a.md", ("河水", "江水,"))
    assert main(["check", str(book), "--fix"]) == 0
    assert "江水，" in _essay(book)
    before = _essay(book)
    _edit(book / "plan/a.toml", ('title = "雪夜"', 'title = "桥"'))
    assert main(["import", "--apply", str(book)]) == 0
    assert _essay(book) == before
    assert "江水" not in (book / "plan/a.md").read_text(encoding="utf-8")
    assert "plan/a.md" in capsys.readouterr().err


def test_what_is_put_right_in_a_manuscript_taken_as_it_is_is_known_too(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b.md"
    file.write_text("# 甲\n\n文,一。\n", encoding="utf-8")
    assert main(["import", str(file), "--into", str(book)]) == 0
    assert main(["check", str(book), "--fix"]) == 0
    assert "文，一" in (book / "b.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["import", str(file), "--into", str(book), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["sources"]
    assert (row["kept"], row["edited"]) == (["b.md"], [])
