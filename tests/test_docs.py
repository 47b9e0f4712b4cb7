"""The documents say what the product does, all of it, and nothing else."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from publisher import Artefact, Collection, Notice, build, read_collection
from publisher.composition import book as book_module
from publisher.composition.divisions import _MATTER, divide
from publisher.composition.layout import LayoutForm
from publisher.composition.paging import paged_medium
from publisher.editorial.declarations import declaration_schema, read_declaration
from publisher.editorial.frontmatter import read_front_matter
from publisher.formats.job import Job
from publisher.formats.registry import FORMATS
from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.forms import read_form, schema
from publisher.ground.messages import say
from publisher.press.planning import plan
from publisher.surface.cli import parser
from publisher.surface.report import faults_as_json
from publisher.typography.typearea import type_area
from tests import docs
from tests.conftest import MakeCollection

ROOT = docs.ROOT
PAGES = {page.name: page.read_text(encoding="utf-8") for page in docs.pages()}
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")


def _rows(text: str) -> list[list[str]]:
    """The cells of every table row, heads and rules left out."""
    found = []
    lines = text.split("\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        is_head = re.match(r"\|( ?:?-+:? ?\|)+$", after)
        if line.startswith("|") and not is_head and not set(line) <= set("|-: "):
            found.append(cells)
    return found


def _section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title!r}"
    return found[1]


# ---- what is listed is complete ----


def _notice_codes() -> Iterator[str]:
    for file in sorted((ROOT / "publisher").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{file}: a code is a literal"
                yield str(code.value)


def test_every_notice_code_has_a_paragraph_and_no_paragraph_is_of_an_unknown_code() -> None:
    documented = re.findall(r"^## (\S+)$", PAGES["notices.md"], re.MULTILINE)
    assert sorted(documented) == sorted(set(_notice_codes()))


def test_every_exit_code_is_in_the_table_under_the_name_of_its_remedy() -> None:
    rows = _rows(_section(PAGES["errors.md"], "Exit codes"))
    documented = {int(row[0]): row[1] for row in rows}
    known = {remedy.value: remedy.name.lower() for remedy in Remedy}
    assert documented == known | {0: "–", 130: "–"}


def test_the_documented_fields_of_a_failure_are_those_of_the_json() -> None:
    fault = Fault(say("the title is empty"), Remedy.EDITOR)
    (row,) = json.loads(faults_as_json([fault]))["faults"]
    table = _rows(_section(PAGES["errors.md"], "For scripts"))
    assert {cells[0].strip("`") for cells in table} == set(row)


def _commands(command: argparse.ArgumentParser, path: str) -> Iterator[tuple[str, list[str]]]:
    """Every command with its long options."""
    inner = [row for row in command._actions if isinstance(row, argparse._SubParsersAction)]
    options = [name for row in command._actions for name in row.option_strings if name[1] == "-"]
    yield path, options
    for choice in inner:
        for name, below in choice.choices.items():
            yield from _commands(below, f"{path} {name}")


def test_every_command_and_every_option_is_named_in_the_readme_or_the_docs() -> None:
    text = "\n".join([(ROOT / "README.md").read_text(encoding="utf-8"), *PAGES.values()])
    for command, options in _commands(parser(), "publisher"):
        assert re.search(rf"\b{command}\b", text), command
        assert [option for option in options if option not in text] == [], command


def test_every_table_of_both_forms_is_in_its_reference() -> None:
    for description, page, prefix in (
        (declaration_schema(), "collection.md", "collection"),
        (schema(LayoutForm, "layout.toml"), "layouts.md", "layout"),
    ):
        names = {*description["$defs"], "Declaration" if prefix == "collection" else "LayoutForm"}
        shown = re.findall(rf"<!-- generated: {prefix}/(\w+) -->", PAGES[page])
        assert sorted(shown) == sorted(names)


def test_every_word_of_the_glossary_has_one_row_a_chinese_term_and_its_place_in_the_alphabet() -> (
    None
):
    words = []
    for part in re.split(r"^## .*$", PAGES["glossary.md"], flags=re.MULTILINE)[1:]:
        rows = _rows(part)
        own = [row[0] for row in rows]
        assert own == sorted(own, key=str.lower)
        assert [row for row in rows if not re.search(r"[\u4e00-\u9fff]", row[1])] == []
        words += own
    assert len(words) == len(set(words))
    nouns = {value.__name__.lower() for value in (Artefact, Collection, Fault, Notice, Remedy, Job)}
    assert nouns <= set(words)


def test_the_index_names_every_page() -> None:
    linked = set(_LINK.findall(PAGES["README.md"]))
    assert {name for name in PAGES if name != "README.md"} <= linked


# ---- generated parts, examples, links ----


@pytest.mark.parametrize("page", PAGES)
def test_the_generated_parts_of_a_page_are_current(page: str) -> None:
    assert PAGES[page] == docs.current(PAGES[page])


def _examples(page: str, info: str) -> list[Any]:
    return [
        pytest.param(fence.text, id=f"{page}-{number}")
        for number, fence in enumerate(docs.fences(PAGES[page]), start=1)
        if fence.info == info
    ]


def _declared(text: str) -> None:
    """Read a piece of a collection.toml; a piece without a title gets one."""
    needs_title = "title" not in tomllib.loads(text)
    whole = ('title = "例"\n' if needs_title else "") + text
    read_declaration(whole.encode(), "collection.toml")


@pytest.mark.parametrize("text", _examples("collection.md", "toml"))
def test_an_example_of_a_collection_is_read_without_fault(text: str) -> None:
    _declared(text)


@pytest.mark.parametrize("table", docs.COLLECTION_EXAMPLES)
def test_the_examples_of_a_table_of_keys_can_be_used_together(table: str) -> None:
    examples = docs.COLLECTION_EXAMPLES[table].values()
    keys = [example for example in examples if not example.startswith("[")]
    _declared("\n".join([docs.COLLECTION_HEADS[table], *keys]))


def test_the_options_of_the_examples_are_options_of_a_format() -> None:
    for fence in docs.fences(PAGES["collection.md"]):
        for output in tomllib.loads(fence.text).get("output", ()) if fence.info == "toml" else ():
            assert set(output.get("options", {})) <= set(dict(FORMATS[output["format"]].options))


@pytest.mark.parametrize("table", docs.LAYOUT_EXAMPLES)
def test_the_examples_of_a_table_of_layout_keys_can_be_used_together(table: str) -> None:
    examples = docs.LAYOUT_EXAMPLES[table].values()
    keys = [example for example in examples if not example.startswith("[")]
    head = "" if table == "LayoutForm" else 'name = "x"\nlicence = "MIT"'
    text = "\n".join([head, docs.LAYOUT_HEADS[table], *keys])
    read_form(LayoutForm, text.encode(), "layout.toml", Remedy.DESIGNER)


@pytest.mark.parametrize("text", _examples("markdown.md", "yaml"))
def test_an_example_of_a_head_is_read_without_fault(text: str) -> None:
    assert read_front_matter(f"---\n{text}---\n", "essay.md").one("title")


def test_the_examples_of_the_readme_are_read_without_fault() -> None:
    for fence in docs.fences((ROOT / "README.md").read_text(encoding="utf-8")):
        if fence.info == "markdown":
            assert docs.manuscript(fence.text).blocks
        elif fence.info == "toml":
            _declared(fence.text)


def test_every_example_in_the_docs_is_of_a_kind_that_is_run() -> None:
    run = {"markdown", "markdown refused", "toml", "toml refused", "yaml", "txt"}
    results = {"html", "text", "md"}
    for page, text in PAGES.items():
        for fence in docs.fences(text):
            # A block that names no language is a drawing.
            known = fence.info in run | results | {""} or "layouts/lantern/" in fence.info
            assert known, f"{page}: {fence.info}"


def test_no_example_of_toml_or_heads_stands_on_a_page_whose_examples_are_not_read() -> None:
    for page, text in PAGES.items():
        found = {fence.info for fence in docs.fences(text)} & {"toml", "yaml"}
        assert found <= {"collection.md": {"toml"}, "markdown.md": {"yaml"}}.get(page, set()), page


def _markdown_files() -> list[Path]:
    places = [ROOT, *(ROOT / name for name in ("docs", "fonts", "layouts", "tests"))]
    found = {file for place in places[1:] for file in place.rglob("*.md")} | {*ROOT.glob("*.md")}
    return sorted(found)


def _anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", _markdown_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_every_relative_link_of_a_page_resolves(file: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "", file.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`", "", text)
    for link in _LINK.findall(text):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = file.parent / path if path else file
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors(target.read_text(encoding="utf-8")), link


# ---- messages quoted in the docs ----


def _said(error: PublisherError) -> str:
    return "".join(docs._fault_lines(error))


def _indented(page: str, beginning: str) -> str:
    """The two lines of a message that a page quotes, without their indent."""
    lines = PAGES[page].split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(f"    {beginning}"))
    return "".join(f"{line[4:]}\n" for line in lines[start : start + 2])


def test_the_quoted_message_on_a_missing_character_is_the_products_own(
    make_collection: MakeCollection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    above = "桥。\n\n" * 5
    essay = f"---\ntitle: 名\n---\n{above}她的小名叫𪚥，写起来很费事。\n"
    output = '[[output]]\nname = "screen"\nformat = "screen"'
    make_collection({"03-names.md": essay}, name="my-book", outputs=output)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PublisherError) as caught:
        plan(Path("my-book"))
    assert _said(caught.value) == _indented("fonts.md", "error: ")


def test_the_quoted_notice_is_the_products_own(
    make_collection: MakeCollection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = make_collection({"01.md": "# 一\n\n桥。\n"}, name="my-book")
    (folder / "14-spring.md").write_text("# 春\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (notice,) = read_collection(Path("my-book")).notices
    label = f"{notice.severity.value} [{notice.code}]"
    said = f"{label}: {notice.at}: {notice.message}\n  → {notice.hint}\n"
    assert said == _indented("notices.md", "warning ")


# ---- the layout author's guide ----

LANTERN = {
    fence.info.split()[1]: fence.text
    for fence in docs.fences(PAGES["layouts.md"])
    if "layouts/lantern/" in fence.info
}
EVENING = {
    **LANTERN,
    "collection.toml": """\
