"""Folders that give a collection its looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FaultsOf

from publisher.composition.layout import Layout, PageRule, Sheet, layout_names, read_layout
from publisher.ground.errors import Remedy
from publisher.ground.places import Place
from publisher.press.places import shared_folder

AT = Place("collection.toml", key="output[1].layout")
HEAD = 'name = "mine"\nlicence = "CC0-1.0"\n'
OWN = f'{HEAD}extends = "base"\n'
ALONE = (
    f'{HEAD}order = ["parts"]\n[design]\nsize = 10\nleading = 17\n'
    "width = 0.7\nheight = 0.7\ninner = 0.5\ntop = 0.5\n"
)


class Shelf:
    """A shelf for layouts in a temporary folder, above the project's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, files: Mapping[str, str | bytes]) -> None:
        for path, content in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str = "mine") -> Layout:
        return read_layout(name, (self.folder, shared_folder("layouts")), AT)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "layouts")


def test_a_layout_may_stand_alone(shelf: Shelf) -> None:
    shelf.put({"mine/layout.toml": ALONE, "mine/templates/essay.html": "x"})
    layout = shelf.read()
    assert (layout.name, layout.licence, layout.order) == ("mine", "CC0-1.0", ("parts",))
    assert layout.templates == (Sheet("mine", "essay.html", "x"),)
    assert layout.design.leading == 17


def test_what_it_says_itself_wins_and_the_rest_is_what_it_extends(shelf: Shelf) -> None:
    base = shelf.read("base")
    shelf.put(
        {
            "mine/layout.toml": f'{OWN}[tokens]\nink = "#123456"\n[design]\nsize = 9.0\n'
            '[words.hans]\ncontents = "目"\n[fonts.body]\nhans = ["F"]\n'
            '[pages.part]\nstart = "next"\n[pages.contents]\nstart = "next"\n',
            "mine/templates/part.html": "own",
            "mine/sheets/pages.css": "own",
        }
    )
    layout = shelf.read()
    assert dict(layout.tokens) == {**dict(base.tokens), "ink": "#123456"}
    assert (layout.design.size, layout.design.leading) == (9.0, base.design.leading)
    assert layout.dictionary("hans") == {**base.dictionary("hans"), "contents": "目"}
    assert layout.dictionary("hant") == base.dictionary("hant")
    assert layout.stacks("hans") == {**base.stacks("hans"), "body": ("F",)}
    assert layout.page_rule("part") == PageRule("part", "next", "body")
    assert layout.page_rule("contents") == replace(base.page_rule("contents"), start="next")
    kept = {sheet for sheet in base.templates if sheet.name != "part.html"}
    assert set(layout.templates) == kept | {Sheet("mine", "part.html", "own")}
    assert layout.order == base.order


def test_type_is_sized_by_its_name_and_lines_are_counted(shelf: Shelf) -> None:
    own = '[design]\nsize = "小四"\ncharacters = 28\nlines = 24\n'
    shelf.put({"mine/layout.toml": f"{OWN}{own}"})
    design = shelf.read().design
    assert (design.size, design.characters, design.lines) == (12.0, 28, 24)


def test_sheets_of_what_it_extends_come_first(shelf: Shelf) -> None:
    shelf.put({"mine/layout.toml": OWN, "mine/sheets/pages.css": "own"})
    assert [s.layout for s in shelf.read().sheets if s.name == "pages.css"] == ["base", "mine"]


def test_assets_are_addressed_below_their_layout(shelf: Shelf) -> None:
    shelf.put({"mine/layout.toml": ALONE, "mine/assets/a/rule.svg": b"<svg/>"})
    assert [(a.address, a.content) for a in shelf.read().assets] == [("mine/a/rule.svg", b"<svg/>")]


def test_a_kind_without_a_rule_begins_on_the_next_page_of_the_body(shelf: Shelf) -> None:
    shelf.put({"mine/layout.toml": ALONE})
    assert shelf.read().page_rule("poem") == PageRule("poem", "next", "body")


def test_the_collections_own_shelf_comes_first(shelf: Shelf) -> None:
    shelf.put({"chapbook/layout.toml": ALONE.replace('"mine"', '"chapbook"')})
    assert shelf.read("chapbook").licence == "CC0-1.0"


