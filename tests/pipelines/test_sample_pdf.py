"""The sample collection as a PDF, both scripts, read back with pikepdf and pdfium."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

import opencc
import pytest
from fontTools.ttLib import TTFont

from publisher.composition.divisions import Division
from publisher.composition.faces import read_faces
from publisher.formats.job import Job
from publisher.press.planning import plan
from publisher.typography.typearea import type_area
from tests.reading import (
    ESSAYS,
    ROOT,
    Area,
    Leaf,
    Link,
    Pdf,
    declaration,
    dense,
    essay_words,
    front_matter,
    note_words,
    sample,
)

MM = 72 / 25.4
A5 = (148 * MM, 210 * MM)
# What the layout draws for a change of scene.
ORNAMENT = "＊"
SCRIPTS = ("screen-hans", "screen-hant-tw")
LANGUAGES = {"screen-hans": "zh-Hans", "screen-hant-tw": "zh-Hant-TW"}
CONTENTS = {"screen-hans": "目录", "screen-hant-tw": "目錄"}
CONTRIBUTORS = {"screen-hans": "作者简介", "screen-hant-tw": "作者簡介"}
# The order of a Chinese book: cover, half title, title page, imprint page, contents …
FRONT = ["cover", "half-title", "title-page", "imprint-page", "contents"]
BACK = ["contributors", "colophon"]

both = pytest.mark.parametrize("output", SCRIPTS)


@cache
def pdf(output: str) -> Pdf:
    return Pdf(sample(output))


@cache
def jobs() -> dict[str, Job]:
    return {job.output: job for job in plan(ESSAYS)[1]}


def essays(output: str) -> list[Division]:
    return [division for division in jobs()[output].book.divisions if division.essay]


def pages_of(output: str, division: Division) -> tuple[Leaf, ...]:
    anchors = [each.anchor for each in jobs()[output].book.divisions_for("print")]
    return pdf(output).span(division.anchor, anchors)


def area(leaf: Leaf) -> Area:
    """The type area of a page: left pages have their inner margin at the right."""
    own = type_area(jobs()["screen-hans"].page, jobs()["screen-hans"].book.layout.design)
    left = (own.outer if leaf.index % 2 else own.inner) * MM
    bottom = own.bottom * MM
    return Area(left, bottom, left + own.width * MM, bottom + own.height * MM)


def worded(output: str, text: str) -> str:
    """A text of the sample in the output's script, converted here and not by the project."""
    return text if output == "screen-hans" else opencc.OpenCC("s2tw").convert(text)


def files_in_order() -> list[str]:
    table: Any = declaration()
    parts = [name for part in table["part"] for name in part["essays"]]
    return [*table["front"]["essays"], *parts, *table["back"]["essays"]]


def titles() -> list[str]:
    return [front_matter(ESSAYS / name)["title"] for name in files_in_order()]


# The pages ---------------------------------------------------------------------------------------


@both
def test_every_page_is_a5(output: str) -> None:
    for page in pdf(output).file.pages:
        assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, *A5], abs=0.01)


@both
def test_the_type_area_holds_whole_characters_and_lines(output: str) -> None:
    book = jobs()[output].book
    own = area(pdf(output).leaves[0])
    assert (own.right - own.left) / book.layout.design.size == pytest.approx(30, abs=0.01)
    assert (own.top - own.bottom) / book.layout.design.leading == pytest.approx(26, abs=0.01)


@both
def test_every_essay_reads_in_order_inside_the_type_area(output: str) -> None:
    for division in essays(output):
        assert division.essay
        read = "".join(leaf.body(area(leaf)) for leaf in pages_of(output, division))
        assert read.replace(ORNAMENT, "") == essay_words(division.essay), division.anchor


