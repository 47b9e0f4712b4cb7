"""Any values: declarations, identities, type areas, pictures, pickles."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
import tomlkit
from drawing import picture_bytes
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import read_or_refused, words

from publisher.editorial.declarations import read_declaration
from publisher.editorial.pictures import read_picture
from publisher.editorial.scaffold import scaffold
from publisher.ground.places import Place
from publisher.model.declaration import Declaration, OutputTable, PartTable
from publisher.model.manuscript import identify
from publisher.typography.pagesize import MM_PER_PT, PageSize
from publisher.typography.typearea import TypeDesign, type_area

# ---- collection.toml ----

_KEYS = sorted(
    {field.name for form in (Declaration, OutputTable, PartTable) for field in fields(form)}
)
_toml = st.recursive(
    st.none().map(lambda _: True)
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | words
    | st.dates()
    | st.sampled_from(["", "2020", "hans", "zh-Hans", "a.md", "screen"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_KEYS) | words, inner, max_size=4)
    ),
    max_leaves=8,
)


def _check(content: bytes) -> None:
    declaration, faults = read_or_refused(lambda: read_declaration(content, "f"))
    assert all(fault.at.file == "f" and str(fault.message) for fault in faults)
    assert faults or (declaration and declaration.title.strip())


@given(
    st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_a_declaration_or_refused(content: bytes) -> None:
    _check(content)


@given(st.dictionaries(st.sampled_from(_KEYS) | words, _toml, max_size=5))
def test_any_table_is_a_declaration_or_refused(table: dict[str, Any]) -> None:
    _check(tomlkit.dumps({"title": "书", **table}).encode())


@given(words)
def test_any_title_of_a_new_collection_reads_back(title: str) -> None:
    assume(title.strip())
    assert read_declaration(scaffold("x", title, "zh"), "f").title == title


# ---- identities ----

_paths = st.lists(
    st.text(st.sampled_from("aB1-_. 雪夜é"), min_size=1, max_size=5), min_size=1, max_size=3
).map(lambda parts: "/".join(parts) + ".md")


@given(st.lists(_paths | words.map(lambda text: f"{text}.md"), unique=True, max_size=12))
def test_distinct_paths_have_distinct_names_that_are_safe_everywhere(paths: list[str]) -> None:
    names = [identify(path) for path in paths]
    assert len(set(names)) == len(paths)
    assert all(re.fullmatch(r"[0-9a-z]+(-+[0-9a-z]+)*", name) for name in names)


# ---- type areas ----

_pages = st.builds(PageSize, st.floats(50, 600), st.floats(50, 600))
_shares = st.floats(0.05, 0.95)
_designs = st.builds(
    TypeDesign, st.floats(5, 20), st.floats(8, 40), _shares, _shares, _shares, _shares
)


@given(_pages, _designs)
def test_a_type_area_and_its_margins_fill_the_page(page: PageSize, design: TypeDesign) -> None:
    area = type_area(page, design)
    assert area.inner + area.width + area.outer == pytest.approx(page.width, abs=1e-3)
    assert area.top + area.height + area.bottom == pytest.approx(page.height, abs=1e-3)


@given(_pages, _designs)
def test_a_type_area_is_the_largest_of_whole_characters_and_lines_in_its_share(
    page: PageSize, design: TypeDesign
) -> None:
    area = type_area(page, design)
    for count, one, length, share in (
        (area.characters, design.size * MM_PER_PT, area.width, page.width * design.width),
        (area.lines, design.leading * MM_PER_PT, area.height, page.height * design.height),
    ):
        assert length == pytest.approx(count * one, abs=1e-3)
        assert count == 1 or length <= share + 1e-3
        assert (count + 1) * one > share - 1e-3


# ---- pictures ----

_SOUND = {kind: picture_bytes(kind, (16, 16)) for kind in ("PNG", "JPEG", "GIF", "WEBP")}
_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="4mm" viewBox="0 0 1 2">'
    b'<g id="a" fill="url(#a)"/></svg>'
)


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from([*_SOUND.values(), _SVG])))
    for spot in draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[spot] = draw(st.integers(0, 255))
    return (
        bytes(content[: draw(st.integers(0, len(content)))])
        if draw(st.booleans())
        else bytes(content)
    )


@given(_damaged() | st.binary(max_size=40))
@settings(max_examples=300)
def test_any_damage_to_a_picture_is_harmless_or_refused(content: bytes) -> None:
    at = Place("a.md", 1)
    picture, faults = read_or_refused(lambda: read_picture("a.png", content, at))
    assert all(fault.at == at for fault in faults)
    assert faults or (picture and picture.width > 0 and picture.height > 0)
    assert picture is None or picture.content == content
