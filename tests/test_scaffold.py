"""The beginning of a new collection."""

from __future__ import annotations

import pytest

from publisher.editorial.declarations import read_declaration
from publisher.editorial.scaffold import scaffold


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_collection_is_sound_and_starts_with_four_outputs(language: str) -> None:
    declaration = read_declaration(scaffold("Winter Book", "冬", language), "f")
    assert (declaration.title, declaration.slug) == ("冬", "winter-book")
    assert [output.name for output in declaration.output] == [
        "screen-hans",
        "screen-hant-tw",
        "epub-hans",
        "epub-hant-tw",
    ]


@pytest.mark.parametrize("title", ['他说"走"', "a\\b", "甲\t乙", "{slug}", "{title}", "𠮷", "'''"])
def test_any_title_is_written_so_that_it_reads_back(title: str) -> None:
    assert read_declaration(scaffold("x", title, "zh"), "f").title == title


def test_its_comments_are_in_the_language_that_was_asked_for() -> None:
    texts = {language: scaffold("x", "x", language).decode() for language in ("zh", "en")}
    comments = {
        language: "".join(line.partition("#")[2] for line in text.splitlines())
        for language, text in texts.items()
    }
    assert "文" in comments["zh"]
    assert comments["en"].isascii() or "…" in comments["en"]
