"""The file for a printing house, read back with pikepdf and pdfium."""

from __future__ import annotations

import io
import re
import shutil
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from publisher.formats.job import Job
from publisher.ground.errors import PublisherError
from publisher.prepress.preflight import preflight
from publisher.press.build import build
from publisher.press.planning import plan
from tests.reading import ESSAYS, Pdf, dense, essay_words, temporary_folder

MM = 72 / 25.4
OUTPUTS = """
[[output]]
name = "print"
format = "print"
page = "小32开"

[[output]]
name = "unmarked"
format = "print"
page = "A5"
options = { cover = true, marks = false }
"""
PRINTED = """
[[printing]]
date = "2020-06"
copies = 300

[[printing]]
date = "2021-03"
edition = 2
number = 3

[imprint]
printer = "砻渡印刷厂"
price = "赠阅"
"""
XMP = {"pdfxid": "http://www.npes.org/pdfx/ns/id/", "xmp": "http://ns.adobe.com/xap/1.0/"}


def collection(folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    shutil.copytree(ESSAYS, folder, ignore=shutil.ignore_patterns("dist"))
    declaration = folder / "collection.toml"
    text = declaration.read_text(encoding="utf-8").replace(*change)
    declaration.write_text(text + OUTPUTS, encoding="utf-8")
    return folder


@cache
def made(output: str) -> bytes:
    folder = collection(temporary_folder() / output)
    return build(folder, outputs=(output,)).artefacts[0].content


@cache
def job(output: str) -> Job:
    return plan(collection(temporary_folder() / f"{output}-job"), (output,))[1][0]


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(edge) / MM for edge in page.obj[name]]


def test_boxes_lie_around_each_other() -> None:
    with pikepdf.open(io.BytesIO(made("print"))) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = box(page, "/TrimBox")
            assert (right - left, top - bottom) == pytest.approx((130, 184), abs=0.01)
            assert box(page, "/BleedBox") == pytest.approx(
                [left - 3, bottom - 3, right + 3, top + 3], abs=0.01
            )
            media = box(page, "/MediaBox")
            assert media[:2] == [0, 0]
            assert media[2:] == pytest.approx([right + 11, top + 11], abs=0.01)


def test_without_marks_the_sheet_ends_with_the_bleed() -> None:
    with pikepdf.open(io.BytesIO(made("unmarked"))) as pdf:
        page = pdf.pages[0]
        assert box(page, "/MediaBox") == pytest.approx(box(page, "/BleedBox"))
        assert box(page, "/MediaBox")[2:] == pytest.approx([154, 216], abs=0.01)


def test_the_ground_of_the_cover_fills_the_bleed() -> None:
    page = pypdfium2.PdfDocument(made("unmarked"))[0]
    picture: Image.Image = page.render(scale=1).to_pil().convert("RGB")
    corners = [(1, 1), (picture.width - 2, 1), (1, picture.height - 2)]
    assert len({picture.getpixel(corner) for corner in corners}) == 1
    assert picture.getpixel(corners[0]) != (255, 255, 255)


def test_crop_marks_stand_outside_the_bleed_and_on_the_lines_of_the_cut() -> None:
    page = pypdfium2.PdfDocument(made("print"))[1]
    scale = 4
    picture = page.render(scale=scale).to_pil().convert("L")
    line = round(11 * MM * scale)
    band = range(line - 3, line + 4)
    assert min(picture.getpixel((x, round(5 * MM * scale))) for x in band) < 128
    bleed = round(9.5 * MM * scale)
    assert min(picture.getpixel((x, bleed)) for x in band) == 255


def test_every_essay_is_in_it_in_order() -> None:
    text = dense("".join(leaf.text() for leaf in Pdf(made("print")).leaves))
    starts = [text.index(essay_words(it)[:20]) for it in job("print").book.collection.essays()]
    assert starts == sorted(starts)


def test_black_words_are_printed_in_black_alone() -> None:
    with pikepdf.open(io.BytesIO(made("print"))) as pdf:
        for page in pdf.pages:
            content = page.obj.Contents.read_bytes()
            for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg\b", content):
                parts = float(red), float(green), float(blue)
                assert max(parts) - min(parts) > 0.07 or min(parts) > 0.6


def test_it_declares_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(made("print"))) as pdf:
        assert pdf.pdf_version == "1.6"
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert intent.DestOutputProfile.read_bytes()[12:20] == b"prtrCMYK"
        assert pdf.docinfo["/Trapped"] == "/False"
        xmp = etree.fromstring(pdf.Root.Metadata.read_bytes())
        version = xmp.find(".//pdfxid:GTS_PDFXVersion", XMP)
        created = xmp.find(".//xmp:CreateDate", XMP)
        assert version is not None
        assert version.text == "PDF/X-4"
        assert created is not None
        assert created.text == "2020-06-01T00:00:00Z"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20200601000000")


