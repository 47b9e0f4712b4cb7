"""A shelf as files: everything leads somewhere, feeds are true, only what changed is written."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tomllib
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser
import jsonschema
import pytest
from library import frozen
from lxml import etree
from shelving import stores

from publisher.editorial.assembly import read_collection
from publisher.formats.registry import FORMATS
from publisher.ground.errors import Remedy
from publisher.inspection.opened import Opened
from publisher.inspection.registry import inspect
from publisher.intake.archives import unpacked
from publisher.library.bag import bag, read_information
from publisher.library.edition import Essay, identifier_of
from publisher.library.seal import SEAL
from publisher.model.addresses import collection_page, essay_page
from publisher.model.scripts import SCRIPTS
from publisher.press import shelving
from publisher.press.stocking import stock
from tests.conftest import FaultsOf
from tests.reading import ROOT, publisher, temporary_folder

ATOM = "{http://www.w3.org/2005/Atom}"
OPEN = "http://opds-spec.org/acquisition/open-access"


class Page(HTMLParser):
    """What a page links to, its ids, its data."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.language = ""
        self.title = ""
        self.data: list[str] = []
        self._within = ""
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        self.ids.add(own.get("id", ""))
        self._within = own.get("type", "") if tag == "script" else tag
        if tag == "html":
            self.language = own["lang"]
        if (tag == "script" and "src" in own) or tag == "img":
            self.loads.append(own["src"])
        if tag == "a" and "href" in own:
            self.links.append(own["href"])
        if tag == "link":
            (self.links if own["rel"] in ("alternate", "canonical") else self.loads).append(
                own["href"]
            )

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "application/ld+json":
            self.data.append(data)
        if self._within == "title":
            self.title += data


def pages(site: Path) -> dict[str, Page]:
    return {
        file.relative_to(site).as_posix(): Page(file.read_bytes()) for file in site.rglob("*.html")
    }


def astray(site: Path) -> list[tuple[str, str]]:
    """Addresses within a shelf that lead nowhere, with the page they stand on."""
    every = pages(site)
    found = []
    for name, page in every.items():
        for address in (*page.links, *page.loads):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            path = os.path.normpath(Path(name).parent / unquote(parts.path)) if parts.path else name
            target = every.get(path)
            lost = parts.fragment and target and unquote(parts.fragment) not in target.ids
            if not (site / path).is_file() or lost:
                found.append((name, address))
    return found


# ---- pages ----


def test_every_address_leads_somewhere_and_nothing_is_loaded_from_elsewhere() -> None:
    site = stores.shelf()
    assert astray(site) == []
    for name, page in pages(site).items():
        assert [it for it in page.loads if urlsplit(it).scheme or it.startswith("/")] == [], name
        assert page.title, name


def test_collections_and_essays_stand_where_epubs_link_to() -> None:
    site = stores.shelf()
    assert (site / collection_page("tower")).is_file()
    for script in ("hans", "hant-tw"):
        for anchor in ("essay-preface", "essay-clock", "essay-verse"):
            assert (site / essay_page("tower", script, anchor)).is_file()


def test_a_page_speaks_the_language_of_its_script() -> None:
    every = pages(stores.shelf())
    assert every["tower/index.html"].language == "zh-Hans"
    assert every["tower/hant-tw/index.html"].language == "zh-Hant-TW"
    assert every["tower/hant-tw/essay-clock.html"].language == "zh-Hant-TW"
    assert "鐘樓" in every["tower/hant-tw/essay-clock.html"].title


def test_links_between_essays_lead_to_the_essay_in_the_same_script() -> None:
    for script in ("hans", "hant-tw"):
        page = pages(stores.shelf())[f"tower/{script}/essay-preface.html"]
        assert "essay-clock.html" in page.links


def test_an_essay_of_several_documents_is_one_page(tmp_path: Path) -> None:
    long = "\n\n".join(f"第{n}段，{'钟声每天都响。' * 300}[^{n}]" for n in range(60))
    notes = "\n".join(f"[^{n}]: 第{n}注。" for n in range(60))
    essay = f"---\ntitle: 长\nauthor: 甲\n---\n\n{long}\n\n{notes}\n"
    head = 'title = "长"\nslug = "long"\ndate = "2020"\nessays = ["a.md"]\n'
    output = '[[output]]\nname = "epub"\nformat = "epub"\n'
    folder = stores.collection(tmp_path / "book", head + output, {"a.md": essay})
    assert publisher("build", folder).returncode == 0
    with zipfile.ZipFile(folder / "dist" / "long-epub.epub") as archive:
        assert sum("essay-a" in name for name in archive.namelist()) > 1
    stores.shelved(tmp_path / "site", folder)
    page = (tmp_path / "site/long/hans/essay-a.html").read_text(encoding="utf-8")
    assert [n for n in range(60) if f"第{n}段，" not in page or f"第{n}注。" not in page] == []
    assert astray(tmp_path / "site") == []


