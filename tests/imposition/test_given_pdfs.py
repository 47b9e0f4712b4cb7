"""PDFs of other makers: boxes, rotation, units, layers, forms; and those that cannot be used.

A page's word stands at AT from the lower left corner of the finished page as it is read.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from publisher.formats.imposed import Imposed, imposed
from publisher.formats.orders import Order, order_of
from publisher.ground.errors import PublisherError, Remedy
from publisher.ground.places import Place
from tests.imposition.folding import Printed
from tests.imposition.printed import AT, PT, add_page, numbered, papers, saved

FILE = Place("given.pdf")
A5 = (148.0, 210.0)
NEAR = 0.1 / PT


def order(**options: object) -> Order:
    return order_of({"sheet": "SRA3", "turn": "short", **options}, lambda key: Place(key=key))


def box(*edges: float) -> pikepdf.Array:
    """A box of a page, of lengths in mm."""
    return pikepdf.Array([round(edge * PT, 4) for edge in edges])


def four_pages(media: Sequence[float], at: tuple[float, float], **more: object) -> bytes:
    """Four pages alike: a media box in mm, a word at a point of its coordinates, other entries."""
    with pikepdf.new() as pdf:
        for number in range(1, 5):
            add_page(pdf, f"n{number}.", [edge * PT for edge in media], at, **more)
        return saved(pdf)


def first_page(made: Imposed) -> Printed:
    """Where the number of the first page stands: on the right half of the first front."""
    (one,) = (printed for printed in papers(made.content)[0].front if printed.number == 1)
    return one


def require_a5_in_place(made: Imposed, at: tuple[float, float] = AT) -> None:
    """The first page is an A5 page on the right of the fold of the first sheet."""
    assert made.imposition.page.width == pytest.approx(A5[0], abs=0.01)
    assert made.imposition.page.height == pytest.approx(A5[1], abs=0.01)
    paper = papers(made.content)[0]
    one = first_page(made)
    assert one.x - paper.width / 2 == pytest.approx(at[0], abs=NEAR)
    assert one.y - (paper.height - A5[1]) / 2 == pytest.approx(at[1], abs=NEAR)


def test_a_page_box_that_does_not_begin_at_zero_is_honoured() -> None:
    content = four_pages((-20, 35, 128, 245), (AT[0] - 20, AT[1] + 35))
    require_a5_in_place(imposed(content, order(), FILE))


def test_a_box_written_from_the_wrong_corner_is_honoured() -> None:
    content = four_pages((148, 210, 0, 0), AT)
    require_a5_in_place(imposed(content, order(), FILE))


def test_a_page_is_cut_at_its_crop_box() -> None:
    content = four_pages((0, 0, 200, 300), (AT[0] + 11, AT[1] + 22), CropBox=box(11, 22, 159, 232))
    require_a5_in_place(imposed(content, order(), FILE))


def test_a_page_is_cut_at_its_trim_box_and_keeps_its_bleed() -> None:
    content = four_pages(
        (0, 0, 168, 230), (AT[0] + 10, AT[1] + 10),
        TrimBox=box(10, 10, 158, 220), BleedBox=box(7, 7, 161, 223),
    )  # fmt: skip
    made = imposed(content, order(), FILE)
    require_a5_in_place(made)
    (left, right) = made.imposition.sheets[0].front.places
    assert right.seen.right - right.room.right == pytest.approx(3, abs=0.01)
    assert right.seen.left == right.room.left, "nothing is seen beyond the fold"
    assert left.seen.bottom == pytest.approx(left.room.bottom - 3, abs=0.01)


def test_a_trim_box_outside_the_page_does_no_harm() -> None:
    content = four_pages((0, 0, *A5), AT, TrimBox=box(900, 900, 1000, 1000))
    require_a5_in_place(imposed(content, order(), FILE))


@pytest.mark.parametrize("quarter", [90, 180, 270, -90, 450])
def test_a_turned_page_is_turned_as_a_reader_turns_it(quarter: int) -> None:
    # The word is written so that it stands upright once the page is turned.
    across, up = A5 if quarter % 180 == 0 else A5[::-1]
    with pikepdf.new() as pdf:
        for number in range(1, 5):
            page = add_page(
                pdf, f"n{number}.", [0, 0, across * PT, up * PT], (0, 0), Rotate=quarter
            )
            word = page.obj.Contents.read_bytes().decode().split("Td ")[1]
            matrix = _before(quarter % 360, across * PT, up * PT)
            page.obj.Contents = pdf.make_stream(f"BT /F 9 Tf {matrix} Tm {word}".encode())
        content = saved(pdf)
    require_a5_in_place(imposed(content, order(), FILE))


def _before(quarter: int, width: float, height: float) -> str:
    """The text matrix of a word that is upright at AT after a turn clockwise."""
    x, y = AT[0] * PT, AT[1] * PT
    row = {
        90: (0, 1, -1, 0, width - y, x),
        180: (-1, 0, 0, -1, width - x, height - y),
        270: (0, -1, 1, 0, y, height - x),
    }[quarter]
    return " ".join(f"{number:.4f}" for number in row)


def test_a_page_in_larger_units_keeps_its_size() -> None:
    content = four_pages((0, 0, A5[0] / 2, A5[1] / 2), (AT[0] / 2, AT[1] / 2), UserUnit=2)
    made = imposed(content, order(), FILE)
    require_a5_in_place(made)


def test_boxes_of_the_page_tree_are_inherited() -> None:
    content = four_pages((0, 0, *A5), AT)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
        pdf.Root.Pages.Resources = pdf.pages[0].obj.Resources
        for page in pdf.pages:
            del page.obj["/MediaBox"]
            del page.obj["/Resources"]
        content = saved(pdf)
    require_a5_in_place(imposed(content, order(), FILE))


def test_what_was_filled_in_or_stamped_on_is_printed() -> None:
    with pikepdf.open(io.BytesIO(four_pages((0, 0, *A5), AT))) as pdf:
        stamp = pdf.make_stream(b"BT /F 9 Tf 0 0 Td (n777.) Tj ET")
        stamp.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                BBox=pikepdf.Array([0, 0, 60, 20]), Resources=pdf.pages[0].obj.Resources,
            )
        )  # fmt: skip
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, F=4,
            Rect=box(60, 60, 60 + 60 / PT, 60 + 20 / PT), AP=pikepdf.Dictionary(N=stamp),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        content = saved(pdf)
    made = imposed(content, order(), FILE)
    (stamped,) = (one for one in papers(made.content)[0].front if one.number == 777)
    assert stamped.x - papers(made.content)[0].width / 2 == pytest.approx(60, abs=NEAR)


def test_a_hidden_layer_stays_hidden() -> None:
    with pikepdf.open(io.BytesIO(four_pages((0, 0, *A5), AT))) as pdf:
        layer = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("draft"))
        )
        for page in pdf.pages:
            page.obj.Resources.Properties = pikepdf.Dictionary(L=layer)
            own = page.obj.Contents.read_bytes()
            page.obj.Contents = pdf.make_stream(b"/OC /L BDC 0 0 400 500 re f EMC " + own)
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        )
        content = saved(pdf)
    document = pypdfium2.PdfDocument(imposed(content, order(), FILE).content)
    try:
        darkest = document[0].render(scale=0.2).to_pil().convert("L").getextrema()[0]
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert "n1." in text
    assert darkest > 100, "the black of the layer is not drawn"


def test_a_page_larger_than_the_others_is_named_or_made_smaller() -> None:
    with pikepdf.open(io.BytesIO(numbered(4, *A5))) as pdf:
        add_page(pdf, "n5.", [0, 0, 210 * PT, 297 * PT], AT)
        content = saved(pdf)
    with pytest.raises(PublisherError, match="page 5 is 210 × 297 mm; most are 148 × 210 mm"):
        imposed(content, order(), FILE)
    made = imposed(content, order(fit=True), FILE)
    found = {one.number for paper in papers(made.content) for one in (*paper.front, *paper.back)}
    assert found == {1, 2, 3, 4, 5}


def test_a_smaller_page_stands_in_the_middle_of_its_place() -> None:
    with pikepdf.new() as pdf:
        add_page(pdf, "n1.", [0, 0, 105 * PT, 148 * PT], AT)
        for number in (2, 3, 4):
            add_page(pdf, f"n{number}.", [0, 0, 148 * PT, 210 * PT], AT)
        content = saved(pdf)
    middle = (AT[0] + (148 - 105) / 2, AT[1] + (210 - 148) / 2)
    require_a5_in_place(imposed(content, order(), FILE), at=middle)


def test_pages_too_large_for_the_sheet_are_made_smaller_alike() -> None:
    made = imposed(numbered(8, 210, 297), order(sheet="A4", fit=True), FILE)
    share = 148.5 / 210
    one = first_page(made)
    assert one.x == pytest.approx(148.5 + AT[0] * share, abs=NEAR)
    assert one.y == pytest.approx((210 - 297 * share) / 2 + AT[1] * share, abs=NEAR)


def test_pages_are_never_made_larger() -> None:
    small = imposed(numbered(4, *A5), order(fit=True), FILE)
    assert small.imposition.page.width == pytest.approx(148, abs=0.01)


def test_a_file_that_reads_from_the_right_is_bound_on_the_right() -> None:
    with pikepdf.open(io.BytesIO(numbered(4, *A5))) as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        content = saved(pdf)
    for options, bound_right in (({}, True), ({"bind": "left"}, False)):
        front = papers(imposed(content, order(**options), FILE).content)[0].front
        (leftmost, _) = sorted(front, key=lambda one: one.x)
        assert (leftmost.number == 1) == bound_right


def test_letters_stay_letters_and_nothing_leads_anywhere() -> None:
    with pikepdf.open(io.BytesIO(numbered(4, *A5))) as pdf:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=box(0, 0, 9, 9)
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.docinfo["/Title"] = "篮子放下来"
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("one", 0))
        content = saved(pdf)
    with pikepdf.open(io.BytesIO(imposed(content, order(), FILE).content)) as made:
        assert not any("/Annots" in page for page in made.pages)
        assert "/Outlines" not in made.Root
        assert str(made.docinfo["/Title"]) == "篮子放下来"
        assert not any(
            isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
            for item in made.objects
        )
        assert made.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert made.Root.ViewerPreferences.PrintScaling == "/None"


def test_fonts_that_pages_share_stay_shared() -> None:
    with pikepdf.new() as pdf:
        shared = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
            )
        )
        for number in range(40):
            page = add_page(pdf, f"n{number}.", [0, 0, A5[0] * PT, A5[1] * PT], AT)
            page.obj.Resources.Font.F = shared
        content = saved(pdf)
    with pikepdf.open(io.BytesIO(imposed(content, order(), FILE).content)) as made:
        fonts = [
            item
            for item in made.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        ]
    assert len(fonts) == 1


def test_equal_bytes_for_equal_wishes() -> None:
    content = numbered(13, *A5)
    wish = order(marks=True, caliper=0.1)
    assert imposed(content, wish, FILE).content == imposed(content, wish, FILE).content


# ---- files that cannot be used ----


def locked(**passwords: str) -> bytes:
    with pikepdf.open(io.BytesIO(numbered(4, *A5))) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(**passwords))
        return buffer.getvalue()


@pytest.mark.parametrize("passwords", [{"user": "a", "owner": "b"}, {"owner": "b", "user": ""}])
def test_a_locked_file_is_refused(passwords: dict[str, str], faults_of) -> None:
    (fault,) = faults_of(lambda: imposed(locked(**passwords), order(), FILE))
    assert str(fault.message) == "this PDF is locked"
    assert fault.remedy is Remedy.CALLER


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", "这不是 PDF".encode(), b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"],
)
def test_what_is_no_pdf_is_refused(content: bytes, faults_of) -> None:
    (fault,) = faults_of(lambda: imposed(content, order(), FILE))
    assert fault.at == FILE
    assert fault.remedy is Remedy.CALLER


def test_a_file_without_pages_is_refused(faults_of) -> None:
    with pikepdf.new() as pdf:
        content = saved(pdf)
    assert faults_of(lambda: imposed(content, order(), FILE))


def test_a_damaged_file_that_could_be_mended_is_told_of() -> None:
    content = numbered(4, *A5)
    start = content.rindex(b"startxref")
    made = imposed(content[:start] + b"startxref\n3\n%%EOF\n", order(), FILE)
    (notice,) = made.notices
    assert notice.code == "pdf-mended"
    assert len(papers(made.content)) == 1


def test_a_file_cut_short_is_refused_or_told_of(tmp_path: Path) -> None:
    content = numbered(12, *A5)
    for end in range(100, len(content) - 20, 97):
        try:
            made = imposed(content[:end], order(), FILE)
        except PublisherError:
            continue
        assert made.notices, end
