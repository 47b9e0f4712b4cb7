"""A preview in a real browser: saved and seen, dragged and written, broken and mended, by all."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from preview.served import Served, Showing, served
from preview.towers import HEAD, OUTPUTS, collection

from tests.browser import Page, needs_chromium, shown, wait_for
from tests.reading import ROOT

pytestmark = needs_chromium

AXE = ROOT / ".venv/ace/node_modules/@daisy/axe-core-for-ace/axe.min.js"
# WCAG 2.0 to 2.2, levels A and AA, and what axe holds for good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = {
    "cover": "#pages",
    "pages": "#pages/screen/essay-clock",
    "pages with remarks": "#pages/screen/essay-snow",
    "text": "#text/essay-clock",
    "text with remarks": "#text/essay-snow",
    "remarks": "#remarks",
    "files": "#files",
}
# The pictures of pages that are seen, whole.
DRAWN = (
    "(() => { const row = [...document.querySelectorAll('img.leaf')];"
    " return row.length > 0 && row.every(it => it.complete && it.naturalWidth > 0); })()"
)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A preview of a small collection, with all of it made, and its folder."""
    folder = collection(tmp_path_factory.mktemp("tower") / "book")
    with served(folder) as own:
        own.ready()
        yield own, folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Path]]:
    """A browser, and the folder that it saves to."""
    scratch = tmp_path_factory.mktemp("browser")
    (scratch / "saved").mkdir()
    blank = scratch / "blank.html"
    blank.write_text("<!DOCTYPE html><title>-</title>", encoding="utf-8")
    with shown(blank, scratch) as page:
        yield page, scratch / "saved"


@pytest.fixture
def page(preview: tuple[Served, Path], browser: tuple[Page, Path]) -> Iterator[Page]:
    """The preview on a large light screen; what it should never do is told at the end."""
    own, folder = preview
    page, _ = browser
    known = digests(own.ready())
    page.looks(1280, 900, "light")
    page.errors.clear()
    go(page, own, VIEWS["pages"])
    yield page
    foreign = [it for it in page.errors if not it.startswith(own.url)]
    collection(folder)
    own.until(lambda it: it["isResting"] and digests(it) == known)
    assert foreign == []


def digests(showing: Showing) -> list[str]:
    """What is shown, to be known again."""
    return [showing["contents"]["digest"], *(it["digest"] for it in showing["pulls"])]


def go(page: Page, own: Served, place: str) -> None:
    """Open the preview anew at a place."""
    page.call("Page.navigate", url="about:blank")
    page.call("Page.navigate", url=own.url + place)
    page.wait("document.readyState === 'complete' && document.body.dataset.view !== undefined")
    if place.startswith("#pages"):
        page.wait(DRAWN)
    if place.startswith("#text"):
        page.wait("document.querySelector('.cell h1') !== null")


