"""Any text at all: importing, reading, quoting and the gate."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import (
    HAN,
    LATIN,
    MARKS,
    SYNTAX,
    chinese,
    fit_characters,
    read_or_refused,
    source,
    words,
)

from publisher.editorial.frontmatter import body_of, read_front_matter
from publisher.editorial.manuscripts import read_manuscript
from publisher.editorial.markdown import read_markdown
from publisher.ground.hygiene import decoded, require_fit
from publisher.intake.essay import Essay, Head
from publisher.intake.manuscript import written
from publisher.model import matter as m
from publisher.script.quotes import corner_quotes

fit_lines = st.lists(
    st.text(st.sampled_from(SYNTAX.replace("\n", "")) | fit_characters, max_size=20), max_size=6
)


def _words(blocks: m.Blocks) -> list[str]:
    return [m.plain(content) for content, _ in m.passages(blocks)]


@given(fit_lines)
@example(["题", "1. 一", "    四格", "- - -", "![a](b)", "<b>", "&#35;", "a\\", "[^1]: x", ":::"])
@example(["#", "\u2003雪", "\u00a0"])
def test_a_text_comes_back_line_by_line_from_its_manuscript(lines: list[str]) -> None:
    expected = [line.strip() for line in lines if line.strip()]
    if not expected:
        return
    written_lines = Essay(Head(expected[0]), "\n".join(lines))
    essay = read_manuscript(written(written_lines, "a.md"), "a.md", "a.md")
    assert all(isinstance(block, m.Paragraph) for block in essay.blocks)
    assert [essay.title, *_words(essay.blocks)] == [expected[0], *expected]


@given(st.lists(st.text(st.sampled_from(HAN + MARKS + LATIN), max_size=20), max_size=8))
def test_no_character_of_plain_chinese_is_lost_or_moved(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks, notes = read_markdown(text, "a.md")
    assert notes == ()
    assert "".join("".join(_words(blocks)).split()) == "".join(text.split())


@given(source)
@example("[^a]: [^a]\n\n[^a]")
@example("![a](//[)")
@example("![a](%00)")
@example("| a |\n|-|\n| [^b] |\n\n[^b]: - x")
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    read, faults = read_or_refused(lambda: read_markdown(text, "a.md"))
    assert read or faults
    assert all(fault.at.file == "a.md" and fault.at.line for fault in faults)
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= block.line <= last for block in (read or ((), ()))[0])


_fragments = st.lists(
    st.sampled_from(
        ["[^a]", "[^a]: ", "\n\n", "\n", "> ", "- ", "1. ", "**", "*", "`", "```\n", "| a | b |\n",
         "|---|---|\n", "::: verse\n", ":::\n", "![", "](b.png)", "](c.md)", "[", "{砻|lóng}",
         "{lang=en}", "<b>", "&#x202E;", "&amp;", "# ", "---\n", "    ", "雪", "a", "\\", "——"]
    ),
    max_size=25,
)  # fmt: skip


@given(_fragments.map("".join))
def test_any_heap_of_marks_is_read_or_refused_with_its_line(text: str) -> None:
    read, faults = read_or_refused(lambda: read_markdown(text, "a.md"))
    assert read or faults
    assert all(fault.at.line for fault in faults)


@given(_fragments.map("".join))
def test_what_was_read_holds_no_unfit_character(text: str) -> None:
    read, _ = read_or_refused(lambda: read_markdown(text, "a.md"))
    blocks, notes = read or ((), ())
    for content, _ in m.passages((*blocks, *(b for note in notes for b in note.blocks))):
        require_fit(m.plain(content), "a.md")


_yaml = st.lists(
    st.sampled_from(
        ["title", "author", "note", "x", ": ", ":", "\n", "  ", "- ", "[", "]", "{", "}", ",", '"',
         "'", "|", ">", "&a ", "*a", "!!int ", "!x ", "~", "null", "雪", "#", "\\u0041", "\\x00",
         "? ", "%", "@", "...", "---", "<<", "1984", "\t"]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@given(_yaml | source)
def test_any_front_matter_is_read_as_texts_or_refused_with_its_line(yaml: str) -> None:
    text = f"---\n{yaml}\n---\n雪"
    front, faults = read_or_refused(lambda: read_front_matter(text, "a.md"))
    assert all(fault.at.line for fault in faults)
    if front:
        assert all(isinstance(v, str) for texts in front.values.values() for v in texts)
    assert front or faults
    body, first_line = body_of(text)
    assert text.endswith(body)
    assert first_line == text.count("\n") + 1 - body.count("\n")


@given(st.binary(max_size=60) | source.map(str.encode))
def test_any_bytes_are_a_fit_text_or_refused(content: bytes) -> None:
    text, faults = read_or_refused(lambda: decoded(content, "f"))
    assert (text is None) == bool(faults)
    assert all(fault.at.line for fault in faults)
    assert "\r" not in (text or "")
    require_fit(text or "", "f")


@given(st.binary(max_size=80) | source.map(str.encode))
def test_any_file_is_a_manuscript_with_a_title_or_refused(content: bytes) -> None:
    essay, faults = read_or_refused(lambda: read_manuscript(content, "a.md", "a.md"))
    assert faults or (essay and essay.title.strip())


_quoted = st.text(st.sampled_from("“”‘’雪a n't."), max_size=16)
CORNERS = {"「": "“", "」": "”", "『": "‘", "』": "’"}


@given(_quoted)
def test_corners_replace_quotes_one_for_one_and_touch_nothing_else(text: str) -> None:
    quoted = corner_quotes(text)
    assert len(quoted) == len(text)
    assert "".join(CORNERS.get(c, c) for c in quoted) == text


@given(_quoted)
def test_corners_are_always_balanced(text: str) -> None:
    open_marks: list[str] = []
    for character in corner_quotes(text):
        if character in "「『":
            open_marks.append(character)
        elif character in "」』":
            assert open_marks.pop() + character in ("「」", "『』")
    assert open_marks == []


@given(chinese, chinese)
def test_a_pair_of_quotes_around_plain_words_always_becomes_corners(
    before: str, inner: str
) -> None:
    before, inner = (text.translate(str.maketrans("", "", "“”‘’")) for text in (before, inner))
    assert corner_quotes(f"{before}“{inner}”") == f"{before}「{inner}」"


@given(words)
def test_words_that_fit_pass_the_gate(text: str) -> None:
    require_fit(text, "f")


@pytest.mark.parametrize(
    "deep", ["> " * 3000, "- " * 3000, "*" * 5000 + "a" + "*" * 5000, "[" * 5000]
)
def test_depth_without_end_is_read_or_refused(deep: str) -> None:
    read, faults = read_or_refused(lambda: read_markdown(f"{deep}雪", "a.md"))
    assert read or faults
