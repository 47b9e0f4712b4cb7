"""The page of a review in a real browser: read, searched, answered, and saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publisher.model.folders import DECISIONS
from publisher.press.reviews import review
from publisher.press.store import Store
from publisher.script.decisions import read_decisions
from publisher.script.doubts import Doubt, Scope, grouped
from publisher.script.review import Answer, answered
from publisher.script.reviewfile import revised
from publisher.surface.cli import main
from tests.browser import Page, needs_chromium, shown, wait_for
from tests.conftest import MakeCollection

pytestmark = needs_chromium

ONE = """---
title: 一
author: 范后里
---

她散着发，我散着发。

他读《不准》，也不准。又读《不准》。
"""
TWO = "---\ntitle: 二\n---\n\n谁散着发？《不准》说：不准。\n\n𠀀散着发，￮散着发。\n"
HOSTILE = """---
title: '"</title><script>window.harm=1</script>'
author: '<b>范后里'
---

\\</script>\\<script>window.harm=1\\</script>发\\<img src=x onerror="window.harm=1">

`&lt;`发{{ 7*7 }}【发】\\\\发"发'发\\<!--
"""
HAND_MADE = """\
# ours
style = ["群羣"]

# their names
[names]
"钟南山" = ""  # asked
# more to come

[[decision]]
source = "发"
value = "发"
script = "hant-hk"

# a letter of hers
[[decision]]
source = "读"
value = "讀"

[[accepted]]
source = "不准"
value = "不準"
script = "hant-tw"
essay = "02.md"
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Path]]:
    """A browser, and the folder that it saves to."""
    scratch = tmp_path_factory.mktemp("browser")
    (scratch / "saved").mkdir()
    (scratch / "empty.html").write_text("<!DOCTYPE html><title>–</title>", encoding="utf-8")
    with shown(scratch / "empty.html", scratch) as page:
        yield page, scratch / "saved"


@pytest.fixture
def page(browser: tuple[Page, Path]) -> Page:
    """A page that remembers nothing, on a large light screen."""
    own, saved = browser
    own.ask("localStorage.clear()")
    own.errors.clear()
    own.looks(1280, 900, "light")
    for file in saved.iterdir():
        file.unlink()
    return own


@pytest.fixture
def book(make_collection: MakeCollection) -> Path:
    return make_collection({"01.md": ONE, "02.md": TWO, DECISIONS: HAND_MADE})


def written(book: Path) -> Path:
    file = book.parent / "review.html"
    assert main(["review", str(book), "--html", str(file)]) == 0
    return file


def groups(book: Path, tmp_path: Path) -> list[tuple[Doubt, ...]]:
    found = review(book, "hant-tw", Store(tmp_path / "store")).review
    return [group.doubts for group in grouped(found.doubts)]


def _number(book: Path, tmp_path: Path, source: str) -> int:
    """Which of the words it is."""
    return [it[0].source for it in groups(book, tmp_path)].index(source)


def saved(browser: tuple[Page, Path]) -> bytes:
    page, folder = browser
    page.press("d")
    wait_for(lambda: [it for it in folder.iterdir() if it.suffix == ".toml"], "a saved file")
    (file,) = folder.iterdir()
    assert file.name == "decisions.toml"
    content = file.read_bytes()
    file.unlink()
    return content