@both
def test_no_line_runs_out_of_the_type_area(output: str) -> None:
    for division in essays(output):
        for leaf in pages_of(output, division):
            own = area(leaf)
            for glyph in leaf.glyphs:
                # A reading may be wider than its character (CLREQ 3.3.2).
                slack = glyph.size if glyph.size < 6 else 0.5
                assert glyph.left >= own.left - slack, (leaf.label, glyph)
                assert glyph.right <= own.right + slack, (leaf.label, glyph)


@both
def test_every_essay_is_read_aloud_in_order(output: str) -> None:
    for division in essays(output):
        assert division.essay
        indices = {leaf.index for leaf in pages_of(output, division)}
        spoken = dense("".join(words for index, words in pdf(output).spoken if index in indices))
        assert not missing(essay_words(division.essay), spoken), division.anchor


def missing(words: str, text: str) -> str:
    """What of `words` does not stand in `text` in this order."""
    characters = iter(text)
    for spot, character in enumerate(words):
        if character not in characters:
            return words[spot : spot + 20]
    return ""


@both
def test_the_readings_of_rare_characters_stand_above_them(output: str) -> None:
    first = pages_of(output, essays(output)[0])[0]
    readings = {"lóng": "砻", "dù": "渡", "xìng": "荇", "hé": "河"}
    small = first.text(smallest=0, top=area(first).top)
    for reading, base in readings.items():
        assert reading in small
        glyph = next(g for g in first.glyphs if g.size < 6 and g.character == reading[0])
        below = (g for g in first.glyphs if g.character == worded(output, base))
        assert any(0 < glyph.y - g.y < 12 and abs(glyph.x - g.x) < 10.5 for g in below)


# The order of the book ---------------------------------------------------------------------------


@both
def test_the_matter_comes_in_the_order_of_a_chinese_book(output: str) -> None:
    stems = [f"essay-{name.removesuffix('.md')}" for name in files_in_order()]
    table: Any = declaration()
    counts = [len(part["essays"]) for part in table["part"]]
    expected = [*FRONT, *stems[:1]]
    start = 1
    for number, count in enumerate(counts, start=1):
        expected += [f"part-{number}", *stems[start : start + count]]
        start += count
    expected += [*stems[start:], *BACK]
    places = pdf(output).destinations
    listed = {anchor: index for anchor, index in places.items() if anchor in set(expected)}
    assert sorted(listed, key=listed.__getitem__) == expected
    assert len(set(listed.values())) == len(expected), "each begins on a page of its own"


@both
def test_display_pages_say_what_they_should(output: str) -> None:
    table: Any = declaration()
    leaves, places = pdf(output).leaves, pdf(output).destinations
    title, imprint = worded(output, table["title"]), worded(output, table["imprint"]["name"])
    said = {anchor: leaves[places[anchor]].text() for anchor in (*FRONT, *BACK)}
    assert title in said["cover"]
    assert said["half-title"] == title
    assert said["title-page"].startswith(title)
    assert imprint in said["title-page"]
    assert all(worded(output, name) in said["imprint-page"] for name in table["editors"])
    assert dense(worded(output, table["rights"])[:12]) in said["imprint-page"]
    assert "2020年6月1日" in said["imprint-page"]
    assert said["contents"].startswith(CONTENTS[output])
    assert said["contributors"].startswith(CONTRIBUTORS[output])
    assert title in said["colophon"]


@both
def test_title_pages_parts_and_the_first_essay_lie_on_the_right(output: str) -> None:
    places = pdf(output).destinations
    recto = ["half-title", "title-page", "contents", "part-1", "part-2", "part-3"]
    assert [places[anchor] % 2 for anchor in recto] == [0] * len(recto)
    assert places["imprint-page"] == places["title-page"] + 1


@both
def test_contributors_are_all_there_with_their_essays(output: str) -> None:
    table: Any = declaration()
    pages = pages_of(output, next(d for d in divisions(output) if d.kind == "contributors"))
    text = "".join(leaf.body(area(leaf)) for leaf in pages)
    for person in table["contributor"]:
        assert dense(worded(output, person["name"])) in text
        assert dense(worded(output, person["note"]))[:10] in text
    for title in titles():
        assert f"《{dense(worded(output, title))}》" in text


