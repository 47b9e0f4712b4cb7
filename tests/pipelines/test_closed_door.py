"""The closed door: the ways in which a setting engine reads are all shut, to network and disk.

Each way is tried twice, with an address of a listener on this machine and with that of a planted
file. The door holds when the listener is never asked and no byte of the planted file is in the PDF.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
from PIL import Image

from publisher.composition.pages import Engine, Resource
from publisher.ground.errors import PublisherError, Remedy
from publisher.press.places import font_folders
from publisher.press.room import prepare
from tests.reading import Epub, Pdf, publisher
from tests.seam.stone import written

SECRET = "PLANTED-7f3a91c4"
# A picture of one colour that nothing else in these documents has.
COLOUR = (201, 17, 139)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_SMALL_SVG = f'{_SVG} width="9" height="9">'


def _inline_svg(inner: str, doctype: str = "") -> str:
    picture = f'{doctype}{_SVG} width="20" height="20">{inner}</svg>'
    return f'<img src="data:image/svg+xml,{quote(picture)}"/>'


def _encoded_svg(inner: str) -> str:
    picture = f'{_SVG} width="20" height="20">{inner}</svg>'
    content = base64.b64encode(picture.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{content}"/>'


# Every way by which WeasyPrint 70 comes to read an address: (head, body) with {url} in it.
WAYS: dict[str, tuple[str, str]] = {
    "img": ("", '<img src="{url}"/>'),
    "attachment link": ('<link rel="attachment" href="{url}"/>', ""),
    "attachment anchor": ("", '<a rel="attachment" href="{url}">x</a>'),
    "style sheet link": ('<link rel="stylesheet" href="{url}"/>', ""),
    "@import": ("<style>@import url({url});</style>", ""),
    "@font-face": (
        "<style>@font-face {{ font-family: F; src: url({url}) }} p {{ font-family: F }}</style>",
        "<p>x</p>",
    ),
    "background": ("<style>p {{ background: url({url}) }}</style>", "<p>x</p>"),
    "content": ("<style>p::before {{ content: url({url}) }}</style>", "<p>x</p>"),
    "list-style": ("<style>li {{ list-style: url({url}) }}</style>", "<ul><li>x</li></ul>"),
    "object": ("", '<object data="{url}">x</object>'),
    "embed": ("", '<embed src="{url}"/>'),
    "iframe": ("", '<iframe src="{url}"></iframe>'),
    "svg image": ("", f'{_SMALL_SVG}<image href="{{url}}" width="9" height="9"/></svg>'),
    "svg use": ("", f'{_SMALL_SVG}<use xlink:href="{{url}}#a"/></svg>'),
    "svg in data:": ("", "{svg_image}"),
    "svg entity": ("", "{svg_entity}"),
    "base": ('<base href="{folder}"/>', '<img src="{name}"/>'),
    "icon": ('<link rel="icon" href="{url}"/>', ""),
    "script": ('<script src="{url}"></script>', ""),
    "refresh": ('<meta http-equiv="refresh" content="0; url={url}"/>', ""),
    "srcset": ("", '<img srcset="{url} 1x" alt="x"/>'),
    "poster": ("", '<video poster="{url}"></video>'),
}  # fmt: skip
# Ways that an engine with the usual fetcher takes: by these the tests show that they have teeth.
TAKEN = ("img", "style sheet link", "background", "object", "embed", "svg image", "base")


def test_all_ways_are_listed() -> None:
    assert len(WAYS) == 22


@pytest.fixture(scope="module", autouse=True)
def _room() -> None:
    prepare(font_folders(Path("nowhere")))


class Listener:
    """A server on this machine that counts who asks and answers with the planted content."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                self.wfile.write(planted_picture())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.folder = f"http://127.0.0.1:{self.server.server_port}/"
        Thread(target=self.server.serve_forever, daemon=True).start()


def planted_picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), COLOUR).save(buffer, "PNG")
    return buffer.getvalue() + SECRET.encode()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    own = Listener()
    yield own
    own.server.shutdown()
    own.server.server_close()


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    file = tmp_path / "planted.png"
    file.write_bytes(planted_picture())
    (tmp_path / "planted.txt").write_text(SECRET)
    return file


def document(way: str, url: str) -> str:
    head, body = WAYS[way]
    folder, name = url.rsplit("/", 1)
    entity = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{url}">]>'
    values = {
        "url": url,
        "folder": f"{folder}/",
        "name": name,
        "svg_image": _encoded_svg(f'<image href="{url}" width="9" height="9"/>'),
        "svg_entity": _inline_svg('<text y="9">&x;</text>', entity),
    }
    return f"<html><head>{head}</head><body>{body}</body></html>".format(**values)


def set_page(html: str, sheet: str = "", resources: dict[str, Resource] | None = None) -> bytes:
    """The PDF of a document, or nothing where the engine refused it with a fault."""
    try:
        engine = Engine(sheet, resources or {})
        return written(engine, html)
    except PublisherError as error:
        if {fault.remedy for fault in error.faults} != {Remedy.DESIGNER}:
            raise
        return b""