def select(page: Page, name: str, value: str) -> None:
    page.ask(
        f"(() => {{ const it = document.getElementById('{name}'); it.value = {json.dumps(value)};"
        " it.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def go_to(page: Page, group: int, place: int) -> None:
    """Show all places, and take one place of one word by the mouse."""
    select(page, "state", "all")
    page.click(f"#groups [data-group='{group}']")
    page.click(f"#places [data-place='{place}'] .where")


def texts(page: Page, selector: str) -> list[str]:
    found: list[str] = page.ask(
        f"Array.from(document.querySelectorAll({json.dumps(selector)}), it => it.innerText)"
    )
    return found


# ---- the file that is saved ----

Given = tuple[int, int, Scope, str]


@pytest.mark.parametrize("scope", ["occurrence", "essay", "collection"])
def test_the_saved_file_is_that_of_a_terminal_byte_for_byte(
    scope: Scope, book: Path, page: Page, browser: tuple[Page, Path], tmp_path: Path
) -> None:
    page.go(written(book))
    decisions = read_decisions(HAND_MADE.encode(), DECISIONS)
    for number, doubts in enumerate(groups(book, tmp_path)):
        for place, doubt in enumerate(doubts):
            form = (number + place) % (1 + min(len(doubt.alternatives), 9))
            go_to(page, number, place)
            if scope != "occurrence":
                page.press(scope[0])
            page.press(str(form) if form else "y")
            value = (doubt.chosen, *doubt.alternatives)[form]
            decisions = answered(decisions, Answer(doubt, value, scope), "hant-tw")
    assert saved(browser).decode() == revised(HAND_MADE.encode(), decisions).decode()
    assert page.errors == []


def test_without_an_answer_the_file_is_as_it_was(
    book: Path, page: Page, browser: tuple[Page, Path]
) -> None:
    page.go(written(book))
    assert saved(browser).decode() == HAND_MADE


def test_what_is_saved_and_put_in_its_place_is_decided(
    book: Path, page: Page, browser: tuple[Page, Path]
) -> None:
    page.go(written(book))
    while page.ask("document.querySelectorAll('.place:not(.settled)').length"):
        page.press("c", "y")
    (book / DECISIONS).write_bytes(saved(browser))
    assert main(["review", str(book), "--strict"]) == 0


# ---- answering ----


def test_a_word_is_typed_and_taken_back(book: Path, page: Page, tmp_path: Path) -> None:
    page.go(written(book))
    number = _number(book, tmp_path, "发")
    before = texts(page, "#count")
    go_to(page, number, 1)
    page.press("t")
    page.write("髪")
    page.press("Enter")
    pressed = "#places [data-place='1'] [aria-pressed='true']"
    wait_for(lambda: texts(page, pressed), "an answer")
    assert texts(page, pressed)[0].startswith("髪")
    assert texts(page, "#count") != before
    page.press("u")
    assert texts(page, pressed) == []
    assert texts(page, "#count") == before


def test_a_typed_word_can_be_given_up(book: Path, page: Page) -> None:
    page.go(written(book))
    before = texts(page, "#count")
    page.press("t")
    page.write("髪")
    page.press("Escape")
    page.wait("!document.getElementById('typing').open")
    assert texts(page, "#count") == before


def test_a_title_is_answered_once_for_all_its_places(
    book: Path, page: Page, tmp_path: Path
) -> None:
    page.go(written(book))
    number = _number(book, tmp_path, "《不准》")
    go_to(page, number, 0)
    page.press("1")
    go_to(page, number, 0)
    assert len(texts(page, ".place.settled [aria-pressed='true'][data-form='《不准》']")) == 2


def test_answers_outlive_the_page_and_give_way_to_a_newer_file(
    book: Path, page: Page, tmp_path: Path
) -> None:
    file = written(book)
    page.go(file)
    page.press("y")
    after = texts(page, "#count")
    page.go(file)
    assert texts(page, "#count") == after
    text = HAND_MADE.replace("# more to come", '"范后里" = "笵后里"')
    (book / DECISIONS).write_text(text, encoding="utf-8")
    page.go(written(book))
    go_to(page, _number(book, tmp_path, "范后里"), 0)
    assert texts(page, ".place [aria-pressed='true']")[0].startswith("笵后里")


def test_keys_move_from_place_to_place_and_word_to_word(
    book: Path, page: Page, tmp_path: Path
) -> None:
    page.go(written(book))
    page.press(*["n"] * _number(book, tmp_path, "发"))
    word = texts(page, "#word")
    page.press("j")
    at = "document.activeElement.dataset.place"
    assert page.ask(at) == "1"
    page.press("ArrowUp")
    assert page.ask(at) == "0"
    page.press("p")
    assert texts(page, "#word") != word


def test_words_essays_and_states_can_be_looked_for(book: Path, page: Page) -> None:
    page.go(written(book))
    select(page, "state", "all")
    every = texts(page, "#groups li")
    page.press("/")
    page.write("谁散")
    page.wait(f"document.querySelectorAll('#groups li').length < {len(every)}")
    assert all("谁散着" in it for it in texts(page, ".context"))
    select(page, "search", "")
    select(page, "essay", "01.md")
    assert {it.split(":")[0].split(" ")[0] for it in texts(page, ".where span:first-child")} == {
        "01.md"
    }
    select(page, "state", "decided")
    select(page, "essay", "")
    assert texts(page, "#word") == ["不准 → 不準"]
    select(page, "search", "nothing like it")
    assert texts(page, "#groups li") == []
    assert texts(page, "#word") == ["There is nothing to show here."]


def test_many_places_are_shown_by_and_by(make_collection: MakeCollection, page: Page) -> None:
    lines = "\n\n".join(f"第{number}个人散着发。" for number in range(250))
    page.go(written(make_collection({"01.md": f"# 一\n\n{lines}\n"})))
    assert len(texts(page, ".place")) == 100
    page.click("#more")
    assert len(texts(page, ".place")) == 200
    page.press(*["j"] * 3, "y")
    assert page.ask("document.activeElement.dataset.place") == "4"


# ---- what it is made of ----


def test_the_words_of_an_essay_are_words(make_collection: MakeCollection, page: Page) -> None:
    folder = make_collection({
        "01.md": HOSTILE,
        "collection.toml": 'title = "</title><script>window.harm=1</script>"\nessays = ["01.md"]\n',
    })  # fmt: skip
    page.go(written(folder))
    page.press("n", "n", "p")
    select(page, "state", "all")
    assert page.ask("window.harm") is None
    assert page.ask("document.images.length") == 0
    shown_words = "".join(page.ask("JSON.stringify(document.body.innerText)"))
    assert "window.harm" in shown_words
    assert "49" not in texts(page, ".context")
    assert page.errors == []


def test_a_foreign_script_does_not_run(book: Path, page: Page) -> None:
    file = written(book)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</body>", "<script>window.harm=1</script></body>"), "utf-8")
    page.go(file)
    assert page.ask("window.harm") is None
    assert page.errors


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (820, 1180), (1920, 1080)])
def test_it_fits_every_screen(book: Path, page: Page, width: int, height: int) -> None:
    page.go(written(book))
    page.looks(width, height, "light")
    assert page.ask("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_colours_can_be_told_apart(book: Path, page: Page, scheme: str) -> None:
    page.looks(1280, 900, scheme)
    page.go(written(book))
    colours = page.ask(
        "(() => { const it = getComputedStyle(document.documentElement);"
        " return Object.fromEntries(['ink', 'quiet', 'ground', 'raised', 'accent', 'on-accent',"
        " 'mark', 'good'].map(name => [name, it.getPropertyValue('--' + name).trim()])); })()"
    )
    pairs = [("ink", "ground"), ("ink", "raised"), ("quiet", "ground"), ("quiet", "raised"),
             ("on-accent", "accent"), ("ink", "mark"), ("good", "ground")]  # fmt: skip
    assert [pair for pair in pairs if _contrast(*(colours[it] for it in pair)) < 4.5] == []
    ground = page.ask("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")


def test_everything_that_can_be_pressed_has_a_name(book: Path, page: Page) -> None:
    page.go(written(book))
    nodes: list[dict[str, Any]] = page.call("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "textbox", "searchbox", "combobox", "radio", "progressbar", "navigation"}
    found = [it for it in nodes if it.get("role", {}).get("value") in roles]
    assert {it["role"]["value"] for it in found} >= {"button", "searchbox", "combobox", "radio"}
    assert [it for it in found if not it.get("name", {}).get("value")] == []
    assert any(it.get("role", {}).get("value") == "status" for it in nodes)


def test_the_same_review_gives_the_same_page(book: Path) -> None:
    assert written(book).read_bytes() == written(book).read_bytes()


def test_the_page_speaks_the_reader_s_language(
    book: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    from publisher.surface import wording

    monkeypatch.setenv("LANGUAGE", "zh")
    wording._catalogue.cache_clear()
    try:
        page.go(written(book))
    finally:
        monkeypatch.undo()
        wording._catalogue.cache_clear()
    assert page.ask("document.documentElement.lang") == "zh"
    assert texts(page, "#save")[0].startswith("保存决定")


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(it * 2 for it in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return sum(weight * it for weight, it in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