def test_every_file_is_named_with_size_pages_and_digest() -> None:
    site = stores.shelf()
    text = (site / "tower" / "index.html").read_text(encoding="utf-8")
    for file in (site / "tower" / "files" / "1.1").glob("tower-*"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in text
        assert f'href="files/1.1/{file.name}" download' in text
    assert re.search(r"\d+ kB · \d+ 页 · A5", text)


def test_older_editions_can_still_be_had() -> None:
    page = pages(stores.shelf())["tower/index.html"]
    assert {it for it in page.links if "1.0/tower" in it} == {
        f"files/1.0/tower-{name}" for name in ("screen.pdf", "epub.epub", "epub-tw.epub")
    }


def test_the_commands_on_the_page_prove_the_files(tmp_path: Path) -> None:
    files = stores.shelf() / "tower" / "files" / "1.1"
    for name in ("tower-epub.epub", "sha256.txt", "manifest-sha512.txt"):
        shutil.copy(files / name, tmp_path)
    text = (stores.shelf() / "tower" / "index.html").read_text(encoding="utf-8")
    command = "sha256sum --ignore-missing -c sha256.txt"
    entry = 'grep "$(sha512sum < FILE | cut -d" " -f1)" manifest-sha512.txt'
    assert command in text
    assert entry.replace('"', "&#34;").replace("<", "&lt;") in text
    for line in (command, entry.replace("FILE", "tower-epub.epub")):
        assert subprocess.run(["sh", "-ec", line], cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "tower-epub.epub").write_bytes(b"another")
    for line in (command, entry.replace("FILE", "tower-epub.epub")):
        assert subprocess.run(["sh", "-ec", line], cwd=tmp_path, check=False).returncode != 0


def test_what_a_collection_is_is_said_for_machines() -> None:
    (data,) = pages(stores.shelf())["tower/index.html"].data
    book = json.loads(data)
    assert (book["@type"], book["name"], book["inLanguage"]) == ("Book", "钟楼集", "zh-Hans")
    assert book["url"] == f"{stores.ROOT}/tower/"
    assert [it["name"] for it in book["author"]] == ["王小明", "邬鹤年", "滕水根"]


def test_an_author_has_a_page_with_all_essays() -> None:
    site = stores.shelf()
    (page,) = [it for name, it in pages(site).items() if it.title.startswith("邬鹤年")]
    wanted = {
        f"../../{slug}/hans/essay-{it}.html"
        for slug in ("tower", "snow")
        for it in ("clock", "verse")
    }
    assert wanted <= set(page.links)


def test_the_list_to_search_has_every_title_in_every_script() -> None:
    text = (stores.shelf() / "_shelf" / "catalogue.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix("self.shelfCatalogue = ").rstrip(";\n"))
    assert [row["page"] for row in rows] == [
        f"{it}/index.html" for it in ("bridge", "tower", "snow")
    ]
    tower = rows[1]
    assert {"钟楼集", "鐘樓集"} <= set(tower["titles"])
    assert ["tower/hans/essay-clock.html", "钟楼", "鐘樓"] in tower["essays"]
    assert tower["scripts"] == ["hans", "hant-tw"]


# ---- feeds ----

# What OPDS 2.0 asks of a feed and of a publication (OPDS 2.0, "Collection Roles", "Acquisition").
LINK: dict[str, Any] = {
    "type": "object",
    "required": ["href", "type"],
    "properties": {
        "href": {"type": "string", "pattern": "^https://"},
        "type": {"type": "string", "pattern": r"^[\w.+-]+/[\w.+-]+"},
        "rel": {"type": "string"},
        "title": {"type": "string"},
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
        "size": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}


def _having(relation: str) -> dict[str, Any]:
    return {"contains": {"properties": {"rel": {"const": relation}}, "required": ["rel"]}}


PUBLICATION: dict[str, Any] = {
    "type": "object",
    "required": ["metadata", "links", "images"],
    "properties": {
        "metadata": {
            "type": "object",
            "required": ["title", "identifier", "language", "modified"],
            "properties": {
                "@type": {"const": "http://schema.org/Book"},
                "title": {"type": "string", "minLength": 1},
                "identifier": {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"},
                "author": {"type": "array", "items": {"type": "string"}},
                "editor": {"type": "array", "items": {"type": "string"}},
                "modified": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "published": {"pattern": r"^\d{4}-\d\d-\d\d$"},
                "numberOfPages": {"type": "integer", "minimum": 1},
            },
        },
        "links": {"type": "array", "items": LINK, "allOf": [_having("self"), _having(OPEN)]},
        "images": {
            "type": "array",
            "minItems": 1,
            "items": LINK,
            "contains": {"properties": {"type": {"enum": ["image/jpeg", "image/png"]}}},
        },
    },
    "additionalProperties": False,
}
FEED: dict[str, Any] = {
    "type": "object",
    "required": ["metadata", "links", "publications"],
    "properties": {
        "metadata": {"type": "object", "required": ["title"]},
        "links": {"type": "array", "items": LINK, "allOf": [_having("self")]},
        "publications": {"type": "array", "items": PUBLICATION, "uniqueItems": True},
        "navigation": {
            "type": "array",
            "minItems": 1,
            "items": LINK | {"required": ["href", "type", "title"]},
        },
    },
    "additionalProperties": False,
}


def in_shelf(site: Path, address: str) -> Path:
    """The file that stands at a web address of the shelf."""
    assert address.startswith(f"{stores.ROOT}/"), address
    path = unquote(address.removeprefix(f"{stores.ROOT}/"))
    return site / (f"{path}index.html" if path == "" or path.endswith("/") else path)


def test_the_catalogue_of_opds_2_holds_what_it_has_to() -> None:
    site = stores.shelf()
    feeds = [site / "opds.json", *sorted((site / "_shelf" / "years").glob("*.json"))]
    assert len(feeds) == 3
    for file in feeds:
        jsonschema.validate(json.loads(file.read_bytes()), FEED)
    for slug in ("tower", "snow", "bridge"):
        for script in ("hans", "hant-tw"):
            jsonschema.validate(
                json.loads((site / slug / f"{script}.json").read_bytes()), PUBLICATION
            )


def test_a_collection_without_a_cover_or_a_day_is_in_the_catalogue_too(tmp_path: Path) -> None:
    ((draft,),) = stock((stores.tower(),)).collections
    works = tuple(it for it in draft.edition.works if it.format == "screen")
    stores.kept(tmp_path / "store", works=works, date="2020")
    stores.shelved(tmp_path / "site", tmp_path / "store")
    feed = json.loads((tmp_path / "site" / "opds.json").read_bytes())
    jsonschema.validate(feed, FEED)
    (publication,) = feed["publications"]
    assert in_shelf(tmp_path / "site", publication["images"][0]["href"]).is_file()
    assert astray(tmp_path / "site") == []


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["href"]] if "href" in value else []
        return own + [it for inner in value.values() for it in _addresses(inner)]
    return [it for inner in value for it in _addresses(inner)] if isinstance(value, list) else []


def test_every_address_of_every_feed_leads_to_a_file() -> None:
    site = stores.shelf()
    found = [
        it
        for file in site.rglob("*.json")
        if file.name != "shelf.json"
        for it in _addresses(json.loads(file.read_bytes()))
    ]
    for file in (site / "opds.xml", site / "atom.xml", *site.rglob("_shelf/years/*.xml")):
        found += [it.get("href", "") for it in etree.parse(file).iter(f"{ATOM}link")]
    for file in site.rglob("sitemap.xml"):
        found += [str(it.text) for it in etree.parse(file).iter("{*}loc")]
    found += re.findall(r"Sitemap: (.*)", (site / "robots.txt").read_text(encoding="utf-8"))
    assert len(found) > 100
    assert [it for it in found if not in_shelf(site, it).is_file()] == []


def test_search_engines_are_told_of_every_page() -> None:
    site = stores.shelf()
    told = {
        in_shelf(site, str(it.text))
        for file in site.rglob("sitemap.xml")
        for it in etree.parse(file).iter("{*}loc")
    }
    assert set(site.rglob("*.html")) <= told


def test_a_reader_of_feeds_finds_every_file_of_the_catalogue() -> None:
    site = stores.shelf()
    root = feedparser.parse((site / "opds.xml").read_bytes())
    assert not root.bozo, root.bozo_exception
    assert root.feed.id
    assert root.entries
    found = []
    for file in (site / "opds.xml", *site.rglob("_shelf/years/*.xml")):
        feed = feedparser.parse(file.read_bytes())
        assert not feed.bozo, feed.bozo_exception
        found += [link.href for it in feed.entries for link in it.links if link.rel == OPEN]
    kept = {path.name for path in site.glob("*/files/*/*") if path.suffix in (".pdf", ".epub")}
    assert {href.rpartition("/")[2] for href in found} == kept


def test_a_client_finds_its_way_from_the_root_of_opds_1_to_an_epub_that_opens() -> None:
    site = stores.shelf()
    root = etree.parse(site / "opds.xml").getroot()
    ways = root.findall(f"{ATOM}entry/{ATOM}link[@rel='subsection']")
    assert [it.get("type") for it in ways] == [
        "application/atom+xml;profile=opds-catalog;kind=acquisition"
    ] * 2
    seen = set()
    for way in ways:
        feed = etree.parse(in_shelf(site, way.get("href", ""))).getroot()
        for entry in feed.iter(f"{ATOM}entry"):
            epubs = entry.findall(f"{ATOM}link[@type='application/epub+zip']")
            assert {it.get("rel") for it in epubs} == {OPEN}
            for link in epubs:
                content = in_shelf(site, link.get("href", "")).read_bytes()
                assert len(content) == int(link.get("length", "0"))
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    files = tuple((name, archive.read(name)) for name in archive.namelist())
                assert inspect(files) == ()
                said = entry.findtext("{http://purl.org/dc/terms/}language")
                assert Opened(files).said("dc:language") == (said,)
                seen.add((said, link.get("href")))
    assert len(seen) == 6


def test_a_feed_is_atom_with_all_that_atom_asks_for() -> None:
    site = stores.shelf()
    names = set()
    for file in (site / "opds.xml", site / "atom.xml", *site.rglob("_shelf/years/*.xml")):
        root = etree.parse(file).getroot()
        for element in (root, *root.iter(f"{ATOM}entry")):
            for child in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{child}")) == 1
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id", ""))
            when = element.findtext(f"{ATOM}updated", "")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", when)
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        own = [it.findtext(f"{ATOM}id") for it in root.iter(f"{ATOM}entry")]
        assert len(own) == len(set(own)) > 0
        names.add(root.findtext(f"{ATOM}id"))
    assert len(names) == 5


def test_a_name_in_the_feeds_stays_when_an_edition_comes(tmp_path: Path) -> None:
    names = []
    for version in ("1.0", "1.1"):
        stores.kept(tmp_path / "store", version=version, date=f"202{version[-1]}-01-01")
        stores.shelved(tmp_path / "site", tmp_path / "store")
        feed = etree.parse(tmp_path / "site" / "_shelf" / "years" / "newest.xml")
        names.append([it.findtext(f"{ATOM}id") for it in feed.iter(f"{ATOM}entry")])
    assert names[0] == names[1]
    assert len(names[0]) == 2


def test_without_an_address_there_are_no_feeds(tmp_path: Path) -> None:
    stores.kept(tmp_path / "store")
    stores.shelved(tmp_path / "site", tmp_path / "store", root="")
    made = stores.files(tmp_path / "site")
    assert [
        name for name in made if name.endswith((".xml", ".json", ".txt")) and "/files/" not in name
    ] == ["shelf.json"]
    assert [
        name
        for name, content in made.items()
        if name.endswith(".html") and b"https://" in content and b"schema.org" not in content
    ] == []


@pytest.mark.parametrize(
    "root", ["http://a.example", "a.example", "https://a.example/?x", "https://u@a.example/"]
)
def test_an_address_that_cannot_last_is_refused(
    root: str, tmp_path: Path, faults_of: FaultsOf
) -> None:
    stores.kept(tmp_path / "store")
    (fault,) = faults_of(lambda: stores.shelved(tmp_path / "site", tmp_path / "store", root=root))
    assert fault.remedy is Remedy.CALLER
    assert not (tmp_path / "site").exists()


# ---- only what changed ----


def test_the_same_editions_make_the_same_bytes(tmp_path: Path) -> None:
    stores.shelved(tmp_path / "site", temporary_folder() / "shelved-store")
    assert stores.files(tmp_path / "site") == stores.files(stores.shelf())


def test_another_process_makes_the_same_bytes(tmp_path: Path) -> None:
    stores.shelf()
    store = temporary_folder() / "shelved-store"
    env = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANG": "zh_CN.UTF-8"}
    run = publisher("shelf", store, "--into", tmp_path / "site", "--url", stores.ROOT, env=env)
    assert run.returncode == 0, run.stderr
    assert stores.files(tmp_path / "site") == stores.files(stores.shelf())


def test_the_command_tells_scripts_what_it_made(tmp_path: Path) -> None:
    stores.kept(tmp_path / "store", slug="sound")
    (stores.kept(tmp_path / "store", slug="torn") / "data" / "tower-screen.pdf").unlink()
    run = publisher("shelf", tmp_path / "store", "--into", tmp_path / "site", "--json")
    assert (run.returncode, run.stderr) == (0, "")
    said = json.loads(run.stdout)
    assert said["collections"] == [{"slug": "sound", "title": "钟楼集", "version": "1.0"}]
    assert [it["code"] for it in said["notices"]] == ["shelf-damaged"]
    assert sorted(said["written"]) == sorted(stores.files(tmp_path / "site"))
    spoken = publisher("shelf", tmp_path / "store", "--into", tmp_path / "site")
    assert "torn" in spoken.stderr
    assert "collections on this shelf: 1" in spoken.stderr


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    stores.kept(tmp_path / "store")
    stores.shelved(tmp_path / "site", tmp_path / "store")
    before = {file: file.stat() for file in (tmp_path / "site").rglob("*")}
    assert stores.shelved(tmp_path / "site", tmp_path / "store").written == ()
    after = {file: file.stat() for file in (tmp_path / "site").rglob("*")}
    assert {it: (s.st_ino, s.st_mtime_ns) for it, s in before.items()} == {
        it: (s.st_ino, s.st_mtime_ns) for it, s in after.items()
    }


def test_pages_that_stand_there_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.kept(tmp_path / "store", slug="one")
    stores.shelved(tmp_path / "site", tmp_path / "store")
    stores.kept(tmp_path / "store", slug="two")
    read: list[str] = []
    monkeypatch.setattr(
        shelving, "unpacked", lambda it, name: read.append(name) or unpacked(it, name)
    )
    stores.shelved(tmp_path / "site", tmp_path / "store")
    assert len(read) == 2  # an EPUB for each script of the new one alone
    monkeypatch.undo()
    stores.shelved(tmp_path / "anew", tmp_path / "store")
    assert stores.files(tmp_path / "site") == stores.files(tmp_path / "anew")


@pytest.mark.parametrize("change", ["page", "words", "title", "root", "record"])
def test_pages_are_made_again_where_anything_they_rest_on_changed(
    change: str, tmp_path: Path
) -> None:
    store, site = tmp_path / "store", tmp_path / "site"
    stores.kept(store)
    stores.shelved(site, store)
    page = site / "tower" / "hans" / "essay-clock.html"
    wished: dict[str, str] = {}
    if change == "page":
        page.write_bytes(page.read_bytes() + b"x")
    elif change == "words":
        (store / "layouts" / "shelf").mkdir(parents=True)
        (store / "layouts" / "shelf" / "words.toml").write_text(
            '[hans]\nskip = "跳过"\n', encoding="utf-8"
        )
    elif change == "record":
        shutil.rmtree(store)
        stores.kept(store, title="另一座钟楼")
    else:
        wished = {change: "https://other.example.org"}
    assert "tower/hans/essay-clock.html" in stores.shelved(site, store, **wished).written
    stores.shelved(tmp_path / "anew", store, **wished)
    assert stores.files(site) == stores.files(tmp_path / "anew")


def test_an_edition_more_touches_only_what_names_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    stores.kept(store, slug="one", date="2019-01-01")
    stores.kept(store, slug="two", date="2020-01-01")
    stores.shelved(tmp_path / "site", store)
    stores.kept(store, slug="three", date="2020-02-01")
    written = set(stores.shelved(tmp_path / "site", store).written)
    shared = {it for it in written if not it.startswith("three/")}
    authors = {it for it in shared if it.startswith("_shelf/authors/")}
    years = {it for it in shared if it.startswith("_shelf/years/")}
    assert years == {
        f"_shelf/years/{it}" for it in ("2020.html", "2020.xml", "2020.json", "newest.xml")
    }
    assert len(authors) == 4
    assert shared - authors - years == {
        "index.html", "opds.xml", "opds.json", "atom.xml", "sitemap.xml", "shelf.json",
        "_shelf/catalogue.js",
    }  # fmt: skip


def test_an_edition_that_is_gone_leaves_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    stores.kept(store, slug="one")
    stores.shelved(tmp_path / "alone", store)
    shutil.rmtree(store / "two", ignore_errors=True)
    stores.kept(store, slug="two")
    stores.shelved(tmp_path / "site", store)
    shutil.rmtree(store / "two")
    stores.shelved(tmp_path / "site", store)
    assert stores.files(tmp_path / "site") == stores.files(tmp_path / "alone")


# ---- stores ----


def test_a_damaged_edition_is_left_out_and_named(tmp_path: Path) -> None:
    store = tmp_path / "store"
    stores.kept(store, slug="sound")
    for slug, name in (("cut", "data/tower-epub.epub"), ("forged", "data/build.json")):
        file = stores.kept(store, slug=slug) / name
        file.write_bytes(file.read_bytes()[:-9] + b"123456789")
    (stores.kept(store, slug="gone") / "data" / "tower-screen.pdf").unlink()
    (stores.kept(store, slug="unlisted") / "manifest-sha512.txt").write_text("x", encoding="utf-8")
    made = stores.shelved(tmp_path / "site", store)
    assert [it.slug for it in made.shelf.collections] == ["sound"]
    assert {it.code for it in made.notices} == {"shelf-damaged"}
    named = {Path(it.at.file).parent.name for it in made.notices}
    assert named == {"cut", "forged", "gone", "unlisted"}
    assert not (tmp_path / "site" / "cut").exists()


def test_of_a_collection_with_a_damaged_edition_the_sound_one_is_shown(tmp_path: Path) -> None:
    stores.kept(tmp_path / "store", version="1.0")
    place = stores.kept(tmp_path / "store", version="1.1", date="2022-01-01")
    (place / "data" / "tower-epub.epub").write_bytes(b"")
    made = stores.shelved(tmp_path / "site", tmp_path / "store")
    assert [it.version for it in made.shelf.collections[0].editions] == ["1.0"]


def test_two_editions_of_one_version_that_differ_are_refused(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    stores.kept(tmp_path / "a", title="甲")
    stores.kept(tmp_path / "b", title="乙")
    (fault,) = faults_of(lambda: stores.shelved(tmp_path / "site", tmp_path / "a", tmp_path / "b"))
    assert fault.remedy is Remedy.CALLER


def test_the_same_edition_in_two_stores_stands_there_once(tmp_path: Path) -> None:
    stores.kept(tmp_path / "a")
    stores.kept(tmp_path / "b")
    made = stores.shelved(tmp_path / "site", tmp_path / "a", tmp_path / "b")
    assert len(made.shelf.collections[0].editions) == 1


@pytest.mark.parametrize("slug", ["index.html", "Opds.xml"])
def test_a_slug_that_the_shelf_needs_is_refused(
    slug: str, tmp_path: Path, faults_of: FaultsOf
) -> None:
    stores.kept(tmp_path / "store", slug=slug)
    (fault,) = faults_of(lambda: stores.shelved(tmp_path / "site", tmp_path / "store"))
    assert slug in str(fault.message)


def test_slugs_that_some_disks_hold_for_one_are_refused(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    stores.kept(tmp_path / "a", slug="tower")
    stores.kept(tmp_path / "b", slug="Tower")
    assert (
        len(faults_of(lambda: stores.shelved(tmp_path / "site", tmp_path / "a", tmp_path / "b")))
        == 2
    )


def test_what_was_built_of_a_collection_is_a_draft_without_feeds(tmp_path: Path) -> None:
    made = stores.shelved(tmp_path / "site", stores.tower())
    assert made.shelf.collections[0].is_draft
    text = (tmp_path / "site" / "tower" / "index.html").read_text(encoding="utf-8")
    assert "草稿" in text
    assert (tmp_path / "site" / "tower" / "files" / "draft" / "tower-epub.epub").is_file()
    assert list(etree.parse(tmp_path / "site" / "atom.xml").iter(f"{ATOM}entry")) == []
    assert astray(tmp_path / "site") == []
    # `dist` itself is the same draft.
    stores.shelved(tmp_path / "other", stores.tower() / "dist")
    assert stores.files(tmp_path / "site") == stores.files(tmp_path / "other")


def test_a_collection_of_which_nothing_was_built_is_refused(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    folder = stores.collection(tmp_path / "book")
    (fault,) = faults_of(lambda: stores.shelved(tmp_path / "site", folder))
    assert "publisher build" in str(fault.hint)


def test_a_frozen_edition_goes_on_a_shelf_with_its_seal(tmp_path: Path) -> None:
    place = frozen.edition()
    stores.shelved(tmp_path / "site", place.parent.parent)
    files = tmp_path / "site" / "tower" / "files" / "1.0"
    text = (tmp_path / "site" / "tower" / "index.html").read_text(encoding="utf-8")
    command = next(it for it in re.findall(r"ssh-keygen.*", text))
    line = command.replace("&lt;", "<")
    assert subprocess.run(["sh", "-ec", line], cwd=files, check=False).returncode == 0
    assert "SHA256:" in text
    assert astray(tmp_path / "site") == []


def sealed(store: Path, changed: frozen.Files) -> Path:
    """A sealed edition in a store, with other files in the place of some; of none without bytes."""
    files = frozen.lean_files() | changed
    return frozen.laid({name: it for name, it in files.items() if it}, store / "tower" / "1.0")


@pytest.mark.parametrize("seal", ["lost", "broken", "of another edition"])
def test_an_edition_whose_seal_is_broken_or_lost_is_left_out_and_named(
    seal: str, tmp_path: Path
) -> None:
    seals = {"lost": b"", "broken": b"x"}
    other = seals[seal] if seal in seals else frozen.bagged({"a": b"a"}, {})[SEAL]
    place = sealed(tmp_path / "store", {SEAL: other})
    made = stores.shelved(tmp_path / "site", tmp_path / "store")
    assert made.shelf.collections == ()
    assert [(it.code, it.at.file) for it in made.notices] == [("shelf-damaged", str(place))]


def test_a_sealed_edition_that_was_rewritten_with_all_lists_is_left_out(tmp_path: Path) -> None:
    (epub,) = (it for it in frozen.lean_files() if it.endswith(".epub"))
    record = json.loads(frozen.lean_files()["data/build.json"])
    (work,) = (it for it in record["works"] if it["format"] == "epub")
    work["sha256"] = hashlib.sha256(b"forged").hexdigest()
    forged = frozen.relisted({epub: b"forged", "data/build.json": json.dumps(record).encode()})
    sealed(tmp_path / "store", forged)
    made = stores.shelved(tmp_path / "site", tmp_path / "store")
    assert made.shelf.collections == ()
    assert "seal" in str(made.notices[0].message)


def test_a_seal_that_nobody_can_read_is_named_and_its_edition_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(tmp_path / "store", {})
    monkeypatch.setenv("PATH", str(tmp_path))
    made = stores.shelved(tmp_path / "site", tmp_path / "store")
    assert [it.slug for it in made.shelf.collections] == ["tower"]
    assert [it.code for it in made.notices] == ["shelf-seal-unread"]


def test_a_draft_bears_no_name_of_an_edition_and_tells_of_those_there_are(tmp_path: Path) -> None:
    home = tmp_path / "tower"
    shutil.copytree(stores.tower(), home)
    declared = home / "collection.toml"
    text = declared.read_text(encoding="utf-8")
    declared.write_text(f'version = "1.0"\n{text}', encoding="utf-8")
    named_as = identifier_of(read_collection(home).collection)
    ((draft,),) = stock((home,)).collections
    assert draft.edition.identifier not in ("", named_as)
    stores.kept(home / "editions")
    found = stock((home,))
    assert found.collections == ((draft,),)
    assert [it.code for it in found.notices] == ["shelf-draft"]
    assert str(home / "editions") in str(found.notices[0].hint)


# ---- hostile ----


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": "../out"},
        {"slug": "a/b"},
        {"slug": "_shelf"},
        {"version": "../../out"},
        {"language": "tlh"},
    ],
)
def test_a_record_whose_names_lead_elsewhere_is_left_out(
    changes: dict[str, str], tmp_path: Path
) -> None:
    stores.kept(tmp_path / "store", slug="sound")
    place = stores.kept(tmp_path / "other", slug="lost")
    record = json.loads((place / "data" / "build.json").read_bytes()) | changes
    rebag(place, {"build.json": json.dumps(record).encode()})
    made = stores.shelved(tmp_path / "site", tmp_path / "store", tmp_path / "other")
    assert [it.slug for it in made.shelf.collections] == ["sound"]
    assert [it.code for it in made.notices] == ["shelf-damaged"]


@pytest.mark.parametrize("name", ["../../../secret.txt", "/etc/hostname", "data/x"])
def test_a_work_that_lies_elsewhere_is_not_given_out(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    place = stores.kept(tmp_path / "store", slug="thief")
    record = json.loads((place / "data" / "build.json").read_bytes())
    record["works"][0] |= {"file": name, "sha256": hashlib.sha256(b"secret").hexdigest()}
    rebag(place, {"build.json": json.dumps(record).encode(), name: b"secret"})
    made = stores.shelved(tmp_path / "site", tmp_path / "store")
    assert made.shelf.collections == ()
    assert [it for it in stores.files(tmp_path / "site").values() if b"secret" in it] == []


def test_an_epub_that_fills_a_machine_is_left_out(tmp_path: Path) -> None:
    stores.kept(tmp_path / "store", slug="sound")
    place = stores.kept(tmp_path / "store", slug="bomb")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(300 << 20))
    record = json.loads((place / "data" / "build.json").read_bytes())
    (work,) = (it for it in record["works"] if it["output"] == "epub")
    work["sha256"] = hashlib.sha256(buffer.getvalue()).hexdigest()
    rebag(place, {"build.json": json.dumps(record).encode(), work["file"]: buffer.getvalue()})
    made = stores.shelved(tmp_path / "site", tmp_path / "store")
    assert [it.slug for it in made.shelf.collections] == ["sound"]
    assert "grow" in str(made.notices[0].message)
    assert not (tmp_path / "site" / "bomb").exists()


def rebag(place: Path, changed: dict[str, bytes]) -> None:
    """Let an edition's lists agree with other files in it, as whoever forges one would."""
    payload = {
        file.relative_to(place / "data").as_posix(): file.read_bytes()
        for file in (place / "data").rglob("*")
        if file.is_file()
    }
    told = read_information((place / "bag-info.txt").read_bytes())
    for path, content in bag(payload | changed, told, {"README.txt": b"x\n"}).items():
        if (place / path).resolve().is_relative_to(place):
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)


HOSTILE = [
    '</title><script>document.title="harm"</script>',
    "\"'><img src=x onerror=harm()>",
    "{{ 7*7 }}{% raw %}",
    "א ב ג عنوان",
    "]]></script><!--",
    "钟" * 300,
    "../../../etc/passwd",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_titles_and_names_of_any_kind_stay_words(text: str, tmp_path: Path) -> None:
    facts = ("title", "subtitle", "responsibility", "description", "rights", "publisher")
    essays = (Essay(text, "clock.md", text, (text,)), Essay(text, "verse.md", text, (text, "甲")))
    stores.kept(tmp_path / "store", essays=essays, **dict.fromkeys(facts, text))
    made = stores.shelved(tmp_path / "site", tmp_path / "store", title=text)
    assert len(made.shelf.collections) == 1
    assert astray(tmp_path / "site") == []
    every = pages(tmp_path / "site")
    assert text in every["tower/index.html"].title
    for page in every.values():
        assert [it for it in page.loads if it == "x"] == []
    for file in (tmp_path / "site").rglob("*.xml"):
        etree.parse(file)
    (data,) = every["tower/index.html"].data
    assert json.loads(data)["name"] == text


def test_a_record_with_invisible_turns_of_direction_is_left_out(tmp_path: Path) -> None:
    stores.kept(tmp_path / "store", slug="sound")
    stores.kept(tmp_path / "store", slug="turned", title="甲\u202e乙")
    made = stores.shelved(tmp_path / "site", tmp_path / "store")
    assert [it.slug for it in made.shelf.collections] == ["sound"]
    assert len(made.notices) == 1


# ---- looks of one's own ----


def test_a_store_may_have_templates_words_and_sheets_of_its_own(tmp_path: Path) -> None:
    store = tmp_path / "store"
    stores.kept(store)
    own = store / "layouts" / "shelf"
    (own / "templates").mkdir(parents=True)
    (own / "served").mkdir()
    (own / "templates" / "foot.html").write_text(
        "<footer>{{ shelf }}印</footer></body></html>", encoding="utf-8"
    )
    (own / "served" / "own.css").write_text("p { color: red }", encoding="utf-8")
    (own / "words.toml").write_text('[hans]\nshelf = "我们的书"\n', encoding="utf-8")
    stores.shelved(tmp_path / "site", store)
    text = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "<footer>我们的书印</footer>" in text
    assert (tmp_path / "site" / "_shelf" / "own.css").is_file()
    assert (tmp_path / "site" / "_shelf" / "shelf.css").is_file()


def test_both_ways_of_writing_have_the_same_words_and_each_is_used() -> None:
    folder = ROOT / "layouts" / "shelf"
    words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    assert list(words["hans"]) == list(words["hant"])
    used = "".join(it.read_text(encoding="utf-8") for it in folder.glob("templates/*.html"))
    code = "".join(it.read_text(encoding="utf-8") for it in (ROOT / "publisher").rglob("*.py"))
    for key in words["hans"]:
        is_row = key.startswith(("script-", "file-", "for-"))
        assert is_row or f"words.{key} " in used or f'["{key}"]' in used + code, key


def test_every_format_has_words_for_what_it_is_for() -> None:
    words = tomllib.loads((ROOT / "layouts/shelf/words.toml").read_text(encoding="utf-8"))["hans"]
    for name in FORMATS:
        assert f"file-{name}" in words
        assert f"for-{name}" in words
    assert {f"script-{name}" for name in SCRIPTS} <= set(words)


def test_a_template_that_fails_is_told_with_its_line_and_changes_nothing(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    store = tmp_path / "store"
    stores.kept(store)
    (store / "layouts" / "shelf" / "templates").mkdir(parents=True)
    (store / "layouts" / "shelf" / "templates" / "foot.html").write_text(
        "\n{{ nothing }}", encoding="utf-8"
    )
    (fault,) = faults_of(lambda: stores.shelved(tmp_path / "site", store))
    assert fault.remedy is Remedy.DESIGNER
    assert str(fault.at) == "layouts/shelf/templates/foot.html:2"
    assert list(tmp_path.iterdir()) == [store]
