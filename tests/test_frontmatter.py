"""What stands between the two lines of hyphens."""

from __future__ import annotations

import pytest
from conftest import FaultsOf

from publisher.editorial.frontmatter import body_of, read_front_matter
from publisher.ground.places import Place


def _values(yaml: str) -> dict[str, tuple[str, ...]]:
    return read_front_matter(f"---\n{yaml}\n---\n", "a.md").values


def test_a_text_without_front_matter_is_all_body() -> None:
    assert read_front_matter("雪。\n", "a.md").values == {}
    assert body_of("雪。\n") == ("雪。\n", 1)


def test_the_body_begins_on_the_line_after_the_second_fence() -> None:
    assert body_of("---\ntitle: 雪\n---\n\n夜。\n---\n") == ("\n夜。\n---\n", 4)


def test_a_rule_at_the_head_of_a_text_is_no_front_matter() -> None:
    assert body_of("---\n\n雪。\n") == ("---\n\n雪。\n", 1)


@pytest.mark.parametrize("written", ["1984", "2020-02-09", "1_000", "yes", "0x1F", "1e3", "12:30"])
def test_what_yaml_would_bend_stays_the_editors_characters(written: str) -> None:
    assert _values(f"title: {written}") == {"title": (written,)}


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("卢有田", ("卢有田",)),
        ("[卢有田, 叶蓁]", ("卢有田", "叶蓁")),
        ("\n  - 卢有田\n  - 叶蓁", ("卢有田", "叶蓁")),
        ("", ()),
        ("[]", ()),
    ],
)
def test_authors_are_one_or_many(written: str, texts: tuple[str, ...]) -> None:
    assert _values(f"author: {written}") == {"author": texts}


def test_an_empty_value_is_no_text_and_one_gives_nothing_for_it() -> None:
    front = read_front_matter("---\ntitle:\nnote: ~\n---\n", "a.md")
    assert (front.one("title"), front.one("note"), front.one("date")) == ("", "", "")


@pytest.mark.parametrize("word", ["null", "~", ""])
def test_a_quoted_word_is_that_word_even_where_yaml_has_a_meaning_for_it(word: str) -> None:
    front = read_front_matter(f'---\ntitle: "{word}"\n---\n', "a.md")
    assert front.one("title") == word


def test_an_empty_name_among_authors_is_no_author() -> None:
    assert [name for name in _values("author: [~, 叶蓁]")["author"] if name] == ["叶蓁"]


@pytest.mark.parametrize(
    ("yaml", "at", "message", "hint"),
    [
        ("titel: 雪", Place("a.md", 2), 'unknown key "titel"', 'did you mean "title"?'),
        ("author: 叶\ntitle: 雪\ntitle: 夜", Place("a.md", 4), "stands twice", "keep one"),
        ("title: [雪]", Place("a.md", 2), '"title" in the front matter is not a text', "one line"),
        ("title: {a: b}", Place("a.md", 2), "not a text", "one line"),
        ("author: {a: b}", Place("a.md", 2), "not a text", "[name, name]"),
        ("author: [[a]]", Place("a.md", 2), "not a text", "[name, name]"),
        ("title: 雪\nnote: a: b", Place("a.md", 3, 8), "not YAML", "quotes"),
        ("title: [雪", Place("a.md", 3, 1), "not YAML", "quotes"),
        ("title: @雪", Place("a.md", 2, 8), "not YAML", "quotes"),
        ("- 雪", Place("a.md", 2), "not a list of keys and values", "title: The bridge"),
        ("雪", Place("a.md", 2), "not a list of keys and values", "title: The bridge"),
    ],
)
def test_a_fault_gives_line_message_and_hint(
    yaml: str, at: Place, message: str, hint: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: _values(yaml))
    assert fault.at == at
    assert message in str(fault.message)
    assert hint in str(fault.hint)


def test_faults_come_together(faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: _values("titel: 雪\nnote: [a]\nkind: x"))
    assert [fault.at.line for fault in faults] == [2, 3, 4]


def test_front_matter_that_does_not_end_is_a_fault(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: read_front_matter("---\ntitle: 雪\n\n夜。\n", "a.md"))
    assert fault.at == Place("a.md", 1)
    assert "three hyphens" in str(fault.hint)


@pytest.mark.parametrize(
    "yaml",
    [r'title: "\ud800"', r'title: "\0"', r'title: "\u202e"', r'title: "\UFFFFFFFF"'],
    ids=["a lone surrogate", "a NUL", "a bidi override", "a number that is no character"],
)
def test_an_unfit_character_written_as_an_escape_is_refused(yaml: str, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: _values(yaml))
    assert fault.at.line == 2


def test_nesting_without_end_is_a_fault_like_any_other(faults_of: FaultsOf) -> None:
    assert faults_of(lambda: _values("title: " + "[" * 5000))
