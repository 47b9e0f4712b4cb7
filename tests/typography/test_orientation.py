"""How pieces stand in vertical lines, and the type area of a page that lies on its side."""

from __future__ import annotations

import pytest

from publisher.composition.layout import read_layout
from publisher.ground.places import NOWHERE
from publisher.typography.characters import Kind
from publisher.typography.orientation import Combined, Posture, posture_of, settled
from publisher.typography.pagesize import MM_PER_PT, SIZES
from publisher.typography.tokens import Token
from publisher.typography.typearea import type_area
from publisher.typography.verticalarea import lying
from tests.reading import ROOT


@pytest.mark.parametrize(
    "piece", ["国", "「", "，", "。", "——", "……", "·", "℃", "①", "㈠", "㎏", "※", "Ａ", "ㄅ", "ˋ"]
)
def test_what_belongs_to_chinese_text_stands(piece: str) -> None:
    assert posture_of(piece) is Posture.UPRIGHT


@pytest.mark.parametrize("piece", ["2020", "publisher", "37.3", "50%", "-", "/", " ", "lost's"])
def test_longer_words_and_western_marks_lie(piece: str) -> None:
    assert posture_of(piece) is Posture.LYING


@pytest.mark.parametrize("piece", ["3", "24", "120", "A4", "GPS", "é"])
def test_up_to_three_letters_or_digits_stand_side_by_side(piece: str) -> None:
    assert posture_of(piece) is Posture.COMBINED


def _token(text: str, kind: Kind) -> Token:
    return Token(text, kind, 1000)


def _short(text: str) -> Combined:
    return Combined(text, Kind.HAN, 1000, lying=_token(text, Kind.WESTERN))


HAN, SPACE, WORD = _token("国", Kind.HAN), _token(" ", Kind.SPACE), _token("found", Kind.WESTERN)
WIDE_SPACE, COLON = _token("\u3000", Kind.SPACE), _token("：", Kind.COMMA)


@pytest.mark.parametrize(
    ("before", "behind"),
    [(WORD, HAN), (HAN, WORD), (_token("-", Kind.OTHER), HAN), (HAN, _short("B5"))],
    ids=["a word before", "a word behind", "a hyphen before", "another short word behind"],
)
@pytest.mark.parametrize("space", [(), (SPACE,)], ids=["close", "with a space"])
def test_a_short_word_among_others_lies_as_they_do(
    before: Token, behind: Token, space: tuple[Token, ...]
) -> None:
    short = _short("and")
    row = [before, *space, short, *space, behind]
    assert settled(row)[row.index(short)] is short.lying


@pytest.mark.parametrize(
    "row",
    [(HAN, HAN), (COLON, HAN), (HAN, _token("℃", Kind.OTHER)), (WIDE_SPACE, HAN)],
    ids=["Han", "a colon", "a sign that stands", "a wide space"],
)
def test_a_short_word_in_chinese_company_stays(row: tuple[Token, Token]) -> None:
    before, behind = row
    short = _short("24")
    assert settled([before, short, behind])[1] is short


def test_a_wide_space_keeps_words_apart() -> None:
    short = _short("24")
    assert settled([WORD, WIDE_SPACE, short, HAN])[2] is short


@pytest.mark.parametrize("name", SIZES)
def test_a_lying_page_holds_whole_characters_and_lines_between_its_margins(name: str) -> None:
    page, design = SIZES[name], read_layout("chapbook", (ROOT / "layouts",), NOWHERE).design
    size, area = lying(page, design)
    assert (size.width, size.height) == (page.height, page.width)
    assert area.width == pytest.approx(area.characters * design.size * MM_PER_PT, abs=1e-3)
    assert area.height == pytest.approx(area.lines * design.leading * MM_PER_PT, abs=1e-3)
    assert area.inner + area.width + area.outer == pytest.approx(page.height, abs=1e-2)
    assert area.top + area.height + area.bottom == pytest.approx(page.width, abs=1e-2)


def test_the_head_margin_keeps_its_share_when_lines_are_turned() -> None:
    page, design = SIZES["A5"], read_layout("chapbook", (ROOT / "layouts",), NOWHERE).design
    flat, (_, area) = type_area(page, design), lying(page, design)
    share = flat.top / (flat.top + flat.bottom)
    assert area.inner / (area.inner + area.outer) == pytest.approx(share, abs=0.01)
