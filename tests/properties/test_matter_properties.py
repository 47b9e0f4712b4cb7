"""Matter of any shape: what map_text, conversion and markup promise of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hypothesis import given
from lxml import etree
from strategies import blocks, passage

from publisher.composition.markup import Medium, essay_markup
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript
from tests.converting import new_words

MEDIUM = Medium("print", lambda path: path, lambda anchor: anchor, notes_at_call=True)


def _reword(pieces: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece if piece in (m.KEPT, "\n") else piece[::-1] + "门" for piece in pieces)


def _blank(pieces: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece if piece in (m.KEPT, "\n") else "" for piece in pieces)


def _values(value: object) -> Iterator[object]:
    """Every dataclass in a value, found by its fields and by nothing of the program."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _values(inner)
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from _values(getattr(value, field.name))


def _changeable(value: object) -> Counter[str]:
    found: Counter[str] = Counter()
    for inner in _values(value):
        match inner:
            case m.Text(words):
                found[words] += 1
            case m.Ruby(pairs):
                found.update(base for base, _ in pairs)
            case m.Figure(alternative=alternative):
                found[alternative] += 1
    return found


@given(blocks)
def test_new_words_leave_the_shape_as_it_was(matter: m.Blocks) -> None:
    assert m.map_text(m.map_text(matter, _reword), _blank) == m.map_text(matter, _blank)


@given(blocks)
def test_every_changeable_word_is_handed_out_exactly_once(matter: m.Blocks) -> None:
    seen: Counter[str] = Counter()

    def watch(pieces: tuple[str, ...]) -> tuple[str, ...]:
        seen.update(piece for piece in pieces if piece not in (m.KEPT, "\n"))
        return pieces

    assert m.map_text(matter, watch) == matter
    expected = _changeable(matter)
    assert seen - Counter({"": seen[""]}) == expected - Counter({"": expected[""]})


@given(blocks)
def test_what_is_kept_stays_whatever_happens_around_it(matter: m.Blocks) -> None:
    def kept(value: m.Blocks) -> list[object]:
        return [v for v in _values(value) if isinstance(v, m.Kept | m.Preformatted)]

    assert kept(m.map_text(matter, _reword)) == kept(matter)


@given(passage)
def test_a_passage_converts_as_its_plain_text_does(content: m.Inlines) -> None:
    converted = m.map_passage(content, lambda pieces: new_words(pieces, "hant-tw"))
    pieces: list[str] = []
    m.map_passage(content, lambda given: pieces.extend(given) or given)  # type: ignore[func-returns-value]
    (whole,) = new_words(("".join(pieces),), "hant-tw")
    kept = iter(inline.words for inline in m.inlines(content) if isinstance(inline, m.Kept))
    assert m.plain(converted) == "".join(next(kept) if c == m.KEPT else c for c in whole)


@given(passage)
def test_a_conversion_changes_words_and_nothing_else(content: m.Inlines) -> None:
    converted = m.map_passage(content, lambda pieces: new_words(pieces, "hant-hk"))
    assert m.map_passage(converted, _blank) == m.map_passage(content, _blank)
    assert len(m.plain(converted)) == len(m.plain(content))


@given(blocks)
def test_markup_is_well_formed_and_holds_every_word_in_order(matter: m.Blocks) -> None:
    essay = Manuscript("门.md", "门", "", (), "", "", "", matter, ())
    tree = etree.fromstring(f"<div>{essay_markup(essay, MEDIUM)}</div>")
    for reading in tree.xpath("//rt"):
        reading.text = ""
    written = "".join("".join(tree.itertext()).split())
    captions_first = [
        "".join(m.plain(content).split()) for content, _ in m.passages(matter) if content
    ]
    assert Counter(written) == Counter("".join(captions_first))
    position = 0
    if not any(isinstance(value, m.Table) for value in _values(matter)):
        for words in captions_first:
            position = written.index(words, position) + len(words)
