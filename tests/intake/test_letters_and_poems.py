"""Letters and poems: several in one source, each with what belongs to it."""

from __future__ import annotations

import pytest

from publisher.intake.dividing import divided
from publisher.intake.plan import Item, Plan, sealed
from publisher.intake.planning import accepted
from publisher.intake.reading import Reading
from publisher.intake.splitting.proposal import propose

RIGHT = "　" * 20
BODY = (
    "仓库后面的那棵石榴开花了，今年开得比去年晚，花也少，可是每一朵都很大，落下来的时候能听见声音。"
)
LETTERS = [
    ("给姑姑", "姑姑：", ("此致", "敬礼"), "侄女　小禾", "2018年7月1日"),
    (
        "给邮递员",
        "尊敬的邮递员叔叔：",
        ("祝您一路顺风，身体健康！",),
        "东关小学　庞小禾",
        "二〇一八年七月",
    ),
    ("给以后的我", "你好，以后的我：", ("祝好！",), "小禾", "2018年夏"),
]


def letters(numbers: tuple[str, ...], blank: str | None) -> list[str]:
    """The rows of three letters below one title, with blank rows between or none."""
    rows = ["石榴树下的三封信", blank]
    for number, (title, greeting, bow, name, date) in zip(numbers, LETTERS, strict=True):
        rows += [number + title, blank, greeting, blank, "　　" + BODY, "　　" + BODY, blank, *bow]
        rows += [blank, RIGHT + name, RIGHT + date, blank]
    return [row for row in rows if row is not None]


def proposed(rows: list[str]) -> tuple[Item, ...]:
    return propose(Reading("\n".join(rows), ""))


@pytest.mark.parametrize("numbers", [("一、", "二、", "三、"), ("1. ", "2. ", "3. "), ("", "", "")])
@pytest.mark.parametrize("blank", ["", None])
def test_each_letter_keeps_its_bow_its_signature_and_its_date(
    numbers: tuple[str, ...], blank: str | None
) -> None:
    rows = letters(numbers, blank)
    essays = [item for item in proposed(rows) if item.kind == "essay"]
    assert [(item.title, item.date) for item in essays] == [(row[0], row[-1]) for row in LETTERS]
    assert [item.authors for item in essays[1:]] == [("庞小禾",), ("小禾",)]
    for essay, (_, _, bow, name, _) in zip(essays, LETTERS, strict=True):
        own = rows[essay.first - 1 : essay.last]
        assert bow[-1] in own
        assert RIGHT + name in own


def test_a_letter_without_a_title_begins_at_its_salutation() -> None:
    rows = [row for row in letters(("", "", ""), "") if row not in {title for title, *_ in LETTERS}]
    starts = [rows[item.first - 1] for item in proposed(rows[2:]) if item.kind == "essay"]
    assert len(starts) == len(LETTERS)


@pytest.mark.parametrize("bow", ["祝你们一切顺利！", "此致", "敬礼！", "顺颂秋安"])
def test_a_bow_is_no_title(bow: str) -> None:
    rows = [
        "给邻居的信",
        "",
        "老邻居：",
        "",
        BODY,
        "",
        bow,
        "",
        RIGHT + "庞小禾",
        RIGHT + "2018年8月",
    ]
    titles = [item.title for item in proposed(rows) if item.kind == "essay"]
    assert titles == ["给邻居的信"]


POEMS = {
    "水缸": ("缸里有一个月亮", "舀了一瓢", "还有一个"),
    "梯子": ("梯子靠在墙上", "谁也没有上去", "影子先", "上去了"),
    "蝉": ("它把夏天说完", "就走了", "衣服还挂在树上"),
}


def poems(*above: str) -> list[str]:
    rows = list(above)
    for title, stanza in POEMS.items():
        rows += [title, "", *stanza, ""]
    return rows


