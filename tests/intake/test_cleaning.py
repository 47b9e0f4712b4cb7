"""Cleaning whole texts: what real dumps need, and what well-edited text must be spared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, pairwise

import pytest

from publisher.intake.cleaning.advice import Advice, accept
from publisher.intake.cleaning.advisories import advise, advise_cleaned
from publisher.intake.cleaning.changes import INSERTED, Cleaning, replay, tally
from publisher.intake.cleaning.cleaner import clean
from publisher.intake.cleaning.registry import RULES
from tests.reading import DATA

SEED = DATA / "seeds" / "000_0b8d0aea6ffec771.txt"
needs_corpora = pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not here")
_HALF = str.maketrans("，；：？！（）", ",;:?!()")

# A page as it is copied from the web, and what its author wrote.
MESSY = (
    "\ufeff&nbsp;&nbsp;旧 钟 楼 的 故 事\n\n\n\n"
    "　　河边的钟楼快了２分钟,镇上的人照着它过日子;火车站的人(他们有自己的钟)不照. \n"
    '\t于是每天都有人说:"车又晚了!" 可是... 谁也没有去拨它--没有人敢.\n'
    "　　见 https://example.org/a,b(1) ，或者写信到 a@example.org ,都可以&hellip;\n"
)
CLEAN = (
    "旧钟楼的故事\n\n"
    "河边的钟楼快了2分钟，镇上的人照着它过日子；火车站的人（他们有自己的钟）不照。\n"
    "于是每天都有人说：“车又晚了！”可是……谁也没有去拨它——没有人敢。\n"
    "见 https://example.org/a,b(1)，或者写信到 a@example.org，都可以……\n"
)


def test_a_page_from_the_web_becomes_what_its_author_wrote() -> None:
    assert clean(MESSY).text == CLEAN


def test_the_account_of_a_messy_page_adds_up_and_its_log_replays() -> None:
    cleaning = clean(MESSY)
    account = tally(MESSY, cleaning.log)
    assert account.kept + sum(count for _, count in account.touched) == len(MESSY)
    assert replay(MESSY, cleaning.log) == cleaning.text


def test_a_character_knows_the_one_it_came_from() -> None:
    text = '他说:"好..."'
    cleaning = clean(text)
    assert cleaning.text == "他说：“好……”"
    assert cleaning.origins == (0, 1, 2, 3, 4, 5, 6, 8)


def test_what_a_rule_types_has_no_origin() -> None:
    cleaning = clean("他走了…")
    assert cleaning.origins == (0, 1, 2, 3, INSERTED)


def test_a_character_is_accounted_to_the_first_rule_that_met_it() -> None:
    text = "甲&nbsp;，乙"
    account = tally(text, clean(text).log)
    assert dict(account.touched) == {"entities": 6}
    assert account.kept == 3


def test_a_rule_that_is_off_leaves_its_work() -> None:
    assert clean("甲,乙", frozenset(("half-width-marks",))).text == "甲,乙"


# ---- a dump ----


@needs_corpora
def test_no_half_width_mark_and_no_blank_is_left_in_the_seed_but_doubtful_ones() -> None:
    cleaning = clean(SEED.read_text(encoding="utf-8"))
    assert not set(cleaning.text) & set(",;:!?()\"'\u3000")
    spaces = [offset for offset, character in enumerate(cleaning.text) if character == " "]
    assert spaces == [row.start for row in advise(cleaning.text) if row.rule == "lost-comma"]


@needs_corpora
def test_the_lost_commas_and_the_broken_paragraph_of_the_seed_are_advised() -> None:
    original = SEED.read_text(encoding="utf-8")
    rows = advise(clean(original).text)
    # Twenty between two Han, two more before a quotation mark.
    commas = [row for row in rows if row.rule == "lost-comma"]
    assert sum(row.right[0] != "“" for row in commas) == 20
    assert [row.right[:2] for row in commas if row.right[0] == "“"] == ["“任", "“不"]
    assert {(row.before, row.after) for row in commas} == {(" ", "、")}
    (broken,) = [row for row in rows if row.rule == "broken-paragraph"]
    assert (broken.left[-1], broken.right[0], broken.after) == ("限", "制", "")
    assert len(rows) == len(commas) + 1


@needs_corpora
def test_the_accepted_seed_reads_as_it_was_written_and_needs_nothing_more() -> None:
    original = SEED.read_text(encoding="utf-8")
    cleaning = clean(original)
    accepted = accept(cleaning, advise(cleaning.text))
    assert "她们是建设者、组织者、协调者指挥者……" in accepted.text
    assert "超越了时间和空间上的限制，用一个个平凡" in accepted.text
    assert replay(original, accepted.log) == accepted.text
    assert clean(accepted.text).log == ()
    assert advise(accepted.text) == ()


# ---- well-edited text ----


@needs_corpora
@pytest.mark.parametrize("corpus", ["luxun", "hongloumeng"])
def test_well_edited_text_is_changed_in_its_faults_alone(corpus: str) -> None:
    """The dashes of other encodings, half-width marks, straight quotes: all are faults there."""
    touched: Counter[str] = Counter()
    length = 0
    for file in sorted((DATA / corpus).glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        cleaning = clean(text)
        length += len(text)
        for step in cleaning.log:
            touched[step.rule] += len(step.changes)
            for change in step.changes:
                assert change.stop - change.start <= 2
    assert set(touched) <= {"dashes", "straight-quotes", "half-width-marks", "brackets"}
    assert sum(touched.values()) < length / 500


def _clean_essays() -> list[str]:
    files = sorted((DATA / "luxun").glob("*.txt"))[::4]
    return [clean(file.read_text(encoding="utf-8")).text for file in files]


# Damage that loses nothing: the rules find back every mark, or leave the place as it was.
_DAMAGES: dict[str, Callable[[str], str]] = {
    "half-width marks": lambda text: text.translate(_HALF),
    "hyphens and points": lambda text: text.replace("……", "...").replace("——", "--"),
    "indents and blanks": lambda text: "".join(f"　　{line} \n" for line in text.splitlines()),
    "invisible characters": lambda text: text.replace("的", "的\u200b").replace("了", "\u00ad了"),
    "entities": lambda text: text.replace("“", "&ldquo;").replace("”", "&rdquo;"),
    "spaces beside marks": lambda text: text.replace("，", "， ").replace("。", " 。"),
}


@needs_corpora
@pytest.mark.parametrize("damage", _DAMAGES.values(), ids=list(_DAMAGES))
def test_damage_done_to_clean_essays_is_undone(damage: Callable[[str], str]) -> None:
    essays = _clean_essays()
    lines = [line for essay in essays for line in essay.splitlines()]
    mended = [line for essay in essays for line in clean(damage(essay)).text.splitlines()]
    assert len(mended) == len(lines)
    differing = sum(old != new for old, new in zip(lines, mended, strict=True))
    # Western names among the marks of a few lines.
    assert differing <= len(lines) / 200


_NEVER_FIRST = "，。、；：？！）》”’…"


def _wrapped(text: str, width: int) -> str:
    """The text with indented paragraphs cut into lines, as a program for mail does it."""
    rows = []
    for line in filter(None, text.splitlines()):
        rest = f"　　{line}"
        while rest:
            cut = width
            while cut < len(rest) and rest[cut] in _NEVER_FIRST:
                cut += 1
            rows.append(rest[:cut])
            rest = rest[cut:]
    return "\n".join(rows)


@needs_corpora
@pytest.mark.parametrize("width", [24, 36, 40])
def test_paragraphs_that_were_cut_into_lines_are_whole_again(width: int) -> None:
    wrongly_joined = whole = paragraphs = 0
    for essay in _clean_essays():
        own = [line for line in essay.splitlines() if line]
        mended = [line for line in clean(_wrapped(essay, width)).text.splitlines() if line]
        starts = {line[:12] for line in mended}
        wrongly_joined += sum(line[:12] not in starts for line in own)
        whole += sum(line in mended for line in own)
        paragraphs += len(own)
    assert wrongly_joined == 0
    assert whole > 0.8 * paragraphs


VERSE = "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n" * 4
TALK = "".join(
    f"“{words}”\n"
    for words in ("钟又快了，你看见了没有？", "看见了，每天都是这样的。", "那你为什么不去拨它呢？")
    * 5
)
LIST = "".join(f"{number}. 第{number}条写的是同样长的一句话，没有写完\n" for number in range(1, 10))
LONG_VERSE = (
    "我在河边听见钟声从很远很远的对岸慢慢地走过来，\n它说时间就是这样的东西，你等它的时候它总不在，\n"
    * 5
)


@pytest.mark.parametrize(
    "text", [VERSE, TALK, LIST, LONG_VERSE], ids=["verse", "talk", "list", "long"]
)
def test_lines_that_end_where_their_author_wants_stay(text: str) -> None:
    kept = clean(text).text.splitlines()
    assert kept == text.splitlines()


# ---- accepting ----


def _cleaning_and_advice(text: str) -> tuple[Cleaning, tuple[Advice, ...]]:
    cleaning = clean(text)
    return cleaning, advise(cleaning.text)


def test_an_editor_may_put_something_else_than_what_is_proposed() -> None:
    cleaning, (row,) = _cleaning_and_advice("没有警服 救援服，只有口罩。")
    assert accept(cleaning, [replace(row, after="")]).text == "没有警服救援服，只有口罩。"
    assert accept(cleaning, []) == cleaning


def test_accepted_advice_of_several_kinds_meets_the_right_places() -> None:
    text = "没有警服 救援服。。他走了—没有回来，列夫.托尔斯。"
    cleaning, rows = _cleaning_and_advice(text)
    assert len({row.rule for row in rows}) == 4
    assert accept(cleaning, rows).text == "没有警服、救援服。他走了——没有回来，列夫·托尔斯。"
    assert accept(cleaning, reversed(rows)) == accept(cleaning, rows)


def test_advice_on_another_text_and_advice_that_overlaps_are_refused() -> None:
    cleaning, (row,) = _cleaning_and_advice("没有警服 救援服，只有口罩。")
    with pytest.raises(ValueError, match="another text"):
        accept(cleaning, [replace(row, start=row.start + 1)])
    with pytest.raises(ValueError, match="overlap"):
        accept(cleaning, [row, row])


def test_a_quotation_over_several_paragraphs_is_no_doubt() -> None:
    assert advise("他说：“钟快了。\n\n“可是没有人去拨。\n\n“就这样。”") == ()


def test_advice_that_is_off_is_not_given() -> None:
    assert advise("他走了。。", frozenset(("doubled-stop",))) == ()


@needs_corpora
def test_little_is_doubted_in_well_edited_text_and_never_twice_at_one_place() -> None:
    rows_by_rule: Counter[str] = Counter()
    for essay in _clean_essays():
        rows = advise(essay)
        assert all(first.stop <= second.start for first, second in pairwise(rows))
        rows_by_rule.update(row.rule for row in rows)
    assert not rows_by_rule.keys() & {"lost-comma", "stray-space", "repeated-paragraph", "point"}
    assert sum(rows_by_rule.values()) < 2 * len(_clean_essays())


# ---- paragraphs of wrapped text ----


def _cut(paragraphs: list[str], width: int) -> str:
    """Paragraphs cut every `width` characters, with nothing to show where they begin."""
    rows = [row[at : at + width] for row in paragraphs for at in range(0, len(row), width)]
    return "".join(f"{row}\n" for row in rows)


# Of 18 characters a line, the first paragraph ends with a full one, and a sentence of the last.
WRAPPED = [
    "河边的钟楼已经很旧，砖缝里长着草，没有人记得它是哪一年造的。镇上的人家。",
    "看钟的老人说，快一点没有什么不好，等船的人总要早来，早来的人可以坐一坐，看山。",
    "看看对岸的山，看看来往的船，再想想自己要去的地方，水也流着，灯都亮了起来。风停。",
    "后来没有人再去拨它，它就那样走着，走了三十年，也没有人听见它停过一次。",
]


def test_where_nobody_can_tell_if_a_paragraph_ends_both_ways_are_one_word_away() -> None:
    text = _cut(WRAPPED, 18)
    cleaning = clean(text)
    rows = [r for r in advise_cleaned(text, cleaning) if r.rule == "paragraph-end"]
    assert [(row.left[-2:], row.after, row.right[:2]) for row in rows] == [("家。", "\n", "看钟")]
    assert accept(cleaning, rows).text.split() == WRAPPED


def test_a_line_with_room_for_the_next_word_ends_its_paragraph() -> None:
    # The same, but one character less in its second line.
    paragraphs = [WRAPPED[0].replace("家", ""), *WRAPPED[1:]]
    text = _cut(paragraphs, 18)
    cleaning = clean(text)
    assert cleaning.text.split() == paragraphs
    assert advise_cleaned(text, cleaning) == ()


def _ends(paragraphs: list[str]) -> set[int]:
    """Where paragraphs end, in characters that are no blanks."""
    return set(accumulate(len("".join(row.split())) for row in paragraphs[:-1]))


@needs_corpora
@pytest.mark.parametrize("width", [17, 18, 20, 36])
def test_hardly_a_paragraph_of_wrapped_text_is_joined_or_parted_in_silence(width: int) -> None:
    others = frozenset(rule.name for rule in RULES) - {"unwrap"}
    count = silent = 0
    for file in sorted((DATA / "luxun").glob("*.txt")):
        rows = (row.strip() for row in file.read_text(encoding="utf-8").splitlines())
        paragraphs = list(filter(None, rows))
        text = _cut(paragraphs, width).rstrip("\n")
        cleaning = clean(text, others)
        if cleaning.log:
            wrong = _ends(paragraphs) ^ _ends(cleaning.text.split("\n"))
            advised = {
                len("".join(cleaning.text[: row.start].split()))
                for row in advise_cleaned(text, cleaning)
                if row.rule in ("paragraph-end", "broken-paragraph")
            }
            count += len(paragraphs)
            silent += len(wrong - advised)
    assert count > 1000
    assert silent <= 0.01 * count
