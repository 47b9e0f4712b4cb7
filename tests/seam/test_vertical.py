"""Books in vertical lines, made as any book is and read back with other libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.ground.errors import PublisherError
from publisher.press.build import build
from publisher.proofing.proof import proof
from tests.conftest import MakeCollection
from tests.drawing import picture_bytes
from tests.reading import Pdf, dense, essay_words, temporary_folder


def _output(script: str, writing: str = "vertical") -> str:
    options = f'{{ writing = "{writing}" }}'
    rows = f'name = "{script}"\nformat = "screen"\nscript = "{script}"\npage = "B6"\n'
    return f"[[output]]\n{rows}options = {options}\n"


ESSAY = """---
title: 直行的書
author: 葉蓁
---

“他说：‘好！’”她答道：“知道了……”——（括号）、《书名》。第24页，第2020号，lost and found，GPS。阿·Q。

『已有的直角』与“弯的”并存。*着重*，{媽|ㄇㄚˋ}，{荇河|xíng|hé}，[链接](b.md)。

![缸](cup.png "一只缸")

一行[^1]。

[^1]: 注文在左。
"""
FILES: dict[str, str | bytes] = {
    "a.md": ESSAY,
    "b.md": "# 乙\n\n" + "云对雨，雪对风，晚照对晴空。" * 60 + "\n",
    "cup.png": picture_bytes("PNG", (60, 20)),
}
A, B = (read_manuscript(str(FILES[name]).encode(), name, name) for name in ("a.md", "b.md"))


class Drawn(NamedTuple):
    """A character with its page, its origin and its ink, in pt from the page's lower left."""

    character: str
    page: int
    x: float
    y: float
    ink: tuple[float, float, float, float]

    @property
    def middle(self) -> tuple[float, float]:
        left, bottom, right, top = self.ink
        return (left + right) / 2, (bottom + top) / 2


@cache
def _made(script: str) -> bytes:
    folder = temporary_folder() / f"vertical-{script}"
    head = 'slug = "v"\nessays = ["a.md", "b.md"]\ntitle = "试印本"\n'
    _write(folder, {**FILES, "collection.toml": head + _output(script)})
    (artefact,) = build(folder).artefacts
    return artefact.content