def rewritten(file: Path, old: str, new: str) -> None:
    """Save a file with some words in the place of others."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def middle(page: Page, selector: str) -> tuple[float, float]:
    """The middle of the first element of a selector."""
    x, y = page.ask(
        f"(() => {{ const box = document.querySelector({json.dumps(selector)})"
        ".getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    return x, y


def drag(page: Page, what: str, where: str, below: float = 8) -> None:
    """Take an element by the mouse and put it down a bit below the middle of another."""
    (x, y), (to_x, to_y) = middle(page, what), middle(page, where)
    held = {"button": "left", "buttons": 1, "clickCount": 1}
    page.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **held)
    for step in range(1, 9):
        at = {"x": x + (to_x - x) * step / 8, "y": y + (to_y + below - y) * step / 8}
        page.call("Input.dispatchMouseEvent", type="mouseMoved", **at, **held)
    page.call("Input.dispatchMouseEvent", type="mouseReleased", x=to_x, y=to_y + below, **held)


def texts(page: Page, selector: str) -> list[str]:
    found: list[str] = page.ask(
        f"[...document.querySelectorAll({json.dumps(selector)})].map(it => it.textContent.trim())"
    )
    return found


# ---- to look ----


def test_the_pages_lie_open_as_in_the_book_and_are_turned_by_keys(
    page: Page, preview: tuple[Served, Path]
) -> None:
    pull = preview[0].ready()["pulls"][0]
    start = pull["starts"]["essay-clock"]
    wanted = next(it for it in pull["openings"] if start in it)

    def open_pages() -> list[int]:
        return list(
            page.ask("[...document.querySelectorAll('img.leaf')].map(it => +it.dataset.page)")
        )

    assert open_pages() == wanted
    assert page.ask("document.querySelector('[aria-current=true] .title').textContent") == "钟楼"
    page.press("ArrowLeft")
    page.wait(f"document.querySelectorAll('img.leaf')[1].dataset.page === '{wanted[0] - 1}'")
    page.press("Home")
    page.wait("document.querySelectorAll('img.leaf').length === 1")
    assert open_pages() == [0]
    page.ask("document.activeElement.blur()")
    page.press("+")
    page.wait("(it => it.scrollWidth > it.clientWidth)(document.querySelector('.board'))")


def test_on_a_small_screen_there_is_one_page_as_wide_as_the_screen(page: Page) -> None:
    page.looks(390, 844, "light")
    page.wait("document.querySelectorAll('img.leaf').length === 1")
    box = page.ask("document.querySelector('img.leaf').getBoundingClientRect().width")
    assert 340 < box <= 390


def test_two_scripts_stand_side_by_side_passage_by_passage(
    page: Page, preview: tuple[Served, Path]
) -> None:
    go(page, preview[0], VIEWS["text"])
    rows = page.ask(
        "[...document.querySelectorAll('.row')].map(row => [...row.querySelectorAll('.cell')]"
        ".map(it => [it.lang, it.textContent.length]))"
    )
    assert len(rows) > 5
    for own, other in rows:
        assert (own[0], other[0]) == ("zh-Hans", "zh-Hant-TW")
        assert own[1] == other[1]
    seen = " ".join(texts(page, ".cell:nth-child(2)"))
    assert "後面的人都聽見了" in seen
    page.wait("[...document.querySelectorAll('.cell img')].every(it => it.naturalWidth === 400)")


def test_a_remark_stands_beside_its_page_and_its_paragraph(
    page: Page, preview: tuple[Served, Path]
) -> None:
    go(page, preview[0], VIEWS["pages with remarks"])
    page.wait("document.querySelectorAll('.beside .remark').length > 0")
    assert "snow.md" in texts(page, ".beside .place")[0]
    go(page, preview[0], VIEWS["text with remarks"])
    row = page.ask("document.querySelector('.row.remarked .cell').textContent")
    assert row.startswith("雪下了一夜")


def test_files_are_saved_under_their_names(
    page: Page, preview: tuple[Served, Path], browser: tuple[Page, Path]
) -> None:
    go(page, preview[0], VIEWS["files"])
    assert len(texts(page, ".files a")) == 2
    page.click(".files a")
    pull = preview[0].ready()["pulls"][0]
    saved = browser[1] / pull["file"]
    wait_for(lambda: saved.is_file() and saved.stat().st_size == pull["bytes"], pull["file"])
    saved.unlink()


# ---- to work ----


def test_a_saved_essay_comes_up_with_the_page_that_changed(
    page: Page, preview: tuple[Served, Path]
) -> None:
    own, folder = preview
    go(page, own, "#pages/screen/essay-preface")
    before = page.ask("document.querySelector('img.leaf').src")
    rewritten(folder / "clock.md", "最后一段", "最后的一段")
    page.wait(f"document.querySelector('img.leaf').src !== {json.dumps(before)} && {DRAWN}")
    turned = own.ready()["turn"]["page"]
    page.wait(f"document.querySelector('img.leaf[data-page=\"{turned}\"]') !== null")
    digest = own.ready()["pulls"][0]["digest"]
    page.wait(f"document.querySelector('img.leaf').src.includes('{digest}')")


def test_a_broken_essay_is_told_beside_its_page_and_mended_there(
    page: Page, preview: tuple[Served, Path]
) -> None:
    own, folder = preview
    go(page, own, "#pages/screen/essay-preface")
    rewritten(folder / "clock.md", "author:", "authr:")
    page.wait("document.querySelector('.beside .remark.error') !== null")
    told = texts(page, ".beside .remark.error")[0]
    assert "clock.md" in told
    assert "line 3" in told
    assert "did you mean" in told
    assert page.ask(DRAWN)
    start = own.ready()["pulls"][0]["starts"]["essay-clock"]
    page.wait(f"document.querySelector('img.leaf[data-page=\"{start}\"]') !== null")
    assert "error" in texts(page, ".entry.error .sign")[0]
    assert page.ask("document.getElementById('state').dataset.kind") == "broken"
    rewritten(folder / "clock.md", "authr:", "author:")
    page.wait("document.querySelector('.remark.error') === null")
    page.wait("document.getElementById('state').dataset.kind === 'rested'")


def test_a_fault_without_a_page_stands_above_all(page: Page, preview: tuple[Served, Path]) -> None:
    rewritten(preview[1] / "collection.toml", 'slug = "tower"', 'slug = tower"')
    page.wait("!document.getElementById('faults').hidden")
    assert "collection.toml" in texts(page, "#faults .place")[0]
    assert page.ask(DRAWN)


def test_an_essay_is_dragged_to_another_place_and_the_file_says_so(
    page: Page, preview: tuple[Served, Path]
) -> None:
    file = preview[1] / "collection.toml"
    page.click("[data-key=arrange]")
    drag(page, "[data-file='clock.md'] .grip", "[data-file='snow.md'] .grip")
    wait_for(lambda: file.read_text(encoding="utf-8") != HEAD + OUTPUTS, "written")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [part["essays"] for part in table["part"]] == [["verse.md"], ["snow.md", "clock.md"]]
    for comment in ("# 书名", "# 正文两辑。", "# 长的一篇"):
        assert comment in file.read_text(encoding="utf-8")
    page.wait(
        "[...document.querySelectorAll('.entry')].map(it => it.dataset.file).join() ==="
        " 'preface.md,verse.md,snow.md,clock.md'"
    )


def test_a_part_is_dragged_and_an_escape_puts_things_back(
    page: Page, preview: tuple[Served, Path]
) -> None:
    file = preview[1] / "collection.toml"
    if page.ask("document.querySelector('.arranging') === null"):
        page.click("[data-key=arrange]")
    x, y = middle(page, "[data-file='clock.md'] .grip")
    held = {"button": "left", "buttons": 1, "clickCount": 1}
    page.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **held)
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y + 200, **held)
    page.press("Escape")
    page.call("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y + 200, **held)
    assert file.read_text(encoding="utf-8") == HEAD + OUTPUTS
    drag(page, ".section.part .grip", "[data-file='snow.md'] .grip", 40)
    wait_for(lambda: file.read_text(encoding="utf-8") != HEAD + OUTPUTS, "written")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [part["title"] for part in table["part"]] == ["雪夜", "发条"]


def test_essays_are_moved_by_keys_alone(page: Page, preview: tuple[Served, Path]) -> None:
    file = preview[1] / "collection.toml"

    def walk(selector: str) -> None:
        wanted = f"document.activeElement.matches({json.dumps(selector)})"
        for _ in range(60):
            page.press("Tab")
            if page.ask(wanted):
                break
        else:
            raise AssertionError(selector)
        assert page.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.press("Enter")

    if page.ask("document.querySelector('.arranging') === null"):
        walk("[data-key=arrange]")
    walk("[data-key='1 verse.md']")
    wait_for(lambda: file.read_text(encoding="utf-8") != HEAD + OUTPUTS, "written")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [part["essays"] for part in table["part"]] == [["clock.md"], ["verse.md", "snow.md"]]
    page.wait("document.getElementById('said').textContent.includes('雪夜诗')")
    page.wait("document.activeElement.dataset.key === '1 verse.md'")


def test_names_full_of_markup_do_nothing(page: Page, preview: tuple[Served, Path]) -> None:
    own, folder = preview
    harm = "<img src=x onerror=self.harm=1></script><b>\"'"
    rewritten(folder / "snow.md", "title: 雪", f"title: '{harm.replace(chr(39), chr(39) * 2)}'")
    for place in ("#pages/screen/essay-snow", "#text/essay-snow", "#remarks", "#files"):
        go(page, own, place)
        page.wait(f"document.querySelector('#contents').textContent.includes({json.dumps(harm)})")
        assert page.ask("[self.harm, document.querySelectorAll('[src=x]').length]") == [None, 0]


# ---- for everybody ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(
    width: int, scheme: str, page: Page, preview: tuple[Served, Path]
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core comes with Ace, which make test installs")
    page.looks(width, 800, scheme)
    found: dict[str, Any] = {}
    for name, place in VIEWS.items():
        go(page, preview[0], place)
        page.ask(AXE.read_text(encoding="utf-8") + ";0")
        found[name] = violations(page)
        page.ask("document.getElementById('fold').click()")
        if page.ask("document.querySelector('.arranging') === null"):
            page.ask("document.querySelector('[data-key=arrange]').click()")
        found[f"{name}, arranged"] = violations(page)
    assert {name: rows for name, rows in found.items() if rows} == {}


def violations(page: Page) -> Any:
    return page.ask(
        f"axe.run({{runOnly: {json.dumps(RULES)}}}).then(it => it.violations.map("
        "it => [it.id, it.nodes.map(node => node.html).slice(0, 3)]))"
    )


def test_on_a_screen_of_320_px_nothing_lies_beside_it(
    page: Page, preview: tuple[Served, Path]
) -> None:
    page.looks(320, 640, "light")
    for place in VIEWS.values():
        go(page, preview[0], place)
        assert page.ask("document.scrollingElement.scrollWidth") <= 320
        assert page.ask("document.getElementById('stage').scrollWidth") <= 320
        wide = page.ask(
            "[...document.querySelectorAll('body *')].filter(it => it.checkVisibility()"
            " && !it.closest('.unseen, .skip, pre, .table, .board')"
            " && it.getBoundingClientRect().right > 321).map(it => it.outerHTML.slice(0, 80))"
        )
        assert wide == []


def test_the_first_key_offers_to_go_to_the_pages(page: Page) -> None:
    page.press("Tab")
    assert page.ask("document.activeElement.className") == "skip"
    page.press("Enter")
    assert page.ask("document.activeElement.id") == "stage"


def test_a_preview_that_begins_again_takes_orders_again(page: Page, tmp_path: Path) -> None:
    folder = collection(tmp_path / "book")
    with served(folder) as first:
        first.ready()
        go(page, first, "#files")
    page.wait("document.getElementById('state').dataset.kind === 'broken'")
    with served(folder, "--port", str(first.port)) as second:
        second.ready()
        token = json.dumps(second.token)
        page.wait(f"document.body?.dataset.token === {token}")
    page.errors.clear()
