"""The gate for files to keep: a good file passes, and each rule finds the fault it is for."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publisher.prepress.archival import archival
from publisher.prepress.validity.registry import RULES, findings
from tests.prepress.sound import ESSAY, IDENTITY, good
from tests.reading import ROOT

Fault = Callable[[pikepdf.Pdf], object]


def spoilt(fault: Fault) -> bytes:
    with pikepdf.open(io.BytesIO(good())) as pdf:
        fault(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer, fix_metadata_version=False)
    return buffer.getvalue()


def codes(content: bytes) -> set[str]:
    return {finding.code for finding in findings(content)}


def _packet(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    content = pdf.Root.Metadata.read_bytes()
    assert old in content
    pdf.Root.Metadata.write(content.replace(old, new))


def _element(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(it for it in pdf.objects if isinstance(it, Dictionary) and it.get("/S") == kind)


def _link(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(page.obj.Annots[0] for page in pdf.pages if "/Annots" in page.obj)


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(it for it in pdf.objects if isinstance(it, Dictionary) and "/ToUnicode" in it)


def _image(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(
        it for it in pdf.objects
        if isinstance(it, pikepdf.Stream) and it.get("/Subtype") == Name.Image
    )  # fmt: skip


def _filespec(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(
        it for it in pdf.objects if isinstance(it, Dictionary) and it.get("/Type") == Name.Filespec
    )


def _append(pdf: pikepdf.Pdf, drawn: bytes) -> None:
    pdf.pages[0].contents_add(drawn)


def _form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(
        b"/P <</MCID 0>> BDC EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1])
    )
    pdf.pages[0].obj.Resources.XObject[Name("/Loose")] = form


def _private(pdf: pikepdf.Pdf) -> None:
    table = b"1 beginbfchar\n<0001> <E000>\nendbfchar\n"
    _font(pdf).ToUnicode.write(table)


def _no_glyph(pdf: pikepdf.Pdf) -> None:
    name = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    _append(pdf, b"/Artifact BMC BT %b 1 Tf <0000> Tj ET EMC" % name.encode())


def _ids(pdf: pikepdf.Pdf) -> None:
    del pdf.trailer["/ID"]


FAULTS: dict[str, Fault] = {
    "pdf-metadata": lambda pdf: pdf.Root.Metadata.write(b"<broken"),
    "pdf-undeclared": lambda pdf: _packet(pdf, b"conformance>A<", b"conformance>B<"),
    "pdf-access-undeclared": lambda pdf: _packet(pdf, b"<pdfuaid:part>1<", b"<pdfuaid:part>2<"),
    "pdf-untitled": lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"),
    "pdf-contradiction": lambda pdf: _packet(pdf, "三页".encode(), "四页".encode()),
    "pdf-language": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "pdf-colours": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "pdf-actions": lambda pdf: setattr(
        pdf.Root, "OpenAction", pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))
    ),
    "pdf-sources": lambda pdf: _filespec(pdf).__delitem__("/AFRelationship"),
    "pdf-font": lambda pdf: _font(pdf).DescendantFonts[0].__delitem__("/FontDescriptor"),
    "pdf-font-unreadable": lambda pdf: _font(pdf).__delitem__("/ToUnicode"),
    "pdf-private": _private,
    "pdf-glyph": _no_glyph,
    "pdf-smoothed": lambda pdf: setattr(_image(pdf), "Interpolate", True),
    "pdf-ink-picture": lambda pdf: setattr(_image(pdf), "ColorSpace", Name.DeviceCMYK),
    "pdf-ink": lambda pdf: _append(pdf, b"0 0 0 1 k"),
    "pdf-loose-words": lambda pdf: _append(pdf, b"BT <0041> Tj ET"),
    "pdf-drawing-tags": _form,
    "pdf-untagged": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
    "pdf-heading-skips": lambda pdf: setattr(_element(pdf, "/H2"), "S", Name.H4),
    "pdf-alt": lambda pdf: _element(pdf, "/Figure").__delitem__("/Alt"),
    "pdf-link-alt": lambda pdf: _link(pdf).__delitem__("/Contents"),
    "pdf-unprinted": lambda pdf: setattr(_link(pdf), "F", 0),
    "pdf-loose-link": lambda pdf: _link(pdf).__delitem__("/StructParent"),
    "pdf-tab-order": lambda pdf: next(
        page.obj for page in pdf.pages if "/Annots" in page.obj
    ).__delitem__("/Tabs"),
}


def _qdf() -> bytes:
    with pikepdf.open(io.BytesIO(good())) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


def _encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(good())) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user=""))
    return buffer.getvalue()


# What pikepdf mends by itself when it saves or opens is spoilt in the bytes.
BYTES: dict[str, Callable[[], bytes]] = {
    "pdf-damaged": lambda: _qdf().replace(b"startxref\n", b"startxref\n9"),
    "pdf-nameless": lambda: _qdf().replace(b"/ID [", b"/IX ["),
    "pdf-locked": _encrypted,
}


def test_a_good_file_passes() -> None:
    assert findings(good()) == ()


@pytest.mark.parametrize("code", FAULTS)
def test_each_rule_finds_its_fault(code: str) -> None:
    assert code in codes(spoilt(FAULTS[code]))


@pytest.mark.parametrize("code", BYTES)
def test_each_rule_finds_its_fault_in_the_bytes(code: str) -> None:
    assert code in codes(BYTES[code]())


def test_every_rule_has_a_fault_that_it_finds() -> None:
    assert {rule.code for rule in RULES} == {*FAULTS, *BYTES}


def test_every_rule_is_told_in_the_docs() -> None:
    text = (ROOT / "docs/archival.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| `{rule.code}` | {rule.clause} |" in text


def _off_its_page(pdf: pikepdf.Pdf) -> None:
    """An annotation without a tag, as a signature that is not shown."""
    page = next(it for it in pdf.objects if isinstance(it, Dictionary) and "/Annots" in it)
    far = [-9, -9, -9, -9]
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, F=4, P=page, Rect=far)
    page.Annots.append(pdf.make_indirect(note))


def test_an_annotation_that_lies_off_its_page_needs_no_tag() -> None:
    assert "pdf-loose-link" not in codes(spoilt(_off_its_page))

    def moved(pdf: pikepdf.Pdf) -> None:
        _off_its_page(pdf)
        next(it for it in pdf.pages if "/Annots" in it.obj).obj.Annots[-1].Rect = [9, 9, 19, 19]

    assert "pdf-loose-link" in codes(spoilt(moved))


def test_the_sources_come_out_as_they_went_in() -> None:
    with pikepdf.open(io.BytesIO(good())) as pdf:
        (name,) = pdf.attachments
        assert name == "collection/one.md"
        assert pdf.attachments[name].get_file().read_bytes() == ESSAY.encode()


def test_the_same_file_is_made_again(tmp_path: Path) -> None:
    assert archival(good(), IDENTITY, ()) == archival(good(), IDENTITY, ())
