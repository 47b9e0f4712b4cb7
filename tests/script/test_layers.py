"""Decisions, names and forms: who decides what, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from books import book, converted, doubts, essay, words
from conftest import FaultsOf
from reading import DATA

from publisher.model import matter as m
from publisher.model.collection import Contributor
from publisher.model.manuscript import Manuscript
from publisher.script.conversion import Conversion
from publisher.script.decisions import Decisions, DecisionTable
from publisher.script.doubts import Doubt
from publisher.script.masks import MASK
from publisher.script.opencc import converter
from publisher.script.quotes import corner_quotes
from publisher.script.signals import Reason

SENTENCE = "他抬头看表，钟走得不准，表也不准。"
STALE = DecisionTable("表", "錶", "", "一.md", 2, "表，钟走得不准，【表】也不准。")


def _decided(*tables: DecisionTable, **more: object) -> Decisions:
    return Decisions(decision=tables, **more)  # type: ignore[arg-type]


def _one(script: str = "hant-tw", decisions: Decisions | None = None, text: str = SENTENCE) -> str:
    (found,) = words(converted(book(essay(text)), script, decisions or Decisions()))
    return found


def _codes(conversion: Conversion) -> list[str]:
    return [notice.code for notice in conversion.notices]


# ---- targets ----


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("hans", "他写软件，在这里面。"),
        ("hant-tw", "他寫軟件，在這裡面。"),
        ("hant-hk", "他寫軟件，在這裏面。"),
        ("hant-tw-phrases", "他寫軟體，在這裡面。"),
        ("hant-hk-phrases", "他寫軟件，在這裏面。"),
    ],
)
def test_every_target_from_simplified(script: str, expected: str) -> None:
    assert _one(script, text="他写软件，在这里面。") == expected


@pytest.mark.parametrize(
    ("language", "script", "expected"),
    [
        ("zh-Hant-TW", "hans", "他写软件，在这里面。"),
        ("zh-Hant-TW", "hant-tw", "他寫軟件，在這裡面。"),
        ("zh-Hant-TW", "hant-hk", "他寫軟件，在這裡面。"),
        ("zh-Hant-HK", "hant-tw", "他寫軟件，在這裡面。"),
        ("zh-Hant-TW", "hant-tw-phrases", "他寫軟件，在這裡面。"),
        ("zh-Hans", "hans", "他写软件，在这里面。"),
    ],
)
def test_every_target_from_traditional(language: str, script: str, expected: str) -> None:
    text = "他寫軟件，在這裏面。" if language == "zh-Hant-HK" else "他寫軟件，在這裡面。"
    old = book(essay(text), language=language)
    assert words(converted(old, script)) == [expected]


# ---- layers ----


def test_an_occurrence_goes_before_its_essay_and_that_before_the_collection() -> None:
    tables = (
        DecisionTable("表", "丙"),
        DecisionTable("表", "乙", essay="一.md"),
        replace(STALE, value="甲"),
    )
    assert _one(decisions=_decided(*tables)) == "他抬頭看錶，鍾走得不準，甲也不準。"
    assert "乙也不準" in _one(decisions=_decided(*tables[:2]))
    assert "丙也不準" in _one(decisions=_decided(tables[0]))


def test_one_character_for_a_whole_book_leaves_the_words_alone_that_hold_it() -> None:
    later = _decided(DecisionTable("后", "后"))
    assert _one(decisions=later, text="后来立她为后，以后再说。") == "後來立她為后，以後再說。"


def test_a_decision_reaches_over_marks() -> None:
    marked = m.Paragraph((m.Text("老"), m.Strong((m.Text("钟"),)), m.Text("来了")), 1)
    manuscript = replace(essay(), blocks=(marked,))
    done = converted(book(manuscript), decisions=_decided(DecisionTable("老钟", "老鍾")))
    assert next(done.collection.essays()).blocks == (
        m.Paragraph((m.Text("老"), m.Strong((m.Text("鍾"),)), m.Text("來了")), 1),
    )


def test_a_decision_may_change_a_length_and_marks_stay_whole() -> None:
    marked = m.Paragraph((m.Text("用打"), m.Strong((m.Text("印机"),)), m.Text("写")), 1)
    manuscript = replace(essay(), blocks=(marked,))
    table = DecisionTable("打印机", "列印的機器")
    (paragraph,) = next(
        converted(book(manuscript), decisions=_decided(table)).collection.essays()
    ).blocks
    assert isinstance(paragraph, m.Paragraph)
    assert m.plain(paragraph.content) == "用列印的機器寫"


def test_the_supplement_stands_below_the_editor_and_above_opencc() -> None:
    assert _one(text="伟大斗争") == "偉大鬥爭"
    assert _one(text="伟大斗争", decisions=_decided(DecisionTable("斗争", "斗爭"))) == "偉大斗爭"


def test_the_house_s_forms_come_last_and_spare_what_was_decided() -> None:
    style = Decisions(style=("群羣",))
    assert _one(text="人群里的羊群", decisions=style) == "人羣裡的羊羣"
    spared = _decided(DecisionTable("羊群", "羊群"), style=("群羣",))
    assert _one(text="人群里的羊群", decisions=spared) == "人羣裡的羊群"
    assert _one(text="回娘家") == "回娘家"


# ---- staleness ----


def test_a_decision_follows_its_sentence_when_others_come_before_it() -> None:
    moved = converted(book(essay("一块表。", SENTENCE)), decisions=_decided(STALE))
    assert words(moved)[1].endswith("錶也不準。")
    assert _codes(moved) == []


def test_a_decision_whose_sentence_changed_is_stale_and_does_nothing() -> None:
    changed = converted(book(essay("表停了，表也不准。")), decisions=_decided(STALE))
    assert words(changed) == ["錶停了，表也不準。"]
    assert _codes(changed) == ["decision-stale"]


def test_of_two_like_sentences_the_counted_one_is_meant_and_else_neither() -> None:
    table = DecisionTable("表", "錶", "", "一.md", 2, "看【表】吧")
    text = ("看表吧", "看表吧")
    assert words(converted(book(essay(*text)), decisions=_decided(table)))[1] == "看錶吧"
    third = replace(table, occurrence=3)
    assert _codes(converted(book(essay(*text)), decisions=_decided(third))) == ["decision-stale"]


# ---- notices ----


def test_entries_that_never_come_to_use_are_named() -> None:
    idle = _decided(
        DecisionTable("没有", "沒有"), DecisionTable("表", "錶", essay="二.md"),
        names={"钟南山": "鍾南山"},
    )  # fmt: skip
    notices = converted(book(essay(SENTENCE)), decisions=idle).notices
    assert [it.code for it in notices] == ["decision-unused"] * 3
    assert [str(it.hint or "") for it in notices] == ["", "it is meant for 二.md", ""]
    assert "钟南山" in str(notices[2].message)


def test_two_that_disagree_and_one_that_is_no_form_are_named() -> None:
    tables = (DecisionTable("表", "錶"), DecisionTable("表", "婊"))
    found = converted(book(essay("表，")), decisions=_decided(*tables)).notices
    assert [it.code for it in found] == ["decision-disagrees", "decision-unlike"]
    forms = _decided(DecisionTable("散着", "散著"), DecisionTable("里", "裡"))
    assert _codes(converted(book(essay("散着，里。")), decisions=forms)) == []


def test_a_title_that_is_written_in_two_ways_is_named() -> None:
    texts = essay("读《钟》。", path="一.md"), essay("又读《钟》。", path="二.md")
    one = DecisionTable("钟", "鐘", essay="二.md")
    assert _codes(converted(book(*texts), decisions=_decided(one))) == ["title-differs"]
    whole = DecisionTable("钟", "鐘")
    assert _codes(converted(book(*texts), decisions=_decided(whole))) == []
    marks = DecisionTable("《钟》", "《鐘》", essay="二.md")
    assert _codes(converted(book(*texts), decisions=_decided(marks))) == ["title-differs"]
    everywhere = replace(marks, essay="")
    assert _codes(converted(book(*texts), decisions=_decided(everywhere))) == []


# ---- names ----


def _authors(conversion: Conversion) -> tuple[str, ...]:
    return next(conversion.collection.essays()).authors


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("余华", "余華"),
        ("于伟", "于偉"),
        ("钟南山", "鍾南山"),
        ("范后里", "范後裡"),
        ("叶圣陶", "葉聖陶"),
        ("中国作家协会", "中國作家協會"),
    ],
)
def test_names_of_people_are_converted_by_their_characters(name: str, form: str) -> None:
    assert _authors(converted(book(essay("文", authors=(name,))))) == (form,)


def test_a_decided_name_is_the_same_in_every_place() -> None:
    manuscript = essay("范后里说：余华来了。", authors=("范后里", "余华"))
    people = {"contributors": (Contributor("范后里", "作者"),), "editors": ("余华",)}
    names = Decisions(names={"范后里": "范后里", "余华": "余華"})
    done = converted(book(manuscript, **people), decisions=names)  # type: ignore[arg-type]
    assert words(done) == ["范后里說：余華來了。"]
    assert _authors(done) == ("范后里", "余華")
    assert done.collection.contributors[0].name == "范后里"
    assert done.collection.about.editors == ("余華",)
    assert not [it for it in doubts(done) if Reason.NAME in it.reasons]


def test_undecided_names_are_listed_once_and_certain_ones_are_not() -> None:
    manuscript = essay("范后里说：王小山来了。", authors=("范后里", "王小山"))
    found = doubts(converted(book(manuscript, editors=("范后里",))))
    (name,) = [it for it in found if it.reasons == (Reason.NAME,)]
    assert (name.source, name.chosen, name.place.key) == ("范后里", "范後裡", "author")
    assert "范后里" in name.alternatives


# ---- doubts ----


def _doubt(decisions: Decisions | None = None) -> tuple[Doubt, ...]:
    text = "她散着发，我散着发。"
    return doubts(converted(book(essay(text)), decisions=decisions or Decisions()))


def test_a_doubt_says_all_that_an_editor_needs() -> None:
    first = _doubt()[0]
    assert (first.source, first.chosen, first.key, first.alternatives) == (
        "发", "發", "发", ("髮",),
    )  # fmt: skip
    assert (first.essay, first.place.file, first.place.line) == ("一.md", "一.md", 1)
    assert (first.context, first.occurrence) == ("她散着【发】，我散着发。", 1)


@pytest.mark.parametrize(("scope", "left"), [("occurrence", 1), ("essay", 0), ("collection", 0)])
def test_what_is_accepted_or_decided_does_not_speak_again(scope: str, left: int) -> None:
    first = _doubt()[0]
    accepted = Decisions(accepted=(first.settled_by(first.chosen, "hant-tw", scope),))
    assert len(_doubt(accepted)) == left
    decided = Decisions(decision=(first.settled_by("髮", "hant-tw", scope),))
    assert len(_doubt(decided)) == left
    assert _one(decisions=decided, text="她散着发，我散着发。").count("髮") == 2 - left


def test_what_was_accepted_speaks_again_when_opencc_has_something_else() -> None:
    first = _doubt()[0]
    old = Decisions(accepted=(replace(first.settled_by("髮", "", "collection")),))
    assert len(_doubt(old)) == 2


# ---- hostile ----


def test_a_mask_in_the_source_is_refused(faults_of: FaultsOf) -> None:
    (fault,) = faults_of(lambda: converted(book(essay(f"头{MASK}发"))))
    assert "U+FDD1" in str(fault.message)


def test_variation_selectors_and_described_characters_lose_nothing() -> None:
    text = "头\ufe00发葛\U000e0100⿰车发在门里。"
    assert _one(text=text) == "頭\ufe00發葛\U000e0100⿰车发在門裡。"
    marked = m.Paragraph((m.Text("软⿰车"), m.Strong((m.Text("发件"),)), m.Text("软件")), 1)
    done = converted(book(replace(essay(), blocks=(marked,))), "hant-tw-phrases")
    (paragraph,) = next(done.collection.essays()).blocks
    assert isinstance(paragraph, m.Paragraph)
    assert m.plain(paragraph.content) == "軟⿰车发件軟體"
    assert not done.derivations[0].passages[-1].is_traced


def test_a_paragraph_of_five_megabytes_is_one_passage() -> None:
    text = SENTENCE * (5_000_000 // len(SENTENCE.encode()))
    (found,) = words(converted(book(essay(text))))
    assert found == _one() * (5_000_000 // len(SENTENCE.encode()))


def test_a_region_s_phrase_is_one_word_and_not_several_doubtful_ones() -> None:
    done = converted(book(essay("他编程序，也发面。")), "hant-tw-phrases")
    for it in doubts(done):
        assert it.key == it.source
        assert all(len(form) == len(it.source) for form in it.alternatives)


def test_an_essay_in_its_script_already_is_the_very_same() -> None:
    kept: Manuscript = essay("橋封了，皇后在後面。")
    done = converted(book(kept, language="zh-Hant-TW"))
    assert next(done.collection.essays()) is kept
    assert [derivation.path for derivation in done.derivations] == ["collection.toml"]


def test_an_edition_records_what_its_words_rest_on() -> None:
    decisions = _decided(DecisionTable("表", "錶"))
    plain = converted(book(essay(SENTENCE))).provenance
    decided = converted(book(essay(SENTENCE)), decisions=decisions).provenance
    assert plain.configurations == ("s2tw",)
    assert plain.opencc.count(".") == 2
    assert "STPhrases" in dict(plain.dictionaries)
    assert plain.decisions != decided.decisions
    assert replace(plain, decisions="") == replace(decided, decisions="")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "config"),
    [
        ("hant-tw", "s2tw"),
        ("hant-hk", "s2hk"),
        ("hant-tw-phrases", "s2twp"),
        ("hant-hk-phrases", "s2hkp"),
    ],
)
def test_without_decisions_real_books_are_what_opencc_makes_of_them(
    script: str, config: str
) -> None:
    if not DATA.is_dir():
        pytest.skip("the books of shared/data are not here")
    for file in sorted(DATA.rglob("*.txt")):
        lines = file.read_text(encoding="utf-8", errors="ignore").splitlines()
        plain = essay(*lines, path=f"{file.stem}.md")
        made = words(converted(book(plain), script, is_supplemented=False))
        assert made == [corner_quotes(converter(config)(line)) for line in lines]
