"""The signals find most of what OpenCC gets wrong, and do not speak too often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from books import book, converted, doubts, essay, words
from reading import DATA

from publisher.script.decisions import Decisions, DecisionTable
from publisher.script.doubts import grouped
from publisher.script.essays import Derivation
from publisher.script.opencc import converter
from publisher.script.passages import EssayText, Spot
from publisher.script.signals import Reason, Signals
from publisher.script.supplement import corrections, risks, style_pairs, surnames
from publisher.script.tracer import traced

_MOST_FLAGS = 5
_LEAST_FOUND = 0.6


def _planted(file: str = "planted.tsv") -> list[tuple[str, str]]:
    rows = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [(row.split("\t")[0], row.split("\t")[1]) for row in rows if not row.startswith("#")]


def _flagged(text: str) -> dict[int, tuple[Reason, tuple[str, ...]]]:
    """The doubted characters of a sentence: why, and what else the word might be."""
    signals = Signals("s2tw")
    found: dict[int, tuple[Reason, tuple[str, ...]]] = {}
    start = 0
    renderings = traced("s2tw", text, converter("s2tw")(text))
    assert renderings is not None
    for rendering in renderings:
        for signal in reversed(signals.of(rendering, text, start)):
            for offset in range(start, start + len(rendering.source)):
                found[offset] = (signal.reason, signal.alternatives)
        start += len(rendering.source)
    return found


def test_every_planted_sentence_is_one_that_opencc_gets_wrong() -> None:
    assert len(_planted()) >= 60
    for source, right in _planted():
        assert len(source) == len(right)
        assert converter("s2tw")(source) != right
        simplify = converter("tw2s")
        assert [*map(simplify, right)] == [*map(simplify, source)]


@pytest.mark.parametrize("file", ["planted.tsv", "unseen.tsv"])
def test_most_errors_are_doubted(file: str) -> None:
    errors = found = 0
    for source, right in _planted(file):
        flagged = _flagged(source)
        for offset, character in enumerate(converter("s2tw")(source)):
            if character != right[offset]:
                errors += 1
                found += offset in flagged
    assert found / errors >= _LEAST_FOUND


def test_doubts_are_few_on_a_long_text() -> None:
    if not DATA.is_dir():
        pytest.skip("the books of shared/data are not here")
    files = sorted((DATA / "luxun").glob("*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    essays = (essay(*text.splitlines(), path=f"{n}.md") for n, text in enumerate(texts))
    flags = len(doubts(converted(book(*essays))))
    assert 0 < flags / sum(map(len, texts)) * 1000 <= _MOST_FLAGS


def test_with_every_planted_word_decided_all_sentences_are_right() -> None:
    """And so are the words beside them."""
    rows = _planted()
    collection = book(*(essay(source, path=f"{n}.md") for n, (source, _) in enumerate(rows)))
    first = converted(collection, is_supplemented=False)
    tables = tuple(
        table
        for derivation, (_, right) in zip(first.derivations, rows, strict=False)
        for table in _corrected(derivation, right)
    )
    decided = Decisions(decision=tables)
    again = converted(collection, decisions=decided, is_supplemented=False)
    assert words(again) == [right for _, right in rows]
    assert again.notices == ()


def _corrected(derivation: Derivation, right: str) -> Iterator[DecisionTable]:
    """The decisions that make the last passage of an essay right."""
    text = EssayText(tuple(it.passage for it in derivation.passages))
    spot = Spot(len(derivation.passages) - 1, 0)
    for rendering in derivation.passages[-1].renderings:
        value = right[spot.start : spot.start + len(rendering.source)]
        if rendering.output != value:
            number = text.occurrences(rendering.source).index(spot) + 1
            context = text.context(spot, len(rendering.source))
            yield DecisionTable(
                rendering.source, value, "hant-tw", derivation.path, number, context
            )
        spot = Spot(spot.passage, spot.start + len(rendering.source))


@pytest.mark.parametrize(
    ("text", "offset", "reason", "form"),
    [
        ("小于是新来的", 1, Reason.NAME, "小于"),
        ("于大姐把门推开", 0, Reason.NAME, "于"),
        ("她散着发坐着", 3, Reason.ALONE, "髮"),
        ("把头发了出去", 1, Reason.CROSSING, "頭發"),
        ("他也没有回复她", 4, Reason.SEVERAL, "回復"),
    ],
)
def test_each_signal_speaks_and_offers_another_form(
    text: str, offset: int, reason: Reason, form: str
) -> None:
    signals = Signals("s2tw")
    renderings = traced("s2tw", text, converter("s2tw")(text)) or ()
    start = 0
    for rendering in renderings:
        if start <= offset < start + len(rendering.source):
            found = {it.reason: it.alternatives for it in signals.of(rendering, text, start)}
            assert form in found[reason]
            return
        start += len(rendering.source)
    raise AssertionError


def test_what_is_plain_is_not_doubted() -> None:
    assert _flagged("他说今天的医院关门了，我们后来才知道。") == {}


def test_the_most_doubtful_group_comes_first_and_one_key_makes_one_group() -> None:
    found = doubts(converted(book(essay("发丝和发，还有发。", "小于是会计，只剩下发。"))))
    groups = grouped(found)
    assert groups[0].source == "小于"
    (alone,) = [it for it in groups if it.key == "发"]
    assert [doubt.occurrence for doubt in alone.doubts] == [2, 3, 4]
    assert sorted(map(id, found)) == sorted(id(it) for group in groups for it in group.doubts)


# ---- the tables ----


def test_every_correction_is_needed_and_is_a_form_of_its_word() -> None:
    for it in corrections():
        assert converter("t2s")(it.value) == converter("t2s")(it.source)
        assert it.source in it.example
        right = converted(book(essay(it.example)), is_supplemented=True)
        assert words(right) != words(converted(book(essay(it.example)), is_supplemented=False))
        assert it.reason


def test_every_form_of_the_house_is_another_form_of_one_character() -> None:
    for pair in style_pairs():
        assert len(pair.source) == len(pair.value) == 1
        assert converter("tw2s")(pair.source) == converter("tw2s")(pair.value)
        assert set(pair.scripts) <= {"hant-tw", "hant-hk"}
        assert pair.reason


def test_every_surname_is_a_form_of_itself_and_every_risk_has_forms() -> None:
    signals = Signals("s2tw")
    for source, value in surnames().items():
        assert converter("t2s")(value) == source
    for character, rows in risks().items():
        assert len(signals.forms(character)) > 1 or len(character) == 1
        assert all(row.reason for row in rows)
