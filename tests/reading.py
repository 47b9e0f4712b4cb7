"""Reading back: finished PDFs and EPUBs opened with other libraries than the ones that made them.

PDFs are read by pikepdf (structure) and pdfium (what is drawn where), EPUBs by zipfile and lxml.
Lengths are in pt from the page's lower left corner, as in the PDF.
"""

from __future__ import annotations

import atexit
import ctypes
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from publisher.model import matter as m
from publisher.model.manuscript import Manuscript
from publisher.press.checkers import checked

ROOT = Path(__file__).resolve().parent.parent
ESSAYS = ROOT / "essays"
DATA = ROOT.parent / "shared" / "data"
# A book of one essay in two outputs, for what does not look at pages.
ESSAY = "---\ntitle: 钟楼\nauthor: 邬鹤年\n---\n\n快了两分钟。\n"
OUTPUTS = """
[[output]]
name = "screen"
format = "screen"
[[output]]
name = "epub"
format = "epub"
"""
COMMAND = (sys.executable, "-m", "publisher")

# Smaller than any running text: readings beside characters and the numbers that call notes.
_SMALL = 7.0
_SAME_LINE = 2.0
_PX = 0.75
_RULE_SLACK = 1.0
_SPACES = re.compile(r"[\s\u2060\ufeff\u200b]+")


