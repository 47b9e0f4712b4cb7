"""The EPUB in its corners: odd names, odd words, odd essays; read back with zipfile and lxml."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from publisher.ground.errors import PublisherError, Remedy
from publisher.inspection.opened import Opened
from publisher.library.coverage import lacking_in_epub
from publisher.press.build import build
from publisher.press.fonts import add_font
from publisher.press.planning import plan
from tests.addedfont import added_font
from tests.reading import EPUB_TYPE, NAMES, XML_LANG, Epub, dense

EPUB = '[[output]]\nname = "epub"\nformat = "epub"\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
Make = Callable[..., Epub]


@pytest.fixture
def epub(make_collection, tmp_path: Path) -> Make:
    """The EPUB of essays given by name; `head` are lines at the head of the declaration."""

    def make(files: dict[str, str | bytes], head: str = "", more: str = "") -> Epub:
        folder = make_collection(files, head=head, outputs=EPUB + more)
        (artefact,) = build(folder, tmp_path / "dist").artefacts
        return Epub(artefact.content)

    return make


def essay(body: str = "河上起了雾。", title: str = "渡口") -> str:
    return f"---\ntitle: {title}\n---\n\n{body}\n"


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (4, 4)).save(buffer, "PNG")
    return buffer.getvalue()


def the_essay(made: Epub) -> str:
    (name,) = (name for name in made.spine if name.startswith("text/essay-"))
    return name


def test_marks_of_xml_in_words_and_metadata_stay_words(epub: Make) -> None:
    files = {"a.md": essay('甲 &amp; 乙 \\<丙> "丁"', title="'<&>'")}
    made = epub(files, head='subtitle = "<&>"\nrights = "\\"A\\" & B"\neditors = ["<ed>"]')
    words = made.words(the_essay(made))
    assert words == dense('<&>甲 & 乙 <丙> "丁"')
    assert made.ask("//dc:title/text()")[1] == "<&>"
    assert made.ask("//dc:rights/text()") == ['"A" & B']
    assert made.ask("//dc:creator/text()") == ["<ed>"]
    assert "<&>" in made.tree("toc.ncx").xpath("string(//ncx:navMap)", namespaces=NAMES)


def test_chinese_file_names_become_names_of_ascii_that_differ(epub: Make) -> None:
    made = epub({"渡口.md": essay(title="一"), "桥头.md": essay(title="二")})
    names = [name for name in made.spine if name.startswith("text/essay-")]
    assert len(set(names)) == 2
    assert all(re.fullmatch(r"text/essay-[0-9a-z-]+\.xhtml", name) for name in names)
    assert [made.words(name)[0] for name in names] == ["一", "二"]


def test_two_pictures_of_one_stem_are_two_items(epub: Make) -> None:
    text = essay("![甲](a.png)\n\n![乙](a.svg)")
    made = epub({"x.md": text, "a.png": png(), "a.svg": SVG})
    identities = made.ask("//opf:item/@id")
    assert len(identities) == len(set(identities))
    held = [made.read(name) for name in made.manifest.values()]
    assert png() in held
    assert SVG.encode() in held


def test_a_picture_called_cover_is_not_the_cover(epub: Make) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "JPEG")
    made = epub({"x.md": essay("![甲](cover.jpg)"), "cover.jpg": buffer.getvalue()})
    names = made.archive.namelist()
    assert len(names) == len(set(names))
    assert buffer.getvalue() in [made.read(name) for name in made.manifest.values()]
    (cover,) = made.ask("//opf:item[@properties='cover-image']/@href")
    with Image.open(io.BytesIO(made.read(cover))) as image:
        assert image.size == (1600, 2560)


def test_a_note_called_twice_is_one_note_with_one_way_back(epub: Make) -> None:
    made = epub({"a.md": essay("甲[^x]，乙[^x]。\n\n[^x]: 注。")})
    tree = made.documents[the_essay(made)]
    calls = tree.xpath("//x:a[@epub:type='noteref']", namespaces=NAMES)
    assert len({call.get("href") for call in calls}) == 1
    assert [call.get("id") is not None for call in calls] == [True, False]
    assert len(tree.xpath("//x:aside", namespaces=NAMES)) == 1


def test_front_and_back_matter_say_what_they_are(epub: Make) -> None:
    files = {
        "a.md": essay(title="序"),
        "b.md": essay(),
        "c.md": essay(title="跋"),
        "collection.toml": (
            'title = "试印"\nessays = ["b.md"]\n[front]\nessays = ["a.md"]\n'
            f'[back]\nessays = ["c.md"]\n{EPUB}'
        ),
    }
    made = epub(files)
    kinds = {
        name: tree.find(".//x:section", NAMES).get(EPUB_TYPE)
        for name, tree in made.documents.items()
        if name.startswith("text/essay-")
    }
    assert list(kinds.values()) == ["preface", "chapter", "afterword"]


def test_foreign_words_ruby_code_and_verse_keep_their_elements(epub: Make) -> None:
    body = "{渡|dù}口 [ferry]{lang=en} `cat`\n\n::: verse\n甲\n乙\n:::\n\n*重*与**更重**"
    tree = epub({"a.md": essay(body)}).documents["text/essay-a.xhtml"]

    def found(path: str) -> list[str]:
        return [str(text) for text in tree.xpath(path, namespaces=NAMES)]

    assert found("//x:ruby/text()") == ["渡"]
    assert found("//x:ruby/x:rt/text()") == ["dù"]
    assert found("//x:span[@lang='en']/text()") == ["ferry"]
    assert tree.find(".//x:span[@lang='en']", NAMES).get(XML_LANG) == "en"
    assert found("//x:code/text()") == ["cat"]
    assert found("//x:div[@class='verse']//x:span/text()") == ["甲", "乙"]
    assert found("//x:em/text() | //x:strong/text()") == ["重", "更重"]


def test_cross_references_lead_from_document_to_document(epub: Make) -> None:
    made = epub({"a.md": essay("见[彼岸](b.md)。"), "b.md": essay(title="彼岸")})
    links = made.documents["text/essay-a.xhtml"].xpath("//x:a/@href", namespaces=NAMES)
    assert links == ["essay-b.xhtml"]


def test_headings_of_an_essay_skip_no_level(epub: Make) -> None:
    made = epub({"a.md": essay("#### 甲\n\n乙\n\n###### 丙\n\n丁\n\n## 戊\n\n己")})
    tags = [
        element.tag.rpartition("}")[2]
        for element in made.documents["text/essay-a.xhtml"].iter()
        if re.search(r"\}h[1-6]$", str(element.tag))
    ]
    assert tags[0] == "h1"
    levels = [int(tag[1]) for tag in tags]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("script", "language"),
    [("hans", "zh-Hans"), ("hant-tw", "zh-Hant-TW"), ("hant-hk", "zh-Hant-HK")],
)
def test_every_script_says_its_language(script: str, language: str, epub: Make) -> None:
    made = epub({"a.md": essay()}, more=f'script = "{script}"\n')
    assert made.ask("//dc:language/text()") == [language]
    assert {tree.get("lang") for tree in made.documents.values()} == {language}


def test_a_template_that_is_not_well_formed_is_the_designers(make_collection, tmp_path) -> None:
    files = {
        "a.md": essay(),
        "layouts/own/layout.toml": 'name = "own"\nlicence = "CC0-1.0"\nextends = "chapbook"\n',
        "layouts/own/templates/essay.html": "<section><p>甲<br></section>",
    }
    folder = make_collection(files, outputs=EPUB + 'layout = "own"\n')
    with pytest.raises(PublisherError) as caught:
        build(folder, tmp_path / "dist")
    assert caught.value.exit_code == Remedy.DESIGNER.value
    assert "layouts/own/templates/essay.html" in str(caught.value)


def test_identifiers_differ_by_version_and_stay_otherwise(epub: Make) -> None:
    def identifier(head: str, body: str = "河") -> str:
        return epub({"a.md": essay(body)}, head=head).ask("//dc:identifier/text()")[0]

    first = identifier('version = "1"')
    assert identifier('version = "1"', body="海") == first
    assert identifier('version = "2"') != first
    assert identifier('version = "1"\nidentifier = "978-7-0000-0000-0"') != first


# ---- pages of the print edition ----

PDF = '[[output]]\nname = "pdf"\nformat = "screen"\n'
LONG = "河上起了雾，看不见对岸，只听见有人在喊船。" * 60


def labels(made: Epub) -> list[str]:
    return [
        str(label)
        for tree in made.documents.values()
        for label in tree.xpath("//*[@epub:type='pagebreak']/@aria-label", namespaces=NAMES)
    ]


@pytest.fixture
def paged(make_collection, tmp_path: Path) -> Callable[..., Path]:
    """A collection of one long essay with a PDF and an EPUB that bears its page numbers."""

    def make(option: str = "page-list = true", before: str = PDF) -> Path:
        table = f"{before}{EPUB}options = {{ {option} }}\n"
        return make_collection({"a.md": essay(LONG)}, outputs=table)

    return make


def test_pages_are_those_of_the_pdf_whichever_is_made_first(
    paged: Callable[..., Path], tmp_path: Path
) -> None:
    folder = paged()
    _, first = build(folder, tmp_path / "both").artefacts
    (alone,) = build(folder, tmp_path / "alone", ("epub",)).artefacts
    assert labels(Epub(first.content))[-2:] == ["2", "3"]
    assert alone.content == first.content
    assert [path.name for path in (tmp_path / "alone").iterdir()] == [alone.file_name]


def test_pages_are_counted_over_tables_notes_readings_lists_and_pictures(
    make_collection, tmp_path: Path
) -> None:
    rows = "\n".join(f"| 第{n}班 | 六点{n}分开，雾散才走 |" for n in range(90))
    text = (
        f"{LONG}[^1]，又[^1]。\n\n1. 甲\n2. 乙\n\n***\n\n{{渡|dù}}口{LONG}\n\n![岸](a.svg)\n\n"
        f"| 班 | 说明 |\n| --- | --- |\n{rows}\n\n{LONG}\n\n[^1]: {LONG}\n"
    )
    folder = make_collection({"a.md": essay(text), "a.svg": SVG}, outputs=PDF + EPUB)
    pdf, book = build(folder, tmp_path / "dist").artefacts
    body = Epub(book.content).documents["text/essay-a.xhtml"].find("x:body", NAMES)
    for image in body.iterfind(".//x:img", NAMES):
        image.text = "\ufffc"
    calls = [it for it in body.iter("{*}a") if it.get(EPUB_TYPE) == "noteref"]
    for call in calls:
        call.tag = "call"
    etree.strip_elements(body, "{*}rt", "{*}aside", "call", with_tail=False)
    words = dense("".join(body.itertext()))
    starts = [start for start in pdf.starts if start.anchor == "essay-a"]
    assert len(calls) == 2
    assert len(starts) > 6
    for start in starts:
        assert words.startswith(start.words, start.character), start


def test_without_a_wish_no_page_is_set_for_an_epub(epub: Make) -> None:
    made = epub({"a.md": essay(LONG)})
    assert labels(made) == []
    assert made.ask("//opf:meta[@property='pageBreakSource']") == []
    assert b"pageList" not in made.read("toc.ncx")


def test_the_print_edition_can_be_named(paged: Callable[..., Path], tmp_path: Path) -> None:
    small = f'{PDF}page = "A6"\n'.replace('"pdf"', '"small"')
    folder = paged('page-list = "small"', before=f"{PDF}{small}")
    (made,) = build(folder, tmp_path / "dist", ("epub",)).artefacts
    assert int(labels(Epub(made.content))[-1]) > 3


@pytest.mark.parametrize(
    ("option", "before"),
    [
        ("page-list = true", ""),
        ("page-list = true", PDF + 'script = "hant-tw"\n'),
        ('page-list = "pfd"', PDF),
        ('page-list = "epub"', PDF),
        ('fonts = "all"', ""),
        ('writing = "vertical"', ""),
    ],
)
def test_what_cannot_be_is_the_editors(
    option: str, before: str, paged: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(PublisherError) as caught:
        build(paged(option, before), tmp_path / "dist")
    (fault,) = caught.value.faults
    assert fault.remedy is Remedy.EDITOR
    assert fault.at.key.endswith(f".options.{option.partition(' ')[0]}")
    assert fault.hint


# ---- the same essay in other scripts ----

SHELF = '[shelf]\nurl = "https://books.example.org/学校"\n'.replace("学校", "%E5%AD%A6")
ROOT_OF_SHELF = "https://books.example.org/%E5%AD%A6/%E6%B8%A1"
SCRIPTS = [("hans", "zh-Hans"), ("hant-tw", "zh-Hant-TW"), ("hant-hk", "zh-Hant-HK")]
THREE = "".join(
    f'[[output]]\nname = "{name}"\nformat = "epub"\nscript = "{name}"\n' for name, _ in SCRIPTS
)
WAYS = {
    "hans": "本篇另有简体",
    "hant-tw": "本篇另有繁體（臺灣）",
    "hant-hk": "本篇另有繁體（香港）",
}


@pytest.fixture
def trio(make_collection, tmp_path: Path) -> Callable[[str], dict[str, Epub]]:
    """EPUBs of one essay in three scripts, with a table more in the declaration."""

    def make(more: str) -> dict[str, Epub]:
        folder = make_collection({"a.md": essay()}, head='slug = "渡"', outputs=more + THREE)
        made = build(folder, tmp_path / "dist").artefacts
        return {artefact.output: Epub(artefact.content) for artefact in made}

    return make


def ways(made: Epub, name: str) -> list[tuple[str, ...]]:
    """Language, words and address of each way to another script in a document."""
    rows = made.documents[name].xpath("//x:nav[@class='siblings']/x:p", namespaces=NAMES)
    return [
        (
            row.get("lang"),
            row.get(XML_LANG),
            row[0].get("hreflang"),
            row[0].text,
            row[0].get("href"),
        )
        for row in rows
    ]


def test_an_essay_leads_to_itself_in_every_other_script_on_the_shelf(
    trio: Callable[[str], dict[str, Epub]],
) -> None:
    made = trio(SHELF)
    for own, _ in SCRIPTS:
        assert ways(made[own], "text/essay-a.xhtml") == [
            (tag, tag, tag, WAYS[other], f"{ROOT_OF_SHELF}/{other}/essay-a.html")
            for other, tag in SCRIPTS
            if other != own
        ]
        others = [name for name in made[own].spine if not name.startswith("text/essay-")]
        assert others
        assert not any(ways(made[own], name) for name in others)


def test_without_a_shelf_nothing_leads_there(trio: Callable[[str], dict[str, Epub]]) -> None:
    for made in trio("").values():
        assert ways(made, "text/essay-a.xhtml") == []


def test_the_way_to_other_scripts_is_no_text_that_pages_are_counted_by(
    make_collection, tmp_path: Path
) -> None:
    texts = {}
    for shelf in ("", SHELF):
        more = shelf + PDF + EPUB + "options = { page-list = true }\n" + THREE
        folder = make_collection({"a.md": essay(LONG)}, head='slug = "x"', outputs=more)
        made = Epub(build(folder, tmp_path / "dist", ("epub",)).artefacts[0].content)
        texts[shelf] = re.sub(
            rb'<nav class="siblings">.*?</nav>', b"", made.read("text/essay-a.xhtml")
        )
    assert b"pagebreak" in texts[SHELF]
    assert texts[SHELF] == texts[""]


# ---- long essays ----


def test_a_long_essay_stands_in_several_documents_that_the_contents_know(
    make_collection, tmp_path: Path
) -> None:
    sections = (f"## 第{n}夜\n\n{n}更[^{n}]，{LONG * 9}\n\n[^{n}]: 注{n}。" for n in range(1, 9))
    more = PDF + 'page = "A4"\n' + EPUB + "options = { page-list = true }\n"
    folder = make_collection({"a.md": essay("\n\n".join(sections))}, outputs=more)
    pdf, book = build(folder, tmp_path / "dist").artefacts
    made = Epub(book.content)
    names = [name for name in made.spine if name.startswith("text/essay-")]
    assert names == ["text/essay-a.xhtml", "text/essay-a_2.xhtml"]
    assert [made.words(name)[:2] for name in names] == ["渡口", "第5"]
    links = made.tree("nav.xhtml").xpath("//x:nav[@epub:type='toc']//x:a/@href", namespaces=NAMES)
    assert links == [
        names[0],
        *(f"{names[n > 4]}#essay-a_h{n}" for n in range(1, 9)),
    ]
    own = {start.label for start in pdf.starts if start.anchor == "essay-a"}
    assert [label for label in labels(made) if label in own] == sorted(own, key=int)
    ids = set(made.ids())
    pages = made.tree("nav.xhtml").xpath("//x:nav[@epub:type='page-list']//x:a", namespaces=NAMES)
    assert len(pages) == len(labels(made))
    assert all(tuple(page.get("href").split("#")) in ids for page in pages)
    assert book.notices == ()
    (job,) = plan(folder, ("epub",))[1]
    files = tuple((name, made.archive.read(name)) for name in made.archive.namelist())
    assert lacking_in_epub(job.book, Opened(files)) == ()
    (lack,) = lacking_in_epub(job.book, Opened(tuple(it for it in files if "a_2" not in it[0])))
    assert set("第5678夜") <= set(lack.characters)


# ---- people ----


def test_everybody_who_wrote_stands_in_the_index_with_their_essays(epub: Make) -> None:
    def by(author: str, title: str) -> str:
        return essay(title=f"{title}\nauthor: {author}")

    made = epub({"a.md": by("叶蓁", "甲"), "b.md": by("卢有田", "乙"), "c.md": by("叶蓁", "丙")})
    index = made.documents["text/author-index.xhtml"]
    names = [str(it) for it in index.xpath("//x:dt/text()", namespaces=NAMES)]
    links = [
        [str(it) for it in row.xpath(".//x:a/@href", namespaces=NAMES)]
        for row in index.iterfind(".//x:dd", NAMES)
    ]
    assert names == ["叶蓁", "卢有田"]
    assert links == [["essay-a.xhtml", "essay-c.xhtml"], ["essay-b.xhtml"]]


def test_one_author_needs_no_index(epub: Make) -> None:
    made = epub({"a.md": essay(title="甲\nauthor: 叶蓁"), "b.md": essay(title="乙")})
    assert "text/author-index.xhtml" not in made.spine


# ---- fonts ----

SUBSET = 'options = { fonts = "subset" }\n'


def fonts(made: Epub) -> dict[str, set[int]]:
    """The code points of each font of an EPUB, by its name."""
    names = [it for it in made.manifest.values() if it.startswith("fonts/")]
    return {it: set(TTFont(io.BytesIO(made.read(it))).getBestCmap()) for it in names}


def test_embedded_fonts_hold_what_the_text_shows_and_no_other_han(epub: Make) -> None:
    made = epub({"a.md": essay("河上起了**雾**。\n\n> 彼岸")}, more=SUBSET)
    held = fonts(made)
    shown = set("".join(made.words(name) for name in made.spine))
    han = {code for codes in held.values() for code in codes if chr(code) >= "\u4e00"}
    assert han <= set(map(ord, shown))
    assert {ord(it) for it in "河上起了雾彼岸"} <= han
    assert ord("雾") in held["fonts/PublisherSerifSC-Bold.otf"]
    assert ord("河") not in held["fonts/PublisherSerifSC-Bold.otf"]
    assert ord("彼") in held["fonts/PublisherKai-Regular.ttf"]


def test_every_embedded_font_is_put_to_use_and_brings_its_licence(epub: Make) -> None:
    made = epub({"a.md": essay("> 彼岸")}, more=SUBSET)
    sheet = made.read("styles/book.css").decode()
    assert {f"../{name}" for name in fonts(made)} == set(re.findall(r'url\("([^"]+)"\)', sheet))
    licences = [name for name in made.archive.namelist() if name.startswith("META-INF/licences/")]
    assert len(licences) == 2
    assert all(b"SIL OPEN FONT LICENSE" in made.archive.read(name) for name in licences)


def test_rare_characters_bring_a_font_of_nothing_else_and_a_notice(
    make_collection, tmp_path: Path
) -> None:
    rare = "\U00020164"
    folder = make_collection({"a.md": essay(f"甲{rare}乙")}, outputs=EPUB)
    (artefact,) = build(folder, tmp_path / "dist").artefacts
    made = Epub(artefact.content)
    assert set().union(*fonts(made).values()) == {ord(rare)}
    spans = made.documents[the_essay(made)].xpath("//x:span[@class='rare']", namespaces=NAMES)
    assert [span.text for span in spans] == [rare]
    assert made.words(the_essay(made)).endswith(f"甲{rare}乙")
    assert (
        "body {" not in made.read("styles/book.css").decode().split("@font-face")[1].split("\n")[1]
    )
    assert [notice.code for notice in artefact.notices] == ["epub-rare"]
    assert rare in str(artefact.notices[0].message)


def test_a_character_that_only_an_added_font_has_brings_that_font(
    make_collection, tmp_path: Path
) -> None:
    # U+A000 is no Han and not private: only the added font makes it rare.
    own = "\ua000"
    folder = make_collection({"a.md": essay(f"甲{own}乙")}, outputs=EPUB)
    add_font(added_font(tmp_path / "Added.ttf", f"{own}甲"), folder)
    (artefact,) = build(folder, tmp_path / "dist").artefacts
    made = Epub(artefact.content)
    assert set().union(*fonts(made).values()) == {ord(own)}
    spans = made.documents[the_essay(made)].xpath("//x:span[@class='rare']", namespaces=NAMES)
    assert [span.text for span in spans] == [own]
    assert [notice.code for notice in artefact.notices] == ["epub-rare"]


# ---- vertical lines ----

FELLOW = EPUB.replace('"epub"\nf', '"across"\nf') + 'script = "hant-tw"\n'
VERTICAL = f'script = "hant-tw"\noptions = {{ writing = "vertical" }}\n{FELLOW}'


def test_vertical_lines_turn_pages_to_the_left_and_figures_stand_upright(
    make_collection, tmp_path: Path
) -> None:
    text = essay("2020年6月，37.3度，1024人。")
    folder = make_collection({"a.md": text}, outputs=EPUB + VERTICAL)
    down, across = (Epub(it.content) for it in build(folder, tmp_path / "dist").artefacts)
    assert down.ask("//opf:spine/@page-progression-direction") == ["rtl"]
    assert across.ask("//opf:spine/@page-progression-direction") == []
    assert "vertical-rl" in down.read("styles/book.css").decode()
    assert "vertical-rl" not in across.read("styles/book.css").decode()
    spans = down.documents["text/essay-a.xhtml"].xpath(
        "//x:span[@class='upright']", namespaces=NAMES
    )
    assert [span.text for span in spans] == ["6"]
    assert down.words("text/essay-a.xhtml") == across.words("text/essay-a.xhtml")


# ---- the claim to be accessible ----


def test_a_book_whose_sheet_is_faint_does_not_claim_to_be_accessible(
    make_collection, tmp_path: Path
) -> None:
    files = {
        "a.md": essay(),
        "layouts/own/layout.toml": 'name = "own"\nlicence = "CC0-1.0"\nextends = "chapbook"\n',
        "layouts/own/sheets/epub.css": "p { color: #bbb; }",
    }
    folder = make_collection(files, outputs=EPUB + 'layout = "own"\n')
    (artefact,) = build(folder, tmp_path / "dist").artefacts
    assert Epub(artefact.content).ask("//opf:meta[@property='dcterms:conformsTo']") == []
    assert [notice.code for notice in artefact.notices] == ["epub-unclaimed"]


def test_a_book_with_a_sentence_in_a_language_that_nobody_named_claims_nothing(epub: Make) -> None:
    words = "Tell him that I have been waiting since noon."
    for body, count in ((words, 0), (f"[{words}]{{lang=en}}", 1)):
        claims = epub({"a.md": essay(body)}).ask("//opf:meta[@property='dcterms:conformsTo']")
        assert len(claims) == count