def divisions(output: str) -> tuple[Division, ...]:
    return jobs()[output].book.divisions_for("print")


# Numbers, contents, outline, links ---------------------------------------------------------------


@both
def test_page_labels_are_roman_in_front_and_begin_with_1_at_the_first_part(output: str) -> None:
    leaves, places = pdf(output).leaves, pdf(output).destinations
    front = [leaf.label for leaf in leaves[places["half-title"] : places["part-1"]]]
    assert front[:6] == ["i", "ii", "iii", "iv", "v", "vi"]
    assert all(re.fullmatch("[ivxl]+", label) for label in front)
    body = [leaf.label for leaf in leaves[places["part-1"] :]]
    assert body == [str(number) for number in range(1, len(body) + 1)]


@both
def test_folios_are_the_page_labels(output: str) -> None:
    listed = {"contents", "contributors"} | {division.anchor for division in essays(output)}
    for division in divisions(output):
        for leaf in pages_of(output, division):
            if division.anchor in listed and leaf.text():
                assert leaf.foot(area(leaf)) == leaf.label, division.anchor


@both
def test_contents_show_the_labels_of_the_pages_where_matter_begins(output: str) -> None:
    rows = list(contents_rows(output))
    assert [target for _, target in rows] == [d.anchor for d in divisions(output) if d.level]
    for text, target in rows:
        begins = pdf(output).leaves[pdf(output).destinations[target]].label
        number = re.search(r"·([0-9ivxl]+)$", text)
        assert (number[1] if number else "") == ("" if target.startswith("part") else begins)


@both
def test_contents_show_titles_and_authors(output: str) -> None:
    rows = {target: text for text, target in contents_rows(output)}
    for name in files_in_order():
        head = front_matter(ESSAYS / name)
        wanted = dense(worded(output, head["title"] + head["author"]))
        assert rows[f"essay-{name.removesuffix('.md')}"].startswith(wanted)


def contents_rows(output: str) -> Iterator[tuple[str, str]]:
    """The text and the target of every entry on the contents pages, from above.

    The engine makes a link of each box in an entry; the first is the whole of it.
    """
    contents = next(d for d in divisions(output) if d.kind == "contents")
    leaves = {leaf.index: leaf for leaf in pages_of(output, contents)}
    seen: dict[str, Link] = {}
    for link in pdf(output).links:
        if link.page in leaves:
            seen.setdefault(link.target, link)
    for link in sorted(seen.values(), key=lambda link: (link.page, -link.area.top)):
        yield leaves[link.page].text(link.area.bottom, link.area.top), link.target


@both
def test_the_outline_nests_essays_in_parts_and_leads_to_their_pages(output: str) -> None:
    table: Any = declaration()
    names = iter(zip(titles(), files_in_order(), strict=True))
    places = pdf(output).destinations
    expected = [(1, CONTENTS[output], places["contents"])]

    def essay(depth: int) -> tuple[int, str, int]:
        title, name = next(names)
        return depth, worded(output, title), places[f"essay-{name.removesuffix('.md')}"]

    expected.append(essay(1))
    for number, part in enumerate(table["part"], start=1):
        expected.append((1, worded(output, part["title"]), places[f"part-{number}"]))
        expected += [essay(2) for _ in part["essays"]]
    expected += [essay(1), (1, CONTRIBUTORS[output], places["contributors"])]
    assert pdf(output).outline == expected


@both
def test_every_link_leads_to_a_place_in_the_file(output: str) -> None:
    targets = {link.target for link in pdf(output).links}
    assert targets <= set(pdf(output).destinations)
    assert {division.anchor for division in essays(output)} <= targets


