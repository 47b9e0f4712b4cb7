"""What is decided is put aside for OpenCC and comes back as decided."""

from __future__ import annotations

import pytest
from conftest import FaultsOf

from publisher.model.matter import KEPT
from publisher.script.masks import (
    MASK,
    Claim,
    Layer,
    Override,
    Overrides,
    claimed,
    cut,
    masked,
    unmasked,
    untraced,
)
from publisher.script.tracer import Rendering


def _nowhere(_text: str) -> frozenset[int]:
    return frozenset()


def _words(layer: Layer, **words: str) -> Overrides:
    return Overrides(Override(source, value, layer) for source, value in words.items())


def _claims(text: str, *layers: Overrides) -> list[tuple[int, int, str]]:
    found = claimed(text, (layer.claims(text, _nowhere) for layer in layers))
    return [(it.start, it.end, it.override.value) for it in found]


def test_the_longest_word_that_begins_first_is_taken() -> None:
    words = _words(Layer.ESSAY, 发="1", 头发="2", 头发店="3", 店里="4")
    assert _claims("头发店里头发发", words) == [(0, 3, "3"), (4, 6, "2"), (6, 7, "1")]


def test_the_more_particular_layer_takes_first() -> None:
    essay, collection = _words(Layer.ESSAY, 发店="e"), _words(Layer.COLLECTION, 头发="c", 里="c")
    assert _claims("头发店里", essay, collection) == [(1, 3, "e"), (3, 4, "c")]


def test_of_two_overrides_of_one_word_the_first_counts() -> None:
    both = Overrides([Override("发", "1", Layer.ESSAY), Override("发", "2", Layer.ESSAY)])
    assert _claims("发", both) == [(0, 1, "1")]


def test_an_override_that_wants_to_be_alone_waits_until_it_is() -> None:
    layer = Overrides([Override("后", "后", Layer.COLLECTION, alone=True)])
    text = "以后立后"
    found = list(layer.claims(text, lambda _: frozenset({3})))
    assert [(it.start, it.end) for it in found] == [(3, 4)]


def test_words_that_mean_something_to_a_pattern_are_taken_as_they_are() -> None:
    assert _claims("a.b(c)", _words(Layer.ESSAY, **{"(c)": "1", ".": "2"})) == [
        (1, 2, "2"), (3, 6, "1"),
    ]  # fmt: skip


def test_a_word_never_reaches_over_what_is_kept() -> None:
    assert _claims(f"头{KEPT}发\n头", _words(Layer.ESSAY, 头发="1", 发头="2")) == []


def test_masks_go_in_and_the_words_come_back() -> None:
    text = "钟南山站在头发店"
    claims = (
        Claim(0, 3, Override("钟南山", "鍾南山", Layer.NAMES)),
        Claim(5, 7, Override("头发", "頭髮頭髮", Layer.ESSAY)),
    )
    hidden = masked(text, claims)
    assert hidden == f"{MASK}站在{MASK}店"
    renderings = unmasked(tuple(Rendering(it, it) for it in hidden), claims)
    assert [(it.source, it.output) for it in renderings] == [
        ("钟南山", "鍾南山"), ("站", "站"), ("在", "在"), ("头发", "頭髮頭髮"), ("店", "店"),
    ]  # fmt: skip
    assert [it.rulings[0].entry.dictionary for it in renderings if it.rulings] == ["names", "essay"]


def test_a_source_that_holds_the_mask_is_refused(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: masked(f"头{MASK}发", ()))
    assert "U+FDD1" in str(fault.message)


@pytest.mark.parametrize(
    ("renderings", "pieces", "expected"),
    [
        ([("头发", "頭髮")], ("头", "发"), ("頭", "髮")),
        ([("打印机", "印表機")], ("打", "印机"), ("印", "表機")),
        ([("程序员", "程式設計師")], ("程", "序员"), ("程式設計師", "")),
        ([("我", "我"), ("因特网", "網際網路")], ("我", "", "因特", "网"),
         ("我", "", "網際網路", "")),
        ([("a", "")], ("a", ""), ("", "")),
    ],
)  # fmt: skip
def test_a_passage_is_cut_where_its_source_is(
    renderings: list[tuple[str, str]], pieces: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert cut(tuple(Rendering(*it) for it in renderings), pieces) == expected


def test_a_text_that_nobody_can_explain_keeps_what_is_untouchable_in_its_place() -> None:
    source, new = f"软件{KEPT}打字\n{MASK}", f"軟體們{KEPT}打字\n{MASK}"
    pieces = ("软", "件", KEPT, "打字", "\n", MASK)
    assert cut(untraced(source, new), pieces) == ("軟體們", "", KEPT, "打字", "\n", MASK)
    assert cut(untraced("软件", "軟件"), ("软", "件")) == ("軟", "件")
