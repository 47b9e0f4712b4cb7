"""Another order in `collection.toml`: everything else stays, and what cannot be read is refused."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.ground.fixity import digest
from publisher.preview.arranging import Arrangement, Row, rearranged
from tests.conftest import FaultsOf
from tests.reading import ESSAYS

PARTS = """title = "书"  # 书名

# 正文分三辑。
[[part]]
title = "一"  # 第一辑
essays = [
  # 开头
  "a.md",  # 甲
  "b.md",
]

[[part]]
essays = ['c.md', "d.md"]
title = "二"

[[part]]
title = "三"
essays = []  # 还没有

# 附录另有人编。

[back]
essays = ["z.md"]
"""


def order(text: str, *rows: tuple[int, str]) -> Arrangement:
    """An order from numbers of sections and the letters of their essays."""
    made = (Row(was, tuple(f"{it}.md" for it in letters)) for was, letters in rows)
    return Arrangement(digest(text.encode()), tuple(made))


def written(text: str, *rows: tuple[int, str]) -> str:
    return rearranged(text.encode(), order(text, *rows), "collection.toml").decode()


def test_essays_take_their_comments_along() -> None:
    found = written(PARTS, (0, "ba"), (1, "cd"), (2, ""), (3, "z"))
    assert '"b.md",\n  # 开头\n  "a.md",  # 甲\n]' in found
    assert sorted(found) == sorted(PARTS)


def test_an_essay_goes_into_another_section_and_leaves_its_line_behind() -> None:
    found = written(PARTS, (0, "b"), (1, "cd"), (2, "a"), (3, "z"))
    table = tomllib.loads(found)
    assert [part["essays"] for part in table["part"]] == [["b.md"], ["c.md", "d.md"], ["a.md"]]
    assert "# 甲" in found
    assert "# 还没有" in found


def test_parts_change_places_with_all_that_is_theirs() -> None:
    found = written(PARTS, (1, "cd"), (2, ""), (0, "ab"), (3, "z"))
    first = '# 正文分三辑。\n[[part]]\nessays = [\'c.md\', "d.md"]\ntitle = "二"\n'
    assert first in found
    assert found.index("# 还没有") < found.index("# 第一辑") < found.index("# 附录另有人编")
    assert sorted(found) == sorted(PARTS)


def test_a_comment_above_each_part_goes_with_it() -> None:
    text = '# 甲\n[[part]]\ntitle="一"\nessays=["a.md"]\n# 乙\n[[part]]\ntitle="二"\nessays=[]'
    found = written(text, (1, ""), (0, "a"))
    assert found == (
        '# 乙\n[[part]]\ntitle="二"\nessays=[]\n# 甲\n[[part]]\ntitle="一"\nessays=["a.md"]\n'
    )


def test_the_sample_reads_as_before_but_for_its_order() -> None:
    text = (ESSAYS / "collection.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    rows = [Row(0, tuple(table["front"]["essays"]))]
    rows += [Row(4 - n, tuple(reversed(table["part"][3 - n]["essays"]))) for n in (1, 2, 3)]
    rows += [Row(4, tuple(table["back"]["essays"]))]
    found = rearranged(text.encode(), Arrangement(digest(text.encode()), tuple(rows)), "x").decode()
    assert sorted(found.splitlines()) == sorted(text.splitlines())
    parts = [part | {"essays": part["essays"][::-1]} for part in table["part"][::-1]]
    assert tomllib.loads(found) == table | {"part": parts}


LISTS = st.lists(
    st.tuples(
        st.sampled_from(["", "\n", "\n  ", " ", "\n\n  # 注\n  ", "  "]),
        st.sampled_from(["", "  # 话"]),
    ),
    min_size=1,
    max_size=6,
)


@given(
    rows=LISTS,
    ends=st.tuples(st.sampled_from(["", "\n", "\n# 完\n"]), st.booleans()),
    data=st.data(),
)
def test_any_list_in_any_order_keeps_its_comments(
    rows: list[tuple[str, str]], ends: tuple[str, bool], data: st.DataObject
) -> None:
    letters = "abcdef"[: len(rows)]
    tail, closed = ends
    text = 'title = "书"\nessays = ['
    for place, (letter, (gap, behind)) in enumerate(zip(letters, rows, strict=True)):
        comma = "," if closed or place < len(rows) - 1 else ""
        text += f'{gap}"{letter}.md"{comma}{behind}' + ("\n" if behind else "")
    text += f"{tail}]\n"
    wanted = "".join(data.draw(st.permutations(letters)))
    found = written(text, (0, wanted))
    assert tomllib.loads(found)["essays"] == [f"{it}.md" for it in wanted]
    assert (found.count("# 注"), found.count("# 话")) == (text.count("# 注"), text.count("# 话"))


@pytest.mark.parametrize(
    "rows",
    [
        [(0, "ab"), (1, "cd"), (2, "")],
        [(0, "ab"), (1, "cd"), (2, ""), (3, "")],
        [(0, "abx"), (1, "cd"), (2, ""), (3, "z")],
        [(0, "aab"), (1, "cd"), (2, ""), (3, "z")],
        [(0, "ab"), (0, "cd"), (2, ""), (3, "z")],
        [(0, "ab"), (1, "cd"), (3, "z"), (2, "")],
        [(0, "ab"), (1, "cd"), (2, ""), (9, "z")],
    ],
)
def test_what_is_no_order_of_the_same_essays_is_refused(
    rows: list[tuple[int, str]], faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: written(PARTS, *rows))
    assert "this is no order" in str(fault)


def test_an_order_of_an_older_file_is_refused(faults_of: FaultsOf) -> None:
    old = order(PARTS, (0, "ba"), (1, "cd"), (2, ""), (3, "z"))
    newer = PARTS.replace("书名", "新书名").encode()
    (fault,) = faults_of(lambda: rearranged(newer, old, "collection.toml"))
    assert "changed meanwhile" in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        'part = [{ title = "一", essays = ["a.md"] }, { title = "二", essays = ["b.md"] }]\n',
        '[["part"]]\ntitle="一"\nessays=["a.md"]\n[["part"]]\ntitle="二"\nessays=["b.md"]\n',
        'rights="""\n[[part]]"""\n[[part]]\ntitle=""\nessays=["a.md"]\n[[part]]\nessays=["b.md"]\n',
    ],
)
def test_a_file_laid_out_in_another_way_is_refused_and_not_harmed(
    text: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(lambda: written(text, (1, "b"), (0, "a")))
    assert "cannot be rearranged here" in str(fault)
