"""`publisher import --ask` and `--plan`: what is shown, and what becomes of an editor's answers."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from publisher.intake.dividing import divided
from publisher.intake.plan import Item, Plan, names, sealed
from publisher.intake.planfile import read_plan
from publisher.intake.reading import Reading
from publisher.surface.cli import main

DUMP = (
    "雪夜里渡口停了一条船，船上没有人，只有一盏灯，灯照着水，水照着岸。\n\n"
    "镇上的人都说，绳子 竹篙 斗笠 蓑衣都在，只是没有人来取走它们。\n"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A collection with one source that asks for its title and doubts its marks."""
    folder = tmp_path / "book"
    (tmp_path / "sent.txt").write_text(DUMP, encoding="utf-8")
    assert main(["new", str(folder)]) == 0
    assert main(["import", str(tmp_path / "sent.txt"), "--into", str(folder)]) == 0
    return folder


def plan(book: Path) -> dict[str, Any]:
    return tomllib.loads((book / "plan" / "sent.toml").read_text(encoding="utf-8"))


def essay(book: Path) -> dict[str, Any]:
    (found,) = (item for item in plan(book)["item"] if item["kind"] == "essay")
    return found


def ask(book: Path, monkeypatch: pytest.MonkeyPatch, *answers: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
    return main(["import", "--ask", str(book)])


def test_answers_are_written_down_and_done(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(book, monkeypatch, "t", "渡口", "a", "陈默、 许静", "y", "s", "s", "s", "s") == 0
    assert essay(book)["title"] == "渡口"
    assert essay(book)["authors"] == ["陈默", "许静"]
    head = (book / "sent.md").read_text(encoding="utf-8")
    assert 'title: "渡口"' in head
    assert 'author: ["陈默", "许静"]' in head


def test_leaving_off_keeps_what_was_answered(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(book, monkeypatch, "t", "渡口", "q") == 0
    assert essay(book)["title"] == "渡口"
    assert not essay(book)["confirmed"]
    assert not (book / "sent.md").exists()


def test_leaving_off_at_once_writes_nothing_of_a_source_with_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of its essays is certain, and waits for the other all the same."""
    prose = "石榴树下的水缸空了三年，去年夏天下了一场大雨，早上起来一看，里面有半缸水和一片叶子。"
    rows = (
        "水缸",
        "作者：庞小禾",
        "",
        prose,
        "",
        "梯子",
        "庞小禾 文",
        "",
        prose,
        "",
        "谁写的呢",
        prose,
    )
    (tmp_path / "sent.txt").write_text("\n".join(rows), encoding="utf-8")
    folder = tmp_path / "book"
    assert main(["new", str(folder)]) == 0
    assert main(["import", str(tmp_path / "sent.txt"), "--into", str(folder)]) == 0
    essays = [item["confirmed"] for item in plan(folder)["item"] if item["kind"] == "essay"]
    assert set(essays) == {True, False}
    before = (folder / "collection.toml").read_bytes()
    assert ask(folder, monkeypatch, "q") == 0
    assert not list(folder.glob("sent*.md"))
    assert (folder / "collection.toml").read_bytes() == before
    assert main(["import", "--apply", str(folder)]) == 0
    assert len(list(folder.glob("sent*.md"))) == essays.count(True)


@pytest.mark.parametrize("answers", [("t",), ("a",), ("y", "e")])
def test_the_end_of_input_is_no_answer(
    answers: tuple[str, ...], book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan(book)
    assert ask(book, monkeypatch, *answers) == 0
    assert essay(book)["title"] == next(i["title"] for i in before["item"] if i["kind"] == "essay")
    assert essay(book)["authors"] == []
    assert not any(row["accepted"] for row in plan(book)["advice"])


def test_an_answer_that_no_text_can_hold_is_asked_for_again(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(book, monkeypatch, "t", "渡\u202e口", "渡口", "q") == 0
    assert essay(book)["title"] == "渡口"
    assert "U+202E" in capsys.readouterr().err


def test_advice_is_taken_or_put_in_other_words(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = len(plan(book)["advice"])
    assert count > 1
    assert ask(book, monkeypatch, "y", "y", "e", "和", *["s"] * count) == 0
    first, second, *others = plan(book)["advice"]
    assert first["accepted"]
    assert second["accepted"]
    assert second["after"] == "和"
    assert not any(row["accepted"] for row in others)


def test_open_plans_are_shown_as_a_table(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["import", "--plan", str(book)]) == 0
    shown = capsys.readouterr().out
    assert "plan/sent.toml" in shown
    assert "lost-comma" in shown


@pytest.mark.parametrize(
    "words", [["import"], ["import", "a.txt"], ["import", "a.txt", "--plan", "b"]]
)
def test_a_command_that_means_nothing_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert "--ask DIR" in capsys.readouterr().err


@pytest.fixture
def sections(tmp_path: Path) -> Path:
    """A collection with one source of which nobody can say whether its numbers part essays."""
    prose = "桥封了，没有人走。河水照样流，灯照样亮，没有人说话，谁也不知道什么时候会开。"
    text = "雪夜\n\n\n" + "".join(f"{n}\n\n{prose}{n * 3}。\n\n" for n in "一二三")
    (tmp_path / "sent.txt").write_text(text, encoding="utf-8")
    folder = tmp_path / "book"
    assert main(["new", str(folder)]) == 0
    assert main(["import", str(tmp_path / "sent.txt"), "--into", str(folder)]) == 0
    assert [i["kind"] for i in plan(folder)["item"] if not i["confirmed"]] == ["section"] * 3
    return folder


@pytest.mark.parametrize(
    ("answers", "essays", "sections_left"),
    [("y", 1, 3), ("n", 1, 0), ("e", 4, 0), ("oyen", 2, 1), ("r", 1, 0), ("orsy", 1, 2)],
)
def test_what_might_be_a_section_is_what_the_editor_says(
    answers: str,
    essays: int,
    sections_left: int,
    sections: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ask(sections, monkeypatch, *answers) == 0
    kinds = [item["kind"] for item in plan(sections)["item"]]
    assert kinds.count("essay") == essays
    assert kinds.count("section") == sections_left
    assert kinds.count("removed") == (3 if answers == "r" else answers.count("r"))
    assert len(list(sections.glob("*.md"))) == (0 if "s" in answers else essays)


def test_an_unknown_key_is_asked_for_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(book, monkeypatch, "", "maybe", "Y", "?", "q") == 0
    assert essay(book)["confirmed"]
    assert not any(row["accepted"] for row in plan(book)["advice"])


def test_breaking_off_keeps_the_answers_and_does_nothing_else(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["y"])

    def typed(_: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("builtins.input", typed)
    assert main(["import", "--ask", str(book)]) == 130
    assert essay(book)["confirmed"]
    assert not (book / "sent.md").exists()
    assert "nothing was changed" not in capsys.readouterr().err


def test_a_plan_that_was_changed_meanwhile_is_left_alone(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = book / "plan" / "sent.toml"
    other = file.read_bytes() + b"# mine\n"

    def typed(_: str) -> str:
        file.write_bytes(other)
        return "y"

    monkeypatch.setattr("builtins.input", typed)
    assert main(["import", "--ask", str(book)]) == 0
    assert file.read_bytes().endswith(b"# mine\n")
    assert "meanwhile" in capsys.readouterr().err


def test_only_sources_that_something_came_of_are_told(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "settled.txt"
    other.write_text("雪夜\n\n桥封了，没有人走。\n", encoding="utf-8")
    assert main(["import", str(other), "--into", str(book)]) == 0
    capsys.readouterr()
    assert ask(book, monkeypatch, "t", "渡口", "q") == 0
    told = capsys.readouterr().err
    assert plan(book)["source"] in told
    assert "settled" not in told
    assert main(["import", "--apply", str(book)]) == 0
    assert plan(book)["source"] not in capsys.readouterr().err


# ---- every key does something, and no answer makes a plan that is refused ----

PROSE = "石榴树下的水缸空了三年，去年夏天下了一场大雨，早上起来一看，里面有半缸水和一片叶子。"
GATHERED = (
    "河口散文选集",
    "",
    "水缸",
    "作者：庞小禾",
    "",
    PROSE,
    "",
    "梯子",
    "作者：庞小禾",
    "",
    PROSE,
)
POEM = ("雨中", "雨落在瓦上，", "雨落在伞上，", "雨落在没有瓦的地方，", "那里有一个人。")


def imported(rows: tuple[str, ...], folder: Path) -> Path:
    (folder / "sent.txt").write_text("\n".join(rows), encoding="utf-8")
    assert main(["new", str(folder / "book")]) == 0
    assert main(["import", str(folder / "sent.txt"), "--into", str(folder / "book")]) == 0
    return folder / "book"


def items(book: Path, kind: str) -> list[tuple[int, int, str]]:
    """The items of a kind; the plan is read as strictly as any command reads it."""
    content = (book / "plan" / "sent.toml").read_bytes()
    rows = read_plan(content, "plan/sent.toml").item
    return [(row.first, row.last, row.title) for row in rows if row.kind == kind]


def test_a_line_between_essays_becomes_an_essay_or_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = imported(GATHERED, tmp_path)
    before = (book / "plan" / "sent.toml").read_bytes()
    assert items(book, "removed") == [(1, 2, "")]
    ask(book, monkeypatch, "n", "q")
    assert items(book, "removed") == []
    assert items(book, "essay")[0] == (1, 7, "水缸")
    (book / "plan" / "sent.toml").write_bytes(before)
    ask(book, monkeypatch, "e", "t", "卷首", "y", "q")
    assert items(book, "essay")[:2] == [(1, 2, "卷首"), (3, 7, "水缸")]


def test_a_title_that_was_proposed_to_be_left_out_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = imported(GATHERED, tmp_path)
    ask(book, monkeypatch, "n", "t", GATHERED[0], "q")
    assert items(book, "essay")[0] == (1, 7, GATHERED[0])
    assert items(book, "heading")[0] == (1, 1, "")
    assert len(items(book, "heading")) == len(items(book, "essay"))


def test_a_key_that_would_change_nothing_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = imported(("通知：下周交稿", "", *POEM), tmp_path)
    file = book / "plan" / "sent.toml"
    rows = (
        'first = 1\nlast = 2\nkind = "part"\ntitle = "一"',
        'first = 3\nlast = 7\nkind = "removed"',
    )
    head = file.read_text(encoding="utf-8").partition("\n# ")[0].partition("[[item]]")[0]
    tables = "".join(f"[[item]]\n{row}\nconfirmed = false\n" for row in rows)
    file.write_text(f"{head}\n{tables}", encoding="utf-8")
    capsys.readouterr()
    ask(book, monkeypatch, "s", "q")
    part, removed = (row for row in capsys.readouterr().out.splitlines() if "[q]" in row)
    assert "[y]" not in part, "no essay stands in it"
    assert "[a]" not in part
    assert "[e]" in removed
    assert "[n]" not in removed, "no essay is beside it whose text it could be"


@pytest.mark.parametrize(
    ("answers", "title"),
    [(("e", "y", "雨中", "q"), "雨中"), (("e", "y", "", "q"), ""), (("e", "y"), "")],
)
def test_an_essay_of_its_own_is_confirmed_with_a_title_alone(
    answers: tuple[str, ...], title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = imported(("水缸", "", PROSE, "", *POEM), tmp_path)
    assert [item["kind"] for item in plan(book)["item"] if not item["confirmed"]] == ["verse"]
    assert ask(book, monkeypatch, *answers) == 0
    assert [own for _, _, own in items(book, "essay")] == ["水缸", title]
    own = [item["confirmed"] for item in plan(book)["item"] if item["kind"] == "essay"]
    assert own == [True, bool(title)]
    assert main(["import", "--plan", str(book)]) == 0
    # The line that has the title's words is no verse.
    assert items(book, "heading")[1:] == ([(5, 5, "")] if title else [])
    assert items(book, "verse") == [(6 if title else 5, 9, "")]


@pytest.mark.parametrize(("title", "count"), [("雨中", 1), ("", 0)])
def test_an_essay_without_a_title_is_asked_for_one_before_it_is_confirmed(
    title: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = imported((PROSE, "", PROSE), tmp_path)
    untitled = (book / "plan" / "sent.toml").read_text("utf-8").replace(PROSE[:9], "", 1)
    head, found, rest = untitled.partition('title = "')
    (book / "plan" / "sent.toml").write_text(f'{head}{found}"{rest.partition(chr(34))[2]}', "utf-8")
    assert ask(book, monkeypatch, "y", title, "q") == 0
    assert [own for _, _, own in items(book, "essay")] == [title]
    assert len(list(book.glob("sent*.md"))) == count


# Above its second title a sentence goes on, so nothing makes it one.
LUMPED = (
    "水缸",
    "",
    PROSE,
    f"{PROSE[:-1]}，",
    "梯子  （之2）",
    "庞小禾",
    PROSE,
    "屋檐  （之3）",
    PROSE,
    PROSE[5:],
)


def test_another_essay_begins_at_the_line_that_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = imported(LUMPED, tmp_path)
    assert [(first, last) for first, last, _ in items(book, "essay")] == [(1, 10)]
    capsys.readouterr()
    assert ask(book, monkeypatch, "b", "y", "y", "y") == 0
    assert "    5 ? 梯子" in capsys.readouterr().out
    titles = [(1, 4, "水缸"), (5, 7, "梯子  （之2）"), (8, 10, "屋檐  （之3）")]
    assert items(book, "essay") == titles
    assert items(book, "byline") == [(6, 6, "")]
    assert len(list(book.glob("sent*.md"))) == len(titles)


def test_line_numbers_that_are_typed_divide_an_essay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = imported(LUMPED, tmp_path)
    assert ask(book, monkeypatch, "l", "d", "8", "q") == 0
    shown = capsys.readouterr().out
    numbered = ((number, " ".join(row.split())) for number, row in enumerate(LUMPED, 1) if row)
    assert all(f"{number:>5} │ {words}" in shown for number, words in numbered)
    assert items(book, "essay") == [(1, 7, "水缸"), (8, 10, "屋檐  （之3）")]
    assert ask(book, monkeypatch, "d", "1 99 no", "q") == 0
    assert items(book, "essay") == [(1, 7, "水缸"), (8, 10, "屋檐  （之3）")]


def test_an_essay_that_was_divided_off_becomes_text_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = imported(LUMPED, tmp_path)
    ask(book, monkeypatch, "d", "5, 8", "s", "n", "q")
    assert items(book, "essay") == [(1, 7, "水缸"), (8, 10, "屋檐  （之3）")]
    assert items(book, "byline") == []


def test_every_key_is_explained_and_an_empty_answer_is_told_what_is_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = imported(LUMPED, tmp_path)
    capsys.readouterr()
    ask(book, monkeypatch, "?", "", "q")
    shown, told = capsys.readouterr()
    offered, _, explained = shown.partition("[?]")
    keys = re.findall(r"\[(\w)\]", offered)
    assert keys
    assert re.findall("(?m)^ {2,3}([a-z])  ", explained) == keys
    assert "letters in brackets" in told


def test_other_authors_make_a_line_text_that_was_taken_for_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = imported(LUMPED, tmp_path)
    ask(book, monkeypatch, "d", "5", "s", "a", "庞禾、康如意", "q")
    assert items(book, "byline") == []
    essays = [item for item in plan(book)["item"] if item["kind"] == "essay"]
    assert essays[1]["authors"] == ["庞禾", "康如意"]


def test_an_essay_divided_off_is_not_written_to_the_file_of_another() -> None:
    essays = (Item(1, 4, "essay", title="一"), Item(5, 9, "essay", title="二", file="a-02.md"))
    section = Item(3, 3, "section", title="三")
    seal = sealed((*essays, section))
    old = Plan("a.txt", "", "", 9, 9, seal, (), (essays[0], section, essays[1]))
    reading = Reading("\n".join(str(n) * 9 for n in range(1, 10)), "")
    assert len(set(names(divided(old, (section,), reading), "a"))) == 3


def test_what_may_be_left_out_is_not_told_as_left_out_before_somebody_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = imported(GATHERED, tmp_path)
    assert f"left out, line 1: {GATHERED[0]}" not in capsys.readouterr().err
    ask(book, monkeypatch, "y", "q")
    shown, told = capsys.readouterr()
    assert "1–2  to leave out?" in shown
    assert f"left out, line 1: {GATHERED[0]}" in told