def assert_nothing_came_in(pdf: bytes) -> None:
    if not pdf:
        return
    file = Pdf(pdf)
    everything = file.all_bytes()
    assert SECRET.encode() not in everything
    assert bytes(COLOUR) * 8 not in everything
    assert SECRET not in "".join(leaf.text() for leaf in file.leaves)
    assert "/EmbeddedFiles" not in (file.file.Root.get("/Names") or {})
    assert file.images == []


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_fetched_from_a_network(way: str, listener: Listener) -> None:
    listener.asked.clear()
    pdf = set_page(document(way, f"{listener.folder}planted.png"))
    assert listener.asked == []
    assert_nothing_came_in(pdf)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_read_from_the_disk(way: str, planted: Path) -> None:
    file = planted.with_suffix(".txt") if way == "svg entity" else planted
    assert_nothing_came_in(set_page(document(way, file.as_uri())))


@pytest.mark.parametrize("way", TAKEN)
def test_an_open_engine_would_have_fetched(way: str, listener: Listener) -> None:
    from weasyprint import HTML

    listener.asked.clear()
    HTML(string=document(way, f"{listener.folder}planted.png")).write_pdf()
    assert listener.asked


@pytest.mark.parametrize("way", TAKEN)
def test_an_attempt_is_a_fault_that_names_the_address(way: str, planted: Path) -> None:
    engine = Engine("", {})
    with pytest.raises(PublisherError) as caught:
        written(engine, document(way, planted.as_uri()))
    assert planted.name in str(caught.value)
    assert caught.value.exit_code == Remedy.DESIGNER.value


@pytest.mark.parametrize(
    "address",
    [
        "../../planted.png",
        "/book/../{path}",
        "//127.0.0.1/planted.png",
        "FILE://{path}",
        "file://localhost{path}",
        "file:///book/%2e%2e/{path}",
        "ftp://127.0.0.1/planted.png",
        "data:text/plain,PLANTED",
    ],
)
def test_no_spelling_of_an_address_leads_out_of_the_table(address: str, planted: Path) -> None:
    sheet = f"p {{ background: url('{address.format(path=planted)}') }}"
    assert_nothing_came_in(set_page("<p>x</p>", sheet))


def test_the_layouts_own_sheet_reaches_nothing_either(planted: Path, listener: Listener) -> None:
    listener.asked.clear()
    for url in (planted.as_uri(), f"{listener.folder}planted.png"):
        for sheet in (f"@import url({url});", f"p {{ background: url({url}) }}"):
            assert_nothing_came_in(set_page("<p>x</p>", sheet))
    assert listener.asked == []


def test_a_picture_that_was_handed_over_is_shown() -> None:
    resources = {"pictures/a.png": Resource(planted_picture(), "image/png")}
    pdf = set_page('<img src="/book/pictures/a.png"/>', resources=resources)
    assert Pdf(pdf).images == [(8, 8)]


# The same doors seen from a manuscript -----------------------------------------------------------

RAW_HTML = [
    '<img src="{url}"/>',
    '<iframe src="{url}"></iframe>',
    '<object data="{url}"></object>',
    '<link rel="attachment" href="{url}"/>',
    '<a rel="attachment" href="{url}">甲</a>',
    "<style>@import url({url});</style>",
    '<script src="{url}"></script>',
    '<base href="{url}">',
    "行内<img src='{url}'/>的图",
]
SVG_INSIDES = [
    '<image href="{url}" width="9" height="9"/>',
    '<image xlink:href="{url}" width="9" height="9"/>',
    '<use href="{url}#a"/>',
    '<use xlink:href="{url}#a"/>',
    '<style>@import url("{url}");</style>',
    "<style>rect {{ fill: url({url}) }}</style>",
    '<rect width="9" height="9" style="fill: url({url})"/>',
    '<rect width="9" height="9" fill="url({url})"/>',
    '<rect width="9" height="9" filter="url({url}#f)"/>',
    '<a href="{url}"><rect width="9" height="9"/></a>',
    '<script href="{url}"/>',
    '<rect width="9" height="9" onload="fetch(\'{url}\')"/>',
    '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="{url}"/></foreignObject>',
    '<feImage href="{url}"/>',
    '<linearGradient id="a" href="{url}#b"/>',
    '<text font-family="x"><textPath href="{url}#a">x</textPath></text>',
]


@pytest.fixture
def build_essay(make_collection) -> Callable[..., tuple[int, str, Path]]:
    """Build a one-essay book in both formats: its exit code, what it said, its dist folder."""
    rows = (f'[[output]]\nname = "{name}"\nformat = "{name}"\n' for name in ("screen", "epub"))
    outputs = "".join(rows)

    def build(text: str, **files: bytes) -> tuple[int, str, Path]:
        own = {name.replace("_", "."): content for name, content in files.items()}
        folder = make_collection(
            {"a.md": f"---\ntitle: 甲\n---\n\n{text}\n", **own}, outputs=outputs
        )
        run = publisher("build", folder)
        return run.returncode, run.stderr, folder / "dist"

    return build