def test_nothing_in_it_is_for_screens() -> None:
    with pikepdf.open(io.BytesIO(made("print"))) as pdf:
        assert not {"/Outlines", "/Names", "/StructTreeRoot", "/MarkInfo"} & set(pdf.Root.keys())
        assert not any("/Annots" in page.obj for page in pdf.pages)


def test_red_green_and_blue_are_named_as_srgb_wherever_they_may_stand() -> None:
    with pikepdf.open(io.BytesIO(made("print"))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Resources" in item:
                assert "/DefaultRGB" in item.Resources.ColorSpace


def test_the_same_book_is_the_same_file() -> None:
    again = build(collection(temporary_folder() / "again"), outputs=("print",)).artefacts[0]
    assert again.content == made("print")


def test_a_book_without_a_date_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = collection(tmp_path / "undated", ('date = "2020-06-01"', ""))
    with pytest.raises(PublisherError) as refused:
        build(folder, outputs=("print",))
    assert refused.value.faults[0].at.key == "date"


def test_the_imprint_page_tells_printings_and_sheets() -> None:
    folder = collection(temporary_folder() / "imprint", ("[imprint]", PRINTED))
    content = build(folder, outputs=("print",)).artefacts[0].content
    leaves = Pdf(content).leaves
    page = dense(next(leaf for leaf in leaves if "印张" in dense(leaf.text())).text())
    assert "印刷砻渡印刷厂" in page
    assert "版次2020年6月第1版第1次印刷，300册2021年3月第2版第3次印刷" in page
    assert f"印张{len(leaves) / 32:g}" in page
    assert "定价赠阅" in page


def test_a_book_that_is_not_printed_tells_no_sheets() -> None:
    assert not any("印张" in dense(leaf.text()) for leaf in Pdf(made("print")).leaves)


# Preflight ---------------------------------------------------------------------------------------


def test_the_facts_are_those_that_a_shop_asks_for() -> None:
    found = preflight(made("print"), "x.pdf")
    pages = len(pypdfium2.PdfDocument(made("print")))
    assert (found.trim.name, found.bleed, found.pages) == ("小32开", 3.0, pages)
    assert found.sheets == pages / 32
    assert (found.standard, found.intent) == ("PDF/X-4", "FOGRA39")
    assert found.fonts
    assert all(is_embedded for _, is_embedded in found.fonts)
    assert found.notices == ()


def test_a_file_for_screens_is_told_apart() -> None:
    folder = collection(temporary_folder() / "screen")
    screen = build(folder, outputs=("screen-hans",)).artefacts[0].content
    assert {it.code for it in preflight(screen, "x.pdf").notices} == {"print-bleed", "print-intent"}


def test_a_coarse_picture_is_found_with_its_page() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(400, 400))
        image = pdf.make_stream(
            bytes(100 * 100),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=100,
            Height=100,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceGray,
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.obj.Contents = pdf.make_stream(b"q 72 0 0 36 0 0 cm /I Do Q")
        buffer = io.BytesIO()
        pdf.save(buffer)
    found = preflight(buffer.getvalue(), "x.pdf")
    assert (found.pictures, found.coarsest, found.coloured) == (1, 100, 0)
    assert "print-coarse" in {it.code for it in found.notices}


def test_a_font_that_is_missing_is_named() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(b"BT /F 12 Tf (a) Tj ET 1 0 0 rg")
        buffer = io.BytesIO()
        pdf.save(buffer)
    found = preflight(buffer.getvalue(), "x.pdf")
    assert found.fonts == (("Helvetica", False),)
    assert found.coloured == 1
    assert "print-font" in {it.code for it in found.notices}


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(PublisherError):
        preflight(b"no pdf", "x.pdf")


# Files of other makers ---------------------------------------------------------------------------


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def test_a_blank_page_and_a_unit_of_its_own_are_measured() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595.276 / 2, 841.89 / 2))
        del pdf.pages[0].obj["/Contents"]
        pdf.pages[0].obj.UserUnit = 2
        assert str(preflight(saved(pdf), "x.pdf").trim) == "A4 (210 × 297 mm)"


def test_a_drawing_that_draws_itself_is_looked_at_once() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        form = pdf.make_stream(
            b"/F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
        )
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        page.obj.Contents = pdf.make_stream(b"/F Do")
        assert preflight(saved(pdf), "x.pdf").coloured == 0


@pytest.mark.parametrize("ruin", ["locked", "empty", "flat"])
def test_a_pdf_that_is_none_to_print_is_refused(ruin: str) -> None:
    with pikepdf.new() as pdf:
        if ruin != "empty":
            pdf.add_blank_page()
        if ruin == "flat":
            pdf.pages[0].obj.MediaBox = [0, 0, 0, 0]
        own = {"encryption": pikepdf.Encryption(owner="a", user="b")} if ruin == "locked" else {}
        content = saved(pdf, **own)
    with pytest.raises(PublisherError) as refused:
        preflight(content, "x.pdf")
    assert "0x" not in str(refused.value)