title = "灯下"
slug = "lamp"
date = "2020-06-01"

[front]
essays = ["preface.md"]

[[part]]
title = "第一辑"
essays = ["snow.md"]

[[contributor]]
name = "甲"
note = "写字的人。"

[[printing]]
date = "2020-06-01"

[[output]]
name = "screen"
format = "screen"
layout = "lantern"

[[output]]
name = "epub"
format = "epub"
layout = "lantern"
""",
    "preface.md": "---\ntitle: 前言\nauthor: 乙\n---\n\n点灯。\n",
    "snow.md": "---\ntitle: 雪\nauthor: 甲\n---\n\n下雪了[^1]。\n\n***\n\n> 慢。\n\n[^1]: 一夜。\n",
}


@pytest.fixture
def evening(make_collection: MakeCollection) -> Path:
    return make_collection(EVENING)


def test_the_small_layout_of_the_guide_sets_a_pdf_and_an_epub_without_a_notice(
    evening: Path,
) -> None:
    made = build(evening)
    assert made.notices == ()
    document = pypdfium2.PdfDocument(evening / "dist" / "lamp-screen.pdf")
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert [text for text in texts if "第一辑" in text and "选自《灯下》" in text]
    with zipfile.ZipFile(evening / "dist" / "lamp-epub.epub") as archive:
        assert "选自《灯下》" in archive.read("EPUB/text/part-1.xhtml").decode()


def _job(evening: Path) -> Job:
    _, jobs = plan(evening)
    return next(job for job in jobs if job.format == "screen")


def _names(values: dict[str, Any]) -> set[str]:
    """What a template can write, two steps deep."""
    found: set[str] = set()
    for key, value in values.items():
        if dataclasses.is_dataclass(value):
            own = [row.name for row in dataclasses.fields(value)]
            own += [name for name, row in vars(type(value)).items() if isinstance(row, property)]
            found |= {f"{key}.{name}" for name in own}
            continue
        found.add(key)
        if isinstance(value, list | book_module.Rows):
            found |= {f"{key}[].{name}" for name in value[0]}
        elif key == "essay":
            found |= {f"{key}.{name}" for name in value}
    return found


def _documented(section: str) -> set[str]:
    rows = _rows(_section(PAGES["layouts.md"], section))
    return {name for row in rows for name in _CODE.findall(row[0])}


def test_the_guide_lists_every_name_that_a_template_can_use(
    evening: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []
    monkeypatch.setattr(
        book_module, "fill_template", lambda _layout, _name, values: seen.append(values) or ""
    )
    job = _job(evening)
    essay = next(division for division in job.book.divisions if division.essay)
    job.book.markup(essay, paged_medium(), page=job.page)
    assert _documented("Templates") == _names(seen[0])


def test_the_guide_lists_every_name_that_a_sheet_can_use(
    evening: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []
    monkeypatch.setattr(book_module, "fill_sheet", lambda _sheet, values: seen.append(values) or "")
    job = _job(evening)
    job.book.sheet(("pages.css",), job.page, type_area(job.page, job.book.layout.design))
    assert _documented("Sheets") == _names(seen[0])


def test_the_guide_lists_every_name_of_the_order_with_the_templates_it_uses(evening: Path) -> None:
    book = _job(evening).book
    kinds = {
        name: {
            division.kind
            for division in divide(
                dataclasses.replace(book.collection, back=book.collection.front),
                dataclasses.replace(book.layout, order=(name,)),
                book.words,
            )
        }
        for name in _MATTER
    }
    rows = _rows(_section(PAGES["layouts.md"], "The order of matter"))
    documented = {row[0].strip("`"): set(_CODE.findall(row[2])) for row in rows}
    assert documented == kinds