@pytest.mark.parametrize("markup", RAW_HTML)
def test_raw_html_in_an_essay_is_refused_with_its_line(
    markup: str, build_essay, listener: Listener
) -> None:
    listener.asked.clear()
    code, said, dist = build_essay(markup.format(url=f"{listener.folder}x"))
    assert code == Remedy.EDITOR.value
    assert "a.md:5: raw HTML" in said
    assert not dist.exists()
    assert listener.asked == []


@pytest.mark.parametrize("inside", SVG_INSIDES)
def test_an_svg_that_reaches_outside_itself_is_refused(inside: str, listener: Listener) -> None:
    from publisher.editorial.pictures import read_picture
    from publisher.ground.places import Place

    for url in (f"{listener.folder}x", "file:///etc/hostname", "other.svg"):
        picture = f'{_SVG} width="9" height="9">{inside.format(url=url)}</svg>'
        with pytest.raises(PublisherError) as caught:
            read_picture("a.svg", picture.encode(), Place("a.md", 5))
        assert caught.value.exit_code == Remedy.EDITOR.value


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/a.png", "//127.0.0.1/a.png", "file:///etc/hostname", "/etc/hostname",
     "../../a.png", "%2e%2e/%2e%2e/a.png", "data:image/png;base64,AA==", "C:/a.png",
     "javascript:1"],
)  # fmt: skip
def test_a_picture_that_is_not_in_the_collection_is_refused(address: str, build_essay) -> None:
    code, said, dist = build_essay(f"![甲]({address})")
    assert code == Remedy.EDITOR.value
    assert "a.md:5: " in said
    assert not dist.exists()


def test_a_picture_by_way_of_a_symbolic_link_out_of_the_folder_is_refused(
    make_collection, planted: Path
) -> None:
    folder = make_collection({"a.md": "---\ntitle: 甲\n---\n\n![乙](b.png)\n"})
    (folder / "b.png").symlink_to(planted)
    run = publisher("check", folder)
    assert run.returncode != 0
    assert "outside the collection" in run.stderr


def test_an_essay_by_way_of_a_symbolic_link_out_of_the_folder_is_refused(
    make_collection, tmp_path: Path
) -> None:
    folder = make_collection({"a.md": "---\ntitle: 甲\n---\n\n乙\n"})
    outside = tmp_path / "secret.md"
    outside.write_text(f"---\ntitle: {SECRET}\n---\n")
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to(outside)
    run = publisher("check", folder)
    assert run.returncode != 0
    assert "outside the collection" in run.stderr


def test_a_sound_svg_is_in_both_files(build_essay) -> None:
    picture = f'{_SMALL_SVG}<circle cx="4" cy="4" r="3"/></svg>'.encode()
    code, said, dist = build_essay("![圆](b.svg)", b_svg=picture)
    assert code == 0, said
    epub = Epub(next(dist.glob("*.epub")).read_bytes())
    assert picture in {epub.read(name) for name in epub.manifest.values()}
    essay = next(
        leaf
        for leaf in Pdf(next(dist.glob("*.pdf")).read_bytes()).leaves
        if leaf.text()[:1] == "甲"
    )
    assert essay.boxes


_IN_A_LAYOUT = {
    "a sheet that imports": ("sheets/pages.css", "@import url({url});"),
    "a sheet that shows": ("sheets/pages.css", "body {{ background: url({url}) }}"),
    "a template that shows": ("templates/colophon.html", '<p><img src="{url}" alt=""/></p>'),
    "a template that attaches": (
        "templates/colophon.html",
        '<p><a rel="attachment" href="{url}">x</a></p>',
    ),
}


@pytest.mark.parametrize("case", _IN_A_LAYOUT)
def test_a_layout_reaches_neither_network_nor_disk(
    case: str, make_collection, planted: Path, listener: Listener
) -> None:
    listener.asked.clear()
    name, text = _IN_A_LAYOUT[case]
    make = partial(make_collection, outputs=(
        '[[output]]\nname = "screen"\nformat = "screen"\nlayout = "own"\n'
    ))  # fmt: skip
    layout = 'name = "own"\nlicence = "CC0-1.0"\nextends = "chapbook"\n'
    for number, url in enumerate((planted.as_uri(), f"{listener.folder}planted.png")):
        folder = make(
            {
                "a.md": "---\ntitle: 甲\n---\n\n乙\n",
                "layouts/own/layout.toml": layout,
                f"layouts/own/{name}": text.format(url=url),
            },
            name=f"book-{number}",
        )
        run = publisher("build", folder)
        pdfs = list((folder / "dist").glob("*.pdf"))
        assert run.returncode in (0, Remedy.DESIGNER.value), run.stderr
        assert bool(pdfs) == (run.returncode == 0)
        for pdf in pdfs:
            assert_nothing_came_in(pdf.read_bytes())
    assert listener.asked == []
