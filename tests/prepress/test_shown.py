"""What a PDF shows, read from its operators: every character that another reader finds there."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

from publisher.library.pages import read_pages
from publisher.prepress.shown import Reader, characters
from tests.reading import declaration, sample

PDFS = [row["name"] for row in declaration()["output"] if not row["format"].startswith("epub")]  # type: ignore[attr-defined]


def seen(content: bytes) -> Iterator[str]:
    """What pdfium reads on each page; it has signs of its own for a hyphen at a line's end."""
    for page in pypdfium2.PdfDocument(content):
        yield page.get_textpage().get_text_range().replace("\ufffe", "-").replace("\x02", "-")


def counted(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKC", text).split()))


@pytest.mark.parametrize("output", PDFS)
def test_every_page_of_the_sample_shows_what_pdfium_reads(output: str) -> None:
    content = sample(output)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = list(zip(read_pages(pdf).texts, seen(content), strict=True))
    assert any(text for text, _ in pages)
    assert [counted(text) for text, _ in pages] == [counted(text) for _, text in pages]


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        yield made


def font(pdf: pikepdf.Pdf, table: bytes, kind: str = "/Type0") -> pikepdf.Object:
    rows = Dictionary(Type=Name.Font, Subtype=Name(kind), ToUnicode=pdf.make_stream(table))
    return pdf.make_indirect(rows)


def chars(*pairs: tuple[str, str]) -> bytes:
    rows = "".join(f"<{code}> <{text.encode('utf-16-be').hex()}>\n" for code, text in pairs)
    return f"{len(pairs)} beginbfchar\n{rows}endbfchar\n".encode()


def drawing(pdf: pikepdf.Pdf, drawn: bytes, **resources: Dictionary) -> pikepdf.Object:
    return pdf.make_stream(drawn, Subtype=Name.Form, Resources=Dictionary(**resources))


def test_a_font_is_that_of_the_state_it_was_chosen_in(pdf: pikepdf.Pdf) -> None:
    one, other = font(pdf, chars(("0001", "甲"))), font(pdf, chars(("0001", "乙")))
    drawn = b"/A 9 Tf <0001> Tj q /B 9 Tf [<0001> -20 <0001>] TJ Q <0001> ' 0 0 <0001> \""
    stream = drawing(pdf, drawn, Font=Dictionary(A=one, B=other))
    assert Reader().text(stream) == "甲乙乙甲甲"


def test_what_is_placed_is_read_where_it_is_placed_each_time(pdf: pikepdf.Pdf) -> None:
    fonts = Dictionary(A=font(pdf, chars(("0001", "𠮷"), ("0002", "ffi"))))
    inner = drawing(pdf, b"BT /A 9 Tf <0001> Tj ET", Font=fonts)
    picture = pdf.make_stream(b"", Subtype=Name.Image)
    placed = Dictionary(I=inner, P=picture)
    outer = drawing(pdf, b"/I Do BT /A 9 Tf <0002> Tj ET /P Do /I Do", Font=fonts, XObject=placed)
    assert Reader().text(outer) == "𠮷ffi𠮷"


def test_a_drawing_that_places_itself_comes_to_an_end(pdf: pikepdf.Pdf) -> None:
    fonts = Dictionary(A=font(pdf, chars(("0001", "甲"))))
    stream = pdf.make_indirect(drawing(pdf, b"/A 9 Tf <0001> Tj /S Do", Font=fonts))
    stream.Resources.XObject = Dictionary(S=stream)
    assert Reader().text(stream).startswith("甲")


def test_drawings_within_a_thousand_drawings_do_no_harm(pdf: pikepdf.Pdf) -> None:
    fonts = Dictionary(A=font(pdf, chars(("0001", "甲"))))
    stream = drawing(pdf, b"/A 9 Tf <0001> Tj", Font=fonts)
    for _ in range(1000):
        placed = Dictionary(I=stream)
        stream = drawing(pdf, b"/A 9 Tf <0001> Tj /I Do", Font=fonts, XObject=placed)
    assert set(Reader().text(stream)) == {"甲"}


def test_codes_without_a_table_stand_for_themselves_and_unknown_ones_for_nothing(
    pdf: pikepdf.Pdf,
) -> None:
    plain = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1))
    known = font(pdf, chars(("41", "甲")), "/Type3")
    fonts = Dictionary(P=plain, K=known)
    assert Reader().text(drawing(pdf, b"/P 9 Tf (Ab) Tj /K 9 Tf (AB) Tj", Font=fonts)) == "Ab甲"


def test_a_table_of_ranges_gives_every_character_of_them(pdf: pikepdf.Pdf) -> None:
    table = b"2 beginbfrange\n<0001> <0003> <0061>\n<0010> <0011> [<4E00> <4E01>]\nendbfrange\n"
    found = characters(font(pdf, table + chars(("0020", "甲"))))
    assert found == {1: "a", 2: "b", 3: "c", 16: "一", 17: "丁", 32: "甲"}
