"""Coverage: whatever character is taken from the pages of an essay, the gate misses it there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache

import pikepdf
import pytest
from library import frozen
from pikepdf import Array, Operator, String

from publisher.composition.book import Book
from publisher.library.coverage import Lack, lacking_in_pdf
from publisher.press.planning import plan
from tests.reading import temporary_folder

SCREEN = "tower-screen.pdf"
_SHOWING = ("Tj", "TJ")
# The operators of a page, and what becomes of them.
Step = tuple[list[pikepdf.Object], str]
Change = Callable[[Step], Step | None]


@cache
def book() -> Book:
    folder = frozen.collection(temporary_folder() / "covered")
    _, jobs = plan(folder, ("screen",))
    return jobs[0].book


def kept() -> bytes:
    return (frozen.edition() / "data" / SCREEN).read_bytes()


def redrawn(change: Change) -> Iterator[bytes]:
    """The file with one text operator after the other changed: each time another one."""
    with pikepdf.open(io.BytesIO(kept())) as pdf:
        for page in pdf.pages:
            rows = [
                (list(it.operands), str(it.operator)) for it in pikepdf.parse_content_stream(page)
            ]
            for place, row in enumerate(rows):
                if row[1] in _SHOWING:
                    changed = [*rows[:place], change(row), *rows[place + 1 :]]
                    yield _with(pdf, page, [it for it in changed if it])


def _with(pdf: pikepdf.Pdf, page: pikepdf.Page, rows: list[Step]) -> bytes:
    before = page.obj.Contents
    drawn = pikepdf.unparse_content_stream([(own, Operator(name)) for own, name in rows])
    page.obj.Contents = pdf.make_stream(drawn)
    buffer = io.BytesIO()
    pdf.save(buffer)
    page.obj.Contents = before
    return buffer.getvalue()


def missed(content: bytes) -> tuple[Lack, ...]:
    return lacking_in_pdf((book(),), content)


def test_nothing_is_missed_in_the_file_as_it_was_made() -> None:
    assert missed(kept()) == ()


def test_a_line_taken_from_an_essay_is_missed_there() -> None:
    found = [missed(content) for content in redrawn(lambda _: None)]
    lines = [lacks[0] for lacks in found if lacks]
    assert {it.path for it in lines} == {"clock.md", "verse.md"}
    assert any(set(it.characters) == set("雪落在闸上") for it in lines)


def test_a_single_glyph_that_becomes_another_is_missed() -> None:
    def blotted(step: Step) -> Step:
        operands, name = step
        row = [it for it in operands[0] if isinstance(it, String)]
        return [Array([String(b"\0\0" + bytes(row[0])[2:]), *row[1:]])], name

    assert any(len(lack.characters) == 1 for it in redrawn(blotted) for lack in missed(it))


@pytest.mark.parametrize("name", ["clock.md", "verse.md"])
def test_pages_that_are_gone_are_missed_with_all_they_held(name: str) -> None:
    with pikepdf.open(io.BytesIO(kept())) as pdf:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"")
        buffer = io.BytesIO()
        pdf.save(buffer)
    (lack,) = [it for it in missed(buffer.getvalue()) if it.path == name]
    assert len(lack.characters) > len("邬鹤年")
