"""`publisher review` as it is called: what it shows, asks, writes, and with which code it ends."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from publisher.script.decisions import NONE, written_decisions
from publisher.surface.cli import main
from tests.conftest import MakeCollection
from tests.reading import ROOT, environment, publisher

ONE = "---\ntitle: 一\nauthor: 范后里\n---\n\n她散着发，我散着发。\n\n他读《不准》，也不准。\n"
TWO = "---\ntitle: 二\n---\n\n谁散着发？《不准》说\t不准。\n"
HAND_MADE = '# ours\n\n# a letter of hers\n[[decision]]\nsource = "读"\nvalue = "讀"\n'
# What is typed for the author's name, which is asked for first.
NAME = ("t", "范后里")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def book(make_collection: MakeCollection) -> Path:
    output = '[[output]]\nname = "e"\nformat = "epub"\nscript = "hant-tw"\n'
    return make_collection({"01.md": ONE, "02.md": TWO}, outputs=output)


def shown(book: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(["review", str(book), *words]) == 0
    return capsys.readouterr().out


def rows(book: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shown(book, capsys, "--json"))["doubts"]
    return found


def ask(book: Path, monkeypatch: pytest.MonkeyPatch, *answers: str) -> int:
    """Answer in a terminal; where the answers end, input does."""
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdin", _Terminal("".join(f"{answer}\n" for answer in answers)))
        patched.setattr("sys.stdout", _Terminal())
        return main(["review", str(book)])


def decided(book: Path) -> dict[str, Any]:
    return tomllib.loads((book / "script/decisions.toml").read_text(encoding="utf-8"))


# ---- as a table, for scripts, as a gate ----


def test_a_table_has_a_line_for_each_word_and_then_its_places(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(book, capsys).splitlines()
    heads = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert lines[0].startswith("范后里 → 范後裡  1  ")
    at = next(number for number in heads if lines[number].startswith("发 → 發  3  髮  alone"))
    places = lines[at + 1 : at + 4]
    assert [place.split()[0] for place in places] == ["01.md:6", "01.md:6", "02.md:5"]
    assert places[0].endswith("她散着【发】，我散着发。")
    assert all("【" in line for line in lines if line.startswith(" "))


def test_rows_stand_in_the_order_of_the_book_with_every_field(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows(book, capsys)
    assert [row["essay"] for row in found] == sorted(row["essay"] for row in found)
    (title,) = [row for row in found if row["source"] == "《不准》" and row["essay"] == "01.md"]
    assert title == {
        "essay": "01.md", "place": "01.md:8", "context": "他读【《不准》】，也不准。",
        "source": "《不准》", "chosen": "《不準》", "key": "不准", "alternatives": ["《不准》"],
        "reasons": ["alone", "several"], "decided": None,
    }  # fmt: skip


def test_every_field_has_its_row_in_the_documents(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/review.md").read_text(encoding="utf-8").partition("## For scripts")[2]
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(rows(book, capsys)[0])


def test_a_table_of_tabs_has_the_same_rows(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(book, capsys)
    head, *lines = shown(book, capsys, "--tsv").removesuffix("\n").split("\n")
    names = head.split("\t")
    assert names == list(found[0])
    cells = [dict(zip(names, line.split("\t"), strict=True)) for line in lines]
    assert [row["context"] for row in cells] == [row["context"].replace("\t", " ") for row in found]
    assert [row["alternatives"].split() for row in cells] == [row["alternatives"] for row in found]
    assert {row["decided"] for row in cells} == {""}


def test_strict_asks_nothing_and_fails_until_all_is_decided(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(book), "--strict"]) == 3
    assert main(["review", str(book), "--strict", "--json"]) == 3
    assert not (book / "script").exists()
    assert ask(book, monkeypatch, *["yc"] * 4) == 0
    assert "doubts that are left: 0" in capsys.readouterr().err
    assert main(["review", str(book), "--strict"]) == 0


# ---- in a terminal ----


def test_every_kind_of_answer_is_written_down_in_its_place(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "script").mkdir()
    (book / "script/decisions.toml").write_text(HAND_MADE, encoding="utf-8")
    # The name, the title, the two words 不准, and two of the three 发.
    assert ask(book, monkeypatch, *NAME, "1", "tc", "不准", "y", "１e", "q") == 0
    text = (book / "script/decisions.toml").read_text(encoding="utf-8")
    assert text.startswith("# ours\n\n[names]\n")
    assert '\n# a letter of hers\n[[decision]]\nsource = "读"\n' in text
    found = {row["context"]: row["decided"] for row in rows(book, capsys) if row["decided"]}
    assert found.pop("【范后里】") == "范后里"
    assert {value for context, value in found.items() if "【《" in context} == {"《不准》"}
    assert sorted(found.values()).count("不准") == 2


def test_what_was_answered_is_not_asked_again(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    count = len(rows(book, capsys))
    assert ask(book, monkeypatch, "y", "y") == 0
    left = [row for row in rows(book, capsys) if row["decided"] is None]
    assert len(left) == count - 1 - 2  # a name, and a title in two places
    assert ask(book, monkeypatch, *["y"] * len(left)) == 0
    assert all(row["decided"] == row["chosen"] for row in rows(book, capsys))


def test_skipping_decides_nothing(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(book, monkeypatch, "s", "n", "what?", "", "n", "n", "n", "n") == 0
    assert not (book / "script").exists()
    assert {row["decided"] for row in rows(book, capsys)} == {None}


def test_an_answer_can_be_taken_back(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(book, monkeypatch, "u", *NAME, "u", "q") == 0
    assert (book / "script/decisions.toml").read_bytes() == written_decisions(NONE)
    assert ask(book, monkeypatch, *NAME, "u", "y", "q") == 0
    assert decided(book) == {"names": {"范后里": "范後裡"}}


def test_an_answer_without_words_is_none(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(book, monkeypatch, "t", "", "t", "范\u202e", "范后里", "q") == 0
    assert decided(book) == {"names": {"范后里": "范后里"}}


def test_what_others_write_meanwhile_stays(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = book / "script/decisions.toml"
    answers = iter(["t", "范后里", "other", "1", "u", "q"])

    def answer(_question: str) -> str:
        given = next(answers)
        if given != "other":
            return given
        file.write_text(file.read_text(encoding="utf-8") + HAND_MADE, encoding="utf-8")
        return answer("")

    with monkeypatch.context() as patched:
        patched.setattr("sys.stdin", _Terminal())
        patched.setattr("sys.stdout", _Terminal())
        patched.setattr("builtins.input", answer)
        assert main(["review", str(book)]) == 0
    assert [row["source"] for row in decided(book)["decision"]] == ["读"]
    assert decided(book)["names"] == {"范后里": "范后里"}


def test_a_broken_off_review_keeps_its_answers(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["t", "范后里"])

    def answer(_question: str) -> str:
        for given in answers:
            return given
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sys.stdin", _Terminal())
        patched.setattr("sys.stdout", _Terminal())
        patched.setattr("builtins.input", answer)
        assert main(["review", str(book)]) == 130
    assert decided(book) == {"names": {"范后里": "范后里"}}


# ---- what went astray, and what is wrong ----


def test_stale_idle_and_odd_decisions_are_told(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "script").mkdir()
    rows = (
        'source = "发"\nvalue = "髮"\nessay = "01.md"\noccurrence = 1\ncontext = "别处的【发】"\n',
        'source = "船"\nvalue = "船"\n',
        'source = "散着"\nvalue = "散步"\n',
        'source = "散着"\nvalue = "散著"\n',
    )
    text = "".join(f"[[decision]]\n{row}\n" for row in rows)
    (book / "script/decisions.toml").write_text(text, encoding="utf-8")
    assert main(["review", str(book)]) == 0
    told = capsys.readouterr().err
    for code in ("stale", "unused", "unlike", "disagrees"):
        assert f"[decision-{code}]: {book / 'script/decisions.toml'}" in told, code


def test_a_faulty_file_of_decisions_is_told_and_left(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "script").mkdir()
    (book / "script/decisions.toml").write_text("[[decision]]\nsource = 5\n", encoding="utf-8")
    assert main(["review", str(book)]) == 3
    assert "script/decisions.toml (decision[1].source)" in capsys.readouterr().err


# ---- a second run ----


def test_a_change_of_any_input_is_seen_at_once(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = rows(book, capsys)
    assert rows(book, capsys) == first
    (book / "02.md").write_text(TWO + "\n他也散着发。\n", encoding="utf-8")
    assert len(rows(book, capsys)) == len(first) + 1
    (book / "script").mkdir()
    (book / "script/decisions.toml").write_text('[names]\n"范后里" = "范后里"\n', encoding="utf-8")
    assert rows(book, capsys)[0]["decided"] == "范后里"
    (book / "script/decisions.toml").unlink()
    (book / "02.md").write_text(TWO, encoding="utf-8")
    assert rows(book, capsys) == first
    hong_kong = json.loads(shown(book, capsys, "--json", "--script", "hant-hk"))["doubts"]
    assert "范後裏" in [row["chosen"] for row in hong_kong]


def test_a_damaged_result_is_not_believed(
    book: Path, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    first = rows(book, capsys)
    for entry in (own_home / ".cache/publisher/results").glob("??/*"):
        entry.write_bytes(entry.read_bytes().replace("发".encode(), "發".encode()))
    assert rows(book, capsys) == first


def test_a_second_run_traces_nothing(book: Path) -> None:
    (book / "01.md").write_text(f"{ONE}\n只在这里，表走得不准。\n", encoding="utf-8")
    code = (
        "import sys; from publisher.surface.cli import main; "
        "main(['review', sys.argv[1], '--tsv']); "
        "from publisher.script.tracer import tracer; "
        "sys.stderr.write(str(tracer.cache_info().currsize))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, book], env=environment(), capture_output=True, check=True
        )
        for _ in range(2)
    ]
    assert [run.stderr for run in runs] == [b"1", b"0"]
    assert runs[0].stdout == runs[1].stdout


def test_a_page_is_not_written_over_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_text('title = "门"\nessays = ["one.md"]\n', "utf-8")
    (tmp_path / "one.md").write_text("---\ntitle: 门\n---\n\n小余来了。\n", "utf-8")
    for name in ("one.md", "collection.toml"):
        before = (tmp_path / name).read_bytes()
        assert publisher("review", tmp_path, "--html", tmp_path / name).returncode == 2
        assert (tmp_path / name).read_bytes() == before
