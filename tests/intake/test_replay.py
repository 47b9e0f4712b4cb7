"""Real ways: every kind of source through the desk, its account and its record checked by hand.

For each manuscript the lines that its record names are taken out of the source, every change of the
record is made on them by the few lines below, and the result must be the manuscript's words. The
ledger must add up to the source's characters.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publisher.editorial.manuscripts import read_manuscript
from publisher.intake.desk import Intake
from publisher.intake.reading import Reading
from publisher.intake.sources import read, read_source
from publisher.model import matter as m
from tests.intake import office
from tests.intake.office import docx, epub, note_call, odt, paragraph, ruby, run
from tests.intake.test_desk import EMPTY, into
from tests.intake.test_splitting import CASES, DUMPS
from tests.reading import DATA

BODY = "桥封了,没有人走...河水照样流，灯照样亮，谁也没有说话，只有钟还在敲。"


def made_again(text: str, steps: list[tuple[str, list[tuple[int, int, str]]]]) -> str:
    for _, changes in steps:
        for start, stop, after in reversed(changes):
            text = text[:start] + after + text[stop:]
    return text


def dense(text: str) -> str:
    return "".join(text.split())


def require_kept(book: Path, taken: Intake, reading: Reading) -> None:
    """The ledger adds up, and each manuscript is what its record makes of the source."""
    (handled,) = taken.handled
    ledger = handled.ledger
    assert ledger
    assert ledger.waiting == 0
    assert ledger.characters == len(reading.text) + sum(len(note.text) for note in reading.notes)
    counts = [count for _, count in (*ledger.rules, *ledger.removed)]
    assert ledger.characters == ledger.kept + ledger.apart + sum(counts)
    rows = reading.text.split("\n")
    record = json.loads((book / f"plan/{Path(handled.source).stem}.log.json").read_bytes())
    assert [row["file"] for row in record["manuscripts"]] == [name for name, _ in handled.written]
    for entry in record["manuscripts"]:
        own = [rows[n - 1] for first, last in entry["lines"] for n in range(first, last + 1)]
        essay = read_manuscript((book / entry["file"]).read_bytes(), entry["file"], "a.md")
        said = "".join(m.plain(content) for content, _ in m.passages(essay.blocks))
        assert dense(said) == dense(made_again("\n".join(own), entry["passes"])), entry["file"]


def through(tmp_path: Path, name: str, content: bytes) -> None:
    """A source through the desk, everything accepted."""
    book = tmp_path / "book"
    book.mkdir()
    (book / "collection.toml").write_text(EMPTY, encoding="utf-8")
    file = tmp_path / name
    file.write_bytes(content)
    taken = into(book, file, accept=True)
    assert taken.handled[0].written
    require_kept(book, taken, read(read_source(file)))


@pytest.mark.parametrize("case", CASES)
def test_nothing_of_a_dump_is_lost(case: str, tmp_path: Path) -> None:
    through(tmp_path, f"{case}.txt", (DUMPS / case / "source.txt").read_bytes())


def _data(folder: str, *marks: pytest.MarkDecorator) -> list[object]:
    absent = pytest.mark.skipif(
        not (DATA / folder).is_dir(), reason=f"the texts of {folder} are not beside this repository"
    )
    files = sorted((DATA / folder).glob("*.txt")) or [DATA / folder / "none.txt"]
    return [pytest.param(file, marks=(absent, *marks), id=file.stem) for file in files]


@pytest.mark.parametrize(
    "file", [*_data("seeds"), *_data("luxun"), *_data("hongloumeng", pytest.mark.slow)]
)
def test_nothing_of_a_real_text_is_lost(file: Path, tmp_path: Path) -> None:
    through(tmp_path, file.name, file.read_bytes())


def word_file() -> bytes:
    return docx(
        paragraph("第一篇", style="1"),
        paragraph("作者：陈默"),
        paragraph("桥封了,", note_call(2), run("没有人", "<w:b/>"), ruby("走", "zǒu"), "..."),
        office.table(
            (paragraph("日期"), paragraph("水位,尺")), (paragraph("初一"), paragraph("3"))
        ),
        paragraph("* 不是列表"),
        paragraph("等雪停。", style="a4"),
        paragraph("桥头", style="2"),
        paragraph(BODY),
        paragraph("第二篇", style="1"),
        paragraph(BODY),
        paragraph(office.picture("r1")),
        footnotes={2: paragraph("石桥, 很老。")},
        media={"r1": office.PNG},
        title="书",
        creator="许静",
    )


def web_page() -> bytes:
    body = (
        f"<article><h1>雪夜</h1><p>作者：陈默</p><p>{BODY}</p><ul><li>一,</li><li>二</li></ul>"
        f"<p>{BODY}<b>重点，</b>后<a href='https://example.org/?a=1&amp;b=2'>文</a></p>"
        f"<blockquote><p>等雪停。</p></blockquote><p>{BODY}</p><h2>桥头</h2><p>{BODY}</p></article>"
    )
    return f"<html><head><title>雪夜</title></head><body>{body}</body></html>".encode()


def epub_file() -> bytes:
    chapter = f"<h1>雪夜</h1><p>{BODY}</p><p><ruby>砻<rt>lóng</rt></ruby>渡</p>"
    return epub({"1.xhtml": chapter, "2.xhtml": f"<h1>渡口</h1><p>{BODY}</p>"}, title="书")


def odt_file() -> bytes:
    heading = '<text:h text:outline-level="1">{}</text:h>'
    return odt(
        heading.format("雪夜"), f"<text:p>{BODY}</text:p>",
        heading.format("渡口"), f"<text:p>{BODY}</text:p>",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word_file()),
        ("a.html", web_page()),
        ("a.epub", epub_file()),
        ("a.odt", odt_file()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_of_a_rich_source_is_lost(name: str, content: bytes, tmp_path: Path) -> None:
    through(tmp_path, name, content)