def test_every_layout_of_the_project_reads_and_names_its_matter_and_words(shelf: Shelf) -> None:
    for name in layout_names((shared_folder("layouts"),)):
        layout = shelf.read(name)
        assert layout.order
        assert set(layout.dictionary("hans")) == set(layout.dictionary("hant"))
        assert set(layout.stacks("hans")) == set(layout.stacks("hant"))


def test_a_layout_that_is_not_there_is_refused_with_the_closest_name(
    shelf: Shelf, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: shelf.read("chapbok"))
    assert (fault.at, fault.remedy) == (AT, Remedy.EDITOR)
    assert 'no layout "chapbok"' in str(fault.message)
    assert str(fault.hint) == 'did you mean "chapbook"?'


@pytest.mark.parametrize("name", ["", "..", ".", "../base", "/etc", "base/../base", "x" * 300])
def test_a_name_that_is_no_folder_name_is_refused(
    name: str, shelf: Shelf, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: shelf.read(name))
    assert fault.at == AT


@pytest.mark.parametrize(
    ("form", "key", "message", "hint"),
    [
        (f'{OWN}token = "x"', "token", 'unknown key "token"', 'did you mean "tokens"?'),
        (f"{OWN}[design]\nsiz = 10", "design.siz", 'unknown key "siz"', 'did you mean "size"?'),
        (f'{OWN}[design]\nsize = "10pt"', "design.size", 'there is no type size "10pt"', "小四"),
        (f'{OWN}[design]\nleading = "10pt"', "design.leading", '"10pt" is not a number', ""),
        (f"{OWN}[design]\nlines = 0", "design.lines", "0 is not possible here", "from 1 to 200"),
        (f"{OWN}[design]\nsize = 0", "design.size", "0", ""),
        (f"{OWN}[design]\nleading = nan", "design.leading", "", ""),
        (f"{OWN}[design]\nsize = -1", "design.size", "-1", ""),
        (
            f'{OWN}[pages.part]\nstrat = "recto"',
            "pages.part.strat",
            'unknown key "strat"',
            'did you mean "start"?',
        ),
        (
            f'{OWN}[pages.part]\nstart = "verso"',
            "pages.part.start",
            '"verso" is not known here',
            "",
        ),
        (f'{OWN}[fonts]\nbody = "F"', "fonts.body", '"F" is not a table', ""),
        (f"{OWN}[words]\nhans = {{ and = 1 }}", "words.hans.and", "1 is not a text in quotes", ""),
        (OWN.replace('"mine"', '"your"'), "name", 'calls itself "your"', 'called "mine"'),
        ('name = "mine"', "licence", 'the key "licence" is missing', "add licence"),
        (HEAD, "design", "the design lacks", "extend a layout"),
        (f'{HEAD}extends = "bas"', "extends", 'no layout "bas"', 'did you mean "base"?'),
        (f'{HEAD}extends = "mine"', "extends", "extends itself", "take one"),
    ],
)
def test_a_fault_of_the_form_is_the_designers_and_has_its_path(
    form: str, key: str, message: str, hint: str, *, shelf: Shelf, faults_of: FaultsOf
) -> None:
    shelf.put({"mine/layout.toml": form})
    (fault,) = faults_of(shelf.read)
    assert (fault.at.file, fault.at.key) == (str(shelf.folder / "mine/layout.toml"), key)
    assert message in str(fault.message)
    assert hint in str(fault.hint or "")
    assert fault.remedy is Remedy.DESIGNER


def test_an_extension_in_a_circle_is_refused_where_it_closes(
    shelf: Shelf, faults_of: FaultsOf
) -> None:
    for name, other in (("mine", "b"), ("b", "c"), ("c", "mine")):
        form = f'name = "{name}"\nlicence = "CC0-1.0"\nextends = "{other}"\n'
        shelf.put({f"{name}/layout.toml": form})
    (fault,) = faults_of(shelf.read)
    assert fault.at == Place(str(shelf.folder / "c/layout.toml"), key="extends")
    assert fault.remedy is Remedy.DESIGNER


def test_a_template_of_another_encoding_is_the_designers_fault(
    shelf: Shelf, faults_of: FaultsOf
) -> None:
    shelf.put({"mine/layout.toml": OWN, "mine/templates/part.html": b"<p>\n\xff"})
    (fault,) = faults_of(shelf.read)
    assert fault.at == Place(str(shelf.folder / "mine/templates/part.html"), 2)
    assert fault.remedy is Remedy.DESIGNER
