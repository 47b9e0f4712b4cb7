"""Calls of notes stay with what stands before them, and no word of a passage is lost or moved."""

from __future__ import annotations

import pytest

from publisher.composition.calls import parted
from publisher.model import matter as m

CALL = m.NoteReference(1)


def tied(*content: m.Inline) -> list[str]:
    """The words of the parts that stand on one line."""
    return [m.plain(part.content) for part in parted(content) if part.is_tied]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (m.Text("“我不姓了。”"), "”"),
        (m.Text("看见七"), "七"),
        (m.Text("一共12"), "12"),
        (m.Text("约12.5"), "12.5"),
        (m.Text("他姓葛\U000e0100"), "葛\U000e0100"),
        (m.Emphasis((m.Text("不动"),)), "动"),
        (m.Strong((m.Emphasis((m.Text("不动"),)),)), "动"),
        (m.Ruby((("砻", "lóng"), ("渡", "dù"))), "渡"),
        (m.Kept("范"), "范"),
    ],
)
def test_a_call_is_tied_to_what_it_follows(before: m.Inline, words: str) -> None:
    assert tied(before, CALL, m.Text("，后来")) == [words]


def test_calls_in_a_row_are_one_part() -> None:
    (_, row, _) = parted((m.Text("看见七"), CALL, m.NoteReference(2), m.Text("八")))
    assert row == ((m.Text("七"), CALL, m.NoteReference(2)), True)


@pytest.mark.parametrize(
    "before",
    [
        m.Link("https://example.org", (m.Text("地图"),)),
        m.Kept("a b", code=True),
        m.Text("https://example.org/long"),
        m.Text("有空 "),
        m.LineBreak(),
    ],
)
def test_what_cannot_be_parted_stays_whole(before: m.Inline) -> None:
    assert tied(before, CALL) == []
    assert [inline for part in parted((before, CALL)) for inline in part.content] == [before, CALL]


def test_a_call_without_anything_before_it_stands_alone() -> None:
    assert [*parted((CALL,))] == [((CALL,), False)]


def test_emphasis_that_is_parted_keeps_its_dress_and_its_words() -> None:
    rest, last = parted((m.Emphasis((m.Text("不"), m.Strong((m.Text("要动"),)))), CALL))
    assert rest.content == (m.Emphasis((m.Text("不"), m.Strong((m.Text("要"),)))),)
    assert last.content == (m.Emphasis((m.Strong((m.Text("动"),)),)), CALL)