def test_poems_below_one_title_are_its_sections() -> None:
    rows = poems("短诗三首", "庞小禾", "")
    items = proposed(rows)
    essays = [item for item in items if item.kind == "essay"]
    assert [(item.title, item.authors) for item in essays] == [("短诗三首", ("庞小禾",))]
    assert [item.title for item in items if item.kind == "section"] == list(POEMS)
    verse = [rows[item.first - 1 : item.last] for item in items if item.kind == "verse"]
    assert verse == [list(stanza) for stanza in POEMS.values()]


def test_poems_without_a_title_above_are_essays() -> None:
    essays = [item for item in proposed(poems()) if item.kind == "essay"]
    assert [item.title for item in essays] == list(POEMS)
    assert not any(item.confirmed for item in essays)


def test_the_last_line_of_a_stanza_is_no_title_above_a_date() -> None:
    rows = ["短诗两首", "", *POEMS["水缸"], "", "2018年春", "", *POEMS["蝉"], "", "2018年夏"]
    titles = {item.title for item in proposed(rows) if item.kind == "essay"}
    assert titles.isdisjoint({POEMS["水缸"][-1], POEMS["蝉"][-1]})


def test_verse_that_becomes_an_essay_stays_verse_and_waits_for_a_title() -> None:
    rows = poems("短诗三首", "庞小禾", "")
    items = proposed(rows)
    plan = Plan("a.txt", "0" * 64, "", items[-1].last, 0, sealed(items), item=items)
    verse = next(item for item in plan.item if item.kind == "verse")
    new = accepted(divided(plan, (verse,), Reading("\n".join(rows), "")))
    own = [item for item in new.item if item.first == verse.first]
    assert [(item.kind, item.confirmed) for item in own] == [("essay", False), ("verse", True)]


def test_verse_before_the_first_title_is_an_essay_and_not_left_out() -> None:
    """Taken as it is proposed, a source loses no poem."""
    head = "“春水”诗会朗诵单  二零二二年四月三日下午两点  社区活动室"
    stanzas = (row for name, stanza in POEMS.items() for row in (f"{name}（亓官云）", *stanza, ""))
    others = ("（以上三家）", "【第二轮 自由朗诵】", "", "拾穗 [仉梅 朗诵：小周]", *POEMS["蝉"])
    rows = [head, "", *stanzas, *others]
    items = proposed(rows)
    plan = Plan("a.txt", "0" * 64, "", len(rows), 0, sealed(items), item=items)
    removed = [row for row in accepted(plan).item if row.kind == "removed"]
    lost = [line for row in removed for line in rows[row.first - 1 : row.last]]
    assert not {line for stanza in POEMS.values() for line in stanza}.intersection(lost)
    assert head in lost
    essays = [(row.title, row.authors) for row in items if row.kind == "essay"]
    assert essays == [*((name, ("亓官云",)) for name in POEMS), ("拾穗", ("仉梅",))]


def test_a_bow_is_nobodys_name() -> None:
    rows = ["一封信", "", BODY, "此致", "敬礼", f"{RIGHT}学生　小楼", f"{RIGHT}辛丑年中秋"]
    (essay,) = (item for item in proposed(rows) if item.kind == "essay")
    assert essay.authors == ("小楼",)


def test_a_line_below_a_title_is_no_name_where_somebody_signs_at_the_right_below() -> None:
    dish = ["葱油饼", f"{BODY}", f"{RIGHT}阿沅", "", "雪菜黄鱼汤", f"{BODY}", f"{RIGHT}沅　记"]
    (essay,) = (item for item in proposed(["外婆家的菜", "", *dish]) if item.kind == "essay")
    assert "葱油饼" not in essay.authors
    (signed,) = (
        item for item in proposed(["外婆家的菜", "阿沅", "", BODY]) if item.kind == "essay"
    )
    assert signed.authors == ("阿沅",)


def test_a_known_name_before_another_is_no_office() -> None:
    (essay,) = (
        item for item in proposed(["盐田问答", "佘晚　木鱼", "", BODY]) if item.kind == "essay"
    )
    assert essay.authors == ("佘晚", "木鱼")
    assert not essay.confirmed
