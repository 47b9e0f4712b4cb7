"""The file of decisions: what an editor wrote into it stays when a review adds to it."""

from __future__ import annotations

import pytest

from publisher.script.decisions import (
    NONE,
    Decisions,
    DecisionTable,
    read_decisions,
    written_decisions,
)
from publisher.script.reviewfile import revised

FULL = """\
# Our house writes 臺.
style = ["台臺"]  # asked in March

# Authors, as they sign.
[names]
# by letter
"余华" = "余華"
"钟南山" = ""  # not sure yet
# perhaps more of them

# The press insists.
[[decision]]
source = "不准"
# not 準
value = "不准"

[[decision]]
source = "钟"
value = "鍾"
essay = "二.md"

# Looked at on paper.
[[accepted]]
source = "后来"
value = "後來"
"""


def _read(text: str | bytes) -> Decisions:
    return read_decisions(text if isinstance(text, bytes) else text.encode(), "d.toml")


def _with(old: Decisions, *rows: DecisionTable) -> Decisions:
    return Decisions(old.style, old.names, (*old.decision, *rows), old.accepted)


def test_nothing_new_leaves_the_file_as_it_is() -> None:
    assert revised(FULL.encode(), _read(FULL)).decode() == FULL


def test_a_new_file_is_that_of_the_decisions() -> None:
    decisions = _read(FULL)
    assert revised(b"", decisions) == written_decisions(decisions)
    assert revised(written_decisions(decisions), decisions) == written_decisions(decisions)
    assert revised(b"", NONE) == written_decisions(NONE)


def test_a_new_row_stands_in_its_place_and_changes_no_other_line() -> None:
    new = DecisionTable("表", "錶", "hant-tw", "一.md", 2, "钟【表】")
    text = revised(FULL.encode(), _with(_read(FULL), new)).decode()
    block = (
        '[[decision]]\nsource = "表"\nvalue = "錶"\nscript = "hant-tw"\nessay = "一.md"\n'
        'occurrence = 2\ncontext = "钟【表】"\n\n'
    )
    assert text == FULL.replace(
        '[[decision]]\nsource = "钟"', f'{block}[[decision]]\nsource = "钟"'
    )


def test_a_row_that_goes_takes_its_comments_along_and_no_others() -> None:
    old = _read(FULL)
    text = revised(FULL.encode(), Decisions(old.style, old.names, old.decision[1:], ())).decode()
    assert "insists" not in text
    assert "not 準" not in text
    for kept in ("# Our house", "# asked in March", "# by letter", "# not sure yet", "# perhaps"):
        assert kept in text


def test_a_name_that_is_decided_gets_a_new_line_in_order() -> None:
    old = _read(FULL)
    names = old.names | {"钟南山": "鍾南山", "丁一": "丁一"}
    text = revised(FULL.encode(), Decisions(old.style, names, old.decision, old.accepted)).decode()
    lines = text.split("\n")
    assert lines[lines.index("[names]") + 1 :][:5] == [
        '"丁一" = "丁一"', "# by letter", '"余华" = "余華"', '"钟南山" = "鍾南山"',
        "# perhaps more of them",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '# why\ndecision = [{source = "不准", value = "不准"}]\n',
        '# why\n[[decision]]\nsource = """不准"""\nvalue = """\\\n  不准"""\n',
        '# why\nnames = {"余华" = "余華"}\n',
        '# why\nnames."余华" = "余華"\n',
        '# why\r\n[[decision]]\r\nsource = "不准"\r\nvalue = "不准"\r\n',
        '\ufeff# why\n[[ decision ]]  # here\nsource = "不准"\nvalue = "不准"\n',
        '# why\n[[decision]]\nsource = "不准"\nvalue = """\n[[accepted]]"""\n',
    ],
)
def test_a_file_of_any_shape_says_afterwards_what_was_decided(text: str) -> None:
    decisions = _with(_read(text), DecisionTable("表", "錶"))
    after = revised(text.encode(), decisions)
    assert written_decisions(_read(after)) == written_decisions(decisions)
    assert "# why" in after.decode()
