"""The house: imports point down, loading is light, values are frozen and cross process borders."""

from __future__ import annotations

import ast
import json
import os
import pkgutil
import string
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path

import pytest

import publisher

ROOT = Path(publisher.__file__).parent
HEAVY = {
    "weasyprint", "pydantic", "opencc", "jinja2", "markdown_it", "PIL", "lxml", "rich", "yaml",
    "tomlkit", "ebooklib", "fontTools", "uharfbuzz", "pypdfium2", "pikepdf",
    "mammoth", "trafilatura",
}  # fmt: skip
SOURCES = sorted(ROOT.rglob("*.py"))


def _modules() -> list[str]:
    return [
        module.name
        for module in pkgutil.walk_packages(publisher.__path__, "publisher.")
        if module.name != "publisher.__main__"
    ]


def dataclasses() -> Iterator[type]:
    """Every dataclass of the program."""
    for name in _modules():
        for value in vars(import_module(name)).values():
            if isinstance(value, type) and is_dataclass(value) and value.__module__ == name:
                yield value


def test_imports_point_down_only() -> None:
    ran = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import publisher; publisher.__version__",
        "from publisher.surface.cli import parser; parser().format_help()",
        "import publisher; publisher.PublisherError, publisher.Fault, publisher.Notice",
    ],
)
def test_the_beginning_loads_no_heavy_library(code: str) -> None:
    show = f"{code}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", show], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(ran.stdout)}
    assert "publisher" in loaded
    assert not loaded & HEAVY


def test_a_name_of_the_api_leads_to_its_thing_and_a_wrong_one_to_an_error() -> None:
    for name in publisher.__all__:
        assert getattr(publisher, name)
    with pytest.raises(AttributeError, match="nothing"):
        _ = publisher.nothing


def test_every_dataclass_is_frozen() -> None:
    found = list(dataclasses())
    assert len(found) > 40
    assert [cls.__qualname__ for cls in found if not cls.__dataclass_params__.frozen] == []  # type: ignore[attr-defined]


def _calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield source, node


def test_every_message_is_a_literal_whose_places_are_all_filled() -> None:
    seen = 0
    for source, call in _calls("say"):
        where = f"{source.relative_to(ROOT)}:{call.lineno}"
        template = call.args[0]
        assert isinstance(template, ast.Constant), where
        places = {name for _, name, _, _ in string.Formatter().parse(template.value) if name}
        assert places == {keyword.arg for keyword in call.keywords}, where
        seen += 1
    assert seen > 100


def test_nothing_below_the_surface_prints_or_asks_the_time() -> None:
    asking = {("datetime", "now"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    for source in SOURCES:
        if "surface" in source.parts:
            continue
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", source
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in asking, source


def test_every_module_opens_with_its_docstring() -> None:
    lacking = [
        source.relative_to(ROOT)
        for source in SOURCES
        if not ast.get_docstring(ast.parse(source.read_text(encoding="utf-8")))
    ]
    assert lacking == []


def test_tests_write_to_no_home_but_their_own(own_home: Path) -> None:
    from publisher.press.places import cache_folder

    assert Path.home() == own_home
    assert cache_folder("x").is_relative_to(own_home)
    assert "SOURCE_DATE_EPOCH" not in os.environ
