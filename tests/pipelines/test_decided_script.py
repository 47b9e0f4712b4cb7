"""What editors decided about a script, and what nobody decided yet, in the finished files."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from publisher.ground.errors import PublisherError
from publisher.press.build import build
from publisher.press.planning import drawn_up
from publisher.press.reviews import review
from publisher.press.store import Store
from tests.reading import Pdf, dense

DECLARED = """
title = "街上"
language = "zh-Hans"
date = "2020-06-01"
essays = ["one.md"]

[[output]]
name = "screen"
format = "screen"
script = "hant-tw"

[[output]]
name = "epub"
format = "epub"
script = "hant-tw"

[[output]]
name = "plain"
format = "epub"
"""
ESSAY = """---
title: 街上
author: 祝筱萍
---

老范来了，小于不准他上车。
"""
# 范 and 于 are surnames here, where OpenCC has 範 and 於.
DECISIONS = """
[names]
"老范" = "老范"
"祝筱萍" = "祝筱萍"

[[decision]]
source = "小于"
value = "小于"
"""


def collection(folder: Path, decisions: str = "") -> Path:
    (folder / "one.md").write_text(ESSAY, encoding="utf-8")
    (folder / "collection.toml").write_text(DECLARED, encoding="utf-8")
    if decisions:
        (folder / "script").mkdir()
        (folder / "script/decisions.toml").write_text(decisions, encoding="utf-8")
    return folder


def codes(folder: Path) -> list[str]:
    return [notice.code for notice in drawn_up(folder)[0].notices]


def test_a_build_writes_what_was_decided(tmp_path: Path) -> None:
    made = {it.output: it.content for it in build(collection(tmp_path, DECISIONS)).artefacts}
    screen = dense("".join(leaf.text() for leaf in Pdf(made["screen"]).leaves))
    assert "老范來了，小于不准他上車。" in screen
    assert "老范來了，小于不准他上車。" in members(made["epub"])


def test_without_a_decision_the_words_are_open_doubts(tmp_path: Path) -> None:
    report = build(collection(tmp_path), outputs=("epub",))
    (notice,) = (it for it in report.notices if it.code == "script-doubts")
    count = re.search(r"looked at: (\d+)", str(notice.message))
    asked = review(tmp_path, "hant-tw", Store(tmp_path / "store")).review.undecided
    assert count
    assert int(count[1]) == len(asked) > 0
    assert "老範來了，小於不准" in members(report.artefacts[0].content)


def test_decided_doubts_speak_no_more(tmp_path: Path) -> None:
    assert "script-doubts" not in codes(collection(tmp_path, DECISIONS))


def test_a_stale_decision_is_named_with_its_file(tmp_path: Path) -> None:
    stale = '\n[[decision]]\nsource = "车"\nvalue = "車"\nessay = "one.md"\noccurrence = 1\n'
    stale += 'context = "不在书里的【车】站"\n'
    folder = collection(tmp_path, DECISIONS + stale)
    (notice,) = (it for it in drawn_up(folder)[0].notices if it.code == "decision-stale")
    assert notice.at.file == str(folder / "script/decisions.toml")


def test_a_faulty_file_of_decisions_stops_the_build_once(tmp_path: Path) -> None:
    folder = collection(tmp_path, "[[decision]]\nsource = 5\n")
    with pytest.raises(PublisherError) as refused:
        build(folder)
    places = [str(fault.at) for fault in refused.value.faults]
    assert len(places) == len(set(places)) > 0
    assert all("script/decisions.toml" in place for place in places)
    assert not (folder / "dist").exists()


def test_files_say_what_their_words_rest_on(tmp_path: Path) -> None:
    made = {it.output: it.content for it in build(collection(tmp_path, DECISIONS)).artefacts}
    screen = Pdf(made["screen"])
    stated = str(screen.file.docinfo["/provenance"])
    assert f'"dcterms:provenance">{stated}<' in members(made["epub"])
    terms = dict(term.split("=", 1) for term in stated.split("; "))
    assert (terms["script"], terms["configurations"]) == ("hant-tw", "s2tw")
    assert {"opencc", "STPhrases", "STCharacters", "TWVariants", "supplement", "decisions"} <= {
        *terms
    }
    assert "dcterms:provenance" not in members(made["plain"])


def test_another_decision_is_another_provenance(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = (
        drawn_up(collection(tmp_path / name, decisions))[1][0].provenance
        for name, decisions in (
            ("a", DECISIONS),
            ("b", DECISIONS + '\n[[accepted]]\nsource = "上车"\nvalue = "上車"\n'),
        )
    )
    assert one.split("decisions=")[0] == other.split("decisions=")[0]
    assert one != other


def members(content: bytes) -> str:
    """The text of all documents and of the package in an EPUB."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [it for it in archive.namelist() if it.endswith((".xhtml", ".opf"))]
        return "".join(archive.read(name).decode() for name in names)


def test_what_a_format_needs_is_asked_before_anything_is_made(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    declaration = folder / "collection.toml"
    text = declaration.read_text(encoding="utf-8").replace('date = "2020-06-01"', "")
    text = text.replace("language =", 'identifier = "978-7-5060-0000-5"\nlanguage =')
    text += '\n[[output]]\nname = "wrap"\nformat = "cover"\n'
    declaration.write_text(text, encoding="utf-8")
    with pytest.raises(PublisherError) as refused:
        drawn_up(folder)
    assert {fault.at.key for fault in refused.value.faults} == {"date"}
    declaration.write_text(
        text.replace("[[output]]", "", 0).replace("essays =", 'date = "2020"\nessays ='),
        encoding="utf-8",
    )
    with pytest.raises(PublisherError) as refused:
        drawn_up(folder)
    assert {fault.at.key for fault in refused.value.faults} == {"identifier"}
