"""Comparison: what an editor would name as different between two editions, and nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import frozen

from publisher.ground.errors import PublisherError
from publisher.ground.places import NOWHERE
from publisher.library.comparison import Comparison, compared
from publisher.library.holding import held_at
from publisher.library.likeness import Likeness, likeness
from publisher.library.pages import PDF
from publisher.library.sentences import Change, changes, segments, sentences
from tests import browser
from tests.browser import needs_chromium
from tests.reading import publisher


@cache
def difference() -> Comparison:
    return compared(held_at(frozen.edition()), held_at(frozen.later()))


def test_an_edition_differs_from_itself_in_nothing() -> None:
    holding = held_at(frozen.edition())
    assert compared(holding, holding).is_same


def test_essays_that_came_went_and_moved_are_named() -> None:
    found = difference()
    assert [essay.path for essay in found.added] == ["new.md"]
    assert found.removed == ()
    assert len(found.moved) == 1
    back = compared(held_at(frozen.later()), held_at(frozen.edition()))
    assert [essay.path for essay in back.removed] == ["new.md"]


def test_the_changed_sentence_and_no_other_is_shown() -> None:
    (essay,) = difference().rewritten
    assert essay.essay.path == "clock.md"
    assert essay.changes == (Change("没有人去修，也没有人抱怨。", "没有人去修，只有鸽子抱怨。"),)


def test_a_changed_decision_is_shown_with_both_forms() -> None:
    assert difference().decisions == (Change("钟 → 鐘", "钟 → 鍾"),)


def test_layouts_and_fonts_that_stayed_are_not_named() -> None:
    assert not difference().layouts
    assert not difference().fonts
    assert not difference().outputs


def test_every_changed_output_tells_its_new_pages() -> None:
    reset = {it.output: it for it in difference().reset}
    assert set(reset) == {"screen", "keep", "screen-tw", "epub"}
    assert reset["screen"].pages_after > reset["screen"].pages_before
    assert reset["screen"].leaves.new
    assert reset["epub"].leaves.new == ()


def test_pages_of_the_same_text_in_another_colour_are_told_by_their_looks(tmp_path: Path) -> None:
    from publisher.library.leaves import leaves

    content = held_at(frozen.edition()).read("data/tower-screen.pdf")
    import pikepdf

    with pikepdf.open(frozen.edition() / "data" / "tower-screen.pdf") as pdf:
        page = pdf.pages[2]
        page.contents_add(b"q 0.5 g 10 10 40 40 re f Q", prepend=True)
        pdf.save(tmp_path / "drawn.pdf")
    found = leaves(content, (tmp_path / "drawn.pdf").read_bytes(), (NOWHERE, NOWHERE))
    assert (found.new, found.gone, found.redrawn) == ((), (), (3,))


def test_the_command_shows_the_sentences_and_writes_a_page(tmp_path: Path) -> None:
    page = tmp_path / "out" / "d.html"
    run = publisher("diff", frozen.edition(), frozen.later(), "--html", page)
    assert run.returncode == 0, run.stderr
    assert "- 没有人去修，也没有人抱怨。\n  + 没有人去修，只有鸽子抱怨。" in run.stdout
    text = page.read_text(encoding="utf-8")
    assert "<td>没有人去修，<del>也没有人</del>抱怨。</td>" in text
    assert "<td>没有人去修，<ins>只有鸽子</ins>抱怨。</td>" in text
    assert "<script" not in text
    assert "http://" not in text
    assert "https://" not in text


@needs_chromium
def test_the_page_fits_a_phone_in_the_dark_and_asks_nobody(tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    run = publisher("diff", frozen.edition(), frozen.later(), "--html", page)
    assert run.returncode == 0, run.stderr
    with browser.shown(page, tmp_path / "browser") as open_page:
        wide = open_page.ask("getComputedStyle(document.querySelector('td')).display")
        open_page.looks(360, 800, "dark")
        narrow = open_page.ask("getComputedStyle(document.querySelector('td')).display")
        colours = open_page.ask("getComputedStyle(document.querySelector('ins')).backgroundColor")
        assert open_page.ask("document.documentElement.scrollWidth") <= 360
        open_page.looks(360, 800, "light")
        assert (
            open_page.ask("getComputedStyle(document.querySelector('ins')).backgroundColor")
            != colours
        )
        assert open_page.errors == []
    assert (wide, narrow) == ("table-cell", "block")


def test_the_command_gives_all_of_it_as_json() -> None:
    run = publisher("diff", frozen.edition(), frozen.later(), "--json")
    table = json.loads(run.stdout)
    assert [row["path"] for row in table["added"]] == ["new.md"]
    assert table["rewritten"][0]["changes"][0]["after"] == "没有人去修，只有鸽子抱怨。"


def test_a_damaged_edition_is_not_compared(tmp_path: Path) -> None:
    edition = frozen.laid(frozen.lean_files() | {"data/new": b""}, tmp_path)
    run = publisher("diff", edition, frozen.later())
    assert run.returncode == 2
    assert "publisher verify" in run.stderr


# ---- sentences ----

_SENTENCES = st.text("甲乙丙", min_size=1, max_size=4).map("{}。".format)


@given(st.text("甲乙。！\n“”」…a ", max_size=60))
def test_sentences_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(st.text("甲乙。\n”", max_size=30), st.text("甲乙。\n”", max_size=30))
def test_only_equal_texts_have_no_changes(before: str, after: str) -> None:
    found = changes(before, after)
    if before == after:
        assert found == ()
    if not found:
        assert before.replace("\n", "") == after.replace("\n", "")


@given(st.text("甲乙丙。", max_size=12), st.text("甲乙丙。", max_size=12))
def test_the_pieces_of_a_change_are_both_sentences_and_share_the_same(one: str, two: str) -> None:
    before, after = segments(Change(one, two))
    assert "".join(it.text for it in before) == one
    assert "".join(it.text for it in after) == two
    both = [[it.text for it in side if it.shared] for side in (before, after)]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“走。”她走了。", ("他说：“走。”", "她走了。")),
        ("一\n二", ("一", "\n", "二")),
        ("真的？！是。", ("真的？！", "是。")),
    ],
)
def test_a_sentence_keeps_the_marks_that_close_it(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


def test_a_sentence_stands_beside_the_one_that_it_became() -> None:
    before = "水很大。船靠了岸。没有人说话。天亮了。"
    after = "雨停了。水比去年大。船靠了岸。谁也没有说话。天亮了。"
    assert changes(before, after) == (
        Change("", "雨停了。"),
        Change("水很大。", "水比去年大。"),
        Change("没有人说话。", "谁也没有说话。"),
    )


@given(st.lists(_SENTENCES, max_size=6), st.lists(_SENTENCES, max_size=6))
def test_what_changed_and_what_stayed_are_both_texts(one: list[str], two: list[str]) -> None:
    found = changes("".join(one), "".join(two))
    for text, side in ((one, [it.before for it in found]), (two, [it.after for it in found])):
        rest = iter(text)
        assert all(sentence in rest for sentence in side if sentence)


# ---- likeness ----


def test_a_pdf_packed_otherwise_has_the_same_parts(tmp_path: Path) -> None:
    import pikepdf

    content = held_at(frozen.edition()).read("data/tower-screen.pdf")
    with pikepdf.open(frozen.edition() / "data" / "tower-screen.pdf") as pdf:
        streams = pikepdf.ObjectStreamMode.preserve
        pdf.save(tmp_path / "a.pdf", object_stream_mode=streams, recompress_flate=True)
    packed = (tmp_path / "a.pdf").read_bytes()
    assert packed != content
    assert likeness(content, content, PDF, NOWHERE) is Likeness.BYTES
    assert likeness(content, packed, PDF, NOWHERE) in (Likeness.PARTS, Likeness.TEXT)


def test_another_paper_leaves_the_text_and_other_words_do_not(tmp_path: Path) -> None:
    import pikepdf

    content = held_at(frozen.edition()).read("data/tower-screen.pdf")
    with pikepdf.open(frozen.edition() / "data" / "tower-screen.pdf") as pdf:
        pdf.pages[0].MediaBox = [0, 0, 500, 700]
        pdf.save(tmp_path / "a.pdf")
        del pdf.pages[-1]
        pdf.save(tmp_path / "b.pdf")
    assert likeness(content, (tmp_path / "a.pdf").read_bytes(), PDF, NOWHERE) is Likeness.TEXT
    assert likeness(content, (tmp_path / "b.pdf").read_bytes(), PDF, NOWHERE) is Likeness.DIFFERENT
    with pytest.raises(PublisherError, match="no PDF that can be read"):
        likeness(b"nothing", content, PDF, NOWHERE)


def test_an_epub_bound_otherwise_has_the_same_members(tmp_path: Path) -> None:
    import zipfile

    content = held_at(frozen.edition()).read("data/tower-epub.epub")
    source = frozen.edition() / "data" / "tower-epub.epub"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "a.epub", "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    kind = "application/epub+zip"
    assert likeness(content, (tmp_path / "a.epub").read_bytes(), kind, NOWHERE) is Likeness.PARTS
