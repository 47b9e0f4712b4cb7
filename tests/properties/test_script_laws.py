"""Words of any kind in another script: what tracer, masks and decisions promise of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import HAN, MARKS, passage, words

from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.collection import About, Collection, Imprint, Part
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import SCRIPTS
from publisher.script.conversion import convert
from publisher.script.decisions import (
    NONE,
    Decisions,
    DecisionTable,
    read_decisions,
    written_decisions,
)
from publisher.script.essays import convert_passage
from publisher.script.masks import MASK, Claim, Layer, Override, claimed, cut, masked, unmasked
from publisher.script.opencc import converter
from publisher.script.passages import Passage
from publisher.script.quotes import corner_quotes
from publisher.script.rules import Rules
from publisher.script.tracer import CONFIGURATIONS, Rendering, traced
from tests.converting import CONFIGURATION_OF, new_words

# Characters that OpenCC's words are made of, and words whose length a region's phrases change.
_TELLING = "头发里后面干只松谷系制斗钟表冲余一了的在有不出这那"
_PHRASES = ["打印机", "软件", "程序员", "数据库", "因特网", "头发", "皇后", "一只", "里面", "胡同"]
texts = st.lists(st.sampled_from([*_TELLING, *_PHRASES, *HAN, *MARKS, "a", " "]), max_size=30).map(
    "".join
)
marked = st.lists(texts | st.sampled_from([m.KEPT, "\n", ""]), min_size=1, max_size=8).map(tuple)
TARGETS = [name for name in SCRIPTS if name != "hans"]


def _bare(script: str, decisions: Decisions = NONE) -> Rules:
    return Rules(SCRIPTS[script], decisions, is_supplemented=False)


def _pieces(content: m.Inlines) -> tuple[str, ...]:
    taken: list[str] = []
    m.map_passage(content, lambda given: taken.extend(given) or given)  # type: ignore[func-returns-value]
    return tuple(taken)


@pytest.mark.parametrize("config", CONFIGURATIONS)
@given(text=texts | words)
def test_the_tracer_agrees_with_opencc_on_any_text(config: str, text: str) -> None:
    renderings = traced(config, text, converter(config)(text))
    if renderings is None:
        assert any("\u2ff0" <= it <= "\u2fff" or it == "\u31ef" for it in text)
    else:
        assert "".join(it.source for it in renderings) == text


@pytest.mark.parametrize("script", TARGETS)
@settings(max_examples=500)
@given(pieces=marked)
def test_marks_change_nothing_about_the_words(script: str, pieces: tuple[str, ...]) -> None:
    """Four times 500 passages with random markup."""
    new = new_words(pieces, script)
    assert len(new) == len(pieces)
    assert "".join(new) == corner_quotes(converter(CONFIGURATION_OF[script])("".join(pieces)))
    for old, piece in zip(pieces, new, strict=True):
        if old in (m.KEPT, "\n", ""):
            assert piece == old
        elif not script.endswith("phrases"):
            assert len(piece) == len(old)


@given(passage)
def test_a_passage_keeps_its_shape_and_what_is_kept_in_every_script(content: m.Inlines) -> None:
    def blank(pieces: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(piece if piece in (m.KEPT, "\n") else "" for piece in pieces)

    for script in TARGETS:
        new = m.map_passage(content, lambda pieces, script=script: new_words(pieces, script))
        assert m.map_passage(new, blank) == m.map_passage(content, blank)


@given(st.data())
def test_a_span_goes_to_pieces_without_loss(data: st.DataObject) -> None:
    renderings = tuple(
        Rendering(*it)
        for it in data.draw(st.lists(st.tuples(st.text("ab", min_size=1), st.text("xy"))))
    )
    source = "".join(it.source for it in renderings)
    borders = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=5)))
    pieces = tuple(source[a:b] for a, b in zip([0, *borders], [*borders, len(source)], strict=True))
    assert "".join(cut(renderings, pieces)) == "".join(it.output for it in renderings)


@given(texts, st.data())
def test_masks_come_back_as_what_was_decided(text: str, data: st.DataObject) -> None:
    """Whatever is claimed by whomever: no claim overlaps another, every claimed word is decided."""
    ranges = st.lists(st.tuples(st.integers(0, max(0, len(text) - 1)), st.integers(1, 4)))
    layers = [
        [
            Claim(start, start + size, Override(text[start : start + size], "定", layer))
            for start, size in data.draw(ranges)
            if start + size <= len(text)
        ]
        for layer in Layer
    ]
    claims = claimed(text, layers)
    hidden = masked(text, claims)
    assert hidden.count(MASK) == len(claims)
    renderings = unmasked(tuple(Rendering(it, it) for it in hidden), claims)
    assert "".join(it.source for it in renderings) == text
    ends = [0, *(claim.end for claim in claims)]
    assert all(claim.start >= end for claim, end in zip(claims, ends, strict=False))


@given(texts, st.data())
def test_a_decided_word_leaves_its_neighbours_alone(text: str, data: st.DataObject) -> None:
    """A decision on the whole word that OpenCC took changes that word and no other."""
    before = traced("s2tw", text, converter("s2tw")(text))
    assert before is not None
    if not before or any(it in text for it in "“”‘’"):
        return
    chosen = data.draw(st.integers(0, len(before) - 1))
    start = sum(len(it.source) for it in before[:chosen])
    rendering = before[chosen]
    if rendering.source in (m.KEPT, "\n"):
        return
    rules = _bare("hant-tw")
    override = Override(rendering.source, "定" * len(rendering.source), Layer.OCCURRENCE)
    claim = Claim(start, start + len(rendering.source), override)
    at = Passage((text,), Place("一.md", 1))
    after = convert_passage(at, "s2tw", rules, rules.layers("", "s2tw"), (claim,)).renderings
    expected = "".join(it.output if it is not rendering else "" for it in before)
    assert "".join(it.output for it in after).replace("定", "") == expected.replace("定", "") or (
        before.count(rendering) > 1
    )


_tables = st.builds(
    DecisionTable,
    words.filter(lambda it: bool(it.strip()) and "\n" not in it),
    words.filter(lambda it: bool(it.strip()) and "\n" not in it),
    st.sampled_from(["", *SCRIPTS]),
    st.sampled_from(["", "一.md", '"\\.md']),
)


@given(
    st.builds(
        Decisions,
        names=st.dictionaries(words, words, max_size=3),
        decision=st.lists(_tables, max_size=4).map(tuple),
        accepted=st.lists(_tables, max_size=2).map(tuple),
    )
)
def test_whatever_is_decided_survives_its_file(decisions: Decisions) -> None:
    once = read_decisions(written_decisions(decisions), "decisions.toml")
    assert set(once.decision) == set(decisions.decision)
    assert set(once.accepted) == set(decisions.accepted)
    assert once.names == decisions.names
    assert written_decisions(once) == written_decisions(decisions)


@given(st.lists(texts, min_size=1, max_size=3), st.sampled_from(list(SCRIPTS)))
def test_a_book_that_was_converted_is_not_converted_again(
    paragraphs: list[str], script: str
) -> None:
    blocks = tuple(m.Paragraph((m.Text(f"桥门{it}"),), 1) for it in paragraphs)
    essay = Manuscript("一.md", "门", "", ("叶圣陶",), "", "", "", blocks, ())
    about = About("门", "men", "zh-Hans")
    book = Collection(about, Imprint(), (), (Part("", (essay,)),), (), (), ())
    rules = Rules(SCRIPTS[script], NONE)
    once = convert(book, rules).collection
    assert convert(once, rules).collection == once
    assert replace(once, about=book.about).essays() is not None
