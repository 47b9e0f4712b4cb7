"""`collection.toml`, read and checked."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from conftest import FaultsOf
from jsonschema import Draft202012Validator

from publisher.editorial.declarations import declaration_schema, read_declaration
from publisher.ground.errors import Remedy
from publisher.model.declaration import Declaration, PartTable

SAMPLE = Path(__file__).parent.parent / "essays" / "collection.toml"


def _read(text: str) -> Declaration:
    return read_declaration(text.encode(), "collection.toml")


def test_what_is_declared_is_read() -> None:
    declaration = _read(
        'title = "雪"\neditors = ["甲"]\n[[part]]\ntitle = "上"\nessays = ["a.md"]\n'
        '[[output]]\nname = "p"\nformat = "screen"\noptions = { cover = false }\n'
    )
    assert declaration.part == (PartTable("上", ("a.md",)),)
    assert declaration.output[0].options == {"cover": False}
    assert (declaration.output[0].script, declaration.language) == ("hans", "zh-Hans")


@pytest.mark.parametrize("date", ["2020", "2020-06", "2020-06-01"])
def test_a_date_may_be_a_year_a_month_or_a_day(date: str) -> None:
    assert _read(f'title = "雪"\ndate = "{date}"').date == date


@pytest.mark.parametrize(
    ("text", "key", "message", "hint"),
    [
        ('title = " "', "title", "the title is empty", "every book has a title"),
        ('title = "a"\nessay = []', "essay", 'unknown key "essay"', 'did you mean "essays"?'),
        ('title = "a"\ndate = "1. Juni"', "date", '"1. Juni" is not a date', "YYYY-MM-DD"),
        ('title = "a"\ndate = "2020-13"', "date", '"2020-13" is not a date', "YYYY"),
        ('title = "a"\ndate = 2020-02-30', "", "not TOML", ""),
        ('title = "a"\ndate = "2020-02-30"', "date", '"2020-02-30" is not a date', "YYYY"),
        ('title = "a"\nslug = "雪 夜"', "slug", '"雪 夜" cannot be part of a file name', "letters"),
        ('title = "a"\nslug = "../a"', "slug", "cannot be part of a file name", "letters"),
        (
            'title = "a"\nlanguage = "zh-hans"',
            "language",
            '"zh-hans" is not known here',
            'did you mean "zh-Hans"?',
        ),
        (
            'title = "a"\nessays = ["a.md"]\n[[part]]\ntitle = "b"\nessays = ["b.md"]',
            "essays",
            "both essays and parts",
            "into a part",
        ),
        (
            'title = "a"\n[[output]]\nname = "a/b"\nformat = "epub"',
            "output[1].name",
            '"a/b" cannot be part of a file name',
            "letters",
        ),
        (
            (
                'title = "a"\n[[output]]\nname = "x"\nformat = "epub"\n'
                '[[output]]\nname = "x"\nformat = "screen"'
            ),
            "output[2].name",
            'two outputs are called "x"',
            "overwrite",
        ),
        (
            'title = "a"\n[shelf]\nurl = "http://books.example.org"',
            "shelf.url",
            '"http://books.example.org" cannot be the address of a shelf',
            "https://books.example.org",
        ),
        (
            'title = "a"\n[shelf]\nurl = "https://书.example/文集"',
            "shelf.url",
            "cannot be the address of a shelf",
            "write https://xn--1jq.example/%E6%96%87%E9%9B%86",
        ),
        ('title = "a"\n[shelf]\n', "shelf.url", 'the key "url" is missing', "url"),
        (
            'title = "a"\n[[output]]\nname = "x"\nformat = "epub"\nscript = "hant"',
            "output[1].script",
            '"hant" is not known here',
            "did you mean",
        ),
    ],
)
def test_a_fault_gives_path_value_and_hint(
    text: str, key: str, message: str, hint: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: _read(text))
    assert (fault.at.file, fault.at.key) == ("collection.toml", key)
    assert message in str(fault.message)
    assert hint in str(fault.hint)
    assert fault.remedy is Remedy.EDITOR


def test_faults_of_type_and_of_sense_come_together(faults_of: FaultsOf) -> None:
    text = 'title = ""\ndate = "soon"\nessay = []\n[[output]]\nname = "a b"\nformat = "epub"'
    keys = {fault.at.key for fault in faults_of(lambda: _read(text))}
    assert keys == {"title", "date", "essay", "output[1].name"}


def test_faults_of_sense_come_together(faults_of: FaultsOf) -> None:
    text = 'title = ""\ndate = "soon"\n[[output]]\nname = "a b"\nformat = "epub"'
    keys = [fault.at.key for fault in faults_of(lambda: _read(text))]
    assert keys == ["title", "date", "output[1].name"]


def test_names_that_differ_only_in_case_would_overwrite_each_other_on_some_disks(
    faults_of: FaultsOf,
) -> None:
    rows = '[[output]]\nname = "x"\nformat = "epub"\n[[output]]\nname = "X"\nformat = "epub"'
    (fault,) = faults_of(lambda: _read(f'title = "a"\n{rows}'))
    assert fault.at.key == "output[2].name"


def test_the_schema_is_valid_and_takes_the_sample() -> None:
    import tomllib

    Draft202012Validator.check_schema(declaration_schema())
    table = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))
    assert Draft202012Validator(declaration_schema()).is_valid(table)


def test_the_schema_has_words_for_every_key_of_every_table() -> None:
    described = declaration_schema()
    tables = described["$defs"]
    for table in (described, *tables.values()):
        for key, value in table["properties"].items():
            named = tables.get(value.get("$ref", "").rpartition("/")[2], {})
            assert value.get("description") or named.get("description"), key
    assert set(described["properties"]) == {field.name for field in fields(Declaration)}
