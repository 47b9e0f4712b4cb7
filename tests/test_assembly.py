"""A folder with a `collection.toml` becomes a collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import FaultsOf, MakeCollection

from publisher.editorial.assembly import read_collection, slug
from publisher.ground.errors import Remedy
from publisher.ground.notices import Severity
from publisher.ground.places import Place
from publisher.model.collection import Contributor, Imprint

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'
PARTS = """
title = " 雪夜 "
slug = "snow"
editors = ["甲"]
date = "2020-06"
language = "zh-Hans"
[imprint]
name = "印社"
place = "砻渡"
[front]
essays = ["preface.md"]
[[part]]
title = "上"
essays = ["b.md", "a.md"]
[[part]]
title = "下"
essays = ["c.md"]
[back]
essays = ["after.md"]
[[contributor]]
name = "叶蓁"
note = "守桥。"
"""
ESSAYS = {f"{name}.md": f"# {name}\n\n雪。\n" for name in ("preface", "a", "b", "c", "after")}


def test_sections_stand_in_the_configured_order(make_collection: MakeCollection) -> None:
    folder = make_collection({"collection.toml": PARTS, **ESSAYS})
    collection = read_collection(folder).collection
    assert [e.path for e in collection.essays()] == [
        "preface.md", "b.md", "a.md", "c.md", "after.md",
    ]  # fmt: skip
    assert [(part.title, len(part.essays)) for part in collection.parts] == [("上", 2), ("下", 1)]


def test_what_is_declared_of_the_book_is_in_the_collection(make_collection: MakeCollection) -> None:
    folder = make_collection({"collection.toml": PARTS, **ESSAYS})
    collection = read_collection(folder).collection
    about = collection.about
    assert (about.title, about.slug, about.editors) == ("雪夜", "snow", ("甲",))
    assert (about.date, about.language) == ("2020-06", "zh-Hans")
    assert collection.imprint == Imprint("印社", "砻渡")
    assert collection.contributors == (Contributor("叶蓁", "守桥。"),)


def test_a_book_without_parts_is_one_part_without_a_title(make_collection: MakeCollection) -> None:
    collection = read_collection(make_collection({"a.md": "# 甲\n"})).collection
    assert [(part.title, [e.title for e in part.essays]) for part in collection.parts] == [
        ("", ["甲"])
    ]


def test_the_file_itself_names_its_folder(make_collection: MakeCollection) -> None:
    folder = make_collection({"a.md": "# 甲\n"})
    by_file = read_collection(folder / "collection.toml")
    assert by_file.collection == read_collection(folder).collection


def test_every_picture_that_is_shown_is_in_the_collection_once(
    make_collection: MakeCollection,
) -> None:
    text = "# 甲\n\n![一](图/雪.svg)\n\n![二](./图/%E9%9B%AA.svg)\n\n> ![三](b.svg)\n"
    folder = make_collection({"a.md": text, "图/雪.svg": SVG, "b.svg": SVG, "unused.svg": SVG})
    collection = read_collection(folder).collection
    shown = {figure.path for essay in collection.essays() for figure in essay.figures()}
    assert (
        [picture.path for picture in collection.pictures] == sorted(shown) == ["b.svg", "图/雪.svg"]
    )
    assert (collection.pictures[0].width, collection.pictures[0].height) == (4, 3)


def test_links_lead_to_essays_of_the_collection(
    make_collection: MakeCollection, faults_of: FaultsOf
) -> None:
    folder = make_collection({"a.md": "# 甲\n\n见[乙](b.md)，[丙](bb.md)。\n", "b.md": "# 乙\n"})
    (fault,) = faults_of(lambda: read_collection(folder))
    assert fault.at == Place(str(folder / "a.md"), 3)
    assert '"bb.md"' in str(fault.message)
    assert str(fault.hint) == 'did you mean "b.md"?'


def test_a_manuscript_that_no_section_lists_is_a_notice(make_collection: MakeCollection) -> None:
    files = {"a.md": "# 甲\n", "sub/b.md": "# 乙\n"}
    others = {"README.md": "x", ".draft.md": "x", "layouts/x/sample.md": "x", "dist/x.md": "x"}
    declaration = 'title = "书"\nessays = ["a.md"]'
    folder = make_collection({"collection.toml": declaration, **files, **others})
    (notice,) = read_collection(folder).notices
    assert (notice.code, notice.severity) == ("unlisted", Severity.WARNING)
    assert notice.at == Place(str(folder / "sub/b.md"))


def test_a_note_on_somebody_who_wrote_nothing_is_advice(make_collection: MakeCollection) -> None:
    essay = "---\ntitle: 甲\nauthor: 叶蓁\n---\n雪。\n"
    people = "".join(f'[[contributor]]\nname = "{name}"\n' for name in ("叶蓁", "甲", "叶秦"))
    folder = make_collection({"a.md": essay}, head='editors = ["甲"]', outputs=people)
    (notice,) = read_collection(folder).notices
    assert (notice.code, notice.severity) == ("contributor-unknown", Severity.ADVICE)
    assert "叶秦" in str(notice.message)


def test_a_sound_collection_gives_no_notice(make_collection: MakeCollection) -> None:
    assert read_collection(make_collection({"a.md": "# 甲\n"})).notices == ()


def test_a_folder_without_a_declaration_says_how_to_begin(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        (fault,) = faults_of(lambda f=folder: read_collection(f))  # type: ignore[misc]
        assert (fault.at, fault.remedy) == (Place(str(folder)), Remedy.CALLER)
        assert "publisher new" in str(fault.hint)


def test_the_faults_of_all_files_come_together(
    make_collection: MakeCollection, faults_of: FaultsOf
) -> None:
    declaration = 'title = "书"\nessays = ["a.md", "no.md", "b.md", "a.md", "../c.md"]'
    folder = make_collection(
        {"collection.toml": declaration, "a.md": "# 甲\n\n夜<br>\n", "b.md": "雪。\n"}
    )
    places = [(Path(f.at.file).name, f.at.line, f.at.key) for f in faults_of(
        lambda: read_collection(folder))]  # fmt: skip
    assert places == [
        ("a.md", 3, ""),
        ("collection.toml", None, "essays[2]"),
        ("b.md", 1, ""),
        ("collection.toml", None, "essays[4]"),
        ("collection.toml", None, "essays[5]"),
    ]


def test_a_wrong_link_and_a_missing_picture_come_together(
    make_collection: MakeCollection, faults_of: FaultsOf
) -> None:
    folder = make_collection(
        {"a.md": "# 甲\n\n[乙](b.md)\n\n![图](c.png)\n\n![图](d.png)\n", "d.png": b"words"}
    )
    assert [fault.at.line for fault in faults_of(lambda: read_collection(folder))] == [3, 5, 7]


@pytest.mark.parametrize(
    ("title", "start"),
    [("Snow, at Night!", "snow-at-night"), ("雪夜_2020", "雪夜-2020"), ("……", "collection")],
)
def test_a_slug_is_made_of_the_titles_letters_and_digits(title: str, start: str) -> None:
    assert slug(title) == start


def test_a_title_that_looks_like_a_paragraph_is_noticed(make_collection: MakeCollection) -> None:
    folder = make_collection({"a.md": f"---\ntitle: {'雪' * 41}\n---\n", "b.md": "# 停了。\n"})
    notices = [n for n in read_collection(folder).notices if n.code == "title-long"]
    assert [notice.at.file for notice in notices] == [str(folder / "a.md"), str(folder / "b.md")]


def test_a_picture_without_words_is_noticed_at_its_line_but_no_ornament(
    make_collection: MakeCollection,
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    text = "# 甲\n\n![桥](c.svg)\n\n![](c.svg)\n\n![](c.svg){.ornament}\n"
    folder = make_collection({"a.md": text, "c.svg": svg})
    (notice,) = read_collection(folder).notices
    assert notice.code == "picture-undescribed"
    assert (notice.at.file, notice.at.line) == (str(folder / "a.md"), 5)


def test_a_picture_that_weighs_more_than_a_book_is_noticed(make_collection: MakeCollection) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><desc>' + "雪" * 1_400_000 + "</desc></svg>"
    folder = make_collection({"a.md": "# 甲\n\n![图](c.svg)\n", "c.svg": svg})
    (notice,) = read_collection(folder).notices
    assert (notice.code, notice.at.file) == ("picture-heavy", str(folder / "c.svg"))
    assert "4 MB" in str(notice.message)
