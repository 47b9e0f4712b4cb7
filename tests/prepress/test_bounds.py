"""PDFs made to fill a machine: refused in time, in memory, and with a word that says why."""

from __future__ import annotations

import io
import resource
import subprocess
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import pikepdf.settings
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from publisher.ground.places import Place
from publisher.prepress.bounds import MOST_PAGES, bounded
from publisher.prepress.preflight import preflight
from tests.prepress.sound import good
from tests.reading import COMMAND, ROOT, environment

GIGABYTE = 1 << 30
# What a command may take: seconds of the processor, and bytes of memory in all its libraries.
SECONDS, MEMORY = 60, 3 << 30
DAMAGED = "no PDF that can be read"
TOO_MUCH = "too large or too deep"


@cache
def zeros() -> bytes:
    """A gigabyte of zeros, packed into a megabyte."""
    packing = zlib.compressobj(9)
    piece = bytes(1 << 20)
    parts = [packing.compress(piece) for _ in range(GIGABYTE >> 20)]
    return b"".join(parts) + packing.flush()


def one_page() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 600))
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, compress_streams=False, fix_metadata_version=False)
    return buffer.getvalue()


def packed(pdf: pikepdf.Pdf, content: bytes, **rows: object) -> pikepdf.Object:
    """A stream of bytes that are packed already."""
    stream = Stream(pdf, content)
    for key, value in {"Filter": Name.FlateDecode, **rows}.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def drawn(content: Callable[[pikepdf.Pdf], pikepdf.Object]) -> bytes:
    """A page that is drawn by a content."""
    pdf = one_page()
    pdf.pages[0].obj.Contents = content(pdf)
    return saved(pdf)


def packed_twice() -> bytes:
    both = Array([Name.FlateDecode, Name.FlateDecode])
    return drawn(lambda pdf: packed(pdf, zlib.compress(zeros(), 9), Filter=both))


def repeated() -> bytes:
    lines = zlib.compress(b"0 0 1 1 re f\n" * 1_000_000, 9)
    return drawn(lambda pdf: Array([packed(pdf, lines)] * 1000))


def object_stream() -> bytes:
    """The catalogue in a stream of objects that unpacks to a gigabyte of blanks."""
    packing = zlib.compressobj(9)
    parts = [packing.compress(b"1 0 <</Type/Catalog/Pages 2 0 R>>")]
    parts += [packing.compress(b" " * (1 << 20)) for _ in range(GIGABYTE >> 20)]
    content = b"".join(parts) + packing.flush()
    rows = [
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]>>\nendobj\n",
        b"4 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream\n"
        b"endobj\n" % (len(content), content),
    ]
    return _indexed(rows)


def _indexed(rows: list[bytes]) -> bytes:
    """Objects 2, 3, 4 and an index for them that says that object 1 is in the fourth."""
    body, places = b"%PDF-1.5\n", []
    for row in rows:
        places.append(len(body))
        body += row
    places.append(len(body))
    entries = [(0, 0), (2, 4), *((1, place) for place in places)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + b"\0" for kind, place in entries)
    head = b"5 0 obj\n<</Type/XRef/W[1 4 1]/Size 6/Root 1 0 R/Length %d>>stream\n" % len(table)
    return body + head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % places[-1]


def hidden_form() -> bytes:
    pdf = one_page()
    form = packed(pdf, zeros(), Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/#46 Do")
    return saved(pdf)


def within(depth: int, count: int) -> bytes:
    """Drawings within drawings, each of which shows the next some times."""
    pdf = one_page()
    inner = _form(pdf, b"0 0 1 1 re f")
    for _ in range(depth):
        outer = _form(pdf, b"/F Do " * count)
        outer.Resources = Dictionary(XObject=Dictionary(F=inner))
        inner = outer
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=inner))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do")
    return saved(pdf)


def _form(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    box = Array([0, 0, 9, 9])
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box)


def page_loop() -> bytes:
    pdf = one_page()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    return saved(pdf)


def many_pages(count: int) -> bytes:
    pdf = one_page()
    page = pdf.pages[0].obj
    kids = [pdf.make_indirect(Dictionary(page)) for _ in range(count)]
    pdf.Root.Pages.Kids = Array(kids)
    pdf.Root.Pages.Count = count
    return saved(pdf)


def nested(opening: bytes, closing: bytes, count: int = 200_000) -> bytes:
    pdf = one_page()
    pdf.pages[0].obj.Nest = Name("/Nest-here")
    return saved(pdf).replace(b"/Nest-here", opening * count + b" 0 " + closing * count)


def deep_metadata() -> bytes:
    pdf = one_page()
    pdf.Root.Metadata = packed(pdf, zlib.compress(b"<a>" * 2_000_000, 9))
    return saved(pdf)


def lzw() -> bytes:
    return drawn(lambda pdf: packed(pdf, b"\x80\x0b\x60\x50" * 100_000, Filter=Name.LZWDecode))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zeros": (lambda: drawn(lambda pdf: packed(pdf, zeros())), TOO_MUCH),
    "packed twice": (packed_twice, TOO_MUCH),
    "LZW": (lzw, TOO_MUCH),
    "one content a thousand times": (repeated, TOO_MUCH),
    "object stream": (object_stream, DAMAGED),
    "form by another name": (hidden_form, TOO_MUCH),
    "ten to the twelfth drawings": (lambda: within(12, 10), TOO_MUCH),
    "drawings three thousand deep": (lambda: within(3000, 1), TOO_MUCH),
    "names without an operator": (
        lambda: drawn(lambda pdf: pdf.make_stream(b"/a" * 10_000_000)),
        TOO_MUCH,
    ),
    "loop of pages": (page_loop, DAMAGED),
    "pages": (lambda: many_pages(100_000), "100000 pages"),
    "nested arrays": (lambda: nested(b"[", b"]"), TOO_MUCH),
    "nested dictionaries": (lambda: nested(b"<</A", b">>"), TOO_MUCH),
    "deep metadata": (deep_metadata, TOO_MUCH),
}


@cache
def made(name: str) -> bytes:
    return HOSTILE[name][0]()


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize("command", [("preflight",), ("check", "--pdf")], ids=" ".join)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_fill_a_machine_is_refused(
    name: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "hostile.pdf"
    file.write_bytes(made(name))
    run = subprocess.run(
        [*COMMAND, *command, str(file)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=_limited,
        check=False,
    )
    assert run.returncode == 2, run.stderr
    assert run.stderr.startswith(f"error: {file}: ")
    assert HOSTILE[name][1] in run.stderr


def test_a_good_file_is_read_whole() -> None:
    with bounded(good(), Place("good.pdf")) as pdf:
        assert len(pdf.pages) > 0


def test_as_many_pages_as_may_be_are_read() -> None:
    assert preflight(many_pages(MOST_PAGES), "long.pdf").pages == MOST_PAGES


def test_the_bounds_are_those_of_the_reading_alone() -> None:
    before = pikepdf.settings.get_qpdf_limits()
    with bounded(good(), Place("good.pdf")):
        assert pikepdf.settings.get_qpdf_limits() != before
    assert pikepdf.settings.get_qpdf_limits() == before
