"""The sample's EPUB documents as a browser shows them: light and dark, phone and tablet, large.

Reading systems are browsers inside. Nothing may stand outside the page, every picture must be
there, and as many notes and calls as the essays have.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from publisher.press.build import build
from publisher.press.planning import plan
from tests.reading import ESSAYS, Epub, has_ace, looked_at, opened, temporary_folder

pytestmark = pytest.mark.skipif(
    not has_ace(), reason="the browser is driven by Node.js and Chromium, installed by make test"
)
SIZES = {"phone": (360, 640), "tablet": (820, 1180)}
ACROSS, DOWN = "across", "down"
OUTPUTS = f"""
[[output]]
name = "{ACROSS}"
format = "epub"
script = "hant-tw"
[[output]]
name = "{DOWN}"
format = "epub"
script = "hant-tw"
options = {{ writing = "vertical" }}
"""
# A preface, an essay with a table, one with ruby, one with notes.
ESSAYS_SHOWN = ("preface.md", "05-baskets.md", "11-hulling.md", "02-noodles.md")
# More columns than a phone has room for, long words, a call after every kind of character.
CALLS = (
    "七[^{0}]，八",
    "说：“不姓了。”[^{0}]后来",
    "*不动*[^{0}]又",
    "共12[^{0}]次",
    "{{砻渡|lóng dù}}[^{0}]的",
)
TRYING = (
    "---\ntitle: 宽\n---\n\n"
    + "".join(CALLS[n % len(CALLS)].format(n) + "他走到河边去" * (n % 4) for n in range(60))
    + "\n\n|"
    + "日期与时刻|Internationalization|备注|参加的人数|地点|联系人|\n|"
    + "---|" * 6
    + "\n|"
    + "二〇二〇年一月|Transportation|雪后道路不通，请自备干粮|十二人|船厂路|欧阳修文|\n\n: "
    + "二院专车正月里每天的班次与负责联系的人一览" * 3
    + "\n\n::: verse\n"
    + "桥上的人往东看，桥下的水往西流，" * 12
    + "\n:::\n\n"
    + "".join(f"[^{n}]: 注。\n\n" for n in range(60))
)


@cache
def folder() -> Path:
    """The collection of the essays that are looked at."""
    book = temporary_folder() / "browser"
    shutil.copytree(ESSAYS / "images", book / "images")
    for name in ESSAYS_SHOWN:
        shutil.copy(ESSAYS / name, book / name)
    (book / "trying.md").write_text(TRYING, encoding="utf-8")
    listed = ", ".join(f'"{name}"' for name in (*ESSAYS_SHOWN, "trying.md"))
    head = f'title = "試印"\nessays = [{listed}]\n'
    (book / "collection.toml").write_text(head + OUTPUTS, encoding="utf-8")
    return book


@cache
def views() -> list[tuple[str, str, bool, dict[str, Any]]]:
    """(output, document, whether dark, what was measured) of every view of every document."""
    rows: list[tuple[str, str, bool, dict[str, object]]] = []
    for made in build(folder(), folder() / "dist").artefacts:
        home = opened(made.content, made.output)
        for name in dict.fromkeys((*Epub(made.content).spine, "nav.xhtml")):
            rows += [
                (made.output, name, dark, _wish(home / name, size, dark, scale))
                for size in SIZES.values()
                for dark in (False, True)
                for scale in (1, 2)
            ]
    measures = looked_at([wish for *_, wish in rows])
    return [(*row[:3], measure) for row, measure in zip(rows, measures, strict=True)]


def _wish(file: Path, size: tuple[int, int], dark: bool, scale: int) -> dict[str, object]:
    width, height = size
    return {
        "url": file.as_uri(), "width": width, "height": height, "dark": dark, "scale": scale,
    }  # fmt: skip


def test_no_words_and_no_picture_stand_outside_the_page() -> None:
    for output, name, _, measure in views():
        assert measure["outside"] == [], (output, name, measure)
        assert measure["pictures"] == [], (output, name, measure)
        assert measure["overflow"] <= 0, (output, name, measure)


def test_lines_run_as_the_output_asks() -> None:
    for output, _, _, measure in views():
        assert measure["vertical"] == (output == DOWN)


def test_every_note_and_every_call_is_there() -> None:
    essays = {
        f"text/{division.anchor}.xhtml": len(division.essay.notes)
        for division in plan(folder())[1][0].book.divisions
        if division.essay
    }
    assert sum(essays.values()) > 0
    for _, name, _, measure in views():
        if name in essays:
            assert measure["notes"] == measure["calls"] == essays[name], name


def test_no_call_begins_a_line() -> None:
    for output, name, _, measure in views():
        assert measure["strays"] == [], (output, name)


def test_turned_lines_of_verse_hang() -> None:
    for output, name, _, measure in views():
        assert measure["flush"] == [], (output, name)


def test_notes_in_vertical_lines_have_chinese_numbers() -> None:
    kinds = {(output, it) for output, _, _, measure in views() for it in measure["numbers"]}
    assert kinds == {(ACROSS, "decimal"), (DOWN, "cjk-decimal")}


def test_a_cover_takes_the_whole_width_of_a_phone() -> None:
    # A phone's page is narrower than a cover; on a tablet the height bounds it.
    covers = [(output, it["strip"]) for output, name, _, it in views() if "/cover." in name]
    assert {(ACROSS, 0), (DOWN, 0)} <= set(covers)


def test_words_can_be_told_from_their_ground_on_light_and_on_dark_pages() -> None:
    for output, name, dark, measure in views():
        assert measure["contrast"] >= 4.5, (output, name, dark, measure)
        # What a dark page shows is drawn for light ones: pictures bring their own ground.
        assert measure["bare"] == [], (output, name)
