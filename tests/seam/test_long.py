"""A paragraph as long as a book: each of its characters is looked at a few times, and no more."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from weasyprint.text.line_break import Layout

from publisher.composition.seam import lines, paragraph
from tests.seam import stone
from tests.seam.test_lines_in_books import INSIDE
from tests.seam.test_marks_beside import WORDS


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often lines are set, paragraphs read and broken, and the engine asked to shape words."""
    count: Counter[str] = Counter()

    def counting(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def called(*arguments: Any, **options: Any) -> Any:
            count[name] += 1
            return original(*arguments, **options)

        monkeypatch.setattr(owner, name, called)

    counting(lines, "set_line")
    counting(paragraph, "_read")
    counting(paragraph, "break_lines")
    counting(Layout, "set_text")
    return count


@pytest.mark.parametrize(
    ("inside", "length"), [("nothing", 100_000), ("emphasis", 20_000), ("ruby", 20_000)]
)
def test_a_long_paragraph_is_read_and_broken_once(
    inside: str, length: int, counted: Counter[str]
) -> None:
    part = WORDS + INSIDE[inside]
    laid = stone.lay_out(f"<p>{part * (length // len(WORDS))}</p>")
    found = [box for box in stone.boxes(laid) if type(box).__name__ == "LineBox"]
    assert len(found) > length / 30 * 0.9
    assert counted["_read"] == counted["break_lines"] == 1
    # The engine asks for a few lines at a page's foot again, to see whether they stay together.
    assert counted["set_line"] < 1.5 * len(found)
    assert counted["set_text"] < 20
