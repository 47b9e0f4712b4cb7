"""Image files, read once and proven sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import FaultsOf
from drawing import claiming_png, picture_bytes

from publisher.editorial.pictures import read_picture, require_picture
from publisher.ground.places import Place

AT = Place("a.md", 3)
SVG = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_a_raster_picture_is_known_by_its_bytes_and_keeps_them(kind: str, media_type: str) -> None:
    content = picture_bytes(kind)
    picture = read_picture("misnamed.bin", content, AT)
    assert (picture.media_type, picture.width, picture.height) == (media_type, 6, 4)
    assert picture.content == content


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="10mm" height="1in" viewBox="0 0 9 9"', (38, 96)),
        ('viewBox="0 0 120 80"', (120, 80)),
        ('viewBox="-1,-2,1.5e2,80"', (150, 80)),
        ('width="100%" height="100%" viewBox="0 0 12 8"', (12, 8)),
        ("", (300, 150)),
    ],
)
def test_the_size_of_an_svg_is_in_css_pixels(attributes: str, size: tuple[int, int]) -> None:
    picture = read_picture("a.svg", f"<svg {SVG} {attributes}/>".encode(), AT)
    assert picture.media_type == "image/svg+xml"
    assert (picture.width, picture.height) == size


@pytest.mark.parametrize(
    "attributes",
    ['width="1.2.3"', f'width="{"9" * 400}"'],
    ids=["a length with two points", "a length past counting"],
)
def test_a_size_that_is_no_number_does_not_break_the_reader(attributes: str) -> None:
    picture = read_picture("a.svg", f"<svg {SVG} {attributes}/>".encode(), AT)
    assert picture.width >= 1
    assert picture.height >= 1


@pytest.mark.parametrize("box", ["0 0 1.2.3 4", "0 0 . .", "a b c d", "0 0 1", ""])
def test_a_view_box_that_is_not_four_numbers_is_refused(box: str, faults_of: FaultsOf) -> None:
    svg = f'<svg {SVG} viewBox="{box}"/>'.encode()
    (fault,) = faults_of(lambda: read_picture("a.svg", svg, AT))
    assert "four numbers" in str(fault.message)


@pytest.mark.parametrize(
    "inner",
    [
        '<rect fill="url(#g)"/>',
        "<rect fill=\"url('#g')\"/>",
        '<rect style="fill: url( #g )"/>',
        f'<use {XLINK} xlink:href="#g"/>',
        "<style>rect { fill: url('#g') }</style>",
        "<!-- http://example.org -->",
    ],
)
def test_an_svg_that_points_into_itself_is_sound(inner: str) -> None:
    content = f'<svg {SVG}><g id="g"/>{inner}</svg>'.encode()
    assert read_picture("a.svg", content, AT).content == content


@pytest.mark.parametrize(
    "inner",
    [
        "<script>x()</script>",
        '<rect onclick="x()"/>',
        '<a href="https://example.org/"/>',
        f'<use {XLINK} xlink:href="other.svg#a"/>',
        '<image href="data:image/png;base64,AA=="/>',
        "<foreignObject/>",
        "<style>@import 'a.css';</style>",
        "<style>rect { fill: url(https://example.org/a.svg#g) }</style>",
        "<style>a{}<!-- x -->@import url(a.css);</style>",
        r"<style>rect { fill: u\72l(https://example.org/a) }</style>",
        '<rect style="fill: url(a.svg#g)"/>',
        '<rect fill="url(https://example.org/a.svg#g)"/>',
        '<g xml:base="https://example.org/"/>',
        '<set attributeName="href" to="https://example.org/"/>',
        "<?xml-stylesheet href='a.css'?>",
    ],
)
def test_an_svg_that_runs_or_reaches_is_refused(inner: str, faults_of: FaultsOf) -> None:
    content = f"<svg {SVG}>{inner}</svg>".encode()
    (fault,) = faults_of(lambda: read_picture("a.svg", content, AT))
    assert fault.at == AT
    assert "reaches outside itself" in str(fault.message)
    assert "plain SVG" in str(fault.hint)


def test_a_style_sheet_named_before_the_root_is_refused(faults_of: FaultsOf) -> None:
    content = f"<?xml-stylesheet href='https://example.org/a.css'?><svg {SVG}/>".encode()
    assert faults_of(lambda: read_picture("a.svg", content, AT))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_svg_with_a_doctype_is_refused_in_every_encoding(
    encoding: str, faults_of: FaultsOf
) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE svg [<!ENTITY a "雪">]>'
    content = f"{head}<svg {SVG}><text>&a;</text></svg>".encode(encoding)
    (fault,) = faults_of(lambda: read_picture("a.svg", content, AT))
    assert "DOCTYPE" in str(fault.message)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"words",
        picture_bytes("PNG")[:-30],
        picture_bytes("BMP"),
        b"<html/>",
        b"<svg",
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["nothing", "words", "half a PNG", "a BMP", "HTML", "half an SVG", "no SVG", "a signature"],
)
def test_a_picture_that_cannot_be_shown_is_refused(content: bytes, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: read_picture("雪.png", content, AT))
    assert fault.at == AT
    assert '"雪.png" cannot be decoded' in str(fault.message)
    assert "PNG, JPEG or SVG" in str(fault.hint)


@pytest.mark.parametrize(("side", "millions"), [(30_000, "900"), (10_500, "110")])
def test_a_small_file_that_claims_too_many_pixels_is_refused_by_their_number(
    side: int, millions: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: read_picture("a.png", claiming_png(side, side), AT))
    assert f"{millions} million pixels" in str(fault.message)
    assert "100 million" in str(fault.hint)


def test_a_picture_just_below_the_limit_is_looked_at_without_a_warning(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: read_picture("a.png", claiming_png(9_800, 9_800), AT))
    assert "cannot be decoded" in str(fault.message)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    (folder / "图").mkdir(parents=True)
    (folder / "图" / "雪 1.png").write_bytes(b"x")
    (tmp_path / "secret.png").write_bytes(b"x")
    return folder


def test_a_picture_of_the_collection_passes(root: Path) -> None:
    assert (root / "图/雪 1.png").is_file()
    require_picture("图/雪 1.png", root, AT)


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("图/雨.png", "is missing", "图/雨.png"),
        ("图", "is missing", "图"),
        (".", "is missing", "looked for"),
        ("a\0.png", "is missing", ""),
        ("雪" * 200 + ".png", "is missing", ""),
        ("../secret.png", "lies outside the collection", "move it"),
        ("/etc/hostname", "lies outside the collection", "move it"),
        ("https://example.org/a.png", "is not in the collection", "save it beside the essays"),
        ("//example.org/a.png", "is not in the collection", "save it beside the essays"),
        ("//[", "is not in the collection", "save it beside the essays"),
        ("data:image/png;base64,AA==", "is not in the collection", "save it"),
    ],
)
def test_a_path_that_names_no_picture_of_the_collection_is_refused(
    path: str, message: str, hint: str, root: Path, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: require_picture(path, root, AT))
    assert fault.at == AT
    assert message in str(fault.message)
    assert hint in str(fault.hint)


def test_a_link_that_leads_out_of_the_collection_is_refused(
    root: Path, faults_of: FaultsOf
) -> None:
    (root / "way.png").symlink_to(root.parent / "secret.png")
    (fault,) = faults_of(lambda: require_picture("way.png", root, AT))
    assert "outside" in str(fault.message)
