"""Labels: square brackets are read as CommonMark reads them, in a time that grows with the text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from publisher.editorial.labels import labels_plugin
from publisher.editorial.markdown import parser

PIECES = ["[", "]", "(", ")", "!", "^", "*", "`", "\\", " ", "字", "[a](b)", "[^n]", "![", "{x|y}"]


def _commonmark(*, own: bool) -> MarkdownIt:
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark")
    footnote_plugin(made, inline=False, always_match_refs=True)
    if own:
        labels_plugin(made)
    return made


OWN, PLAIN = _commonmark(own=True), _commonmark(own=False)


def _shape(tokens: Sequence[Token]) -> list[Any]:
    return [(t.type, t.content, t.attrs, _shape(t.children or ())) for t in tokens]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("[[a](b)](c) [x [y] z](d) ![[e](f)](g)")
@example("[" * 300 + "a" + "]" * 300)
def test_brackets_are_read_as_the_parser_itself_reads_them(text: str) -> None:
    assert _shape(OWN.parse(text, {})) == _shape(PLAIN.parse(text, {}))


def _steps(text: str) -> int:
    """How many lines of Python run while a text is read: the same on every machine."""
    count = 0

    def counted(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        parser().parse(text, {})
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "mark", ["[", "[字", "![", "[^", "[a](", "*字", "_a ", "`字", "<a", "&#", "{字|"]
)
def test_marks_without_end_take_a_time_that_grows_with_their_number(mark: str) -> None:
    _steps(mark)
    assert _steps(f"{mark * 800}字") < 2.5 * _steps(f"{mark * 400}字")
