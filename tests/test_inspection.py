"""Planted faults: a good EPUB spoilt in one way after the other; each rule finds its own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PIL import Image

from publisher.inspection.css import rules
from publisher.inspection.registry import RULES, inspect
from publisher.press.build import build

Files = dict[str, bytes]
ESSAY = "EPUB/text/essay-a.xhtml"
OTHER = "EPUB/text/essay-b.xhtml"
OPF = "EPUB/content.opf"
NAV = "EPUB/nav.xhtml"
NCX = "EPUB/toc.ncx"
SHEET = "EPUB/styles/book.css"
OUTPUTS = """
[[output]]
name = "pdf"
format = "screen"
[[output]]
name = "epub"
format = "epub"
options = { page-list = true }
"""
ENGLISH = "He said that the boat would not come before the fog was gone. "
GERMAN = "Das Boot liegt wohl noch am Ufer."
BODY = """---
title: 渡口
author: 叶蓁
---

## 雾

河上起了雾[^1]，见[彼岸](b.md)。

![岸](a.png)

| 船 | 班 |
| --- | --- |
| 早 | 六点 |

[^1]: 晨雾。
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files of an EPUB in which nothing is to be found."""
    folder = tmp_path_factory.mktemp("good")
    picture = io.BytesIO()
    Image.new("L", (4, 4)).save(picture, "PNG")
    (folder / "a.png").write_bytes(picture.getvalue())
    (folder / "a.md").write_text(BODY, encoding="utf-8")
    (folder / "b.md").write_text("---\ntitle: 彼岸\n---\n\n到了。\n", encoding="utf-8")
    head = 'title = "渡"\nessays = ["a.md", "b.md"]\n'
    (folder / "collection.toml").write_text(head + OUTPUTS, encoding="utf-8")
    _, made = build(folder, folder / "dist").artefacts
    assert made.notices == ()
    archive = zipfile.ZipFile(io.BytesIO(made.content))
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "words",
    [
        f'<span lang="en" xml:lang="en">{ENGLISH}</span>',
        f"<code>{ENGLISH}</code>",
        "The Decline and Fall of the Roman Empire, London, John Murray",
        "JSON、HTML、CSS，以及 the cat",
    ],
)
def test_names_code_and_what_bears_its_language_need_no_more(words: str, good: Files) -> None:
    files = dict(good)
    put(ESSAY, "<p>", f"<p>{words}")(files)
    assert codes(files) == set()


def codes(files: Files) -> set[str]:
    return {finding.code for finding in inspect(tuple(files.items()))}


def test_a_good_book_is_found_good(good: Files) -> None:
    assert inspect(tuple(good.items())) == ()


@dataclass(frozen=True)
class Planted:
    """A fault: the rule that must find it, and how a book is spoilt with it."""

    code: str
    spoil: Callable[[Files], None]


def put(name: str, old: str, new: str) -> Callable[[Files], None]:
    """Put words in place of a pattern in a file; the pattern must be there."""

    def spoil(files: Files) -> None:
        text, count = re.subn(old, new, files[name].decode(), count=1, flags=re.DOTALL)
        assert count, old
        files[name] = text.encode()

    return spoil


def style(words: str) -> Callable[[Files], None]:
    def spoil(files: Files) -> None:
        files[SHEET] += words.encode()

    return spoil


def lose(name: str) -> Callable[[Files], None]:
    return lambda files: files.pop(name) and None


def add(name: str, content: bytes) -> Callable[[Files], None]:
    return lambda files: files.update({name: content})


def first(name: str, content: bytes) -> Callable[[Files], None]:
    def spoil(files: Files) -> None:
        rest = {key: value for key, value in files.items() if key != "mimetype"}
        files.clear()
        files.update({name: content, "mimetype": b"application/epub+zip", **rest})

    return spoil


PLANTED = (
    Planted("mimetype", first("META-INF/a.txt", b"")),
    Planted("mimetype", put("mimetype", "epub", "zip")),
    Planted("package-missing", lose(OPF)),
    Planted("package-missing", put(OPF, "</package>", "")),
    Planted("file-missing", lose(SHEET)),
    Planted("file-unlisted", add("EPUB/stray.txt", b"x")),
    Planted("not-well-formed", put(ESSAY, "</p>", "")),
    Planted("not-well-formed", put(NCX, "</ncx>", "")),
    Planted("spine-empty", put(OPF, "<itemref.*</spine>", "</spine>")),
    Planted("metadata-missing", put(OPF, "<dc:language>.*?</dc:language>", "")),
    Planted("access-missing", put(OPF, "schema:accessModeSufficient", "schema:x")),
    Planted("access-missing", put(OPF, "schema:accessibilityHazard", "schema:x")),
    Planted("identifier-differs", put(NCX, "urn:uuid:", "urn:isbn:")),
    Planted("alt-missing", put(ESSAY, 'alt="岸"', "")),
    Planted("alt-missing", put(ESSAY, 'alt="岸"', 'alt=" "')),
    Planted("heading-skips", put(ESSAY, "<h2(.*?)</h2>", r"<h4\1</h4>")),
    Planted("title-missing", put(ESSAY, "<title>.*?</title>", "<title> </title>")),
    Planted("language-missing", put(ESSAY, ' lang="zh-Hans" xml:lang="zh-Hans"', "")),
    Planted("language-wrong", put(ESSAY, "zh-Hans(.*?)zh-Hans", r"ja\1ja")),
    Planted("language-wrong", put(ESSAY, ' lang="zh-Hans"', ' lang="zh-Hant"')),
    Planted("language-wrong", put(ESSAY, "<p>", '<p lang="chinese!">')),
    Planted("language-unsaid", put(ESSAY, "<p>", f"<p>{ENGLISH}")),
    Planted("language-unsaid", put(ESSAY, "<p>.*?</p>", f"<p>{GERMAN}</p>")),
    Planted("id-twice", put(ESSAY, "<p>", '<p id="essay-a">')),
    Planted("role-missing", put(ESSAY, ' role="doc-noteref"', "")),
    Planted("role-missing", put(ESSAY, ' role="doc-pagebreak"', "")),
    Planted("table-headless", put(ESSAY, "<thead>.*?</thead>", "")),
    Planted("script-inside", put(ESSAY, "</head>", "<script>1</script></head>")),
    Planted("document-blank", put(OTHER, "<body>.*</body>", "<body> </body>")),
    Planted("link-dead", put(ESSAY, "essay-b.xhtml", "essay-c.xhtml")),
    Planted("link-dead", put(ESSAY, "essay-b.xhtml", "essay-b.xhtml#no")),
    Planted("resource-missing", put(ESSAY, r"\.png", ".gif")),
    Planted("resource-remote", put(ESSAY, 'src="[^"]*"', 'src="https://example.org/a.png"')),
    Planted("note-lost", put(ESSAY, '<a class="duokan-footnote".*?</a>', "")),
    Planted("note-lost", put(ESSAY, "<aside.*?</aside>", "")),
    Planted("note-lost", put(ESSAY, '<a class="back".*?</a>', "")),
    Planted("contents-missing", put(OPF, ' properties="nav"', "")),
    Planted("contents-missing", put(NAV, '<ol class="entries">.*?</ol>', "<ol></ol>")),
    Planted("contents-unordered", put(NAV, "(<li class=.essay.>.*?</li>)(<li.*?</li>)", r"\2\1")),
    Planted("landmarks-missing", put(NAV, 'epub:type="bodymatter" ', "")),
    Planted("pages-differ", put(ESSAY, '<span id="page-1".*?</span>', "")),
    Planted("pages-differ", put(OPF, '<meta property="pageBreakSource">.*?</meta>', "")),
    Planted("ncx-differs", put(NCX, "<navPoint.*?</navPoint>", "")),
    Planted("contrast-weak", style("p { color: #999; }")),
    Planted("contrast-weak", style("p { color: rgb(10, 10, 10); background: #333 }")),
    Planted("contrast-weak", style("@media (prefers-color-scheme: dark) { p { color: #333; } }")),
    Planted("size-fixed", style("p { font-size: 12pt; }")),
    Planted("size-fixed", put(ESSAY, "<p>", '<p style="line-height: 20px">')),
    Planted("font-lost", style('@font-face { font-family: x; src: url("../fonts/x.otf"); }')),
    Planted("link-hidden", style("p a { text-decoration: none; }")),
    Planted("sheet-fragile", style("p { margin-left: calc(5% - 2px); }")),
    Planted("sheet-fragile", style("figure { width: min(80%, 20em); }")),
    Planted("sheet-fragile", style("figure { margin: 5vh 0; }")),
    Planted("direction-wrong", style("html { writing-mode: vertical-rl; }")),
    Planted("direction-wrong", put(OPF, "<spine ", '<spine page-progression-direction="rtl" ')),
    Planted("character-fontless", put(ESSAY, "河", "\U00020089")),
)  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED, ids=lambda it: it.code)
def test_a_planted_fault_is_found(planted: Planted, good: Files) -> None:
    files = dict(good)
    planted.spoil(files)
    assert planted.code in codes(files)


def test_a_name_that_stands_for_two_files_is_found(good: Files) -> None:
    found = inspect((*good.items(), (SHEET, b"")))
    assert {finding.code for finding in found} == {"file-twice"}


def test_every_rule_has_its_fault() -> None:
    assert {rule.code for rule in RULES} == {it.code for it in PLANTED} | {"file-twice"}


def test_a_finding_names_the_file_and_the_line(good: Files) -> None:
    files = dict(good)
    put(ESSAY, 'alt="岸"', "")(files)
    (finding,) = inspect(tuple(files.items()))
    assert finding.at.file == ESSAY
    lines = files[ESSAY].decode().splitlines()
    assert "<img" in lines[(finding.at.line or 0) - 1]


@pytest.mark.parametrize("cut", range(12))
def test_no_ruin_of_a_book_makes_the_inspection_fail(cut: int, good: Files) -> None:
    ruin = dict(list(good.items())[:cut])
    assert inspect(tuple(ruin.items()))
    halves = {name: content[: len(content) // 2] for name, content in good.items()}
    assert inspect(tuple(halves.items()))


def selectors(sheet: str) -> Iterator[tuple[str, bool, str]]:
    return ((it.selector, it.is_dark, it.value("color")) for it in rules(sheet))


def test_a_sheet_is_read_with_what_it_nests_and_without_its_comments() -> None:
    sheet = """/* p { color: red } */ h1, h2 { margin: 0; color: #123 }
    @media (prefers-color-scheme: dark) { a { color: #abc; } b { color: white } }
    @page { margin: 1em } i { color: black"""
    assert list(selectors(sheet)) == [
        ("h1, h2", False, "#123"), ("a", True, "#abc"), ("b", True, "white"), ("@page", False, ""),
    ]  # fmt: skip
