"""Strategies: texts, matter and files out of which properties are tested."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import strategies as st

from publisher.ground.errors import Fault, PublisherError
from publisher.model import matter as m

T = TypeVar("T")

HAN = "雪夜桥封了车停门关里面后头发干一二三乙鱼丽麽𠮷"
MARKS = "，。、；：？！“”‘’「」（）《》—…·　"
LATIN = "aZ09é"
# What Markdown, YAML and TOML may take for a mark of theirs.
SYNTAX = "#>*_-+=`~|:[](){}<>&!\\^\"'@%,.;/$?\t \n"

# Every character that the gate of `ground.hygiene` lets through, but for the line feed.
fit_characters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb\ufffc\ufffd",
)
chinese_characters = st.sampled_from(HAN + MARKS + LATIN)
chinese = st.text(chinese_characters, max_size=12)
words = st.text(chinese_characters | fit_characters, min_size=1, max_size=10)
source = st.text(
    st.sampled_from(SYNTAX) | chinese_characters | st.characters(codec="utf-8"), max_size=80
)

_leaves = st.one_of(
    st.builds(m.Text, words),
    st.builds(m.Ruby, st.lists(st.tuples(words, words), min_size=1, max_size=3).map(tuple)),
    st.builds(m.Kept, words, st.sampled_from(["", "en", "ja"]), st.booleans()),
    st.just(m.LineBreak()),
)


def _nested(inner: st.SearchStrategy[m.Inline]) -> st.SearchStrategy[m.Inline]:
    content = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(m.Emphasis, content),
        st.builds(m.Strong, content),
        st.builds(m.Link, st.just("https://example.org/门?a&b"), content),
        st.builds(m.CrossReference, st.just("门.md"), content),
    )


inline: st.SearchStrategy[m.Inline] = st.recursive(_leaves, _nested, max_leaves=6)
passage: st.SearchStrategy[m.Inlines] = st.lists(inline, max_size=4).map(tuple)
_row = st.tuples(passage, passage)
_line = st.integers(1, 9)
_flat = st.one_of(
    st.builds(m.Heading, st.integers(2, 8), passage, _line),
    st.builds(m.Paragraph, passage, _line),
    st.builds(
        m.Verse, st.lists(st.lists(passage, max_size=2).map(tuple), max_size=2).map(tuple), _line
    ),
    st.builds(m.Signature, st.lists(passage, max_size=2).map(tuple), _line),
    st.builds(m.Figure, st.just("门.png"), words, passage, _line),
    st.builds(
        m.Table, st.just(("", "right")), _row, st.lists(_row, max_size=2).map(tuple), passage, _line
    ),
    st.builds(m.Break, _line),
    st.builds(m.Preformatted, words, _line),
)


def _holding(inner: st.SearchStrategy[m.Block]) -> st.SearchStrategy[m.Block]:
    blocks = st.lists(inner, max_size=2).map(tuple)
    return st.one_of(
        st.builds(m.Quotation, blocks, passage, _line),
        st.builds(
            m.Listing, st.none() | st.integers(0, 9), st.lists(blocks, max_size=2).map(tuple), _line
        ),
    )


blocks: st.SearchStrategy[m.Blocks] = st.lists(
    st.recursive(_flat, _holding, max_leaves=3), max_size=3
).map(tuple)


def read_or_refused(step: Callable[[], T]) -> tuple[T | None, tuple[Fault, ...]]:
    """What a step gives, or the faults it refuses its input with; no other way out passes."""
    try:
        return step(), ()
    except PublisherError as error:
        return None, error.faults
