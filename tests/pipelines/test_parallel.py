"""The sample with both scripts on facing pages: every spread says the same twice."""

from __future__ import annotations

import re
import shutil
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from publisher.composition.facing import facing_essay
from publisher.formats.job import Job
from publisher.ground.errors import PublisherError
from publisher.press.build import build
from publisher.press.planning import plan
from publisher.script.opencc import converter
from publisher.typography.typearea import type_area
from tests.reading import ESSAYS, Leaf, Pdf, dense, essay_words, note_words, temporary_folder

OUTPUT = """
[[output]]
name = "both"
format = "screen"
page = "A5"
options = { parallel = "hant-tw" }
"""
_MARKS = str.maketrans("「」『』", "“”‘’")
# tw2s does not bring back every character that s2tw changed (揹).
_DIFFERENCES = 3
MM = 72 / 25.4


def collection(folder: Path, options: str = OUTPUT) -> Path:
    shutil.copytree(ESSAYS, folder, ignore=shutil.ignore_patterns("dist"))
    declaration = folder / "collection.toml"
    declaration.write_text(declaration.read_text(encoding="utf-8") + options, encoding="utf-8")
    return folder


@cache
def made() -> bytes:
    folder = collection(temporary_folder() / "parallel")
    return build(folder, outputs=("both",)).artefacts[0].content


@cache
def spreads() -> tuple[tuple[Leaf, Leaf], ...]:
    """The pairs of facing pages with an essay on them."""
    leaves = Pdf(made()).leaves
    pairs = zip(leaves[1::2], leaves[2::2], strict=False)
    return tuple(pair for pair in pairs if differing(*pair) <= _DIFFERENCES)


def differing(left: Leaf, right: Leaf) -> int:
    """At how many characters two pages differ; all of them where one is longer or is empty."""
    one, other = (simplified(between(leaf)) for leaf in (left, right))
    if len(one) != len(other) or not one:
        return max(len(one), len(other), _DIFFERENCES + 1)
    return sum(a != b for a, b in zip(one, other, strict=True))


def between(leaf: Leaf) -> str:
    """What stands on a page between its head and its foot."""
    area = type_area(job().page, job().book.layout.design)
    bottom = leaf.height - (area.top + area.height) * MM
    return leaf.text(bottom, leaf.height - area.top * MM)


@cache
def job() -> Job:
    return plan(collection(temporary_folder() / "job"), ("both",))[1][0]


def simplified(text: str) -> str:
    """Words alike in both scripts: in Simplified, with one kind of quotes."""
    return converter("tw2s")(dense(text)).translate(_MARKS)


def test_every_essay_stands_on_spreads_that_say_the_same_twice() -> None:
    left = "".join(simplified(between(leaf)) for leaf, _ in spreads())
    for essay in job().book.collection.essays():
        words = simplified(essay_words(essay))
        assert words[:40] in left, essay.title
        assert words[-40:] in left, essay.title


def test_every_word_is_there_in_both_scripts() -> None:
    text = dense("".join(leaf.text() for leaf in Pdf(made()).leaves))
    for planned in plan(ESSAYS, ("screen-hans", "screen-hant-tw"))[1]:
        for essay in planned.book.collection.essays():
            for passage in (essay_words(essay)[:30], *(note_words(note) for note in essay.notes)):
                assert dense(passage) in text


def test_numbers_run_on_and_the_left_page_is_even() -> None:
    labels = [re.findall(r"\d+$", dense(leaf.text())) for pair in spreads() for leaf in pair]
    numbers = [int(found[0]) for found in labels if found]
    assert [key for key, _ in groupby(numbers)] == sorted(set(numbers))
    left = [re.findall(r"\d+$", dense(leaf.text())) for leaf, _ in spreads()]
    assert {int(found[0]) % 2 for found in left if found} == {0}


def test_the_outline_has_every_title_once() -> None:
    titles = [title for _, title, _ in Pdf(made()).outline]
    assert len(titles) == len(set(titles))


def test_the_right_script_must_be_another(tmp_path: Path) -> None:
    folder = collection(
        tmp_path / "same", OUTPUT.replace('parallel = "hant-tw"', 'parallel = "hans"')
    )
    with pytest.raises(PublisherError) as refused:
        plan(folder, ("both",))
    assert "options.parallel" in str(refused.value.faults[0].at)


def test_what_cannot_be_divided_and_is_taller_than_a_page_is_refused(tmp_path: Path) -> None:
    folder = collection(tmp_path / "tall")
    lines = "\n".join(f"| {number} | 行 |" for number in range(200))
    essay = folder / "01-last-bus.md"
    essay.write_text(
        essay.read_text(encoding="utf-8") + f"\n\n| 一 | 二 |\n| --- | --- |\n{lines}\n",
        encoding="utf-8",
    )
    with pytest.raises(PublisherError) as refused:
        build(folder, outputs=("both",))
    assert refused.value.faults[0].at.file.endswith("01-last-bus.md")


# Cuts --------------------------------------------------------------------------------------------

LEFT = (
    '<section id="a"><header><h1>门</h1></header><div class="essay-body">'
    "<p>一。他说：“二！”<em>三。四</em>五。</p><blockquote><p>六。</p><p>七</p></blockquote>"
    "<ol><li>八</li><li>九</li></ol></div></section>"
)
RIGHT = LEFT.replace("“", "「").replace("”", "」").replace("门", "門")


def words(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup)


def test_pieces_are_sentences_and_blocks() -> None:
    essay = facing_essay(LEFT, RIGHT)
    found = [words(essay.halves(number, number + 1)[0]) for number in range(essay.pieces)]
    assert found == ["门", "一。", "他说：“二！”", "三。四五。", "六。", "七", "八", "九"]


def test_all_pieces_together_are_the_essay() -> None:
    essay = facing_essay(LEFT, RIGHT)
    for first in range(1, essay.pieces):
        both = zip(essay.halves(0, first), essay.halves(first, essay.pieces), strict=True)
        assert [words(a + b) for a, b in both] == [words(LEFT), words(RIGHT)]


def test_nothing_is_cut_behind_a_head() -> None:
    assert facing_essay(LEFT, RIGHT).cuts == (2, 3, 4, 5, 6, 7, 8)


def test_a_list_goes_on_counting() -> None:
    left, _ = facing_essay(LEFT, RIGHT).halves(7, 8)
    assert '<ol start="2"><li>九</li></ol>' in left


def test_ids_stand_once() -> None:
    left, right = facing_essay(LEFT, RIGHT).halves(0, 2)
    assert 'id="a"' in left
    assert "id=" not in right
    assert "id=" not in facing_essay(LEFT, RIGHT).halves(2, 3)[0]


def test_essays_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        facing_essay(LEFT, RIGHT.replace("<li>九</li>", ""))


def test_a_book_without_parts_begins_on_a_spread(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("---\ntitle: 门\n---\n\n头发白了。\n", encoding="utf-8")
    (tmp_path / "collection.toml").write_text(
        'title = "门"\nlanguage = "zh-Hans"\nessays = ["one.md"]\n' + OUTPUT, encoding="utf-8"
    )
    leaves = Pdf(build(tmp_path, outputs=("both",)).artefacts[0].content).leaves
    (left,) = (number for number, leaf in enumerate(leaves) if "头发白了" in dense(leaf.text()))
    assert left % 2 == 1
    assert "頭髮白了" in dense(leaves[left + 1].text())
    assert dense(leaves[left].text()).endswith("2")
