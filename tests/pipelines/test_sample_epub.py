"""The sample collection as an EPUB, both scripts, read back with zipfile and lxml."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import pytest
from PIL import Image

from publisher.formats.job import Job
from publisher.press.build import build
from publisher.press.planning import plan
from publisher.typography.typearea import TypeArea, type_area
from tests.reading import (
    EPUB_TYPE,
    ESSAYS,
    NAMES,
    XML_LANG,
    Area,
    Epub,
    Leaf,
    Pdf,
    ace,
    declaration,
    dense,
    epubcheck,
    essay_words,
    has_ace,
    note_words,
    sample,
    temporary_folder,
)

MM = 72 / 25.4
SCRIPTS = ("epub-hans", "epub-hant-tw")
LANGUAGES = {"epub-hans": "zh-Hans", "epub-hant-tw": "zh-Hant-TW"}
TITLES = {"epub-hans": "篮子放下来", "epub-hant-tw": "籃子放下來"}

both = pytest.mark.parametrize("output", SCRIPTS)


@cache
def epub(output: str) -> Epub:
    return Epub(sample(output))


@cache
def jobs() -> dict[str, Job]:
    return {job.output: job for job in plan(ESSAYS)[1]}


# The container -----------------------------------------------------------------------------------


@both
def test_mimetype_comes_first_and_is_stored(output: str) -> None:
    first = epub(output).archive.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert first.extra == b""
    assert sample(output)[30:58] == b"mimetypeapplication/epub+zip"


@both
def test_every_member_is_dated_by_the_collection_and_whole(output: str) -> None:
    archive = epub(output).archive
    assert archive.testzip() is None
    assert {entry.date_time for entry in archive.infolist()} == {(2020, 6, 1, 0, 0, 0)}
    assert len(set(archive.namelist())) == len(archive.namelist())
    assert epub(output).ask("//opf:meta[@property='dcterms:modified']/text()") == [
        "2020-06-01T00:00:00Z"
    ]
    assert epub(output).ask("//dc:date/text()") == ["2020-06-01"]


@both
def test_the_manifest_lists_exactly_what_is_there(output: str) -> None:
    home = epub(output).home
    held = {
        PurePosixPath(name).relative_to(home).as_posix()
        for name in epub(output).archive.namelist()
        if name.startswith(f"{home}/") and not name.endswith(".opf")
    }
    assert set(epub(output).manifest.values()) == held


# The text ----------------------------------------------------------------------------------------


@both
def test_every_essay_reads_in_order(output: str) -> None:
    for division in jobs()[output].book.divisions:
        if division.essay:
            words = epub(output).words(f"text/{division.anchor}.xhtml")
            assert words == essay_words(division.essay), division.anchor


@both
def test_the_spine_is_the_order_of_the_book(output: str) -> None:
    table: Any = declaration()
    names = [*table["front"]["essays"]]
    expected = ["cover", "title-page", "imprint-page", "nav", *_stems(names)]
    for number, part in enumerate(table["part"], start=1):
        expected += [f"part-{number}", *_stems(part["essays"])]
    expected += [*_stems(table["back"]["essays"]), "contributors", "author-index", "colophon"]
    assert [PurePosixPath(name).stem for name in epub(output).spine] == expected


def _stems(names: list[str]) -> list[str]:
    return [f"essay-{name.removesuffix('.md')}" for name in names]


@both
def test_every_document_says_its_language_and_title(output: str) -> None:
    language = LANGUAGES[output]
    assert epub(output).package.get(XML_LANG) == language
    assert epub(output).ask("//dc:language/text()") == [language]
    for name, tree in epub(output).documents.items():
        assert tree.get("lang") == tree.get(XML_LANG) == language, name
        assert tree.findtext("x:head/x:title", namespaces=NAMES), name


@both
def test_metadata_are_the_collections(output: str) -> None:
    assert epub(output).ask("//dc:title/text()")[0] == TITLES[output]
    identifier = epub(output).ask("string(//dc:identifier)")
    (own,) = epub(output).package.xpath("//dc:identifier/text()", namespaces=NAMES)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", own), identifier
    editors: Any = declaration()["editors"]
    assert epub(output).ask("//dc:creator/text()") == editors


def test_each_script_has_an_identifier_of_its_own() -> None:
    names = {epub(output).ask("//dc:identifier/text()")[0] for output in SCRIPTS}
    assert len(names) == len(SCRIPTS)


# Navigation --------------------------------------------------------------------------------------


@both
def test_nav_and_ncx_hold_the_same_entries_and_lead_to_documents(output: str) -> None:
    nav = _nav_entries(output)
    assert nav == _ncx_entries(output)
    assert {address for _, _, address in nav} <= set(epub(output).spine)
    titles = [title for depth, title, _ in nav if depth == 1]
    assert len(titles) == len(set(titles))


@both
def test_navigation_nests_essays_in_parts(output: str) -> None:
    table: Any = declaration()
    depths = [depth for depth, _, _ in _nav_entries(output)]
    inner = sum(len(part["essays"]) for part in table["part"])
    outer = len(table["part"]) + len(table["front"]["essays"]) + len(table["back"]["essays"])
    assert depths.count(2) == inner
    assert depths.count(1) == outer + 2, "and the notes on contributors, and the authors"


def _nav_entries(output: str) -> list[tuple[int, str, str]]:
    tree = epub(output).tree("nav.xhtml")
    links = tree.xpath("//x:nav[@epub:type='toc']//x:a", namespaces=NAMES)
    return [
        (
            int(link.xpath("count(ancestor::x:ol)", namespaces=NAMES)),
            "".join(link.xpath("x:span[@class='entry-title']//text()", namespaces=NAMES)),
            link.get("href"),
        )
        for link in links
    ]


def _ncx_entries(output: str) -> list[tuple[int, str, str]]:
    points = epub(output).tree("toc.ncx").xpath("//ncx:navPoint", namespaces=NAMES)
    return [
        (
            int(point.xpath("count(ancestor-or-self::ncx:navPoint)", namespaces=NAMES)),
            point.findtext("ncx:navLabel/ncx:text", namespaces=NAMES),
            point.find("ncx:content", NAMES).get("src"),
        )
        for point in points
    ]


@both
def test_the_ncx_names_the_publication_as_the_package_does(output: str) -> None:
    uid = (
        epub(output)
        .tree("toc.ncx")
        .xpath("string(//@content[../@name='dtb:uid'])", namespaces=NAMES)
    )
    assert [uid] == epub(output).ask("//dc:identifier/text()")
    points = epub(output).tree("toc.ncx").xpath("//ncx:navPoint/@playOrder", namespaces=NAMES)
    pages = epub(output).tree("toc.ncx").xpath("//ncx:pageTarget/@playOrder", namespaces=NAMES)
    for orders in (points, pages):
        assert [int(order) for order in orders] == sorted(map(int, orders))
    assert sorted(map(int, (*points, *pages))) == list(range(1, len(points) + len(pages) + 1))


@both
def test_landmarks_lead_to_cover_contents_and_text(output: str) -> None:
    tree = epub(output).tree("nav.xhtml")
    links = tree.xpath("//x:nav[@epub:type='landmarks']//x:a", namespaces=NAMES)
    found = {link.get(EPUB_TYPE): link.get("href") for link in links}
    assert found["cover"] == "text/cover.xhtml"
    assert found["toc"] == "nav.xhtml"
    assert found["bodymatter"] == "text/part-1.xhtml"
    assert set(found.values()) <= set(epub(output).spine)


@both
def test_every_link_and_picture_resolves(output: str) -> None:
    ids = set(epub(output).ids())
    held = set(epub(output).manifest.values())
    for name, tree in epub(output).documents.items():
        for address in tree.xpath("//@href | //@src"):
            if re.match(r"https?:|mailto:", address):
                continue
            path, _, fragment = address.partition("#")
            target = os.path.normpath(PurePosixPath(name).parent / path) if path else name
            assert target in held, (name, address)
            assert not fragment or (target, fragment) in ids, (name, address)


# Notes -------------------------------------------------------------------------------------------


@both
def test_notes_and_calls_lead_to_each_other(output: str) -> None:
    count = 0
    for division in jobs()[output].book.divisions:
        if not division.essay:
            continue
        tree = epub(output).documents[f"text/{division.anchor}.xhtml"]
        calls = tree.xpath("//x:a[@epub:type='noteref']", namespaces=NAMES)
        assert len(calls) == len(division.essay.notes)
        for call, note in zip(calls, division.essay.notes, strict=True):
            (item,) = tree.xpath(f"//*[@id='{call.get('href')[1:]}']")
            (aside,) = item.iterancestors("{*}aside")
            assert aside.get(EPUB_TYPE) == "footnote"
            (back,) = item.xpath(".//x:a[@role='doc-backlink']/@href", namespaces=NAMES)
            assert back == f"#{call.get('id')}"
            words = dense(
                "".join(item.xpath("x:p//text()[not(parent::x:a[@role])]", namespaces=NAMES))
            )
            assert words == note_words(note)
            count += 1
    assert count > 0


# Pictures and looks ------------------------------------------------------------------------------


@both
def test_pictures_are_the_collections_own_bytes(output: str) -> None:
    held = {epub(output).read(name) for name in epub(output).manifest.values()}
    for file in (ESSAYS / "images").iterdir():
        assert file.read_bytes() in held, file.name


@both
def test_every_picture_is_described(output: str) -> None:
    for name, tree in epub(output).documents.items():
        for image in tree.iterfind(".//x:img", NAMES):
            assert image.get("alt"), name


@both
def test_the_cover_is_a_jpeg_of_1600_by_2560_pixels(output: str) -> None:
    (name,) = epub(output).ask("//opf:item[@properties='cover-image']/@href")
    with Image.open(io.BytesIO(epub(output).read(name))) as image:
        assert image.format == "JPEG"
        assert image.mode == "RGB"
        assert image.size == (1600, 2560)
        colours = image.convert("L").getextrema()
    assert colours[1] - colours[0] > 100, "words stand out from the ground"


@both
def test_no_font_is_forced_on_the_reader(output: str) -> None:
    assert not [
        name
        for name in epub(output).manifest.values()
        if name.lower().endswith((".otf", ".ttf", ".woff", ".woff2"))
    ]
    for name in epub(output).manifest.values():
        if name.endswith(".css"):
            sheet = epub(output).read(name).decode()
            assert "font-family" not in sheet
            assert "@font-face" not in sheet
            assert not re.search(r"font-size:\s*[\d.]+(pt|px|mm|cm|in)\b", sheet)
            assert not re.search(r"\b(body|html|p)\b[^{}]*\{[^}]*font-size", sheet)
            assert not re.search(r"(?<!-)\bcolor:", sheet)
    for name, tree in epub(output).documents.items():
        assert not tree.xpath("//@style"), name


# Scripts -----------------------------------------------------------------------------------------


def test_both_scripts_share_file_names_and_ids() -> None:
    simple, traditional = (epub(output) for output in SCRIPTS)
    assert simple.archive.namelist() == traditional.archive.namelist()
    assert _lasting(simple) == _lasting(traditional)
    assert simple.manifest == traditional.manifest


def _lasting(book: Epub) -> list[tuple[str, str]]:
    """The ids that others may link to; pages begin elsewhere in each script."""
    return [(name, identity) for name, identity in book.ids() if not identity.startswith("page-")]


def test_kept_runs_and_foreign_words_are_marked_and_unconverted() -> None:
    tree = epub("epub-hant-tw").documents["text/essay-preface.xhtml"]
    kept = tree.xpath("//x:span[@translate='no']//text()", namespaces=NAMES)
    assert kept == ["范后里", "后"]
    nights = epub("epub-hant-tw").documents["text/essay-06-three-nights.xhtml"]
    (foreign,) = nights.xpath("//x:span[@lang='en']", namespaces=NAMES)
    assert foreign.get(XML_LANG) == "en"
    assert foreign.text == "ANTI-FOG"


def test_the_traditional_edition_has_corner_brackets() -> None:
    text = "".join(epub("epub-hant-tw").words(name) for name in epub("epub-hant-tw").spine)
    assert not set("“”‘’") & set(text)
    assert "「往前推，莫往後拉。」" in text


# Pages -------------------------------------------------------------------------------------------


@cache
def pdf(output: str) -> Pdf:
    return Pdf(sample(output.replace("epub", "screen")))


def _breaks(output: str) -> list[tuple[str, str, str]]:
    """(document, id, label) of every page break in the reading order."""
    return [
        (name, mark.get("id", ""), mark.get("aria-label", ""))
        for name, tree in epub(output).documents.items()
        for mark in tree.xpath("//*[@epub:type='pagebreak']", namespaces=NAMES)
    ]


@both
def test_the_page_list_is_that_of_the_print_edition(output: str) -> None:
    numbered = [
        leaf.label for leaf in pdf(output).leaves if re.fullmatch("[ivx]+|[0-9]+", leaf.label)
    ]
    labels = [label for _, _, label in _breaks(output)]
    assert labels == [label for label in numbered if label in labels]
    missing = [label for label in numbered if label not in labels]
    leaves = {leaf.label: leaf for leaf in pdf(output).leaves}
    first = pdf(output).destinations
    # Half title and the pages after the first of the contents are of paper; blanks show nothing.
    for label in missing:
        index = leaves[label].index
        is_paper = (
            index == first["half-title"] or first["contents"] < index < first["essay-preface"]
        )
        assert is_paper or not leaves[label].glyphs, label


@both
def test_the_words_behind_a_page_break_are_the_first_of_that_page(output: str) -> None:
    leaves = {leaf.label: leaf for leaf in pdf(output).leaves}
    own = jobs()[output.replace("epub", "screen")]
    area = type_area(own.page, own.book.layout.design)
    count = 0
    for name, identity, label in _breaks(output):
        if name.startswith("text/essay-"):
            words = _words_behind(epub(output).documents[name], identity)
            # The number of a list stands before its words on the page alone.
            found = _page_words(leaves[label], area)
            assert words in found[: len(words) + _LIST_MARK], (label, words)
            count += 1
    assert count > 40


_LIST_MARK = 3


def _words_behind(tree: Any, identity: str) -> str:
    """The first six characters of running text behind an element."""
    texts = tree.xpath(
        f"//*[@id='{identity}']/following::text()"
        "[not(ancestor::x:rt or ancestor::x:aside or ancestor::x:sup)]",
        namespaces=NAMES,
    )
    return dense("".join(texts))[:6]


def _page_words(leaf: Leaf, area: TypeArea) -> str:
    side = area.outer if leaf.index % 2 else area.inner
    left, bottom = side * MM, area.bottom * MM
    body = Area(left, bottom, left + area.width * MM, bottom + area.height * MM)
    return leaf.body(body)


@both
def test_nav_and_ncx_list_the_pages_that_are_marked(output: str) -> None:
    marked = [(f"{name}#{identity}", label) for name, identity, label in _breaks(output)]
    nav = epub(output).tree("nav.xhtml")
    links = nav.xpath("//x:nav[@epub:type='page-list']//x:a", namespaces=NAMES)
    assert [(link.get("href"), link.text) for link in links] == marked
    targets = epub(output).tree("toc.ncx").iterfind(".//ncx:pageTarget", NAMES)
    assert [
        (it.find("ncx:content", NAMES).get("src"), it.findtext("ncx:navLabel/ncx:text", "", NAMES))
        for it in targets
    ] == marked


@both
def test_the_package_names_the_edition_whose_pages_they_are(output: str) -> None:
    (source,) = epub(output).ask("//opf:meta[@property='pageBreakSource']/text()")
    assert source == jobs()[output.replace("epub", "screen")].identifier


# Checkers ----------------------------------------------------------------------------------------


needs_java = pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("CI"),
    reason="EPUBCheck runs on Java, and there is no java here",
)
needs_ace = pytest.mark.skipif(
    not has_ace(), reason="Ace runs on Node.js and Chromium, installed by make test"
)


@needs_java
@both
def test_epubcheck_finds_no_errors_and_no_warnings(output: str) -> None:
    assert epubcheck(sample(output)) == []


@needs_ace
@both
def test_ace_finds_nothing(output: str) -> None:
    assert ace(sample(output)) == []


LONG = """
[shelf]
url = "https://books.example.org"
[[output]]
name = "across"
format = "epub"
[[output]]
name = "across-tw"
format = "epub"
script = "hant-tw"
[[output]]
name = "down"
format = "epub"
script = "hant-tw"
options = { writing = "vertical" }
"""


@cache
def long_books() -> tuple[bytes, ...]:
    """A book with an essay that needs several documents, and with the ways to its other scripts."""
    folder = temporary_folder() / "long"
    folder.mkdir()
    words = "河上起了雾，看不见对岸，只听见有人在喊船。" * 500
    nights = (f"## 第{n}夜\n\n{words}又[^{n}]。\n\n[^{n}]: 注{n}。" for n in range(1, 8))
    text = "---\ntitle: 渡口\nauthor: 叶蓁\n---\n\n" + "\n\n".join(nights) + "\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    head = 'title = "试印"\nslug = "long"\nessays = ["a.md"]\n'
    (folder / "collection.toml").write_text(head + LONG, encoding="utf-8")
    return tuple(made.content for made in build(folder, folder / "dist").artefacts)


@needs_java
def test_epubcheck_finds_nothing_in_long_essays_and_ways_to_other_scripts() -> None:
    assert [epubcheck(book) for book in long_books()] == [[], [], []]


@needs_ace
def test_ace_finds_nothing_in_long_essays_and_ways_to_other_scripts() -> None:
    across, _, down = long_books()
    assert [name for name in Epub(across).spine if "essay-a_" in name]
    assert [ace(across), ace(down)] == [[], []]


@both
def test_the_book_claims_to_be_accessible(output: str) -> None:
    (claim,) = epub(output).ask("//opf:meta[@property='dcterms:conformsTo']/text()")
    assert claim == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert epub(output).ask("//opf:meta[@property='schema:accessibilitySummary']/text()")
