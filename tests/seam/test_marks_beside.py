"""Readings and dots beside the words: where they stand, and that they change nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.glyphs import Glyph, read_glyphs
from tests.reading import Area, Pdf, dense
from tests.seam import stone

WORDS = "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。白日依山尽，黄河入海流。"


def _glyphs(body: str, style: str = "", lang: str = "zh-Hans") -> tuple[Glyph, ...]:
    return read_glyphs(stone.pdf(f"<p>{body}</p>", style, lang))


def _middle(glyphs: list[Glyph]) -> float:
    return (glyphs[0].x + glyphs[-1].end) / 2


def _extracted(pdf: bytes) -> str:
    """The words as a reader copies them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return dense("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


# Readings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "reading"),
    [("鸟", "niǎo"), ("鸟", "a"), ("啼鸟", "tí niǎo"), ("鸟", "niǎo niǎo niǎo")],
)
def test_a_reading_stands_in_the_middle_above_its_base(base: str, reading: str) -> None:
    glyphs = _glyphs(f"春眠<ruby>{base}<rt>{reading}</rt></ruby>不觉。")
    below = [glyph for glyph in glyphs if glyph.text in base]
    above = [glyph for glyph in glyphs if glyph.size < 9]
    assert _middle(above) == pytest.approx(_middle(below), abs=0.02)
    assert all(glyph.y - below[0].y > 0.88 * stone.EM for glyph in above)
    # The neighbours make room for a reading that is wider than its base.
    around = (next(g for g in glyphs if g.text == "眠"), next(g for g in glyphs if g.text == "不"))
    assert around[0].end <= above[0].x + 0.02
    assert above[-1].end <= around[1].x + 0.02


def test_readings_change_no_lines_height() -> None:
    ruby = "".join(f"{c}<ruby>天<rt>tiān</rt></ruby>" for c in WORDS)
    plain = [glyph.y for glyph in _glyphs(WORDS * 2) if glyph.size > 9]
    read = [glyph.y for glyph in _glyphs(ruby) if glyph.size > 9]
    assert sorted(set(read), reverse=True)[:2] == sorted(set(plain), reverse=True)[:2]
    steps = {round(a - b, 3) for a, b in pairwise(sorted(set(read), reverse=True))}
    assert steps == {stone.LEADING}


@pytest.mark.parametrize("reading", ["rì", "ㄖˋ"])
def test_a_base_is_read_before_its_reading(reading: str) -> None:
    body = f"白<ruby>日<rt>{reading}</rt></ruby>依<ruby>山<rt>shān</rt></ruby>尽"
    pdf = stone.pdf(f"<p>{body}</p>", "rt { ruby-position: inter-character }")
    wanted = f"白日{reading}依山shān尽"
    assert "".join(glyph.text for glyph in read_glyphs(pdf)) == wanted


_BOPOMOFO = "rt { ruby-position: inter-character; font-size: 0.3em; vertical-align: baseline }"


def _beside(reading: str) -> tuple[Glyph, list[Glyph], Glyph]:
    """A base, its reading, and what follows."""
    style = f"html {{ font-family: 'Publisher Serif TC' }} {_BOPOMOFO}"
    glyphs = _glyphs(f"一<ruby>山<rt>{reading}</rt></ruby>三", style, "zh-Hant-TW")
    return glyphs[1], list(glyphs[2:-1]), glyphs[-1]


@pytest.mark.parametrize("reading", ["ㄕㄢ", "ㄍㄨㄟ", "ㄧ"])
def test_bopomofo_stands_to_the_right_one_below_the_other(reading: str) -> None:
    base, letters, after = _beside(reading)
    assert "".join(glyph.text for glyph in letters) == reading
    assert {round(glyph.x - base.x, 2) for glyph in letters} == {stone.EM}
    assert all(glyph.end <= after.x + 0.02 for glyph in letters)
    assert after.x - base.x == pytest.approx(1.5 * stone.EM, abs=0.02)
    for one, other in pairwise(letters):
        assert one.y - other.y == pytest.approx(one.size, abs=0.02)
    # The column's middle is that of the base: a letter lies from 0.12 em below its line to 0.88.
    middle = (letters[0].y + 0.88 * letters[0].size + letters[-1].y - 0.12 * letters[-1].size) / 2
    assert middle == pytest.approx(base.y + 0.38 * stone.EM, abs=0.1)


