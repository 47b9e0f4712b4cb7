"""Manuscripts, collections, artefacts and scripts as values."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest

from publisher.model import matter as m
from publisher.model.artefact import Artefact
from publisher.model.collection import About, Collection, Imprint, Part
from publisher.model.declaration import Declaration, Language, ScriptName
from publisher.model.manuscript import Manuscript, identify
from publisher.model.scripts import LANGUAGES, SCRIPTS


def _essay(path: str) -> Manuscript:
    return Manuscript(path, path, "", (), "", "", "", (), ())


def test_a_latin_file_name_is_its_own_identity() -> None:
    assert identify("01-snow.md") == "01-snow"
    assert _essay("01-snow.md").identity == "01-snow"


PATHS = ["雪.md", "夜.md", "Snow.md", "snow.md", "a/b.md", "a-b.md", "a b.md", "a_b.md", "01.雪.md"]


@pytest.mark.parametrize("path", PATHS)
def test_an_identity_is_safe_in_ids_addresses_and_file_names(path: str) -> None:
    assert re.fullmatch(r"[0-9a-z]+(-[0-9a-z]+)*", identify(path))


def test_paths_that_look_alike_get_identities_of_their_own() -> None:
    assert len({identify(path) for path in PATHS}) == len(PATHS)


def test_figures_of_notes_belong_to_the_manuscript() -> None:
    figure = m.Figure("a.png", "", (), 1)
    note = m.Note(1, (replace(figure, path="b.png"),), 5)
    essay = replace(_essay("a.md"), blocks=(figure,), notes=(note,))
    assert [found.path for found in essay.figures()] == ["a.png", "b.png"]


def test_essays_come_in_the_order_of_the_book() -> None:
    front, one, two, back = map(_essay, ("f.md", "1.md", "2.md", "b.md"))
    book = Collection(
        About("书", "book", "zh-Hans"),
        Imprint(),
        (front,),
        (Part("上", (one,)), Part("下", (two,))),
        (back,),
        (),
        (),
    )
    assert list(book.essays()) == [front, one, two, back]


def test_an_artefact_is_known_by_the_digest_of_its_bytes() -> None:
    made = Artefact("screen-hans", "a.pdf", "application/pdf", b"x")
    assert made.sha256 == hashlib.sha256(b"x").hexdigest()


def test_every_script_is_found_by_name_and_by_language() -> None:
    assert {name: script.name for name, script in SCRIPTS.items()} == {it: it for it in SCRIPTS}
    languages = {script.language for script in SCRIPTS.values()}
    assert {LANGUAGES[language].language for language in languages} == set(LANGUAGES)
    assert [it.name for it in LANGUAGES.values()] == ["hans", "hant-tw", "hant-hk"]


def test_the_declaration_knows_exactly_the_scripts_and_languages_there_are() -> None:
    assert set(ScriptName.__args__) == set(SCRIPTS)  # type: ignore[attr-defined]
    assert set(Language.__args__) == set(LANGUAGES)  # type: ignore[attr-defined]


def test_only_the_title_must_be_declared() -> None:
    assert Declaration("书").output == ()
