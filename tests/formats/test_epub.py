"""The EPUB in its corners: odd names, odd words, odd essays; read back with zipfile and lxml."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from publisher.ground.errors import PublisherError, Remedy
from publisher.press.build import build
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