def publisher(
    *arguments: object,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """The finished run of a command of the line, in an English environment."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=environment() | (env or {}),
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def environment() -> dict[str, str]:
    """This process's environment, with messages in English and nothing dated."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    own.pop("SOURCE_DATE_EPOCH", None)
    own.pop("FONTCONFIG_FILE", None)
    return own | {"LANG": "C.UTF-8", "PYTHONWARNINGS": "error"}


@cache
def temporary_folder() -> Path:
    """A folder that lives as long as the test run."""
    folder = tempfile.TemporaryDirectory(prefix="publisher-tests-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def sample(output: str) -> bytes:
    """An artefact of the sample collection, made once for the whole run."""
    return (_sample_folder() / sample_name(output)).read_bytes()


def sample_name(output: str) -> str:
    """The file name of an output of the sample collection."""
    suffix = "epub" if output.startswith("epub") else "pdf"
    return f"{declaration()['slug']}-{output}.{suffix}"


@cache
def _sample_folder() -> Path:
    folder = temporary_folder() / "sample"
    run = publisher("build", ESSAYS, "--into", folder, "--quiet", cwd=temporary_folder())
    assert run.returncode == 0, run.stderr
    return folder


@cache
def declaration() -> dict[str, object]:
    """The sample's `collection.toml` as plain TOML, read without the project's own reader."""
    return tomllib.loads((ESSAYS / "collection.toml").read_text(encoding="utf-8"))


def front_matter(file: Path) -> dict[str, str]:
    """The plain `key: value` lines at the head of a manuscript."""
    head = file.read_text(encoding="utf-8").split("---\n")[1]
    return dict(line.split(": ", 1) for line in head.splitlines())


def dense(text: str) -> str:
    """A text without anything that shows nothing."""
    # pdfium says U+0002 for a hyphen that stands at a line's end.
    return _SPACES.sub("", text.replace("\x02", "-"))


# What an essay should read like ------------------------------------------------------------------


def essay_words(essay: Manuscript) -> str:
    """The words of an essay from title to last line in the order they stand on a page, dense.

    Notes and their calls, readings and ornaments are left out; list numbers are in.
    """
    words = [essay.title, essay.subtitle, "、".join(essay.authors)]
    words += (_block_words(block) for block in essay.blocks)
    words += [essay.date, essay.source, essay.note]
    return dense("".join(words))


def note_words(note: m.Note) -> str:
    """The words of a note, dense."""
    return dense("".join(_block_words(block) for block in note.blocks))


def _block_words(block: m.Block) -> str:
    match block:
        case m.Quotation(blocks=inner, source=source):
            return "".join(map(_block_words, inner)) + m.plain(source)
        case m.Listing(start=start, items=items):
            return "".join(
                (f"{start + index}." if start is not None else "•")
                + "".join(map(_block_words, item))
                for index, item in enumerate(items)
            )
        case m.Table(head=head, rows=rows, caption=caption):
            cells = [*head, *(cell for row in rows for cell in row)]
            return "".join(map(m.plain, (caption, *cells)))
        case m.Break():
            return ""
    return "".join(m.plain(content) for content, _ in m.passages((block,)))


# PDF ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Glyph:
    """A drawn character: its origin on the baseline, its ink's sides, its size in pt."""

    character: str
    x: float
    y: float
    left: float
    right: float
    size: float


@dataclass(frozen=True)
class Area:
    """A rectangle of a page in pt."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Leaf:
    """One page as it is drawn."""

    index: int
    label: str
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    boxes: tuple[tuple[float, float, float, float], ...]

    def note_rule(self, area: Area) -> float:
        """The height of the rule above the notes; the area's bottom where there are none."""
        tops = [
            top
            for left, _, right, top in self.boxes
            if abs(left - area.left) < _RULE_SLACK
            and abs(right - area.right) < _RULE_SLACK
            and area.bottom < top < area.top
        ]
        return min(tops, default=area.bottom)

    def text(self, bottom: float = 0, top: float = 10_000, smallest: float = _SMALL) -> str:
        """The characters whose baseline lies in a band, line by line from above, dense."""
        lines: list[list[Glyph]] = []
        fit = (g for g in self.glyphs if bottom <= g.y < top and g.size >= smallest)
        for glyph in sorted(fit, key=lambda g: -g.y):
            if not lines or lines[-1][0].y - glyph.y > _SAME_LINE:
                lines.append([])
            lines[-1].append(glyph)
        ordered = (g.character for line in lines for g in sorted(line, key=lambda g: g.x))
        return dense("".join(ordered))

    def body(self, area: Area) -> str:
        """The running text inside the type area, without the notes."""
        return self.text(max(self.note_rule(area), area.bottom), area.top)

    def notes(self, area: Area) -> str:
        """The notes at the foot of the type area."""
        rule = self.note_rule(area)
        return self.text(area.bottom, rule) if rule > area.bottom else ""

    def head(self, area: Area) -> str:
        """What stands above the type area."""
        return self.text(bottom=area.top)

    def foot(self, area: Area) -> str:
        """What stands below the type area."""
        return self.text(top=area.bottom)


@dataclass(frozen=True)
class Link:
    """A link inside the file: the page it stands on, its rectangle, the name it leads to."""

    page: int
    area: Area
    target: str


class Pdf:
    """A PDF file opened for questions."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.file = pikepdf.open(io.BytesIO(content))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every page as drawn."""
        document = pypdfium2.PdfDocument(self.content)
        try:
            return tuple(_leaf(document, index) for index in range(len(document)))
        finally:
            document.close()

    @cached_property
    def destinations(self) -> dict[str, int]:
        """The page index of every named destination."""
        tree = pikepdf.NameTree(self.file.Root.Names.Dests)
        return {str(name): self._page_index(array[0]) for name, array in tree.items()}

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """(depth, title, page index) of every entry, in order; depths count from 1."""
        with self.file.open_outline() as outline:
            return list(self._entries(outline.root, 1))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link to a place in the file."""
        return tuple(
            Link(index, _area(note.Rect), str(note.Dest))
            for index, note in self._annotations()
            if "/Dest" in note
        )

    @cached_property
    def web_links(self) -> set[str]:
        """Every address outside the file that a link leads to."""
        return {str(note.A.URI) for _, note in self._annotations() if "/A" in note}

    @cached_property
    def fonts(self) -> list[pikepdf.Object]:
        """Every font in the file, descendants left out."""
        return [
            item
            for item in self.file.objects
            if isinstance(item, pikepdf.Dictionary)
            and item.get("/Type") == "/Font"
            and item.get("/Subtype") not in ("/CIDFontType0", "/CIDFontType2")
        ]

    @cached_property
    def images(self) -> list[tuple[int, int]]:
        """Width and height of every picture in the file, in pixels."""
        return [
            (int(item.Width), int(item.Height))
            for item in self.file.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]

    @cached_property
    def elements(self) -> list[pikepdf.Object]:
        """Every element of the structure tree, in reading order."""
        return list(_elements(self.file.Root.StructTreeRoot))

    @cached_property
    def spoken(self) -> list[tuple[int, str]]:
        """(page index, words) of every piece of tagged text, in the order it is read aloud."""
        document = pypdfium2.PdfDocument(self.content)
        try:
            words = [_marked_words(document[index]) for index in range(len(document))]
        finally:
            document.close()
        marks = _marks(self.file.Root.StructTreeRoot, None)
        numbered = ((self._page_index(page), number) for page, number in marks)
        return [(index, words[index].get(number, "")) for index, number in numbered]

    def all_bytes(self) -> bytes:
        """Every object and every stream, decompressed, in one string to search in."""
        parts = [self.content]
        for item in self.file.objects:
            if isinstance(item, pikepdf.Stream):
                parts.append(_decoded(item))
            parts.append(item.unparse(resolved=True))
        return b"\n".join(parts)

    def span(self, anchor: str, anchors: Iterable[str]) -> tuple[Leaf, ...]:
        """The pages from one division's first to the page before the next division's first."""
        starts = sorted(self.destinations[name] for name in anchors)
        first = self.destinations[anchor]
        end = next((start for start in starts if start > first), len(self.leaves))
        return self.leaves[first:end]

    def _annotations(self) -> Iterator[tuple[int, pikepdf.Object]]:
        for index, page in enumerate(self.file.pages):
            for note in page.get("/Annots") or ():
                if note.Subtype == "/Link":
                    yield index, note

    def _entries(
        self, items: Iterable[pikepdf.OutlineItem], depth: int
    ) -> Iterator[tuple[int, str, int]]:
        for item in items:
            yield depth, item.title, self._page_index(item.destination[0])
            yield from self._entries(item.children, depth + 1)

    def _page_index(self, page: pikepdf.Object) -> int:
        return self._indices[page.objgen]

    @cached_property
    def _indices(self) -> dict[tuple[int, int], int]:
        return {page.obj.objgen: index for index, page in enumerate(self.file.pages)}


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _area(rectangle: pikepdf.Object) -> Area:
    x1, y1, x2, y2 = map(float, rectangle)
    return Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _marks(
    node: pikepdf.Object, page: pikepdf.Object | None
) -> Iterator[tuple[pikepdf.Object, int]]:
    """(page, number) of every piece of marked content below an element."""
    own = node.get("/Pg", page)
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            assert own is not None
            yield own, kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield kid.get("/Pg", own), int(kid.MCID)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _marks(kid, own)


def _marked_words(page: pypdfium2.PdfPage) -> dict[int, str]:
    words: dict[int, str] = {}
    text = page.get_textpage()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        number = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
        size = pdfium.FPDFTextObj_GetText(item.raw, text.raw, None, 0)
        buffer = (ctypes.c_ushort * size)()
        pdfium.FPDFTextObj_GetText(item.raw, text.raw, buffer, size)
        piece = bytes(buffer).decode("utf-16-le").rstrip("\0")
        words[number] = words.get(number, "") + piece
    return words


def _leaf(document: pypdfium2.PdfDocument, index: int) -> Leaf:
    page = document[index]
    text = page.get_textpage()
    width, height = page.get_size()
    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
    boxes = tuple(item.get_bounds() for item in paths)
    count = pdfium.FPDFText_CountChars(text)
    glyphs = tuple(_glyph(text, n) for n in range(count) if not _is_made_up(text, n))
    return Leaf(index, document.get_page_label(index), width, height, glyphs, boxes)


def _is_made_up(text: pypdfium2.PdfTextPage, number: int) -> bool:
    return bool(pdfium.FPDFText_IsGenerated(text, number))


def _glyph(text: pypdfium2.PdfTextPage, number: int) -> Glyph:
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    pdfium.FPDFText_GetCharOrigin(text, number, x, y)
    pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top)
    return Glyph(
        chr(pdfium.FPDFText_GetUnicode(text, number)),
        x.value,
        y.value,
        left.value,
        right.value,
        pdfium.FPDFText_GetFontSize(text, number) * _PX,
    )


# EPUB --------------------------------------------------------------------------------------------

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
NAMES = {
    "x": XHTML,
    "epub": OPS,
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = f"{{{OPS}}}type"


class Epub:
    """An EPUB file opened for questions. Names are relative to the package document."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        container = etree.fromstring(self.archive.read("META-INF/container.xml"))
        full_path = container.xpath("string(//c:rootfile/@full-path)", namespaces=NAMES)
        self.home = PurePosixPath(full_path).parent.as_posix()
        self.package = etree.fromstring(self.archive.read(full_path))

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        return self.archive.read(f"{self.home}/{name}")

    def tree(self, name: str) -> etree._Element:
        """A member as XML."""
        return etree.fromstring(self.read(name))

    def ask(self, path: str) -> list[str]:
        """An XPath question about the package document."""
        return [str(found) for found in self.package.xpath(path, namespaces=NAMES)]

    @cached_property
    def manifest(self) -> dict[str, str]:
        """Names by id."""
        items = self.package.iterfind(".//opf:manifest/opf:item", NAMES)
        return {item.get("id", ""): item.get("href", "") for item in items}

    @cached_property
    def spine(self) -> list[str]:
        """The names of the documents in reading order."""
        return [self.manifest[identity] for identity in self.ask("//opf:itemref/@idref")]

    @cached_property
    def documents(self) -> dict[str, etree._Element]:
        """The documents of the spine by name, in order."""
        return {name: self.tree(name) for name in self.spine}

    def ids(self) -> list[tuple[str, str]]:
        """Every (document, id) in order."""
        return [
            (name, str(identity))
            for name, tree in self.documents.items()
            for identity in tree.xpath("//@id")
        ]

    def words(self, name: str) -> str:
        """A document's running text: no notes, note calls or readings; dense."""
        return dense("".join(_running(self.documents[name].find("x:body", NAMES))))


def opened(content: bytes, name: str) -> Path:
    """The folder of an EPUB's package document, its files laid out on the disk."""
    folder = temporary_folder() / name
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder / Epub(content).home


# Checkers ----------------------------------------------------------------------------------------

CHECKERS_HOME = Path(sys.prefix) / "ace"
CHROMIUM = shutil.which("chromium")
_BROWSER = Path(__file__).with_name("browser.mjs")


def epubcheck(content: bytes) -> list[str]:
    """What EPUBCheck has to say of an EPUB; nothing where it is valid without a warning."""
    return _said(content, "EPUBCheck")


def ace(content: bytes) -> list[str]:
    """What Ace by DAISY has to say of an EPUB; nothing where it finds nothing."""
    return _said(content, "Ace")


def _said(content: bytes, name: str) -> list[str]:
    file = temporary_folder() / "checked.epub"
    file.write_bytes(content)
    found = checked(file, (name,))
    assert [check.absent for check in found] == [None]
    return [str(remark) for check in found for remark in check.remarks]


def has_ace() -> bool:
    """Whether Ace and the browser that it drives are at hand; in CI they have to be."""
    present = (CHECKERS_HOME / "node_modules").is_dir() and CHROMIUM and shutil.which("node")
    return bool(present) or bool(os.environ.get("CI"))


def looked_at(wishes: list[dict[str, object]]) -> list[dict[str, Any]]:
    """What a browser measures of documents; tests/browser.mjs says what wishes and measures are."""
    order = {"puppeteer": str(CHECKERS_HOME), "browser": CHROMIUM, "wishes": wishes}
    run = subprocess.run(
        ["node", _BROWSER],
        input=json.dumps(order),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    measures: list[dict[str, Any]] = json.loads(run.stdout)
    return measures


def _running(element: etree._Element) -> Iterator[str]:
    for node in element.iter(etree.Comment, "*"):
        assert node.tag is not etree.Comment, "no comments are written"
    yield from _words_below(element)


def _words_below(element: etree._Element) -> Iterator[str]:
    tag = etree.QName(element).localname
    is_aside = tag in ("rt", "aside") or element.get(EPUB_TYPE) == "noteref"
    if not is_aside:
        yield from _own_words(element, tag)
    yield element.tail or ""


def _own_words(element: etree._Element, tag: str) -> Iterator[str]:
    parent = element.getparent()
    if tag == "li" and parent is not None:
        yield _list_mark(element, parent)
    yield element.text or ""
    for child in element:
        yield from _words_below(child)


def _list_mark(item: etree._Element, listing: etree._Element) -> str:
    if etree.QName(listing).localname == "ul":
        return "•"
    return f"{int(listing.get('start', '1')) + listing.index(item)}."
