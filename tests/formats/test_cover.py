"""The cover format: read back with pdfium, its barcode from the picture of the page."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from publisher.formats.cover import make_cover
from publisher.formats.job import Watch
from publisher.imposition.spine import thickness
from publisher.model.artefact import Artefact
from publisher.press.build import build
from publisher.press.planning import plan
from tests.reading import Glyph, Leaf, Pdf
from tests.typography.scanner import decoded

MM = 72 / 25.4
LINE = "河上起了雾，看不见对岸，只听见有人在喊船。\n\n"
ESSAY = f"---\ntitle: 渡口\n---\n\n{LINE * 60}"
HEAD = 'date = "2020-06-01"\ndescription = "一个镇子怎样过冬。"\nimprint = { name = "半石桥印社" }'
Make = Callable[..., Artefact]


def output(options: str, page: str = "A5") -> str:
    return f'[[output]]\nname = "wrap"\nformat = "cover"\npage = "{page}"\noptions = {options}\n'


@pytest.fixture
def cover(make_collection, tmp_path: Path) -> Make:
    """The cover of a book of some essays, by its options."""

    def make(options: str, essays: int = 3, head: str = HEAD, title: str = "试印本") -> Artefact:
        files = {f"{number}.md": ESSAY for number in range(essays)}
        folder = make_collection(files, head=head, outputs=output(options))
        declared = folder / "collection.toml"
        declared.write_text(declared.read_text("utf-8").replace("试印本", title), "utf-8")
        (artefact,) = build(folder, tmp_path / "dist").artefacts
        return artefact

    return make


def trimmed(artefact: Artefact) -> tuple[float, float]:
    """Width and height of the trimmed cover in mm."""
    with pikepdf.open(io.BytesIO(artefact.content)) as pdf:
        left, bottom, right, top = (float(edge) for edge in pdf.pages[0].trimbox)
    return (right - left) / MM, (top - bottom) / MM


def leaf(artefact: Artefact) -> Leaf:
    (only,) = Pdf(artefact.content).leaves
    return only


def between(made: Artefact, left: float, right: float) -> str:
    """The words between two places of the trimmed width in mm, in the order of the file."""
    return "".join(glyph.character for glyph in glyphs(made, left, right))


def glyphs(made: Artefact, left: float, right: float) -> list[Glyph]:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        edge = float(pdf.pages[0].trimbox[0])
    return [one for one in leaf(made).glyphs if left * MM <= one.x - edge < right * MM]


def test_front_spine_and_back_stand_side_by_side_with_bleed(cover: Make) -> None:
    made = cover("{ pages = 120, caliper = 0.1 }")
    assert trimmed(made) == pytest.approx((148 + 6 + 148, 210), abs=0.01)
    assert "一个镇子怎样过冬" in between(made, 0, 148)
    assert between(made, 148, 154).replace("\n", "") == "试印本半石桥印社"
    assert between(made, 154, 302).startswith("试印本")
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        page = pdf.pages[0]
        trim, bleed = page.trimbox, page.bleedbox
        assert float(trim[0]) - float(bleed[0]) == pytest.approx(3 * MM, abs=0.01)


def test_words_on_the_spine_stand_below_each_other(cover: Make) -> None:
    title = glyphs(cover("{ pages = 160, caliper = 0.1 }"), 148, 156)[:3]
    assert [glyph.character for glyph in title] == list("试印本")
    assert len({round(glyph.x, 1) for glyph in title}) == 1
    assert title[0].y > title[1].y > title[2].y


def test_a_spine_is_set_as_vertical_lines_are(cover: Make) -> None:
    made = cover("{ pages = 240, caliper = 0.1 }", title="《渡口》——ferry第24回")
    rows = {one.character: one for one in glyphs(made, 148, 160) if one.character.strip()}
    # Brackets lie across the line: their ink is wider than half a Han, as that of none that stands.
    assert all(rows[mark].right - rows[mark].left > rows[mark].size / 2 for mark in "《》")
    # A dash runs down, a word of letters too; figures stand side by side.
    assert rows["—"].right - rows["—"].left < rows["—"].size / 4
    assert rows["f"].y > rows["e"].y > rows["y"].y
    assert rows["2"].y == pytest.approx(rows["4"].y, abs=0.1)
    assert rows["2"].right <= rows["4"].left


def test_a_long_title_leaves_room_for_the_imprint(cover: Make) -> None:
    made = cover("{ pages = 240, caliper = 0.1 }", title="渡口的冬天" * 8)
    spine = [one for one in glyphs(made, 148, 160) if one.character.strip()]
    assert "".join(one.character for one in spine) == "渡口的冬天" * 8 + "半石桥印社"
    assert min(one.y for one in spine[:40]) > max(one.y + one.size for one in spine[40:])


def test_a_thin_spine_has_no_words(cover: Make) -> None:
    made = cover("{ pages = 60, caliper = 0.1 }")
    assert trimmed(made)[0] == pytest.approx(148 + 3 + 148, abs=0.01)
    assert between(made, 148, 151) == ""


def test_the_spine_is_as_thick_as_the_pages_of_the_book_that_grows(
    cover: Make, make_collection, tmp_path: Path
) -> None:
    for essays in (3, 5):
        folder = make_collection(
            {f"{number}.md": ESSAY for number in range(essays)},
            name=f"inside-{essays}",
            outputs='[[output]]\nname = "s"\nformat = "screen"\noptions = { cover = false }\n',
        )
        (inside,) = build(folder, tmp_path / f"inside-{essays}").artefacts
        made = cover("{ caliper = 0.5 }", essays=essays)
        spine = trimmed(made)[0] - 2 * 148
        assert spine == pytest.approx(thickness(inside.pages, 0.5), abs=0.01)


INSIDE = '[[output]]\nname = "in"\nformat = "{}"\npage = "{}"\noptions = {}\n'


@pytest.mark.parametrize(
    ("format_", "page", "options", "is_inside"),
    [
        ("print", "A5", "{}", True),
        ("screen", "A5", "{ cover = false }", True),
        ("screen", "A5", "{}", False),
        ("print", "A5", "{ cover = true }", False),
        ("print", "B5", "{}", False),
        ("print", "A5", '{ writing = "vertical" }', False),
        ("booklet", "A5", "{ cover = false }", False),
    ],
)
def test_a_cover_takes_its_pages_from_the_inside_of_the_same_book(
    format_: str, page: str, options: str, is_inside: bool, make_collection
) -> None:
    outputs = output("{}") + INSIDE.format(format_, page, options)
    folder = make_collection({"a.md": ESSAY}, head=HEAD, outputs=outputs)
    (job,) = (it for it in plan(folder)[1] if it.format == "cover")
    assert (job.print_edition is not None) is is_inside


def test_pages_that_are_known_are_not_set_again(make_collection) -> None:
    folder = make_collection({"a.md": ESSAY}, head=HEAD, outputs=output("{ caliper = 0.1 }"))
    (job,) = plan(folder)[1]
    stages: list[str] = []
    made = make_cover(replace(job, pages=120), Watch(lambda stage, *_: stages.append(stage)))
    assert trimmed(made)[0] == pytest.approx(148 + 6 + 148, abs=0.01)
    assert stages == []


def test_the_pages_of_a_book_are_set_once_for_its_inside_and_its_cover(make_collection) -> None:
    outputs = output("{ caliper = 0.5 }") + INSIDE.format("print", "A5", "{}")
    folder = make_collection({"a.md": ESSAY}, head=HEAD, outputs=outputs)
    told: list[tuple[str, str]] = []
    made = build(folder, progress=lambda name, stage, *_: told.append((name, stage))).artefacts
    wrap, inside = sorted(made, key=lambda one: one.output, reverse=True)
    assert ("in", "setting") in told
    assert ("wrap", "setting") not in told
    spine = trimmed(wrap)[0] - 2 * 148
    assert spine == pytest.approx(thickness(inside.pages, 0.5), abs=0.01)


def test_a_vertical_book_has_its_front_on_the_left(cover: Make) -> None:
    made = cover('{ pages = 120, caliper = 0.1, bind = "right" }')
    assert between(made, 0, 148).startswith("试印本")
    assert "一个镇子怎样过冬" in between(made, 154, 302)


def test_a_vertical_book_has_vertical_lines_on_front_and_back(cover: Make) -> None:
    made = cover('{ pages = 120, caliper = 0.1, writing = "vertical" }')
    for left, right, words in ((0, 148, "试印本"), (154, 302, "一个镇子怎样过冬")):
        shown = glyphs(made, left, right)
        at = "".join(one.character for one in shown).index(words)
        row = shown[at : at + len(words)]
        assert len({round(one.x) for one in row}) == 1
        assert [one.y for one in row] == sorted((one.y for one in row), reverse=True)


def test_the_front_is_the_cover_of_the_pages(cover: Make, make_collection, tmp_path: Path) -> None:
    inside = '[[output]]\nname = "s"\nformat = "screen"\noptions = {{ writing = "{}" }}\n'
    for writing, left in (("horizontal", 154 * MM), ("vertical", 0)):
        made = cover(f'{{ pages = 120, caliper = 0.1, writing = "{writing}" }}')
        front = glyphs(made, left / MM, left / MM + 148)
        outputs = inside.format(writing)
        folder = make_collection({"a.md": ESSAY}, writing, HEAD, outputs)
        (book,) = build(folder, tmp_path / writing).artefacts
        first = Pdf(book.content).leaves[0].glyphs
        slug = front[0].x - left - first[0].x
        assert [one.character for one in front] == [one.character for one in first]
        assert [one.x - left - slug for one in front] == pytest.approx(
            [one.x for one in first], abs=0.1
        )


def test_a_band_at_the_edge_of_the_front_runs_into_the_bleed(
    make_collection, tmp_path: Path
) -> None:
    head = f'{HEAD}\neditors = ["祝筱萍"]'
    table = output("{ pages = 120, caliper = 0.1 }").replace("page =", 'layout = "reader"\npage =')
    folder = make_collection({"a.md": ESSAY}, head=head, outputs=table)
    (made,) = build(folder, tmp_path / "dist").artefacts
    page = pypdfium2.PdfDocument(made.content)[0]
    picture = page.render(scale=2).to_pil().convert("L")
    left, bottom, right, top = page.get_trimbox()
    beyond = 2 * MM
    for x, y in ((right + beyond, bottom + beyond), (right - beyond, bottom - beyond)):
        assert picture.getpixel((int(x * 2), int((page.get_height() - y) * 2))) < 40
    # Above the band, and beyond the spine, it is the ground of the cover that does.
    for x, y in ((right + beyond, top - beyond), (left + beyond, bottom - beyond)):
        assert picture.getpixel((int(x * 2), int((page.get_height() - y) * 2))) > 100


def test_flaps_lie_outside(cover: Make) -> None:
    made = cover("{ pages = 120, caliper = 0.1, flap = 70 }")
    assert trimmed(made)[0] == pytest.approx(302 + 140, abs=0.01)
    assert between(made, 70, 218).startswith("一个镇子")


def test_a_stapled_cover_has_no_spine(cover: Make) -> None:
    assert trimmed(cover("{ spine = false }"))[0] == pytest.approx(296, abs=0.01)


def test_the_isbn_stands_on_the_back_as_a_barcode(cover: Make) -> None:
    head = f'identifier = "978-7-02-000220-7"\n{HEAD}'
    made = cover("{ pages = 120 }", head=head)
    figures = "".join(g.character for g in leaf(made).glyphs if g.character.isdecimal())
    assert figures == "9787020002207" * 2
    assert decoded(scanned(leaf(made))) == "9787020002207"


def test_the_number_stands_above_the_bars_and_the_price_below(cover: Make) -> None:
    head = HEAD.replace('印社"', '印社", price = "12 元"')
    made = leaf(cover("{ pages = 120 }", head=f'identifier = "isbn 978-7-02-000220-7"\n{head}'))
    back = [glyph for glyph in made.glyphs if glyph.x < made.width / 2]
    (number,) = (glyph for glyph in back if glyph.character == "I")
    (price,) = (glyph for glyph in back if glyph.character == "价")
    assert made.text(bottom=number.y - 1, top=number.y + 1) == "ISBN978-7-02-000220-7"
    assert "定价：12元" in made.text(bottom=price.y - 1, top=price.y + 1)
    # Between their lines the code has room in its full size.
    assert number.y - (price.y + price.size) > 26 * MM


def test_a_price_needs_no_barcode(cover: Make) -> None:
    head = HEAD.replace('印社"', '印社", price = "赠阅"')
    assert "定价：赠阅" in between(cover("{ pages = 120 }", head=head), 0, 148)


def scanned(only: Leaf) -> str:
    """The modules of the only bars on a page: narrow, tall, and all of one beginning."""
    narrow = [box for box in only.boxes if box[3] - box[1] > 15 * (box[2] - box[0])]
    ((begins, _),) = Counter(round(box[1]) for box in narrow).most_common(1)
    bars = [box for box in narrow if round(box[1]) == begins]
    module = min(box[2] - box[0] for box in bars)
    first, last = min(box[0] for box in bars), max(box[2] for box in bars)
    row = ["0"] * round((last - first) / module)
    for left, _, right, _ in bars:
        start, end = round((left - first) / module), round((right - first) / module)
        row[start:end] = "1" * (end - start)
    return "".join(row)


def test_a_collection_without_a_date_is_refused(make_collection, tmp_path: Path, faults_of) -> None:
    folder = make_collection({"a.md": ESSAY}, outputs=output("{ pages = 120 }"))
    (fault,) = faults_of(lambda: build(folder, tmp_path / "dist"))
    assert fault.at.key == "date"


def test_a_mistyped_isbn_is_refused(make_collection, tmp_path: Path, faults_of) -> None:
    head = 'date = "2020"\nidentifier = "978-7-02-000220-8"'
    folder = make_collection({"a.md": ESSAY}, head=head, outputs=output("{ pages = 120 }"))
    (fault,) = faults_of(lambda: build(folder, tmp_path / "dist"))
    assert "would end with 7" in str(fault.message)


@pytest.mark.parametrize(
    ("options", "key", "words"),
    [
        ("{ pages = 8 }", "pages", "0.4 mm thick"),
        ("{ flap = 900 }", "flap", "900 is not possible"),
        ("{ caliper = 3 }", "caliper", "3 is not possible"),
        ('{ paper = "gold" }', "paper", "gold"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_set(
    options: str, key: str, words: str, make_collection, faults_of
) -> None:
    folder = make_collection({"a.md": ESSAY}, outputs=output(options))
    (fault,) = faults_of(lambda: plan(folder))
    assert fault.at.key == f"output[1].options.{key}"
    assert words in str(fault.message)


def test_a_book_of_few_pages_is_refused_when_they_are_counted(
    make_collection, tmp_path: Path, faults_of
) -> None:
    essay = {"a.md": "---\ntitle: 甲\n---\n\n乙\n"}
    folder = make_collection(essay, head=HEAD, outputs=output("{}"))
    (fault,) = faults_of(lambda: build(folder, tmp_path / "dist"))
    assert "cannot be glued" in str(fault.message)


def test_the_same_job_gives_the_same_bytes(make_collection) -> None:
    folder = make_collection({"a.md": ESSAY}, head=HEAD, outputs=output("{ pages = 120 }"))
    (job,) = plan(folder)[1]
    first, second = (make_cover(job, Watch(lambda *_: None)).content for _ in range(2))
    assert first == second