def _write(folder: Path, files: dict[str, str | bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


@cache
def _drawn(script: str) -> tuple[Drawn, ...]:
    with pypdfium2.PdfDocument(_made(script)) as document:
        return tuple(drawn for index in range(len(document)) for drawn in _page(document, index))


def _page(document: pypdfium2.PdfDocument, index: int) -> Iterator[Drawn]:
    text = document[index].get_textpage()
    for number in range(text.count_chars()):
        x, y = pdfium.c_double(), pdfium.c_double()
        pdfium.FPDFText_GetCharOrigin(text, number, x, y)
        character = text.get_text_range(number, 1)
        yield Drawn(character, index, x.value, y.value, text.get_charbox(number))


def _one(script: str, words: str) -> list[Drawn]:
    """The characters of words that stand once in the essay, one after the other."""
    row = _drawn(script)
    whole = "".join(drawn.character[:1] or " " for drawn in row)
    places = [match.start() for match in re.finditer(re.escape(words), whole)]
    assert places, words
    return list(row[places[-1] : places[-1] + len(words)])


both = pytest.mark.parametrize("script", ["hans", "hant-tw"])


@both
def test_pages_stand_and_are_not_told_to_turn(script: str) -> None:
    for page in Pdf(_made(script)).file.pages:
        left, bottom, right, top = map(float, page.MediaBox)
        assert right - left == pytest.approx(125 / 25.4 * 72, abs=0.1)
        assert top - bottom == pytest.approx(176 / 25.4 * 72, abs=0.1)
        assert "/Rotate" not in page


def test_every_character_is_read_aloud_in_order() -> None:
    pdf = Pdf(_made("hans"))
    spoken = dense("".join(words for _, words in pdf.spoken))
    assert essay_words(B) in spoken
    body = dense(essay_words(A)).replace("一只缸", "")
    shown = re.sub(r"(ㄇㄚˋ|xíng|hé|一只缸|1)", "", spoken)
    assert body in shown


@both
def test_lines_run_down_and_follow_to_the_left(script: str) -> None:
    one, other = _one(script, "云对雨" if script == "hans" else "雲對雨")[:2]
    assert one.middle[0] == pytest.approx(other.middle[0], abs=1)
    assert one.y - other.y == pytest.approx(10.5, abs=1)
    (first,), (second,) = _one(script, "他"), _one(script, "已")
    assert second.page == first.page
    assert second.x < first.x - 17


def test_mainland_commas_stand_at_the_upper_right_taiwanese_ones_in_the_middle() -> None:
    for script, shift in (("hans", 0.3), ("hant-tw", 0.0)):
        words = "雪对风，" if script == "hans" else "雪對風，"
        *_, before, comma = _one(script, words)
        aside = (comma.middle[0] - before.middle[0]) / 10.5
        assert aside == pytest.approx(shift, abs=0.12)
        assert comma.middle[1] < before.ink[1] + 1


def test_quotes_take_the_forms_of_vertical_lines_and_keep_their_characters() -> None:
    (curly,) = _one("hans", "“")
    (corner,) = _one("hans", "『")
    left, bottom, right, top = curly.ink
    assert (right - left, top - bottom) == pytest.approx(
        (corner.ink[2] - corner.ink[0], corner.ink[3] - corner.ink[1]), abs=0.2
    )


def test_dashes_and_brackets_turn_with_the_line() -> None:
    left, bottom, right, top = _one("hans", "——")[0].ink
    assert top - bottom > 1.5 * 10.5 > 10.5 > right - left
    left, bottom, right, top = _one("hans", "（")[0].ink
    assert right - left > top - bottom


def test_two_digits_share_a_square_and_four_lie() -> None:
    two, four = _one("hans", "24")
    (behind,) = _one("hans", "页")
    assert two.y == pytest.approx(four.y, abs=0.1)
    assert two.x < behind.middle[0] < four.ink[2]
    assert two.x >= behind.x - 1
    assert four.ink[2] <= behind.x + 10.5 + 1
    digits = _one("hans", "2020")
    assert all(one.y > other.y for one, other in pairwise(digits))
    assert all(abs(one.x - other.x) < 0.1 for one, other in pairwise(digits))


def test_a_short_word_in_a_foreign_phrase_lies_with_it() -> None:
    letters = _one("hans", "and")
    assert all(one.y > other.y for one, other in pairwise(letters))


@pytest.mark.parametrize(("base", "reading"), [("媽", "ㄇ"), ("荇", "x")])
def test_readings_stand_at_the_right(base: str, reading: str) -> None:
    (word,), (letter,) = _one("hans", base), _one("hans", reading)
    assert letter.ink[0] > word.ink[2] - 1
    assert word.ink[1] - 2 < letter.middle[1] < word.ink[3] + 2


def test_a_tone_stands_at_the_right_of_the_last_letter() -> None:
    _, last, tone = _one("hans", "ㄇㄚˋ")
    assert tone.ink[0] > last.middle[0]
    assert last.middle[1] - 1 < tone.middle[1] < last.ink[3] + 2


def test_pictures_stand() -> None:
    with pypdfium2.PdfDocument(_made("hans")) as document:
        pictures = [
            item.get_bounds()
            for page in document
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        ]
    ((left, bottom, right, top),) = pictures
    assert (right - left) / (top - bottom) == pytest.approx(3, abs=0.01)


def test_links_lie_on_their_words_and_lead_to_their_page() -> None:
    pdf = Pdf(_made("hans"))
    first, second = _one("hans", "链接")
    (link,) = [
        link
        for link in pdf.links
        if link.page == first.page
        and link.area.left < first.middle[0] < link.area.right
        and link.area.bottom < first.middle[1] < link.area.top
    ]
    assert link.area.bottom < second.middle[1] < link.area.top
    assert pdf.leaves[pdf.destinations[link.target]].index > link.page
    assert [title for _, title, _ in pdf.outline][-2:] == ["直行的書", "乙"]


@both
def test_the_proof_measures_columns_and_finds_nothing(script: str, tmp_path: Path) -> None:
    file = tmp_path / "v.pdf"
    file.write_bytes(_made(script))
    found = proof(file)
    assert found.findings == ()
    (body,) = found.texts
    assert body.size == 10.5
    assert body.flush == body.full >= 15
    assert body.measure / body.size == pytest.approx(round(body.measure / body.size), abs=0.01)


def test_the_same_bytes_again(make_collection: MakeCollection) -> None:
    folder = make_collection(FILES, outputs=_output("hans"))
    first, second = (build(folder).artefacts[0].content for _ in range(2))
    assert first == second


def test_an_unknown_way_of_writing_is_refused(make_collection: MakeCollection) -> None:
    outputs = _output("hans", "upwards")
    with pytest.raises(PublisherError, match="is not a value"):
        build(make_collection({"b.md": FILES["b.md"]}, outputs=outputs))
