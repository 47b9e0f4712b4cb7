"""A layout's templates and sheets, filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FaultsOf

from publisher.composition.layout import Layout, Sheet, read_layout
from publisher.composition.templates import fill_sheet, fill_template
from publisher.ground.errors import Remedy
from publisher.ground.places import Place
from publisher.press.places import shared_folder


def _layout(**templates: str) -> Layout:
    base = read_layout("base", (shared_folder("layouts"),), Place())
    files = tuple(Sheet("mine", f"{name}.html", text) for name, text in sorted(templates.items()))
    return replace(base, name="mine", templates=files)


def _filled(text: str, **values: object) -> str:
    return fill_template(_layout(page=text), "page.html", values)


def test_values_are_escaped() -> None:
    assert _filled('<p title="{{ x }}">{{ x }}</p>', x="<\"雪\" & 'b'>") == (
        '<p title="&lt;&#34;雪&#34; &amp; &#39;b&#39;&gt;">'
        "&lt;&#34;雪&#34; &amp; &#39;b&#39;&gt;</p>"
    )


def test_templates_may_include_each_other() -> None:
    layout = _layout(page="{% include 'inner.html' %}", inner="[{{ x }}]")
    assert fill_template(layout, "page.html", {"x": 1}) == "[1]"


def test_a_line_that_holds_only_a_statement_leaves_no_blank_line() -> None:
    assert _filled("a\n  {% if true %}\nb\n  {% endif %}\nc") == "a\nb\nc"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("一\n{{ nobody }}", 2, "'nobody' is undefined"),
        ("一\n\n{{ book.titel }}", 3, "titel"),
        ("一\n{% if %}", 2, "Expected an expression"),
        ("一\n{% for x in book %}\n", 2, "Unexpected end of template"),
        ("一\n{{ 1 / 0 }}", 2, "zero"),
        ("一\n{% include 'no.html' %}", 2, "no.html"),
        ("一\n{{ ''.__class__ }}", 2, "unsafe"),
        ("一\n{% set _ = book.update({}) %}", 2, "unsafe"),
        ("一\n{% include 'page.html' %}", 2, ""),
    ],
)
def test_a_template_that_fails_names_itself_and_the_line(
    text: str, line: int, reason: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: _filled(text, book={}))
    assert fault.at == Place("layouts/mine/templates/page.html", line)
    assert reason in str(fault.message)
    assert fault.remedy is Remedy.DESIGNER
    assert "docs/layouts.md" in str(fault.hint)


@pytest.mark.parametrize(
    ("inner", "line"), [("一\n\n{{ nobody }}", 3), ("一\n{% if %}", 2)], ids=["a name", "syntax"]
)
def test_a_fault_in_an_included_template_names_that_one(
    inner: str, line: int, faults_of: FaultsOf
) -> None:
    layout = _layout(page="{% include 'inner.html' %}", inner=inner)
    (fault,) = faults_of(lambda: fill_template(layout, "page.html", {}))
    assert fault.at == Place("layouts/mine/templates/inner.html", line)


def test_a_template_that_is_not_there_is_named(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: fill_template(_layout(), "poem.html", {}))
    assert fault.at.file == "layouts/mine/templates/poem.html"


def test_a_template_that_was_extended_is_placed_in_the_layout_it_stands_in(
    tmp_path: Path, faults_of: FaultsOf
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    form = 'name = "mine"\nlicence = "CC0-1.0"\nextends = "base"\n'
    (folder / "layout.toml").write_text(form, encoding="utf-8")
    layout = read_layout("mine", (tmp_path, shared_folder("layouts")), Place())
    (fault,) = faults_of(lambda: fill_template(layout, "part.html", {}))
    assert fault.at.file.endswith("base/templates/part.html")


def test_a_sheet_is_filled_without_escaping_and_fails_in_its_own_layout(
    faults_of: FaultsOf,
) -> None:
    sheet = Sheet("base", "pages.css", "a {}\nb { font-family: {{ f }} }")
    assert fill_sheet(sheet, {"f": '"雪"'}) == 'a {}\nb { font-family: "雪" }'
    (fault,) = faults_of(lambda: fill_sheet(sheet, {}))
    assert fault.at == Place("layouts/base/sheets/pages.css", 2)