@pytest.mark.parametrize("tone", "ˊˇˋ")
def test_a_tone_stands_to_the_right_of_the_last_letter(tone: str) -> None:
    _, (*letters, mark), after = _beside(f"ㄕㄢ{tone}")
    assert mark.text == tone
    assert mark.x >= letters[-1].end - 0.02
    assert letters[-1].y < mark.y < letters[-1].y + letters[-1].size
    assert mark.x < after.x


def test_the_light_tone_stands_above_the_letters() -> None:
    _, glyphs, _ = _beside("ㄉㄜ˙")
    (mark,) = (glyph for glyph in glyphs if glyph.text == "˙")
    letters = [glyph for glyph in glyphs if glyph.text != "˙"]
    assert mark.y > max(glyph.y for glyph in letters)
    assert mark.x == pytest.approx(letters[0].x, abs=0.02)


def test_ruby_position_decides_where_bopomofo_stands() -> None:
    over = _glyphs("<ruby>山<rt>ㄕㄢ</rt></ruby>", "p { ruby-position: over }")
    beside = _glyphs("<ruby>山<rt>ㄕㄢ</rt></ruby>", "p { ruby-position: inter-character }")
    assert all(glyph.x < over[0].end for glyph in over[1:])
    assert all(glyph.x >= beside[0].end - 0.02 for glyph in beside[1:])


# Dots ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ring:
    """A round shape: its middle and width in pt, its colour, and whether it is filled."""

    x: float
    y: float
    width: float
    colour: tuple[float, ...]
    filled: bool


