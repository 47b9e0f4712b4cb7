"""The Chinese catalogue holds every message, and nothing but messages."""

from __future__ import annotations

import gettext
import io
import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.ground.messages import say
from tests import catalogue

TRANSLATIONS = catalogue.read_po(catalogue.PO.read_text(encoding="utf-8"))
MESSAGES = catalogue.messages()
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _places(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


def test_every_message_of_the_code_is_translated() -> None:
    assert [text for text in MESSAGES if not TRANSLATIONS.get(text)] == []


def test_the_catalogue_holds_no_message_that_nobody_says() -> None:
    assert sorted(TRANSLATIONS.keys() - MESSAGES.keys()) == []


def test_every_message_is_given_as_a_literal() -> None:
    assert catalogue.unreadable() == []


@pytest.mark.parametrize("text", MESSAGES)
def test_a_translation_has_the_places_of_its_message(text: str) -> None:
    assert _places(TRANSLATIONS[text]) == _places(text)


def test_every_translation_is_chinese_with_chinese_quotes_around_what_it_quotes() -> None:
    for text, own in TRANSLATIONS.items():
        # A message of nothing but places needs Chinese marks alone.
        assert _HAN.search(own) or not re.search(r"[a-z]", re.sub(r"\{\w+\}", "", text)), own
        assert '"{' not in own, own


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    content = catalogue.MO.read_bytes()
    assert content == catalogue.compiled(TRANSLATIONS)
    read = gettext.GNUTranslations(io.BytesIO(content))
    assert {text: read.gettext(text) for text in TRANSLATIONS} == TRANSLATIONS


def test_the_text_of_the_catalogue_is_in_the_order_of_the_code() -> None:
    assert catalogue.PO.read_text(encoding="utf-8") == catalogue.written_po(MESSAGES, TRANSLATIONS)


def test_marks_of_a_message_survive_the_text_of_the_catalogue() -> None:
    hard = {'a "b" \\< {c}\n\td': '甲“乙”\\ "丁"\n'}
    assert catalogue.read_po(catalogue.written_po(dict.fromkeys(hard, ()), hard)) == hard


def test_a_new_message_is_found_wherever_it_is_said(tmp_path: Path) -> None:
    package = tmp_path / "house"
    package.mkdir()
    (package / "room.py").write_text(
        'say("one {x}", x=say("two"))\n_("three")\ntranslated(stage)\nwatch("four", 1, 2)\n'
        'count(watch, "five", 9)\nclass Severity: A = "six"\nsay(template)\n'
    )
    said = set(catalogue.messages(package)) - set(catalogue.ARGPARSE)
    assert said == {"one {x}", "two", "three", "four", "five", "six"}
    assert catalogue.unreadable(package) == ["house/room.py:7"]


def _speak(language: str, folder: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "publisher", "build", "missing-folder"],
        cwd=folder,
        env=kept | {"LANG": language},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_chinese_machine_is_spoken_to_in_chinese(tmp_path: Path) -> None:
    said = _speak("zh_CN.UTF-8", tmp_path)
    missing = say("there is no {name} here", name="collection.toml")
    hint = say("publisher new {folder} begins a collection", folder="missing-folder")
    assert said.stderr.splitlines() == [
        f"{TRANSLATIONS['error']}: missing-folder: {missing.worded(TRANSLATIONS.__getitem__)}",
        f"  → {hint.worded(TRANSLATIONS.__getitem__)}",
    ]
    assert said.returncode == 2


def test_any_other_machine_is_spoken_to_in_english(tmp_path: Path) -> None:
    said = _speak("fr_FR.UTF-8", tmp_path)
    assert said.stderr.startswith("error: missing-folder: there is no collection.toml here\n")
