"""A real dump the whole way: five essays run together, imported, looked over, made into books.

It was copied from a web page: an introduction that no book wants, half-width marks, lost 、, a
sentence broken in two, no titles. The text is not part of this repository; where it is not beside
it, the tests skip.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.intake.planfile import read_plan
from publisher.model import matter as m
from publisher.press.planning import plan
from tests.acceptance.test_libraries import area, chapters_of
from tests.reading import DATA, Epub, Pdf, dense, epubcheck, essay_words, publisher

SEED = DATA / "seeds" / "000_0b8d0aea6ffec771.txt"
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the dump is not beside this repository")
TITLES = ("守住第一防线", "逆行的人", "人民的英雄", "春暖花开", "山河无恙")
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")


def told(*words: object) -> dict[str, Any]:
    """What a command says as JSON."""
    run = publisher(*words, "--json")
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The book after the first import, and what the import said of its source."""
    book = tmp_path_factory.mktemp("seed") / "heroes"
    assert publisher("new", book, "--title", "英雄").returncode == 0
    (source,) = told("import", SEED, "--into", book)["sources"]
    return book, source


def plan_file(book: Path) -> Path:
    return book / "plan" / f"{SEED.stem}.toml"


def test_nothing_is_written_before_the_titles_are_known(
    imported: tuple[Path, dict[str, Any]],
) -> None:
    book, source = imported
    assert source["how"].startswith("UTF-8")
    assert source["written"] == []
    assert list(book.glob("*.md")) == []
    essays = [item for item in source["asked"] if item["kind"] == "essay"]
    assert len(essays) == len(TITLES)
    assert all(item["suggested"] and item["title"] for item in essays)


def test_the_introduction_is_removed_and_listed(imported: tuple[Path, dict[str, Any]]) -> None:
    book, source = imported
    first = read_plan(plan_file(book).read_bytes(), "").item[0]
    assert (first.kind, first.first, first.last, first.confirmed) == ("removed", 1, 1, True)
    text = plan_file(book).read_text(encoding="utf-8")
    assert "# 1  这次疫情，让我意识到病毒的可怕" in text
    blurb = SEED.read_text(encoding="utf-8").split("\n")[0]
    assert dict(source["ledger"]["removed"])["counted-blurb"] == len(blurb) + 1


def test_doubtful_places_are_shown_and_nothing_of_them_is_changed(
    imported: tuple[Path, dict[str, Any]],
) -> None:
    advice = read_plan(plan_file(imported[0]).read_bytes(), "").advice
    commas = [row for row in advice if row.rule == "lost-comma"]
    assert len(commas) >= 20
    assert {row.after for row in commas} == {"、"}
    broken = [row.context for row in advice if row.rule == "broken-paragraph"]
    assert any(re.search("限【.*】制", context) for context in broken)
    assert not any(row.accepted for row in advice)


def test_every_character_of_the_dump_is_in_the_account(
    imported: tuple[Path, dict[str, Any]],
) -> None:
    ledger = imported[1]["ledger"]
    parts = [ledger["kept"], ledger["apart"], ledger["waiting"]]
    counts = [count for _, count in (*ledger["rules"], *ledger["removed"])]
    assert sum(parts) + sum(counts) == len(SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def applied(imported: tuple[Path, dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    """The same book when an editor has given the titles and accepted the advice."""
    book, _ = imported
    lines, titles = [], iter(TITLES)
    for line in plan_file(book).read_text(encoding="utf-8").splitlines():
        row = f'title = "{next(titles)}"' if line.startswith("title = ") else line
        lines.append(re.sub(r"^(confirmed|accepted) = false", r"\1 = true", row))
    plan_file(book).write_text("\n".join([*lines, ""]), encoding="utf-8")
    (source,) = told("import", "--apply", book)["sources"]
    return book, source


def test_an_editors_word_makes_five_essays(applied: tuple[Path, dict[str, Any]]) -> None:
    book, source = applied
    assert [title for _, title in source["written"]] == list(TITLES)
    declared = tomllib.loads((book / "collection.toml").read_text(encoding="utf-8"))
    assert declared["essays"] == [name for name, _ in source["written"]]
    assert source["ledger"]["waiting"] == source["doubts"] == 0


def test_every_half_width_mark_is_put_right_and_the_broken_sentence_joined(
    applied: tuple[Path, dict[str, Any]],
) -> None:
    book, source = applied
    raw = SEED.read_text(encoding="utf-8")
    assert _HALF_WIDTH.search(raw)
    texts = [(book / name).read_text(encoding="utf-8") for name, _ in source["written"]]
    assert [match[0] for text in texts for match in _HALF_WIDTH.finditer(text)] == []
    assert "限制" in "".join(texts)
    assert "限\n" not in "".join(texts)
    assert dict(source["ledger"]["rules"])["half-width-marks"] > 0
    assert dict(source["ledger"]["rules"])["lost-comma"] >= 20


def test_no_word_of_an_essay_is_lost_or_moved(applied: tuple[Path, dict[str, Any]]) -> None:
    book, source = applied
    essays = [read_manuscript((book / n).read_bytes(), n, n) for n, _ in source["written"]]
    found = "".join(m.plain(content) for essay in essays for content, _ in m.passages(essay.blocks))
    _, *rows = SEED.read_text(encoding="utf-8").split("\n")
    assert letters(found) == letters("".join(rows))


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_to_import_it_again_changes_nothing(applied: tuple[Path, dict[str, Any]]) -> None:
    book, _ = applied
    before = {file: file.read_bytes() for file in book.rglob("*") if file.is_file()}
    assert publisher("import", SEED, "--into", book).returncode == 0
    assert {file: file.read_bytes() for file in book.rglob("*") if file.is_file()} == before


def test_the_essays_become_books_in_both_scripts(applied: tuple[Path, dict[str, Any]]) -> None:
    book, _ = applied
    report = told("build", book)
    files = {row["output"]: Path(row["path"]).read_bytes() for row in report["artefacts"]}
    for script in ("hans", "hant-tw"):
        _, jobs = plan(book, (f"screen-{script}",))
        wanted = [essay_words(essay) for essay in jobs[0].book.collection.essays()]
        assert len(wanted) == len(TITLES)
        chapters = chapters_of(Pdf(files[f"screen-{script}"]))
        assert ["".join(leaf.body(area(leaf)) for leaf in leaves) for leaves in chapters] == wanted
        epub = Epub(files[f"epub-{script}"])
        names = [name for name in epub.spine if name.startswith("text/essay-")]
        assert [dense(epub.words(name)) for name in names] == wanted
        assert epubcheck(files[f"epub-{script}"]) == []
