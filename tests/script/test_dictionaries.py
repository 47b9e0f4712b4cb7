"""OpenCC's word lists as text."""

from __future__ import annotations

import pytest

from publisher.script.dictionaries import Entry, Lexicon, read_entries, shipped_tier, tier_of


def test_a_list_may_have_a_mark_crlf_comments_tabs_and_many_spaces() -> None:
    content = "\ufeff# 注\r\n发\t發 髮\r\n\r\n头发\t\t頭髮\r\n面\t面  麵 \r\n".encode()
    assert list(read_entries("X", content)) == [
        Entry("X", "发", ("發", "髮")),
        Entry("X", "头发", ("頭髮",)),
        Entry("X", "面", ("面", "麵")),
    ]


@pytest.mark.parametrize("row", ["发", "发\t", "发\t ", "\t發", "发 發"])
def test_a_row_that_is_none_is_refused_by_its_number(row: str) -> None:
    with pytest.raises(ValueError, match="row 2"):
        list(read_entries("X", f"门\t門\n{row}\n".encode()))


def _tier(**rows: str) -> object:
    return tier_of(Entry("X", key, (value,)) for key, value in rows.items())


def test_the_longest_key_wins_within_a_tier_and_the_first_tier_before_the_next() -> None:
    long, short = _tier(甲乙丙="1", 甲="2", 丙丁="3"), _tier(乙丙丁="4", 乙="5", 甲乙丙丁="6")
    lexicon = Lexicon((long, short))  # type: ignore[arg-type]

    def key(text: str, start: int = 0) -> str:
        entry = lexicon.match(text, start)
        return entry.key if entry else ""

    assert [key("甲乙丙丁"), key("甲乙"), key("乙丙丁"), key("乙丙"), key("戊")] == [
        "甲乙丙", "甲", "乙丙丁", "乙", "",
    ]  # fmt: skip
    assert key("戊丙丁", 1) == "丙丁"
    assert key("甲乙丙", 2) == ""


def test_of_two_entries_with_one_key_the_first_is_kept() -> None:
    tier = tier_of(iter([Entry("X", "发", ("發",)), Entry("Y", "发", ("髮",))]))
    assert tier.match("发", 0) == Entry("X", "发", ("發",))


def test_a_tier_knows_which_characters_meet_in_its_phrases_and_what_becomes_of_them() -> None:
    tier = tier_of(iter([Entry("X", "甲乙丙", ("一二三",)), Entry("X", "甲丁", ("长短句",))]))
    assert tier.links == {"甲乙", "乙丙", "甲丁"}
    assert tier.outcomes["乙"] == {"乙", "二"}
    assert tier.outcomes["丁"] == set("丁长短句")


def test_the_lists_that_decide_characters_change_no_length() -> None:
    """What lets a passage in the character scripts be cut at the offsets of its source."""
    for name in (
        "STCharacters", "STPhrases", "STPhrases_GeneratedFromRegionalPhrases", "TWVariants",
        "TWVariantsPhrases", "HKVariants", "HKVariantsPhrases", "CJK_Compatibility_Ideographs",
        "TSCharacters", "TSPhrases",
    ):  # fmt: skip
        tier = shipped_tier((name,))
        entries = (*tier.singles.values(), *tier.phrases.values())
        assert entries
        assert all(len(it.values[0]) == len(it.key) for it in entries)
