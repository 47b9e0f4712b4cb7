"""The set of blocks and inlines, and the one way to change words."""

from __future__ import annotations

import pytest

from publisher.model import matter as m

NOTE_CALL = m.NoteReference(1)
PASSAGE = (
    m.Text("甲"),
    m.Emphasis((m.Text("乙"), m.Strong((m.Text("丙"),)))),
    m.Ruby((("丁", "dīng"), ("戊", "wù"))),
    m.Kept("Kept"),
    m.LineBreak(),
    m.Link("https://example.org/甲", (m.Text("己"),)),
    m.CrossReference("庚.md", (m.Text("庚"),)),
    NOTE_CALL,
)
PIECES = ("甲", "乙", "丙", "丁", "戊", m.KEPT, "\n", "己", "庚")


def _row(*words: str) -> tuple[m.Inlines, ...]:
    return tuple((m.Text(word),) for word in words)


BLOCKS: m.Blocks = (
    m.Heading(2, (m.Text("一"),), 1),
    m.Paragraph((m.Text("二"),), 3),
    m.Verse((_row("三", "四"), _row("五")), 5),
    m.Signature(_row("元", "角"), 7),
    m.Quotation((m.Paragraph((m.Text("六"),), 9),), (m.Text("七"),), 9),
    m.Listing(1, ((m.Paragraph((m.Text("八"),), 12),),), 12),
    m.Figure("雪.png", "九", (m.Text("十"),), 14),
    m.Table(("", ""), _row("百", "千"), (_row("万", "亿"),), (m.Text("兆"),), 16),
    m.Break(20),
    m.Preformatted("京", 22),
)


def _marked(pieces: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece if piece in (m.KEPT, "\n") else f"<{piece}>" for piece in pieces)


def test_a_passage_is_handed_out_whole_across_its_inlines() -> None:
    seen: list[tuple[str, ...]] = []
    m.map_passage(PASSAGE, lambda pieces: seen.append(pieces) or pieces)  # type: ignore[func-returns-value]
    assert seen == [PIECES]


def test_new_words_stand_where_the_old_ones_stood() -> None:
    assert m.plain(m.map_passage(PASSAGE, _marked)) == "<甲><乙><丙><丁><戊>Kept\n<己><庚>"


def test_readings_targets_kept_words_and_calls_are_out_of_reach() -> None:
    _, _, ruby, kept, line_end, link, cross, call = m.map_passage(PASSAGE, _marked)
    assert isinstance(ruby, m.Ruby)
    assert [reading for _, reading in ruby.pairs] == ["dīng", "wù"]
    assert (kept, line_end, call) == (m.Kept("Kept"), m.LineBreak(), NOTE_CALL)
    assert isinstance(link, m.Link)
    assert link.target == "https://example.org/甲"
    assert isinstance(cross, m.CrossReference)
    assert cross.path == "庚.md"


def test_every_word_of_every_block_is_reached_once_but_what_is_preformatted() -> None:
    seen: list[str] = []
    m.map_text(BLOCKS, lambda pieces: seen.extend(pieces) or pieces)  # type: ignore[func-returns-value]
    assert sorted(seen) == sorted("一二三四五元角六七八九十百千万亿兆")


def test_a_figures_description_is_reworded_and_its_path_is_not() -> None:
    (figure,) = m.figures(m.map_text(BLOCKS, _marked))
    assert (figure.path, figure.alternative) == ("雪.png", "<九>")


def test_blocks_keep_their_kinds_lines_and_order() -> None:
    changed = m.map_text(BLOCKS, _marked)
    assert [(type(b), b.line) for b in changed] == [(type(b), b.line) for b in BLOCKS]


def test_words_that_are_not_changed_give_an_equal_value() -> None:
    assert m.map_text(BLOCKS, lambda pieces: pieces) == BLOCKS


def test_a_rewording_that_gives_too_few_pieces_does_not_pass_silently() -> None:
    with pytest.raises((RuntimeError, StopIteration, ValueError)):
        m.map_passage(PASSAGE, lambda pieces: pieces[:-1])


def test_notes_are_reworded_and_keep_their_numbers() -> None:
    note = m.Note(3, (m.Paragraph((m.Text("注"),), 8),), 8)
    (changed,) = m.map_notes((note,), _marked)
    assert (changed.number, changed.line) == (3, 8)
    assert changed.blocks == (m.Paragraph((m.Text("<注>"),), 8),)


def test_passages_come_in_reading_order_with_the_line_of_their_block() -> None:
    found = [(m.plain(content), line) for content, line in m.passages(BLOCKS)]
    assert "".join(words for words, _ in found) == "一二三四五元角六七八十百千万亿兆京"
    lines = [1, 3, 5, 5, 5, 7, 7, 9, 9, 12, 14, 16, 16, 16, 16, 16, 22]
    assert [line for _, line in found] == lines


def test_plain_words_hold_bases_and_kept_runs_but_no_readings() -> None:
    assert m.plain(PASSAGE) == "甲乙丙丁戊Kept\n己庚"


def test_kept_runs_inside_emphasis_come_out_in_their_order() -> None:
    content = (m.Emphasis((m.Kept("a"), m.Text("山"))), m.Kept("b"), m.Link("x", (m.Kept("c"),)))
    assert m.plain(content) == "a山bc"


def test_figures_are_found_inside_quotations_and_lists() -> None:
    figure = m.Figure("a.png", "", (), 1)
    nest = m.Quotation((m.Listing(None, ((figure,), (figure,)), 1),), (), 1)
    assert list(m.figures((nest, figure))) == [figure] * 3


def test_inlines_come_outer_before_inner() -> None:
    inner = m.Strong((m.Text("a"),))
    outer = m.Emphasis((inner,))
    assert list(m.inlines((outer,))) == [outer, inner, m.Text("a")]