@both
def test_contributors_lead_to_the_essays_they_wrote(output: str) -> None:
    place = pdf(output).destinations["contributors"]
    targets = [link.target for link in pdf(output).links if link.page >= place]
    wanted = {
        f"essay-{name.removesuffix('.md')}"
        for name in files_in_order()
        if front_matter(ESSAYS / name)["author"] in _names_with_notes()
    }
    assert set(targets) == wanted


def _names_with_notes() -> set[str]:
    table: Any = declaration()
    return {person["name"] for person in table["contributor"]}


# Notes and running heads -------------------------------------------------------------------------


@both
def test_every_note_stands_in_the_foot_of_the_page_that_calls_it(output: str) -> None:
    count = 0
    for division in essays(output):
        assert division.essay
        leaves = pages_of(output, division)
        for note in division.essay.notes:
            calling = [leaf for leaf in leaves if str(note.number) in raised(leaf)]
            assert len(calling) == 1, (division.anchor, note.number)
            assert f"{note.number}{note_words(note)}" in calling[0].notes(area(calling[0]))
            count += 1
    assert count == sum(
        len(re.findall(r"^\[\^\w+\]:", (ESSAYS / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in files_in_order()
    )


def raised(leaf: Leaf) -> str:
    """The small digits of the text that call notes."""
    rule = leaf.note_rule(area(leaf))
    small = (g for g in leaf.glyphs if g.size < 7 and g.y > rule)
    return "".join(glyph.character for glyph in small if glyph.character.isdigit())


@both
def test_running_heads_name_the_part_on_the_left_and_the_essay_on_the_right(output: str) -> None:
    title = worded(output, str(declaration()["title"]))
    seen = 0
    for division in essays(output):
        first, *rest = pages_of(output, division)
        assert first.head(area(first)) == "", "an opening page carries no running head"
        essay = dense(division.title + "、".join(division.authors))
        for leaf in rest:
            wanted = essay if leaf.index % 2 == 0 else dense(division.part or title)
            assert leaf.head(area(leaf)) in (wanted, ""), leaf.label
            if not leaf.head(area(leaf)):
                assert not leaf.text(), "only a blank page goes without"
            seen += 1
    assert seen > len(essays(output))


@both
def test_display_and_blank_pages_carry_neither_head_nor_folio(output: str) -> None:
    kinds = {"half-title", "title-page", "imprint-page", "part", "colophon"}
    for division in divisions(output):
        if division.kind in kinds:
            for leaf in pages_of(output, division):
                assert leaf.head(area(leaf)) + leaf.foot(area(leaf)) == "", division.anchor


# Structure, metadata, fonts ----------------------------------------------------------------------


@both
def test_the_file_is_tagged_and_says_its_language(output: str) -> None:
    root = pdf(output).file.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == LANGUAGES[output]
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    kinds = {str(element.S).lstrip("/") for element in pdf(output).elements}
    assert kinds >= {"Document", "H1", "P", "L", "LI", "Table", "TH", "TD", "Figure", "Link"}


@both
def test_figures_are_described_in_the_tags(output: str) -> None:
    figures = [element for element in pdf(output).elements if element.S == "/Figure"]
    described = re.findall(
        r"^!\[(.+?)\]\(",
        "\n".join((ESSAYS / name).read_text(encoding="utf-8") for name in files_in_order()),
        re.MULTILINE,
    )
    assert [str(figure.get("/Alt", "")) for figure in figures] == [
        worded(output, text) for text in described
    ]


@both
def test_metadata_are_the_collections(output: str) -> None:
    table: Any = declaration()
    info = pdf(output).file.docinfo
    assert str(info.Title) == worded(output, table["title"])
    assert str(info.Subject) == worded(output, table["description"])
    assert str(info.CreationDate) == str(info.ModDate) == "D:20200601000000Z"
    assert str(info.Creator) == "publisher"


@both
def test_each_author_is_named_once_the_editors_first(output: str) -> None:
    table: Any = declaration()
    authors = str(pdf(output).file.docinfo.Author).split(", ")
    wrote = {front_matter(ESSAYS / name)["author"] for name in files_in_order()}
    named = {worded(output, name) for name in wrote | set(table["editors"])}
    assert authors[: len(table["editors"])] == [worded(output, n) for n in table["editors"]]
    assert sorted(authors) == sorted(named)


@both
def test_only_the_projects_fonts_are_in_the_file_each_cut_to_what_is_used(output: str) -> None:
    fonts = pdf(output).fonts
    assert fonts
    families = {face.family.replace(" ", "-"): face for face in read_faces(ROOT / "fonts")}
    for font in fonts:
        tag, name = str(font.BaseFont).lstrip("/").split("+")
        assert re.fullmatch("[A-Z]{6}", tag)
        family = max((f for f in families if name.startswith(f)), key=len, default="")
        assert family, name
        (descendant,) = font.DescendantFonts
        descriptor = descendant.FontDescriptor
        program = descriptor.get("/FontFile3") or descriptor.get("/FontFile2")
        assert drawn(program.read_bytes()) < drawn(families[family].file.read_bytes()), name
        assert "/ToUnicode" in font


def drawn(program: bytes) -> int:
    """How much a font program holds: the bytes of its outlines."""
    font = TTFont(io.BytesIO(program), lazy=True)
    reader = font.reader
    assert reader is not None
    return sum(len(reader[tag]) for tag in ("CFF ", "glyf") if tag in reader)


@both
def test_pictures_are_drawn(output: str) -> None:
    assert max(pdf(output).images) > (100, 100), "the photograph"
    preface = pages_of(output, essays(output)[0])
    assert max(len(leaf.boxes) for leaf in preface) > 50, "the map's strokes"


# Traditional -------------------------------------------------------------------------------------


def test_both_scripts_share_every_destination() -> None:
    assert set(pdf("screen-hans").destinations) == set(pdf("screen-hant-tw").destinations)
    # A link that runs on to another line is one link in two places.
    hans, hant = (
        [target for target, _ in groupby(link.target for link in pdf(output).links)]
        for output in ("screen-hans", "screen-hant-tw")
    )
    assert hans == hant


def test_the_traditional_edition_sets_corner_brackets_for_quotation_marks() -> None:
    text = "".join(leaf.text() for leaf in pdf("screen-hant-tw").leaves)
    simplified = "".join(leaf.text() for leaf in pdf("screen-hans").leaves)
    for curly, corner in (("“", "「"), ("”", "」"), ("‘", "『"), ("’", "』")):
        assert curly not in text
        assert text.count(corner) == simplified.count(curly)
    assert "「" not in simplified


def test_kept_runs_stay_simplified_in_the_traditional_edition() -> None:
    preface = essays("screen-hant-tw")[0]
    text = "".join(leaf.body(area(leaf)) for leaf in pages_of("screen-hant-tw", preface))
    assert "范后里的「后」是一個姓" in text
    assert "替她印成前後的「後」" in text


def test_the_traditional_words_are_openccs() -> None:
    convert = opencc.OpenCC("s2tw").convert
    corners = str.maketrans("“”‘’", "「」『』")
    for simple, traditional in zip(essays("screen-hans"), essays("screen-hant-tw"), strict=True):
        assert simple.essay
        if simple.anchor == "essay-preface":
            continue  # it holds kept runs; the test before this one is about them
        expected = dense(convert(essay_words(simple.essay)).translate(corners))
        read = "".join(leaf.body(area(leaf)) for leaf in pages_of("screen-hant-tw", traditional))
        assert len(read.replace(ORNAMENT, "")) == len(expected)
        same = sum(
            one == two for one, two in zip(read.replace(ORNAMENT, ""), expected, strict=True)
        )
        # Passages are converted one by one, this text in one piece: few words span their ends; and
        # the sample's editors decided some (script/decisions.toml).
        assert same / len(expected) > 0.985