def _rings(pdf: bytes) -> list[Ring]:
    """The round shapes of a one-page PDF, in the order of drawing."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return list(_read_rings(file.pages[0].obj))


def _read_rings(page: pikepdf.Object) -> Iterator[Ring]:
    matrix, kept = pikepdf.Matrix(), []
    colours: dict[str, tuple[float, ...]] = {}
    paths: list[list[tuple[float, float]]] = []
    for instruction in pikepdf.parse_content_stream(page):
        name, numbers = str(instruction.operator), list(instruction.operands)
        if name == "q":
            kept.append((matrix, dict(colours)))
        elif name == "Q":
            matrix, colours = kept.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, numbers)) @ matrix
        elif name in ("rg", "RG"):
            colours[name] = tuple(map(float, numbers))
        elif name in ("m", "c"):
            paths += [[]] if name == "m" else []
            paths[-1].append(matrix.transform((float(numbers[-2]), float(numbers[-1]))))
        elif name in ("f", "S"):
            colour = colours.get("rg" if name == "f" else "RG", ())
            yield from (_ring(path, colour, name == "f") for path in paths if len(path) > 4)
            paths = []


def _ring(points: list[tuple[float, float]], colour: Any, filled: bool) -> Ring:
    (left, *_, right) = sorted(x for x, _ in points)
    (low, *_, high) = sorted(y for _, y in points)
    return Ring((left + right) / 2, (low + high) / 2, right - left, colour, filled)


def _rules(pdf: bytes) -> list[Area]:
    """The straight shapes of a one-page PDF."""
    boxes = (box for leaf in Pdf(pdf).leaves for box in leaf.boxes)
    return [Area(*box) for box in boxes if box[2] - box[0] > 0.5 * stone.EM]


def _dotted(
    style: str, words: str = "处处，“闻”々——啼 鸟、／。……"
) -> tuple[list[Glyph], list[Ring]]:
    pdf = stone.pdf(f"<p>春<em>{words}</em>眠</p>", f"em {{ {style} }}")
    return list(read_glyphs(pdf)), _rings(pdf)


def test_every_letter_has_a_dot_below_its_middle_and_no_mark_has_one() -> None:
    glyphs, rings = _dotted("text-emphasis: filled dot; text-emphasis-position: under")
    letters = [glyph for glyph in glyphs if glyph.text in "处闻々啼鸟"]
    assert len(letters) == 6
    assert [ring.x for ring in rings] == pytest.approx([_middle([g]) for g in letters], abs=0.1)
    for ring in rings:
        assert 0 < glyphs[0].y - 0.12 * stone.EM - ring.y < 0.3 * stone.EM
        assert ring.filled


def test_dots_stand_above_where_they_are_told_to() -> None:
    glyphs, rings = _dotted("text-emphasis: dot; text-emphasis-position: over")
    assert len(rings) == 6
    assert all(0 < ring.y - glyphs[0].y - 0.88 * stone.EM < 0.3 * stone.EM for ring in rings)


def test_dots_add_no_characters_and_move_none() -> None:
    plain, none = _dotted("text-emphasis: none")
    dotted, rings = _dotted("text-emphasis: dot")
    assert (none, len(rings)) == ([], 6)
    assert [g.text for g in dotted] == [g.text for g in plain]
    assert [g.x for g in dotted] == pytest.approx([g.x for g in plain], abs=0.01)
    assert [g.y for g in dotted] == [g.y for g in plain]
    assert _extracted(stone.pdf("<p><em>春眠</em></p>", "em { text-emphasis: dot }")) == "春眠"


@pytest.mark.parametrize(
    ("value", "colour", "filled"),
    [
        ("dot", (0, 0, 0), True),
        ("dot red", (1, 0, 0), True),
        ("red filled circle", (1, 0, 0), True),
        ("open circle lime", (0, 1, 0), False),
        ("open", (0, 0, 0), False),
        ("var(--dots)", (0, 0, 1), False),
    ],
)
def test_dots_have_their_shape_and_colour(
    value: str, colour: tuple[float, ...], filled: bool
) -> None:
    _, rings = _dotted(f"--dots: blue open dot; text-emphasis: {value}")
    assert {(ring.colour, ring.filled) for ring in rings} == {(colour, filled)}


def test_a_circle_is_wider_than_a_dot() -> None:
    (dot, *_), (circle, *_) = (_dotted(f"text-emphasis: {shape}")[1] for shape in ("dot", "circle"))
    assert 0 < dot.width < circle.width < stone.EM / 3


def test_dots_take_the_colour_of_their_words_and_hand_it_down() -> None:
    _, own = _dotted("color: red; text-emphasis: dot")
    _, down = _dotted("text-emphasis: dot lime", "春<span style='color: red'>眠</span>")
    assert {ring.colour for ring in own} == {(1, 0, 0)}
    assert [ring.colour for ring in down] == [(0, 1, 0)] * 2


def test_dots_follow_words_over_lines_and_through_faces() -> None:
    inner = f"{WORDS}<strong>白日依山尽</strong><code>入</code>"
    pdf = stone.pdf(f"<p><em>{inner}</em></p>", "em { text-emphasis: dot }")
    letters = [glyph for glyph in read_glyphs(pdf) if glyph.text not in "，。"]
    rings = _rings(pdf)
    assert [ring.x for ring in rings] == pytest.approx([_middle([g]) for g in letters], abs=0.1)
    assert len({round(ring.y, 2) for ring in rings}) == len({glyph.y for glyph in letters})


def test_a_western_word_has_a_line_under_it() -> None:
    pdf = stone.pdf("<p>春<em>眠Spring</em>晓dawn</p>", "em { text-emphasis: dot red }")
    glyphs = read_glyphs(pdf)
    (rule,) = _rules(pdf)
    word = glyphs[2:8]
    assert (rule.left, rule.right) == pytest.approx((word[0].x, word[-1].end), abs=0.02)
    assert 0 < word[0].y - rule.bottom < 0.4 * stone.EM
    assert rule.top < word[0].y


def test_what_is_hidden_has_no_dots() -> None:
    _, rings = _dotted("text-emphasis: dot; visibility: hidden")
    assert rings == []
