"""The desk of scripts: OpenCC, detection, quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.script.detection import script_family
from publisher.script.opencc import converter
from publisher.script.quotes import corner_quotes, curly_quotes


@pytest.mark.parametrize(
    ("config", "text", "converted"),
    [
        ("s2tw", "头发发白，皇后在后面，里程与里面", "頭髮發白，皇后在後面，里程與裡面"),
        ("s2hk", "头发发白，里面", "頭髮發白，裏面"),
        ("s2t", "门", "門"),
        ("t2s", "門", "门"),
    ],
)
def test_a_configuration_chooses_by_words(config: str, text: str, converted: str) -> None:
    assert converter(config)(text) == converted


def test_a_configuration_lying_in_the_working_folder_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("s2tw", "s2tw.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    converter.cache_clear()
    assert converter("s2tw")("门") == "門"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("桥封了，唯一的公交车停了。", "hans"),
        ("橋封了，唯一的公車停了。", "hant"),
        ("", "hans"),
        ("山川", "hans"),
        ("Only Latin, 2020.", "hans"),
        ("他写信给陳獨秀，说桥封了，车停了，门关了，医院满了。", "hans"),
        ("他寫信給陈独秀，說橋封了，車停了，門關了，醫院滿了。", "hant"),
        ("里程", "hans"),
        ("皇后只在乾坤之內，干戈之後", "hant"),
    ],
)
def test_a_script_is_told_by_the_characters_only_one_of_them_has(text: str, family: str) -> None:
    assert script_family(text) == family


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("他说：“走。”", "他说：「走。」"),
        ("“他说‘走’了”", "「他说『走』了」"),
        ("‘走’", "『走』"),
        ("“don’t”", "「don’t」"),
        ("rock ’n’ roll", "rock ’n’ roll"),
        ("“走", "“走"),
        ("走”", "走”"),
        ("“走‘来”", "“走‘来”"),
        ('"走"', '"走"'),
        ("“a”“b”", "「a」「b」"),
    ],
)
def test_pairs_become_corners_and_everything_else_stays(text: str, quoted: str) -> None:
    assert corner_quotes(text) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("「他說『走』了」", "“他說‘走’了”"),
        ("「走", "「走"),
        ("走』", "走』"),
        ("「a」don’t", "“a”don’t"),
    ],
)
def test_pairs_of_corners_become_curly_again(text: str, quoted: str) -> None:
    assert curly_quotes(text) == quoted
