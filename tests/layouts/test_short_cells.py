"""Tables of short words: no word is broken while a wider column could give way."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.press.build import build
from tests.layouts.shelf import LAYOUTS, screen
from tests.reading import Pdf

HEADS = ("货名", "单位", "1998年", "1999年", "2000年", "附记")
WORDS = ("鸡蛋", "面粉", "公斤", "豌豆苗")
# Where six columns leave room for words of two characters, but not for more in each of them.
NARROW = {
    ("quarterly", "A5"),
    ("quarterly", "B5"),
    ("reader", "小32开"),
    ("verse", "小32开"),
}
TABLE = f"""# 账本

| {" | ".join(HEADS)} |
| --- | :---: | ---: | ---: | ---: | --- |
| 鸡蛋 | 只 | 21,400 | 7,310 | 14,002 | 停课以后半年没有进过货 |
| 面粉 | 公斤 | 3,150 | 1,240 | 3,410 | 蒸馒头、擀面条、包饺子 |
| 豌豆苗 | 把 | 1,880 | 915 | 2,144 | 春天才有，每人一小碟 |
"""


@pytest.mark.parametrize(
    ("layout", "page"),
    [(layout, page) for layout in LAYOUTS for page in ("A5", "小32开", "B5")],
)
def test_short_words_stay_whole(layout: str, page: str, make_collection, tmp_path: Path) -> None:
    output = screen(layout, "hans", page)
    folder = make_collection({"a.md": TABLE}, head='date = "2020"', outputs=output)
    (artefact,) = build(folder, tmp_path / "dist").artefacts
    lines = [leaf.text() for leaf in Pdf(artefact.content).leaves]
    narrow = (layout, page) in NARROW
    words = [word for word in (*HEADS, *WORDS) if len(word) == 2 or not narrow]
    assert not [word for word in words if not any(word in line for line in lines)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_many_columns_stays_on_its_page(
    layout: str, make_collection, tmp_path: Path
) -> None:
    row = "| 甲乙 " * 12 + "|\n"
    text = f"# 账本\n\n{row}{'| --- ' * 12}|\n{row}"
    output = screen(layout, "hans", "小32开")
    folder = make_collection({"a.md": text}, head='date = "2020"', outputs=output)
    (artefact,) = build(folder, tmp_path / "dist").artefacts
    assert artefact.notices == ()
    for leaf in Pdf(artefact.content).leaves:
        assert all(glyph.left > 0 and glyph.right < leaf.width - 14 for glyph in leaf.glyphs)
