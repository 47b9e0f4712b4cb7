"""A shelf in a real browser: found, read, taken home; by keyboard, small, without scripts."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from shelving import stores

from tests.browser import Page, needs_chromium, shown, wait_for
from tests.reading import ROOT

pytestmark = needs_chromium

AXE = ROOT / ".venv/ace/node_modules/@daisy/axe-core-for-ace/axe.min.js"
KINDS = {
    "front": "index.html",
    "year": "_shelf/years/2021.html",
    "authors": "_shelf/authors/index.html",
    "author": "",
    "collection": "tower/index.html",
    "collection in another script": "tower/hant-tw/index.html",
    "essay": "tower/hans/essay-clock.html",
    "essay in another script": "tower/hant-tw/essay-verse.html",
}
# WCAG 2.0 to 2.2, levels A and AA, and what axe holds for good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def place(kind: str) -> Path:
    """A page of a kind."""
    site = stores.shelf()
    if kind == "author":
        return next(it for it in (site / "_shelf/authors").iterdir() if it.name != "index.html")
    return site / KINDS[kind]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Path]]:
    """A browser, and the folder that it saves to."""
    scratch = tmp_path_factory.mktemp("browser")
    (scratch / "saved").mkdir()
    with shown(stores.shelf() / "index.html", scratch) as page:
        yield page, scratch / "saved"


@pytest.fixture
def page(browser: tuple[Page, Path]) -> Page:
    """A page on a large light screen, with scripts."""
    own, saved = browser
    own.call("Emulation.setScriptExecutionDisabled", value=False)
    own.looks(1280, 900, "light")
    own.errors.clear()
    for file in saved.iterdir():
        file.unlink()
    own.go(stores.shelf() / "index.html")
    return own


def titles(page: Page, selector: str) -> list[str]:
    found: list[str] = page.ask(
        f"[...document.querySelectorAll({json.dumps(selector)})]"
        ".filter(it => it.checkVisibility()).map(it => it.textContent.trim())"
    )
    return found


def search(page: Page, words: str) -> list[str]:
    """The titles that are found."""
    page.ask("document.getElementById('wanted').value = ''")
    page.ask("document.getElementById('wanted').focus()")
    page.write(words)
    page.wait("self.shelfCatalogue && !document.getElementById('found').hidden")
    time.sleep(0.05)
    return titles(page, "#results .title")


# ---- to find ----


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("钟楼集", ["钟楼集"]),
        ("鐘樓集", ["半石桥", "钟楼集", "雪夜集"]),
        ("两座 钟楼", ["雪夜集", "钟楼集"]),
        ("雪夜集", ["雪夜集"]),
        ("雪夜", ["半石桥", "钟楼集", "雪夜集"]),
        ("滕水根 鐘樓", ["半石桥", "钟楼集", "雪夜集"]),
        ("没有这个", []),
    ],
)
def test_a_book_is_found_by_title_author_and_essay(
    words: str, found: list[str], page: Page
) -> None:
    assert sorted(search(page, words)) == sorted(found)
    assert titles(page, "#shown .title") == []
    assert page.errors == []


def test_the_number_of_finds_is_told_to_those_who_do_not_see_them(page: Page) -> None:
    search(page, "雪夜集")
    assert page.ask("document.querySelector('[role=status]').textContent") == "1 本"
    search(page, "没有这个")
    assert "没有找到" in page.ask("document.querySelector('[role=status]').textContent")


def test_books_are_chosen_by_year_and_script(page: Page) -> None:
    choose = (
        "(() => {{ const it = document.getElementById('{}'); it.value = '{}';"
        " it.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
    )
    page.ask(choose.format("year", "2019"))
    page.wait("document.querySelectorAll('#results .card').length === 1")
    assert titles(page, "#results .title") == ["雪夜集"]
    page.ask(choose.format("year", ""))
    page.ask(choose.format("script", "hant-tw"))
    page.wait("document.querySelectorAll('#results .card').length === 3")


def test_an_essay_that_is_found_leads_to_its_page(page: Page) -> None:
    search(page, "两座钟 雪夜")
    page.click("#results .inside a")
    page.wait("location.pathname.endsWith('essay-verse.html')")
    assert page.errors == []


# ---- to read ----


def test_another_script_shows_the_same_paragraph(page: Page) -> None:
    page.looks(400, 300, "light")
    page.go(place("essay"))
    page.ask(
        "self.said = [...document.querySelectorAll('.prose p')]"
        ".find(it => it.textContent.startsWith('说过的话'))"
    )
    page.ask("said.scrollIntoView({block: 'start'})")
    at = page.ask("said.id")
    # Scrolls nowhere: the link is at the head of the page.
    page.ask("document.querySelector('.switch a[rel~=alternate]').click()")
    page.wait("location.pathname.includes('hant-tw')")
    assert page.ask("decodeURIComponent(location.hash)") == f"#{at}"
    page.wait("scrollY > 0")
    seen = page.ask("document.querySelector(location.hash).textContent")
    assert seen.startswith("說過的話")
    top = page.ask("document.querySelector(location.hash).getBoundingClientRect().top")
    assert -5 < top < 300
    assert page.errors == []


def test_at_its_beginning_another_script_shows_the_beginning(page: Page) -> None:
    page.go(place("essay"))
    page.click(".switch a[rel~=alternate]")
    page.wait("location.pathname.includes('hant-tw')")
    assert page.ask("location.hash") == ""


def test_a_whole_book_is_read_from_the_front_page_by_keyboard_alone(page: Page) -> None:
    def walk(name: str) -> None:
        for _ in range(60):
            page.press("Tab")
            if page.ask("document.activeElement.textContent.trim()").startswith(name):
                break
        else:
            raise AssertionError(name)
        assert page.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.press("Enter")

    walk("钟楼集")
    page.wait("location.pathname.endsWith('tower/index.html')")
    walk("前言")
    page.wait("location.pathname.endsWith('essay-preface.html')")
    for essay in ("clock", "verse"):
        walk("下一篇")
        page.wait(f"location.pathname.endsWith('essay-{essay}.html')")
    walk("繁体")
    page.wait("location.pathname.endsWith('hant-tw/essay-verse.html')")
    walk("回到目錄")
    page.wait("location.pathname.endsWith('tower/hant-tw/index.html')")


def test_the_first_key_offers_to_go_past_the_head(page: Page) -> None:
    page.go(place("collection"))
    page.press("Tab")
    assert page.ask("document.activeElement.className") == "skip"
    assert page.ask("document.activeElement.getBoundingClientRect().left") >= 0
    page.press("Enter")
    assert page.ask("location.hash") == "#main"


# ---- to take home ----


@pytest.fixture
def host() -> Iterator[str]:
    """The address of a plain host of files that serves the shelf."""
    handler = partial(Quiet, directory=stores.shelf())
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """A host that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_files_that_are_taken_home_have_the_digests_on_the_page(
    page: Page, browser: tuple[Page, Path], host: str
) -> None:
    _, saved = browser
    page.call("Page.navigate", url=f"{host}/tower/")
    page.wait("document.readyState === 'complete' && location.protocol === 'http:'")
    rows = page.ask(
        "[...document.querySelectorAll('.columns .files li')].map((it, n) => {"
        " it.firstElementChild.id = `file-${n}`;"
        " return [it.firstElementChild.id, it.querySelector('code').textContent]; })"
    )
    assert len(rows) == 3
    for identity, digest in rows:
        page.click(f"#{identity}")

        def whole(digest: str = digest) -> bool:
            return any(
                hashlib.sha256(it.read_bytes()).hexdigest() == digest for it in saved.iterdir()
            )

        wait_for(whole, digest)
    # A browser writes under another name until it has all.
    whole_names = [".epub", ".epub", ".pdf"]
    wait_for(lambda: sorted(it.suffix for it in saved.iterdir()) == whole_names, "whole files")


