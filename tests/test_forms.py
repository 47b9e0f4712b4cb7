"""TOML files checked against the dataclass that describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import pytest
from conftest import FaultsOf
from jsonschema import Draft202012Validator

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.forms import STRICT, read_form, read_toml, schema, toml_path
from publisher.ground.places import Place


@dataclass(frozen=True)
class Shelf:
    """A shelf of the larder."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    label: str
    """What it says on the edge."""
    jars: tuple[str, ...] = ()
    """What stands on it."""
    kind: Literal["cool", "dry"] = "dry"
    """How it is kept."""


@dataclass(frozen=True)
class Larder:
    """The whole larder."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    """Whose it is."""
    depth: float = 1.0
    """In metres."""
    locked: bool = False
    """Whether it is locked."""
    shelf: tuple[Shelf, ...] = ()
    """The shelves, from above."""
    corner: dict[str, Shelf] = field(default_factory=dict)
    """Shelves that have names."""


def _read(text: str) -> Larder:
    return read_form(Larder, text.encode(), "larder.toml", Remedy.DESIGNER)


def _only(faults: tuple[Fault, ...]) -> tuple[str, str, str]:
    (fault,) = faults
    assert fault.at.file == "larder.toml"
    return fault.at.key, str(fault.message), str(fault.hint)


def test_a_sound_file_becomes_its_value() -> None:
    read = _read('name = "山"\ndepth = 2\n[[shelf]]\nlabel = "上"\njars = ["姜", "蒜"]')
    assert read == Larder("山", 2.0, shelf=(Shelf("上", ("姜", "蒜")),))


def test_a_date_written_without_quotes_is_its_text() -> None:
    assert _read("name = 2020-06-01").name == "2020-06-01"


@pytest.mark.parametrize(
    ("text", "key", "message", "hint"),
    [
        ('nam = "a"\nname = "b"', "nam", 'unknown key "nam"', 'did you mean "name"?'),
        ("depth = 1", "name", 'the key "name" is missing', "add name = …"),
        ("name = 3", "name", "3 is not a text in quotes", "None"),
        ('name = "a"\nlocked = "no"', "locked", '"no" is not true or false', "None"),
        ('name = "a"\ndepth = "2"', "depth", '"2" is not a number', "None"),
        ('name = "a"\nshelf = "上"', "shelf", '"上" is not a list in square brackets', "None"),
        ('name = "a"\nshelf = [1]', "shelf[1]", "1 is not a table", "None"),
        (
            'name = "a"\n[[shelf]]\nlabel = "上"\n[[shelf]]\nlabel = "下"\njars = ["a", 1]',
            "shelf[2].jars[2]",
            "1 is not a text in quotes",
            "None",
        ),
        (
            'name = "a"\n[[shelf]]\nlabel = "上"\nkind = "dri"',
            "shelf[1].kind",
            '"dri" is not known here',
            'did you mean "dry"?',
        ),
        (
            'name = "a"\n[[shelf]]\nlabel = "上"\njar = []',
            "shelf[1].jar",
            'unknown key "jar"',
            'did you mean "jars"?',
        ),
        (
            'name = "a"\n[corner.north]\nlabel = "上"\njar = []',
            "corner.north.jar",
            'unknown key "jar"',
            'did you mean "jars"?',
        ),
    ],
)
def test_a_fault_gives_toml_path_value_and_hint(
    text: str, key: str, message: str, hint: str, faults_of: FaultsOf
) -> None:
    assert _only(faults_of(lambda: _read(text))) == (key, message, hint)


def test_all_faults_of_a_file_come_together(faults_of: FaultsOf) -> None:
    text = 'nam = "a"\nlocked = 3\n[[shelf]]\njars = [1]'
    keys = {fault.at.key for fault in faults_of(lambda: _read(text))}
    assert keys == {"nam", "name", "locked", "shelf[1].label", "shelf[1].jars[1]"}


def test_faults_are_for_the_one_whose_file_it_is(faults_of: FaultsOf) -> None:
    for text in ("name = 3", "name = ", 'name = "\\u202E"'):
        assert {f.remedy for f in faults_of(lambda t=text: _read(t))} == {Remedy.DESIGNER}  # type: ignore[misc]


def test_what_is_not_toml_has_line_and_column(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: read_toml(b'a = 1\nb = "x\n', "f"))
    assert fault.at == Place("f", 2, 7)
    (end,) = faults_of(lambda: read_toml(b"a = 1\nb = [", "f"))
    assert end.at.line == 2


def test_an_unfit_character_in_a_value_is_placed_by_its_path(faults_of: FaultsOf) -> None:
    text = 'name = "a\\u0000"\n[[shelf]]\nlabel = "上"\njars = ["\\u202E"]'
    found = {fault.at.key for fault in faults_of(lambda: _read(text))}
    assert found == {"name", "shelf[1].jars[1]"}


@pytest.mark.parametrize(
    "text",
    [
        'name = "a"\ndepth = ' + "9" * 5000,
        'name = "a"\nshelf = ' + "[" * 5000 + "]" * 5000,
    ],
    ids=["a number of five thousand digits", "lists nested without end"],
)
def test_a_monstrous_value_is_a_fault_like_any_other(text: str, faults_of: FaultsOf) -> None:
    assert faults_of(lambda: _read(text))


def test_a_path_counts_from_one_as_people_do() -> None:
    assert toml_path(("part", 1, "essays", 0)) == "part[2].essays[1]"


def test_the_schema_is_valid_and_describes_every_key() -> None:
    described = schema(Larder, "larder.toml")
    Draft202012Validator.check_schema(described)
    assert described["properties"]["depth"]["description"] == "In metres."


def test_the_schema_takes_what_the_reader_takes_and_refuses_what_it_refuses() -> None:
    valid = Draft202012Validator(schema(Larder, "larder.toml")).is_valid
    assert valid({"name": "a", "shelf": [{"label": "上", "kind": "cool"}]})
    assert not valid({"name": "a", "nam": "b"})
    assert not valid({"depth": 1})
    assert not valid({"name": "a", "shelf": [{"label": "上", "kind": "wet"}]})


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("title = “雪”", "“”"),
        ("title ＝ 1", "＝"),
        ('essays = ["a.md"，"b.md"]', "，"),
        ('title = "“雪”', None),
        ('title = "“雪”，" x', None),
        ("title = x # “雪”", None),
    ],
)
def test_marks_of_a_chinese_keyboard_are_told_where_they_do_harm(
    line: str, marks: str | None
) -> None:
    with pytest.raises(PublisherError) as caught:
        read_toml(f'x = 1\n{line}\ny = "z\n'.encode(), "collection.toml")
    (fault,) = caught.value.faults
    assert ("Chinese marks" in str(fault.hint)) == bool(marks)
    assert (marks or "") in str(fault.hint)
