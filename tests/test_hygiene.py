"""The gate that every text passes."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import FaultsOf

from publisher.ground.errors import Remedy
from publisher.ground.hygiene import decoded, require_fit
from publisher.ground.places import Place

UNFIT = {
    "a NUL": "\0",
    "an escape": "\x1b",
    "a form feed": "\f",
    "a delete": "\x7f",
    "a next line (C1)": "\x85",
    "a line separator": "\u2028",
    "a paragraph separator": "\u2029",
    "a bidi override": "\u202e",
    "a bidi isolate": "\u2067",
    "a lone surrogate": "\ud83d",
    "a noncharacter that this program uses as a mark": "\ufdd0",
    "a replacement character": "\ufffd",
    "a noncharacter of a far plane": "\U0010ffff",
}


@pytest.mark.parametrize("character", UNFIT.values(), ids=list(UNFIT))
def test_an_unfit_character_is_named_with_line_and_column(
    character: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: require_fit(f"雪\n夜{character}", "a.md"))
    assert fault.at == Place("a.md", 2, 2)
    assert f"U+{ord(character):04X}" in str(fault.message)
    assert fault.remedy is Remedy.EDITOR
    assert fault.hint


def test_every_control_and_surrogate_is_unfit_but_tab_and_line_feed(faults_of: FaultsOf) -> None:
    kinds = ("Cc", "Cs")
    controls = [c for c in map(chr, range(0x11000)) if unicodedata.category(c) in kinds]
    for control in set(controls) - {"\t", "\n"}:
        assert faults_of(lambda c=control: require_fit(c, "f"))  # type: ignore[misc]


def test_a_lone_surrogate_is_called_by_its_name(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: require_fit("\udcce", "f"))
    assert "lone surrogate" in str(fault.message)


def test_a_damaged_text_is_not_mended_by_deleting(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: require_fit("\ufffd", "f"))
    assert "copy it again" in str(fault.hint)


def test_ordinary_text_of_any_script_passes() -> None:
    require_fit("雪夜\t𠮷野家 café 👩\u200d⚕️ \u3000“引”\u00a0—— ㄅㄆㄇ かな\n", "f")


def test_the_faults_of_a_broken_file_are_many_but_not_endless(faults_of: FaultsOf) -> None:
    assert 1 < len(faults_of(lambda: require_fit("\0" * 5000, "f"))) <= 100


def test_a_value_is_placed_by_its_key(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: require_fit("a\0", "collection.toml", "part[1].title"))
    assert fault.at == Place("collection.toml", key="part[1].title")


def test_line_ends_of_all_systems_become_line_feeds_and_the_mark_goes() -> None:
    assert decoded(b"\xef\xbb\xbfa\r\nb\rc\n", "f") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("content", "offset", "line"),
    [
        ("雪\n夜".encode() + b"\xff", 7, 2),
        (b"\xef\xbb\xbfa\n" + "门".encode("gb18030"), 5, 2),
        (b"ab\xe9\x9b", 2, 1),
    ],
    ids=["a stray byte", "another encoding after a mark", "a cut character"],
)
def test_bytes_that_are_not_utf8_are_named_by_value_offset_and_line(
    content: bytes, offset: int, line: int, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: decoded(content, "a.md"))
    assert fault.at == Place("a.md", line)
    assert f"offset {offset}" in str(fault.message)
    assert f"0x{content[offset]:02x}" in str(fault.message)
    assert "UTF-8" in str(fault.hint)


def test_a_utf16_file_is_refused_at_its_first_byte(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: decoded("雪夜".encode("utf-16"), "f"))
    assert "offset 0" in str(fault.message)
