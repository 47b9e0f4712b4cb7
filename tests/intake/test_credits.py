"""Credits: who wrote a text, out of a line that says who had which share in it."""

from __future__ import annotations

import pytest

from publisher.intake.plan import Item
from publisher.intake.reading import Reading
from publisher.intake.splitting.credits import credit_of, names_a_share
from publisher.intake.splitting.proposal import propose
from publisher.intake.splitting.remains import remains
from publisher.intake.splitting.titles import named_title

ONE = "渡口的铁链子锈成了红色，手一摸就掉下来一层粉，老人说那是水的颜色，洗了很多年也洗不掉。"
TWO = "下雨的日子没有人过河，他就在棚子里补网，补好一张挂起来一张，风一吹像是一屋子的旗子在动。"


def proposed(*rows: str) -> tuple[Item, ...]:
    return propose(Reading("\n".join(rows), ""))


def essays(*rows: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.title, item.authors) for item in proposed(*rows) if item.kind == "essay"]


FORMS = [
    "文/{}　图/龚小北",
    "{}　文",
    "{}　文　　龚小北　图",
    "{}/文　龚小北/图",
    "六（3）班　{}　指导老师：乔木生",
    "五年级1班 {}（指导教师 乔木生）",
    "{}　　辅导老师　乔木生",
    "文、图／{}",
    "图文/{}",
    "文与图　{}",
    "撰文：{}　摄影：龚小北",
    "文字 {}　插图 龚小北",
    "六（3）班：{}",
    "{}，12岁，六（3）班",
    "{}　寫",
    "文／{}　攝影／龚小北",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_second_contribution_is_an_essay_of_its_own(form: str) -> None:
    """Its byline has another form than the first, and is right all the same."""
    rows = (
        "铁链",
        "作者：薛一苇",
        "",
        ONE,
        "",
        TWO,
        "",
        "棚子里的网",
        form.format("康如意"),
        "",
        TWO,
    )
    assert essays(*rows) == [("铁链", ("薛一苇",)), ("棚子里的网", ("康如意",))]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("blank", [(), ("",)])
def test_three_of_a_form_come_apart(form: str, blank: tuple[str, ...]) -> None:
    names = ("薛一苇", "康如意", "凌小舟")
    titles = ("铁链", "棚子里的网", "红色的水")
    rows = [
        row
        for title, name in zip(titles, names, strict=True)
        for row in (title, form.format(name), *blank, ONE, *blank, TWO, *blank)
    ]
    assert essays(*rows) == [(title, (name,)) for title, name in zip(titles, names, strict=True)]


@pytest.mark.parametrize("form", FORMS[:6])
def test_a_name_that_is_rare_is_asked(form: str) -> None:
    """No list of family names has 鞠; the place of the name alone makes it one."""
    items = proposed("铁链", form.format("鞠小草"), "", ONE, "", TWO)
    bylines = [(item.authors, item.confirmed) for item in items if item.kind == "byline"]
    assert bylines == [(("鞠小草",), False)]


@pytest.mark.parametrize(
    "words",
    [
        "图/龚小北",
        "指导老师：乔木生",
        "摄影　龚小北",
        "春雪　文/康如意",
        "六（3）班",
        "图书馆",
        "康如意　龚小北",
        "写给康如意",
        "五年级　春游",
        "龚小北画的图，康如意没有看见。",
    ],
)
def test_what_does_not_say_who_wrote_is_no_credit(words: str) -> None:
    assert credit_of(words) is None


@pytest.mark.parametrize(
    "words", ["文、图／康如意", "六（3）班 康如意（指导老师 乔木生）", "图文/康如意"]
)
def test_a_credit_is_no_title_with_a_name_behind_it(words: str) -> None:
    assert named_title(words) is None


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("康如意　文　　龚小北　图", "龚小北 图"),
        ("文、图／康如意", ""),
        ("六（3）班　康如意　指导老师：乔木生", "六（3）班 指导老师：乔木生"),
        ("康如意/文　龚小北/图", "龚小北/图"),
        ("图文/康如意", ""),
    ],
)
def test_what_the_others_did_stays_in_the_note(words: str, rest: str) -> None:
    assert remains(words, ("康如意",)) == rest


def test_several_can_have_written() -> None:
    credit = credit_of("文/康如意、凌小舟　图/龚小北")
    assert credit is not None
    assert credit.authors == ("康如意", "凌小舟")


def test_a_line_with_a_share_that_is_not_understood_makes_the_essay_asked() -> None:
    line = "文/康如意（笔名：小河的女儿）"
    assert credit_of(line) is None
    assert names_a_share(line)
    items = proposed("铁链", "作者：薛一苇", "", ONE, "", TWO, "", "棚子里的网", line, "", TWO)
    assert not any(item.confirmed for item in items if item.kind == "essay")


@pytest.mark.parametrize("stroke", ["/", "／", "｜", "∕"])
def test_a_stroke_of_any_width_stands_between_a_share_and_a_name(stroke: str) -> None:
    """∕ is what Big5 makes of the wide stroke where a program writes its other code."""
    for words in (f"文{stroke}康如意、凌小舟", f"文{stroke}陳漱石、林岸"):
        credit = credit_of(words)
        assert credit is not None
        assert len(credit.authors) == 2
