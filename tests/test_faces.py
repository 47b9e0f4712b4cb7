"""The project's fonts, and which characters they can show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FaultsOf
from fontTools.ttLib import TTFont
from lxml import etree

from publisher.composition.faces import (
    Face,
    coverage,
    fontconfig_text,
    glyphless,
    read_faces,
    require_intact,
)
from publisher.ground.errors import Remedy
from publisher.ground.fixity import digest
from publisher.ground.places import Place
from publisher.press.places import shared_folder

ROW = """
[[face]]
family = "F"
file = "f.otf"
weight = 400
role = "serif"
regions = ["zh-Hans"]
version = "1.0"
licence = "OFL-1.1"
licence_file = "OFL.txt"
sha256 = "0"
"""
FACES = read_faces(shared_folder("fonts"))
KAI = next(face for face in FACES if face.family == "Publisher Kai")


def _record(folder: Path, text: str) -> Path:
    (folder / "fonts.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_record_is_read_row_by_row(tmp_path: Path) -> None:
    (face,) = read_faces(_record(tmp_path, f'{ROW}source = {{ name = "Source" }}'))
    assert face == Face(
        "F", tmp_path / "f.otf", 400, "serif", ("zh-Hans",), "1.0", "OFL-1.1",
        tmp_path / "OFL.txt", "0", "Source",
    )  # fmt: skip


def test_a_folder_without_a_record_has_no_faces(tmp_path: Path) -> None:
    assert read_faces(tmp_path) == ()


@pytest.mark.parametrize(
    "record",
    [
        "face = 3",
        "face = [3]",
        '[face]\nfamily = "F"',
        ROW.replace("400", '"bold"'),
        ROW.replace('["zh-Hans"]', '"zh-Hans"'),
        ROW.replace('family = "F"', ""),
        ROW.replace('"f.otf"', '"../f.otf"'),
        "face = [",
    ],
    ids=["a number", "numbers", "a table", "a weight in words", "a region alone", "no family",
         "a file elsewhere", "no TOML"],
)  # fmt: skip
def test_a_record_of_another_shape_is_refused(
    record: str, tmp_path: Path, faults_of: FaultsOf
) -> None:
    faults = faults_of(lambda: read_faces(_record(tmp_path, record)))
    assert {fault.at.file for fault in faults} == {str(tmp_path / "fonts.toml")}


def test_the_projects_faces_are_intact_and_carry_their_licences() -> None:
    require_intact(FACES)
    assert all(face.licence_file.is_file() for face in FACES)


def test_a_font_file_that_is_missing_or_changed_is_named(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    changed = tmp_path / "changed.otf"
    changed.write_bytes(b"x")
    faces = [replace(KAI, file=changed), KAI, replace(KAI, file=tmp_path / "no.otf")]
    faults = faults_of(lambda: require_intact(faces))
    assert [(Path(f.at.file).name, f.remedy) for f in faults] == [
        ("changed.otf", Remedy.MACHINE),
        ("no.otf", Remedy.MACHINE),
    ]
    require_intact([replace(KAI, file=changed, sha256=digest(b"x"))])


def test_fontconfig_sees_the_given_folders_and_nothing_else(tmp_path: Path) -> None:
    folders = [tmp_path / "a & b", tmp_path / "<雪>"]
    root = etree.fromstring(fontconfig_text(folders, tmp_path / "cache").encode())
    assert [node.text for node in root.iter("dir")] == [str(folder) for folder in folders]
    assert {node.tag for node in root} == {"dir", "cachedir"}


def test_coverage_is_what_the_font_file_maps() -> None:
    with TTFont(KAI.file) as font:
        assert coverage(KAI.file) == frozenset(font.getBestCmap())


def test_a_character_no_face_has_is_named_once_at_its_first_place() -> None:
    passages = [
        ("门开了", Place("a.md", 3)),
        ("写到\ue000为止", Place("a.md", 5)),
        ("\ue000", Place("b.md", 1)),
    ]
    (fault,) = glyphless(passages, FACES).values()
    assert fault.at == Place("a.md", 5)
    assert "U+E000" in str(fault.message)
    assert "写到\ue000为止" in str(fault.message)
    assert "docs/fonts.md" in str(fault.hint)
    assert fault.remedy is Remedy.EDITOR


def test_several_characters_come_together_in_the_order_of_the_text() -> None:
    passages = [("\ue002\ue001", Place("a.md", 1)), ("\ue000", Place("a.md", 2))]
    assert list(glyphless(passages, FACES)) == ["\ue002", "\ue001", "\ue000"]


def test_what_shows_nothing_needs_no_glyph() -> None:
    assert glyphless([("一\n\t\u200d\ufe0f\U000e0100\u00ad", Place())], [KAI]) == {}


def test_without_a_face_nothing_can_be_set() -> None:
    assert list(glyphless([("一", Place())], [])) == ["一"]
