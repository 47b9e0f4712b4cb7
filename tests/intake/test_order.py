"""The order: new essays find their lines in `collection.toml`, and nothing else changes there."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.editorial.declarations import read_declaration
from publisher.intake.order import Row, Rows, extended, listed, takes_parts

EMPTY = '# 总表\ntitle = "书"   # 书名\n\n# 次序\nessays = []\n\n[imprint]\nname = "印社"\n'
PARTS = "".join(f'[[part]]\ntitle = "{n}"\nessays = ["{n}.md"]\n' for n in "上下")


def rows(*names: str, part: str = "", is_new: bool = True) -> Rows:
    return tuple(Row(name, part, is_new) for name in names)


def order(text: str, *sources: Rows) -> dict[str, Any]:
    declaration = read_declaration(text.encode(), "collection.toml")
    new = extended(text, declaration, sources)
    read_declaration(new.encode(), "collection.toml")
    return tomllib.loads(new)


def test_comments_and_everything_else_stay() -> None:
    declaration = read_declaration(EMPTY.encode(), "collection.toml")
    text = extended(EMPTY, declaration, (rows("a.md"),))
    assert all(line in text for line in ("# 总表", "# 书名", "# 次序"))
    assert tomllib.loads(text) == {**tomllib.loads(EMPTY), "essays": ["a.md"]}


@pytest.mark.parametrize(
    "text",
    [
        'title = "书"\n',
        'title = "书"',
        'title = "书"\n[imprint]\nname = "印社"\n',
        'title = "书"\n[[output]]\nname = "x"\nformat = "epub"\n',
        'title = "书"\ndescription = """一\n[注] 二\n"""\n',
        'title = "书"\neditors = [\n"甲",\n]\n[imprint]\nname = "印社"\n',
    ],
)
def test_an_order_that_is_not_there_yet_is_begun_and_nothing_else_changes(text: str) -> None:
    assert order(text, rows("a.md")) == {**tomllib.loads(text), "essays": ["a.md"]}


def test_a_book_in_parts_grows_at_its_last_part() -> None:
    new = order(f'title = "书"\n{PARTS}', rows("a.md"))
    assert [part["essays"] for part in new["part"]] == [["上.md"], ["下.md", "a.md"]]


def test_an_essay_finds_the_part_of_its_title_or_a_new_one() -> None:
    new = order(f'title = "书"\n{PARTS}', (Row("a.md", "上", True), Row("b.md", "尾", True)))
    assert [(part["title"], part["essays"]) for part in new["part"]] == [
        ("上", ["上.md", "a.md"]),
        ("下", ["下.md"]),
        ("尾", ["b.md"]),
    ]


def test_what_stands_before_the_first_parts_is_front_matter() -> None:
    new = order(EMPTY, (Row("序.md", "", True), Row("a.md", "上", True)))
    assert new["front"] == {"essays": ["序.md"]}
    assert new["part"] == [{"title": "上", "essays": ["a.md"]}]
    assert "essays" not in new


def test_a_book_of_essays_without_parts_takes_none() -> None:
    text = 'title = "书"\nessays = ["z.md"]\n'
    declaration = read_declaration(text.encode(), "collection.toml")
    assert not takes_parts(declaration)
    assert order(text, rows("a.md", part="上"))["essays"] == ["z.md", "a.md"]


def test_essays_of_one_source_stay_together_in_its_order() -> None:
    text = 'title = "书"\nessays = ["a-2.md", "z.md"]\n'
    source = rows("a-1.md", "a-2.md", "a-3.md")
    assert order(text, source)["essays"] == ["a-1.md", "a-2.md", "a-3.md", "z.md"]


def test_another_source_goes_to_the_end() -> None:
    text = 'title = "书"\nessays = ["a.md", "z.md"]\n'
    assert order(text, rows("a.md"), rows("b.md"))["essays"] == ["a.md", "z.md", "b.md"]


def test_what_is_listed_anywhere_or_is_not_new_gets_no_line() -> None:
    text = 'title = "书"\n[front]\nessays = ["a.md"]\n'
    known = (*rows("a.md"), *rows("b.md", is_new=False))
    declaration = read_declaration(text.encode(), "collection.toml")
    assert extended(text, declaration, (known,)) == text


LAYOUTS = (
    'title = "书"\n',
    EMPTY,
    """title = "书"
essays = [
  # 开头
  "z.md", # 已有

  "y.md"
]
[front]
essays = ["x.md"]
""",
    f'title = "书"\n{PARTS}[back]\nessays = ["x.md"]\n',
    f'title = "书"\n[[output]]\nname = "x"\nformat = "epub"\n{PARTS}',
)
source = st.lists(
    st.builds(
        Row,
        st.sampled_from([f"{n}.md" for n in "abcxyz"]),
        st.sampled_from(["", "上", "尾"]),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda row: row.name,
).map(tuple)


@given(st.sampled_from(LAYOUTS), st.lists(source, max_size=3))
def test_whatever_comes_in_the_file_stays_a_declaration_that_lists_it_once(
    text: str, sources: list[Rows]
) -> None:
    declaration = read_declaration(text.encode(), "collection.toml")
    new = extended(text, declaration, tuple(sources))
    before, after = (
        list(listed(declaration)),
        list(listed(read_declaration(new.encode(), "collection.toml"))),
    )
    wanted = {row.name for rows in sources for row in rows if row.is_new}
    assert sorted(after) == sorted({*before, *wanted})
    assert [name for name in after if name in before] == before
    assert all(comment in new for comment in ("# 开头", "# 已有") if comment in text)