# ---- for everybody ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, width: int, scheme: str, page: Page) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core comes with Ace, which make test installs")
    page.looks(width, 800, scheme)
    page.go(place(kind))
    page.ask("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    page.ask(AXE.read_text(encoding="utf-8") + ";0")
    found: Any = page.ask(
        f"axe.run({{runOnly: {json.dumps(RULES)}}}).then(it => it.violations.map("
        "it => [it.id, it.nodes.map(node => node.html).slice(0, 3)]))"
    )
    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_screen_of_320_px_nothing_lies_beside_it(kind: str, page: Page) -> None:
    page.looks(320, 640, "light")
    page.go(place(kind))
    page.ask("document.querySelectorAll('details').forEach(it => { it.open = true; })")
    assert page.ask("document.scrollingElement.scrollWidth") <= 320
    wide = page.ask(
        "[...document.querySelectorAll('main *')].filter(it => !it.closest('.unseen, pre, .table')"
        " && it.getBoundingClientRect().right > 321).map(it => it.outerHTML.slice(0, 80))"
    )
    assert wide == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_breaks_its_own_policy(kind: str, page: Page) -> None:
    page.go(place(kind))
    page.wait("[...document.images].every(it => it.complete || it.loading === 'lazy')")
    assert page.errors == []


def test_without_scripts_every_collection_and_essay_can_be_reached(page: Page) -> None:
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.go(stores.shelf() / "index.html")
    assert page.ask("document.getElementById('search').checkVisibility()") is False
    assert len(titles(page, ".card .title")) == 3
    page.click(".card a[href='tower/index.html']")
    page.wait("location.pathname.endsWith('tower/index.html')")
    page.click(".contents a[href$='essay-clock.html']")
    page.wait("location.pathname.endsWith('hans/essay-clock.html')")
    page.click(".switch a[rel~=alternate]")
    page.wait("location.pathname.endsWith('hant-tw/essay-clock.html')")


def test_where_the_list_is_missing_the_page_stays(page: Page, tmp_path: Path) -> None:
    stores.kept(tmp_path / "store")
    stores.shelved(tmp_path / "site", tmp_path / "store")
    (tmp_path / "site" / "_shelf" / "catalogue.js").unlink()
    page.go(tmp_path / "site" / "index.html")
    page.ask("document.getElementById('wanted').focus()")
    page.write("钟")
    page.wait("document.getElementById('found').hidden")
    assert titles(page, "#shown .title") == ["钟楼集"]


def test_titles_full_of_markup_do_nothing_when_they_are_found(page: Page, tmp_path: Path) -> None:
    harm = '<img src=x onerror="self.harm=1">"\'</script><script>self.harm=1</script>'
    stores.kept(tmp_path / "store", title=harm, responsibility=harm)
    stores.shelved(tmp_path / "site", tmp_path / "store")
    page.go(tmp_path / "site" / "index.html")
    assert search(page, "onerror") == [harm]
    assert page.ask("self.harm") is None
    page.click("#results .card a")
    page.wait("location.pathname.endsWith('tower/index.html')")
    assert page.ask("[self.harm, document.querySelector('h1').textContent]") == [None, harm]
    assert page.errors == []
