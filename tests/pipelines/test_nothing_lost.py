"""Nothing lost: what a page cannot hold is set otherwise or refused, never dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from conftest import MakeCollection

from publisher.ground.errors import PublisherError, Remedy
from publisher.press.build import build

OUTPUT = '[[output]]\nname = "s"\nformat = "screen"'


def words_of(folder: Path) -> str:
    (artefact,) = build(folder).artefacts
    with pypdfium2.PdfDocument(artefact.content) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return "".join("".join(texts).split())


def essay(body: str) -> dict[str, str]:
    return {"a.md": f"# 题\n\n{body}\n"}


@pytest.mark.parametrize(("count", "length", "before"), [(30, 120, 20), (20, 500, 150)])
def test_notes_that_crowd_a_page_are_all_there(
    count: int, length: int, before: int, make_collection: MakeCollection
) -> None:
    calls = "\n\n".join("雪" * before + f"[^{number}]" for number in range(count))
    notes = "\n".join(f"[^{n}]: 首{n}首{'夜' * length}尾{n}尾" for n in range(count))
    found = words_of(make_collection(essay(f"{calls}\n\n{notes}"), outputs=OUTPUT))
    for number in range(count):
        assert f"首{number}首" in found
        assert f"尾{number}尾" in found


def test_a_note_longer_than_a_page_goes_on_over_pages(make_collection: MakeCollection) -> None:
    note = "".join(f"第{number}句。" for number in range(900))
    found = words_of(make_collection(essay(f"甲[^1]\n\n[^1]: {note}"), outputs=OUTPUT))
    assert [number for number in range(900) if f"第{number}句" not in found] == []


def test_a_table_wider_than_a_page_is_refused_with_its_essay(
    make_collection: MakeCollection,
) -> None:
    body = f"{'|甲乙' * 80}|\n{'|---' * 80}|\n{'|丙丁' * 80}|"
    folder = make_collection(essay(body), outputs=OUTPUT)
    with pytest.raises(PublisherError, match="words leave the page") as caught:
        build(folder)
    (fault,) = caught.value.faults
    assert fault.at.file == str(folder / "a.md")
    assert fault.remedy is Remedy.EDITOR
    assert not (folder / "dist").exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("甲[^1]\n\n[^1]: 注一[^2]\n\n[^2]: 注二", "inside a note"),
        ("| 甲 | 乙 |\n|---|---|\n| 一 | 二 | 失三 |", "more cells"),
        ("[{范|fàn}]{translate=no}", "no other marks"),
        ("::: verse 春望\n国破\n:::", "春望"),
        ("```说明\n一\n```", "说明"),
        ("[词](https://example.org 'x')", "no others"),
        ("[词]{lang=en_US}", "en_US"),
        ("[词](http://:80/)", "leads nowhere"),
    ],
)
def test_words_that_the_dialect_has_no_room_for_are_refused(
    body: str, words: str, make_collection: MakeCollection
) -> None:
    with pytest.raises(PublisherError, match=words):
        build(make_collection(essay(body), outputs=OUTPUT))


@pytest.mark.parametrize("line", ["title: 第3路 #末班", "title: !foo 末班"])
def test_what_yaml_would_swallow_in_a_head_is_refused(
    line: str, make_collection: MakeCollection
) -> None:
    folder = make_collection({"a.md": f"---\n{line}\n---\n\n甲\n"}, outputs=OUTPUT)
    with pytest.raises(PublisherError, match="is not read"):
        build(folder)
